"""What a rule is, what it says, and what it sees of a document.

Levels are those of the validation handbook of the European Statistical System (Eurostat, Methodology for data
validation): 0 form of the data, 1 within one data set, 2 against other data sets of the same source, 3 against other
sources of the domain, 4 against other domains, 5 against other providers. One document is one data set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Literal

from schemas import intervals
from schemas.facts import DocumentFacts, FigureFact
from schemas.intervals import Interval

Severity = Literal["error", "warning", "info"]
Parse = Callable[[str], tuple[Decimal | None, Decimal | None]]
"""Numeral text → (value, value_high) in the base unit, unsigned; ValueError or (None, None) where it is no number."""

ESS_LEVELS = {
    0: "form and structure of the data",
    1: "within one data set",
    2: "against other data sets of the same source",
    3: "against other sources of the same domain",
    4: "against other domains",
    5: "against other providers",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule saw: a full sentence, the figures by their start, and a severity milder than the rule's own."""

    message: str
    starts: tuple[int, ...]
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem under the name of its rule."""

    rule_id: str
    ess_level: int
    severity: Severity
    message: str
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the members of a relation fit each other (None: cannot be told) and what they give by calculation."""

    consistent: bool | None
    computed: Fraction | None = None


@dataclass
class View:
    """A document as the rules see it."""

    document: DocumentFacts
    parse: Parse
    by_start: dict[int, FigureFact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the figures by where they start; the first one counts."""
        for figure in self.document.figures:
            self.by_start.setdefault(figure.start, figure)

    def without(self, starts: set[int]) -> View:
        """The same document without the figures that start there."""
        if not starts:
            return self
        left = tuple(figure for figure in self.document.figures if figure.start not in starts)
        return View(replace(self.document, figures=left), self.parse)

    def figure(self, start: int | None) -> FigureFact | None:
        """The figure that starts there."""
        return None if start is None else self.by_start.get(start)


@dataclass(frozen=True, slots=True)
class Rule:
    """A validation rule. ``look`` is None for a rule that speaks outside of one document's figures."""

    rule_id: str
    title: str
    ess_level: int
    severity: Severity
    description: str
    look: Callable[[View], Iterable[Problem]] | None = None

    def findings(self, view: View) -> Iterator[Finding]:
        """What the rule finds in a document."""
        for problem in self.look(view) if self.look else ():
            severity = problem.severity or self.severity
            yield Finding(self.rule_id, self.ess_level, severity, problem.message, problem.starts)


def interval_of(figure: FigureFact, *, cut: bool = False) -> Interval:
    """The numbers that the words and digits of a figure allow; ``cut`` accepts cut-off digits beside rounded ones."""
    return intervals.of_figure(
        figure.value,
        figure.value_high,
        figure.ulp,
        figure.qualifier,
        discrete=figure.measure == "count",
        strict=figure.qualifier in ("at_least", "at_most") and intervals.is_strict(figure.quote, figure.text),
        cut=cut,
    )


def printed(figure: FigureFact) -> str:
    """A figure as it is printed, on one line: 145件, 81%."""
    text = "".join(figure.text.split())
    return text if text.endswith(figure.unit) else text + figure.unit


def shown(number: Fraction, decimals: int) -> str:
    """A rational number with so many decimals, rounded half-up."""
    with localcontext() as context:
        context.prec = 100  # values have up to 28 digits before the point, and quotients up to 40
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        return format(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP), "f")


def day(text: str | None) -> date | None:
    """An ISO day, None where it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def listed(figures: Iterable[FigureFact]) -> str:
    """Figures as printed, joined by plus signs."""
    return " + ".join(printed(figure) for figure in figures)

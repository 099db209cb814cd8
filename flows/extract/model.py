"""The records that extraction returns, named in the words of statistics (SDMX).

Everything above (rules, warehouse, reports) depends on these records and on nothing else of the extractor.
All offsets called ``start``/``end`` count characters of the *source text* (the decoded .txt file, or what
``taizhang text`` prints for other formats), end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Qualifier = Literal["exact", "approximate", "at_least", "at_most", "range"]
Measure = Literal["count", "money", "rate", "change", "amount", "index"]
Modality = Literal["actual", "target"]
RelationKind = Literal["rate", "sum", "change", "restatement"]
ObsStatus = Literal["A", "E", "F", "P"]  # SDMX CL_OBS_STATUS: normal, estimated, forecast, provisional


class Figure(NamedTuple):
    """One figure of a text.

    ``value`` is the stated number in the base unit (12.5万 -> 125000), negative where a change falls; None where the
    words give no point value (数百). ``value_high`` is set for a range only. ``ulp`` is the weight of the last stated
    digit in the base unit (229亿 -> 1e8), from which the interval of the value follows. ``explain`` names, field by
    field, the rule that found it.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    value_high: Decimal | None
    ulp: Decimal
    decimals: int
    unit: str
    qualifier: Qualifier
    measure: Measure
    indicator: str
    time_start: str | None  # ISO days; both ends inclusive
    time_end: str | None
    time_basis: str  # stated | inherited | title | published_on | none
    place: str | None
    place_basis: str  # stated | inherited | document | none
    modality: Modality
    obs_status: ObsStatus
    quote: str  # the sentence, as running text
    quote_start: int
    quote_end: int
    explain: Mapping[str, str]


class Relation(NamedTuple):
    """What the text says of its own figures; members are named by the ``start`` of their figure.

    rate: numerator / denominator = rate.  sum: total = parts (``complete`` False where only some parts are named).
    change: ``now`` is the level, ``change`` the change of it, ``before`` the earlier level where the text states it.
    restatement: ``now`` and ``before`` state the same thing twice (title and body).
    ``stated`` is False where the grammar of the sentence does not say it outright: such a relation informs only.
    """

    relation: RelationKind
    numerator: int | None = None
    denominator: int | None = None
    rate: int | None = None
    total: int | None = None
    parts: tuple[int, ...] = ()
    complete: bool = True
    now: int | None = None
    change: int | None = None
    before: int | None = None
    stated: bool = True


class Numeral(NamedTuple):
    """A row of the number ledger: one numeral of the text, its class and why."""

    start: int
    end: int
    text: str
    value: Decimal | None
    value_high: Decimal | None
    unit: str
    numeral_class: str  # figure | component | date | time | ordinal | code | title | number_of_document | ...
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one document, each list in the order of the text."""

    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...]
    ledger: tuple[Numeral, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a document before its text is read. Days are ISO strings."""

    published_on: str | None = None
    place: str | None = None
    title: str | None = None
    issuer: str | None = None

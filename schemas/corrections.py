"""Known errors of sources, each with the value that it expects, so that it expires when the source is mended.

The file is a CSV with the columns document (file name or SHA-256), char_start or quote (one of the two says which
figure), expected_value, corrected_value, reason. A correction changes what is booked, keeps the printed value beside
it, and says so in a finding.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from schemas.facts import DocumentFacts, FigureFact
from schemas.rules.model import Finding, printed

COLUMNS = ("document", "char_start", "quote", "expected_value", "corrected_value", "reason")


class CorrectionsError(ValueError):
    """A line of the corrections file that cannot be used; the message names file, line and fault."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One known error. ``char_start`` or ``quote`` (words of its sentence) says which figure is meant."""

    document: str
    char_start: int | None
    quote: str | None
    expected_value: Decimal
    corrected_value: Decimal
    reason: str

    def is_for(self, document: DocumentFacts) -> bool:
        """Whether it names this document."""
        return self.document in (document.document_id, document.document)

    def points_at(self, figure: FigureFact) -> bool:
        """Whether it names this figure, apart from its value."""
        if self.char_start is not None:
            return figure.start == self.char_start
        return bool(self.quote) and "".join((self.quote or "").split()) in "".join(figure.quote.split())


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections of a CSV file, in its order. Raises CorrectionsError for a line that cannot be used."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = {"document", "expected_value", "corrected_value", "reason"} - set(reader.fieldnames or ())
        if missing:
            raise CorrectionsError(f"{path} has no column {', '.join(sorted(missing))}.")
        return tuple(_correction(row, f"{path}, line {reader.line_num}") for row in reader)


def _correction(row: dict[str, str], where: str) -> Correction:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    for name in ("document", "expected_value", "corrected_value", "reason"):
        if not cells[name]:
            raise CorrectionsError(f"{where}: {name} is empty.")
    if not cells["char_start"] and not cells["quote"]:
        raise CorrectionsError(f"{where}: char_start or quote must say which figure is meant.")
    try:
        values = [Decimal(cells[name]) for name in ("expected_value", "corrected_value")]
        start = int(cells["char_start"]) if cells["char_start"] else None
    except (InvalidOperation, ValueError) as fault:
        raise CorrectionsError(f"{where}: a value or char_start is not a number.") from fault
    if not all(value.is_finite() for value in values):
        raise CorrectionsError(f"{where}: a value is not a finite number.")
    return Correction(cells["document"], start, cells["quote"] or None, values[0], values[1], cells["reason"])


def apply(document: DocumentFacts, corrections: Sequence[Correction]) -> tuple[DocumentFacts, list[Finding]]:
    """The document with its known errors mended, and a finding for each correction that was applied or has expired."""
    findings: list[Finding] = []
    figures = list(document.figures)
    for correction in corrections:
        if not correction.is_for(document):
            continue
        hits = [
            i
            for i, figure in enumerate(figures)
            if correction.points_at(figure) and figure.value == correction.expected_value
        ]
        if not hits:
            findings.append(_expired(correction))
        for i in hits:
            findings.append(_applied(figures[i], correction))
            figures[i] = replace(
                figures[i],
                value=correction.corrected_value,
                corrected_from=figures[i].value,
                correction_reason=correction.reason,
            )
    return replace(document, figures=tuple(figures)), findings


def _applied(figure: FigureFact, correction: Correction) -> Finding:
    return Finding(
        "correction-applied",
        0,
        "info",
        f"{printed(figure)} was corrected from {correction.expected_value} to {correction.corrected_value}: "
        f"{correction.reason}",
        (figure.start,),
    )


def _expired(correction: Correction) -> Finding:
    which = f"at {correction.char_start}" if correction.char_start is not None else f"in “{correction.quote}”"
    return Finding(
        "correction-expired",
        0,
        "warning",
        f"The correction of {correction.expected_value} to {correction.corrected_value} {which} was not applied: "
        "the document does not state the expected value there any more.",
        (),
    )

"""The facts that come in from above, as plain records.

They mirror the records of extraction and normalization by the names of their fields, so that nothing here has to
import the floors above: ``FigureFact.of(figure)`` copies equally named attributes. Offsets count characters of the
source text, end exclusive; values are in the base unit.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

T = TypeVar("T")


def _copy(kind: type[T], source: object, **more: Any) -> T:
    """A ``kind`` made of the equally named attributes of ``source``, and of ``more``."""
    names = [f.name for f in fields(kind) if f.name not in more]  # type: ignore[arg-type]
    taken = {name: getattr(source, name) for name in names if hasattr(source, name)}
    return kind(**taken, **more)


@dataclass(frozen=True, slots=True)
class FigureFact:
    """One figure of a text; ``ulp`` is the weight of its last stated digit, ``role`` that of its block."""

    start: int
    end: int
    text: str
    value: Decimal | None
    value_high: Decimal | None
    ulp: Decimal
    decimals: int
    unit: str
    qualifier: str
    measure: str
    indicator: str
    time_start: str | None  # ISO days, both ends inclusive
    time_end: str | None
    time_basis: str
    place: str | None
    place_basis: str
    modality: str
    obs_status: str
    quote: str
    quote_start: int = 0
    quote_end: int = 0
    ref_area: str | None = None
    page: int | None = None
    role: str = "paragraph"
    corrected_from: Decimal | None = None
    correction_reason: str | None = None

    @classmethod
    def of(
        cls, figure: object, *, ref_area: str | None = None, page: int | None = None, role: str = "paragraph"
    ) -> FigureFact:
        """The fact of an extracted figure, with what only its document knows."""
        return _copy(cls, figure, ref_area=ref_area, page=page, role=role)


@dataclass(frozen=True, slots=True)
class RelationFact:
    """What the text says of its own figures; members are named by the ``start`` of their figure."""

    relation: str
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

    @classmethod
    def of(cls, relation: object) -> RelationFact:
        """The fact of an extracted relation."""
        return _copy(cls, relation)

    def members(self) -> list[tuple[str, int]]:
        """The part that each member plays with the start of its figure, parts in the order of the text."""
        single = ("numerator", "denominator", "rate", "total", "now", "change", "before")
        named = [(name, getattr(self, name)) for name in single]
        return [(name, start) for name, start in named if start is not None] + [("part", p) for p in self.parts]


@dataclass(frozen=True, slots=True)
class LedgerFact:
    """A row of the number ledger."""

    start: int
    end: int
    text: str
    value: Decimal | None
    value_high: Decimal | None
    unit: str
    numeral_class: str
    reason: str

    @classmethod
    def of(cls, numeral: object) -> LedgerFact:
        """The fact of a numeral of the ledger."""
        return _copy(cls, numeral)


@dataclass(frozen=True, slots=True)
class RetrievalFact:
    """One attempt to fetch a report. ``attempted_at`` is UTC, naive or aware."""

    source: str
    attempted_at: datetime
    outcome: str
    url: str | None = None
    file_name: str | None = None
    document_id: str | None = None
    status_code: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    bytes: int | None = None
    published_on: date | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """All that was read from one document.

    ``document_id`` is the SHA-256 of its bytes; ``text`` the decoded source text (for the re-reading of spans, not
    stored); ``unreadable`` the reason where no reader could open the file; ``notes`` what normalization found.
    """

    document_id: str
    document: str
    source: str
    media_type: str
    first_seen_at: datetime
    extractor_version: str
    text: str = ""
    url: str | None = None
    title: str | None = None
    issuer: str | None = None
    place: str | None = None
    ref_area: str | None = None
    published_on: date | None = None
    published_on_basis: str | None = None
    bytes: int | None = None
    encoding: str | None = None
    pages: int | None = None
    unreadable: str | None = None
    text_hash: str | None = None
    minhash: str | None = None
    reprint_of: str | None = None
    supersedes: str | None = None
    notes: tuple[str, ...] = ()
    figures: tuple[FigureFact, ...] = ()
    relations: tuple[RelationFact, ...] = ()
    ledger: tuple[LedgerFact, ...] = ()

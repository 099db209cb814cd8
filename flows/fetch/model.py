"""The records of fetching: an attempt, a fetched report, and what the warehouse remembers of earlier nights.

``Attempt`` is a row of the table ``retrievals``. A report that was fetched is a ``Fetched``, which carries its attempt;
everything else that was tried (a list page, a blocked page, a file that did not change) is a bare ``Attempt``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, get_args

Outcome = Literal["fetched", "not_modified", "duplicate", "blocked", "missing", "refused", "failed"]
Kind = Literal["document", "page", "list", "issue", "robots"]

OUTCOMES: tuple[str, ...] = get_args(Outcome)
UNRESOLVED: frozenset[str] = frozenset({"blocked", "failed"})  # tried again on the next night


def sha256_of(data: bytes) -> str:
    """The checksum under which bytes are archived."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to get something, successful or not: a row of ``retrievals``.

    ``kind``: document (a report), page (a newspaper page or article that a report is composed of), list (a list page,
    feed, folder or index), issue (the verdict on one day's newspaper), robots (a robots.txt).
    ``found`` says how many reports a list, folder or issue showed. ``etag`` and ``last_modified`` are what the server
    sent; for a file in a folder, ``etag`` is the checksum of its sidecar. Times are UTC; ``seconds`` is wall time.
    """

    source: str
    kind: Kind
    url: str
    outcome: Outcome
    started_at: datetime
    seconds: float = 0.0
    status: int | None = None
    issue_day: date | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    found: int | None = None
    message: str = ""

    def as_row(self) -> dict[str, Any]:
        """The row of ``retrievals``, one entry a column."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True, slots=True)
class Part:
    """An unaltered page from which a report was composed."""

    url: str
    data: bytes
    media_type: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """A report as it came: bytes to archive, a safe file name, where from, and what its source says about it.

    ``sidecar`` is what is known for certain (the report's own sidecar, or the structure of the site: url, title, day
    and page of the issue). ``hints`` are defaults that anything in the document overrides.
    """

    data: bytes
    name: str
    url: str
    media_type: str | None
    sidecar: dict[str, Any]
    hints: dict[str, str]
    retrieved_at: datetime
    source: str
    attempt: Attempt
    parts: tuple[Part, ...] = ()

    @property
    def sha256(self) -> str:
        """The checksum of ``data``."""
        return self.attempt.sha256 or sha256_of(self.data)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is remembered of one URL of one source: the last good answer, and how the last attempt ended."""

    kind: Kind
    outcome: Outcome
    first_at: datetime
    last_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None


@dataclass
class FetchState:
    """What earlier nights fetched, so that a night asks only for what is new, whatever the clock says.

    ``seen`` is by (source, URL), ``issues`` by (source, day), ``hashes`` maps the checksum of every known document to
    one URL it came from (empty where only the checksum is known).
    """

    seen: dict[tuple[str, str], Seen] = field(default_factory=dict)
    issues: dict[tuple[str, date], Outcome] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    last_new: dict[str, datetime] = field(default_factory=dict)

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]], known_hashes: Iterable[str] | None = None) -> FetchState:
        """The state that the rows of ``retrievals`` tell, in any order.

        ``known_hashes`` are the checksums that are archived or booked. A document whose checksum is not among them
        counts as never fetched: a crash between fetch and load loses nothing. None trusts the rows.
        """
        known = None if known_hashes is None else set(known_hashes)
        state = cls(hashes=dict.fromkeys(known or (), ""))
        attempts = [_attempt_of(row) for row in rows]
        attempts.sort(key=lambda attempt: attempt.started_at)
        lost = {(a.source, a.issue_day) for a in attempts if _lost(a, known)}
        for attempt in attempts:
            # The verdict on an issue and the memory of a list go with the reports that they led to.
            forgotten = attempt.kind in ("issue", "list") and (attempt.source, attempt.issue_day) in lost
            if not forgotten and not _lost(attempt, known):
                state.note(attempt)
        return state

    def note(self, attempt: Attempt) -> None:
        """Remember an attempt."""
        if attempt.kind == "issue" and attempt.issue_day is not None:
            self.issues[attempt.source, attempt.issue_day] = attempt.outcome
            return
        if attempt.kind not in ("document", "list"):
            return  # pages are asked for whenever their issue is due
        key = (attempt.source, attempt.url)
        before = self.seen.get(key)
        good = attempt.outcome in ("fetched", "duplicate", "not_modified")
        self.seen[key] = Seen(
            kind=attempt.kind,
            outcome=attempt.outcome,
            first_at=before.first_at if before else attempt.started_at,
            last_at=attempt.started_at,
            etag=attempt.etag if good else (before.etag if before else None),
            last_modified=attempt.last_modified if good else (before.last_modified if before else None),
            sha256=(attempt.sha256 if good else None) or (before.sha256 if before else None),
        )
        if attempt.kind == "document" and attempt.outcome == "fetched" and attempt.sha256:
            self.hashes[attempt.sha256] = self.hashes.get(attempt.sha256) or attempt.url
            self.last_new[attempt.source] = attempt.started_at

    def get(self, source: str, url: str) -> Seen | None:
        """What is remembered of a URL of a source."""
        return self.seen.get((source, url))

    def have(self, source: str, url: str) -> Seen | None:
        """The memory of a URL whose bytes we hold, else None."""
        seen = self.get(source, url)
        return seen if seen is not None and seen.sha256 else None

    def pending(self, source: str) -> list[str]:
        """The reports of a source whose last attempt ended blocked or failed: asked for again, listed or not."""
        return [
            url
            for (name, url), seen in self.seen.items()
            if name == source and seen.kind == "document" and seen.outcome in UNRESOLVED
        ]

    def young(self, source: str, days: int) -> list[str]:
        """The reports of a source that were first fetched in the last ``days`` days."""
        after = datetime.now(UTC) - timedelta(days=days)
        return [
            url
            for (name, url), seen in self.seen.items()
            if name == source and seen.kind == "document" and seen.sha256 and seen.first_at >= after
        ]

    def open_lists(self, source: str) -> set[str]:
        """The list pages of a source that could not be had when last asked for: what they show is not known yet."""
        return {
            url
            for (name, url), seen in self.seen.items()
            if name == source and seen.kind == "list" and seen.outcome in UNRESOLVED
        }

    def last_success_day(self, source: str) -> date | None:
        """The newest day of which the source gave everything: a day of issue where it has issues, else of a fetch."""
        days = [day for (name, day), outcome in self.issues.items() if name == source and outcome == "fetched"]
        if days:
            return max(days)
        last = self.last_new.get(source)
        return last.astimezone(UTC).date() if last else None

    def copy(self) -> FetchState:
        """An independent copy, for a thread of its own."""
        return FetchState(dict(self.seen), dict(self.issues), dict(self.hashes), dict(self.last_new))


def _lost(attempt: Attempt, known: set[str] | None) -> bool:
    held = attempt.kind == "document" and attempt.sha256 is not None
    return held and known is not None and attempt.sha256 not in known


def _attempt_of(row: Mapping[str, Any]) -> Attempt:
    started = row["started_at"]
    if isinstance(started, datetime) and started.tzinfo is None:
        started = started.replace(tzinfo=UTC)
    names = {f.name for f in fields(Attempt)}
    values = {key: value for key, value in row.items() if key in names and not _absent(value)}
    if isinstance(values.get("issue_day"), datetime):  # a data frame has no dates, only time stamps
        values["issue_day"] = values["issue_day"].date()
    return Attempt(**{**values, "started_at": started})


def _absent(value: Any) -> bool:
    """None, or the NaN / NaT by which a data frame says None: the only values that do not equal themselves."""
    return value is None or bool(value != value)

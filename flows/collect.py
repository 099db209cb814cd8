"""From a source to the archive: every report that it gives is archived, with a receipt, before anything reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flows.archive import Archive, Receipt
from flows.errors import TaizhangError, Unreadable
from flows.fetch import Attempt, Fetched, FetchState, Problem, SourceConfig, fetch_source, judge
from flows.normalize.read import kind_of
from flows.reading import expand

Credentials = Callable[[str], Mapping[str, str]]


@dataclass
class Collected:
    """What one source gave in one night. ``keys`` are the archive keys of what is new, or newly described."""

    source: str
    keys: list[str] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def fetched(self) -> int:
        """Reports that came."""
        return sum(a.kind == "document" and a.outcome == "fetched" for a in self.attempts)

    @property
    def known(self) -> int:
        """Reports that are there and were known already, under this or another name."""
        return sum(a.kind == "document" and a.outcome in ("not_modified", "duplicate") for a in self.attempts)

    @property
    def fatal(self) -> TaizhangError | None:
        """The first error after which this source must not pass for good."""
        return next((p.error for p in self.problems if p.severity == "fatal"), None)

    @property
    def warnings(self) -> list[str]:
        """What is not as the entry of the source expects, in sentences."""
        return [str(p.error) for p in self.problems if p.severity == "warning"]


def collect(
    config: SourceConfig,
    archive: Archive,
    state: FetchState,
    *,
    since: date | None = None,
    until: date | None = None,
    credentials: Credentials | None = None,
) -> Collected:
    """Fetch ``config`` into ``archive``, as far as it goes; what went wrong stands in ``problems``.

    ``since`` and ``until`` (both inclusive) fetch these days again, whatever ``state`` says is done.
    """
    collected = Collected(config.name)
    for item in fetch_source(config, state=state, since=since, until=until, credentials=credentials):
        if isinstance(item, Fetched):
            collected.attempts.append(item.attempt)
            collected.keys.append(_archived(archive, item))
        else:
            collected.attempts.append(item)
    collected.problems = judge(config, collected.attempts, state=state)
    return collected


def _archived(archive: Archive, item: Fetched) -> str:
    for part in item.parts:
        archive.put(part.data)
    key = archive.put(item.data)
    archive.add_receipt(
        key,
        Receipt(
            name=item.name,
            source=item.source,
            retrieved_at=item.retrieved_at,
            url=item.url,
            media_type=item.media_type,
            sidecar=_plain(item.sidecar),
            hints=_plain(item.hints),
        ),
    )
    return key


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as JSON gives them back, so that a receipt equals itself after it was read."""
    return {k: v if isinstance(v, str | int | float | bool | None) else str(v) for k, v in values.items()}


def unpack(archive: Archive, keys: Iterable[str]) -> list[str]:
    """``keys`` and, after each .zip among them, the keys of its members, which are archived under its receipt.

    An archive that cannot be opened stays as it is: reading it says why. Calling this twice changes nothing.
    """
    found: dict[str, None] = {}
    for key in keys:
        found[key] = None
        found.update(dict.fromkeys(_members(archive, key)))
    return list(found)


def _members(archive: Archive, key: str) -> list[str]:
    try:
        data = archive.get(key)
        receipt = archive.receipts(key)[-1]
        if not data.startswith(b"PK") or kind_of(data, receipt.name) != "zip":
            return []
        members = expand(data, receipt.name)
    except (Unreadable, IndexError):
        return []
    keys = []
    for name, content in members:
        member = archive.put(content)
        if not archive.receipts(member):
            archive.add_receipt(
                member,
                Receipt(
                    name=name,
                    source=receipt.source,
                    retrieved_at=receipt.retrieved_at,
                    url=f"{receipt.url}#{name}" if receipt.url else None,
                    sidecar={k: v for k, v in receipt.sidecar.items() if k not in ("title", "url")},
                    hints=receipt.hints,
                ),
            )
        keys.append(member)
    return keys

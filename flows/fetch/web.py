"""Government sites as a source: list pages walked until they show nothing new, and the reports they link to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flows.fetch.config import FeedSource, WebSource
from flows.fetch.http import Ask, Client, Reply
from flows.fetch.inbox import known_again
from flows.fetch.model import UNRESOLVED, Attempt, Fetched, FetchState
from flows.fetch.names import name_of_url
from flows.fetch.web_list import Item, attachments, list_items, next_page


def fetch_web(
    config: WebSource, state: FetchState, client: Client, since: date | None, until: date | None
) -> Iterator[Fetched | Attempt]:
    """The reports that the list pages show and the state does not hold, and those still to be asked for again.

    The oldest report comes first and the list pages last, so that a night which breaks off in the middle leaves
    nothing behind that the next one would take for done.
    """
    walk = Walk(config, state, client, since, until)
    lists = list(walk.attempts())
    yield from fetch_items(config, state, client, reversed(walk.items), backfill=bool(since or until))
    yield from lists


@dataclass
class Walk:
    """The walk over list pages; ``attempts`` does it, ``items`` are what it found."""

    config: WebSource
    state: FetchState
    client: Client
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        self.items: list[Item] = []
        # Where reports are held already, a night pages on until it meets them, however many nights were missed.
        self._met = any(
            source == self.config.name and seen.kind == "document" and seen.sha256
            for (source, _), seen in self.state.seen.items()
        )
        self._open = self.state.open_lists(self.config.name)

    def attempts(self) -> Iterator[Attempt]:
        """The attempts at list pages."""
        url: str | None = self.config.url
        done: set[str] = set()
        while url and url not in done:
            done.add(url)
            reply = self.client.get(self._ask(url, first=len(done) == 1))
            yield from self.client.robots_attempts()
            items = self._wanted(reply) if reply.outcome == "fetched" else []
            row = reply.attempt(self.config.name, found=len(items) if reply.outcome == "fetched" else None)
            if reply.outcome == "fetched" and not items:
                told = "No links to reports found: the page changed, or 'links' and 'match' fit nothing"
                row = replace(row, outcome="failed" if len(done) == 1 else "fetched", message=told)
            yield row
            self.items += [item for item in items if self._within(item)]
            more = reply.outcome == "fetched" and self._more(items, done)
            url = next_page(reply.text, reply.url, self.config.next) if more else None

    def _ask(self, url: str, *, first: bool) -> Ask:
        seen = self.state.have(self.config.name, url)
        # Only the first page: an older one shifts with every report, and 304 there would hide what shifted in.
        if seen is None or not first or self._open or self.since or self.until:
            return Ask(url, "list")
        return Ask(url, "list", seen.etag, seen.last_modified)

    def _wanted(self, reply: Reply) -> list[Item]:
        items = list_items(reply.text, reply.url, self.config.links, self.config.item_date)
        return [item for item in items if wanted(self.config.match, self.config.exclude, item)]

    def _within(self, item: Item) -> bool:
        return item.day is None or (
            (self.since is None or item.day >= self.since) and (self.until is None or item.day <= self.until)
        )

    def _more(self, items: Sequence[Item], done: set[str]) -> bool:
        if self.since or self.until:
            return self.since is None or not any(item.day is not None and item.day < self.since for item in items)
        new = any(self.state.get(self.config.name, item.url) is None for item in items)
        few = len(done) < self.config.max_pages
        return (new and (self._met or few)) or (bool(self._open - done) and few)


def fetch_items(
    config: WebSource | FeedSource,
    state: FetchState,
    client: Client,
    items: Iterable[Item],
    *,
    backfill: bool,
) -> Iterator[Fetched | Attempt]:
    """Ask for the items that are due: new ones, those blocked or failed before, and young ones, for corrections."""
    due = {item.url: item for item in items if backfill or is_due(config, state, item.url)}
    if not backfill:
        for url in [*state.pending(config.name), *state.young(config.name, config.revisit_days)]:
            due.setdefault(url, Item(url, ""))
    for reply in client.get_all(_ask(config, state, url) for url in due):
        yield from client.robots_attempts()
        item = due[reply.ask.url]
        yield document(config, state, reply, item)
        if reply.outcome == "fetched" and isinstance(config, WebSource) and config.attachments:
            yield from _attached(config, state, client, reply, item)


def is_due(config: WebSource | FeedSource, state: FetchState, url: str) -> bool:
    """Whether a listed report is to be asked for: it is new, was not had, or is young enough to be corrected."""
    seen = state.get(config.name, url)
    if seen is None or seen.outcome in UNRESOLVED or not seen.sha256:
        return seen is None or seen.outcome in UNRESOLVED
    return datetime.now(UTC) - seen.first_at <= timedelta(days=config.revisit_days)


def document(
    config: WebSource | FeedSource, state: FetchState, reply: Reply, item: Item, **more: Any
) -> Fetched | Attempt:
    """The report that a reply is, or the attempt that it remains."""
    row = reply.attempt(config.name)
    if row.outcome == "fetched":
        row = known_again(row, state)
    if row.outcome != "fetched":
        return row
    hints = config.defaults | ({"title": item.title} if item.title else {})
    hints |= {"published_on": item.day.isoformat()} if item.day else {}
    name = name_of_url(reply.url, reply.media_type)
    sidecar = {"url": reply.ask.url, **more}
    return Fetched(
        reply.data, name, reply.ask.url, reply.media_type, sidecar, hints, reply.started_at, config.name, row
    )


def wanted(match: str | None, exclude: str | None, item: Item) -> bool:
    """Whether a link's title or address matches ``match`` and neither matches ``exclude``."""
    texts = (item.title, item.url)
    hit = match is None or any(re.search(match, text) for text in texts)
    return hit and not (exclude is not None and any(re.search(exclude, text) for text in texts))


def _ask(config: WebSource | FeedSource, state: FetchState, url: str) -> Ask:
    seen = state.have(config.name, url)
    return Ask(url, "document", seen.etag, seen.last_modified) if seen else Ask(url, "document")


def _attached(
    config: WebSource, state: FetchState, client: Client, reply: Reply, parent: Item
) -> Iterator[Fetched | Attempt]:
    if "html" not in (reply.media_type or ""):
        return
    files = [item for item in attachments(reply.text, reply.url) if is_due(config, state, item.url)]
    for item, answer in zip(files, client.get_all(_ask(config, state, item.url) for item in files), strict=True):
        yield document(config, state, answer, replace(item, day=parent.day), attached_to=parent.url)

"""One entry of sources.yaml in, reports and attempts out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from flows.fetch.config import EpaperSource, InboxSource, SourceConfig
from flows.fetch.epaper import fetch_epaper
from flows.fetch.http import Client
from flows.fetch.inbox import fetch_inbox
from flows.fetch.model import Attempt, Fetched, FetchState

Credentials = Callable[[str], Mapping[str, Any]]


def fetch_source(
    config: SourceConfig,
    *,
    state: FetchState,
    since: date | None = None,
    until: date | None = None,
    credentials: Credentials | None = None,
) -> Iterator[Fetched | Attempt]:
    """Everything that a source has and ``state`` does not know yet, and every attempt made on the way.

    ``since`` and ``until`` (inclusive) backfill: these days are fetched although the state holds them as done. Each
    item is noted in ``state`` before it is handed out. ``credentials`` resolves the name of an entry's ``block``.

    Raises ConfigurationError for an entry that cannot work; whatever the other side does is an attempt, no exception.
    """
    for item in _items(config, state, since, until, credentials):
        state.note(item.attempt if isinstance(item, Fetched) else item)
        yield item


def _items(
    config: SourceConfig, state: FetchState, since: date | None, until: date | None, credentials: Credentials | None
) -> Iterator[Fetched | Attempt]:
    if isinstance(config, InboxSource):
        yield from fetch_inbox(config, state)
        return
    with Client(config) as client:
        match config:
            case EpaperSource():
                yield from fetch_epaper(config, state, client, since, until)

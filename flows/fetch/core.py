"""One entry of sources.yaml in, reports and attempts out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from flows.fetch.config import EpaperSource, FeedSource, InboxSource, RemoteSource, SourceConfig, WebSource
from flows.fetch.epaper import fetch_epaper
from flows.fetch.feed import fetch_feed
from flows.fetch.http import Client
from flows.fetch.http_index import fetch_index
from flows.fetch.inbox import fetch_inbox
from flows.fetch.model import Attempt, Fetched, FetchState
from flows.fetch.remote import fetch_remote, resolved_options
from flows.fetch.web import fetch_web

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
    elif isinstance(config, RemoteSource) and not config.is_http:
        yield from fetch_remote(config, state, options_of(config, credentials))
    else:
        with Client(config) as client:
            match config:
                case EpaperSource():
                    yield from fetch_epaper(config, state, client, since, until)
                case WebSource():
                    yield from fetch_web(config, state, client, since, until)
                case FeedSource():
                    yield from fetch_feed(config, state, client, since, until)
                case RemoteSource():
                    yield from fetch_index(config, state, client)


def options_of(config: RemoteSource, credentials: Credentials | None) -> dict[str, Any]:
    """The fsspec options of an entry, its block and the environment resolved."""
    block = credentials(config.block) if config.block and credentials else None
    return resolved_options(config, block)

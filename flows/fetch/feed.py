"""An RSS or Atom feed as a source: its entries as they stand, or the pages they link to."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import feedparser

from flows.fetch.compose import compose
from flows.fetch.config import FeedSource
from flows.fetch.epaper_article import parse_article
from flows.fetch.http import Ask, Client, Reply
from flows.fetch.inbox import known_again
from flows.fetch.model import Attempt, Fetched, FetchState, Part, sha256_of
from flows.fetch.names import absolute, name_of_url
from flows.fetch.web import fetch_items, wanted
from flows.fetch.web_list import Item

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: its link with title and day, and the text that the feed itself carries (HTML)."""

    item: Item
    text: str
    author: str


def fetch_feed(
    config: FeedSource, state: FetchState, client: Client, since: date | None, until: date | None
) -> Iterator[Fetched | Attempt]:
    """The reports that a feed announces and the state does not hold."""
    seen = state.have(config.name, config.url)
    conditional = seen is not None and not (since or until)
    ask = Ask(config.url, "list", seen.etag, seen.last_modified) if seen and conditional else Ask(config.url, "list")
    reply = client.get(ask)
    yield from client.robots_attempts()
    row, entries = read_feed(config, reply)
    entries = [entry for entry in entries if _within(entry.item.day, since, until)]
    if config.full_text:
        yield from (_full_text(config, state, reply, entry) for entry in entries)
    else:
        items = [entry.item for entry in reversed(entries)]
        yield from fetch_items(config, state, client, items, backfill=bool(since or until))
    yield row  # last: a night that breaks off in the middle must not take the feed for read


def read_feed(config: FeedSource, reply: Reply) -> tuple[Attempt, list[Entry]]:
    """The attempt at the feed and its entries; an answer that is no feed is a failed attempt."""
    if reply.outcome != "fetched":
        return reply.attempt(config.name), []
    parsed = feedparser.parse(reply.data, response_headers={"content-type": reply.headers.get("content-type", "")})
    entries = [entry for raw in parsed.entries if (entry := _entry(raw, reply.url))]
    if not parsed.version:
        return reply.attempt(config.name, outcome="failed", sha256=None, message="The answer is not a feed"), []
    entries = [entry for entry in entries if wanted(config.match, config.exclude, entry.item)]
    return reply.attempt(config.name, found=len(entries)), entries


def _entry(raw: Any, base: str) -> Entry | None:
    link = raw.get("link") or next((found.get("href") for found in raw.get("links", [])), None)
    address = absolute(base, link or "")
    if not link or not address:
        return None
    stamp = raw.get("published_parsed") or raw.get("updated_parsed")
    day = datetime.fromtimestamp(calendar.timegm(stamp), UTC).astimezone(CHINA).date() if stamp else None
    contents = [content.get("value", "") for content in raw.get("content", [])] + [raw.get("summary", "")]
    title = " ".join(raw.get("title", "").split())
    return Entry(Item(address, title, day), max(contents, key=len), raw.get("author", ""))


def _full_text(config: FeedSource, state: FetchState, reply: Reply, entry: Entry) -> Fetched | Attempt:
    """The entry itself as a report: its text composed like an article, the feed as the page it was composed from."""
    item = entry.item
    article = parse_article(f'<div id="articleContent">{entry.text}</div>', item.url)
    article = replace(article, title=item.title, author=entry.author)
    day = item.day.isoformat() if item.day else None
    meta = {"ArticleTitle": item.title, "PubDate": day, "ContentSource": config.issuer, "Url": item.url}
    data = compose(article, meta)
    now = datetime.now(UTC)
    row = Attempt(config.name, "document", item.url, "fetched", now, sha256=sha256_of(data), bytes=len(data))
    row = known_again(row, state)
    if row.outcome != "fetched":
        return row
    sidecar = {"url": item.url, "title": item.title} | ({"published_on": day} if day else {})
    part = Part(reply.url, reply.data, reply.media_type, sha256_of(reply.data))
    name = name_of_url(item.url, "text/html")
    return Fetched(data, name, item.url, "text/html", sidecar, config.defaults, now, config.name, row, (part,))


def _within(day: date | None, since: date | None, until: date | None) -> bool:
    return day is None or ((since is None or day >= since) and (until is None or day <= until))

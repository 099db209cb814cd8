"""A digital newspaper as a source: for each day that is due its pages, their articles, joined and composed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from flows.fetch.compose import compose
from flows.fetch.config import EpaperSource
from flows.fetch.epaper_article import Article, parse_article
from flows.fetch.epaper_join import Joined, half, join_pages
from flows.fetch.epaper_layout import Page, PageLinks, day_of_url, jump_of, node_of, page_links, template_of_url
from flows.fetch.http import Ask, Client, Reply
from flows.fetch.inbox import known_again
from flows.fetch.model import UNRESOLVED, Attempt, Fetched, FetchState, Outcome, Part, sha256_of
from flows.fetch.names import safe_name

CHINA = timezone(timedelta(hours=8))  # no summer time since 1991
MAX_JUMPS = 3
MAX_PAGES = 400  # of an issue; the largest jubilee issues have some two hundred
MAX_ARTICLES = 5000
WORSE: tuple[Outcome, ...] = ("refused", "failed", "blocked")


@dataclass(frozen=True, slots=True)
class Listed:
    """An article of an issue as its pages list it."""

    url: str
    page: Page


def today() -> date:
    """The day it is in China."""
    return datetime.now(CHINA).date()


def fetch_epaper(
    config: EpaperSource, state: FetchState, client: Client, since: date | None, until: date | None
) -> Iterator[Fetched | Attempt]:
    """The articles of every issue that is due, oldest day first."""
    template = config.url
    if "{yyyy}" not in template:
        found, attempts = newest_issue(config, client)
        yield from attempts
        if found is None:
            return
        template = found
    for day in days_due(config, state, since, until, today()):
        yield from _fetch_day(config, state, client, url_of_day(template, day), day)


def url_of_day(template: str, day: date) -> str:
    """The address of a day's issue."""
    return template.format(yyyy=f"{day.year:04}", mm=f"{day.month:02}", dd=f"{day.day:02}")


def days_due(config: EpaperSource, state: FetchState, since: date | None, until: date | None, now: date) -> list[date]:
    """The days whose issue is to be asked for.

    A backfill takes the days it names. Else: from the first day ever asked for, or ``start``, to today, every day
    that was not asked for, failed, or was blocked; and for ``recheck_days`` every day on which there was no issue yet.
    """
    last = min(filter(None, [until or now, config.end]))
    if since or until:
        return _days(since or last, last)
    known = {day: outcome for (source, day), outcome in state.issues.items() if source == config.name}
    first = min([*known, config.start or (now if known else now - timedelta(days=config.recheck_days))])
    first = max(first, now - timedelta(days=config.catch_up_days))
    fresh = now - timedelta(days=config.recheck_days)
    return [
        day
        for day in _days(first, last)
        if day not in known or known[day] in UNRESOLVED or (known[day] == "missing" and day >= fresh)
    ]


def newest_issue(config: EpaperSource, client: Client) -> tuple[str | None, list[Attempt]]:
    """The template of the addresses of issues, found by following paperindex.htm to the newest one."""
    url, attempts = config.url, []
    for _ in range(MAX_JUMPS):
        reply = client.get(Ask(url, "list"))
        attempts += [*client.robots_attempts(), reply.attempt(config.name)]
        if reply.outcome != "fetched":
            return None, attempts
        target = jump_of(reply.text, reply.url)
        for address in (reply.url, target or ""):
            if day_of_url(address):
                return template_of_url(address), attempts
        if target is None:
            break
        url = target
    told = f"{config.url} leads to no issue with its day in the address; write it with {{yyyy}}, {{mm}}, {{dd}}"
    attempts[-1] = replace(attempts[-1], outcome="failed", message=told)
    return None, attempts


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _fetch_day(
    config: EpaperSource, state: FetchState, client: Client, url: str, day: date
) -> Iterator[Fetched | Attempt]:
    started = datetime.now(UTC)
    attempts: list[Attempt] = []
    issue = Issue(config, client, day, attempts)
    listed, outcome, message = issue.list_articles(url)
    yield from _flush(attempts)
    found = 0
    if outcome == "fetched":
        articles, raw = issue.read_articles(listed)
        yield from _flush(attempts)
        for joined in join_pages(articles):
            if joined.article.empty or not _wanted(config.titles, joined.article.title):
                continue
            if issue.worst in UNRESOLVED and half(joined.article):
                continue  # its other page may be the one that could not be had: it comes whole when the day does
            found += 1
            yield _document(config, state, joined, day, [raw[part] for part in joined.urls])
        if issue.worst:
            outcome, message = issue.worst, "Not every page of the issue could be had; the day is asked for again"
    seconds = (datetime.now(UTC) - started).total_seconds()
    yield Attempt(config.name, "issue", url, outcome, started, seconds, issue_day=day, found=found, message=message)


def _flush(attempts: list[Attempt]) -> Iterator[Attempt]:
    while attempts:
        yield attempts.pop(0)


class Issue:
    """The requests for one day's issue; every attempt is appended to ``attempts``, ``worst`` is the worst of them."""

    def __init__(self, config: EpaperSource, client: Client, day: date, attempts: list[Attempt]) -> None:
        self._config, self._client, self._day, self._attempts = config, client, day, attempts
        self.worst: Outcome | None = None

    def list_articles(self, url: str) -> tuple[list[Listed], Outcome, str]:
        """The articles of the issue, how asking went, and what is to be told of it."""
        first = self._noted(self._client.get(Ask(url, "page")))
        if first.outcome != "fetched":
            return [], first.outcome, first.message
        links = page_links(first.text, first.url)
        shown = links.shown_day or day_of_url(first.url)
        if shown not in (None, self._day):
            return [], "missing", f"No issue of {self._day}: the site showed that of {shown}"
        if not links.articles and len(links.pages) < 2:
            return [], "failed", "No pages and no articles found: the address or the layout is another"
        if len(links.pages) > MAX_PAGES:
            return [], "failed", f"{len(links.pages)} pages: no newspaper has so many, so the address is another"
        listed = self._attributed([links, *self._other_pages(links, first.url)])
        if len(listed) > MAX_ARTICLES:
            return [], "failed", f"{len(listed)} articles: no newspaper has so many, so the address is another"
        return listed, "fetched", ""

    def _other_pages(self, links: PageLinks, own: str) -> Iterator[PageLinks]:
        others = [page for page in links.pages if page.url not in (own, links.here.url) and self._page_wanted(page)]
        asks = (Ask(page.url, "page") for page in others)
        for page, reply in zip(others, self._client.get_all(asks), strict=True):
            self._noted(reply)
            if reply.outcome == "fetched":
                found = page_links(reply.text, reply.url)
                yield replace(found, here=found.here if found.here.number else replace(page, url=reply.url))

    def _attributed(self, pages: Sequence[PageLinks]) -> list[Listed]:
        """Each article once, with its page: one that pictures it, or its address names, or the first."""
        own = {url: page.here for page in pages for url in page.pictured}
        nodes = {node_of(page.here.url): page.here for page in pages if node_of(page.here.url)}
        listed: dict[str, Listed] = {}
        for page in pages:
            for url in page.articles:
                here = own.get(url) or nodes.get(node_of(url)) or page.here
                listed.setdefault(url, Listed(url, here))
        wanted = [item for item in listed.values() if self._page_wanted(item.page)]
        order = {page.here.url: number for number, page in enumerate(pages)}
        return sorted(wanted, key=lambda item: order.get(item.page.url, len(order)))

    def read_articles(self, listed: Sequence[Listed]) -> tuple[list[Article], dict[str, Part]]:
        """The articles, parsed, and their unaltered pages."""
        articles: list[Article] = []
        raw: dict[str, Part] = {}
        asks = (Ask(item.url, "page") for item in listed)
        for item, reply in zip(listed, self._client.get_all(asks), strict=True):
            self._noted(reply)
            if reply.outcome != "fetched":
                continue
            article = parse_article(reply.text, item.url)
            page = {"page": article.page or item.page.number, "page_name": article.page_name or item.page.name}
            articles.append(replace(article, **page))  # type: ignore[arg-type]
            raw[item.url] = Part(item.url, reply.data, reply.media_type, sha256_of(reply.data))
        return articles, raw

    def _page_wanted(self, page: Page) -> bool:
        return _wanted(self._config.pages, f"{page.number}版：{page.name}")

    def _noted(self, reply: Reply) -> Reply:
        self._attempts += self._client.robots_attempts()
        self._attempts.append(reply.attempt(self._config.name, issue_day=self._day))
        if reply.outcome in WORSE and (self.worst is None or WORSE.index(reply.outcome) > WORSE.index(self.worst)):
            self.worst = reply.outcome
        return reply


def _document(
    config: EpaperSource, state: FetchState, joined: Joined, day: date, parts: Sequence[Part]
) -> Fetched | Attempt:
    """The report that an article is."""
    article, url = joined.article, joined.urls[0]
    meta = {
        "ArticleTitle": article.title,
        "PubDate": day.isoformat(),
        "ContentSource": config.issuer,
        "Author": article.author,
        "Url": url,
    }
    data = compose(article, meta)
    now = datetime.now(UTC)
    row = Attempt(
        config.name, "document", url, "fetched", now, issue_day=day, sha256=sha256_of(data), bytes=len(data)
    )  # fmt: skip
    row = known_again(row, state)
    if row.outcome != "fetched":
        return row
    sidecar: dict[str, Any] = {"url": url, "published_on": day.isoformat(), "page": article.page}
    sidecar |= {"page_name": article.page_name, "title": article.title, "pages": " ".join(joined.pages)}
    name = safe_name(
        f"{config.name}_{day:%Y%m%d}_{article.page or '00'}_{url.rpartition('/')[2].partition('.')[0]}.html"
    )
    kept = {key: value for key, value in sidecar.items() if value}
    return Fetched(data, name, url, "text/html", kept, config.defaults, now, config.name, row, tuple(parts))


def _wanted(pattern: str | None, text: str) -> bool:
    return pattern is None or re.search(pattern, text) is not None

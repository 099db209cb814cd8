"""Pages of untrusted sites: whatever they hold, reading them ends, and ends without an exception."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.fetch.blocked import blocked_reason, missing_reason
from flows.fetch.compose import compose
from flows.fetch.config import FeedSource
from flows.fetch.epaper_article import Article, parse_article
from flows.fetch.epaper_layout import jump_of, page_links
from flows.fetch.feed import read_feed
from flows.fetch.http import Ask, Reply
from flows.fetch.names import NAME_BYTES, matches, name_of_url, safe_name
from flows.fetch.web_list import attachments, list_items, list_links, next_page
from tests.sites import papers
from tests.sites.server import Site

URL = "http://x.cn/html/2021-11/24/node_2.htm"
FEED = FeedSource.model_validate({"name": "f", "kind": "feed", "url": "http://x.cn/f"})


def feed(source: str) -> Any:
    headers = httpx.Headers({"content-type": "text/xml"})
    return read_feed(FEED, Reply(Ask("u", "list"), "fetched", datetime.now(UTC), 0, 200, "u", source.encode(), headers))


READERS: dict[str, Callable[[str], Any]] = {
    "article": lambda source: parse_article(source, URL),
    "page": lambda source: page_links(source, URL),
    "jump": lambda source: jump_of(source, URL),
    "list": lambda source: list_items(source, URL),
    "next": lambda source: next_page(source, URL),
    "links": lambda source: list_links(source, URL),
    "attachments": lambda source: attachments(source, URL),
    "blocked": lambda source: blocked_reason(200, "text/html", source.encode("utf-8", "replace"), URL, URL),
    "missing": lambda source: missing_reason("text/html", source.encode("utf-8", "replace")),
    "feed": feed,
}

TRAPS = {
    "deep": "<div>" * 60_000 + "深",
    "deep tables": "<table><tr><td>" * 5_000,
    "comments that never end": "<!--enpproperty <title>" * 100_000,
    "comments in comments": "<!--<npm:article-title>-->" * 100_000,
    "fields in fields": "<!--enpproperty " + "<a>" * 100_000 + "/enpproperty-->",
    "one long line": "件" * 2_000_000,
    "many links": "".join(f'<a href="content_{n}.htm">报告之{n}</a>' for n in range(20_000)),
    "cookies": "document.cookie=" * 20_000,
    "location": "location =" + " " * 200_000,
    "entities": "&amp;" * 200_000,
    "bad addresses": '<a href="http://[::1">报告报告报告</a><a href="//">报告报告报告</a><area href="http://[">' * 50,
    "bad days": '<li><a href="/a">报告报告报告</a>2021-99-99</li>' * 50,
    "entity bomb": '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>',
    "null": "\x00<a href=\x00>",
    "half a surrogate pair": "<a href='/\udcff'>报告报告报告</a>",
}


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("reader", [name for name in READERS if name != "feed"])
def test_a_trap_is_read_to_its_end(reader: str, trap: str) -> None:
    READERS[reader](TRAPS[trap])


@pytest.mark.parametrize("trap", [name for name in TRAPS if name != "half a surrogate pair"])
def test_a_trap_is_no_feed(trap: str) -> None:
    row, entries = feed(TRAPS[trap])
    assert (row.outcome, entries) == ("failed", []) or row.found == 0


def mutants(source: str, number: int) -> Iterator[str]:
    """``source`` cut, doubled, and with pieces of markup thrown in, the same for the same number."""
    chance = random.Random(number)
    pieces = [
        "<",
        ">",
        "<!--",
        "-->",
        "'",
        '"',
        "</p>",
        "<table>",
        "&#0;",
        "\x00",
        "http://[",
        "2021-02-30",
        "（下转版）",
    ]
    for _ in range(60):
        text = source
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(text))
            text = chance.choice(
                [text[:at], text[at:], text[:at] + chance.choice(pieces) + text[at:], text[:at] + text[at + 7 :] or "x"]
            )
            text = text or "x"
        yield text


@pytest.mark.parametrize("reader", [name for name in READERS if name != "feed"])
def test_mutated_pages_are_read(reader: str) -> None:
    site = Site()
    papers.classic(site)
    papers.modern(site)
    papers.people(site)
    for number, page in enumerate(str(page) for page in site.routes.values()):
        for mutant in mutants(page, number):
            READERS[reader](mutant)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_a_file_name_is_harmless(name: str) -> None:
    made = safe_name(name)
    assert made
    assert made not in (".", "..")
    assert len(made.encode()) <= NAME_BYTES
    assert not set(made) & set('/\\\0:*?"<>|\n')
    assert safe_name(made) == made


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("", "report"),
        ("..", "report"),
        ("报告\u202etxt.exe", "报告_txt.exe"),
        ("件" * 300 + ".html", "件" * 65 + ".html"),
    ],
)
def test_names_that_lead_elsewhere_do_not(name: str, made: str) -> None:
    assert safe_name(name) == made


@pytest.mark.parametrize(
    ("url", "media_type", "name"),
    [
        ("http://x.cn/a/t1.html", "text/html", "t1.html"),
        ("http://x.cn/a/", "text/html", "a.html"),
        ("http://x.cn/", "text/html", "x.cn.html"),
        ("http://x.cn/down?id=7", "application/pdf", "down_id=7.pdf"),
        ("http://x.cn/%E5%85%AC%E6%8A%A5.pdf", "application/octet-stream", "公报.pdf"),
        ("http://x.cn/a/%2e%2e%2fb.txt", None, "b.txt"),
        ("http://x.cn/report.pdf", "text/html", "report.pdf.html"),
    ],
)
def test_a_url_gives_a_file_name(url: str, media_type: str | None, name: str) -> None:
    assert name_of_url(url, media_type) == name


@pytest.mark.parametrize(
    ("name", "glob", "hit"),
    [
        ("a.txt", "*.txt", True),
        ("b/a.txt", "*.txt", False),
        ("b/a.txt", "**/*.txt", True),
        ("a.txt", "**/*.txt", True),
        ("b/c/a.txt", "b/**", True),
        ("a.txt", "?.txt", True),
        ("a+b(1).txt", "a+b(1).*", True),
        ("axtxt", "a.txt", False),
    ],
)
def test_globs(name: str, glob: str, hit: bool) -> None:
    assert matches(name, [glob]) is hit


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_a_composed_document_holds_text_and_no_markup_of_the_site(title: str, words: str) -> None:
    article = Article(url="u", title=f"<script>{title}", blocks=(f"</p><img src=x onerror=1>{words}",))
    made = compose(article, {"ArticleTitle": f'">{title}'}).decode()
    assert "<script" not in made
    assert "<img" not in made
    assert 'content="">' not in made

"""Digital newspapers: four layouts asked over loopback, pages to articles, 转版 joined, days caught up from state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from lxml import html

from flows.fetch import Attempt, Fetched, FetchState, epaper, fetch_source
from flows.fetch.config import EpaperSource
from flows.fetch.epaper_article import Article, Table, parse_article
from flows.fetch.epaper_join import join_pages, page_key
from flows.fetch.epaper_layout import day_of_url, template_of_url
from tests.sites import papers
from tests.sites.papers import DAY, Leaf, Story
from tests.sites.server import Answer, Site, serve

TODAY = date(2021, 11, 26)


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(Site()) as running:
        yield running


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epaper, "today", lambda: TODAY)


def entry(url: str, **keys: Any) -> EpaperSource:
    quick = {"allow_private": True, "rate": 1000, "backoff": 0, "retries": 1, "timeout": 10}
    return EpaperSource.model_validate({"name": "daily", "kind": "epaper", "url": url} | quick | keys)


def night(config: EpaperSource, state: FetchState, **days: date) -> tuple[list[Fetched], list[Attempt]]:
    items = list(fetch_source(config, state=state, **days))
    return [i for i in items if isinstance(i, Fetched)], [i.attempt if isinstance(i, Fetched) else i for i in items]


def issues(attempts: list[Attempt]) -> dict[int, str]:
    return {a.issue_day.day: a.outcome for a in attempts if a.kind == "issue" and a.issue_day}


LAYOUTS: dict[str, Callable[[Site], str]] = {
    "classic": papers.classic,
    "2020": papers.modern,
    "people": papers.people,
    "people until 2024": lambda site: papers.people(site, new=False),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_articles(site: Site, layout: str) -> None:
    config = entry(LAYOUTS[layout](site), place="惠济区", issuer="某区日报")
    fetched, attempts = night(config, FetchState(), since=DAY, until=DAY)
    assert issues(attempts) == {24: "fetched"}
    turned, schools = fetched
    prefix = "A" if layout == "2020" else ""
    assert turned.sidecar["title"] == "我区实事办理过八成"
    assert turned.sidecar["published_on"] == "2021-11-24"
    assert turned.sidecar["page"] == f"{prefix}01"
    assert turned.sidecar["page_name"] == "要闻"
    assert turned.sidecar["pages"] == f"{prefix}01 {prefix}03"
    assert turned.hints == {"place": "惠济区", "issuer": "某区日报", "language": "zh"}
    page = html.document_fromstring(turned.data)
    assert [p.text for p in page.xpath("//p[not(@class)]")] == [
        "截至11月23日，全区145件实事已完成118件，完成率81%。",
        "其余27件正在办理，其中道路类12件，管网类15件。",
    ]
    assert [c.text for c in page.xpath("//figcaption")] == ["图为社区养老日间照料中心，可服务老人60名。"]
    assert page.xpath("//h1")[0].text == "我区实事办理过八成"
    assert page.xpath("//h2[@class='pretitle']")[0].text == "为民办实事"
    assert page.xpath("//p[@class='author']")[0].text == "记者 王小明"
    assert page.xpath("//meta[@name='PubDate']/@content") == ["2021-11-24"]
    assert schools.sidecar["page"] == f"{prefix}02"
    assert html.document_fromstring(schools.data).xpath("//h2[@class='subtitle']")[0].text == "学位更充足"


@pytest.mark.parametrize("layout", ["classic", "2020", "people"])
def test_the_pages_an_article_was_composed_from_come_along_unaltered(site: Site, layout: str) -> None:
    fetched, attempts = night(entry(LAYOUTS[layout](site)), FetchState(), since=DAY, until=DAY)
    assert len(fetched[0].parts) == 2
    for part in fetched[0].parts:
        assert part.data == str(site.routes[part.url.removeprefix(site.url)]).encode()
    pages = {a.sha256 for a in attempts if a.kind == "page"}
    assert {part.sha256 for part in fetched[0].parts} <= pages


def test_no_page_is_asked_for_twice_and_no_other_issue(site: Site) -> None:
    night(entry(papers.classic(site)), FetchState(), since=DAY, until=DAY)
    assert len(site.paths()) == len(set(site.paths())) == 6
    assert all("/2021-11/24/" in path for path in site.paths())


def test_navigation_digits_and_comment_tails_are_not_in_the_text(site: Site) -> None:
    for report in night(entry(papers.classic(site)), FetchState(), since=DAY, until=DAY)[0]:
        text = report.data.decode()
        assert "enp" not in text
        assert "下一篇" not in text
        assert "下转" not in text


def test_the_address_of_the_front_page_is_enough(site: Site) -> None:
    papers.classic(site, DAY)
    papers.classic(site, date(2021, 11, 26), [Leaf("01", "要闻", [papers.NEXT_DAY])])
    fetched, attempts = night(entry(site.url + "/paperindex.htm"), FetchState())
    assert issues(attempts) == {23: "missing", 24: "fetched", 25: "missing", 26: "fetched"}
    assert [f.sidecar["title"] for f in fetched] == ["我区实事办理过八成", "新建改扩建小学4所", "接种超95万剂次"]


def test_a_front_page_that_leads_nowhere_is_told_of(site: Site) -> None:
    site.routes["/paperindex.htm"] = "<p>欢迎</p>" * 200
    _, attempts = night(entry(site.url + "/paperindex.htm"), FetchState())
    assert attempts[-1].outcome == "failed"
    assert "{yyyy}" in attempts[-1].message


def test_missed_nights_are_caught_up_in_one_run(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    config, state = entry(papers.classic(site), start=DAY), FetchState()
    monkeypatch.setattr(epaper, "today", lambda: DAY)
    assert issues(night(config, state)[1]) == {24: "fetched"}
    for day in range(25, 31):
        papers.classic(site, date(2021, 11, day), [Leaf("01", "要闻", [Story(f"第{day}天", [f"完成{day}件。"])])])
    monkeypatch.setattr(epaper, "today", lambda: date(2021, 11, 30))
    fetched, attempts = night(config, state)
    assert issues(attempts) == dict.fromkeys(range(25, 31), "fetched")
    assert len(fetched) == 6
    site.requests.clear()
    assert night(config, state) == ([], [])
    assert not site.requests


def test_a_blocked_day_is_asked_again_and_a_missing_one_for_some_days(site: Site) -> None:
    url = papers.classic(site)
    state, config = FetchState(), entry(url, start=DAY, recheck_days=1)
    site.routes["/html/2021-11/25/node_2.htm"] = Answer("<script>document.cookie='a';location.reload()</script>", 521)
    assert issues(night(config, state)[1]) == {24: "fetched", 25: "blocked", 26: "missing"}
    papers.classic(site, date(2021, 11, 25), [Leaf("01", "要闻", [papers.NEXT_DAY])])
    assert issues(night(config, state)[1]) == {25: "fetched", 26: "missing"}
    assert epaper.days_due(config, state, None, None, TODAY + timedelta(days=2)) == [
        date(2021, 11, 27),
        date(2021, 11, 28),
    ]


def test_an_article_that_fails_leaves_the_day_open_and_the_rest_is_kept(site: Site) -> None:
    config, state = entry(papers.classic(site)), FetchState()
    path = "/html/2021-11/24/content_112410.htm"
    whole, site.routes[path] = site.routes[path], Answer("", 500)
    fetched, attempts = night(config, state, since=DAY, until=DAY)
    assert [f.sidecar["title"] for f in fetched] == ["我区实事办理过八成"]
    assert issues(attempts) == {24: "failed"}
    assert site.paths().count(path) == 2  # one retry
    site.routes[path] = whole
    fetched, attempts = night(config, state, since=DAY, until=DAY)
    assert [f.sidecar["title"] for f in fetched] == ["新建改扩建小学4所"]
    assert sorted(a.outcome for a in attempts if a.kind == "document") == ["fetched", "not_modified"]


def test_half_an_article_waits_for_its_other_page(site: Site) -> None:
    config, state = entry(papers.classic(site)), FetchState()
    path = "/html/2021-11/24/content_112420.htm"  # the page on which the first article goes on
    whole, site.routes[path] = site.routes[path], Answer("", 412)
    fetched, attempts = night(config, state, since=DAY, until=DAY)
    assert [f.sidecar["title"] for f in fetched] == ["新建改扩建小学4所"]
    assert issues(attempts) == {24: "blocked"}
    site.routes[path] = whole
    fetched, _ = night(config, state)
    assert [f.sidecar["title"] for f in fetched] == ["我区实事办理过八成"]


def test_a_site_that_shows_another_days_issue_has_none_of_that_day(site: Site) -> None:
    papers.modern(site)
    site.routes["/html/2021-11/25/node_1511.htm"] = Answer("", 302, {"Location": "/html/2021-11/24/node_1511.htm"})
    day = date(2021, 11, 25)
    fetched, attempts = night(
        entry(site.url + "/html/{yyyy}-{mm}/{dd}/node_1511.htm"), FetchState(), since=day, until=day
    )
    assert not fetched
    assert issues(attempts) == {25: "missing"}
    assert "2021-11-24" in attempts[-1].message


def test_a_layout_that_is_not_known_is_an_error_and_not_an_empty_day(site: Site) -> None:
    site.routes["/html/2021-11/24/node_2.htm"] = "<p>改版公告</p>" * 100
    _, attempts = night(entry(site.url + "/html/{yyyy}-{mm}/{dd}/node_2.htm"), FetchState(), since=DAY, until=DAY)
    assert issues(attempts) == {24: "failed"}


def test_pages_and_titles_can_be_chosen(site: Site) -> None:
    fetched, _ = night(entry(papers.classic(site), pages="教育"), FetchState(), since=DAY, until=DAY)
    assert [f.sidecar["title"] for f in fetched] == ["新建改扩建小学4所"]
    fetched, _ = night(entry(papers.classic(site), titles="实事"), FetchState(), since=DAY, until=DAY)
    assert [f.sidecar["title"] for f in fetched] == ["我区实事办理过八成"]


def test_the_same_issue_composes_to_the_same_bytes(site: Site) -> None:
    config = entry(papers.modern(site))
    first = night(config, FetchState(), since=DAY, until=DAY)[0]
    again = night(config, FetchState(), since=DAY, until=DAY)[0]
    assert [f.sha256 for f in first] == [f.sha256 for f in again]


def part(url: str, page: str, title: str, *blocks: str) -> Article:
    return Article(url=url, title=title, blocks=blocks, page=page)


def test_an_article_over_three_pages_is_one() -> None:
    joined = join_pages([
        part("a", "A06", "公报", "甲。", "（下转07版）"),
        part("b", "A07", "（上接06版）", "乙。", "（下转08版）"),
        part("c", "A08", "（上接07版）", "丙。"),
    ])  # fmt: skip
    assert [(j.urls, j.pages, j.article.blocks) for j in joined] == [
        (("a", "b", "c"), ("A06", "A07", "A08"), ("甲。", "乙。", "丙。"))
    ]


def test_articles_that_turn_to_the_same_page_are_told_apart_by_their_titles() -> None:
    joined = join_pages([
        part("a", "1", "城市更新提速见效", "甲。（下转第三版）"),
        part("b", "1", "教育投入持续增长", "乙。（下转第三版）"),
        part("d", "3", "（上接第一版）教育投入持续增长", "丁。"),
        part("c", "3", "（上接第一版）城市更新提速见效", "丙。"),
    ])  # fmt: skip
    assert [(j.urls, j.article.blocks) for j in joined] == [
        (("a", "c"), ("甲。", "丙。")),
        (("b", "d"), ("乙。", "丁。")),
    ]


def test_what_cannot_be_told_apart_is_not_joined_and_not_lost() -> None:
    parts = [
        part("a", "1", "甲", "甲。（下转3版）"),
        part("b", "1", "乙", "乙。（下转3版）"),
        part("c", "3", "（上接1版）", "丙。"),
        part("d", "3", "（上接1版）", "丁。"),
    ]
    assert [(j.urls, j.article.blocks) for j in join_pages(parts)] == [((p.url,), p.blocks) for p in parts]


def test_pages_that_turn_to_each_other_do_not_loop() -> None:
    parts = [part("a", "1", "（上接2版）", "甲（下转2版）"), part("b", "2", "（上接1版）", "乙（下转1版）")]
    assert [j.urls for j in join_pages(parts)] == [("a",), ("b",)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("07", ("", 7)),
        ("A06", ("A", 6)),
        ("三", ("", 3)),
        ("十二", ("", 12)),
        ("二十", ("", 20)),
        ("", ("", 0)),
        ("甲", ("", 0)),
    ],
)
def test_page_numbers_compare_by_letter_and_number(text: str, key: tuple[str, int]) -> None:
    assert page_key(text) == key


@pytest.mark.parametrize(
    ("url", "day", "template"),
    [
        ("http://x/html/2021-11/24/node_2.htm", date(2021, 11, 24), "http://x/html/{yyyy}-{mm}/{dd}/node_2.htm"),
        (
            "http://x/pc/layout/202412/01/node_01.html",
            date(2024, 12, 1),
            "http://x/pc/layout/{yyyy}{mm}/{dd}/node_01.html",
        ),
        ("http://x/paper/20211124/1.htm", date(2021, 11, 24), "http://x/paper/{yyyy}{mm}{dd}/1.htm"),
        ("http://x/2021-13/99/node_2.htm", None, None),
        ("http://x/content_1516_343187.htm", None, None),
    ],
)
def test_the_day_is_read_from_the_address(url: str, day: date | None, template: str | None) -> None:
    assert day_of_url(url) == day
    assert template_of_url(url) == template


def test_a_table_in_an_article_stays_a_table() -> None:
    source = (
        "<div id=ozoom><p>单位：万元</p><table><tr><td>项目</td><td>金额</td></tr>"
        "<tr><td>道路</td><td>12</td></tr></table>"
        "<p>完。</p></div>"
    )
    assert parse_article(source, "u").blocks == ("单位：万元", Table((("项目", "金额"), ("道路", "12"))), "完。")


@pytest.mark.parametrize("source", ["", "<", "<!--enpproperty", "<p>" * 60_000, "\x00", "<table id=newspic>" * 3000])
def test_a_broken_page_is_an_article_without_text_at_worst(source: str) -> None:
    assert parse_article(source, "u").title == ""

"""Government sites and feeds: lists found without selectors, paged, incremental from state, corrected, blocked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

import pytest

from flows.fetch import Attempt, Fetched, FetchState, SourceConfig, check_source, fetch_source, judge
from flows.fetch.config import FeedSource, WebSource
from flows.fetch.web_list import list_items, next_page
from tests.sites.server import Answer, Site, serve

BODY = "<p>全区145件实事已完成118件，完成率81%。</p>" * 20


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(Site()) as running:
        yield running


QUICK = {"allow_private": True, "rate": 1000, "backoff": 0, "retries": 0, "timeout": 10}


def entry(site: Site, **keys: Any) -> WebSource:
    return WebSource.model_validate({"name": "gov", "kind": "web", "url": site.url + "/gb/index.html"} | QUICK | keys)


def feed_entry(site: Site, **keys: Any) -> FeedSource:
    return FeedSource.model_validate({"name": "news", "kind": "feed", "url": site.url + "/feed.xml"} | QUICK | keys)


def night(config: SourceConfig, state: FetchState, **days: Any) -> tuple[list[Fetched], list[Attempt]]:
    items = list(fetch_source(config, state=state, **days))
    return [i for i in items if isinstance(i, Fetched)], [i.attempt if isinstance(i, Fetched) else i for i in items]


def names(fetched: list[Fetched]) -> list[str]:
    return [f.url.rpartition("/")[2] for f in fetched]


def publish(site: Site, numbers: list[int], per_page: int = 3) -> None:
    """A site with the reports ``numbers``, newest first, ``per_page`` a list page."""
    newest = sorted(numbers, reverse=True)
    pages = [newest[i : i + per_page] for i in range(0, len(newest), per_page)]
    for index, page in enumerate(pages):
        items = "".join(
            f'<li><a href="../art/{n}.html" title="关于第{n}号实事办理情况的通报">关于第{n}号实事办…</a>'
            f"<span>2021-11-{n:02}</span></li>"
            for n in page
        )
        nav = "".join(f'<li><a href="/{word}/">{word}</a></li>' for word in ("首页", "政务公开栏目", "办事服务大厅"))
        pager = f'<script>createPageHTML({len(pages)}, {index},"index","html");</script>'
        name = "index.html" if index == 0 else f"index_{index}.html"
        site.routes[f"/gb/{name}"] = Answer(
            f"<html><body><ul class=nav>{nav}</ul><ul class=list>{items}</ul>{pager}</body></html>", etag=True
        )
    for n in numbers:
        site.routes.setdefault(f"/art/{n}.html", Answer(f"<html><h1>第{n}号</h1>{BODY}{n}</html>", etag=True))


def test_the_reports_of_a_list_come_with_title_day_and_address(site: Site) -> None:
    publish(site, [1, 2])
    fetched, attempts = night(entry(site, place="惠济区", issuer="区政府"), FetchState())
    assert names(fetched) == ["1.html", "2.html"]  # the oldest first
    assert fetched[0].hints == {
        "place": "惠济区",
        "issuer": "区政府",
        "language": "zh",
        "title": "关于第1号实事办理情况的通报",
        "published_on": "2021-11-01",
    }
    assert fetched[0].sidecar == {"url": site.url + "/art/1.html"}
    assert fetched[0].name == "1.html"
    assert [(a.kind, a.found) for a in attempts if a.kind == "list"] == [("list", 2)]


def test_the_first_night_pages_up_to_max_pages(site: Site) -> None:
    publish(site, list(range(1, 13)))
    fetched, _ = night(entry(site, max_pages=2), FetchState())
    assert names(fetched) == [f"{n}.html" for n in range(7, 13)]


def test_missed_nights_are_caught_up_however_many_pages_they_fill(site: Site) -> None:
    state, config = FetchState(), entry(site, max_pages=1, revisit_days=0)
    publish(site, [1, 2, 3])
    night(config, state)
    publish(site, list(range(1, 22)))
    assert names(night(config, state)[0]) == [f"{n}.html" for n in range(4, 22)]
    site.requests.clear()
    fetched, attempts = night(config, state)
    assert (fetched, [a.outcome for a in attempts if a.kind == "list"]) == ([], ["not_modified"])
    assert site.paths() == ["/gb/index.html"]


def test_a_night_that_breaks_off_leaves_nothing_behind(site: Site) -> None:
    publish(site, list(range(1, 10)))
    config = entry(site, max_pages=9, revisit_days=0)
    for stop in range(1, 11):
        taken = list(islice(fetch_source(config, state=FetchState()), stop))
        rows = [(item.attempt if isinstance(item, Fetched) else item).as_row() for item in taken]
        hashes = [item.sha256 for item in taken if isinstance(item, Fetched)]
        rest, _ = night(config, FetchState.from_rows(rows, hashes))
        assert len(rest) + len(hashes) == 9, stop


def test_reports_fetched_but_not_booked_are_found_again_behind_an_unchanged_list(site: Site) -> None:
    publish(site, [1, 2, 3])
    config, state = entry(site), FetchState()
    fetched, attempts = night(config, state)
    rows = [a.as_row() for a in attempts]
    booked = [f.sha256 for f in fetched if "2.html" not in f.url]
    assert names(night(config, FetchState.from_rows(rows, booked))[0]) == ["2.html"]


def test_a_list_page_that_fails_is_walked_again_next_night(site: Site) -> None:
    publish(site, list(range(1, 8)))
    whole, site.routes["/gb/index_1.html"] = site.routes["/gb/index_1.html"], Answer("", 500)
    config, state = entry(site), FetchState()
    fetched, attempts = night(config, state)
    assert names(fetched) == ["5.html", "6.html", "7.html"]
    (problem,) = judge(config, attempts, state=state)
    assert problem.severity == "fatal"
    site.routes["/gb/index_1.html"] = whole
    assert names(night(config, state)[0]) == ["1.html", "2.html", "3.html", "4.html"]


def test_a_report_that_was_blocked_is_asked_again_though_it_left_the_list(site: Site) -> None:
    publish(site, [1, 2])
    site.routes["/art/1.html"] = Answer("<script>document.cookie='x';location.reload()</script>", 412)
    config, state = entry(site), FetchState()
    fetched, attempts = night(config, state)
    assert names(fetched) == ["2.html"]
    (problem,) = judge(config, attempts, state=state)
    assert (problem.severity, type(problem.error).__name__) == ("fatal", "SourceRefused")
    assert "'gov' is blocked" in str(problem.error)
    del site.routes["/art/1.html"]
    publish(site, [1, 2, 3, 4, 5, 6])
    assert "1.html" in names(night(config, state)[0])


def test_a_young_report_that_was_corrected_is_fetched_again_and_an_old_one_is_left(site: Site) -> None:
    publish(site, [1, 2])
    config, state = entry(site), FetchState()
    night(config, state)
    site.routes["/art/2.html"] = Answer(f"<html>{BODY}更正</html>", etag=True)
    fetched, attempts = night(config, state)
    assert names(fetched) == ["2.html"]
    assert {a.url.rpartition("/")[2]: a.outcome for a in attempts if a.kind == "document"} == {
        "1.html": "not_modified",
        "2.html": "fetched",
    }
    month_ago = datetime.now(UTC) - timedelta(days=30)
    state.seen = {key: replace(seen, first_at=month_ago) for key, seen in state.seen.items()}
    site.requests.clear()
    night(config, state)
    assert site.paths() == ["/gb/index.html"]


def test_a_backfill_takes_the_days_it_names_whatever_the_state_holds(site: Site) -> None:
    publish(site, list(range(1, 22)))
    config, state = entry(site, max_pages=1), FetchState()
    night(config, state)
    days = {"since": date(2021, 11, 4), "until": date(2021, 11, 6)}
    assert names(night(config, state, **days)[0]) == ["4.html", "5.html", "6.html"]
    # Asked again, they are asked for on condition, and nothing is new.
    fetched, attempts = night(config, state, **days)
    assert not fetched
    assert [a.outcome for a in attempts if a.kind == "document"] == ["not_modified"] * 3


def test_the_same_bytes_at_two_addresses_are_one_document(site: Site) -> None:
    publish(site, [1, 2])
    site.routes["/art/2.html"] = site.routes["/art/1.html"]
    fetched, attempts = night(entry(site), FetchState())
    assert names(fetched) == ["1.html"]
    assert [a.outcome for a in attempts if a.kind == "document"] == ["fetched", "duplicate"]


def test_a_list_without_reports_is_an_error_and_not_a_quiet_night(site: Site) -> None:
    site.routes["/gb/index.html"] = "<html><body>" + "<p>网站改版公告</p>" * 100 + "</body></html>"
    config, state = entry(site), FetchState()
    _, attempts = night(config, state)
    (problem,) = judge(config, attempts, state=state)
    assert problem.severity == "fatal"
    assert "No links" in str(problem.error)


def test_a_blocked_list_is_not_no_report(site: Site) -> None:
    site.routes["/gb/index.html"] = "<script>document.cookie='__jsl_clearance=1';location.href='/'</script>"
    config, state = entry(site), FetchState()
    _, attempts = night(config, state)
    assert [a.outcome for a in attempts if a.kind == "list"] == ["blocked"]
    assert "blocked" in str(judge(config, attempts, state=state)[0].error)


def test_links_to_other_hosts_are_refused_and_told_of(site: Site) -> None:
    site.routes["/gb/index.html"] = "<ul>" + "".join(
        f'<li><a href="{url}">关于实事办理情况的通报</a> 2021-11-02</li>'
        for url in ("http://elsewhere.example/1.html", "/art/1.html")
    )
    publish_one = f"<html>{BODY}</html>"
    site.routes["/art/1.html"] = publish_one
    fetched, attempts = night(entry(site), FetchState())
    assert names(fetched) == ["1.html"]
    assert [a.outcome for a in attempts if "elsewhere" in a.url] == ["refused"]


def test_selectors_match_and_exclude_choose(site: Site) -> None:
    site.routes["/gb/index.html"] = (
        '<div class=a><a href="/x/1.html">甲通报</a></div><div class=b><h3><a href="/x/2.html">乙通报</a></h3>'
        '<i>2021年11月2日</i></div><div class=b><h3><a href="/x/3.html">丙公告</a></h3></div>'
        '<a class=n href="/gb/2">2</a>'
    )
    site.routes["/gb/2"] = '<div class=b><a href="/x/4.html">丁通报</a></div>'
    for n in (1, 2, 3, 4):
        site.routes[f"/x/{n}.html"] = f"<html>{BODY}{n}</html>"
    config = entry(site, links="div.b", item_date="i", next="a.n", match="通报", exclude="/x/9")
    fetched, _ = night(config, FetchState())
    assert sorted(names(fetched)) == ["2.html", "4.html"]
    assert {f.hints.get("published_on") for f in fetched} == {"2021-11-02", None}


def test_attachments_come_as_reports_of_their_own(site: Site) -> None:
    publish(site, [1])
    site.routes["/art/1.html"] = f'<html>{BODY}<a href="f/1.pdf">附件：实事清单</a><a href="/x.html">其他</a></html>'
    site.routes["/art/f/1.pdf"] = Answer(b"%PDF-1.4 ...", media_type="application/pdf")
    assert names(night(entry(site), FetchState())[0]) == ["1.html"]
    state = FetchState()
    fetched, _ = night(entry(site, attachments=True), state)
    assert names(fetched) == ["1.html", "1.pdf"]
    assert fetched[1].sidecar["attached_to"] == site.url + "/art/1.html"
    assert fetched[1].hints["published_on"] == "2021-11-01"
    assert not night(entry(site, attachments=True), state)[0]


LIST_SHAPES = {
    "table": '<table><tr><td><a href="/a/1.html">关于实事办理情况的通报</a></td><td>[2021-11-02]</td></tr></table>',
    "dl": '<dl><dt><a href="/a/1.html">关于实事办理情况的通报</a></dt><dd>2021/11/02</dd></dl>',
    "inside the link": '<ul><li><a href="/a/1.html">关于实事办理情况的通报<span>2021.11.2</span></a></li></ul>',
    "month first": '<ul><li><a href="/a/1.html">关于实事办理情况的通报</a><b>11-02/2021</b></li></ul>',
    "day in Chinese": '<div><p><a href="/a/1.html">关于实事办理情况的通报</a>2021年11月2日</p></div>',
}


@pytest.mark.parametrize("shape", LIST_SHAPES)
def test_lists_of_many_shapes_are_found_without_a_selector(shape: str) -> None:
    nav = '<div class=menu><a href="/about">机构职能与领导介绍</a><a href="/law">政策法规与文件解读</a></div>'
    (item,) = list_items(nav + LIST_SHAPES[shape], "http://x.cn/list.html")
    assert (item.url, item.day) == ("http://x.cn/a/1.html", date(2021, 11, 2))


def test_a_list_without_days_is_the_largest_group_of_titles() -> None:
    nav = "".join(f'<p><a href="/{n}/">栏目之{n}</a></p>' for n in range(20))
    items = "".join(f'<li><a href="/a/{n}.html">关于第{n}批实事办理情况的通报</a></li>' for n in range(5))
    found = list_items(f"<div>{nav}</div><ul>{items}</ul>", "http://x.cn/")
    assert [item.url for item in found] == [f"http://x.cn/a/{n}.html" for n in range(5)]


@pytest.mark.parametrize(
    ("pager", "target"),
    [
        ('<a href="list_2.html">下一页</a>', "http://x.cn/g/list_2.html"),
        ('<a href="?page=2">下一页 ›</a>', "http://x.cn/g/index.html?page=2"),
        ('<a href="#" onclick="go(this,\'/g/11040-2.html\')">下一页</a>', "http://x.cn/g/11040-2.html"),
        ('<a tagname="/g/11040-3.html">下一页</a>', "http://x.cn/g/11040-3.html"),
        ('<script>createPageHTML(25, 1, "index", "shtml");</script>', "http://x.cn/g/index_2.shtml"),
        ('<script>createPageHTML(2, 1, "index", "html");</script>', None),
        ('<a href="javascript:void(0)">下一页</a>', None),
        ('<a href="index.html">下一页</a>', None),
        ("<b>共1页</b>", None),
    ],
)
def test_the_next_page_is_found_in_many_ways(pager: str, target: str | None) -> None:
    assert next_page(pager, "http://x.cn/g/index.html") == target


def rss(site: Site, numbers: list[int]) -> str:
    items = "".join(
        f"<item><title>第{n}号通报</title><link>/art/{n}.html</link><description>&lt;p&gt;已完成{n}件。&lt;/p&gt;"
        f"</description><pubDate>{'Mon, 01' if n == 1 else 'Tue, 02'} Nov 2021 17:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    head = f"<title>t</title><link>{site.url}</link>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'


def test_a_feed_leads_to_its_pages(site: Site) -> None:
    publish(site, [1, 2])
    site.routes["/feed.xml"] = Answer(rss(site, [2, 1]), media_type="application/rss+xml", etag=True)
    config, state = feed_entry(site, place="惠济区", revisit_days=0), FetchState()
    fetched, attempts = night(config, state)
    assert names(fetched) == ["1.html", "2.html"]
    assert fetched[0].hints["published_on"] == "2021-11-02"  # 17:00 GMT is the next day in China
    assert fetched[0].hints["title"] == "第1号通报"
    assert attempts[-1].found == 2
    site.requests.clear()
    assert [a.outcome for a in night(config, state)[1] if a.kind != "robots"] == ["not_modified"]
    assert site.paths() == ["/feed.xml"]


def test_a_feed_can_be_read_as_it_stands(site: Site) -> None:
    site.routes["/feed.xml"] = Answer(rss(site, [1, 2]), media_type="application/rss+xml")
    config, state = feed_entry(site, full_text=True, match="第1号"), FetchState()
    (report,), _ = night(config, state)
    assert "<p>已完成1件。</p>" in report.data.decode()
    assert report.sidecar["title"] == "第1号通报"
    assert report.parts[0].data == rss(site, [1, 2]).encode()
    assert not night(config, state)[0]


def test_an_atom_feed_is_read_too(site: Site) -> None:
    publish(site, [1])
    site.routes["/feed.xml"] = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>第1号</title>'
        f'<link href="{site.url}/art/1.html"/><updated>2021-11-01T00:00:00Z</updated></entry></feed>'
    )
    assert names(night(feed_entry(site), FetchState())[0]) == ["1.html"]


@pytest.mark.parametrize("body", ["<html><body>首页</body></html>" + BODY, "{}", "<rss", "\x00" * 50])
def test_an_answer_that_is_no_feed_is_a_failure(site: Site, body: str) -> None:
    site.routes["/feed.xml"] = body
    config, state = feed_entry(site), FetchState()
    fetched, attempts = night(config, state)
    assert not fetched
    assert attempts[-1].outcome == "failed"
    assert judge(config, attempts, state=state)[0].severity == "fatal"


def test_check_says_what_would_be_fetched_and_fetches_no_report(site: Site) -> None:
    publish(site, [1, 2, 3, 4])
    report = check_source(entry(site))
    assert (report.count, report.problems) == (4, [])
    assert set(site.paths()) == {"/gb/index.html", "/gb/index_1.html"}
    site.routes["/gb/index.html"] = Answer("", 403)
    assert "blocked" in check_source(entry(site)).problems[0]
    site.routes["/feed.xml"] = rss(site, [1])
    assert check_source(feed_entry(site)).would_fetch == [site.url + "/art/1.html"]

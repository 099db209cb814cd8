"""The HTTP client: where it may go, how often, for how long; what it tries again, and what it takes for blocked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from flows.fetch.addresses import host_allowed, is_public
from flows.fetch.blocked import blocked_reason, missing_reason
from flows.fetch.config import WebSource
from flows.fetch.decoding import decode_html
from flows.fetch.http import Ask, Client, Reply
from flows.fetch.politeness import RateLimiter
from tests.sites.server import Answer, Request, Site, serve

PAGE = "<html><body><h1>公报</h1><p>" + "全区145件实事已完成118件。" * 40 + "</p></body></html>"
JSL = "<script>document.cookie='__jsl_clearance=1';location.href=location.pathname</script>"


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(Site()) as running:
        yield running


def client(site: Site, *, sleep: Any = lambda seconds: None, resolver: Any = None, **keys: Any) -> Client:
    quick = {"rate": 1000, "backoff": 0.001, "retries": 2, "timeout": 10, "allow_private": True, "robots": False}
    config = WebSource.model_validate({"name": "s", "kind": "web", "url": site.url + "/"} | quick | keys)
    return Client(config, sleep=sleep, **({"resolver": resolver} if resolver else {}))


def get(site: Site, path: str = "/a", **keys: Any) -> Reply:
    with client(site, **keys) as asking:
        return asking.get(Ask(path if "://" in path else site.url + path))


def test_a_page_comes_with_its_type_and_checksum(site: Site) -> None:
    site.routes["/a"] = Answer(PAGE, headers={"Last-Modified": "Wed, 24 Nov 2021 00:00:00 GMT"}, etag=True)
    reply = get(site)
    row = reply.attempt("s").as_row()
    assert (row["outcome"], row["status"], row["bytes"]) == ("fetched", 200, len(PAGE.encode()))
    assert row["last_modified"] == "Wed, 24 Nov 2021 00:00:00 GMT"
    assert reply.media_type == "text/html"
    assert site.requests[0].headers["user-agent"].startswith("taizhang/")


def test_an_unchanged_page_is_not_sent_again(site: Site) -> None:
    site.routes["/a"] = Answer(PAGE, etag=True)
    etag = get(site).attempt("s").etag
    with client(site) as asking:
        reply = asking.get(Ask(site.url + "/a", etag=etag))
    assert (reply.outcome, reply.status, reply.data) == ("not_modified", 304, b"")
    assert reply.attempt("s").etag == etag


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 522])
def test_what_may_pass_is_tried_again(site: Site, status: int) -> None:
    site.routes["/a"] = [Answer("busy", status), Answer("busy", status), Answer(PAGE)]
    assert get(site).outcome == "fetched"
    assert len(site.requests) == 3


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(400, "failed"), (401, "blocked"), (403, "blocked"), (404, "missing"), (410, "missing"), (412, "blocked"),
     (202, "blocked"), (521, "blocked"), (501, "failed")],
)  # fmt: skip
def test_what_will_not_pass_is_not_tried_again(site: Site, status: int, outcome: str) -> None:
    site.routes["/a"] = Answer("no", status)
    assert get(site).outcome == outcome
    assert len(site.requests) == 1


def test_a_server_that_stays_down_failed_after_its_retries(site: Site) -> None:
    site.routes["/a"] = Answer("busy", 503)
    reply = get(site)
    assert (reply.outcome, reply.message, len(site.requests)) == ("failed", "The server answered 503", 3)


def test_nobody_there_is_failed_and_tried_again() -> None:
    waits: list[float] = []
    site = Site()
    site.url = "http://127.0.0.1:1"
    reply = get(site, sleep=waits.append, backoff=4)
    assert reply.outcome == "failed"
    assert reply.message.startswith("No answer")
    waits = [wait for wait in waits if wait > 0.1]  # the rest are the limiter's
    assert len(waits) == 2
    assert 2 <= waits[0] <= 4
    assert 4 <= waits[1] <= 8


def test_retry_after_is_obeyed_as_seconds_and_as_a_date(site: Site) -> None:
    waits: list[float] = []
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    site.routes["/a"] = [
        Answer("slow down", 429, {"Retry-After": "7"}),
        Answer("slow down", 503, {"Retry-After": soon}),
        Answer(PAGE),
    ]
    assert get(site, sleep=waits.append).outcome == "fetched"
    waits = [wait for wait in waits if wait > 0.1]
    assert waits[0] == 7
    assert 30 < waits[1] <= 60


def test_a_server_that_asks_for_hours_is_left_alone(site: Site) -> None:
    site.routes["/a"] = Answer("tomorrow", 429, {"Retry-After": "7200"})
    assert get(site).outcome == "failed"
    assert len(site.requests) == 1


def test_a_page_over_the_bound_is_refused_and_not_read_to_its_end(site: Site) -> None:
    site.routes["/a"] = "x" * 3_000_000
    assert get(site, max_megabytes=1).outcome == "refused"
    site.routes["/bomb"] = Answer(b"\0" * 30_000_000, headers={"Content-Encoding": "gzip"})
    assert get(site, "/bomb", max_megabytes=1).outcome == "refused"


def test_a_page_that_trickles_is_given_up(site: Site) -> None:
    def slow(request: Request) -> Answer:
        time.sleep(1.5)
        return Answer(PAGE)

    site.routes["/a"] = slow
    reply = get(site, timeout=0.3, retries=0)
    assert (reply.outcome, reply.message[:9]) == ("failed", "No answer")


def test_redirects_stay_within_the_allowed_hosts(site: Site) -> None:
    site.routes["/a"] = Answer("", 302, {"Location": "/b"})
    site.routes["/b"] = Answer(PAGE)
    reply = get(site)
    assert (reply.outcome, reply.url) == ("fetched", site.url + "/b")
    site.routes["/a"] = Answer("", 302, {"Location": "http://elsewhere.example/b"})
    reply = get(site)
    assert (reply.outcome, reply.message) == ("refused", "The host elsewhere.example is not among allowed_hosts")
    site.routes["/a"] = Answer("", 302, {"Location": "file:///etc/passwd"})
    assert get(site).outcome == "refused"
    for target, outcome in (("http://[::1/b", "failed"), ("http://" + "a" * 70 + ".127.0.0.1/", "refused")):
        site.routes["/a"] = Answer("", 302, {"Location": target})
        assert get(site).outcome == outcome
    site.routes["/a"] = Answer("", 302, {"Location": "/a"})
    assert "redirects" in get(site, retries=0).message


def test_a_redirect_to_a_login_page_is_blocked(site: Site) -> None:
    site.routes["/a"] = Answer("", 302, {"Location": "/sso/login?from=a"})
    site.routes["/sso/login?from=a"] = Answer(PAGE)
    assert get(site).outcome == "blocked"


def test_a_host_that_leads_to_a_private_address_is_refused_unless_the_entry_says_so(site: Site) -> None:
    site.routes["/a"] = PAGE
    reply = get(site, allow_private=False)
    assert reply.outcome == "refused"
    assert "127.0.0.1" in reply.message
    assert not site.requests
    assert get(site).outcome == "fetched"


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    port = site.url.rpartition(":")[2]
    answers = {"public.example": ["127.0.0.1"], "inside.example": ["127.0.0.1"]}

    def resolver(host: str, port: int) -> list[str]:
        return answers[host]

    site.routes["/a"] = Answer("", 302, {"Location": f"http://inside.example:{port}/b"})
    site.routes["/b"] = PAGE
    hosts = ["public.example", "inside.example"]
    assert get(site, f"http://public.example:{port}/a", resolver=resolver, allowed_hosts=hosts).outcome == "fetched"
    answers["inside.example"] = ["93.184.216.34", "10.0.0.1"]  # one private address among public ones is enough
    refused = get(site, f"http://inside.example:{port}/b", resolver=resolver, allowed_hosts=hosts, allow_private=False)
    assert refused.outcome == "refused"
    assert "10.0.0.1" in refused.message


def test_the_connection_goes_to_the_address_that_was_checked(site: Site) -> None:
    """DNS rebinding: the name is resolved once for a request, and its Host header stays the name."""
    port, asked = site.url.rpartition(":")[2], []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]  # the real name server knows no such name

    site.routes["/a"] = PAGE
    reply = get(site, f"http://news.example:{port}/a", resolver=resolver, allowed_hosts=["news.example"])
    assert reply.outcome == "fetched"
    assert asked == ["news.example"]
    assert site.requests[0].headers["host"] == f"news.example:{port}"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:0a00:0001::", "not an address"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("host", "allowed", "may"),
    [("www.x.cn", ["www.x.cn"], True), ("WWW.X.CN.", ["www.x.cn"], True), ("evilx.cn", ["*.x.cn"], False),
     ("a.b.x.cn", ["*.x.cn"], True), ("x.cn", ["*.x.cn"], True), ("x.cn.evil.com", ["*.x.cn"], False),
     ("", ["*.x.cn"], False), (None, [""], False)],
)  # fmt: skip
def test_hosts_are_matched_whole(host: str | None, allowed: list[str], may: bool) -> None:
    assert host_allowed(host, allowed) is may


def test_robots_txt_is_obeyed_and_asked_for_once(site: Site) -> None:
    site.routes |= {"/robots.txt": "User-agent: taizhang\nDisallow: /closed/\n", "/a": PAGE, "/closed/b": PAGE}
    with client(site, robots=True) as asking:
        replies = [asking.get(Ask(site.url + path)) for path in ("/a", "/closed/b", "/a")]
        rows = asking.robots_attempts()
    assert [reply.outcome for reply in replies] == ["fetched", "refused", "fetched"]
    assert "robots.txt" in replies[1].message
    assert [request.path for request in site.requests] == ["/robots.txt", "/a", "/a"]
    assert [(row.kind, row.outcome) for row in rows] == [("robots", "fetched")]


def test_no_robots_txt_allows_all_and_one_that_fails_forbids_all(site: Site) -> None:
    site.routes["/a"] = PAGE
    assert get(site, robots=True).outcome == "fetched"
    site.routes["/robots.txt"] = Answer("", 503)
    reply = get(site, robots=True, retries=0)
    assert (reply.outcome, "robots.txt" in reply.message) == ("failed", True)


def test_a_robots_txt_that_fails_once_is_asked_for_again(site: Site) -> None:
    site.routes |= {"/robots.txt": [Answer("busy", 503), Answer("User-agent: *\nDisallow: /b")], "/a": PAGE, "/b": PAGE}
    with client(site, robots=True) as asking:
        outcomes = [asking.get(Ask(site.url + path)).outcome for path in ("/a", "/b")]
        assert [row.outcome for row in asking.robots_attempts()] == ["fetched"]
    assert outcomes == ["fetched", "refused"]


def test_a_crawl_delay_slows_down(site: Site) -> None:
    site.routes |= {"/robots.txt": "User-agent: *\nCrawl-delay: 5\n", "/a": PAGE}
    waits: list[float] = []
    with client(site, robots=True, sleep=waits.append) as asking:
        for _ in range(3):
            asking.get(Ask(site.url + "/a"))
    assert max(waits) > 4


def test_the_rate_spaces_requests_to_a_host_and_not_to_others() -> None:
    waits: list[float] = []
    limiter = RateLimiter(0.5, waits.append)
    for host in ("a", "b", "a", "a"):
        limiter.wait(host)
    assert [round(wait) for wait in waits] == [2, 4]


def test_the_number_of_requests_and_the_minutes_of_a_night_are_bounded(site: Site) -> None:
    site.routes["/a"] = PAGE
    with client(site, max_requests=2, retries=0) as asking:
        outcomes = [asking.get(Ask(site.url + "/a")) for _ in range(3)]
    assert [reply.outcome for reply in outcomes] == ["fetched", "fetched", "failed"]
    assert "max_requests" in outcomes[2].message
    reply = get(site, max_minutes=1e-9, retries=0)
    assert (reply.outcome, "max_minutes" in reply.message) == ("failed", True)


def test_several_at_once_come_in_order(site: Site) -> None:
    for number in range(20):
        site.routes[f"/{number}"] = f"<p>{number}</p>"
    with client(site, concurrency=4) as asking:
        replies = list(asking.get_all(Ask(f"{site.url}/{number}") for number in range(20)))
    assert [reply.text for reply in replies] == [f"<p>{number}</p>" for number in range(20)]


BLOCKED_PAGES = [
    JSL,
    "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>",
    "<html><script>var arg1='x';function setCookie(){document.cookie='acw_sc__v2='+1}</script></html>",
    "<html><script src=/x.js></script><script>$_ts=window['$_ts']</script><body></body></html>",
    "<html><body><form><h3>用户登录</h3><input type=password name=p></form></body></html>",
    "<html><body>访问过于频繁，请输入验证码后继续访问</body></html>",
    "<script>setTimeout('location.reload(true)',1500)</script>",
]


@pytest.mark.parametrize("page", BLOCKED_PAGES)
def test_a_challenge_or_login_page_with_status_200_is_blocked(site: Site, page: str) -> None:
    site.routes["/a"] = page
    reply = get(site)
    assert reply.outcome == "blocked"
    assert reply.message.startswith("Blocked: ")
    assert reply.attempt("s").sha256 is None


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        PAGE.replace("<body>", "<body><script>document.cookie='a=1';if(x)location.href='/m/'</script>"),
        PAGE.replace("公报", "关于开展短信验证码、人机验证和统一身份认证服务的通报"),
        PAGE.replace("<body>", "<body><form><input type=password></form>"),  # a login box beside a report
        "<p>今日无新增病例。</p>",
    ],
)
def test_a_report_is_not_taken_for_a_challenge(page: str) -> None:
    assert blocked_reason(200, "text/html", page.encode(), "u", "u") == ""


def test_a_pdf_is_never_read_as_a_login_page() -> None:
    assert blocked_reason(200, "application/pdf", "%PDF 用户登录".encode(), "u", "u") == ""


def test_an_error_page_with_status_200_is_missing(site: Site) -> None:
    site.routes["/a"] = "<html><title>404</title><body>您访问的页面不存在或已删除</body></html>"
    assert get(site).outcome == "missing"
    assert missing_reason("text/html", PAGE.replace("公报", "页面不存在问题整改通报").encode()) == ""


def test_an_empty_answer_is_no_report(site: Site) -> None:
    site.routes["/a"] = ""
    assert (get(site).outcome, get(site).message) == ("failed", "An empty answer")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>镕</p>".encode("gb18030"), "<p>镕</p>"),
        ('<meta charset="gb2312"><p>镕</p>'.encode("gbk"), '<meta charset="gb2312"><p>镕</p>'),
        ('<meta charset="gb2312"><p>实事</p>'.encode(), '<meta charset="gb2312"><p>实事</p>'),  # declares wrongly
        ("<p>實事</p>".encode("utf-16"), "<p>實事</p>"),
        ('<meta charset="big5"><p>實事</p>'.encode("big5"), '<meta charset="big5"><p>實事</p>'),
        ('<meta charset="nonsense"><p>实事</p>'.encode("gb18030"), '<meta charset="nonsense"><p>实事</p>'),
    ],
)
def test_pages_are_decoded_whatever_they_declare(data: bytes, text: str) -> None:
    assert decode_html(data) == text

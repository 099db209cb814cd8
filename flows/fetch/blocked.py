"""Telling a report from a page that stands in for it: a challenge, a login form, an error page with status 200.

Such a page holds no report, yet the report may well exist: it is *blocked*, never *no report*. The signs below are
those of the protections that Chinese public sites use (a script that sets a cookie and reloads, a slider, a
verification code), of two foreign ones, and of login forms. A sign counts only in a page with little text of its own,
for a report may speak of verification codes.
"""

from __future__ import annotations

import re

from lxml import html as lxml_html
from lxml.etree import LxmlError

from flows.fetch.decoding import decode_html

BLOCKED_STATUS = {
    202: "the answer 202 without a report",
    401: "a login is asked for (401)",
    403: "access is refused (403)",
    405: "the firewall refused the request (405)",
    407: "a proxy login is asked for (407)",
    412: "a script challenge (412)",
    418: "the firewall refused the request (418)",
    451: "withheld for legal reasons (451)",
    511: "a network login is asked for (511)",
    521: "a script challenge (521)",
}
LITTLE_TEXT = (
    400  # characters of visible text; a challenge or login page has fewer, a report that says anything has more
)
SNIFFED = 200_000  # bytes looked at

SCRIPT_SIGNS = re.compile(
    r"__jsl_clearance|acw_sc__v|\$_ts\b|_\$jsvmprt|cf-browser-verification|cf_chl_|/cdn-cgi/challenge-platform"
    r"|aliyun_waf|yundun|AliyunCaptcha|TencentCaptcha|geetest|initGeetest|waf_captcha|safeline|_waf_"
    r"|document\.cookie\s*=[^;]{0,400};?[^<]{0,400}location(?:\.href\s*=|\.replace|\.reload|\s*=)"
    r"|setTimeout\([^)]{0,80}location\.(?:reload|href)[^)]{0,80}\)",
    re.IGNORECASE,
)
WORD_SIGNS = re.compile(
    r"安全验证|人机验证|访问验证|滑动验证|请输入验证码|拖动滑块|完成验证|访问过于频繁|请求过于频繁|访问被拒绝|访问受限|请求被拦截"
    r"|网站防火墙|WAF|请先登录|登录后查看|统一身份认证|用户登录|请开启JavaScript|请启用JavaScript"
    r"|Just a moment|Checking your browser|Access Denied|Request blocked|Please enable (?:cookies|JavaScript)",
    re.IGNORECASE,
)
MISSING_SIGNS = re.compile(
    r"页面不存在|页面未找到|您访问的页面|找不到该页|内容已删除|文章不存在|404 Not Found|Page Not Found", re.IGNORECASE
)
LOGIN_PATH = re.compile(r"/(?:login|signin|sso|cas|passport|captcha|verify|waf|challenge)(?:[/._?]|$)", re.IGNORECASE)


def blocked_reason(status: int, media_type: str | None, data: bytes, url: str, asked: str) -> str:
    """Why an answer is a challenge or login page and no report; empty where it is none.

    ``url`` is where the answer came from after redirects, ``asked`` what was asked for.
    """
    if status in BLOCKED_STATUS:
        return BLOCKED_STATUS[status]
    if url != asked and LOGIN_PATH.search(url) and not LOGIN_PATH.search(asked):
        return "redirected to a login or verification page"
    if not _may_be_html(media_type, data):
        return ""
    source = decode_html(data[:SNIFFED])
    text, password = _visible(source)
    if len(text) >= LITTLE_TEXT:
        return ""
    if password:
        return "a login form instead of a report"
    words = WORD_SIGNS.search(text)
    if words:
        return f"a verification page ({words.group()})"
    # A stub that only runs a script: the report's own page has text beside its scripts.
    if SCRIPT_SIGNS.search(source) and len(text) < 100:
        return "a script challenge instead of a report"
    return ""


def missing_reason(media_type: str | None, data: bytes) -> str:
    """Why a page with status 200 says that there is none; empty where it does not."""
    if not _may_be_html(media_type, data) or len(data) > SNIFFED:
        return ""
    text, _ = _visible(decode_html(data))
    words = MISSING_SIGNS.search(text)
    return f"an error page with status 200 ({words.group()})" if words and len(text) < LITTLE_TEXT else ""


def _may_be_html(media_type: str | None, data: bytes) -> bool:
    return "html" in (media_type or "") or data[:512].lstrip().lower().startswith(
        (b"<!doctype html", b"<html", b"<script")
    )


def _visible(source: str) -> tuple[str, bool]:
    """The visible text of a page on one line, and whether it has a password field."""
    try:
        root = lxml_html.document_fromstring(source)
    except (LxmlError, ValueError):
        return "", False
    for element in root.xpath("//script | //style | //noscript[not(text())]"):
        element.drop_tree()
    return " ".join(str(root.text_content()).split()), bool(root.xpath("//input[@type='password']"))

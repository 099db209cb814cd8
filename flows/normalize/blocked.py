"""Challenge, login and refusal pages: a page that says *come back as a browser* is blocked, not empty.

They come with status 200, 202, 412 or 521 alike, so the page itself is judged: little visible text, and the words or
the form that such pages are made of.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_LONGEST = 800  # visible characters; a report page of the reference folder has at least 769, most 3,000 and more
_WORDS = re.compile(
    r"安全验证|访问验证|人机验证|验证码|滑动验证|拖动滑块|请完成验证|请开启\s*JavaScript|请启用\s*JavaScript|浏览器不支持\s*JavaScript"
    r"|访问(?:被拒绝|受限|过于频繁|异常)|请求(?:被拦截|存在威胁)|网站防火墙|云防护|创宇盾|安全狗|请(?:先)?登录|用户登录|统一身份认证"
    r"|enable javascript|checking your browser|just a moment|captcha|access denied|forbidden|request blocked"
    r"|unauthorized|attention required|web application firewall",
    re.I,
)
_SCRIPTS = re.compile(
    r"document\.cookie\s*=|location\.(?:href|replace|reload)|\$_ts|eval\(|challenge|__jsl_clearance|acw_sc__|_cf_chl",
    re.I,
)


def blocked_reason(tree: HtmlElement, shown: str, source: str) -> str | None:
    """Why the page is no report but a gate, as the end of a sentence; None where it is no gate.

    ``shown`` is the visible text, ``source`` the page as it came (before scripts were dropped).
    """
    text = "".join(shown.split())
    if len(text) > _LONGEST:
        return None
    if found := _WORDS.search(shown):
        return f"it shows “{found.group(0)}” and {len(text)} characters of text"
    if tree.xpath('//input[translate(@type, "PASWORD", "pasword") = "password"]') and len(text) < _LONGEST // 2:
        return f"it asks for a password and shows {len(text)} characters of text"
    if len(text) < 30 and _SCRIPTS.search(source):
        return "it shows nothing and runs a script that sets a cookie or moves on"
    return None

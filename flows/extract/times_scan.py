"""Find every time expression of a running text: one pattern, one pass, no look at the calendar.

What the words mean is read once per spelling (``times_reader``) and remembered.
"""

from __future__ import annotations

import re
from typing import Final

from flows.extract.times_families import REST_OF_SPAN, SCAN
from flows.extract.times_model import TimeForm, TimeMention
from flows.extract.times_reader import read_form

_ISSUE: Final = re.compile(r"第\d{1,4}期[）)\n]")  # （2023年第28期）: an issue of a bulletin, no time of a figure
_AHEAD_BEFORE: Final = re.compile("(?:预计|预期|计划|力争|确保|争取|拟|(?<!现)将|有望|目标)[^，。；、,;\n]{0,8}$")
_AHEAD_AFTER: Final = re.compile("[^已，。；,;]{0,2}(?:可能|或将|有望|完工|竣工|建成|投产|投用|交付|通车)")
_AIMED_AFTER: Final = re.compile("末[^，。；,;]{0,8}(?:力争|争取|确保)")  # 年末余额力争突破62亿元
_DONE_BEFORE: Final = re.compile("[已经于]$")
_DONE_AFTER: Final = re.compile("[，,]?[^。；;]{0,8}已")
_VERSUS_BEFORE: Final = re.compile("(?:恢复[到至]|(?<!占)[比较較]|[高低多少优快慢]于)$")
_VERSUS_AFTER: Final = re.compile("的?[^，。；,;]{0,4}(?:相比|比较|持平|相当|一样|对比)")
_TIMES_THAT: Final = re.compile("的[0-9.一二两三四五六七八九十多近]{1,6}倍")
_WITH_BEFORE: Final = ("与", "同", "和", "跟", "與")
_BETWEEN_COMPARED: Final = frozenset("和、及与或")
_HOURS: Final = re.compile("[时時点點分](?:——|[-－—–―~～至到])")
_START_WORDS: Final = frozenset("自从從")
_COMPARABLE: Final = frozenset({"date", "month", "quarter", "half", "year", "range", "relative", "as_of"})


def scan_times(text: str) -> list[TimeMention]:
    """All time expressions of ``text``, in order, not overlapping; ``text[m.start:m.end] == m.text`` for each.

    Every numeral inside a mention is part of a date or time, save for the kind ``duration``. Never raises on a string;
    linear in its length.
    """
    mentions: list[TimeMention] = []
    search, position = SCAN.search, 0
    while match := search(text, position):
        family = match.lastgroup or ""
        start, position = match.start(), match.end(family)
        if family == "span" and (rest := REST_OF_SPAN.match(text, position)):
            position = rest.end()
        words = text[start:position]
        if _ISSUE.match(text, position):
            continue
        form = read_form(words, family)
        kind = form.kind
        one = form.mode == "plain" and form.last is None and not _HOURS.search(words)
        if words[0] in _START_WORDS and one:  # 从2015年的31所: no start meant; but 从25日17时至23时
            start += 2 if words[1] in _START_WORDS else 1
            words = text[start:position]
        if kind in _COMPARABLE and (_is_compared(text, start, position) or _is_compared_too(text, start, mentions)):
            kind = "comparison"
        mentions.append(TimeMention(start, position, words, kind, form, _looks_ahead(text, start, position, form)))
    return mentions


def _is_compared(text: str, start: int, end: int) -> bool:
    """Whether the text compares something with this time (比…, 与…相比, 是…的3倍)."""
    before = text[max(0, start - 3) : start]
    if _VERSUS_BEFORE.search(before):
        return True
    if before.endswith(_WITH_BEFORE):
        return _VERSUS_AFTER.match(text, end, end + 8) is not None
    return _TIMES_THAT.match(text, end, end + 9) is not None


def _is_compared_too(text: str, start: int, mentions: list[TimeMention]) -> bool:
    """Whether this is the second of two times compared with (比上月和上年同期)."""
    if not mentions or mentions[-1].kind != "comparison" or mentions[-1].end != start - 1:
        return False
    return text[start - 1] in _BETWEEN_COMPARED


def _looks_ahead(text: str, start: int, end: int, form: TimeForm) -> bool:
    """Whether the words, or those around them, speak of something still to come (到…, …底前, 预计…, …完工)."""
    if form.mode in ("by", "ahead"):
        return True
    if form.mode == "until":
        return _DONE_AFTER.match(text, end, end + 12) is None
    if form.first is None or form.first.year_base not in ("none", "review"):
        return False
    before = text[max(0, start - 12) : start]
    if before.endswith(("将于", "拟于", "预计于", "计划于")):
        return True
    if _DONE_BEFORE.search(before):
        return False
    if _AIMED_AFTER.match(text, end - 1, end + 12):
        return True
    return _AHEAD_BEFORE.search(before) is not None or _AHEAD_AFTER.match(text, end, end + 6) is not None

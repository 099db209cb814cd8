"""Find every time expression of a running text: one pattern, one pass, no look at the calendar.

The pattern tries its alternatives only at characters that can open a time expression, so that the rest of the text
costs a table look-up a character. What the words mean is read once per spelling (``times_reader``) and remembered.
"""

from __future__ import annotations

import re

from flows.extract.times_grammar import (
    AT_CLOCK,
    CLOCK,
    COUNT,
    COUNTING,
    FESTIVAL,
    GAP,
    ISO_DAY,
    MOMENT,
    PLAN_NAME,
    PLAN_NUMBER,
    SPOKEN_CLOCK,
    STRETCH,
    TO,
    WEEK,
    WEEK_DAY,
)
from flows.extract.times_model import TimeForm, TimeMention
from flows.extract.times_reader import read_form

OPENERS = (
    f"0-9{COUNTING}两兩几数多元首头第今本去上前明后來来当當同翌次下全截自从從到至昨日近过過未最目现現如此迄这這刚"
    '星礼周春清端中国國暑寒汛凌早傍晚夜深年月季期历歷常往农農开開改党黨建新“"‘「『'
)
ANCHOR = "(?:北京时间|当地时间|當地時間)?"
NOW = "(?:(?<![项項科节節题題栏数條条名])目前(?!期)(?:为止|為止)?|现在|現在|今(?![年天日晚晨后])|(?:记者)?发稿(?:时|前)?|(?:記者)?發稿時?)"

BEFORE = "(?:[之以]?前(?![郭三四两兩一二三四五六七八九十0-9半期往列沿后进景来来端提置])|之前|以前)"
SUFFIX = f"(?:[以已][来來]|起(?![步点草降始伏重来诉飞到义航])|(?:年)?开始|開始|{BEFORE}|[为為]?止|以[后後]|之[后後]|期间|期間)"
AS_OF = f"截[至止][到至]?{GAP}{ANCHOR}{GAP}(?:{NOW}|{STRETCH}|{SPOKEN_CLOCK}|{CLOCK})(?:[为為]?止|{BEFORE})?"
FROM = f"(?:(?<![来各独亲])自从?|[从從])(?:{STRETCH}(?:{SUFFIX}|{TO}今)|{MOMENT}{TO}{STRETCH})"
UNTIL = (
    f"(?:(?<![加高升长少降减增大达扩展提缩低移得来做看])到|(?<![加高升长少降减增大达扩展提缩低甚乃以延])至){GAP}"
    f"(?:{STRETCH}|目前(?:为止)?|{CLOCK}|“?{PLAN_NUMBER}”?末)(?:{SUFFIX})?"
)
IN_PLAN = "(?:计划|规划)?(?:的?(?:时期|期间|時期|期間)|以来|以來|末期?|初期?|前[一二三四]年)?"
LAW_PLAN = "(?:普法)"
PLAN = (
    f"(?:(?:{PLAN_NAME})(?:{LAW_PLAN}|{IN_PLAN})|{PLAN_NUMBER}(?:(?:计划|规划)?(?:时期|期间|末|以来)|计划|规划|普法)"
    f"|第[{COUNTING}]{{1,2}}个五年(?:计划|规划)(?:时期|期间)?)"
)
CENTURY = (
    "(?:(?:(?:1[0-9]|2[01]|十[一二三四五六七八九]?|二十一?)(?:世纪|世紀)|[上本]个?(?:世纪|世紀))"
    f"(?:(?:[0-9]0|[{COUNTING[:9]}]十)年代)?|(?:[1-9]0|[{COUNTING[:9]}]十)年代)"
    "(?:末期?|初期?|中[期叶葉]|[前后後]期|以来|以來)?"
)
UNITS_OF_TIME = "(?:年|[个個]月|天|[个個]?小时|[个個]季度|[周週])"
LOOKING_BACK = "(?:(?:刚刚)?过去的?|過去的?|最近的?|近|这|這)"
LOOKING_AHEAD = "(?:今后|今後|未来|未來|此后的?)"
SPAN_OF_YEARS = (
    f"(?:{LOOKING_BACK}{COUNT}[多余]?{UNITS_OF_TIME}多?(?:以?[来來]|间|間|中|里)?"
    f"|{LOOKING_AHEAD}的?{COUNT}{UNITS_OF_TIME}(?:内|间|里)?"
    f"|{COUNT}[多余]?{UNITS_OF_TIME}多?(?:以?[来來](?![自到源])|间(?!隔|断)))"
)
EVENT = "(?:改革开放以来|(?:党的)?十[八九]大以来|(?:党的)?二十大以来|(?:新中国成立|建国)以来|(?:开年|年初|入[春夏秋冬汛])以来)"
SAME_TIME = "(?:(?:历史|常年|往年|歷史|常年)?同期(?![望待盼限])|去年同期)"
WORD = (
    f"(?:{NOW.replace('现在|現在|', '').replace('今(?![年天日晚晨后])|', '')}"
    "|[至迄]今(?![年天日晚晨后後])(?:为止)?|(?<![0-9一二三四五六七八九十今昨当當同即平节生假休往单])日前"
    "|近日|近期|近[些几幾]?年[来來]?|[多数]年来|长期以来|当前(?!位置)|當前|如今|眼下|现在|現在)"
)
DURATION = f"{COUNT}[多余]?(?:年(?![级代級龄以])(?:期|内|以上|以下|多)?|[个個]月(?:期|内)?|月期)"
LUNAR = "农历[一二三四五六七八九十正腊冬]{1,2}月(?:初[一二三四五六七八九十]|廿?[一二三四五六七八九十]{1,2})?"

_FAMILIES = {
    "iso": f"(?<![A-Za-z0-9_/.\\-]){ISO_DAY}(?:[T {chr(0x3000)}]?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?)?(?![A-Za-z0-9_/\\-])",
    "compact": "(?<![^\\s（(])(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?=\\s|$|[)）。])",
    "plan": PLAN,
    "as_of": AS_OF,
    "since": FROM,
    "until": UNTIL,
    "back": SPAN_OF_YEARS,
    "event": EVENT,
    "century": CENTURY,
    "span": f"{STRETCH}(?:{SUFFIX})?",
    "same": SAME_TIME,
    "festival": FESTIVAL,
    "lunar": LUNAR,
    "week": f"(?:{WEEK_DAY}{AT_CLOCK}|{WEEK}(?![一二三四五六日天]))",
    "duration": DURATION,
    "word": WORD,
    "clock": f"(?:{SPOKEN_CLOCK.removesuffix('?')}|{CLOCK})",
}
_GUARD = (
    "(?:(?=[0-9])(?<![0-9])(?<![0-9][.,．·/])|(?=[一二三四五六七八九十两兩几数多])(?<![0-9一二三四五六七八九十百千万亿〇零])"
    "|(?=[^0-9一二三四五六七八九十两兩几数多]))"
)
_MAIN = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FAMILIES.items())
# Read ``[OPENERS](?<=(?=X).)`` as: at an opener, look whether X matches from there. Written so, the engine skips to
# the openers by a table; the mention's end is the end of the group, and the search goes on from it.
_SCAN = re.compile(f"[{OPENERS}](?<=(?={_GUARD}(?:{_MAIN})).)")

_AHEAD_BEFORE = re.compile("(?:预计|预期|计划|力争|确保|争取|拟|将|有望|目标|预算|前)[^，。；、,;\n]{0,8}$")
_AHEAD_AFTER = re.compile("(?:前(?!期)|[^已，。；,;]{0,2}(?:完工|竣工|建成|投产|投用|交付|通车))")
_DONE_BEFORE = re.compile("[已经于]$")
_VERSUS_BEFORE = re.compile("(?:(?<!占)[比较較]|[高低多少优快慢]于)$")
_VERSUS_AFTER = re.compile("的?[^，。；,;]{0,4}(?:相比|比较|持平|相当|一样|对比)")
_WITH_BEFORE = ("与", "同", "和", "跟", "與")
_COMPARABLE = frozenset({"date", "month", "quarter", "half", "year", "range", "relative", "as_of"})


def scan_times(text: str) -> list[TimeMention]:
    """All time expressions of ``text``, in order, not overlapping; ``text[m.start:m.end] == m.text`` for each.

    Every numeral inside a mention is part of a date or time, save for the kind ``duration``. Never raises on a string;
    linear in its length.
    """
    mentions: list[TimeMention] = []
    search, position = _SCAN.search, 0
    while match := search(text, position):
        family = match.lastgroup or ""
        start, position = match.start(), match.end(family)
        words = text[start:position]
        form = read_form(words, family)
        if form is not None:
            mentions.append(_mention(text, start, position, words, form))
    return mentions


def _mention(text: str, start: int, end: int, words: str, form: TimeForm) -> TimeMention:
    """The mention with what the words around it add: a comparison, a look ahead."""
    kind, forward = form.kind, form.mode in ("by", "ahead")
    if kind in _COMPARABLE:
        if _is_compared(text, start, end):
            kind = "comparison"
        first = form.first
        if not forward and first is not None and first.year_base in ("none", "review"):
            forward = _looks_ahead(text, start, end)
    return TimeMention(start, end, words, kind, form, forward)


def _is_compared(text: str, start: int, end: int) -> bool:
    """Whether the text compares something with this time (比…, 与…相比)."""
    before = text[max(0, start - 2) : start]
    if _VERSUS_BEFORE.search(before):
        return True
    return before.endswith(_WITH_BEFORE) and _VERSUS_AFTER.match(text, end, end + 8) is not None


def _looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the words around speak of something that is still to come (预计…, …完工)."""
    before = text[max(0, start - 12) : start]
    if _DONE_BEFORE.search(before):
        return False
    return _AHEAD_BEFORE.search(before) is not None or _AHEAD_AFTER.match(text, end, end + 6) is not None

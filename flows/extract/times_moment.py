"""Read one calendar expression into a ``Moment``: 2021年11月23日, 去年前三季度, 6月末, 昨日, 1031日."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, Literal

from flows.extract.times_grammar import (
    AND,
    AT_CLOCK,
    BARE_DAY,
    COUNTING,
    DAY,
    DAY_WORD,
    EDGE,
    EDGE_WORD,
    FEW,
    GAP,
    MONTH,
    MONTH_LOST_DASH,
    TO,
    YEAR_2,
    YEAR_4,
    YEAR_WORD,
    chinese_number,
    year_number,
)
from flows.extract.times_model import Edge, Moment, YearBase


def _days_of(prefix: str) -> str:
    """23日, 3—5日, 23、24日, with their groups."""
    return f"(?P<{prefix}day>{DAY})(?:(?:[日号號]?{TO}|{AND})(?P<{prefix}day_high>{DAY}))?[日号號]"


_YEAR_PART: Final = f"(?P<year>{YEAR_4}){GAP}(?:年度|年份|年)|(?P<short_year>{YEAR_2})年|(?P<year_word>{YEAR_WORD})"
_QUARTER_PART: Final = (
    f"第?(?P<q_low>[一二三四1-4])(?:(?:{TO}|{AND})第?(?P<q_high>[一二三四1-4]))?季度"
    "|前(?P<q_first>[二两兩三23])[个個]?季度|(?P<q_one>首)季度?"
)
_MONTH_PART: Final = (
    f"[前头](?P<m_first>{FEW})[个個]?月份?|(?P<m_low>{MONTH})(?:月?份?{TO}|(?P<m_and>{AND}))(?P<m_high>{MONTH})月份?"
    f"|(?P<m_lost>{MONTH_LOST_DASH})月份?|(?P<month>{MONTH})月份?(?:(?P<ten>[上中下])旬|{GAP}{_days_of('')})?"
)
_WORD_PART: Final = (
    "(?P<rel_month>上[个個]?月|本月|[当當]月|下[个個]?月|次月)"
    f"(?:(?P<rel_ten>[上中下])旬|{_days_of('rel_')})?"
    "|(?P<rel_quarter>上一?个?季度|本季度|[当當]季|下一?个?季度)"
    f"|(?P<bare_day>{BARE_DAY}|[{COUNTING}])(?:(?:日?{TO}|{AND})(?P<bare_day_high>{BARE_DAY}))?日"
    f"|(?P<day_word>{DAY_WORD})|(?P<same>同期|同月|同季|同日)"
    f"|(?P<lost>[0-9]{{4}}(?=[日号])|[0-9]{{6}}(?=月))(?:[日号]|月份?)|(?P<edge_word>{EDGE_WORD})"
)
_ISO: Final = re.compile(f"(?P<year>[0-9]{{4}})[-/.](?P<month>[0-9]{{1,2}})[-/.](?P<day>[0-9]{{1,2}})T?{AT_CLOCK}")
_MOMENT: Final = re.compile(
    f"(?:(?:{_YEAR_PART})(?:{GAP}的(?=.)|{GAP}))?(?:(?P<half>[上下])半年|{_QUARTER_PART}|{_MONTH_PART}|{_WORD_PART})?"
    f"(?P<edge>{EDGE})?(?P<clock>{AT_CLOCK})"
)


_YEAR_WORDS: Final[dict[str, tuple[YearBase, int]]] = {
    **dict.fromkeys(("今年",), ("published", 0)),
    **dict.fromkeys(("去年",), ("published", -1)),
    **dict.fromkeys(("前年",), ("published", -2)),
    **dict.fromkeys(("明年", "来年", "來年"), ("published", 1)),
    **dict.fromkeys(("后年",), ("published", 2)),
    **dict.fromkeys(("本年", "当年", "當年", "同年"), ("current", 0)),
    **dict.fromkeys(("上年", "上一年"), ("current", -1)),
    **dict.fromkeys(("翌年", "次年", "下年", "下一年"), ("current", 1)),
    "全年": ("review", 0),
}
_DAY_WORDS: Final[dict[str, tuple[Literal["published", "current"], int]]] = {
    "今": ("published", 0), "昨": ("published", -1), "前": ("published", -2), "明": ("published", 1),
    "当": ("current", 0), "當": ("current", 0), "同": ("current", 0), "本": ("current", 0),
    "次": ("current", 1), "翌": ("current", 1),
}  # fmt: skip
_TENS: Final = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}


def read_moment(words: str) -> Moment | None:
    """One calendar expression (2021年11月23日, 去年前三季度, 6月末), or None where the words are none."""
    if iso := _ISO.fullmatch(words):
        month, day = int(iso["month"]), int(iso["day"])
        return Moment("day", "stated", int(iso["year"]), 0, month, month, day, day)
    found = _MOMENT.fullmatch(words)
    if found is None:
        return None
    group = found.groupdict()
    body = _body(group)
    if body is None or (body.unit == "clock" and not group["clock"]):
        return None
    return _with_year(_with_edge(body, group["edge"]), group)


def _body(group: dict[str, str | None]) -> Moment | None:
    """The part of the year that is named: quarter, months, day, or the whole of it."""
    if half := group["half"]:
        return Moment("half", month_low=1 if half == "上" else 7, month_high=6 if half == "上" else 12)
    if group["q_low"] or group["q_first"] or group["q_one"]:
        return _quarters(group)
    if group["m_first"] or group["m_low"] or group["m_lost"]:
        return _months(group)
    if month := group["month"]:
        return _in_month(Moment("month", month_low=chinese_number(month), month_high=chinese_number(month)), group, "")
    if word := group["rel_month"]:
        shift = -1 if word[0] == "上" else 1 if word[0] in "下次" else 0
        return _in_month(Moment("month", unit_shift=shift), group, "rel_")
    if word := group["rel_quarter"]:
        return Moment("quarter", unit_shift=-1 if word[0] == "上" else 1 if word[0] == "下" else 0)
    if low := group["bare_day"]:
        return _days(Moment("day"), low, group["bare_day_high"])
    return _words(group)


def _quarters(group: dict[str, str | None]) -> Moment | None:
    """第三季度, 一至三季度, 前三季度."""
    low = chinese_number(group["q_low"] or "1")
    high = chinese_number(group["q_high"] or group["q_first"] or group["q_low"] or "1")
    return Moment("quarter", month_low=3 * low - 2, month_high=3 * high) if low <= high else None


def _months(group: dict[str, str | None]) -> Moment | None:
    """1—8月, 前4个月, and 18月 for 1—8月."""
    if lost := group["m_lost"]:
        low, high = int(lost[0]), int(lost[1:])
    else:
        low = chinese_number(group["m_low"] or "1")
        high = chinese_number(group["m_high"] or group["m_first"] or "")
    if group["m_and"] and high != low + 1:  # 3、6月份 are two months apart, no stretch
        return None
    return Moment("month", month_low=low, month_high=high) if 1 <= low <= high <= 12 else None


def _in_month(month: Moment, group: dict[str, str | None], prefix: str) -> Moment | None:
    """A month, or its third (旬), or days of it."""
    if ten := group[prefix + "ten"]:
        low, high = _TENS[ten]
        return replace(month, unit="day", day_low=low, day_high=high)
    if day := group[prefix + "day"]:
        return _days(month, day, group[prefix + "day_high"])
    return month


def _days(month: Moment, low: str, high: str | None) -> Moment | None:
    """The month narrowed to days; None where they run backwards."""
    first, last = chinese_number(low), chinese_number(high or low)
    return replace(month, unit="day", day_low=first, day_high=last) if 1 <= first <= last <= 31 else None


def _words(group: dict[str, str | None]) -> Moment | None:
    """昨日, 同期, 年末, 1031日; otherwise the whole year (or nothing but a clock)."""
    if word := group["day_word"]:
        base, shift = _DAY_WORDS[word[0]]
        return Moment("day", unit_shift=shift, anchored=base)
    if group["same"]:
        return Moment("same")
    if lost := group["lost"]:
        return _lost_marks(lost)
    if word := group["edge_word"]:
        edge: Edge = "start" if word[-1] == "初" else "end"
        if word[0] == "年":
            return Moment("year", "review", month_low=1, month_high=12, edge=edge)
        return Moment("month" if word[0] == "月" else "quarter" if word[0] == "季" else "same", unit_shift=0, edge=edge)
    if group["year"] or group["short_year"] or group["year_word"]:
        return Moment("year", month_low=1, month_high=12)
    return Moment("clock")


def _lost_marks(digits: str) -> Moment | None:
    """1031(日), 202310(月): a date whose 年 or 月 the source lost."""
    if len(digits) == 6:
        month = int(digits[4:])
        return Moment("month", "stated", year=int(digits[:4]), month_low=month, month_high=month)
    month, day = int(digits[:2]), int(digits[2:])
    return Moment("day", month_low=month, month_high=month, day_low=day, day_high=day) if day >= 1 else None


def _with_edge(body: Moment, edge: str | None) -> Moment:
    """末 and 底 make the end of the unit, 初 its start."""
    if not edge:
        return body
    return replace(body, edge="start" if edge == "初" else "end")


def _with_year(body: Moment, group: dict[str, str | None]) -> Moment:
    """The moment with the year that is said: a number, or a word to be reckoned."""
    if number := group["year"] or group["short_year"]:
        return replace(body, year_base="stated", year=year_number(number))
    if word := group["year_word"]:
        base, shift = _YEAR_WORDS[word.removesuffix("度")]
        return replace(body, year_base=base, shift=shift)
    return body

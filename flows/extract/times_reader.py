"""Read the words of one time expression into a ``TimeForm``: what is said, before any calendar is looked at.

The scanner decides where an expression begins and ends and to which family it belongs; the reader takes it apart.
Expressions repeat a great deal, so each spelling is read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from flows.extract.times_families import COUNT, PLACE_OF_CLOCK, UNIT_OF_TIME
from flows.extract.times_grammar import (
    AND,
    CLOCK,
    COUNTING,
    EDGE,
    GAP,
    PART_OF_DAY,
    SPOKEN_HOUR,
    TO,
    YEAR_4,
    chinese_number,
    year_number,
)
from flows.extract.times_model import Edge, Mode, Moment, TimeForm, TimeKind
from flows.extract.times_moment import read_moment

_YEARS: Final = re.compile(
    f"(?P<low>{YEAR_4})(?:年?(?:度|份)?{TO}|(?P<list>(?:、{YEAR_4})*{AND}))(?P<high>{YEAR_4}){GAP}年(?:度|份)?(?P<edge>{EDGE})?"
)
_DOTTED: Final = re.compile("([0-9]{4})[.]([0-9]{1,2})")
_TO: Final = re.compile(TO)
_PREFIX: Final = re.compile("(?:(?P<as_of>截[至止][到至]?)|(?P<since>自从?|[从從])|(?P<until>[到至]))")
_PLACE_OF_CLOCK: Final = re.compile(f"{GAP}{PLACE_OF_CLOCK}{GAP}")
_SUFFIX: Final = re.compile(
    "(?:(?P<since>[以已][来來]|起|开始|開始)|(?P<by>[之以]?前)|(?P<after>[以之][后後])|(?P<stop>[为為]?止)|期间|期間)$"
)
_NOW: Final = re.compile("(?:目前|现在|現在|今$|(?:记者|記者)?[发發]稿)")
_CLOCK_ONLY: Final = re.compile(f"(?:{CLOCK}|{SPOKEN_HOUR}|{PART_OF_DAY})$")
_KIND_OF_UNIT: Final[dict[str, TimeKind]] = {
    "year": "year",
    "half": "half",
    "quarter": "quarter",
    "month": "month",
    "day": "date",
    "clock": "clock",
}


@lru_cache(maxsize=1 << 14)
def read_form(words: str, family: str) -> TimeForm:
    """What ``words`` say, given the family in which the scanner found them; ``vague`` where they pin nothing down."""
    reader = _READERS.get(family)
    return (reader(words) if reader else None) or TimeForm("vague")


def _read_span(words: str) -> TimeForm | None:
    """Prefix, one or two moments, suffix."""
    prefix = _PREFIX.match(words)
    mode: Mode = "plain"
    if prefix:
        mode = "as_of" if prefix["as_of"] else "plain" if prefix["since"] else "until"
        words = words[_PLACE_OF_CLOCK.match(words, prefix.end()).end() :]  # type: ignore[union-attr]
    if _NOW.match(words):
        return TimeForm("as_of", "as_of")
    form = _read_stretch(words)
    if form is None and (suffix := _SUFFIX.search(words)):
        form = _read_stretch(words[: suffix.start()])
        mode = _mode_of(suffix, mode)
    if form is None:
        return TimeForm("as_of", mode, Moment("clock")) if _CLOCK_ONLY.match(words) else None
    if mode == "since" and form.last is not None:  # 从2020年到2025年以来: both ends are said
        mode = "plain"
    return _with_mode(form, mode)


def _mode_of(suffix: re.Match[str], mode: Mode) -> Mode:
    """What the words behind an expression make of it."""
    if suffix["since"]:
        return "since"
    if suffix["by"]:
        return "as_of" if mode == "as_of" else "by"
    if suffix["after"]:
        return "after"
    return "as_of" if suffix["stop"] else mode


def _with_mode(form: TimeForm, mode: Mode) -> TimeForm:
    if mode == "plain":
        return form
    kinds: dict[Mode, TimeKind] = {"since": "range", "after": "vague"}
    return replace(form, mode=mode, kind=kinds.get(mode, "as_of"))


def _read_stretch(words: str) -> TimeForm | None:
    """One moment, or two with a dash, 至 or 到 between them."""
    if years := _YEARS.fullmatch(words):
        return _read_years(years)
    if moment := read_moment(words):
        return TimeForm(_kind(moment), "plain", moment)
    for dash in _TO.finditer(words):
        left = read_moment(words[: dash.start()])
        right = words[dash.end() :]
        if left is not None and right in ("今", "目前"):
            return TimeForm("range", "since", left)
        last_moment = read_moment(right)
        if left is not None and last_moment is not None:
            return TimeForm("range", "plain", left, last_moment)
    return None


def _read_years(years: re.Match[str]) -> TimeForm | None:
    """2021—2025年, 2019、2020年; None where they run backwards, or a list leaves years out."""
    low, high = year_number(years["low"]), year_number(years["high"])
    if years["list"] and high - low != years["list"].count("、") + (years["list"][-1] != "、"):
        return None
    edge: Edge = "" if not years["edge"] else "start" if years["edge"] == "初" else "end"
    last = Moment("year", "stated", year=high, month_low=1, month_high=12, edge=edge)
    return TimeForm("range", "plain", replace(last, year=low, edge=""), last) if low <= high else None


def _kind(moment: Moment) -> TimeKind:
    """The kind of an expression that is one moment."""
    if moment.unit == "same" or (moment.year_base == "current" and moment.shift < 0):
        return "comparison" if moment.year_base != "none" else "relative"
    if moment.edge:
        return "as_of"
    if moment.unit_shift is not None or moment.year_base not in ("stated", "none"):
        return "relative"
    if moment.unit == "month" and moment.month_low != moment.month_high:
        return "range"
    return _KIND_OF_UNIT[moment.unit]


def _read_titled_years(words: str) -> TimeForm | None:
    """（2021—2025）, as the years of a plan."""
    return _read_stretch(words + "年")


def _read_dotted_months(words: str) -> TimeForm | None:
    """2021.03-2022.06."""
    ends = [(int(year), int(month)) for year, month in _DOTTED.findall(words)]
    first, last = (Moment("month", "stated", year, 0, month, month) for year, month in ends)
    return TimeForm("range", "plain", first, last)


def _read_iso_month(words: str) -> TimeForm | None:
    """2023-09, as in a table."""
    month = int(words[5:])
    return TimeForm("month", "plain", Moment("month", "stated", int(words[:4]), 0, month, month))


def _read_compact(words: str) -> TimeForm | None:
    """20171011."""
    year, month, day = int(words[:4]), int(words[4:6]), int(words[6:])
    return TimeForm("date", "plain", Moment("day", "stated", year, 0, month, month, day, day))


_PLAN_NUMBER: Final = re.compile(
    "第?(?P<number>十[一二三四五六](?=[五个個])|十(?=[五个個])|[一二三四五六七八九](?=[五个個]))"
)
_PLAN_PART: Final = re.compile("期间|时期|期間|時期|以来|以來|末|初|前([一二三四])年")


def plan_years(number: int, *, law: bool = False) -> tuple[int, int]:
    """First and last year of the N-th five-year plan; ``law`` for the plans of legal education (普法) since 1986.

    Source: the plans themselves; 1963 to 1965 lay between the second and the third.
    """
    if law:
        return 1981 + 5 * number, 1985 + 5 * number
    first = {1: 1953, 2: 1958}.get(number, 1951 + 5 * number)
    return first, first + 4


def _read_plan(words: str) -> TimeForm | None:
    """“十四五”期间 is a stretch of years; “十四五”规划 is the name of a document, and dates nothing."""
    number = _PLAN_NUMBER.search(words)
    if number is None:
        return None
    first, last = plan_years(chinese_number(number["number"]), law="普法" in words)
    part = _PLAN_PART.search(words)
    if part is None and "普法" not in words:
        return TimeForm("plan")
    if part and part[1]:
        last = first + chinese_number(part[1]) - 1
    mode: Mode = "plain"
    if part and part[0] in ("末", "初"):
        first, last, mode = (last, last, "as_of") if part[0] == "末" else (first, first, "plain")
    elif part and part[0][0] == "以":
        mode = "since"
    return TimeForm("plan", mode, first_year=first, last_year=last)


_BACK: Final = re.compile(
    f"(?P<ahead>今后|今後|未来|未來|此后)?的?.{{0,5}}?(?P<count>{COUNT})[多余]?(?P<unit>{UNIT_OF_TIME})"
)


def _read_back(words: str) -> TimeForm | None:
    """五年来, 近三年, 过去24小时, 未来五年."""
    found = _BACK.match(words)
    if found is None:
        return None
    count, unit = chinese_number(found["count"]), found["unit"]
    mode: Mode = "ahead" if found["ahead"] else "back"
    if count == 0:  # 几年来, 一百多年来
        return TimeForm("vague", mode)
    if unit == "年":
        return TimeForm("range", mode, count=count, count_unit="year")
    if unit[-1] in "月度":
        return TimeForm("range", mode, count=count * (3 if unit[-1] == "度" else 1), count_unit="month")
    days = -(-count // 24) if unit[-1] in "时時" else count * (1 if unit == "天" else 7)
    return TimeForm("range", mode, count=days, count_unit="day")


_EVENTS: Final = {
    "改革开放": "1978-12-18",  # the third plenary session of the eleventh Central Committee opens
    "十八大": "2012-11-08",
    "十九大": "2017-10-18",
    "二十大": "2022-10-16",
    "成立": "1949-10-01",
    "建国": "1949-10-01",
}


def _read_event(words: str) -> TimeForm | None:
    """党的十八大以来, 改革开放以来: from the day on which it took place."""
    if words in ("开年以来", "年初以来"):
        return TimeForm("range", "since", Moment("year", "published", month_low=1, month_high=12))
    since = next((day for name, day in _EVENTS.items() if name in words), "")
    return TimeForm("range" if since else "vague", "since", since=since)


_CENTURY: Final = re.compile(
    f"(?:(?P<number>[0-9{COUNTING}]{{1,3}})世[纪紀]|(?P<word>[上本])[个個]?世[纪紀])?"
    f"(?:(?P<decade>[0-9{COUNTING}])[0十]年代)?(?P<part>.*)"
)


def _read_century(words: str) -> TimeForm | None:
    """20世纪80年代, 上世纪九十年代, 本世纪: first and last year."""
    found = _CENTURY.fullmatch(words)
    if found is None:
        return None
    decade = chinese_number(found["decade"]) if found["decade"] else None
    if found["number"]:
        century = chinese_number(found["number"])
    elif found["word"]:
        century = 20 if found["word"] == "上" else 21
    else:
        century = 20 if decade is None or decade >= 4 else 21
    first = 100 * (century - 1) + 10 * (decade or 0)
    last = first + (9 if decade is not None else 99)
    mode: Mode = "since" if found["part"].startswith(("以来", "以來")) else "plain"
    return TimeForm("vague" if found["part"] and mode == "plain" else "range", mode, first_year=first, last_year=last)


def _read_word(words: str) -> TimeForm | None:
    """目前, 至今, 发稿时: as of the publication (目前: or of an as-of day just stated). 日前 and 近年来 are no day."""
    if "目前" in words:
        return TimeForm("as_of")
    if words[:2] in ("至今", "迄今") or "稿" in words:
        return TimeForm("as_of", "as_of")
    return TimeForm("vague")


def _read_same(words: str) -> TimeForm | None:
    """同期 repeats the period under discussion; 历史同期 compares."""
    return TimeForm("relative", "plain", Moment("same")) if words == "同期" else TimeForm("comparison")


def _read_week(words: str) -> TimeForm | None:
    """上周 and 本周; a day of the week alone is left open."""
    if len(words) != 2 or words[0] not in "上本下":
        return TimeForm("vague")
    week = Moment("week", unit_shift="上本下".index(words[0]) - 1, anchored="published")
    return TimeForm("relative", "plain", week)


_DURATION: Final = re.compile(f"(?P<count>{COUNT})[多余]?(?P<unit>年|[个個]月)")


def _read_duration(words: str) -> TimeForm | None:
    """3年, 十五年, 6个月期."""
    found = _DURATION.match(words)
    if found is None:
        return None
    count, unit = chinese_number(found["count"]), found["unit"]
    return TimeForm("duration", count=count, count_unit="year" if unit == "年" else "month")


def _read_clock(words: str) -> TimeForm | None:
    """17时30分: without a day."""
    return TimeForm("clock", "plain", Moment("clock"))


def _read_school_year(words: str) -> TimeForm | None:
    """2024—2025学年: 1 September to 31 August; 学年初: its first day."""
    year = int(words[:4])
    first, last = _day_of(year, 9, 1), _day_of(year + 1, 8, 31)
    if words[-1] in "初末":
        return TimeForm("as_of", "plain", first if words[-1] == "初" else last)
    return TimeForm("range", "plain", first, last)


def _day_of(year: int, month: int, day: int) -> Moment:
    return Moment("day", "stated", year, month_low=month, month_high=month, day_low=day, day_high=day)


_READERS: Final[dict[str, Callable[[str], TimeForm | None]]] = {
    "school_year": _read_school_year,
    "titled_years": _read_titled_years,
    "dotted_months": _read_dotted_months,
    "iso_month": _read_iso_month,
    "compact": _read_compact,
    "plan": _read_plan,
    "as_of": _read_span,
    "until": _read_span,
    "span": _read_span,
    "back": _read_back,
    "event": _read_event,
    "century": _read_century,
    "same": _read_same,
    "week": _read_week,
    "duration": _read_duration,
    "word": _read_word,
    "clock": _read_clock,
}

"""Read the words of one time expression into a ``TimeForm``: what is said, before any calendar is looked at.

The scanner decides where an expression begins and ends and to which family it belongs; the reader takes it apart.
Expressions repeat a great deal, so each spelling is read once.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from flows.extract.times_grammar import (
    AND,
    AT_CLOCK,
    BARE_DAY,
    CLOCK,
    COUNT,
    DAY,
    DAY_WORD,
    EDGE_WORD,
    FEW,
    GAP,
    MONTH,
    MONTH_LOST_DASH,
    SPOKEN_CLOCK,
    TO,
    YEAR_2,
    YEAR_4,
    YEAR_WORD,
    chinese_number,
    year_number,
)
from flows.extract.times_model import Edge, Mode, Moment, TimeForm, TimeKind

_MOMENT = re.compile(
    f"(?:(?:(?P<year>{YEAR_4}){GAP}(?:年度|年份|年)|(?P<short_year>{YEAR_2})年|(?P<year_word>{YEAR_WORD}))(?:{GAP}的(?=.)|{GAP}))?"
    "(?:(?P<half>[上下])半年"
    f"|第?(?P<q_low>[一二三四1-4])(?:(?:{TO}|{AND})第?(?P<q_high>[二三四2-4]))?季度|前(?P<q_first>[二两兩三23])[个個]?季度|(?P<q_one>首)季度?"
    f"|[前头](?P<m_first>{FEW})[个個]?月份?"
    f"|(?P<m_low>{MONTH})月?份?(?:{TO}|{AND})(?P<m_high>{MONTH})月份?|(?P<m_lost>{MONTH_LOST_DASH})月份?"
    f"|(?P<month>{MONTH})月份?(?:(?P<ten>[上中下])旬|{GAP}(?P<day>{DAY})(?:[日号號]?(?:{TO}|{AND})(?P<day_high>{DAY}))?[日号號])?"
    "|(?P<rel_month>上个?月|上個月|本月|[当當]月|下个?月|下個月|同月|次月)(?:(?P<rel_ten>[上中下])旬"
    f"|(?P<rel_day>{DAY})(?:[日号號]?(?:{TO}|{AND})(?P<rel_day_high>{DAY}))?[日号號])?"
    "|(?P<rel_quarter>上一?个?季度|本季度|[当當]季|下一?个?季度)"
    f"|(?P<bare_day>{BARE_DAY})(?:日?(?:{TO}|{AND})(?P<bare_day_high>{BARE_DAY}))?日"
    f"|(?P<day_word>{DAY_WORD})|(?P<same>同期|同季|同日)"
    "|(?P<lost>[0-9]{4}(?=[日号])|[0-9]{6}(?=月))(?:[日号]|月份?)"
    f"|(?P<edge_word>{EDGE_WORD}))?(?P<edge>[末底初])?(?P<clock>{AT_CLOCK})"
)
_YEARS = re.compile(
    f"(?P<low>{YEAR_4})年?(?:度|份)?(?:{TO}|[、和及]|(?:、{YEAR_4})+{AND}?)(?P<high>{YEAR_4}){GAP}年(?:度|份)?(?P<edge>[末底初])?"
)
_TO = re.compile(TO)
_PREFIX = re.compile("(?P<as_of>截[至止][到至]?)|(?P<since>自从?|[从從])|(?P<until>[到至])")
_PLACE_OF_CLOCK = re.compile(f"{GAP}(?:北京时间|当地时间|當地時間)?{GAP}")
_SUFFIX = re.compile(
    "(?:(?P<since>[以已][来來]|起|年?开始|開始)|(?P<by>之前|以前|[之以]?前)|(?P<after>[以之][后後])|(?P<stop>[为為]?止)|期间|期間)$"
)
_NOW = re.compile("(?:目前|现在|現在|今(?!年)|(?:记者)?发稿|(?:記者)?發稿)(?:为止|為止|时|前|時)?$")
_CLOCK_ONLY = re.compile(f"(?:{CLOCK}|{SPOKEN_CLOCK})$")
_KIND_OF_UNIT: dict[str, TimeKind] = {
    "year": "year", "half": "half", "quarter": "quarter", "month": "month", "day": "date", "week": "range", "clock": "clock",
    "same": "comparison",
}  # fmt: skip
_YEAR_WORDS: dict[str, tuple[str, int]] = {
    "今年": ("published", 0), "去年": ("published", -1), "前年": ("published", -2), "明年": ("published", 1),
    "来年": ("published", 1), "來年": ("published", 1), "后年": ("published", 2), "本年": ("current", 0),
    "上年": ("current", -1), "上一年": ("current", -1), "当年": ("current", 0), "當年": ("current", 0), "同年": ("current", 0),
    "翌年": ("current", 1), "次年": ("current", 1), "下年": ("current", 1), "下一年": ("current", 1), "全年": ("review", 0),
}  # fmt: skip
_DAY_WORDS: dict[str, tuple[str, int]] = {
    "今": ("published", 0), "昨": ("published", -1), "前": ("published", -2), "明": ("published", 1),
    "当": ("current", 0), "當": ("current", 0), "同": ("current", 0), "本": ("current", 0),
    "次": ("current", 1), "翌": ("current", 1),
}  # fmt: skip
_TENS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}


@lru_cache(maxsize=1 << 14)
def read_form(words: str, family: str) -> TimeForm | None:
    """What ``words`` say, given the family in which the scanner found them; None where they are no time after all."""
    reader = _READERS.get(family)
    return reader(words) if reader else TimeForm("vague")


def read_moment(words: str) -> Moment | None:
    """One calendar expression (2021年11月23日, 去年前三季度, 6月末), or None where the words are none."""
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
    return Moment("month", month_low=low, month_high=high) if low >= 1 and 1 <= high <= 12 else None


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
        return Moment("day", unit_shift=shift, anchored="published" if base == "published" else "current")
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
        return replace(body, year_base=base, shift=shift)  # type: ignore[arg-type]
    return body


def _read_span(words: str) -> TimeForm | None:
    """Prefix, one or two moments, suffix."""
    prefix = _PREFIX.match(words)
    mode: Mode = "plain"
    if prefix and not words.startswith("从前"):
        mode = "as_of" if prefix["as_of"] else "since" if prefix["since"] else "until"
        words = words[_PLACE_OF_CLOCK.match(words, prefix.end()).end() :]  # type: ignore[union-attr]
    if _NOW.match(words):
        return TimeForm("as_of", "as_of")
    form = _read_stretch(words)
    if form is None and (suffix := _SUFFIX.search(words)):
        form = _read_stretch(words[: suffix.start()])
        mode = _mode_of(suffix, mode)
    if form is None:
        return TimeForm("as_of", mode, Moment("clock")) if _CLOCK_ONLY.match(words) else None
    if mode == "since" and form.last is not None:
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
        low, high = year_number(years["low"]), year_number(years["high"])
        edge: Edge = "" if not years["edge"] else "start" if years["edge"] == "初" else "end"
        last = Moment("year", "stated", year=high, month_low=1, month_high=12, edge=edge)
        return TimeForm("range", "plain", replace(last, year=low, edge=""), last) if low <= high else None
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


_ISO_NUMBERS = re.compile(r"[0-9]+")


def _read_iso(words: str) -> TimeForm | None:
    """2020/2/1 8:54, 2021-11-23."""
    year, month, day = (int(n) for n in _ISO_NUMBERS.findall(words)[:3])
    return TimeForm("date", "plain", Moment("day", "stated", year, 0, month, month, day, day))


def _read_compact(words: str) -> TimeForm | None:
    """20171011."""
    year, month, day = int(words[:4]), int(words[4:6]), int(words[6:])
    return TimeForm("date", "plain", Moment("day", "stated", year, 0, month, month, day, day))


_PLAN_NUMBER = re.compile("(十[一二三四五六]?(?=五)|[一二三四五六七八九](?=五)|十五)")
_PLAN_ORDINAL = re.compile("第([一二三四五六七八九十]{1,2})个五年")
_PLAN_PART = re.compile("期间|时期|期間|時期|以来|以來|末|初|前([一二三四])年")


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
    if ordinal := _PLAN_ORDINAL.match(words):
        number = chinese_number(ordinal[1])
    else:
        name = words.strip('“"‘「『')
        number = (
            10
            if re.match("十五(?!五)", name)
            else chinese_number(name[: name.index("五", 1 if name[0] == "五" else 0)])
        )
    first, last = plan_years(number, law="普法" in words)
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


_BACK = re.compile(
    f"(?P<ahead>今后|今後|未来|未來|此后)?[^{'0-9一二三四五六七八九十两兩几幾数數多百千'}]*(?P<count>{COUNT})[多余]?(?P<unit>年|[个個]月|天|[个個]?小时|[个個]季度|[周週])"
)


def _read_back(words: str) -> TimeForm | None:
    """五年来, 近三年, 过去24小时, 未来五年."""
    found = _BACK.match(words)
    if found is None:
        return None
    count, unit = chinese_number(found["count"]), found["unit"]
    days = {"天": 1, "周": 7, "週": 7}
    mode: Mode = "ahead" if found["ahead"] else "back"
    if count == 0:
        return TimeForm("vague", mode)
    if unit == "年":
        return TimeForm("range", mode, count=count, count_unit="year")
    if unit[-1] in "月度":
        return TimeForm("range", mode, count=count * (3 if unit[-1] == "度" else 1), count_unit="month")
    return TimeForm(
        "range", mode, count=-(-count // 24) if unit.endswith("小时") else count * days[unit], count_unit="day"
    )


_EVENTS = {
    "改革开放": "1978-12-18",
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


_CENTURY = re.compile(
    "(?:(?P<number>[0-9一二三四五六七八九十]{1,3})世[纪紀]|(?P<word>[上本])个?世[纪紀])?(?:(?P<decade>[0-9一二三四五六七八九])[0十]年代)?(?P<part>.*)"
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
    """目前, 至今, 截至发稿 are the day of publication; 日前, 近年来 are no day."""
    if "目前" in words or words[:2] in ("至今", "迄今") or "稿" in words:
        return TimeForm("as_of", "as_of")
    return TimeForm("vague")


def _read_same(words: str) -> TimeForm | None:
    """同期 repeats the period under discussion; 历史同期 compares."""
    return TimeForm("relative", "plain", Moment("same")) if words == "同期" else TimeForm("comparison")


def _read_week(words: str) -> TimeForm | None:
    """上周 and 本周; a day of the week alone is left open."""
    if words in ("上周", "本周", "下周", "上週", "本週"):
        return TimeForm(
            "relative", "plain", Moment("week", unit_shift="上本下".index(words[0]) - 1, anchored="published")
        )
    return TimeForm("vague")


_DURATION = re.compile(f"(?P<count>{COUNT})[多余]?(?P<unit>年|[个個]?月)")


def _read_duration(words: str) -> TimeForm | None:
    """3年, 十五年, 6个月期."""
    found = _DURATION.match(words)
    if found is None:
        return None
    return TimeForm(
        "duration", count=chinese_number(found["count"]), count_unit="year" if found["unit"] == "年" else "month"
    )


_READERS = {
    "iso": _read_iso, "compact": _read_compact, "plan": _read_plan, "as_of": _read_span, "since": _read_span,
    "until": _read_span, "span": _read_span, "back": _read_back, "event": _read_event, "century": _read_century,
    "same": _read_same, "week": _read_week, "duration": _read_duration, "word": _read_word,
    "clock": lambda words: TimeForm("clock", "plain", Moment("clock")),
}  # fmt: skip

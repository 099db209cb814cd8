"""The period that a whole report is about, from its title, a line of dates under it, else from its first headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Final

from flows.extract.times_model import Anchor, Period, TimeMention, whole_year
from flows.extract.times_resolve import resolve
from flows.extract.times_scan import scan_times

_WORK_REPORT: Final = re.compile("工作报告|工作報告")
_SESSION_REPORT: Final = re.compile(
    "政府工作报告|政府工作報告"
)  # named after the year of the session, on the year before
_REVIEW: Final = re.compile("报告|公报|总结|回顾|通报|情况|報告|公報")
_HEADING_OF_REVIEW: Final = re.compile("回顾|总结|完成情况|执行情况|进展情况|主要成效|工作成效|运行情况")
_STRETCH: Final = re.compile(
    r"[（(]?(?:(?:统计|統計|数据|數據|报告)?(?:周期|週期|时间|時間|时段|時段|期间|期間|期)[：:])?([^（()）：:]+)[）)]?"
)
_STRETCH_LENGTH: Final = 40
_ISSUE: Final = re.compile(r"第?\d{1,4}[期号號]")  # 周报（2023年第28期）: the number of an issue
_NUMBER_OF_ISSUE: Final = re.compile(
    r"^([（(]?)(?:20\d\d年)?第?\d{1,4}[期号號][，,、 　]"
)  # （2023年第28期，7月3日至9日）
_CENSUS: Final = re.compile("第(?P<number>[一二三四五六七八九])次(?:全国)?(?P<what>人口|经济|农业)普查")
_HEADINGS: Final = 12  # lines of the head in which a heading may tell
_HEADING_LENGTH: Final = 60
_BEGUN_MONTHS: Final = 4  # until April a year is too young to be reported on
_OPENING: Final = re.compile(r"(20\d\d)年，(?:全[省市县区州旗]|我[省市县区州]|[^，。；]{2,6}[省市县区州])[^。]{20}")
_HAPPENED: Final = re.compile(
    r"(?:发生|发现|突发|遭遇|遭)[^。；]{0,30}?(?:事故|地震|火灾|大火|爆炸|中毒|踩踏|坍塌|垮塌|滑坡|泥石流|袭击|冲突|震感)|地震|起火|追尾|坠[江河崖楼]|相撞"
)
# 现将截至8月底全县…建设进展情况通报如下: the opening of a notice
_REPORTED: Final = re.compile(
    r"现[将就把](?P<what>[^。；]{4,60}?)(?:予以)?(?:通报|公布|通告|公告|报告|反馈|发布|公示|汇报)如下"
)
_HOLIDAY: Final = re.compile(
    r"春运|暑运|假期|小长假|黄金周|(?:春节|国庆|元旦|清明|端午|中秋|五一)[”’]?(?:节|期间|假日)"
)
_TRAVEL_DAYS: Final = 63  # of the travel season before and after a holiday
_HOLIDAYS: Final = 12  # days of the longest holiday, and some around it
_NEAR_EVENT: Final = 90  # characters between the day and what happened
_DATELINE: Final = 60  # characters that hold the dateline of a news item
_DATELINE_DAYS: Final = 7
_EVENT_DAYS: Final = 31  # a report that comes later looks back on more than the event
_YEAR_END_DAYS: Final = 31  # in its last month a year may be


def document_period(title: str | None, text_head: str, published_on: str | None) -> Period | None:
    """What the whole report is about, or None where neither title nor first headings tell.

    A year (or month) that was not over on ``published_on`` ends on that day; a work report of January to April on the
    year that has just begun reviews the year before. ``text_head`` is the first few hundred characters, lines kept;
    ``published_on`` an ISO day. Never raises.
    """
    title, published_on = title or "", _iso_day(published_on)
    if (census := _census_year(title)) is not None:
        return Period(*whole_year(census), "title")
    period = _of_line(title, published_on, "title")
    if _WORK_REPORT.search(title) and (previous := _reviewed_year(title, period, published_on)):
        return Period(*whole_year(previous), "title")
    lines = list(islice(filter(None, (x.strip() for x in text_head.splitlines())), _HEADINGS))
    if (stated := _stretch_of(lines, published_on)) and (period is None or _within(stated, period)):
        return stated
    if _HOLIDAY.search(title) and (days := _days_of_holiday(title, text_head, period, published_on)):
        return days
    if (told := _of_opening(text_head, published_on)) and (period is None or _within(told, period)):
        return told
    if period is not None:
        return _clipped(period, title, published_on)
    for line in lines:
        if len(line) <= _HEADING_LENGTH and _HEADING_OF_REVIEW.search(line):
            found = _of_line(line, published_on, "heading")
            if found is not None:
                return _clipped(found, line, published_on)
    return _opened_on(lines, published_on)


def _census_year(title: str) -> int | None:
    """The year that a national census is of, by its number; None for a title that names none.

    Populations are counted in the years that end in 0 (the seventh in 2020), farms in those that end in 6 (the third in
    2016), businesses since the second in those that end in 3 and 8 (the fourth in 2018): 全国人口普查条例 §8,
    全国农业普查条例 §3, 全国经济普查条例 §7.
    """
    found = _CENSUS.search(title)
    if found is None:
        return None
    number = "一二三四五六七八九".index(found["number"]) + 1
    if found["what"] == "经济":
        return 1998 + 5 * number if number > 1 else 2004
    return (1950 if found["what"] == "人口" else 1986) + 10 * number


def _opened_on(lines: list[str], published_on: str | None) -> Period | None:
    """2014年，全市上下…, where a report of the next year begins: the year that it looks back on."""
    opening = next((match for line in lines if (match := _OPENING.match(line))), None)
    if opening is None or published_on is None or int(opening[1]) != int(published_on[:4]) - 1:
        return None
    return Period(*whole_year(opening[1]), "heading")


def event_day(mentions: Sequence[TimeMention], text_head: str, published_on: str | None) -> Period | None:
    """The day of the accident or disaster that a news report opens with (26日20时左右，…发生一起交通事故), or None
    where it opens with none. ``mentions`` are those of the text in order, ``text_head`` its first few hundred
    characters."""
    happened = _HAPPENED.search(text_head)
    published_on = _iso_day(published_on)
    if happened is None or published_on is None:
        return None
    before = [m for m in mentions if m.end <= happened.start() and happened.start() - m.end <= _NEAR_EVENT]
    for mention in reversed(before):
        found = resolve(mention, Anchor(published_on)) if mention.kind in ("date", "relative") else None
        if found is None or found.start != found.end or found.end > published_on:
            continue
        days = date.fromisoformat(published_on) - date.fromisoformat(found.end)
        return Period(found.start, found.end, "heading") if days.days <= _EVENT_DAYS else None
    return None


def day_of_writing(text_head: str, published_on: str | None) -> str | None:
    """The day that the dateline of a news item gives (新华网西安12月8日电, 记者23日从…获悉), which 今天 and 昨日 are
    reckoned from, where it lies no more than a week before ``published_on``; else ``published_on`` as it is."""
    published = _iso_day(published_on)
    head = text_head[:_DATELINE]
    if published is None or not ("日电" in head or "日讯" in head or "记者" in head):
        return published_on
    for mention in scan_times(head):
        told = head.startswith(("电", "讯"), mention.end) or head.endswith("记者", 0, mention.start)
        if mention.kind == "date" and told:
            found = resolve(mention, Anchor(published))
            if found is not None and found.start == found.end <= published:
                days = date.fromisoformat(published) - date.fromisoformat(found.end)
                return found.end if days.days <= _DATELINE_DAYS else published_on
    return published_on


def _reviewed_year(title: str, period: Period | None, published_on: str | None) -> int | None:
    """The year that a work report looks back on, where that is not the year it names."""
    looks_back = period is not None and period.end == published_on and period.start[5:] != "01-01"
    if period is None or looks_back:  # 过去一年和五年工作回顾
        young = published_on is not None and int(published_on[5:7]) <= _BEGUN_MONTHS
        return int(published_on[:4]) - 1 if published_on and young else None
    named = period.start[:4]
    if not period.is_year:
        in_session = _SESSION_REPORT.search(title) and period.end[:4] == named and int(period.end[5:7]) <= _BEGUN_MONTHS
        return int(named) - 1 if in_session and period.start[:7] == period.end[:7] else None
    if _SESSION_REPORT.search(title) and (published_on is None or published_on[:4] == named):
        return int(named) - 1
    return int(named) - 1 if published_on and _just_begun(period, published_on) else None


def _stretch_of(lines: list[str], published_on: str | None) -> Period | None:
    """What a line of the head that holds nothing but two days gives: （2023年7月10日—7月16日）, 统计周期：…."""
    for line in lines:
        line = _NUMBER_OF_ISSUE.sub(r"\1", line) if "期" in line else line
        if len(line) > _STRETCH_LENGTH or not (stretch := _STRETCH.fullmatch(line)):
            continue
        mentions = scan_times(stretch[1])
        if len(mentions) == 1 and mentions[0].kind == "range" and mentions[0].text == stretch[1]:
            found = resolve(mentions[0], Anchor(published_on))
            if found is not None and (published_on is None or found.end <= published_on):
                return Period(found.start, found.end, "heading")
    return None


def _of_opening(text_head: str, published_on: str | None) -> Period | None:
    """The day or months that a notice says it is on (现将1—8月…情况通报如下); None for a whole year, which may not be
    over."""
    told = _REPORTED.search(text_head)
    found = _of_line(told["what"], published_on, "heading") if told else None
    if told is None or found is None or found.is_year:
        return None
    if found.start == found.end and told["what"].startswith("截"):
        found = Period(found.start, found.end, found.basis, as_of=True)
    return _clipped(found, told["what"], published_on)


def _days_of_holiday(title: str, text_head: str, period: Period | None, published_on: str | None) -> Period | None:
    """The days of the holiday that a report is named after (2024年春节假期), where its head gives them."""
    longest = _TRAVEL_DAYS if "春运" in title or "暑运" in title else _HOLIDAYS
    for mention in scan_times(text_head):
        found = resolve(mention, Anchor(published_on, None, period)) if mention.kind in ("range", "date") else None
        if found is None or found.start == found.end or (published_on and found.start > published_on):
            continue
        days = date.fromisoformat(found.end) - date.fromisoformat(found.start)
        if days.days <= longest:
            return Period(found.start, found.end, "heading")
    return None


def _within(inner: Period, outer: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _of_line(line: str, published_on: str | None, basis: str) -> Period | None:
    """The period of a title: its first, narrowed by what follows (2022年…1—8月份)."""
    chosen: Period | None = None
    for mention in scan_times(line):
        if not _tells(mention) or _ISSUE.match(line, mention.end):
            continue
        found = resolve(mention, Anchor(published_on, None, chosen))
        if found is None:
            continue
        if chosen is None or (chosen.start <= found.start and found.end <= chosen.end):
            chosen = Period(found.start, found.end, basis)
    return chosen


def _tells(mention: TimeMention) -> bool:
    """Whether the words date a report: no comparison, no plan to come."""
    return mention.kind not in ("comparison", "duration", "vague", "clock") and mention.form.mode not in ("by", "ahead")


def _iso_day(words: str | None) -> str | None:
    """The day as YYYY-MM-DD, or None where the words are no ISO day."""
    try:
        return date.fromisoformat((words or "")[:10]).isoformat()
    except ValueError:
        return None


def _just_begun(period: Period, published_on: str) -> bool:
    """Whether the period is a year that was in its first four months on the day of publication."""
    return period.is_year and period.start[:4] == published_on[:4] and int(published_on[5:7]) <= _BEGUN_MONTHS


def _clipped(period: Period, line: str, published_on: str | None) -> Period | None:
    """The period up to the day of publication: results are not about days to come."""
    if not published_on or period.end <= published_on:
        return period
    if _just_begun(period, published_on) and _REVIEW.search(line):
        year = int(published_on[:4]) - 1
        return Period(*whole_year(year), period.basis)
    if period.start > published_on:
        return None
    last_month = date.fromisoformat(published_on) + timedelta(_YEAR_END_DAYS)
    if period.is_year and period.end <= last_month.isoformat():
        return period
    return Period(period.start, published_on, period.basis)

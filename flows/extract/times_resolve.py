"""From the words of a time expression to days, never biased to the future.

A month or a day without its year belongs to the year under discussion, or else to the latest year in which it had come
by the day of publication. Only words that look ahead (到…, …底前, 预计…) may name a day after it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from flows.extract.times_calendar import Days, add_years, days_of, in_year, is_whole_year, moved, week_of
from flows.extract.times_model import Anchor, Moment, Period, TimeForm, TimeMention

_DAY_OVER: Final = re.compile(r"(?<![-—~至到时])24[时時]$")  # 1月24日24时: the state of things when the day is over
_DAYS_OF: Final = {"week": (5, 7), "month": (28, 31), "quarter": (90, 92)}
CLOSING_DAYS: Final = 31  # 预计全年, in its last month: an estimate of the result
FRESH_DAYS: Final = 20  # 目前 speaks of an as-of day stated so shortly before the publication
NEXT_YEAR_AFTER_DAYS: Final = 183  # 1月3日 after 12月25日 is of the next year, 3月 after 6月 is of the same
REVIEW_MONTHS: Final = 6  # 全年 in a report of January to June is the year before: annual bulletins appear until June


def resolve(mention: TimeMention, anchor: Anchor) -> Period | None:
    """The days that ``mention`` means, or None where neither its words nor ``anchor`` tell (also: durations, clocks).

    A state at an instant (截至…, …末, 目前) has ``start == end``; a time to which the words look ahead (到2030年) keeps
    its whole unit. ``modality`` is ``target`` where such a time, or one yet to begin, ends after the publication.
    None also where the calendar has no such day (2月30日) or the anchor is no ISO day. Never raises.
    """
    try:
        return _Resolver(mention, anchor).period()
    except (ValueError, OverflowError):
        return None


class _Resolver:
    """One mention against its anchor, as dates."""

    def __init__(self, mention: TimeMention, anchor: Anchor) -> None:
        self.mention, self.form = mention, mention.form
        self.forward, self.anchor = mention.forward, anchor
        self.published = date.fromisoformat(anchor.published_on[:10]) if anchor.published_on else None
        self.document = days_of(anchor.document_period)
        self.current = days_of(anchor.current)
        self.basis = "stated"

    def period(self) -> Period | None:
        """The days, as a ``Period`` with its basis and modality."""
        days = self._days()
        if days is None or days[0] > days[1]:
            return None
        start, end = days
        published = self.published
        to_come = published is not None and start > published and self.mention.kind != "date"  # a day: rather a slip
        over = self.document is not None and self.document[1] == end
        begun = published is not None and (start <= published or over)
        closing = begun and published is not None and (end - published).days <= CLOSING_DAYS
        target = published is not None and end > published and (self.forward or to_come) and not closing
        as_of = start == end and (self.mention.kind == "as_of" or bool(_DAY_OVER.search(self.mention.text)))
        return Period(start.isoformat(), end.isoformat(), self.basis, "target" if target else "actual", as_of)

    def _days(self) -> Days | None:
        form = self.form
        if form.kind in ("duration", "vague") or (form.kind == "clock" and form.mode == "plain"):
            return None
        if form.count:
            return self._counted(form)
        if form.since:
            return self._until_published(date.fromisoformat(form.since))
        if form.kind == "plan" or form.first_year:
            return self._years(form)
        if form.first is None:
            return self._now() if form.kind == "as_of" else None
        if form.last is not None:
            return self._stretch(form.first, form.last)
        return self._single(form.first)

    def _now(self) -> Days | None:
        """目前: the as-of day just stated, else the day of publication."""
        stated = self.current[1] if self.current and self.anchor.current and self.anchor.current.as_of else None
        if stated is None and self.document and (told := self.anchor.document_period) is not None:
            of_day = told.as_of or told.start == told.end
            stated = self.document[1] if of_day else None  # a notice on the state of things at a day, a daily bulletin
        fresh = stated and self.published and 0 <= (self.published - stated).days <= FRESH_DAYS
        if stated and fresh and self.form.mode == "plain":
            self.basis = "inherited"
            return stated, stated
        day = self._today()
        return (day, day) if day else None

    def _today(self) -> date | None:
        if self.published:
            self.basis = "published_on"
            return self.published
        self.basis = "inherited"
        known = self.current or self.document
        return known[1] if known else None

    def _until_published(self, start: date) -> Days | None:
        today = self._today()
        if today and self.document and start <= self.document[1] <= today <= self.document[1] + timedelta(CLOSING_DAYS):
            today, self.basis = self.document[1], "inherited"  # 今年以来, in a report on the week before
        return (start, today) if today and start <= today else None

    def _years(self, form: TimeForm) -> Days | None:
        """A plan or a century: whole years."""
        if not form.first_year:
            return None
        first, last = date(form.first_year, 1, 1), date(form.last_year, 12, 31)
        if form.mode == "since":
            over = (
                self.document is not None
                and is_whole_year(self.document)
                and self.document[1] <= (self._today() or last)
            )
            if over and self.document is not None and first <= self.document[0]:
                self.basis = "inherited"  # “十四五”以来, in a report on the year that is over
                return first, self.document[1]
            return self._until_published(first)
        return (last, last) if form.mode == "as_of" else (first, last)

    def _counted(self, form: TimeForm) -> Days | None:
        """五年来: up to the publication, or to the end of the year that the report reviews."""
        today = self._today()
        if today is None:
            return None
        if form.mode == "ahead":
            return today + timedelta(1), moved(today, form.count, form.count_unit)
        if form.count_unit == "year" and self.document and is_whole_year(self.document) and self.document[1] <= today:
            today, self.basis = self.document[1], "inherited"
        return moved(today, -form.count, form.count_unit) + timedelta(1), today

    def _stretch(self, first: Moment, last: Moment) -> Days | None:
        """From one moment to another; what one end leaves out, the other tells."""
        if last.year_base == "none" and first.year_base != "none":
            start = self._moment(first)
            end = self._following(first, last, start)
        else:
            end = self._moment(last)
            start = self._preceding(first, last, end)
        return (start[0], end[1]) if start and end else None

    def _following(self, first: Moment, last: Moment, start: Days | None) -> Days | None:
        """The later end, in the year (and month) of the earlier one, or the year after it."""
        if start is None:
            return None
        if last.unit == "clock":
            return start
        month = last.month_low or start[1].month
        end = in_year(last, start[0].year, month)
        return end if end[1] >= start[0] else in_year(last, start[0].year + 1, month)

    def _preceding(self, first: Moment, last: Moment, end: Days | None) -> Days | None:
        """The earlier end, in the year (and month) of the later one, or the year before it."""
        if end is None:
            return None
        if first.unit == "clock":
            return end
        if first.year_base != "none" or first.unit_shift is not None:
            return self._moment(first)
        month = first.month_low or end[0].month
        start = in_year(first, end[1].year, month)
        return start if start[0] <= end[1] else in_year(first, end[1].year - 1, month)

    def _single(self, moment: Moment) -> Days | None:
        """One moment under its mode."""
        days = self._moment(moment)
        if days is None:
            return None
        mode = self.form.mode
        if mode == "since":
            return self._until_published(days[0])
        if mode in ("as_of", "by"):
            return days[1], days[1]
        return days

    def _moment(self, moment: Moment) -> Days | None:
        if moment.unit == "clock":
            return self._clock()
        if moment.unit == "same":
            return self._same(moment)
        if moment.unit_shift is not None:
            return self._relative(moment)
        return self._calendar(moment)

    def _clock(self) -> Days | None:
        """截至17时: of the day under discussion."""
        self.basis = "inherited"
        day = self.current[1] if self.current else self._today()
        return (day, day) if day else None

    def _same(self, moment: Moment) -> Days | None:
        """同期, 去年同期: the period under discussion, in the year that is said."""
        self.basis = "inherited"
        known = self.current or self.document
        if known is None:
            return None
        if moment.edge:
            day = known[1] if moment.edge == "end" else known[0]
            return day, day
        if moment.year_base == "none":
            return known
        year = moment.year if moment.year_base == "stated" else known[1].year + min(moment.shift, -1)
        shift = year - known[1].year
        return add_years(known[0], shift), add_years(known[1], shift)

    def _is_of_document(self, unit: str) -> bool:
        """Whether the whole report is about one week, month or quarter, as ``unit`` says."""
        if self.document is None:
            return False
        days = (self.document[1] - self.document[0]).days + 1
        low, high = _DAYS_OF.get(unit, (0, 0))
        return low <= days <= high

    def _relative(self, moment: Moment) -> Days | None:
        """昨日, 当日, 上月, 本季度, 上周."""
        shift = moment.unit_shift or 0
        base: date | None
        if self._is_of_document(moment.unit) and self.document:
            self.basis = "inherited"
            base = self.document[1]  # 本周 in a weekly report is its own week, whenever it was published
        elif moment.anchored == "published":
            base = self._today()
        else:
            known = self.current or self.document
            self.basis = "inherited"
            base = known[1] if known else self._today()
        if base is None:
            return None
        if moment.unit == "week":
            return week_of(base, shift)
        if moment.unit == "day" and not moment.day_low:
            return base + timedelta(shift), base + timedelta(shift)
        length = 3 if moment.unit == "quarter" else 1
        index = base.year * 12 + (base.month - 1) // length * length + shift * length
        month = index % 12 + 1
        days = in_year(replace(moment, month_low=month, month_high=month + length - 1), index // 12)
        if moment.edge and shift == 0 and self.published and days[0] > self.published and not self.forward:
            before = days[0].replace(day=1) - timedelta(1)
            return before, before
        return days

    def _calendar(self, moment: Moment) -> Days | None:
        """A moment of a year that is said, or found."""
        if moment.edge == "end" and moment.unit == "month" and moment.month_low < moment.month_high:
            moment = replace(moment, edge="")  # 1至7月底: the months up to then
        if moment.year_base == "stated":
            return in_year(moment, moment.year)
        if moment.year_base == "published":
            base = self._today()
            return in_year(moment, base.year + moment.shift) if base else None
        if moment.year_base == "review":
            return self._review_year(moment)
        if moment.year_base == "current":
            known = self._year_under_discussion()
            return in_year(moment, known + moment.shift) if known else None
        return self._without_year(moment)

    def _year_under_discussion(self) -> int | None:
        """The year of what was last stated, of the document, or of the publication."""
        self.basis = "inherited"
        known = self.current or self.document
        if known:
            return known[1].year
        today = self._today()
        return today.year if today else None

    def _review_year(self, moment: Moment) -> Days | None:
        """全年, 年末: of the year under review; a report of January to June reviews the year before."""
        self.basis = "inherited"
        if self.current and is_whole_year(self.current):
            year = self.current[1].year
        elif self.document or self.current:
            year = (self.document or self.current)[1].year  # type: ignore[index]
        elif today := self._today():
            year = today.year - (today.month <= REVIEW_MONTHS and moment.edge != "start" and not self.forward)
        else:
            return None
        days = in_year(moment, year, 1)
        closing = self.document is not None and is_whole_year(self.document) and self.document[1].year == year
        late = self.published is not None and (days[0] - self.published).days > (CLOSING_DAYS if closing else 0)
        if moment.edge and not self.forward and late:
            return in_year(moment, year - 1, 1)
        return days

    def _without_year(self, moment: Moment) -> Days | None:
        """A month or a day alone: of the year under discussion, and not to come unless the words look ahead."""
        known = self.current or self.document
        self.basis = "inherited"
        base = known[1] if known else self._today()
        if base is None:
            return None
        if self.published and base > self.published and not self.forward:
            base = self.published
        if not moment.month_low:
            return self._day_of_month(moment, base)
        days = in_year(moment, base.year)
        if self.published is None or self.forward:
            return days
        # 截至7月10日, after the fourth quarter of the year before: a state is told as it is at last
        apart = 0 if self.form.mode == "as_of" else NEXT_YEAR_AFTER_DAYS
        if known and (known[0] - days[1]).days > apart:
            later = in_year(moment, base.year + 1)
            if _latest_unit(moment, later) <= self.published:
                return later
        if _latest_unit(moment, days) > self.published:
            days = in_year(moment, self.published.year)
        return days if _latest_unit(moment, days) <= self.published else in_year(moment, self.published.year - 1)

    def _day_of_month(self, moment: Moment, base: date) -> Days | None:
        """23日: of the month under discussion; where that is a day to come, of the month before."""
        for back in range(13):
            index = base.year * 12 + base.month - 1 - back
            if monthrange(index // 12, index % 12 + 1)[1] < moment.day_high:
                continue
            days = in_year(moment, index // 12, index % 12 + 1)
            if self.published is None or days[0] <= self.published or self.forward:
                return days
        return None


def _latest_unit(moment: Moment, days: Days) -> date:
    """The day on which the last month, quarter or day of a moment begins: no results are known before it."""
    if moment.edge or moment.day_low:
        return days[1]
    if moment.unit == "month":
        return days[1].replace(day=1)
    if moment.unit == "quarter":
        return date(days[1].year, days[1].month - 2, 1)
    return days[0]

"""From the words of a time expression to days, never biased to the future.

A month or a day without its year belongs to the year under discussion, or else to the latest year in which it had come
by the day of publication. Only words that look ahead (到…, …底前, 预计…) may name a day after it.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from flows.extract.times_model import Anchor, Moment, Period, TimeForm, TimeMention

_Days = tuple[date, date]


def resolve(mention: TimeMention, anchor: Anchor) -> Period | None:
    """The days that ``mention`` means, or None where neither its words nor ``anchor`` tell (also: durations, clocks).

    A state at an instant (截至…, …末, 目前) has ``start == end``. ``modality`` is ``target`` where the period was still to
    come as a whole, or to end with a look ahead, on the day of publication. Never raises.
    """
    try:
        found = _Resolver(mention, anchor).period()
    except (ValueError, OverflowError):  # 2月30日, a year before 1
        return None
    return found


class _Resolver:
    """One mention against its anchor, as dates."""

    def __init__(self, mention: TimeMention, anchor: Anchor) -> None:
        self.mention, self.form = mention, mention.form
        self.published = _day(anchor.published_on)
        self.document = _days(anchor.document_period)
        self.current = _days(anchor.current)
        self.basis = "stated"

    def period(self) -> Period | None:
        """The days, as a ``Period`` with its basis and modality."""
        days = self._days()
        if days is None or days[0] > days[1]:
            return None
        start, end = days
        ahead = self.published is not None and end > self.published
        target = ahead and (
            self.mention.forward or self.form.mode in ("until", "by", "ahead") or start > self.published
        )  # type: ignore[operator]
        return Period(start.isoformat(), end.isoformat(), self.basis, "target" if target else "actual")

    def _days(self) -> _Days | None:
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
            return self._now() if form.mode == "as_of" else None
        if form.last is not None:
            return self._stretch(form.first, form.last)
        return self._single(form.first)

    def _now(self) -> _Days | None:
        """目前: the day of publication, or what was last stated."""
        day = self._today()
        return (day, day) if day else None

    def _today(self) -> date | None:
        if self.published:
            self.basis = "published_on"
            return self.published
        self.basis = "inherited"
        known = self.current or self.document
        return known[1] if known else None

    def _until_published(self, start: date) -> _Days | None:
        today = self._today()
        return (start, today) if today and start <= today else None

    def _years(self, form: TimeForm) -> _Days | None:
        """A plan or a century: whole years."""
        if not form.first_year:
            return None
        first, last = date(form.first_year, 1, 1), date(form.last_year, 12, 31)
        if form.mode == "since":
            return self._until_published(first)
        return (last, last) if form.mode == "as_of" else (first, last)

    def _counted(self, form: TimeForm) -> _Days | None:
        """五年来: up to the publication, or to the end of the year that the report reviews."""
        today = self._today()
        if today is None:
            return None
        if form.mode == "ahead":
            return today + timedelta(1), _shifted(today, form, 1)
        if form.count_unit == "year" and self.document and _is_years(self.document) and self.document[1] <= today:
            today, self.basis = self.document[1], "inherited"
        return _shifted(today, form, -1) + timedelta(1), today

    def _stretch(self, first: Moment, last: Moment) -> _Days | None:
        """From one moment to another; what one end leaves out, the other tells."""
        if last.year_base == "none" and first.year_base != "none":
            start = self._moment(first)
            end = self._following(first, last, start)
        else:
            end = self._moment(last)
            start = self._preceding(first, last, end)
        return (start[0], end[1]) if start and end else None

    def _following(self, first: Moment, last: Moment, start: _Days | None) -> _Days | None:
        """The later end, in the year (and month) of the earlier one, or the year after it."""
        if start is None:
            return None
        if last.unit == "clock":
            return start
        month = last.month_low or start[1].month
        end = self._in_year(last, start[0].year, month)
        return end if end[1] >= start[0] else self._in_year(last, start[0].year + 1, month)

    def _preceding(self, first: Moment, last: Moment, end: _Days | None) -> _Days | None:
        """The earlier end, in the year (and month) of the later one, or the year before it."""
        if end is None:
            return None
        if first.unit == "clock":
            return end
        if first.year_base != "none" or first.unit_shift is not None:
            return self._moment(first)
        month = first.month_low or end[0].month
        start = self._in_year(first, end[1].year, month)
        return start if start[0] <= end[1] else self._in_year(first, end[1].year - 1, month)

    def _single(self, moment: Moment) -> _Days | None:
        """One moment under its mode."""
        days = self._moment(moment)
        if days is None:
            return None
        mode = self.form.mode
        if mode == "since":
            return self._until_published(days[0])
        if mode == "as_of" or (mode == "by"):
            return days[1], days[1]
        return days

    def _moment(self, moment: Moment) -> _Days | None:
        if moment.unit == "clock":
            return self._clock()
        if moment.unit == "same":
            return self._same(moment)
        if moment.unit_shift is not None:
            return self._relative(moment)
        return self._calendar(moment)

    def _clock(self) -> _Days | None:
        """截至17时: of the day under discussion."""
        self.basis = "inherited"
        day = self.current[1] if self.current else self._today()
        return (day, day) if day else None

    def _same(self, moment: Moment) -> _Days | None:
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
        return _add_years(known[0], shift), _add_years(known[1], shift)

    def _relative(self, moment: Moment) -> _Days | None:
        """昨日, 当日, 上月, 本季度, 上周."""
        shift = moment.unit_shift or 0
        if moment.anchored == "published":
            base = self._today()
        else:
            known = self.current or self.document
            self.basis = "inherited"
            base = known[1] if known else self._today()
        if base is None:
            return None
        if moment.unit == "week":
            monday = base - timedelta(base.weekday()) + timedelta(7 * shift)
            return monday, monday + timedelta(6)
        if moment.unit == "day" and not moment.day_low:
            return base + timedelta(shift), base + timedelta(shift)
        length = 3 if moment.unit == "quarter" else 1
        index = base.year * 12 + (base.month - 1) // length * length + shift * length
        low = Moment(
            moment.unit,
            "stated",
            index // 12,
            0,
            index % 12 + 1,
            index % 12 + length,
            moment.day_low,
            moment.day_high,
            moment.edge,
        )
        days = self._in_year(low, low.year, low.month_low)
        if moment.edge and shift == 0 and self.published and days[0] > self.published and not self._is_forward():
            return days[0].replace(day=1) - timedelta(1), days[0].replace(day=1) - timedelta(1)
        return days

    def _calendar(self, moment: Moment) -> _Days | None:
        """A moment of a year that is said, or found."""
        if moment.year_base == "stated":
            return self._in_year(moment, moment.year, moment.month_low)
        if moment.year_base == "published":
            base = self._today()
            return self._in_year(moment, base.year + moment.shift, moment.month_low) if base else None
        if moment.year_base == "review":
            return self._review_year(moment)
        if moment.year_base == "current":
            known = self._year_under_discussion()
            return self._in_year(moment, known + moment.shift, moment.month_low) if known else None
        return self._without_year(moment)

    def _year_under_discussion(self) -> int | None:
        """The year of what was last stated, of the document, or of the publication."""
        self.basis = "inherited"
        known = self.current or self.document
        if known:
            return known[1].year
        today = self._today()
        return today.year if today else None

    def _review_year(self, moment: Moment) -> _Days | None:
        """全年, 年末: of the year under review; a report of January to April reviews the year before."""
        self.basis = "inherited"
        if self.current and _is_years(self.current):
            year = self.current[1].year
        elif self.document or self.current:
            year = (self.document or self.current)[1].year  # type: ignore[index]
        elif today := self._today():
            year = today.year - (today.month <= 4 and moment.edge != "start" and not self._is_forward())
        else:
            return None
        days = self._in_year(moment, year, 1)
        if moment.edge and not self._is_forward() and self.published and days[0] > self.published:
            return self._in_year(moment, year - 1, 1)
        return days

    def _is_forward(self) -> bool:
        return self.mention.forward or self.form.mode in ("until", "by")

    def _without_year(self, moment: Moment) -> _Days | None:
        """A month or a day alone: in the year under discussion, not after the publication unless the words look ahead."""
        known = self.current or self.document
        self.basis = "inherited"
        base = known[1] if known else self._today()
        if base is None:
            return None
        if self.published and base > self.published and not self._is_forward():
            base = self.published
        if not moment.month_low:
            return self._day_of_month(moment, base)
        days = self._in_year(moment, base.year, moment.month_low)
        if self.published and days[0] > self.published and not self._is_forward():
            days = self._in_year(moment, self.published.year, moment.month_low)
            if days[0] > self.published:
                days = self._in_year(moment, self.published.year - 1, moment.month_low)
        return days

    def _day_of_month(self, moment: Moment, base: date) -> _Days | None:
        """23日: of the month under discussion; where that is a day to come, of the month before."""
        for back in range(13):
            index = base.year * 12 + base.month - 1 - back
            if monthrange(index // 12, index % 12 + 1)[1] < moment.day_high:
                continue
            days = self._in_year(moment, index // 12, index % 12 + 1)
            if self.published is None or days[0] <= self.published or self._is_forward():
                return days
        return None

    def _in_year(self, moment: Moment, year: int, month: int) -> _Days:
        """The days of ``moment`` in a year; raises ValueError where the calendar has no such day."""
        high = moment.month_high or month
        start = date(year, month or 1, moment.day_low or 1)
        last_day = monthrange(year, high or 12)[1]
        if moment.day_low == 21 and moment.day_high == 31:  # 下旬
            end = date(year, high, last_day)
        else:
            end = date(year, high or 12, moment.day_high or last_day)
        if moment.edge:
            return (start, start) if moment.edge == "start" else (end, end)
        return start, end


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso[:10]) if iso else None


def _days(period: Period | None) -> _Days | None:
    return (date.fromisoformat(period.start[:10]), date.fromisoformat(period.end[:10])) if period else None


def _is_years(days: _Days) -> bool:
    """Whether the days are one whole calendar year."""
    return days[0].year == days[1].year and (days[0].month, days[0].day, days[1].month, days[1].day) == (1, 1, 12, 31)


def _add_years(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes the 28th."""
    return day.replace(year=day.year + years, day=min(day.day, monthrange(day.year + years, day.month)[1]))


def _shifted(day: date, form: TimeForm, sign: int) -> date:
    """``day`` moved by the count of years, months or days of ``form``."""
    if form.count_unit == "year":
        return _add_years(day, sign * form.count)
    if form.count_unit == "day":
        return day + timedelta(sign * form.count)
    index = day.year * 12 + day.month - 1 + sign * form.count
    return date(index // 12, index % 12 + 1, min(day.day, monthrange(index // 12, index % 12 + 1)[1]))

"""Calendar arithmetic on pairs of days: the first and the last day of a stretch."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from flows.extract.times_model import Moment, Period

Days = tuple[date, date]


def days_of(period: Period | None) -> Days | None:
    """The days of a period."""
    return (date.fromisoformat(period.start[:10]), date.fromisoformat(period.end[:10])) if period else None


def is_whole_year(days: Days) -> bool:
    """Whether the days are one whole calendar year."""
    return days == (date(days[0].year, 1, 1), date(days[0].year, 12, 31))


def add_years(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes the 28th where it must."""
    return add_months(day, 12 * years)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day where it is shorter. Raises ValueError outside years 1 to 9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        raise ValueError(f"year {year} is out of range")
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def moved(day: date, count: int, unit: str) -> date:
    """``day`` moved by a count of years, months or days."""
    if unit == "day":
        return day + timedelta(count)
    return add_months(day, count * (12 if unit == "year" else 1))


def week_of(day: date, shift: int) -> Days:
    """Monday to Sunday of the week of ``day``, or ``shift`` weeks later."""
    monday = day + timedelta(7 * shift - day.weekday())
    return monday, monday + timedelta(6)


def in_year(moment: Moment, year: int, month: int = 0) -> Days:
    """The days of ``moment`` in a year; ``month`` is used where the moment names days alone.

    Raises ValueError where the calendar has no such day (2月30日).
    """
    first, last = moment.month_low or month or 1, moment.month_high or month or 12
    last_day = monthrange(year, last)[1]
    start = date(year, first, moment.day_low or 1)
    late = moment.day_low == 21 and moment.day_high == 31  # 下旬
    end = date(year, last, last_day if late else moment.day_high or last_day)
    if moment.edge:
        return (start, start) if moment.edge == "start" else (end, end)
    return start, end

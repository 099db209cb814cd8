"""The records of time: what the words of a report say (``TimeMention``), and the days they mean (``Period``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

TimeKind = Literal[
    "date",  # a day or several days
    "month",
    "quarter",
    "half",
    "year",
    "range",  # a stretch with both ends, or up to the publication (今年以来, 五年来, 2021年至今)
    "as_of",  # 截至…, 到…, 年末, 6月底, 目前: a state at an instant
    "relative",  # 今年, 昨日, 当月, 同期: needs its anchor
    "plan",  # “十四五”期间
    "clock",  # an hour without a day
    "duration",  # 3年, 6个月: an amount of time, for the caller to judge
    "vague",  # 日前, 近年来, 春节期间: a time that no calendar pins down
    "comparison",  # 去年同期, 上年末, (比)2019年: what a figure is compared with, not what it is about
]
Mode = Literal["plain", "as_of", "since", "until", "by", "after", "back", "ahead"]
_WEEK: Final = 7
_LATE_DAY: Final = "20"  # of a month that is all but over
YearBase = Literal["stated", "published", "current", "review", "none"]
Edge = Literal["", "start", "end"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One calendar expression, as far as its own words go: days of months of a year.

    ``year_base`` says what the year is reckoned from: ``stated`` (in ``year``), ``published`` (今年, plus ``shift``),
    ``current`` (当年: the period under discussion, plus ``shift``), ``review`` (全年, 年末: the year the report is
    about), or ``none`` (no word of a year). ``month_low``/``month_high`` are 0 where no month is said,
    ``day_low``/``day_high`` where no day is; ``month_high`` 12 with ``month_low`` 1 is a whole year. ``unit`` is the
    smallest calendar unit said. ``edge`` is ``end`` for 末 and 底, ``start`` for 初. ``unit_shift`` moves a relative
    unit (上月 -1, 昨日 -1, 本周 0); it is None where the unit is not relative.
    """

    unit: Literal["year", "half", "quarter", "month", "week", "day", "clock", "same"]
    year_base: YearBase = "none"
    year: int = 0
    shift: int = 0
    month_low: int = 0
    month_high: int = 0
    day_low: int = 0
    day_high: int = 0
    edge: Edge = ""
    unit_shift: int | None = None
    anchored: Literal["published", "current"] = "current"  # what ``unit_shift`` counts from


@dataclass(frozen=True, slots=True)
class TimeForm:
    """What the words of one expression say, wherever they stand. ``count`` is the N of 近N年, in ``count_unit``s.

    ``plan_years`` are the first and last year of a five-year plan; ``word`` names an open start (改革开放) or an event.
    """

    kind: TimeKind
    mode: Mode = "plain"
    first: Moment | None = None
    last: Moment | None = None
    count: int = 0
    count_unit: Literal["", "year", "month", "day", "decade"] = ""
    first_year: int = 0
    last_year: int = 0
    since: str = ""  # ISO day on which an event that dates a stretch took place (党的十八大以来)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression at ``text[start:end]``; ``forward`` where its words or those around look ahead (底前, 预计)."""

    start: int
    end: int
    text: str
    kind: TimeKind
    form: TimeForm
    forward: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """Days ``start`` to ``end``, ISO, both inclusive; equal for a state at an instant (as of that day).

    ``basis``: ``stated`` (every part of it is in the words), ``inherited`` (year or month from what was said before),
    ``published_on`` (reckoned from the day of publication), ``title``, ``heading``. ``modality`` is ``target`` for a
    time that had not come when the report was published. ``as_of`` is True where the words name the state of things on
    that day (截至1月31日24时): what follows with a bare 目前 speaks of the same day.
    """

    start: str
    end: str
    basis: str
    modality: Literal["actual", "target"] = "actual"
    as_of: bool = False

    @property
    def years(self) -> int:
        """How many years its end lies after its start."""
        return int(self.end[:4]) - int(self.start[:4])

    @property
    def is_years(self) -> bool:
        """Whole calendar years, one or more."""
        return self.start[5:] == "01-01" and self.end[5:] == "12-31"

    @property
    def is_year(self) -> bool:
        """One whole calendar year."""
        return self.is_years and self.start[:4] == self.end[:4]

    @property
    def is_month(self) -> bool:
        """A month, or one that the day of publication cuts off late."""
        return self.start[:7] == self.end[:7] and self.start.endswith("-01") and self.end[8:] >= _LATE_DAY

    @property
    def is_week(self) -> bool:
        """Some days, a week at most."""
        return 0 < self._nights < _WEEK

    @property
    def is_whole_week(self) -> bool:
        """Seven days, or eight where it runs from a morning to a morning."""
        return _WEEK - 1 <= self._nights <= _WEEK

    @property
    def _nights(self) -> int:
        return (date.fromisoformat(self.end) - date.fromisoformat(self.start)).days


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative words are reckoned from.

    ``published_on`` an ISO day; ``document_period`` what the whole report is about; ``current`` the last period that
    the text stated before the mention (of figures, not of comparisons).
    """

    published_on: str | None = None
    document_period: Period | None = None
    current: Period | None = None


def whole_year(year: int | str) -> tuple[str, str]:
    """The first and the last day of a year, ISO."""
    return f"{year}-01-01", f"{year}-12-31"

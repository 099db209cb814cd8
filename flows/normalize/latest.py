"""The day a text must have been written after: the last resort for a date of publication.

The latest day or year that the text names as past. A year that stands in a plan (到2030年, 2026年预算草案, “十四五”
2021—2025年) is not past, so it does not count, save that a budget read out with the plan of a year is published at its
beginning.
"""

from __future__ import annotations

import re

from flows.normalize.dates import NARROW, days_in, month_end, valid

_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)\s*年(?:度)?(?:\s*(\d{1,2})\s*月)?")
_PLANNED_BEFORE = re.compile(r"(?:到|至|力争|预计|确保|争取|计划|规划|[-—－~～])\s*$")
_PLANNED_AFTER = re.compile(
    r"^\s*(?:底前|前|以前)?(?:的)?(?:全[省市县区州]|市级|市本级|[省县区州]级|地方)?(?:和市级|及市级)?"
    r"(?:财政|政府)?(?:预算|计划|工作(?:安排|任务|重点|思路)|目标|安排|主要任务|规划|远景)"
)
_DONE = re.compile(r"^[^，。；]{0,16}(?:执行|完成情况|调整)")


def latest_day(text: str, title: str = "") -> str | None:
    """The latest ISO day that the text (and its title) names as past: a day, else the end of a month, else of a year.

    A plan in the title (…2026年预算草案) gives the first day of that year if nothing later is named as past. A report
    named after a year is not younger than the next, and a work report, named after its session, than that year: what
    it says of days after that is to come (1999年12月20日恢复对澳门行使主权, in 1997).
    """
    last = _last_year(title)
    text = f"{title}\n{text[:400_000]}".translate(NARROW)
    past = [day for offset, day in days_in(text) if not _planned(text, offset, offset) and day[:4] <= last]
    best_day = max(past, default=None)
    years: list[str] = []
    opened: list[str] = []
    for match in _YEAR.finditer(text):
        year, month = int(match.group(1)), int(match.group(2) or 0)
        if not valid(year, 1, 1) or month > 12 or str(year) > last:
            continue
        if _planned(text, match.start(), match.end()):
            if match.end() <= len(title) and not month:
                opened.append(f"{year}-01-01")
        elif not month or not re.match(r"\s*\d{1,2}\s*日", text[match.end() : match.end() + 6]):
            years.append(month_end(year, month) if month else f"{year}-12-31")
    if opened:  # the year that the title plans is named throughout, and none of it has passed
        years = [day for day in years if day[:4] < max(opened)[:4]]
    best_year = max(years, default=None)
    if best_day and (best_year is None or best_day[:4] >= best_year[:4]):
        best_year = None
    return max((day for day in (best_day, best_year, max(opened, default=None)) if day), default=None)


def _last_year(title: str) -> str:
    """The last year in which a report of this title can have been written."""
    named = [match[1] for match in _YEAR.finditer(title.translate(NARROW))]
    if not named:
        return "9999"
    return max(named) if "政府工作报告" in title else str(int(max(named)) + 1)


def _planned(text: str, start: int, end: int) -> bool:
    after = text[end : end + 40]
    if _PLANNED_BEFORE.search(text[max(0, start - 4) : start]):
        return True
    return bool(_PLANNED_AFTER.match(after)) and not _DONE.match(after)

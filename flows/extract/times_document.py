"""The period that a whole report is about, from its title, else from its first headings."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import islice

from flows.extract.times_model import Anchor, Period, TimeMention
from flows.extract.times_resolve import resolve
from flows.extract.times_scan import scan_times

_WORK_REPORT = re.compile("工作报告|工作報告")
_REVIEW = re.compile("报告|公报|总结|回顾|报告|通报|情况|報告|公報")
_HEADING_OF_REVIEW = re.compile("回顾|总结|完成情况|执行情况|进展情况|主要成效|工作成效|运行情况")
_HEADINGS = 12  # lines of the head in which a heading may tell
_ONE_LINE = 60


def document_period(title: str | None, text_head: str, published_on: str | None) -> Period | None:
    """What the whole report is about, or None where neither title nor first headings tell.

    A year (or month) that was not over on ``published_on`` ends on that day; a work report of January to April on the
    year that has just begun reviews the year before. ``text_head`` is the first few hundred characters, lines kept.
    """
    period = _of_line(title or "", published_on, "title")
    if title and _WORK_REPORT.search(title) and published_on and (period is None or _just_begun(period, published_on)):
        return _previous_year(published_on, "title")
    if period is not None:
        return _clipped(period, title or "", published_on)
    for line in islice(filter(None, (x.strip() for x in text_head.splitlines())), _HEADINGS):
        if len(line) <= _ONE_LINE and _HEADING_OF_REVIEW.search(line):
            found = _of_line(line, published_on, "heading")
            if found is not None:
                return _clipped(found, line, published_on)
    return None


def _of_line(line: str, published_on: str | None, basis: str) -> Period | None:
    """The period of a title: its first, narrowed by what follows (2022年…1—8月份)."""
    chosen: Period | None = None
    for mention in scan_times(line):
        if not _tells(mention):
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


def _just_begun(period: Period, published_on: str) -> bool:
    """Whether the period is a year that was in its first four months on the day of publication."""
    year, month = published_on[:4], int(published_on[5:7])
    return month <= 4 and period.start == f"{year}-01-01" and period.end == f"{year}-12-31"


def _previous_year(published_on: str, basis: str) -> Period | None:
    year, month = int(published_on[:4]), int(published_on[5:7])
    if month > 4:
        return None
    return Period(f"{year - 1}-01-01", f"{year - 1}-12-31", basis)


def _clipped(period: Period, line: str, published_on: str | None) -> Period | None:
    """The period up to the day of publication: results are not about days to come."""
    if not published_on or period.end <= published_on:
        return period
    if _just_begun(period, published_on) and _REVIEW.search(line):
        return _previous_year(published_on, period.basis)
    if period.start > published_on:
        return None
    nearly = date.fromisoformat(published_on) + timedelta(31)
    if period.end <= nearly.isoformat() and period.end.endswith("12-31"):
        return period  # the review of a year, published in its last month
    return Period(period.start, published_on, period.basis)

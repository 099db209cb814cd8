"""When a plan is to be done: its year where the words leave it out, the whole year of an annual task."""

from __future__ import annotations

import re
from typing import Final

from flows.extract.draft import Draft
from flows.extract.times import Period
from flows.extract.times_model import whole_year

_WHOLE_YEAR: Final = re.compile(
    r"年度(?:目标)?任务|年度目标|(?:年初|年度|调整|变动|全年)预算|^任务(?:为|是)?$|(?:年度|全年|下达)[^，。；]{0,8}任务$|年度计划|全年(?:目标|任务|计划)|计划"
)
_HALVES: Final = re.compile(r"[上下]半年|年[底末]")
_PART_OF_YEAR: Final = re.compile(r"[上下]半年|[一二三四1-4]季度|\d月|年[底末]")
_WITHIN_YEAR: Final = re.compile(r"(?<![今本当全同去明两一二三四五六七八九十几数半\d])年内")


def plan_year(text: str, draft: Draft, published: str | None, document: Period | None) -> None:
    """Moves the time of a target: 年内, and what nothing dates in a report on a year that is over, is the year of
    publication (``published``, an ISO day); a part of a year that is not said lies in it too; an annual task is one of
    the whole year. ``document`` is what the report is about."""
    if published and draft.time_basis != "stated" and _within_year(text, draft):
        draft.time, draft.time_basis = whole_year(published[:4]), "stated"
    if published and draft.time is not None and draft.time[1][:4] < published[:4] and _is_without_year(text, draft):
        draft.time = (published[:4] + draft.time[0][4:], published[:4] + draft.time[1][4:])
    if published and draft.time == (f"{published[:4]}-01-01", published[:10]) and draft.time_basis != "stated":
        draft.time = whole_year(published[:4])  # in the plan of a year that runs
    if draft.time is not None and _WHOLE_YEAR.search(draft.raw or draft.base):
        draft.time = whole_year(draft.time[1][:4])
    if published and draft.time_basis == "published_on" and draft.rules.get("modality") == "section":
        draft.time = whole_year(published[:4])  # 2013年支出安排, of January: what a plan as a whole has is of its year
    undated = draft.time_basis in ("title", "published_on") and document is not None
    budgeted = draft.yardstick or draft.rules.get("modality") == "a sum of the budget"  # of the year reported on
    if published and undated and not budgeted and document and document.end[:4] < published[:4]:
        draft.time = whole_year(published[:4])


def _is_without_year(text: str, draft: Draft) -> bool:
    """二要加密频次，下半年抽查不少于450批次: a plan whose year is not said lies ahead."""
    if draft.time_basis != "stated":
        return False
    said = text[draft.sentence[0] : draft.lead]
    return _PART_OF_YEAR.search(said) is not None and "年" not in _HALVES.sub("", said)


def _within_year(text: str, draft: Draft) -> bool:
    """年内还将新建公园6个: a plan for the year that runs."""
    return _WITHIN_YEAR.search(text, draft.sentence[0], draft.lead) is not None

"""Figures that stand side by side: a unit that only the last of a list says in full, a range whose ends both
have it."""

from __future__ import annotations

import re
from typing import Final

from flows.extract.draft import Draft

_YARDSTICK: Final = 12  # characters of a place or a mean that something is told to lie above
_SECOND_YARDSTICK: Final = re.compile(r"[、和及][\u4e00-\u9fff]{2,10}")
_MEASURED: Final = re.compile(r"[高低快慢]于[^，。；、\d]{2,10}$")
_DASHES: Final = frozenset("—－-–~～")


def share_units(text: str, drafts: list[Draft]) -> None:
    """高0.2个和2.2个百分点: the first of a list takes the unit that only the last says in full."""
    for i in range(len(drafts) - 2, -1, -1):
        left, right = drafts[i], drafts[i + 1]
        if left.unit not in ("", "个") or left.unit == right.unit or not right.unit.startswith(left.unit):
            continue
        if not left.unit and left.number.magnitude != right.number.magnitude:
            continue
        gap = text[left.tail : right.lead] if right.lead - left.tail <= _YARDSTICK else ""
        if _SECOND_YARDSTICK.fullmatch(gap) and _MEASURED.search(text, max(0, left.lead - _YARDSTICK), left.lead):
            gap = gap[0]  # 高于全国0.5个、全省0.3个百分点
        if gap in ("、", "和", "，", "及", "与"):
            left.unit, left.dimension = right.unit, right.dimension


def joined_ranges(text: str, drafts: list[Draft]) -> list[Draft]:
    """无霜期100天—120天: one figure from the first number to the second, where both have the unit."""
    kept: list[Draft] = []
    for draft in drafts:
        last = kept[-1] if kept else None
        beside = last is not None and draft.lead == last.tail + 1
        if last is not None and beside and _spans(text, last.tail, draft.tail) and _rises(last, draft):
            low, high = last.number, draft.number
            low.high, low.end, low.ulp = high.value, high.end, high.ulp
            last.tail, last.qualifier = draft.tail, "range"
        else:
            kept.append(draft)
    return kept


def _spans(text: str, at: int, end: int) -> bool:
    """Whether the character between two figures makes a range of them: a dash, or 至 where 间 stands behind both."""
    return text[at] in _DASHES or (text[at] in "至到" and text.startswith(("间", "之间"), end))


def _rises(low: Draft, high: Draft) -> bool:
    """Whether two figures are the ends of a range: plain numbers in one unit, the second larger."""
    one, other = low.number, high.number
    plain = one.value is not None and other.value is not None and one.high is None and other.high is None
    alike = low.unit == high.unit and bool(low.unit) and not low.table and not high.table
    return plain and alike and one.form == other.form == "arabic" and (one.value or 0) < (other.value or 0)

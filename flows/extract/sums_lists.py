"""Sums over blocks and sentences: numbered lists under a total, lists of places, heads of segments, and the part that
the next sentence states.

Only arithmetic shows these, so none of them is stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from flows.extract.draft import Draft
from flows.extract.model import Relation
from flows.extract.sums_adding import BALANCE, added, makes, slack, sum_of, telling

_TRAILING: Final = 3  # figures after a list of places that may belong to it: 东城区2例、西城区7例，外地来京人员11例
_CLOSE, _DIGITS = 3, 4  # levels right before; digits of a total that hardly come by chance
_RECENT: Final = 12  # levels before the sentence that it may divide
_NEAR: Final = 100  # relations among which the one that lacked a part stands
_REMAINDERS: Final = 4  # sentences that a total may wait for its last part


@dataclass(slots=True)
class _Open:
    """A numbered list under way: its style of marker, the level before it, the first level of each item."""

    style: str
    total: Draft | None
    parts: list[Draft] = field(default_factory=list)


def list_sums(items: Sequence[tuple[str, Sequence[Draft]]]) -> list[Relation]:
    """Totals of numbered lists: the last level before the list, where the first levels of its items add up to it. A
    list may stand under an item of another: 1．…其中：（1）…（2）….

    ``items`` are the blocks in order, as (marker style or "", levels of the block that are no parts).
    """
    found: list[Relation] = []
    lists: list[_Open] = []
    last: Draft | None = None
    for marker, levels in [*items, ("", ())]:
        if not marker or not levels:
            found += _close(lists, 0)
        else:
            known = next((n for n, one in enumerate(lists) if one.style == marker), None)
            if known is None:
                lists.append(_Open(marker, last))
            else:
                found += _close(lists, known + 1)
            lists[-1].parts.append(levels[0])
        if levels:
            last = levels[-1]
        elif not marker:
            last = None
    return found


def _close(lists: list[_Open], keep: int) -> list[Relation]:
    found = [relation for one in lists[keep:] if (relation := _list_sum(one.total, one.parts)) is not None]
    del lists[keep:]
    return found


def _list_sum(total: Draft | None, parts: list[Draft]) -> Relation | None:
    if total is None or len(parts) < 2 or total.number.value is None or any(p.unit != total.unit for p in parts):
        return None
    return sum_of(total, parts) if makes(parts, total) else None


def place_sums(drafts: list[Draft], recent: list[Draft], found: list[Relation]) -> list[Relation]:
    """东城区2例、西城区7例、…; 已竣工学校中，小学6所、…: a sentence that only lists, and the count before it that the
    list adds up to, with what the sentence counts after its places."""
    levels = [d for d in drafts if d.kind == "level" and d.bracket < 0]
    listed = [d for d in levels if d.place_list or "among" in d.rules]
    listed = listed or [d for d in levels if d.group >= 0 and d.group == levels[0].group]
    if len(listed) < 3 or len({d.unit for d in listed}) > 1 or any(listed[0].start in r.parts for r in found):
        return []
    after = levels.index(listed[-1]) + 1
    for more in range(_TRAILING + 1):
        parts = [*listed, *levels[after : after + more]]
        if len(parts) < len(listed) + more or any(p.unit != listed[0].unit for p in parts):
            break
        whole = sum((d.number.value or Decimal(0) for d in parts), Decimal(0))
        before = [d for d in drafts if d.start < listed[0].start and d.kind == "level"]
        rounded = slack(parts) if parts[0].group >= 0 else Decimal(0)
        same = [
            d for d in [*recent, *before] if d.unit == listed[0].unit and abs((d.number.value or 0) - whole) <= rounded
        ]
        if same:
            return [sum_of(same[-1], parts)]
    return []


def segment_sums(drafts: list[Draft], recent: list[Draft], found: list[Relation]) -> list[Relation]:
    """新增20例，甲市报告19例，13例来自…；乙市报告1例，来自…: a total and the first figure of each segment."""
    levels = [d for d in drafts if d.kind == "level" and d.bracket < 0 and d.number.value is not None]
    if not levels or levels[-1].segment == levels[0].segment:
        return []
    known = {r.total for r in found if r.relation == "sum"}
    for back, total in enumerate([levels[0], *reversed(recent[-_RECENT:])]):
        heads: list[Draft] = []
        for draft in levels:
            if draft is not total and (not heads or heads[-1].segment != draft.segment):
                heads.append(draft)
        apart = telling(total, heads) or all("\x01" in d.gap for d in heads)
        same = all(total.base[-2:] in d.base for d in heads)  # 续建项目, 新建项目 of 重点项目
        certain = len(heads) > 2 or same or len((total.number.value or Decimal(0)).as_tuple().digits) > _DIGITS
        if (
            len(heads) < 2
            or (back > _CLOSE and not certain)
            or total.start in known
            or any(d.unit != total.unit or BALANCE.search(d.gap) for d in heads)
            or not apart
        ):
            continue
        exact = added(heads) == total.number.value
        if exact or (_of_one_thing(total, heads) and makes(heads, total)):
            return [sum_of(total, heads)]
    return []


def _of_one_thing(total: Draft, heads: list[Draft]) -> bool:
    """全市生产总值1303.96亿元。甲区生产总值…；乙区生产总值…: the same, told of places; their sum may be rounded."""
    same = len(heads) > 2 and all(d.base == total.base for d in heads)
    return same and len({d.place for d in heads}) == len(heads)


class Remainder:
    """其中：税收收入2.82亿元，下降31.75%。非税收入0.38亿元: the last part of a total in a sentence of its own."""

    def __init__(self) -> None:
        self._total: Draft | None = None
        self._parts: list[Draft] = []
        self._waited = 0

    def keep(self, groups: Sequence[tuple[Draft, list[Draft]]]) -> None:
        """The last total of a sentence with its parts, where they do not make it yet."""
        open_ones = [group for group in groups if group[1][0].bracket < 0] or groups
        lacking = [(t, p) for t, p in open_ones if t.kind == "level" and t.number.value and added(p) < t.number.value]
        for total, parts in lacking[-1:]:
            self._total, self._parts, self._waited = total, parts, 0

    def complete(self, drafts: list[Draft], found: list[Relation]) -> None:
        """Where the first level of this sentence is what lacks, the sum goes to ``found``, in place of the one that
        lacked it."""
        total = self._total
        first = next((d for d in drafts if d.kind == "level" and d.bracket < 0 and d.unit not in ("%", "‰")), None)
        if total is None or first is None:
            return
        self._waited += 1
        parts = [*self._parts, first]
        if first.in_part and self._waited <= _REMAINDERS:
            return  # 按贸易方式分，…: it divides a part, and the other parts are still to come
        if first.unit != total.unit or self._waited > _REMAINDERS or first.in_part:
            self._total = None
        elif makes(parts, total) and telling(total, parts):
            same = (total.start, parts[0].start)
            late = found[-_NEAR:]
            found[-_NEAR:] = [r for r in late if r.relation != "sum" or (r.total, r.parts[0]) != same]
            found.append(sum_of(total, parts))
            self._total = None
        elif added(parts) < (total.number.value or 0):
            self._parts = parts
        else:
            self._total = None

"""Sums that the words state: parts under 其中 or in a bracket, grouped by their total.

What the words state is told from what only arithmetic shows; a reading in which the parts make far more than their
total is doubted, and so no error of the text.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from flows.extract.draft import Draft
from flows.extract.model import Relation
from flows.extract.sums_adding import added, exact_prefix, makes, run_after, signed, slack, sum_of, telling
from flows.extract.sums_arithmetic import NOT_ADDITIVE
from flows.extract.units import holds

_ADDED_UP: Final = re.compile(r"合计|共计|总计")
_EACH: Final = re.compile(r"各$")
_APART: Final = re.compile(r"囊括|不含|(?<![解排])除|顺差|逆差|最高|最低|最多|单日")
_FROM: Final = re.compile(r"(?:由|从)[\x01\s的]*$")
# 其中市中院受理9874件，结案9236件: what became of the part before, no further part.
_OUTCOME: Final = re.compile(r"[，、]?(?:已|共|均)?(?:结案|审结|办结|审执结|执结|处置|销号|整改|完成|不?合格|未完成)")
_MORE: Final = ("增加", "增收")  # on no basis that is told
_GROWTH: Final = re.compile(r"增量|新增|净增")

_HEAD: Final = 2  # last characters of a name that say what is counted
_ANYTHING: Final = ("个", "项", "件", "处", "条", "")  # units that count any thing
_GROUPS: Final = 12  # totals of a sentence among which one may lie in another
_INNER: Final = 3  # parts of an inner total that may stand behind its segment
Group = tuple[Draft, list[Draft]]


def stated_groups(drafts: list[Draft]) -> list[Group]:
    """The totals of a sentence with their parts; those in a bracket apart from those under 其中."""
    groups: dict[tuple[int, bool], Group] = {}
    for draft in drafts:
        total = _part_of(draft)
        if total is not None and total.start < draft.start:
            parts = groups.setdefault((total.start, draft.bracket >= 0), (total, []))[1]
            if not (parts and _OUTCOME.fullmatch(draft.gap)):
                parts.append(draft)
    found = [(total, _of_one_floor(parts)) for total, parts in groups.values()]
    return [(total, parts) for total, parts in found if not any(_EACH.search(p.gap) for p in parts)]


def _of_one_floor(parts: list[Draft]) -> list[Draft]:
    """41个行业中有22个增长，其中15个增长超过10%: the last is a part of the one before it."""
    if len(parts) < 2 or parts[-1].bracket >= 0 or not parts[-1].opens_part or parts[-2].opens_part:
        return parts
    nested = parts[-1].segment == parts[-2].segment and signed(parts[-1]) < signed(parts[-2])
    return parts[:-1] if nested else parts


def stated_sums(groups: list[Group]) -> tuple[list[Relation], set[int]]:
    """The sums of the groups of a sentence, with the starts of the figures that are parts."""
    found: list[Relation] = []
    _nest(groups)
    for total, parts in groups:
        inner = next((n for n, p in enumerate(parts) if n and _ADDED_UP.search(p.gap)), None)
        if inner is None:
            found += _divided(total, parts)
        elif inner >= 2:  # …分别为2315件、1907件和2640件，合计6862件
            found.append(sum_of(parts[inner], parts[:inner], stated=True))
    totals = {total.start for total, _ in groups}
    return found, {p for r in found if r.total in totals for p in r.parts}


def _nest(groups: list[Group]) -> None:
    """其中：第二产业656亿元，其中工业407亿元；建筑业249亿元: what makes the inner total full is none of the outer."""
    for _, parts in groups if len(groups) <= _GROUPS else ():
        for inner, inside in groups:
            if not inside or not any(p is inner for p in parts):
                continue
            rest = [p for p in parts if p.start > inside[-1].start]
            for more in range(1, min(len(rest), _INNER) + 1):
                filled, behind = [*inside, *rest[:more]], rest[:more]
                if inside[0].bracket < 0 and makes(filled, inner) and not makes(inside, inner):
                    inside[:] = filled
                    parts[:] = [p for p in parts if not any(p is q for q in behind)]
                    break


def _divided(total: Draft, parts: list[Draft]) -> list[Relation]:
    """The sums of one total: of all its parts, or, where they make more than it, of those that add up to it, of those
    that divide one of them, and of a second division."""
    found: list[Relation] = []
    over = total.measure != "change"
    whole = signed(total)
    doubted = False
    complete = makes(parts, total)
    head = total.base[-_HEAD:]
    if not complete and len(parts) > 1 and total.unit in _ANYTHING and len(head) == _HEAD and head in parts[0].base:
        parts = [p for p in parts if head in p.base]  # 62个子项，其中44个子项已完成，涉及11个小区
    if over and added(parts) > whole + slack([total, *parts]):
        parts, found = _without_nested(parts)
        complete = makes(parts, total)
    if over and added(parts) > whole + slack([total, *parts]):
        exact = exact_prefix(parts, whole)
        if exact is None and total.unit == "":
            return found
        if exact is not None and makes(rest := parts[len(exact) :], total) and len(rest) > 1:
            found.append(sum_of(total, rest))
        parts, complete, doubted = _fitting(parts, exact, whole)
    if len(parts) > 1:
        stated = not doubted and not any(p.post and not _words_before(p) for p in parts)
        found.append(sum_of(total, parts, complete=complete, stated=stated))
    return found


def _fitting(parts: list[Draft], exact: list[Draft] | None, whole: Decimal) -> tuple[list[Draft], bool, bool]:
    """Parts that make more than their total: those that add up exactly; all of them, as an error of the text, where
    they miss by a tenth at most (under 其中 they may overlap, and make no claim to be all); else as many as fit, for
    then the reading is in doubt and not the text. (parts, complete, doubted)."""
    if exact:
        return exact, True, False
    if added(parts) <= whole * Decimal("1.1"):
        return parts, not any(part.in_part for part in parts), False
    kept, so_far = list[Draft](), Decimal(0)
    for part in parts:
        if so_far + signed(part) > whole:
            break
        so_far += signed(part)
        kept.append(part)
    return kept, False, True


def _without_nested(parts: list[Draft]) -> tuple[list[Draft], list[Relation]]:
    """一般债券397亿元，省级留用38亿元，转贷市县359亿元；专项…: figures that divide the part before them are taken out
    of the list, and related to it."""
    kept, found, i = list[Draft](), list[Relation](), 0
    while i < len(parts):
        kept.append(parts[i])
        run = run_after(parts, i)
        if run is not None and parts[i].unit and telling(parts[i], run):
            found.append(sum_of(parts[i], run))
            i += len(run)
        i += 1
    return kept, found


def _part_of(draft: Draft) -> Draft | None:
    """The total that a figure is an additive part of, or None."""
    total = draft.parent
    if (
        total is None
        or total is draft
        or not (draft.in_part or draft.bracket >= 0)
        or not holds(total.unit, draft.unit)
    ):
        return None
    if draft.bracket >= 0 and draft.gap.lstrip("\x01，").startswith("另"):
        return None  # 答复805件（含上年结转18件，另有72件顺延）
    if draft.yardstick or NOT_ADDITIVE.search(total.base) or _APART.search(draft.gap) or _FROM.search(draft.gap):
        return None
    if draft.kind == "level" and total.kind == "level" and draft.unit not in ("%", "‰"):
        return total
    if draft.kind == "change" and draft.suffix in _MORE and total.kind == "level" and _GROWTH.search(total.base):
        return total
    absolute = draft.unit not in ("%", "‰") and not draft.unit.startswith("个")
    if draft.kind == "change" and total.kind == "change" and absolute:
        return total if draft.suffix == total.suffix else None
    return None


def change_sums(drafts: list[Draft], found: list[Relation]) -> list[Relation]:
    """…余额比年初增加500亿元，其中住户…比年初增加72亿元；企业…比年初增加428亿元: where the changes of the parts make
    the change of the total, as the parts make the total."""
    changes = {d.parent.start: d for d in reversed(drafts) if d.parent is not None and _absolute(d)}
    based = [d for d in drafts if _absolute(d)]
    sums: list[Relation] = []
    for relation in found:
        total = changes.get(relation.total if relation.total is not None else -1)
        parts = [changes[p] for p in relation.parts if p in changes]
        if total is None or relation.relation != "sum" or len(parts) != len(relation.parts):
            continue
        alike = all(p.unit == total.unit and p.suffix == total.suffix for p in parts)
        if alike and total.suffix not in _MORE and makes(parts, total):
            sums.append(sum_of(total, parts))
    known = {p for r in sums for p in r.parts}
    for i, total in enumerate(based):
        run = run_after(based, i) if total.suffix not in _MORE else None
        if run is not None and telling(total, run) and not known & {p.start for p in run}:
            sums.append(sum_of(total, run))
    return sums


def _absolute(draft: Draft) -> bool:
    rate = draft.unit in ("%", "‰", "倍", "") or draft.unit.startswith(("个", "百分"))
    return draft.kind == "change" and not rate


def _words_before(part: Draft) -> str:
    """The name that stands before a part; parts named only after their number (46例为…) may overlap."""
    return part.gap.replace("\x01", "x").strip(" ，：其中")

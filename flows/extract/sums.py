"""Sums: parts under 其中 or in a bracket, a list of places, a numbered list, figures that exactly make the one before.

What the words state is told from what only arithmetic shows; a reading in which the parts make far more than their
total is doubted, and so no error of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from flows.extract.draft import Draft
from flows.extract.model import Relation
from flows.extract.words import TOTAL_WORDS

_STATE = re.compile(r"^(?:已|尚|仍|正|现有|共有|诊断|解除|转为|其余)|正在|接受")
_PLUS = re.compile(r"^[\x01，、 ]*加")
_MINUS = re.compile(r"^[\x01，、 ]*(?:减|扣除)")
_ADDED_UP = re.compile(r"合计|共计|总计")
_EACH = re.compile(r"各$")
_BALANCE = re.compile(r"结余|结转|余额|顺差|逆差|净")
_NOT_ADDITIVE = re.compile(r"人均|户均|平均|日均|单产|价格|单价|均价|指数|浓度|利率|寿命|年龄")


def list_sums(items: Sequence[tuple[str, Sequence[Draft]]]) -> list[Relation]:
    """Totals of a numbered list: the last level before it, where the first levels of its items add up to it.

    ``items`` are the blocks in order, as (marker style or "", levels of the block that are no parts).
    """
    found: list[Relation] = []
    total: Draft | None = None
    style, parts = "", list[Draft]()
    for marker, levels in [*items, ("", ())]:
        if marker and (not style or marker == style) and levels:
            style = marker
            parts.append(levels[0])
            continue
        relation = _list_sum(total, parts)
        if relation is not None:
            found.append(relation)
        style, parts = "", []
        if levels:
            total = levels[-1]
            if marker:
                style, parts, total = marker, [levels[0]], None
        elif not marker:
            total = None
    return found


def _list_sum(total: Draft | None, parts: list[Draft]) -> Relation | None:
    if total is None or len(parts) < 2 or total.number.value is None or any(p.unit != total.unit for p in parts):
        return None
    added = sum((p.number.value or Decimal(0) for p in parts), Decimal(0))
    if abs(added - total.number.value) > _slack([total, *parts]):
        return None
    return Relation("sum", total=total.start, parts=tuple(p.start for p in parts), stated=False)


def place_sums(drafts: list[Draft], recent: list[Draft], found: list[Relation]) -> list[Relation]:
    """东城区2例、西城区7例、…: a sentence that only lists places, and the count before it that they add up to."""
    listed = [d for d in drafts if d.kind == "level" and d.place_list]
    if len(listed) < 3 or len({d.unit for d in listed}) > 1 or any(listed[0].start in r.parts for r in found):
        return []
    added = sum((d.number.value or Decimal(0) for d in listed), Decimal(0))
    same = [d for d in recent if d.unit == listed[0].unit and d.number.value == added]
    if not same:
        return []
    return [Relation("sum", total=same[-1].start, parts=tuple(d.start for d in listed), stated=False)]


def stated_sums(drafts: list[Draft]) -> tuple[list[Relation], set[int]]:
    """Parts under 其中 or in a bracket, grouped by their total and, in brackets, by bracket; with the starts of
    parts."""
    found: list[Relation] = []
    taken: set[int] = set()
    groups: dict[tuple[int, bool], list[Draft]] = {}
    totals: dict[int, Draft] = {}
    for draft in drafts:
        total = _part_of(draft)
        if total is not None and total.start < draft.start:
            groups.setdefault((total.start, draft.bracket >= 0), []).append(draft)
            totals[total.start] = total
    for (start, _), parts in groups.items():
        total = totals[start]
        if any(_EACH.search(p.gap) for p in parts):
            continue
        inner = next((n for n, p in enumerate(parts) if n and _ADDED_UP.search(p.gap)), None)
        if inner is not None:  # …分别为2315件、1907件和2640件，合计6862件
            if inner >= 2:
                found.append(Relation("sum", total=parts[inner].start, parts=tuple(p.start for p in parts[:inner])))
            continue
        doubted = False
        whole, added = signed(total), sum((signed(p) for p in parts), Decimal(0))
        slack = _slack([total, *parts])
        complete = abs(added - whole) < slack or added == whole
        if added > whole + slack and total.measure != "change":
            parts, nested = _without_nested(parts)
            found += nested
            added = sum((signed(p) for p in parts), Decimal(0))
            complete = abs(added - whole) < slack or added == whole
        if added > whole + slack and total.measure != "change":
            exact = _prefix(parts, whole)
            if exact is None and total.unit == "":
                continue
            parts, complete, doubted = _fitting(parts, exact, whole, added)
        if len(parts) > 1:
            stated = not doubted and not any(p.post and not clean_words(p) for p in parts)
            starts = tuple(p.start for p in parts)
            found.append(Relation("sum", total=total.start, parts=starts, complete=complete, stated=stated))
            taken.update(p.start for p in parts)
    return found, taken


def signed(draft: Draft) -> Decimal:
    value = draft.number.value or Decimal(0)
    return -value if draft.negative else value


def _fitting(
    parts: list[Draft], exact: list[Draft] | None, whole: Decimal, added: Decimal
) -> tuple[list[Draft], bool, bool]:
    """Parts that make more than their total: those that add up exactly; all of them, as an error of the text, where
    they miss by a tenth at most; else as many as fit, for then the reading is in doubt and not the text. (parts,
    complete, doubted)."""
    if exact:
        return exact, True, False
    if added <= whole * Decimal("1.1"):
        return parts, True, False
    kept, so_far = list[Draft](), Decimal(0)
    for part in parts:
        if so_far + signed(part) > whole:
            break
        so_far += signed(part)
        kept.append(part)
    return kept, False, True


def _slack(figures: list[Draft]) -> Decimal:
    """What rounding may take from a sum: half the last digit of each figure that has decimals or a magnitude; a plain
    count is exact."""
    return (
        sum((f.number.ulp for f in figures if f.number.decimals or f.number.magnitude or f.number.ulp > 1), Decimal(0))
        / 2
    )


def _without_nested(parts: list[Draft]) -> tuple[list[Draft], list[Relation]]:
    """一般债券397亿元，省级留用38亿元，转贷市县359亿元；专项…: figures that divide the part before them are taken out
    of the list, and related to it."""
    kept, found, i = list[Draft](), list[Relation](), 0
    while i < len(parts):
        kept.append(parts[i])
        run = _after(parts, i)
        if run is not None and parts[i].unit and _telling(parts[i], run):
            found.append(Relation("sum", total=parts[i].start, parts=tuple(p.start for p in run), stated=False))
            i += len(run)
        i += 1
    return kept, found


def _prefix(parts: list[Draft], whole: Decimal) -> list[Draft] | None:
    added = Decimal(0)
    for i, part in enumerate(parts):
        added += signed(part)
        if added == whole and i >= 1:
            return parts[: i + 1]
    return None


def _part_of(draft: Draft) -> Draft | None:
    """The total that a figure is an additive part of, or None."""
    total = draft.parent
    if total is None or total is draft or not (draft.in_part or draft.bracket >= 0) or total.unit != draft.unit:
        return None
    if _NOT_ADDITIVE.search(total.base) or re.search(r"囊括|不含|除", draft.gap):
        return None
    if draft.kind == "level" and total.kind == "level" and draft.unit not in ("%", "‰"):
        return total
    if (
        draft.kind == "change"
        and draft.suffix == "增加"
        and total.kind == "level"
        and re.search(r"增量|新增|净增", total.base)
    ):
        return total
    if (
        draft.kind == "change"
        and total.kind == "change"
        and draft.unit not in ("%", "‰")
        and not draft.unit.startswith("个")
    ):
        return total if draft.suffix == total.suffix else None
    return None


def arithmetic_sums(drafts: list[Draft], taken: set[int], recent: list[Draft]) -> list[Relation]:
    """Counts in a row whose exact sum is the figure before them, a 总计 after them, or the states of one number of
    people (已解除1964人，尚有6238人)."""
    levels = [
        d
        for d in drafts
        if d.kind == "level" and d.bracket < 0 and d.number.value is not None and d.number.high is None
    ]
    found: list[Relation] = []
    used: set[int] = set(taken)
    for i, total in enumerate(levels):
        if total.unit in ("%", "‰", "个百分点", "") or total.start in used or _NOT_ADDITIVE.search(total.base):
            continue
        said = bool(TOTAL_WORDS.search(total.gap or total.base))
        free = [total, *(d for d in levels[i + 1 :] if not d.in_part or d.parent is total)]
        run = _after(free, 0)
        run = run if run is not None and _telling(total, run) else None
        run = (
            run
            or _before(levels[:i], total, said)
            or (_before(recent[-9:] + levels[:i], total, True) if said else None)
        )
        complete = run is not None
        run = run or _states(levels, i)
        if run is None or any(p.start in used or _BALANCE.search(p.gap) for p in run):
            continue
        parts = tuple(p.start for p in run)
        found.append(Relation("sum", total=total.start, parts=parts, complete=complete, stated=False))
        used.add(total.start)
        used.update(parts)
    return found


def _telling(total: Draft, run: list[Draft]) -> bool:
    """Whether an exact sum can hardly be chance: 5 = 2 + 3 can, unless the words say where each part is from."""
    if total.number.decimals > 0 or (total.number.value or 0) >= 50 or len(run) > 3:
        return True
    return all(re.match(r"来自|为|系|均为|由|其余", p.said) or "其余" in p.gap for p in run)


def _states(levels: list[Draft], i: int) -> list[Draft] | None:
    total = levels[i]
    if total.unit not in ("人", "例", "名"):
        return None
    run: list[Draft] = []
    for part in levels[i + 1 :]:
        words = clean_state(part)
        if part.unit != total.unit or not _STATE.search(words):
            break
        run.append(part)
    added = sum((p.number.value or Decimal(0) for p in run), Decimal(0))
    if len(run) < 2 or total.number.value is None or added > total.number.value or added * 2 < total.number.value:
        return None
    return run


def clean_words(part: Draft) -> str:
    """The name that stands before a part; parts named only after their number (46例为…) may overlap."""
    return part.gap.replace("\x01", "x").strip(" ，：其中")


def clean_state(part: Draft) -> str:
    """The words of a part that may say a state: before it, or, where there are none, after it."""
    words = part.gap.replace("\x01", "").strip(" ，")
    return words if len(words) > 2 else words + part.said


def _after(levels: list[Draft], i: int) -> list[Draft] | None:
    total = levels[i]
    added, run = Decimal(0), []
    for part in levels[i + 1 : i + 30]:
        if part.unit != total.unit:
            break
        added += part.number.value or Decimal(0)
        run.append(part)
        if added == total.number.value and len(run) >= 2:
            return run
        if total.number.value is not None and added > total.number.value:
            break
    return None


def _before(levels: list[Draft], total: Draft, said: bool) -> list[Draft] | None:
    """The figures before a 总计, or before what 加… leads to, that add up to it: exactly where a total is said, else
    within their rounding."""
    if total.number.value is None:
        return None
    added, run, slack = Decimal(0), list[Draft](), total.number.ulp / 2
    for part in reversed(levels[-10:]):
        if part.unit != total.unit:
            break
        minus = bool(_MINUS.search(part.gap))
        added += -(part.number.value or Decimal(0)) if minus else part.number.value or Decimal(0)
        slack += part.number.ulp / 2
        run.insert(0, part)
        adding = said or any(_PLUS.search(p.gap) for p in run[1:])
        if len(run) >= 2 and adding and abs(added - total.number.value) <= (slack if not said else Decimal(0)):
            return run
    return None

"""Relations: what the grammar of a sentence says of its own figures.

change: a growth rate and the level it follows; rate: 145件…完成118件，完成率81%, 占…的73.5%; sum: 其中, a bracket, a list whose exact
sum is the figure before it, 收入…加上…总计. A sum that only arithmetic shows is not stated, and informs only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from flows.extract.draft import Draft
from flows.extract.model import Relation
from flows.extract.words import TOTAL_WORDS

_DONE_RATE = re.compile(r"(?:完成|办结|开工|竣工|落实|整改|办理|解决|答复|销号|合格|达标|覆盖|到位|执行|入库|化解|出院|治愈|收回|支付|回复|接种|签约|投产|通过|兑现|查处|结案|满意|检出|收缴|化解|拨付|优良|就业|入园)率(?:为|达到|达|约)*$")
_STATUS = re.compile(r"^(?:已|尚|仍|正|现|共有|治愈|死亡|在院|在治|出院|诊断|解除|转为|其余)")
_CUMULATIVE = re.compile(r"新增|当日")


def relations(sentences: Sequence[list[Draft]]) -> list[Relation]:
    """The relations of a document; each inner list holds the named drafts of one sentence, in order."""
    found: list[Relation] = []
    for drafts in sentences:
        if not drafts or drafts[0].table:
            continue
        sums, taken = _sums(drafts)
        found += _changes(drafts)
        found += _rates(drafts)
        found += sums
        found += _arithmetic(drafts, taken)
    return found


def _changes(drafts: list[Draft]) -> list[Relation]:
    found = []
    for draft in drafts:
        if draft.kind == "change" and draft.parent is not None and draft.parent is not draft:
            parent = draft.parent
            if parent.kind == "change" and not draft.unit.startswith(("个", "百分点")) and draft.unit != parent.unit:
                continue
            if parent.sentence != draft.sentence:
                continue
            found.append(Relation("change", now=parent.start, change=draft.start))
    return found


def _rates(drafts: list[Draft]) -> list[Relation]:
    found = []
    for i, draft in enumerate(drafts):
        if draft.unit not in ("%", "‰") or draft.kind not in ("level", "share"):
            continue
        pair = _shares(drafts, i) if draft.kind == "share" else _completion(drafts, i)
        if pair is not None:
            found.append(Relation("rate", numerator=pair[0].start, denominator=pair[1].start, rate=draft.start))
    return found


def _completion(drafts: list[Draft], i: int) -> tuple[Draft, Draft] | None:
    """N件…完成M件，完成率: the last count before is done, the one of the same unit before it is the whole."""
    if not _DONE_RATE.search(drafts[i].gap.strip("\x01 ")):
        return None
    counts = [d for d in drafts[:i] if d.kind == "level" and d.unit not in ("%", "‰") and d.bracket < 0]
    if len(counts) < 2:
        return None
    done = counts[-1]
    for whole in reversed(counts[:-1]):
        if whole.unit == done.unit and whole.number.value is not None and done.number.value is not None:
            if _is_done_of(whole, done, drafts):
                return done, whole
    return None


def _is_done_of(whole: Draft, done: Draft, drafts: list[Draft]) -> bool:
    """The whole opens the clause of the done figure, or is itself no part of another whole."""
    if whole.clause == done.clause:
        return True
    return not re.search(r"(?:完成|办结|开工|竣工|落实)$", whole.base)


def _shares(drafts: list[Draft], i: int) -> tuple[Draft, Draft] | None:
    """M亿元，占X的p%: X stands in the same sentence by name, and the numbers do not speak against it."""
    rate = drafts[i]
    levels = [d for d in drafts[:i] if d.kind == "level" and d.unit not in ("%", "‰")]
    if len(levels) < 2 or rate.number.value is None:
        return None
    part = levels[-1]
    match = re.search(r"占([^，。；]{2,20}?)(?:的)?(?:比重|比例)?(?:为|达|约)*$", rate.gap.strip("\x01 "))
    if match is None:
        return None
    name = match[1].rstrip("的")
    for whole in reversed(levels[:-1]):
        if whole.unit == part.unit and (name in whole.base or whole.base in name) and _fits(part, whole, rate):
            return part, whole
    return None


def _fits(part: Draft, whole: Draft, rate: Draft) -> bool:
    if not part.number.value or not whole.number.value or rate.number.value is None:
        return False
    share = part.number.value / whole.number.value * (1000 if rate.unit == "‰" else 100)
    return abs(share - rate.number.value) <= max(Decimal(2), rate.number.ulp * 2)


def _signed(draft: Draft) -> Decimal:
    value = draft.number.value or Decimal(0)
    return -value if draft.negative else value


def _sums(drafts: list[Draft]) -> tuple[list[Relation], set[int]]:
    """Parts under 其中 or in a bracket, grouped by their total."""
    found: list[Relation] = []
    taken: set[int] = set()
    by_total: dict[int, list[Draft]] = {}
    totals: dict[int, Draft] = {}
    for draft in drafts:
        total = _part_of(draft, drafts)
        if total is not None:
            by_total.setdefault(total.start, []).append(draft)
            totals[total.start] = total
    for start, parts in by_total.items():
        total = totals[start]
        if total.start > parts[0].start:
            continue
        kept = [p for p in parts if not any(p is not q and q in parts and _nested(p, q) for q in parts)]
        if len(kept) < 2:
            continue
        whole = _signed(total)
        added = sum((_signed(p) for p in kept), Decimal(0))
        slack = sum((p.number.ulp for p in kept), total.number.ulp) / 2
        complete = abs(added - whole) <= slack
        if not complete and added > whole + slack and total.measure != "change":
            exact = _prefix(kept, whole)
            kept, complete = (exact, True) if exact else (kept, True)
        found.append(Relation("sum", total=total.start, parts=tuple(p.start for p in kept), complete=complete))
        taken.add(total.start)
        taken.update(p.start for p in kept)
    return found, taken


def _prefix(parts: list[Draft], whole: Decimal) -> list[Draft] | None:
    added = Decimal(0)
    for i, part in enumerate(parts):
        added += _signed(part)
        if added == whole and i >= 1:
            return parts[: i + 1]
    return None


def _nested(part: Draft, other: Draft) -> bool:
    return part.bracket >= 0 and part.parent is other


def _part_of(draft: Draft, drafts: list[Draft]) -> Draft | None:
    total = draft.parent
    if total is None or total is draft or not (draft.in_part or draft.bracket >= 0):
        return None
    if total.unit != draft.unit:
        return None
    if draft.kind == "level" and total.kind == "level":
        return total
    if draft.kind == "change" and total.kind == "change" and draft.unit not in ("%", "‰") and draft.measure == total.measure:
        return total
    return None


def _arithmetic(drafts: list[Draft], taken: set[int]) -> list[Relation]:
    """Counts in a row whose exact sum is the figure before them, or a 总计 after them."""
    levels = [d for d in drafts if d.kind == "level" and d.bracket < 0 and d.number.value is not None and d.number.high is None]
    found: list[Relation] = []
    used: set[int] = set(taken)
    for i, total in enumerate(levels):
        if total.unit in ("%", "‰", "个百分点", "") or total.start in used:
            continue
        run = _after(levels, i) or (_before(levels, i) if TOTAL_WORDS.search(total.gap or total.base) else None)
        if run is None or any(p.start in used for p in run):
            continue
        found.append(Relation("sum", total=total.start, parts=tuple(p.start for p in run), complete=True, stated=False))
        used.add(total.start)
        used.update(p.start for p in run)
    return found


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


def _before(levels: list[Draft], i: int) -> list[Draft] | None:
    total = levels[i]
    added, run = Decimal(0), []
    for part in reversed(levels[max(0, i - 6) : i]):
        if part.unit != total.unit:
            break
        added += part.number.value or Decimal(0)
        run.insert(0, part)
        if added == total.number.value and len(run) >= 2:
            return run
    return None

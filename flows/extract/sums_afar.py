"""Sums across sentences and paragraphs: 全县专任教师5214人。…幼儿园专任教师1102人。…; 全院结案3120件。…刑事结案415件。…

What is counted further on in the same unit and under the same last words, each time of something else, divides what was
counted before, where it makes it exactly. Only arithmetic shows these sums, so none of them is stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from flows.extract.draft import Draft
from flows.extract.model import Relation
from flows.extract.sums_adding import BALANCE, sum_of
from flows.extract.sums_arithmetic import NOT_ADDITIVE

_HEAD: Final = 2  # last characters of a name by which figures of one thing are known
_AHEAD: Final = 24  # figures of one thing among which the parts of the first stand
_LARGE: Final = 50  # below it an exact sum of a few figures may be chance
_FEW, _MANY, _NAME = 10, 5, 4
_DIGITS: Final = 2  # 300 = 100 + 200 is chance: a total of one digit and noughts
_LONG: Final = 6  # digits of a figure that is like no other
_LEAST: Final = 3  # a total and two parts
# Units that say little of what is counted: 所, 批次 and 座 say enough to go by alone.
_VAGUE: Final = frozenset(("人", "元", "个", "件", "项", "", "美元", "吨", "次", "人次", "家", "户", "名", "例"))


def with_afar_sums(sentences: Sequence[list[Draft]], found: list[Relation]) -> list[Relation]:
    """The relations of a document with the sums whose last part stands in a sentence behind that of its total; each
    inner list of ``sentences`` holds the drafts of one sentence. ``found`` are the relations that are known; those
    that lacked parts which are found now are left out."""
    sums = _afar_sums(sentences, found)
    made = {r.total: frozenset(r.parts) for r in sums}
    return [*(r for r in found if r.complete or not made.get(r.total, frozenset()) > set(r.parts)), *sums]


def _afar_sums(sentences: Sequence[list[Draft]], found: Sequence[Relation]) -> list[Relation]:
    complete = {r.total for r in found if r.relation == "sum" and r.complete}
    inside = {p: r.total for r in found if r.relation == "sum" for p in r.parts}
    sums: list[Relation] = []
    for row in _rows(sentences):
        for i in range(len(row) - _LEAST, -1, -1):  # inner totals first
            total = row[i]
            run = None if total.start in complete else _run(row, i, inside)
            if run is not None:
                sums.append(sum_of(total, run))
                complete.add(total.start)
                inside.update((part.start, total.start) for part in run)
    return sums


def _rows(sentences: Iterable[list[Draft]]) -> list[list[Draft]]:
    """The counted levels of prose in their order, by unit and whole name, by unit and last words; by unit alone where
    it is a telling one."""
    same: dict[tuple[str, str], list[Draft]] = {}
    rows: dict[tuple[str, str], list[Draft]] = {}
    for draft in _counted(sentences):
        if len(draft.base) >= _NAME:
            same.setdefault((draft.unit, draft.base), []).append(draft)
        if len((draft.number.value or Decimal(0)).normalize().as_tuple().digits) >= _LONG:
            rows.setdefault((draft.unit, "#"), []).append(draft)  # that two such make a third is no chance
        if draft.unit not in _VAGUE:
            rows.setdefault((draft.unit, ""), []).append(draft)
        if len(draft.base) >= _HEAD:
            rows.setdefault((draft.unit, draft.base[-_HEAD:]), []).append(draft)
    return [row for row in (*same.values(), *rows.values()) if len(row) >= _LEAST]


def _counted(sentences: Iterable[list[Draft]]) -> Iterator[Draft]:
    for drafts in sentences:
        for draft in drafts:
            if draft.kind != "level" or draft.bracket >= 0 or draft.table or draft.yardstick:
                continue
            number = draft.number
            if number.value is None or number.high is not None or draft.unit in ("%", "‰"):
                continue
            if not NOT_ADDITIVE.search(draft.base):
                yield draft


def _run(row: Sequence[Draft], i: int, inside: dict[int, int | None]) -> list[Draft] | None:
    """The figures behind ``row[i]`` that make it exactly, parts of one another left out; None where there are none."""
    total = row[i]
    whole = total.number.value or Decimal(0)
    if whole < _FEW or len(whole.normalize().as_tuple().digits) < _DIGITS:
        return None
    so_far, run = Decimal(0), list[Draft]()
    for part in row[i + 1 : i + 1 + _AHEAD]:
        inner = inside.get(part.start)
        if inner is not None and any(p.start == inner for p in run):
            continue
        if whole < _LARGE and not part.base.endswith(total.base[-_NAME:]):
            continue
        if not _same_time(part, total) or part.modality != total.modality or BALANCE.search(part.gap):
            continue
        so_far += part.number.value or Decimal(0)
        run.append(part)
        if so_far >= whole:
            break
    telling = whole >= _LARGE or len(run) >= _MANY
    return run if so_far == whole and telling and len(run) > 1 and _apart(total, run) else None


def _same_time(part: Draft, total: Draft) -> bool:
    """Whether their times meet: a school year of the total, the year it opens in of the part."""
    if part.time is None or total.time is None:
        return part.time == total.time
    return part.time[0] <= total.time[1] and total.time[0] <= part.time[1]


def _apart(total: Draft, run: Sequence[Draft]) -> bool:
    """Whether the parts stand behind the sentence of the total, are of one time, and each is named, or placed, as
    another thing than the rest."""
    if run[-1].sentence == total.sentence or len({part.time for part in run}) > 1:
        return False
    named = {(part.base, part.place) for part in run}
    return len(named) == len(run) and (total.base, total.place) not in named

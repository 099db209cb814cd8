"""Relations along the rows of a table: growth and the levels that it compares, rates and the counts that they are of.

Which columns go together the numbers tell: two columns of levels that give the column of rates in most rows are what it
is reckoned from, and so they are in the rows that do not agree too, for the rules to find. Where no two columns give
it, growth is that of the level it stands beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import permutations
from typing import Final

from flows.extract import table_heads as heads
from flows.extract.draft import Draft
from flows.extract.grid_model import Grid
from flows.extract.model import Relation
from flows.extract.sums_adding import signed, slack

Column = dict[int, Draft]  # the figures of a column by their rows
Fits = Callable[[Draft, Draft, Draft], bool]

_MOST: Final = Decimal("0.6")  # of the rows must agree before two columns are taken for what a third is reckoned from
_WHOLE, _FEWEST = 100, 3  # the share of the total itself; rows that show of what the others are shares
_COLUMNS: Final = 14  # levels of a row, of which every two are tried
_ROWS: Final = 60  # rows that are tried


def row_relations(grid: Grid, filled: Mapping[int, Sequence[tuple[int, Draft]]]) -> list[Relation]:
    """The changes and rates that the rows of ``grid`` state; ``filled`` has the cells of each row by their place."""
    columns = _columns(grid, filled)
    levels = {c: column for c, column in columns.items() if _of(column, is_level)}
    found: list[Relation] = []
    for c, column in columns.items():
        if _of(column, _is_growth):
            found += _growth(c, column, levels, columns, grid)
        elif _of(column, _is_rate) and heads.SHARE.search(_head(grid, c)):
            found += _rates(column, levels)
    return found


def is_level(draft: Draft) -> bool:
    """Whether a cell holds a level: neither a change nor a rate."""
    return draft.kind == "level" and draft.unit not in ("%", "‰")


def _is_growth(draft: Draft) -> bool:
    return draft.kind == "change"


def _is_rate(draft: Draft) -> bool:
    return draft.kind == "level" and draft.unit == "%"


def _of(column: Column, kind: Callable[[Draft], bool]) -> bool:
    """Whether most of a column is of a kind."""
    return 2 * sum(map(kind, column.values())) > len(column)


def _head(grid: Grid, column: int) -> str:
    return grid.heads[column].replace(" ", "") if column < len(grid.heads) else ""


def _columns(grid: Grid, filled: Mapping[int, Sequence[tuple[int, Draft]]]) -> dict[int, Column]:
    found: dict[int, Column] = {}
    for r, cells in filled.items():
        for at, draft in cells:
            if draft.number.value is not None:
                found.setdefault(grid.columns[r][at], {})[r] = draft
    return dict(sorted(found.items()))


def _pair(column: Column, levels: Mapping[int, Column], fits: Fits) -> tuple[Column, Column] | None:
    """The two columns of levels from which most rows of ``column`` are reckoned; None where there are none."""
    if len(levels) > _COLUMNS:
        return None
    best: tuple[int, Column, Column] | None = None
    for a, b in permutations(levels.values(), 2):
        rows = [r for r in column if r in a and r in b and a[r].unit == b[r].unit][:_ROWS]
        right = sum(fits(a[r], b[r], column[r]) for r in rows)
        if right and right >= _MOST * len(rows) and (best is None or right > best[0]):
            best = right, a, b
    return None if best is None else best[1:]


def _growth(
    c: int, column: Column, levels: Mapping[int, Column], columns: Mapping[int, Column], grid: Grid
) -> Iterator[Relation]:
    sample = next(iter(column.values()))
    pair = _pair(column, levels, _is_growth_of if sample.unit == "%" else _is_difference)
    now = pair[0] if pair else _beside(c, levels, columns, grid)
    for r, draft in column.items():
        if now is None or r not in now or not _is_growth(draft):
            continue
        before = pair[1].get(r) if pair else None
        yield Relation("change", now=now[r].start, change=draft.start, before=before.start if before else None)


def _beside(c: int, levels: Mapping[int, Column], columns: Mapping[int, Column], grid: Grid) -> Column | None:
    """The level that a column of growth stands beside: the first of the table that is an outcome of the time itself
    where it is the only growth, the one in the same place where all the growth follows all the levels, else the nearest
    on its left."""
    growths = [g for g, column in columns.items() if _of(column, _is_growth)]
    before = [at for at in levels if at < c]
    if not before:
        return None
    if len(growths) == 1:
        outcomes = [at for at in before if not heads.PLAN_HEAD.search(_head(grid, at))]
        current = [at for at in outcomes if not heads.EARLIER_HEAD.search(_head(grid, at))]
        return levels[(current or outcomes or before)[0]]
    for amount in (columns[g] for g in growths if g != c):  # 执行数 | 上年决算数 | 增收额 | 增幅: of the same outcome
        pair = _pair(amount, levels, _is_difference)
        if pair is not None:
            return pair[0]
    if len(growths) == len(levels) and min(growths) > max(levels):
        return list(levels.values())[growths.index(c)]
    return levels[before[-1]]


def _rates(column: Column, levels: Mapping[int, Column]) -> Iterator[Relation]:
    pair = _pair(column, levels, _is_share_of)
    if pair is None:
        yield from _shares_of_total(column, levels)
    for r, draft in column.items() if pair else ():
        if pair and r in pair[0] and r in pair[1] and pair[1][r].number.value:
            done, whole = pair[0][r], pair[1][r]
            yield Relation("rate", numerator=done.start, denominator=whole.start, rate=draft.start)


def _shares_of_total(column: Column, levels: Mapping[int, Column]) -> Iterator[Relation]:
    """占比, with 100.0 in the row of the total: shares of what that row says in the column from which most are
    reckoned."""
    totals = [r for r, draft in column.items() if draft.number.value == _WHOLE]
    for a in levels.values() if len(totals) == 1 else ():
        whole = a.get(totals[0])
        rows = [r for r in column if r in a and r != totals[0]]
        if whole is None or len(rows) < _FEWEST:
            continue
        if sum(_is_share_of(a[r], whole, column[r]) for r in rows) >= _MOST * len(rows):
            for r in rows:
                yield Relation("rate", numerator=a[r].start, denominator=whole.start, rate=column[r].start)
            return


def _is_share_of(part: Draft, whole: Draft, rate: Draft) -> bool:
    if not whole.number.value or part.number.value is None:
        return False
    return abs(part.number.value / whole.number.value * 100 - signed(rate)) <= rate.number.ulp


def _is_growth_of(now: Draft, before: Draft, growth: Draft) -> bool:
    if not before.number.value or now.number.value is None:
        return False
    return abs(now.number.value / before.number.value * 100 - 100 - signed(growth)) <= growth.number.ulp


def _is_difference(now: Draft, before: Draft, change: Draft) -> bool:
    missing = signed(now) - signed(before) - signed(change)
    return now.unit == change.unit and abs(missing) <= slack([now, before, change])

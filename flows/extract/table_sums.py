"""Sums in tables: totals over their rows, and cells of a row that make another.

What the marks of a table (合计, 其中) say is stated where the numbers agree; what only arithmetic shows is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from flows.extract.draft import Draft
from flows.extract.grid_model import Grid
from flows.extract.model import Relation
from flows.extract.sums_adding import blur, makes, rounds_away, signed, sum_of
from flows.extract.table_rates import is_level, row_relations

Filled = Mapping[tuple[int, int], Sequence[tuple[int, Draft]]]  # (id of the grid, row) → its cells by column

_TOTAL_ROW: Final = re.compile(r"^(?:合\s*计|总\s*计|总计|全市|全省|全国|全区|全县)$")
_TOTAL_END: Final = re.compile(r"(?:合\s*计|总\s*计|小\s*计)\s*$")
_ROWS_ABOVE: Final = 120  # a total stands no further below its rows
_SUB_ROW: Final = re.compile(r"^\s*[#*]")
_TELLING: Final = 3  # digits of a total that hardly come by chance
_CERTAIN: Final = 4  # digits of a total that never come by chance
_OVER: Final = Decimal("1.5")
_ROWS_ALIKE: Final = 3  # rows in which the same cells must add up before a column is taken for a total


def table_relations(grids: Mapping[int, Grid], filled: Filled) -> list[Relation]:
    """All relations of the tables of a document; ``grids`` by their id."""
    by_grid: dict[int, dict[int, Sequence[tuple[int, Draft]]]] = {}
    for (grid_id, r), cells in filled.items():
        by_grid.setdefault(grid_id, {})[r] = cells
    found = [relation for grid_id, rows in by_grid.items() for relation in row_relations(grids[grid_id], rows)]
    marked = _marked(grids, filled)
    known: dict[int | None, list[frozenset[int]]] = {}
    for relation in marked:
        known.setdefault(relation.total, []).append(frozenset(relation.parts))
    found += marked
    for grid_id, grid in grids.items():
        levels = [_level(filled.get((grid_id, r), ())) for r in range(len(grid.rows))]
        found += _shares(grid_id, levels, filled)
        columns = [levels, *_amounts(grid_id, grid, filled)]
        added = [r for column in columns for r in (*_nested(grid, column), *_of_first(grid, column))]
        for relation in [*added, *_across(grid_id, grid, filled)]:
            parts = frozenset(relation.parts)
            if not any(parts <= other for other in known.get(relation.total, ())):
                known.setdefault(relation.total, []).append(parts)
                found.append(relation)
    return found


def _ordered(cells: Sequence[tuple[int, Draft]]) -> list[Draft]:
    return [draft for _, draft in sorted(cells, key=lambda item: item[0])]


def _level(cells: Sequence[tuple[int, Draft]]) -> Draft | None:
    """The first level of a row."""
    return next((d for d in _ordered(cells) if is_level(d)), None)


def _amounts(grid_id: int, grid: Grid, filled: Filled) -> Iterator[list[Draft | None]]:
    """The columns of levels and of what was added to them, a figure or None for each row."""
    columns: dict[int, list[Draft | None]] = {}
    for r in range(len(grid.rows)):
        for c, draft in filled.get((grid_id, r), ()):
            if draft.unit not in ("%", "‰") and draft.kind in ("level", "change"):
                columns.setdefault(grid.columns[r][c], [None] * len(grid.rows))[r] = draft
    return (column for column in columns.values() if sum(d is not None for d in column) > 2)


def _marked(grids: Mapping[int, Grid], filled: Filled) -> list[Relation]:
    """The rows under a row of totals, and those under a row that 其中 divides."""
    totals: dict[int, tuple[Draft, list[Draft]]] = {}
    divided: dict[int, tuple[Draft, list[Draft]]] = {}
    for (grid_id, r), cells in filled.items():
        level = _level(cells)
        if level is None:
            continue
        grid = grids[grid_id]
        label = grid.rows[r][0]
        parent = grid.children.get(r)
        if parent is not None:
            above = next((d for d in _ordered(filled.get((grid_id, parent), ())) if d.kind == "level"), None)
            if above is not None and above.unit == level.unit:
                divided.setdefault(above.start, (above, []))[1].append(level)
        elif _TOTAL_ROW.match(label.strip()):
            totals[grid_id] = (level, [])
        elif grid_id in totals and level.unit == totals[grid_id][0].unit and not label.startswith("其中"):
            totals[grid_id][1].append(level)
    return [_headed(total, parts) for total, parts in [*totals.values(), *divided.values()] if len(parts) >= 2]


def _nested(grid: Grid, levels: Sequence[Draft | None]) -> list[Relation]:
    """Rows that the rows under them make: 全行业用电 is 第一产业, 第二产业 and 第三产业, whose own parts (#工业) are
    passed over; and rows of totals (本年收入合计) that the rows above them make."""
    ends = list(range(1, len(levels) + 1))
    found: list[Relation] = []
    for i in range(len(levels) - 1, -1, -1):
        parts = _parts_under(grid, levels, i, ends)
        total = levels[i]
        if parts and total is not None:
            found.append(sum_of(total, parts))
    return found + _above(grid, levels, ends)


def _parts_under(grid: Grid, levels: Sequence[Draft | None], i: int, ends: list[int]) -> list[Draft]:
    """The rows under row ``i`` that make it, none where they do not; ``ends`` says where the parts of a row end."""
    total = levels[i]
    if total is None or total.number.value is None or len(total.number.value.as_tuple().digits) < _TELLING:
        return []
    parts: list[Draft] = []
    so_far, slack = Decimal(0), blur(total)
    certain = len(total.number.value.as_tuple().digits) > _CERTAIN
    limit = abs(signed(total)) * (_OVER if certain else 1)  # what is taken off may come last
    j = i + 1
    while j < len(levels):
        part = levels[j]
        if part is None:
            j += 1  # 烟叶税, with no figures this year
            continue
        if part.unit != total.unit:
            break
        only = certain and parts and part.number.value == parts[-1].number.value and part.number.value
        if (_SUB_ROW.match(grid.rows[j][0]) and parts) or only:
            j += 1  # the only part of the row above it bears its value
            continue
        parts.append(part)
        so_far, slack = so_far + signed(part), slack + blur(part)
        j = ends[j]
        if len(parts) > 1 and rounds_away(so_far - signed(total), slack):  # ``makes``, kept up to date
            ends[i] = _with_trifles(levels, j, parts, so_far - signed(total))
            return parts
        if so_far > limit:
            break
    return []


def _above(grid: Grid, levels: Sequence[Draft | None], ends: Sequence[int]) -> list[Relation]:
    """Rows of totals that the rows above them make, those left out that are parts of others."""
    found: list[Relation] = []
    free: list[Draft] = []  # rows that are no part of a total so far
    inside = 0
    for r, level in enumerate(levels):
        if level is None or r < inside:
            continue
        inside = ends[r]
        count = _makes_below(free, level) if _TOTAL_END.search(grid.rows[r][0]) and ends[r] == r + 1 else 0
        if count:
            found.append(sum_of(level, free[-count:]))
            del free[-count:]
        free.append(level)
    return found


def _makes_below(rows: Sequence[Draft], total: Draft) -> int:
    """How many of the last ``rows`` make the total under them; 0 where they do not."""
    so_far, slack = Decimal(0), blur(total)
    for count, part in enumerate(reversed(rows[-_ROWS_ABOVE:]), start=1):
        if part.unit != total.unit:
            break
        so_far, slack = so_far + signed(part), slack + blur(part)
        if count > 1 and so_far and rounds_away(so_far - signed(total), slack):
            return count
    return 0


def _with_trifles(levels: Sequence[Draft | None], j: int, parts: list[Draft], missing: Decimal) -> int:
    """Adds to parts that make their total but for rounding the rows after them that come closer to it still, and those
    of nothing; where the last of them ends."""
    while j < len(levels):
        part = levels[j]
        if part is None or part.unit != parts[-1].unit or not abs(missing + signed(part)) <= abs(missing):
            break
        if missing == 0 and part.number.value != 0:
            break
        parts.append(part)
        missing += signed(part)
        j += 1
    return j


def _of_first(grid: Grid, levels: Sequence[Draft | None]) -> list[Relation]:
    """Divisions of the first row: rows from one 其中 to the next that add up to it."""
    first = levels[0] if levels else None
    if first is None or first.number.value is None:
        return []
    found: list[Relation] = []
    group: list[Draft] = []
    so_far = Decimal(0)  # what the group makes, kept up to date: a table may have very many rows
    for r, level in enumerate(levels[1:], start=1):
        if level is None or level.unit != first.unit:
            break
        if grid.rows[r][0].startswith(("其中", "#")):
            group, so_far = [], Decimal(0)
        group.append(level)
        so_far += level.number.value or Decimal(0)
        if len(group) > 1 and so_far == first.number.value:
            found.append(sum_of(first, group))
            group, so_far = [], Decimal(0)
    return found


def _across(grid_id: int, grid: Grid, filled: Filled) -> list[Relation]:
    """A column that the two or three right of it make in every row: 限额 is 一般债务 and 专项债务."""
    rows = [[d for d in _ordered(filled.get((grid_id, r), ())) if d.kind == "level"] for r in range(len(grid.rows))]
    rows = [row for row in rows if len(row) >= _ROWS_ALIKE]
    if len(rows) < _ROWS_ALIKE or len({len(row) for row in rows}) > 1:
        return []
    found: list[Relation] = []
    taken: set[int] = set()
    for at in range(len(rows[0]) - 2):
        for width in (2, 3):
            cells = [row[at : at + width + 1] for row in rows]
            alike = all(len(c) == width + 1 and len({d.unit for d in c}) == 1 and makes(c[1:], c[0]) for c in cells)
            if alike and at not in taken and any((c[0].number.value or 0) > 0 for c in cells):
                taken.update(range(at + 1, at + width + 1))
                found += [sum_of(c[0], c[1:]) for c in cells]
                break
    return found


def _shares(grid_id: int, levels: Sequence[Draft | None], filled: Filled) -> list[Relation]:
    """Shares of the first row: 城镇 122.5 61.4."""
    first = levels[0] if levels else None
    found: list[Relation] = []
    for r, level in enumerate(levels[1:], start=1):
        if first is None or level is None or level.unit != first.unit:
            break
        share = [d for _, d in filled.get((grid_id, r), ()) if d.measure == "rate" and d.unit == "%"]
        if len(share) == 1 and _is_share(level, first, share[0]):
            found.append(Relation("rate", numerator=level.start, denominator=first.start, rate=share[0].start))
    return found


def _headed(total: Draft, parts: list[Draft]) -> Relation:
    complete = makes(parts, total)
    return sum_of(total, parts, complete=complete, stated=complete)


def _is_share(part: Draft, whole: Draft, share: Draft) -> bool:
    if not part.number.value or not whole.number.value or share.number.value is None:
        return False
    return abs(part.number.value / whole.number.value * 100 - share.number.value) <= share.number.ulp

"""Tables on a PDF page: runs of lines that stand in columns.

Rules drawn on the page separate rows where there are any (a cell may hold several lines); columns come from where the
text stands, because most tables of bulletins have no upright rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from flows.normalize.grids import is_number
from flows.normalize.pdf_chars import Chunk, Line

_THIN = 2.5  # points: a path no thicker than this is a rule
_SOLID = 1.45  # em between the lines of one cell
MAX_PATHS = 20_000


@dataclass(frozen=True, slots=True)
class Rules:
    """The horizontal rules of a page: (x0, x1, y)."""

    horizontal: tuple[tuple[float, float, float], ...] = ()

    def between(self, y0: float, y1: float, x0: float, x1: float) -> list[float]:
        """The heights of the rules that cross a region, top first, those within three points taken as one."""
        heights = sorted((y for a, b, y in self.horizontal if y0 <= y <= y1 and a < x1 and b > x0), reverse=True)
        merged: list[float] = []
        for y in heights:
            if not merged or merged[-1] - y > 3:
                merged.append(y)
        return merged


def rules_of(page: pdfium.PdfPage) -> Rules:
    """The rules that a page draws, from the bounds of its thin paths."""
    horizontal = []
    for index, item in enumerate(page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=3)):
        if index >= MAX_PATHS:
            break
        x0, y0, x1, y1 = item.get_bounds()
        if x1 - x0 > 12 and y1 - y0 <= _THIN:
            horizontal.append((x0, x1, (y0 + y1) / 2))
        elif x1 - x0 > 40 and y1 - y0 > 12:  # a box: its upper and lower edge
            horizontal += [(x0, x1, y0), (x0, x1, y1)]
    return Rules(tuple(horizontal))


def table_runs(lines: Sequence[Line], rules: Rules) -> list[tuple[int, int]]:
    """(first, last + 1) of every run of lines that is a table.

    A row has two chunks or more. Of a run at least two rows hold a number as a chunk of its own (one under its head,
    where the page ends there); a line of one chunk belongs to it where it is short and a row follows close below.
    """
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        if len(lines[at].chunks) < 2:
            at += 1
            continue
        end = _run_end(lines, at)
        start = _with_head(lines, at, end, runs[-1][1] if runs else 0, rules)
        valued = sum(any(is_number(chunk.text) for chunk in line.chunks[1:]) for line in lines[at:end])
        counts = {len(line.chunks) for line in lines[at:end]}
        cut_by_page = valued == 1 and end - at == 2 and counts.isdisjoint((1, 2)) and len(counts) == 1
        if (valued >= 2 and valued * 3 >= end - at) or cut_by_page:
            runs.append((start, end))
        at = end
    return runs


def _run_end(lines: Sequence[Line], at: int) -> int:
    end = last = at
    while end < len(lines) and end - last <= 3:
        line = lines[end]
        if end > at and abs(lines[end - 1].middle - line.middle) > 6 * line.size:
            break
        if len(line.chunks) >= 2:
            last = end
        elif len(line.text) > 24 or line.text.endswith(("。", "；")):
            break
        end += 1
    return last + 1


def _with_head(lines: Sequence[Line], at: int, end: int, floor: int, rules: Rules) -> int:
    """Where the table starts: head cells of several lines leave lines of one chunk above the first full row.

    Such a line stands no higher than the rows that follow it, or between the upper rule of the table and its first
    row, or, without a rule, close above the row and no wider than a column.
    """
    rows = lines[at:end]
    top = max(line.y1 for line in rows[:4])
    x0, x1 = min(line.x0 for line in rows), max(line.x1 for line in rows)
    size = lines[at].size
    bands = rules.between(top - size, top + 6 * size, x0, x1)
    start = at
    while start > floor and len(lines[start - 1].chunks) == 1 and at - start < 8:
        line = lines[start - 1]
        short = len(line.text) <= 14 and line.x1 - line.x0 < 0.5 * (x1 - x0)
        inside = line.middle <= top + 0.2 * size
        ruled = bool(bands) and line.middle < bands[0] and line.x1 > x0 - size
        near = not bands and 0 < line.middle - lines[start].middle < 1.4 * size and start == at and len(line.text) <= 12
        if not short or not (inside or ruled or near):
            break
        start -= 1
    return start


def grid_of(lines: Sequence[Line], rules: Rules) -> tuple[list[list[str]], int]:
    """The cells of a run of lines, row by row, and how many rows are head; a head over columns is repeated in each."""
    columns = _columns(lines)
    bands = rules.between(
        min(line.y0 for line in lines) - 4,
        max(line.y1 for line in lines) + 4,
        min(line.x0 for line in lines),
        max(line.x1 for line in lines),
    )
    rows = _rows(lines, bands)
    first_valued = next(
        (n for n, row in enumerate(rows) if any(is_number(c.text) for line in row for c in line.chunks[1:])), len(rows)
    )
    if len(bands) < 3 and first_valued > 1:
        head = _close_rows(rows[:first_valued])
        rows, first_valued = [*head, *rows[first_valued:]], len(head)
    grid = [_cells(row, columns, None) for row in rows[first_valued:]]
    below = [False] * len(columns)
    for row in reversed(rows[:first_valued]):
        grid.insert(0, _cells(row, columns, below))
        below = [known or bool(text) for known, text in zip(below, grid[0], strict=True)]
    heads = first_valued
    while heads > 1 and not any(grid[heads - 1][1:]):
        heads -= 1  # a label alone above the first value opens a section of the table
    return grid, heads


def _close_rows(rows: Sequence[list[Line]]) -> list[list[Line]]:
    """Head rows that no rule tells apart: lines set solid are the lines of one cell."""
    merged: list[list[Line]] = []
    for row in rows:
        if merged and merged[-1][-1].middle - row[0].middle < _SOLID * row[0].size:
            merged[-1] = [*merged[-1], *row]
        else:
            merged.append(row)
    return merged


def _rows(lines: Sequence[Line], bands: Sequence[float]) -> list[list[Line]]:
    """The lines by row: those between the same two rules, where rules stand between most lines; else by height."""
    ordered = sorted(lines, key=lambda line: -line.middle)
    rows: list[list[Line]] = []
    valued = sum(any(is_number(chunk.text) for chunk in line.chunks[1:]) for line in lines)
    ruled = len(bands) >= max(3, valued)
    for line in ordered:
        if rows and _same_row(rows[-1][-1], line, bands if ruled else ()):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _same_row(above: Line, line: Line, bands: Sequence[float]) -> bool:
    if min(above.y1, line.y1) - max(above.y0, line.y0) > 0.5 * min(above.y1 - above.y0, line.y1 - line.y0):
        return True
    return bool(bands) and not any(line.middle < y < above.middle for y in bands)


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The x ranges of the columns: where hardly any row with a value has text is a gutter."""
    valued = [line for line in lines if any(is_number(chunk.text) for chunk in line.chunks[1:])]
    left = min(line.x0 for line in valued)
    width = int(max(line.x1 for line in valued) - left) + 2
    cover = [0] * width
    for line in valued:
        for chunk in line.chunks:
            for x in range(int(chunk.x0 - left), min(width, int(chunk.x1 - left) + 1)):
                cover[x] += 1
    allowed = len(valued) // 20
    columns: list[tuple[float, float]] = []
    start: int | None = None
    for x, count in enumerate([*cover, 0]):
        if count > allowed and start is None:
            start = x
        elif count <= allowed and start is not None:
            columns.append((left + start, left + x))
            start = None
    return columns


def _cells(row: Sequence[Line], columns: Sequence[tuple[float, float]], below: Sequence[bool] | None) -> list[str]:
    """The cells of a row; ``below`` is None in the body, and tells for a head which columns have text under it."""
    cells = [""] * len(columns)
    chunks = [chunk for line in row for chunk in line.chunks]
    if below is not None:
        chunks = [part for chunk in chunks for part in _cut_at_gutters(chunk, columns)]
    best = [_best(chunk, columns) for chunk in chunks]
    taken: set[int] = set(best)
    for chunk, home in sorted(zip(chunks, best, strict=True), key=lambda pair: -len(_covered(pair[0], columns))):
        places = [home] if below is None else _spread(chunk, home, columns, below, taken - {home})
        taken.update(places)
        for index in places:
            cells[index] += chunk.text
    return cells


def _covered(chunk: Chunk, columns: Sequence[tuple[float, float]]) -> list[int]:
    return [i for i, (x0, x1) in enumerate(columns) if _overlap(chunk, (x0, x1)) > 0.5 * (x1 - x0)]


def _overlap(chunk: Chunk, column: tuple[float, float]) -> float:
    return min(chunk.x1, column[1]) - max(chunk.x0, column[0])


def _best(chunk: Chunk, columns: Sequence[tuple[float, float]]) -> int:
    """The column that a chunk overlaps most, or stands nearest to."""
    return max(range(len(columns)), key=lambda index: _overlap(chunk, columns[index]))


def _cut_at_gutters(chunk: Chunk, columns: Sequence[tuple[float, float]]) -> list[Chunk]:
    """Two heads that nearly touch came as one chunk: cut where an inner gap parts two columns."""
    for offset, _ in chunk.starts:
        left, right = chunk.cut(offset)
        if left.text and right.text and _best(left, columns) < _best(right, columns) and not _is_wide_gap(left, right):
            return [left, *_cut_at_gutters(right, columns)]
    return [chunk]


def _is_wide_gap(left: Chunk, right: Chunk) -> bool:
    """A head with spaced letters (指 标) is one: neither side may be a single character."""
    return len(left.text) < 2 or len(right.text) < 2


def _spread(
    chunk: Chunk, home: int, columns: Sequence[tuple[float, float]], below: Sequence[bool], taken: set[int]
) -> list[int]:
    """The columns a head stands over: those it covers; else the widest free group whose middle is its own.

    A head over several columns is centred over them, and each of them says more in a row below.
    """
    covered = _covered(chunk, columns)
    if len(covered) > 1:
        return covered
    if home == 0 or not below[home]:
        return [home]
    middle = (chunk.x0 + chunk.x1) / 2
    groups = [
        range(first, last + 1)
        for first in range(1, home + 1)
        for last in range(home, len(columns))
        if last > first and all(below[i] and i not in taken for i in range(first, last + 1))
    ]
    for group in sorted(groups, key=len, reverse=True):
        x0, x1 = columns[group[0]][0], columns[group[-1]][1]
        if abs((x0 + x1) / 2 - middle) < 0.12 * (x1 - x0):
            return list(group)
    return [home]

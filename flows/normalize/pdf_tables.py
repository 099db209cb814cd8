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


def table_runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """(first, last + 1) of every run of lines that is a table.

    A row has two chunks or more. Of a run at least two rows hold a number as a chunk of its own; a line of one chunk
    belongs to it where it is short and a row follows within three lines.
    """
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        if len(lines[at].chunks) < 2:
            at += 1
            continue
        end = _run_end(lines, at)
        start = _with_head(lines, at, runs[-1][1] if runs else 0)
        valued = sum(any(is_number(chunk.text) for chunk in line.chunks[1:]) for line in lines[at:end])
        if valued >= 2 and valued * 3 >= end - at:
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


def _with_head(lines: Sequence[Line], at: int, floor: int) -> int:
    """Where the table starts: a head cell of two lines leaves a line of one chunk above the first row."""
    above = at - 1
    if above < floor or above < 0:
        return at
    line, row = lines[above], lines[at]
    narrow = line.x1 - line.x0 < 0.4 * (row.x1 - row.x0)
    near = 0 < line.middle - row.middle < 1.2 * row.size
    return above if narrow and near and len(line.text) <= 12 else at


def grid_of(lines: Sequence[Line], rules: Rules) -> list[list[str]]:
    """The cells of a run of lines, row by row; a head chunk over several columns is repeated in each."""
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
    if len(bands) < 3 and first_valued > 1:  # no rules tell the head's rows apart: they are the lines of one
        rows = [[line for row in rows[:first_valued] for line in row], *rows[first_valued:]]
        first_valued = 1
    return [_cells(row, columns, spread=index < first_valued) for index, row in enumerate(rows)]


def _rows(lines: Sequence[Line], bands: Sequence[float]) -> list[list[Line]]:
    """The lines by row: those between the same two rules, where rules stand between most lines; else by height."""
    ordered = sorted(lines, key=lambda line: -line.middle)
    rows: list[list[Line]] = []
    ruled = len(bands) >= max(3, len(lines) // 3)
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


def _cells(row: Sequence[Line], columns: Sequence[tuple[float, float]], *, spread: bool) -> list[str]:
    cells = [""] * len(columns)
    for chunk in (chunk for line in row for chunk in line.chunks):
        for index in _places(chunk, columns, spread):
            cells[index] += chunk.text
    return cells


def _places(chunk: Chunk, columns: Sequence[tuple[float, float]], spread: bool) -> list[int]:
    """The columns a chunk belongs to: the one it overlaps most or stands nearest to; all it covers in a head."""
    overlaps = [min(chunk.x1, x1) - max(chunk.x0, x0) for x0, x1 in columns]
    best = max(range(len(columns)), key=lambda index: overlaps[index])
    if not spread:
        return [best]
    covered = [i for i, (x0, x1) in enumerate(columns) if overlaps[i] > 0.5 * (x1 - x0)]
    return covered if len(covered) > 1 else [best]

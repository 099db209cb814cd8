"""Tables in running text: rows of cells set apart by tabs or spaces, one cell a line, or run together in a paragraph.

Here only the grid is found: labels, heads, units and number cells. What the cells mean is read in tables.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from flows.extract.grid_model import HEADER_WORD, SHORT, STOP, UNIT_LINE, Cell, Grid, is_year, unit_with_magnitude
from flows.extract.grids_flat import flat
from flows.extract.grids_stacked import stacked
from flows.normalize.model import Span

_ROW: Final = re.compile(
    r"[^\s\d，。；：]\S{0,15}(?:(?: [^\s\d，。；：]{1,8})?(?: -?\d[\d,]*(?:\.\d+)?){2,}| -?\d+\.\d+)$"
)


def find_grids(text: str, blocks: Sequence[Span]) -> list[Grid]:
    """Every table of the text, in order."""
    return [*_tabbed(text, blocks), *stacked(text, blocks), *flat(text, blocks)]


def _is_row(text: str, block: Span) -> bool:
    words = text[block.start : block.end]
    return "\t" in words or (len(words) < 80 and bool(_ROW.match(words)))


def _cells(text: str, start: int, end: int) -> list[Cell]:
    cells, at = [], start
    border = "\t" if text.find("\t", start, end) >= 0 else " "
    for piece in text[start:end].split(border):
        lead = len(piece) - len(piece.lstrip())
        cells.append(Cell(at + lead, at + len(piece.rstrip()), piece.strip()))
        at += len(piece) + 1
    return cells


def _tabbed(text: str, blocks: Sequence[Span]) -> Iterator[Grid]:
    i = 0
    while i < len(blocks):
        if blocks[i].role == "furniture" or not _is_row(text, blocks[i]):
            i += 1
            continue
        j = i
        while j < len(blocks):
            if _is_row(text, blocks[j]) or blocks[j].role == "furniture":
                j += 1
            elif over := _over_labels(text, blocks, j):
                j = over
            else:
                break
        while blocks[j - 1].role == "furniture":
            j -= 1
        rows = [_cells(text, b.start, b.end) for b in blocks[i:j] if b.role != "furniture"]
        if j - i < 3 and all(len(r) == 2 for r in rows) and "\t" not in text[blocks[i].start : blocks[i].end]:
            i = j  # a name and a number, once or twice: no table
            continue
        head = _spaced_head(text, blocks, i, max(len(r) for r in rows))
        rows = [head, *rows] if head else rows
        caption, unit_line = _caption(text, blocks, i)
        for part in _by_heads(rows):
            grid = _grid_of_rows(part, caption, unit_line)
            if grid is not None:
                grid.start = blocks[i].start if part[0] is rows[0] else part[0][0].start
                grid.end = max(cell.end for cell in part[-1])
                yield grid
        i = j


def _by_heads(rows: list[list[Cell]]) -> list[list[list[Cell]]]:
    """The rows of a table that begins anew under other dates: | 1月 | 2月 |, two rows, | 3月 | 4月 |, two rows."""
    starts = [
        n
        for n, row in enumerate(rows)
        if n and not row[0].text and len(row) > 2 and all(_DATED.match(cell.text) for cell in row[1:] if cell.text)
    ]
    starts = [n for n in starts if any(cell.is_number for cell in rows[n - 1]) and any(c.text for c in rows[n][1:])]
    return [rows[a:b] for a, b in pairwise([0, *starts, len(rows)])]


_DATED: Final = re.compile(r"(?:(?:19|20)\d\d年)?(?:\d{1,2}月|[一二三四1-4]季度|[上下]半年)|(?:19|20)\d\d年")


def _over_labels(text: str, blocks: Sequence[Span], j: int) -> int:
    """Where a table goes on behind lines that hold a label alone (a row without values, 一、税收收入), else 0: at a row
    with numbers and as many cells as the row before."""
    k = j
    while k < len(blocks) and k < j + _LABEL_ROWS and not _is_row(text, blocks[k]):
        words = text[blocks[k].start : blocks[k].end]
        if len(words) > SHORT or STOP.search(words) or _NO_LABEL.search(words):
            return 0
        k += 1
    if k == len(blocks) or not _is_row(text, blocks[k]):
        return 0
    before, after = text[blocks[j - 1].start : blocks[j - 1].end], text[blocks[k].start : blocks[k].end]
    alike = "\t" in after and before.count("\t") == after.count("\t")
    return k if alike and any(c.is_number for c in _cells(text, blocks[k].start, blocks[k].end)[1:]) else 0


_LABEL_ROWS: Final = 3  # at most: more of them are a text between two tables
_NO_LABEL: Final = re.compile(r"^附?[表图]|单位\s*：|^注[：:\d]")


_HEAD_ENDS: Final = (
    "）",
    "数",
    "批次",
    "人次",
    "率",
    "额",
    "量",
    "值",
    "占比",
    "比例",
    "面积",
    "得分",
)  # of the head of a column


def _spaced_head(text: str, blocks: Sequence[Span], i: int, width: int) -> list[Cell]:
    """The heads of a table whose cells are set apart by spaces: the line above, where it has as many words."""
    if i == 0 or "\t" in text[blocks[i].start : blocks[i].end]:
        return []
    words = _cells(text, blocks[i - 1].start, blocks[i - 1].end)
    heads = (
        len(words) == width
        and not any(w.is_number for w in words)
        and any(HEADER_WORD.search(w.text) or w.text.endswith(_HEAD_ENDS) for w in words)
    )
    return words if heads else []


def _caption(text: str, blocks: Sequence[Span], i: int) -> tuple[str, str]:
    """The caption and the unit line in the blocks right above."""
    caption, unit_line = "", ""
    for block in reversed(blocks[max(0, i - 3) : i]):
        line = text[block.start : block.end].strip()
        line = re.split("[。；]", line)[-1] if line.endswith("：") else line
        if len(line) > 60 or (STOP.search(line) and not UNIT_LINE.search(line)):
            break
        unit = UNIT_LINE.search(line)
        if unit and not unit_line:
            unit_line = unit[1]
            line = line[: unit.start()].strip("（( ")
        if line and not caption:
            caption = line
    return caption, unit_line


def _grid_of_rows(rows: list[list[Cell]], caption: str, unit_line: str) -> Grid | None:
    body = [r for r in rows if any(c.is_number and not is_year(c.text) for c in r[1:])]
    if not body:
        return None
    first = next(n for n, r in enumerate(rows) if r is body[0])
    width = max(len(r) for r in rows)
    heads = ["" for _ in range(width)]
    for row in rows[:first]:
        unit = UNIT_LINE.search("".join(c.text for c in row))
        if unit and not unit_line:
            unit_line = unit[1]
            continue
        for n, cell in enumerate(row):
            if cell.text and cell.text not in heads[n]:
                heads[n] += cell.text
    unit_column = _unit_column(body, heads, width)
    found: list[tuple[str, str | None, list[Cell]]] = []
    columns: list[list[int]] = []
    for row in rows[first:]:
        label = row[0].text if row and not row[0].is_number else ""
        numbers = [
            (n, c) for n, c in enumerate(row) if (c.is_number and n > 0) or (n == 0 and c.is_number and len(row) == 1)
        ]
        if (
            len(row) > 2
            and re.fullmatch(r"\d{1,3}|[一二三四五六七八九十]+", row[0].text)
            and not row[1].is_number
            and row[1].text
        ):
            label = row[1].text  # a column of running numbers
            numbers = [(n, c) for n, c in numbers if n > 1]
        row_unit = None
        if unit_column is not None and unit_column < len(row):
            row_unit = row[unit_column].text.replace(" ", "")  # 亿 元
        found.append((label, row_unit, [c for _, c in numbers]))
        columns.append([n for n, _ in numbers])
    return Grid(heads, found, caption, unit_line, columns)


def _unit_column(body: list[list[Cell]], heads: list[str], width: int) -> int | None:
    for n, head in enumerate(heads):
        if re.fullmatch(r"(?:计量)?单位", head.replace(" ", "")):
            return n
    for n in range(1, min(width, 4)):
        words = [r[n].text.replace(" ", "") for r in body if n < len(r)]
        if len(words) >= 2 and all(w and unit_with_magnitude(w)[1] == w for w in words):
            return n
    return None

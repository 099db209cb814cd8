"""Tables in running text: rows of cells set apart by tabs, one cell a line (as a PDF flattens them), or a run of words
and bare numbers in a paragraph (as a scan flattens them), row by row or column by column.

Here only the grid is found: labels, heads, units and number cells. What the cells mean is read in tables.py.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from flows.extract.reference import reference_path
from flows.extract.units import read_unit
from flows.normalize.model import Span

NUMBER_CELL = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?[%‰]?$")
_FLAT_TOKEN = re.compile(r"[^\s]+")
_UNIT_LINE = re.compile(r"(?:计量)?单位\s*[：:]\s*([^）\n]{1,20})")
_STOP = re.compile(r"[。；！？]")
_SHORT = 24


@dataclass(slots=True)
class Cell:
    """A cell at ``text[start:end]``."""

    start: int
    end: int
    text: str

    @property
    def is_number(self) -> bool:
        return bool(NUMBER_CELL.match(self.text))


@dataclass(slots=True)
class Grid:
    """A table: ``heads`` one text a column (label column first), ``rows`` of (label, unit or None, number cells)."""

    heads: list[str]
    rows: list[tuple[str, str | None, list[Cell]]]
    caption: str = ""
    unit_line: str = ""
    columns: list[list[int]] = field(default_factory=list)  # for each row, the column of each number cell
    children: dict[int, int] = field(default_factory=dict)  # row → the row it is part of (其中, #)
    start: int = 0
    end: int = 0


def find_grids(text: str, blocks: Sequence[Span]) -> list[Grid]:
    """Every table of the text, in order."""
    return [*_tabbed(text, blocks), *_stacked(text, blocks), *_flat(text, blocks)]


_ROW = re.compile(r"[^\s\d，。；：]\S{0,15}(?: [^\s\d，。；：]{1,8})?(?: -?\d[\d,]*(?:\.\d+)?){2,}$")


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
        if not _is_row(text, blocks[i]):
            i += 1
            continue
        j = i
        while j < len(blocks) and _is_row(text, blocks[j]):
            j += 1
        rows = [_cells(text, b.start, b.end) for b in blocks[i:j]]
        head = _spaced_head(text, blocks, i, max(len(r) for r in rows))
        rows = [head, *rows] if head else rows
        caption, unit_line = _caption(text, blocks, i)
        grid = _grid_of_rows(rows, caption, unit_line)
        if grid is not None:
            grid.start, grid.end = blocks[i].start, blocks[j - 1].end
            yield grid
        i = j


def _spaced_head(text: str, blocks: Sequence[Span], i: int, width: int) -> list[Cell]:
    """The heads of a table whose cells are set apart by spaces: the line above, where it has as many words."""
    if i == 0 or "\t" in text[blocks[i].start : blocks[i].end]:
        return []
    words = _cells(text, blocks[i - 1].start, blocks[i - 1].end)
    heads = len(words) == width and not any(w.is_number for w in words) and any(_HEADER_WORD.search(w.text) for w in words)
    return words if heads else []


def _caption(text: str, blocks: Sequence[Span], i: int) -> tuple[str, str]:
    """The caption and the unit line in the blocks right above."""
    caption, unit_line = "", ""
    for block in reversed(blocks[max(0, i - 3) : i]):
        line = text[block.start : block.end].strip()
        if len(line) > 60 or (_STOP.search(line) and not _UNIT_LINE.search(line)):
            break
        unit = _UNIT_LINE.search(line)
        if unit and not unit_line:
            unit_line = unit[1]
            line = line[: unit.start()].strip("（( ")
        if line and not caption:
            caption = line
    return caption, unit_line


def _grid_of_rows(rows: list[list[Cell]], caption: str, unit_line: str) -> Grid | None:
    body = [r for r in rows if any(c.is_number and not _is_year(c.text) for c in r[1:])]
    if not body:
        return None
    first = next(n for n, r in enumerate(rows) if r is body[0])
    width = max(len(r) for r in rows)
    heads = ["" for _ in range(width)]
    for row in rows[:first]:
        unit = _UNIT_LINE.search("".join(c.text for c in row))
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
        numbers = [(n, c) for n, c in enumerate(row) if c.is_number and n > 0 or (n == 0 and c.is_number and len(row) == 1)]
        if len(row) > 2 and re.fullmatch(r"\d{1,3}|[一二三四五六七八九十]+", row[0].text) and not row[1].is_number and row[1].text:
            label = row[1].text  # a column of running numbers
            numbers = [(n, c) for n, c in numbers if n > 1]
        unit = row[unit_column].text if unit_column is not None and unit_column < len(row) else None
        found.append((label, unit, [c for _, c in numbers]))
        columns.append([n for n, _ in numbers])
    return Grid(heads, found, caption, unit_line, columns)


def _is_year(word: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", word))


def _unit_column(body: list[list[Cell]], heads: list[str], width: int) -> int | None:
    for n, head in enumerate(heads):
        if re.fullmatch(r"(?:计量)?单位", head.replace(" ", "")):
            return n
    for n in range(1, min(width, 4)):
        words = [r[n].text for r in body if n < len(r)]
        if len(words) >= 2 and all(w and unit_with_magnitude(w)[1] == w for w in words):
            return n
    return None


def unit_with_magnitude(word: str) -> tuple[str, str]:
    """(magnitude, whole) of a unit written with its magnitude: 万平方米 → 万, 万平方米; whole is empty for no unit."""
    match = re.match(r"[十百千]?[万亿]+|[百千](?![米克瓦伏升])|", word)
    head = match[0] if match else ""
    unit = read_unit(word, len(head))
    return (head, head + unit) if unit else ("", "")


_HEADER_WORD = re.compile(r"单位|年|月|增|减|[%％]|预计|完成|金额|项\s*目|指标|名称|产量|绝对|比重|决算|预算|执行")


def _stacked(text: str, blocks: Sequence[Span]) -> Iterator[Grid]:
    """One cell a line: label, then as many numbers as there are columns, again and again. Page furniture between the
    cells is passed over."""
    run: list[Cell] = []
    for block in blocks:
        if block.role == "furniture":
            continue
        if block.end - block.start <= _SHORT and "\t" not in text[block.start : block.end]:
            run.append(Cell(block.start, block.end, text[block.start : block.end].strip()))
            continue
        yield from _grids_of_stack(run)
        run = []
    yield from _grids_of_stack(run)


def _groups(cells: list[Cell]) -> Iterator[tuple[list[Cell], list[Cell]]]:
    """Stretches of words, each with the numbers after it."""
    words: list[Cell] = []
    numbers: list[Cell] = []
    for cell in cells:
        if cell.is_number and not (_is_year(cell.text) and not numbers):
            numbers.append(cell)
            continue
        if numbers:
            yield words, numbers
            words, numbers = [], []
        words.append(cell)
    if numbers:
        yield words, numbers


def _grids_of_stack(cells: list[Cell]) -> Iterator[Grid]:
    if len(cells) < 6:
        return
    current: Grid | None = None
    for words, numbers in _groups(cells):
        width = len(numbers)
        if current is None or (len(words) >= 3 and sum(bool(_HEADER_WORD.search(w.text)) for w in words) >= 2):
            if current is not None and _is_table(current):
                yield _closed(current)
            current = _opened(words, width)
            if current is None:
                continue
        unit = None
        if len(words) >= 2 and unit_with_magnitude(words[-1].text)[1] == words[-1].text:
            unit = words[-1].text
        label = words[-2 if unit else -1].text if words else ""
        offset = len(current.heads) - width
        if label and 0 <= offset <= 2:
            current.rows.append((label, unit, numbers))
            current.columns.append(list(range(offset, offset + width)))
            current.start = current.start or words[0].start
    if current is not None and _is_table(current):
        yield _closed(current)


def _opened(words: list[Cell], width: int) -> Grid | None:
    """A new table: the words before its first numbers are caption, heads, and the first label (and its unit)."""
    if not words:
        return None
    has_unit = len(words) >= 2 and unit_with_magnitude(words[-1].text)[1] == words[-1].text
    every = words[: -2 if has_unit else -1]
    before = [w for w in every if not _UNIT_LINE.search(w.text)]
    count = width + 1 + has_unit
    heads = [w.text for w in before[-count:]]
    if len(heads) < count or not any(_HEADER_WORD.search(h) for h in heads[1:]):
        heads = [""] * count
        above = before
    else:
        above = before[:-count]
    line = _UNIT_LINE.search(" ".join(w.text for w in every))
    return Grid(heads, [], " ".join(w.text for w in above), line[1] if line else "", [])


def _is_table(grid: Grid) -> bool:
    return len(grid.rows) >= 2 and sum(len(r[2]) for r in grid.rows) >= 3


def _closed(grid: Grid) -> Grid:
    grid.end = grid.rows[-1][2][-1].end
    return grid


def _flat(text: str, blocks: Sequence[Span]) -> Iterator[Grid]:
    """A table in a paragraph: words and bare numbers in a row, set apart by spaces."""
    run = re.compile(r"(?<= )-?\d[\d,]*(?:\.\d+)?(?: -?\d[\d,]*(?:\.\d+)?)+(?= |$|\n)")
    for block in blocks:
        words = text[block.start : block.end]
        if "\t" in words or words.count(" ") < 6:
            continue
        for match in _PAIRS.finditer(words):
            yield _grid_of_pairs(text, block.start + match.start(), block.start + match.end(), block.start)
        groups = [(m.start() + block.start, m.end() + block.start) for m in run.finditer(words)]
        if len(groups) >= 2 or any(text[a:b].count(" ") >= 3 for a, b in groups):
            yield from _grids_of_flat(text, block, groups)


_PAIRS = re.compile(
    r"(?:(?<= )|^)(?:[^\s\d，。；：、]{1,14} -?\d[\d,]*(?:\.\d+)? ){4,}[^\s\d，。；：、]{1,14} -?\d[\d,]*(?:\.\d+)?(?= |$|\n)"
)
_PAIR = re.compile(r"([^\s\d]+) (-?\d[\d,]*(?:\.\d+)?)")


def _grid_of_pairs(text: str, start: int, end: int, floor: int) -> Grid:
    """Words and bare numbers in turn: one column, headed by the words before that are no label (在院治疗确诊病例)."""
    before = text[max(floor, start - 60) : start].split()
    heads = [w for w in before if 4 <= len(w) <= 14 and not w.startswith("（") and re.search(r"[病人数量额值率户件]", w)]
    rows: list[tuple[str, str | None, list[Cell]]] = []
    for match in _PAIR.finditer(text, start, end):
        rows.append((match[1], None, [Cell(match.start(2), match.end(2), match[2])]))
    return Grid(["", heads[0] if heads else ""], rows, "", "", [[1] for _ in rows], {}, start, end)


def _grids_of_flat(text: str, block: Span, groups: list[tuple[int, int]]) -> Iterator[Grid]:
    stop = block.start
    heads: list[str] = []
    caption = ""
    rows: list[tuple[str, str | None, list[Cell]]] = []
    columns: list[list[int]] = []
    children: dict[int, int] = {}
    for start, end in groups:
        marks = [m.end() for m in _STOP.finditer(text, stop, start)]
        lead = text[max(marks[-1] if marks else stop, start - 220) : start]
        numbers = [Cell(m.start() + start, m.end() + start, m[0]) for m in _FLAT_TOKEN.finditer(text[start:end])]
        head, body = _split_head(lead)
        if head:
            caption, heads = head
        labels, units = _labels_and_units(body)
        stop = end
        if not labels:
            continue
        if len(units) > 1 and len(numbers) % len(units) == 0:
            parents = _parents(body)
            for n, unit in enumerate(units):
                if len(labels) == len(units) and n in parents:
                    children[len(rows)] = len(rows) - n + parents[n]
                label = labels[n] if len(labels) == len(units) else ""
                rows.append((label, unit, numbers[n :: len(units)]))
                columns.append(list(range(len(rows[-1][2]))))
        else:
            rows.append((labels[-1], units[-1] if units else None, numbers))
            columns.append(list(range(len(numbers))))
    if rows:
        width = max(len(r[2]) for r in rows)
        kept = heads[-width:] if len(heads) >= width else [""] * width
        grid = Grid(kept, rows, caption, "", columns, children)
        grid.start = max(block.start, groups[0][0] - 220, max((m.end() for m in _STOP.finditer(text, block.start, groups[0][0])), default=0))
        grid.end = rows[-1][2][-1].end
        yield grid


def _split_head(lead: str) -> tuple[tuple[str, list[str]] | None, str]:
    """Caption and column heads at the front of the words before the first numbers, if they stand there."""
    match = re.search(r"(?:产品名称|指标名称|指标|项目|名称|地区)\s+(?:(?:计量)?单位\s+)?(?P<heads>(?:[^\s]*(?:产量|绝对数|增长|增速|比上年|数值|总量|金额|实绩|%|％|（)[^\s]*\s*(?:（?\s*[%％]\s*）?\s*)?)+)", lead)
    if match is None:
        return None, lead
    heads = [h for h in re.split(r"\s+", re.sub(r"\s*（\s*%\s*）?", "%", match["heads"]).strip()) if h and h != "%"]
    return (lead[: match.start()].strip(), heads), lead[match.end() :]


def _labels_and_units(words: str) -> tuple[list[str], list[str]]:
    """Row labels and, after them, units; several of each where the table was flattened column by column."""
    labels: list[str] = []
    units: list[str] = []
    for token in words.replace("#", " #").split():
        found = _only_units(token) if labels else []
        if found:
            units += found
        elif token not in (".", "·"):
            if units:
                labels, units = [], []
            labels.append(token)
    if len(units) > 1:
        named = _under(labels)
        return named if len(named) == len(units) else _cut(labels), units
    return ["".join(labels[-3:])] if labels else [], units


@lru_cache(maxsize=1)
def _products() -> re.Pattern[str]:
    """Names of products as yearbooks list them (reference/products.csv), the longest first."""
    with reference_path("products.csv").open(encoding="utf-8", newline="") as file:
        names = sorted((row["product"] for row in csv.DictReader(file)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def _cut(labels: list[str]) -> list[str]:
    """Row labels that ran together, cut at the names of known products; what is between two names is a label too."""
    cut: list[str] = []
    for label in labels:
        at = 0
        for match in _products().finditer(label.lstrip("#")):
            if match.start() > at:
                cut.append(label.lstrip("#")[at : match.start()])
            cut.append(match[0])
            at = match.end()
        if at < len(label.lstrip("#")):
            cut.append(label.lstrip("#")[at:])
    return cut


def _parents(words: str) -> dict[int, int]:
    """For labels written out with a #: which is part of which, by position."""
    found: dict[int, int] = {}
    parent = -1
    tokens = [t for t in words.replace("#", " #").split() if not _only_units(t) and t not in (".", "·")]
    for n, token in enumerate(tokens):
        if token.startswith("#") and n:
            parent = n - 1 if parent < 0 else parent
        if parent >= 0:
            found[n] = parent
    return found


def _under(labels: list[str]) -> list[str]:
    """Labels after a # belong under the one before it."""
    named: list[str] = []
    parent = ""
    for label in labels:
        if label.startswith("#"):
            parent = parent or (named[-1] if named else "")
            named.append(label.lstrip("#") + parent)
        elif parent:
            named.append(label + parent)
        else:
            named.append(label)
    return named


def _only_units(token: str) -> list[str]:
    """The units that a token is made of, none where it is anything else."""
    found, at = [], 0
    while at < len(token):
        whole = unit_with_magnitude(token[at:])[1]
        if not whole:
            return []
        found.append(whole)
        at += len(whole)
    return found

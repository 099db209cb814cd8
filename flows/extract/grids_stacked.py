"""Tables with one cell a line, as a PDF flattens them: label, then as many numbers as there are columns, again and
again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final

from flows.extract.grid_model import (
    CODE,
    CODE_HEAD,
    HEADER_WORD,
    NUMBER_CELL,
    SHORT,
    UNIT_LINE,
    Cell,
    Grid,
    is_year,
    unit_with_magnitude,
)
from flows.normalize.model import Span


def stacked(text: str, blocks: Sequence[Span]) -> Iterator[Grid]:
    """One cell a line: label, then as many numbers as there are columns, again and again. Page furniture between the
    cells is passed over; rows that go on behind a line that is no cell keep the heads of the table."""
    last: Grid | None = None
    for grid in _runs(text, blocks):
        headless = not any(grid.heads) and not grid.caption
        if last is not None and headless and len(grid.heads) == len(last.heads) and grid.start - last.end <= _NEAR:
            grid.heads, grid.caption, grid.unit_line = last.heads, last.caption, last.unit_line
        last = grid
        yield grid


def _runs(text: str, blocks: Sequence[Span]) -> Iterator[Grid]:
    run: list[Cell] = []
    for n, block in enumerate(blocks):
        if block.role == "furniture":
            continue
        short = block.end - block.start <= SHORT or (run and _is_long_label(text, blocks, n))
        if short and "\t" not in text[block.start : block.end]:
            run += _cells(text, block)
            continue
        yield from _grids_of_stack(run)
        title = _TITLE.fullmatch(text, block.start, block.end)
        run = [Cell(block.start, block.end, title[0])] if title else []
    yield from _grids_of_stack(run)


def _is_long_label(text: str, blocks: Sequence[Span], n: int) -> bool:
    """Whether a line longer than most cells is a label all the same: a bare number before it and one after."""
    around = [blocks[k] for k in (n - 1, n + 1) if 0 <= k < len(blocks)]
    numbers = all(NUMBER_CELL.match(text[b.start : b.end].strip()) for b in around if b.role != "furniture")
    return len(around) > 1 and numbers and _LONG_LABEL.fullmatch(text, blocks[n].start, blocks[n].end) is not None


def _cells(text: str, block: Span) -> Iterator[Cell]:
    """The cell of a line, or two where the number of one row and the label of the next share it: 2,862,031 支出."""
    if _NOTE_MARK.fullmatch(text, block.start, block.end):
        return  # ①: the number before it has a note
    comma = text.find(",", block.start, block.end) >= 0  # most lines have none
    match = _NUMBER_AND_LABEL.fullmatch(text, block.start, block.end) if comma else None
    if match and not unit_with_magnitude(match[2])[1]:
        yield Cell(*match.span(1), match[1])
        yield Cell(*match.span(2), match[2])
    else:
        yield Cell(block.start, block.end, text[block.start : block.end].strip())


def _codes(cells: list[Cell]) -> set[int]:
    """The starts of account numbers, each in front of the name of its account, where a head says that there are."""
    if not any(CODE_HEAD.fullmatch(cell.text) for cell in cells):
        return set()
    return {cell.start for cell, name in pairwise(cells) if CODE.match(cell.text) and not name.is_number}


def _groups(cells: list[Cell], codes: set[int]) -> Iterator[tuple[list[Cell], list[Cell]]]:
    """Stretches of words, each with the numbers after it; account numbers are neither."""
    words: list[Cell] = []
    numbers: list[Cell] = []
    for cell in cells:
        if cell.start in codes:
            continue
        if cell.is_number and not (is_year(cell.text) and not numbers):
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
    codes = _codes(cells)
    numbered = [cell for cell in cells if cell.start in codes]
    for words, numbers in _groups(cells, codes):
        width = len(numbers)
        if current is None or (len(words) >= 3 and sum(bool(HEADER_WORD.search(w.text)) for w in words) >= 2):
            opened = _opened(words, width)
            if current is None or opened is None or not _goes_on(current, opened):
                if current is not None and _is_table(current):
                    yield _closed(current)
                current = opened
            if current is None:
                continue
        label, unit = _labelled(words, current)
        offset = len(current.heads) - width
        if label and 0 <= offset <= 2:
            current.rows.append((label, unit, numbers))
            current.columns.append(list(range(offset, offset + width)))
            current.start = current.start or words[0].start
            current.codes = numbered
    if current is not None and _is_table(current):
        yield _closed(current)


def _ends_in_unit(words: list[Cell]) -> bool:
    """Whether the last of several cells is a unit."""
    return len(words) >= 2 and unit_with_magnitude(words[-1].text)[1] == words[-1].text


def _labelled(words: list[Cell], table: Grid) -> tuple[str, str | None]:
    """The label of a row, and its unit where one stands behind it; a label broken in two (延边州本, 级) is joined, in a
    table whose rows have no units."""
    last = words[-1].text if words else ""
    if not _ends_in_unit(words):
        return last, None
    if len(last) == 1 and table.rows and table.rows[0][1] is None:
        return words[-2].text + last, None
    return words[-2].text, last


def _goes_on(table: Grid, page: Grid) -> bool:
    """Whether a page opens with the title and the heads of the table before it: its rows go on there."""
    return (
        len(table.caption) > SHORT // 2 and table.heads == page.heads and table.caption.endswith(page.caption[-SHORT:])
    )


def _opened(words: list[Cell], width: int) -> Grid | None:
    """A new table: the words before its first numbers are caption, heads, and the first label (and its unit)."""
    if not words:
        return None
    has_unit = _ends_in_unit(words)
    every = _joined_labels(words[: -2 if has_unit else -1])
    before = [w for w in every if not UNIT_LINE.search(w.text) and not _FORMULA.fullmatch(w.text)]
    count = width + 1 + has_unit
    if not has_unit:
        before = _unwrapped(before, width)
    nested = _nested_heads([w.text for w in before], width)
    if nested is not None:
        line = UNIT_LINE.search(" ".join(w.text for w in every))
        above = before[: len(before) - nested[1]]
        return Grid(nested[0], [], " ".join(w.text for w in above), line[1] if line else "", [])
    told = None if has_unit else _told_heads(before, width)
    heads = [w.text for w in before[-count:]]
    if told is not None:
        at, heads = told
        above = before[:at]
    elif len(heads) < count or not any(HEADER_WORD.search(h) for h in heads[1:]):
        heads = [""] * count
        above = before
    else:
        above = before[:-count]
    line = UNIT_LINE.search(" ".join(w.text for w in every))
    return Grid(heads, [], " ".join(w.text for w in above), line[1] if line else "", [])


def _joined_labels(words: list[Cell]) -> list[Cell]:
    """The words, with the two characters of 项目 or 地区 on lines of their own put together."""
    joined: list[Cell] = []
    for word in words:
        if joined and joined[-1].text + word.text in ("项目", "科目", "指标", "地区", "名称", "单位"):
            joined[-1] = Cell(joined[-1].start, word.end, joined[-1].text + word.text)
        else:
            joined.append(word)
    return joined


def _told_heads(words: list[Cell], width: int) -> tuple[int, list[str]] | None:
    """Where the heads begin and what they are, read from the head of the labels on: there may be rows without numbers
    between them and the first row with some, and that may have fewer than there are columns."""
    label = next((n for n in range(len(words) - 1, -1, -1) if _LABEL_HEAD.fullmatch(words[n].text)), None)
    if label is None:
        return None
    heads = [words[label].text]
    for word in words[label + 1 :]:
        if not (_OF_COLUMN.search(word.text) or _HEAD_GOES_ON.match(word.text)) or _OF_ROW.match(word.text):
            break
        heads.append(word.text)
    while len(heads) - 1 > width and (at := _goes_on_at(heads)):
        heads[at - 1 : at + 1] = [heads[at - 1] + heads[at]]
    return (label, heads) if len(heads) > max(2, width) else None


def _goes_on_at(heads: list[str]) -> int:
    """Where a head only goes on with the one before it (（同比）+-%); 0 where none does."""
    return next((n for n in range(1, len(heads)) if _HEAD_GOES_ON.match(heads[n])), 0)


def _unwrapped(words: list[Cell], width: int) -> list[Cell]:
    """The words with the heads that were broken over two lines put together: 比上年 and under it （同比）+-%."""
    label = next((n for n in range(len(words) - 1, -1, -1) if _LABEL_HEAD.fullmatch(words[n].text)), None)
    if label is None:
        return words
    heads = words[label + 1 :]
    while len(heads) > width:
        at = _goes_on_at([head.text for head in heads])
        if not at:
            return words
        first, rest = heads[at - 1], heads[at]
        heads[at - 1 : at + 1] = [Cell(first.start, rest.end, first.text + rest.text)]
    return [*words[: label + 1], *heads] if len(heads) == width else words


def _nested_heads(words: list[str], width: int) -> tuple[list[str], int] | None:
    """Heads on two floors, and how many of ``words`` they are: 债务限额, 债务余额 over 一般债务, 专项债务 each.

    The first column of a group is its total. None where the last words are no such heads.
    """
    for groups in (2, 3, 4):
        parts = width // groups - 1
        if parts < 2 or groups * (parts + 1) != width or len(words) < groups * (parts + 1) + 1:
            continue
        below = words[-groups * parts :]
        if any(below[n] != below[n % parts] for n in range(len(below))):
            continue
        above = words[-groups * (parts + 1) : -groups * parts]
        heads = [head for group in above for head in (group, *(_merged(part, group) for part in below[:parts]))]
        return [words[-groups * (parts + 1) - 1], *heads], groups * (parts + 1) + 1
    return None


def _merged(part: str, group: str) -> str:
    """一般债务 under 2023年债务限额 is 2023年一般债务限额."""
    match = _GROUP.match(group)
    year, noun = (match[1], match[2]) if match else ("", group)
    overlap = next((n for n in range(len(noun), 0, -1) if part.endswith(noun[:n])), 0)
    return year + part + noun[overlap:]


_NOTE_MARK: Final = re.compile(r"[\s　]*[①-⑳][\s　]*")
_NUMBER_AND_LABEL: Final = re.compile(r"(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?) ?([^\s\d][^\s\d，。；：]{3,19})")
# The row of formulas under the heads of an account: A=B+C.
_FORMULA: Final = re.compile(r"公\s*式|[A-Z](?:=[A-Z](?:[+－＋-][A-Z])*)?|栏\s*次")
_LABEL_HEAD: Final = re.compile(
    r"(?:预算|收支|支出|收入|指标)?(?:科\s*目|项\s*目|指\s*标|名\s*称)(?:名称)?|地\s*区|单位名称"
)
_NEAR: Final = 160  # characters between two stretches of one table
_FEW, _MANY, _MOSTLY = 3, 8, 0.6
_FINE: Final = re.compile(r"[.%]")  # a growth has decimals or a sign of its own
_OF_SHARE: Final = re.compile(r"完成|为.*[预决]算|占")
_LONG_LABEL: Final = re.compile(r"[^。；：\t\d]{1,48}")
_TITLE: Final = re.compile(
    r"[^，。；\t]{8,60}表(?:（[^）]{1,20}）)?"
)  # longer than a cell, over the table that it names
_OF_COLUMN: Final = re.compile(
    r"本地区|[省市州县区]?本级$|全[省市州县区]$|(?:19|20)\d\d ?年"
    r"|[预决]\s*算\s*数?$|执\s*行\s*数|完成|比(?:上年|重)|增[减长幅]|金\s*额|[%％]|绝对数"
)
_OF_ROW: Final = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、]|\d+[.、]|其中|.*(?:收入|支出)$")
_HEAD_GOES_ON: Final = re.compile(r"[（(%±＋+\-]|(?:增减|增长|增幅|升降)|(?:预算|决算|执行|完成)?数?的?[%％]")
_GROUP: Final = re.compile(r"((?:19|20)\d\d年(?:末|底)?)?([^（(]+)")


def _align(grid: Grid) -> None:
    """Rows that lack a cell: of the columns that they may stand in, those whose other cells are of the same kind (with
    decimals, without) and, where a column is reckoned from the two before it, those that agree with it."""
    full = len(grid.heads) - 1
    whole = [cells for _, _, cells in grid.rows if len(cells) == full]
    if not _FEW <= full <= _MANY or len(whole) < _FEW:
        return
    fine = [sum(bool(_FINE.search(row[c].text)) for row in whole) >= _MOSTLY * len(whole) for c in range(full)]
    for r, (_, _, cells) in enumerate(grid.rows):
        if 1 < len(cells) < full:
            places = combinations(range(full), len(cells))
            _, best = max((_agreement(grid, cells, at, fine), at) for at in places)
            grid.columns[r] = [c + 1 for c in best]


def _agreement(grid: Grid, cells: list[Cell], at: tuple[int, ...], fine: list[bool]) -> int:
    """How well the cells of a row fit the columns ``at``."""
    right = sum(bool(_FINE.search(cell.text)) == fine[c] for cell, c in zip(cells, at, strict=True))
    share = next((n for n, c in enumerate(at) if n > 1 and _OF_SHARE.search(grid.heads[c + 1])), None)
    if share is None or at[:2] != (0, 1):
        return 2 * right
    plan, done, told = (_number(cells[n].text) for n in (0, 1, share))
    agrees = plan != 0 and abs(done / plan * 100 - told) <= 1
    return 2 * right + (1 if agrees else -1)


def _number(words: str) -> float:
    return float(words.rstrip("%‰").replace(",", ""))


def _is_table(grid: Grid) -> bool:
    return len(grid.rows) >= 2 and sum(len(r[2]) for r in grid.rows) >= 3


def _closed(grid: Grid) -> Grid:
    _align(grid)
    grid.end = grid.rows[-1][2][-1].end
    return grid

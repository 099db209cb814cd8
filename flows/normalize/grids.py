"""Grids of cells: what is head and what is body, and the shape in which every row stands for itself.

Statistical tables are printed to save room: a head cell stretches over columns that hold nothing, two narrow tables
stand side by side under one head. Here each column gets its own head and each line one subject.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

Row = list[str]
_NUMBER = re.compile(r"^[-+−－±]?\s*[\d,，.]+\s*[%‰％]?$|^[-—－–─…]+$|^[-+]?\d[\d,.]*\s?[万亿]?[^\s\d年月日季时]{0,3}$")
_YEAR_CELL = re.compile(r"^(?:19|20)\d\d\s*年?(?:度)?$|^\d{1,2}(?:\s*[-—－~]\s*\d{1,2})?\s*月份?$")
_HEAD_ROWS = 6
_DEPENDENT = re.compile(r"^[（(]?(?:比|同比|环比|较|增|占|%|±)")  # says nothing without the head on its left
_COLUMN_NUMBER = re.compile(r"^[（(]?\d{1,2}[）)]?(?:\s*=.*)?$|^[（(]?[\d=+\-*/×÷%（）()]*=[\d=+\-*/×÷%（）()]*$")


def is_number(text: str) -> bool:
    """Whether a cell holds a value: a number with at most a short unit, or the dash that stands for none."""
    return bool(_NUMBER.match(text))


def head_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many rows are head: those above the first with a value beside its label, or with a label alone."""
    for index, row in enumerate(rows[:_HEAD_ROWS]):
        if any(text and is_number(text) and not _YEAR_CELL.match(text) for text in row[1:]):
            return index
        if index and row[0] and not any(row[1:]):
            return index
    return 1 if len(rows) > 1 else 0


def tidy(head: list[Row], body: list[Row]) -> tuple[list[Row], list[Row]]:
    """The grid without columns that only a stretched head fills, side-by-side halves stacked, heads completed."""
    body = [row for index, row in enumerate(body) if index > 1 or not _numbers_columns(row)]
    head, body = _drop_hollow(head, body)
    head = _complete(head)
    return _stack(head, body)


def _numbers_columns(row: Row) -> bool:
    """The row under the heads that numbers the columns and tells how they are computed: 1, 2, 3=2/1*100."""
    cells = [text for text in row[1:] if text]
    if row[0] not in ("", "栏次", "甲") or len(cells) < 2:
        return False
    return all(_COLUMN_NUMBER.match(text) for text in cells) and cells[0].strip("（）()") in ("1", "A")


def _drop_hollow(head: list[Row], body: list[Row]) -> tuple[list[Row], list[Row]]:
    width = max((len(row) for row in (*head, *body)), default=0)
    head, body = ([row + [""] * (width - len(row)) for row in part] for part in (head, body))
    if not body:
        return head, body
    kept: list[int] = []
    for x in range(width):
        repeated = bool(kept) and all(row[x] in ("", row[kept[-1]]) for row in head)
        if any(row[x] for row in body) or not repeated:
            kept.append(x)
    return [[row[x] for x in kept] for row in head], [[row[x] for x in kept] for row in body]


def _complete(head: list[Row]) -> list[Row]:
    """An empty cell of an upper head row belongs to the cell on its left, where the row below says more of it."""
    rows = [row for index, row in enumerate(head) if any(row[1:]) or index == len(head) - 1]
    for upper, lower in pairwise(rows):
        for x in range(2, len(upper)):
            if not upper[x] and _DEPENDENT.match(lower[x]):
                upper[x] = upper[x - 1]
    return rows


def _stack(head: list[Row], body: list[Row]) -> tuple[list[Row], list[Row]]:
    """Two or more tables side by side under one repeated head become one under it."""
    if not head or not body:
        return head, body
    width = len(head[0])
    for count in (2, 3, 4):
        part = width // count
        if part < 2 or width % count:
            continue
        if all(row[:part] * count == row for row in head) and not any(is_number(row[part]) for row in body):
            parts = [[row[i * part : (i + 1) * part] for row in body] for i in range(count)]
            return [row[:part] for row in head], [row for rows in parts for row in rows if any(row)]
    return head, body


def rebuild(cells: Sequence[str]) -> tuple[int, list[Row]] | None:
    """The grid of a table that a converter wrote one cell a line; None where the lines are no such table.

    ``cells`` are short lines: (names,) heads, then label, value, value, label, value, value … Returns how many lines
    before the head are names of the table, and the rows with the head first.
    """
    kinds = [is_number(text) and not _YEAR_CELL.match(text) for text in cells]
    if sum(kinds) < 3 or True not in kinds:
        return None
    first = kinds.index(True)
    shape = _shape(kinds[first:])
    if shape is None:
        return None
    labels, values = shape
    width = labels + values
    start = first - labels
    if start < width:
        return None
    rows = [list(cells[start - width : start])]
    at = start
    while at < len(cells):
        row = _next_row(cells, kinds, at, labels, values)
        if row is None:
            return None
        at += row[0]
        rows.append(row[1])
    return start - width, rows


def _shape(kinds: Sequence[bool]) -> tuple[int, int] | None:
    """(labels, values) of a row, by the commonest runs; None where fewer than half of the runs have that length."""
    runs: list[tuple[bool, int]] = []
    for kind in kinds:
        if runs and runs[-1][0] == kind:
            runs[-1] = kind, runs[-1][1] + 1
        else:
            runs.append((kind, 1))
    values = Counter(length for kind, length in runs if kind)
    labels = Counter(length for kind, length in runs if not kind)
    if not labels or len(runs) < 4:
        return None
    (label, label_count), (value, value_count) = labels.most_common(1)[0], values.most_common(1)[0]
    if label > 2 or value > 12 or 2 * label_count < sum(labels.values()) or 2 * value_count < sum(values.values()):
        return None
    return label, value


def _next_row(cells: Sequence[str], kinds: Sequence[bool], at: int, labels: int, values: int) -> tuple[int, Row] | None:
    """(cells used, row) at ``at``: a full row, a row short of values, or a label of its own; None where it breaks."""
    texts = 0
    while at + texts < len(cells) and not kinds[at + texts]:
        texts += 1
    numbers = 0
    while at + texts + numbers < len(cells) and kinds[at + texts + numbers]:
        numbers += 1
    if numbers > values or texts == 0:
        return None
    if texts > labels:
        alone = texts - labels if numbers else texts
        if alone > 2:
            return None
        return 1, [cells[at], *[""] * (labels + values - 1)]
    row = list(cells[at : at + texts]) + [""] * (labels - texts) + list(cells[at + texts : at + texts + numbers])
    return texts + numbers, row + [""] * (values - numbers)


_SPACED_ROW = re.compile(r"^(\S.*?)((?:\s+[-+−－]?\d[\d,]*(?:\.\d+)?[%％‰]?|\s+[-—－]+)+)$")


def rebuild_spaced(lines: Sequence[str]) -> tuple[int, int, list[Row]] | None:
    """The grid of a table whose rows are lines with spaces between the cells; None where there is none.

    Returns (lines before its head, lines used, rows with the head first). At least three rows that follow each other
    must end in the same number of values; the lines above them that hold none are the head, cell by cell, a bracket
    of its own being the unit of the cell before it.
    """
    matches = [_SPACED_ROW.match(line) for line in lines]
    counts = [len(match.group(2).split()) if match else 0 for match in matches]
    start = next((at for at, count in enumerate(counts) if count and counts[at : at + 3] == [count] * 3), None)
    if start is None:
        return None
    values, end = counts[start], start
    rows: list[Row] = []
    while end < len(lines) and (counts[end] == values or (not counts[end] and values in counts[end + 1 : end + 2])):
        match = matches[end]
        rows.append([match.group(1), *match.group(2).split()] if match else [lines[end], *[""] * values])
        end += 1
    for top in range(start - 1, max(-1, start - 2 * values - 4), -1):
        head = _spaced_head(lines[top:start])
        if len(head) == values + 1 and "单位" not in head[1]:
            return top, end - top, [head, *rows]
        if len(head) == values + 2 and "单位" in head[1]:
            return top, end - top, [head, *map(_with_unit, rows)]
        if len(head) > values + 2:
            break
    return start, end - start, rows


def _with_unit(row: Row) -> Row:
    """A row whose label ends in its unit (原 煤 万吨), the two apart."""
    label, _, unit = row[0].rpartition(" ")
    return [label, unit, *row[1:]] if label and any(row[1:]) else [row[0], "", *row[1:]]


def _spaced_head(lines: Sequence[str]) -> Row:
    head: Row = []
    for token in " ".join(lines).split():
        if (head and token[0] in "（(" and token[-1] in "）)") or (head and len(token) == 1 and len(head[-1]) == 1):
            head[-1] += token
        else:
            head.append(token)
    return head

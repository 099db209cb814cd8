"""Merged cells of a word processor's table: every cell once, under its own column.

A table that somebody drew by hand has more columns than it shows: a number stands in three of them merged, and two
tables under their own titles share one grid. Here the grid is cut at such titles, and keeps the columns in which a row
with numbers begins a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.normalize.grids import is_number

_TITLE_ROW = re.compile(r"^附?表\s*[\d一二三四五六七八九十]|(?:情况|明细|收支|执行)表$")


@dataclass(slots=True)
class MergedRow:
    """A row with the text of every grid column, merged cells repeated, and the columns in which its cells begin."""

    texts: list[str]
    starts: list[int]

    @property
    def holds_numbers(self) -> bool:
        """Whether a cell right of the label holds a value."""
        return any(self.texts[at] and is_number(self.texts[at]) for at in self.starts[1:])

    @property
    def is_title(self) -> bool:
        """Whether the only text of the row is the title of a table."""
        filled = {text for text in self.texts if text}
        return len(filled) == 1 and _TITLE_ROW.search(filled.pop()) is not None


def unmerged(rows: Sequence[MergedRow]) -> Iterator[list[list[str]]]:
    """The grids of one table, each full, without the columns that only merging made."""
    part: list[MergedRow] = []
    for row in rows:
        if row.is_title and any(r.holds_numbers for r in part):
            yield _grid(part)
            part = []
        part.append(row)
    if part:
        yield _grid(part)


def _grid(rows: Sequence[MergedRow]) -> list[list[str]]:
    width = max(len(row.texts) for row in rows)
    body = [row for row in rows if row.holds_numbers] or list(rows)
    columns = sorted({at for row in body for at in row.starts}) or list(range(width))
    return [_line(row, columns) for row in rows]


def _line(row: MergedRow, columns: Sequence[int]) -> list[str]:
    """The texts in the kept columns; a number only where its cell begins, words in every column that they stretch
    over."""
    begun = set(row.starts)
    found: list[str] = []
    for at in columns:
        text = row.texts[at] if at < len(row.texts) else ""
        found.append("" if at not in begun and text and is_number(text) else text)
    return found

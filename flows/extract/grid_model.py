"""The records of a table in running text, and the marks that its forms share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from flows.extract.units import read_unit

NUMBER_CELL: Final = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?[%‰]?$")
UNIT_LINE: Final = re.compile(r"(?:计量)?单位\s*[：:]\s*([^）\n]{1,20})")
STOP: Final = re.compile(r"[。；！？]")
SHORT: Final = 24
HEADER_WORD: Final = re.compile(
    r"单位|年|月|增|减|[%％]|预计|完成|金额|项\s*目|指标|名称|产量|绝对|比重|决算|预算|执行"
)


class Cell:
    """A cell at ``text[start:end]``."""

    __slots__ = ("end", "start", "text")

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text = text

    @property
    def is_number(self) -> bool:
        return bool(NUMBER_CELL.match(self.text))


# The head of a column of account numbers, and such a number (政府收支分类科目: three digits, then two a level).
CODE_HEAD: Final = re.compile(r"(?:[科项]目|功能分类|经济分类|预算)*\s*(?:编码|代码|编号)")
CODE: Final = re.compile(r"[12]\d\d(?:\d\d){0,2}$")


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
    codes: list[Cell] = field(default_factory=list)  # cells that number an account: 2010202


@lru_cache(maxsize=8192)
def unit_with_magnitude(word: str) -> tuple[str, str]:
    """(magnitude, whole) of a unit written with its magnitude: 万平方米 → 万, 万平方米; whole is empty for no unit."""
    match = re.match(r"[十百千]?[万亿]+|[百千](?![米克瓦伏升]|公顷)|", word)
    head = match[0] if match else ""
    unit = read_unit(word, len(head))
    return (head, head + unit) if unit else ("", "")


def is_year(word: str) -> bool:
    return len(word) == 4 and word.startswith(("19", "20")) and word.isdecimal()

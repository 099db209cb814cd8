"""Rows of a table that stand under another: what they are a part of, and what they take over from it.

其中：一般债务 under 2020年末地方政府债务余额 is 一般债务余额 of the same day; 其中：住宅 under 商品房销售额 is
住宅销售额.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from flows.extract.grid_model import Grid
from flows.extract.names import head_of
from flows.extract.words import ends_in_head

_AMONG: Final = re.compile(r"\s*其中[：:]?")
_NUMBERED: Final = re.compile(r"\s*[一二三四五六七八九十]{1,3}、")
_DATED: Final = re.compile(r"(?:19|20)\d\d年(?:末|底|度)?")
_RESIDENTS: Final = re.compile(
    r"[\s　]*(?:[#*]|其中[：:]?)?[\s　]*(?:城镇|农村|城市)(?:常住)?居民[\s　]*(?:（[^）]*）)?"
)
_OF_RESIDENTS: Final = re.compile(r"居民(?:人均|消费)")
_COMMON: Final = 2  # characters that a part and its whole share at least: 债务


def parents(grid: Grid) -> dict[int, int]:
    """Of each row that stands under another, the row above it: what 其中 opens, and in a table whose main rows are
    numbered (一、二、) every row that is not."""
    numbered = [bool(_NUMBERED.match(label)) for label, _, _ in grid.rows]
    outline = sum(numbered) > 1
    found: dict[int, int] = {}
    main: int | None = None
    for r, (label, _, _) in enumerate(grid.rows):
        if outline and numbered[r]:
            main = r
        elif outline and main is not None:
            found[r] = main
        elif _AMONG.match(label) and r:
            found[r] = r - 1
        elif r and _RESIDENTS.fullmatch(label):
            above = found.get(r - 1, r - 1)
            if _OF_RESIDENTS.search(grid.rows[above][0]):
                found[r] = above
    return found


@lru_cache(maxsize=4096)
def under(name: str, label: str, whole: str) -> str:
    """The name of a row under its whole: with what follows the word that both share (一般债务 of 政府债务余额), behind
    其中 with the head noun of the whole; else as it is."""
    if ends_in_head(name) or len(name) < _COMMON:
        return name
    for size in range(min(len(name), len(whole)) - 1, _COMMON - 1, -1):
        at = whole.rfind(name[-size:])
        if at >= 0 and at + size < len(whole):
            return name + whole[at + size :]
    return name + head_of(whole) if _AMONG.match(label) else name


@lru_cache(maxsize=4096)
def dated(label: str) -> tuple[str, str]:
    """The date that the label of a row opens with, and the label without it: 2020年末 of 2020年末债务余额."""
    match = _DATED.match(label)
    return (match[0], label[match.end() :]) if match and match.end() < len(label) else ("", label)

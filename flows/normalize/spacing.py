"""White space inside a block: which of it carries something.

Spaces beside digits, inside numbers and between single characters are the printer's; a space between two runs of words
may stand for a mark that was left out, so one is kept; in a stretch of bare numbers (a table flattened to text) spaces
and tabs are the borders of the cells, so one is kept there too. Of tabs all are kept, for a table has empty cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_BLANK: Final = "".join(chr(c) for c in range(0x21)) + "\x85\u1680\u2000\u2001\u2006\u2008\u2028\u2029\u205f"
_ONE_SPACE: Final = re.compile(r"[\s\x00-\x1f]")
_SPACE: Final = re.compile(r"[\s\x00-\x1f](?:[\s\x00-\x1f]+)?")  # so written, the engine looks for the first of them
_NUMBER: Final = r"-?\d[\d,]*(?:\.\d+)?"
_BARE_RUN: Final = re.compile(
    rf"(?:(?<=\s)|^){_NUMBER}(?:\s+{_NUMBER}){{2,}}(?=\s|$)|(?:(?<=\s)|^){_NUMBER}\s+{_NUMBER}(?=\s|$)"
)
# 加拿大 26 日本 20 本市居住地 奉贤 2 …: words and bare numbers in turn, a group's name before a word now and then
_PAIR: Final = rf"(?:[^\s\d，。；：、]{{2,14}}\s+){{1,2}}{_NUMBER}"
_PAIRS: Final = re.compile(rf"(?:(?<=\s)|^)(?:{_PAIR}\s+){{4,}}{_PAIR}(?=\s|$)")
# 粮食 万吨 93.0 1.1: a row of a table, its cells set apart by spaces
_ROW: Final = re.compile(
    rf"\s*[^\s\d，。；：]\S{{0,15}}(?:(?:\s+[^\s\d，。；：]{{1,8}})?(?:\s+{_NUMBER}){{2,}}|\s+-?\d+\.\d+)\s*$"
)
# 西陵区 1335 96.20: the like of it that no wrapped sentence is taken for
SPACED_ROW: Final = re.compile(rf"\s*[^\s\d，。；：]{{1,15}}(?:\s+{_NUMBER}%?){{2,}}\s*$")
_STOP: Final = re.compile(r"[。；！？]")


def kept_pieces(folded: str, slices: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of ``folded`` that a block keeps, in order: everything but white space, and of that, one character
    where it separates. ``slices`` are the lines of the block; nothing is kept between two lines."""
    kept: list[tuple[int, int]] = []
    for a, b in slices:
        if _ONE_SPACE.search(folded, a, b):
            _keep_line(folded, a, b, kept)
        elif b > a:
            kept.append((a, b))
    return kept


def _keep_line(folded: str, a: int, b: int, kept: list[tuple[int, int]]) -> None:
    """Adds what is kept of a line that holds white space."""
    line = folded[a:b]
    lead = len(line) - len(line.lstrip(_BLANK))
    line_end = len(line.rstrip(_BLANK))
    if line.find("\t", lead, line_end) >= 0:
        kept.extend(_tabs(line, a, 0, lead))  # cells left empty before the first that is not
    at, flat = lead, 0
    spread = _SPREAD.search(line) is not None and _is_spread(line)
    flats = [] if spread else [(0, len(line))] if "\t" in line or line.isascii() else _flat_regions(line)
    for gap in _SPACE.finditer(line, lead, line_end):
        if gap.start() > at:
            kept.append((a + at, a + gap.start()))
        while flat < len(flats) and flats[flat][1] < gap.start():
            flat += 1
        is_flat = flat < len(flats) and flats[flat][0] <= gap.start()
        if line.find("\t", gap.start(), gap.end()) >= 0:
            kept.extend(_tabs(line, a, gap.start(), gap.end()))
        elif spread and _in_number(line, gap.start(), gap.end()):
            pass
        elif _is_separator(line, gap.start(), gap.end(), is_flat):
            kept.append((a + gap.start(), a + gap.start() + 1))
        at = gap.end()
    if line_end > at:
        kept.append((a + at, a + line_end))


def _tabs(line: str, a: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Every tab of a gap: each is the border of a cell, and a cell may be empty."""
    return ((a + at, a + at + 1) for at in range(start, end) if line[at] == "\t")


def _is_separator(line: str, start: int, end: int, is_flat: bool) -> bool:
    """Whether the white space of this gap, which holds no tab, separates."""
    if not start or end == len(line):
        return False  # control characters at an edge of the line
    if is_flat:
        return not _ocr_decimal(line, start, end)
    before, after = line[start - 1], line[end]
    if after in "%‰":
        return False
    if (before.isdigit() or before == ".") and (after.isdigit() or after == ".") and _letterspaced(line, start, end):
        return False
    if _is_latin(before) and _is_latin(after):
        return not _ocr_decimal(line, start, end)
    if before in "，。；：、！？（“《" or after in "，。；：、！？）”》%‰" or _is_digit(after) or before in "-—":
        return False
    if _is_digit(before) or before in "万亿" or after in "万亿":
        return False
    return not _single(line, start, end)


def _ocr_decimal(line: str, start: int, end: int) -> bool:
    """``8. 1%``: a decimal that the scanner set apart."""
    return (
        line[start - 1] == "."
        and start > 1
        and line[start - 2].isdigit()
        and bool(re.match(r"\d{1,2}(?!\d)\s*(?:%|个百分点|[万亿倍吨元])", line[end : end + 8]))
    )


def _letterspaced(line: str, start: int, end: int) -> bool:
    """``4 . 5 %`` among 增 长: every character of the stretch stands alone, the figure too."""
    around = line[max(0, start - 8) : end + 6].split(" ")[1:-1]
    return len(around) >= 3 and all(len(token) == 1 for token in around) and "." in line[start - 3 : end + 3]


# 1 9 9 7 年, 2 2 .4 万: a line of prose in which every digit stands alone
_SPREAD: Final = re.compile(r"\d(?<![\d.]\d) (?:\d \d|\.\d)")
_TOGETHER: Final = re.compile(r"\d\d")


def _is_spread(line: str) -> bool:
    """Whether the printer set the digits of a line apart, all but a few."""
    return not _FLAT_MARK.search(line) and 10 * len(_TOGETHER.findall(line)) <= len(_APART.findall(line))


_APART: Final = re.compile(r"(?<=\d) (?=\.?\d)")
_FLAT_MARK: Final = re.compile(r"\t|^[^，。；]*$")


def _in_number(line: str, start: int, end: int) -> bool:
    return (line[start - 1].isdigit() or line[start - 1] == ".") and (line[end].isdigit() or line[end] == ".")


def _is_latin(c: str) -> bool:
    return c.isascii() and (c.isalnum() or c in ".%-+/)&\"'")


def _is_digit(c: str) -> bool:
    return c.isascii() and c.isdigit()


def _single(line: str, start: int, end: int) -> bool:
    """Letterspaced words (报 告): a single character stands between two gaps."""
    left_alone = start < 2 or line[start - 2].isspace()
    right_alone = end + 1 >= len(line) or line[end + 1].isspace() or line[end + 1] in "，。；：、"
    return left_alone or right_alone


def _flat_regions(line: str) -> list[tuple[int, int]]:
    """Stretches of the line that are a table flattened to text: three and more bare numbers in a row, or several
    pairs, with the words between them."""
    if _ROW.match(line):
        return [(0, len(line))]
    if line.count(" ") <= 5:
        return []
    pairs = [(max(0, m.start() - 60), m.end()) for m in _PAIRS.finditer(line)]
    runs = [m.span() for m in _BARE_RUN.finditer(line)]
    if not runs:
        return _merged(pairs)
    joined: list[list[int]] = []
    for a, b in runs:
        if joined and not _STOP.search(line, joined[-1][1], a) and a - joined[-1][1] <= 80:
            joined[-1][1] = b
            joined[-1][2] += 1
        else:
            joined.append([a, b, 1])
    regions = []
    for a, b, n in joined:
        if n >= 2 or len(line[a:b].split()) >= 3:
            floor = max(0, a - 200)
            stops = [m.end() for m in _STOP.finditer(line, floor, a)]
            regions.append((stops[-1] if stops else floor, b))
    return _merged(regions + pairs)


def _merged(regions: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The regions in order, those that touch as one."""
    merged: list[tuple[int, int]] = []
    for a, b in sorted(regions):
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return merged

"""A PDF page to lines: what pdfium says of each character, put together by where it stands.

pypdfium2 was taken over pdfplumber: the same text on the 12 reference files, 15 to 40 times as fast, and its content
order follows the articles of a newspaper page. A line is a run of characters on one baseline that follow each other in
the content; a *chunk* is a part of it without a wide gap, which is a cell in a table row.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MAX_CHARACTERS = 200_000  # of a page; the fullest newspaper page of the reference folder has 12,362
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_MARK = re.compile(r"^[\[［(（]?(?:\d{1,2}|[①-⑳])[\]］)）]?$")
_GAP = 1.3  # em: wider than the space after 一、 in a heading, narrower than any gutter of a table
_BLANK = frozenset((0xA0, 0xAD, 0x200B, 0x3000, 0xFFFE, 0xFFFF))
_INNER_GAP = 0.3  # em: may be the gutter between two head cells that touch the width of their columns
_GAP_OF_NUMBERS = 0.8  # em: two numbers that far apart are never one


@dataclass(slots=True)
class Char:
    """One character: its box in points, y upwards, and its size."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def em(self) -> float:
        return self.y1 - self.y0


@dataclass(slots=True)
class Chunk:
    """A part of a line without a wide gap; ``starts`` are the left edges of the pieces of its text."""

    text: str
    x0: float
    x1: float
    starts: list[tuple[int, float]] = field(default_factory=list)  # (offset in text, x) after each inner gap

    def cut(self, at: int) -> tuple[Chunk, Chunk]:
        """The chunk in two, at one of ``starts``."""
        x = dict(self.starts)[at]
        left = Chunk(self.text[:at].strip(), self.x0, x - 0.1, [s for s in self.starts if s[0] < at])
        right = Chunk(self.text[at:].strip(), x, self.x1, [(o - at, s) for o, s in self.starts if o > at])
        return left, right


@dataclass(slots=True)
class Line:
    """A line with its chunks; ``size`` is the median height of its characters."""

    chunks: list[Chunk]
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    page: int
    bold: bool = field(default=False)

    @property
    def text(self) -> str:
        return _glue([chunk.text for chunk in self.chunks])

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


def _glue(parts: Sequence[str]) -> str:
    joined = ""
    for part in parts:
        space = " " if joined and not (_WIDE.match(joined[-1]) and _WIDE.match(part[:1])) else ""
        joined += space + part
    return joined


def characters(page: pdfium.PdfPage, limit: int = MAX_CHARACTERS) -> list[Char]:
    """The characters of a page that show, in the order of its content; blanks are left out, gaps tell of them."""
    textpage = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    rect = raw.FS_RECTF()
    found: list[Char] = []
    try:
        for index in range(min(textpage.count_chars(), limit)):
            code = raw.FPDFText_GetUnicode(textpage, index)
            if 0xD800 <= code < 0xDC00:  # pdfium gives characters beyond the basic plane as two halves
                low = raw.FPDFText_GetUnicode(textpage, index + 1)
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) if 0xDC00 <= low < 0xE000 else 0
            if code <= 0x20 or code in _BLANK or 0xDC00 <= code < 0xE000:
                continue
            if not raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(rect)):
                continue
            box = rect.left, rect.bottom, rect.right, rect.top
            if box[3] <= box[1]:
                raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
                box = left.value, bottom.value, right.value, top.value
            found.append(Char(chr(code), *box))
    finally:
        textpage.close()
    return found


def lines_of(chars: Sequence[Char], page: int) -> list[Line]:
    """The lines of a page in the order of its content. Raised note marks and powers are resolved."""
    lines: list[Line] = []
    current: list[Char] = []
    for char in chars:
        if current and not _follows(current, char):
            lines.append(_line(current, page))
            current = []
        current.append(char)
    if current:
        lines.append(_line(current, page))
    return [line for line in lines if line.chunks]


def _follows(current: Sequence[Char], char: Char) -> bool:
    """Whether a character goes on with the line: on its height, and to the right of it."""
    last = current[-1]
    tall = max(current, key=lambda other: other.em) if len(current) < 4 else last
    overlap = min(tall.y1, char.y1) - max(tall.y0, char.y0)
    return overlap > 0.4 * min(tall.em, char.em) and char.x0 > last.x0 - 0.3 * last.em


def _line(chars: list[Char], page: int) -> Line:
    size = median(char.em for char in chars)
    kept = _without_marks(chars, size)
    em = _em(kept, size)
    chunks: list[Chunk] = []
    for index, char in enumerate(kept):
        before = kept[index - 1] if index else None
        gap = char.x0 - before.x1 if before else 0.0
        if before is None or gap > em * (_GAP_OF_NUMBERS if _numbers(before, char) else _GAP):
            chunks.append(Chunk(char.text, char.x0, char.x1))
            continue
        chunk = chunks[-1]
        if gap > _INNER_GAP * em:
            chunk.starts.append((len(chunk.text), char.x0))
        chunk.text += (" " if _spaced(before, char, gap, em) else "") + char.text
        chunk.x1 = max(chunk.x1, char.x1)
    if not kept:
        return Line([], 0, 0, 0, 0, size, page)
    return Line(
        chunks,
        min(char.x0 for char in kept),
        max(char.x1 for char in kept),
        median(char.y0 for char in kept),
        median(char.y1 for char in kept),
        em,
        page,
    )


def _em(chars: Sequence[Char], size: float) -> float:
    """The width of a full-width character; three quarters of the box height where the line has none."""
    wide = [char.x1 - char.x0 for char in chars if _WIDE.match(char.text) and char.x1 > char.x0]
    return median(wide) if wide else 0.8 * size


def _numbers(before: Char, char: Char) -> bool:
    return before.text in "0123456789.%％）)" and char.text in "0123456789-－+"


def _spaced(before: Char, char: Char, gap: float, em: float) -> bool:
    """Whether a gap inside a chunk is a space: between words of letters, and between numbers far apart."""
    if _WIDE.match(before.text) or _WIDE.match(char.text):
        return False
    return gap > em * (0.5 if before.text.isdigit() and char.text.isdigit() else 0.2)


def _without_marks(chars: list[Char], size: float) -> list[Char]:
    """The line without the small raised marks that point to notes; a raised 2 or 3 after m or 米 is a power."""
    kept: list[Char] = []
    index = 0
    while index < len(chars):
        end = index
        while end < len(chars) and chars[end].em < 0.78 * size and end - index < 5:
            end += 1
        mark = "".join(char.text for char in chars[index:end])
        raised = end > index and chars[index].y0 > median(char.y0 for char in chars) + 0.15 * size
        if raised and _MARK.match(mark) and kept:
            if kept[-1].text in "mM米" and mark in "23":
                kept[-1].text += {"2": "²", "3": "³"}[mark]
            index = end
            continue
        kept.append(chars[index])
        index += 1
    return kept

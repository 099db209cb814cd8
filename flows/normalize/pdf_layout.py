"""Lines of PDF pages to blocks: furniture dropped, hard wraps joined, tables, headings by size, articles in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from flows.normalize.blocks import Block, paragraph, table_blocks
from flows.normalize.grids import is_number
from flows.normalize.pdf_chars import Chunk, Line
from flows.normalize.pdf_tables import Rules, grid_of, table_runs

_FOLIO = re.compile(r"^[\s—–\-－·.•~]*(?:第\s*)?[\dⅠⅡⅢIVX]{1,4}\s*(?:页|/\s*\d+)?(?:\s*共\s*\d+\s*页)?[\s—–\-－·.•~]*$")
_TERMINAL = re.compile(r"[。！？；：…][”’）】》」]*$")
_LEADERS = re.compile(r"[…·.]{6,}\s*\d{0,4}$|…{3,}")
_STARTS = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}\s*、|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]+[章节部、，]|[①-⑳]"
    r"|\d{1,2}[.．、](?!\d)|——|[\[［]\d{1,2}[\]］]|注[:：]|表\s*\d|图\s*\d)"
)
_MARGIN = 0.10  # of the page height: where page numbers and running heads stand
_HEADING_SIZE = 1.22  # times the size of the body
_NOTE_SIZE = 0.86
_APART = 3.0  # em between two headings on one height
_WORDS = re.compile(r"[\u4e00-\u9fff“”‘’、，！？（）《》 ]{4,}")


@dataclass(slots=True)
class Page:
    """One page: its lines in content order, its size, its rules."""

    number: int
    width: float
    height: float
    lines: list[Line]
    rules: Rules


def blocks_of(pages: Sequence[Page]) -> list[Block]:
    """The blocks of a document in reading order."""
    furniture = _running_heads(pages)
    body = _body_size(pages)
    flow = _Flow(body)
    for page in pages:
        lines = [line for line in page.lines if not _is_furniture(line, page, furniture)]
        flow.take(in_reading_order(lines), page)
    return flow.finish()


def _body_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _at_margin(line: Line, page: Page) -> bool:
    return line.middle > page.height * (1 - _MARGIN) or line.middle < page.height * _MARGIN


def _running_heads(pages: Sequence[Page]) -> set[str]:
    """Texts, digits apart, that stand in the margin of at least three pages and of a quarter of all."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in page.lines if _at_margin(line, page)})
    return {text for text, count in seen.items() if count >= 3 and count * 4 >= len(pages)}


def _is_furniture(line: Line, page: Page, heads: set[str]) -> bool:
    if _LEADERS.search(line.text) and len(line.text) > 8:
        return True  # a line of the table of contents
    if re.match(r"^\s*[—–\-－·]{1,3}\s*\d{1,4}\s*[—–\-－·]{1,3}\s*$", line.text):
        return True
    return _at_margin(line, page) and bool(_FOLIO.match(line.text) or _shape(line) in heads)


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines as they are read: as the content has them, unless it jumps up within a column again and again."""
    jumps = 0
    for above, below in pairwise(lines):
        overlap = min(above.x1, below.x1) - max(above.x0, below.x0)
        narrow = max(1.0, min(above.x1 - above.x0, below.x1 - below.x0))
        if overlap > 0.5 * narrow and below.middle > above.middle + 1.5 * below.size:
            jumps += 1
    if jumps <= max(2, len(lines) // 20):
        return list(lines)
    return sorted(lines, key=lambda line: (-round(line.middle / max(1.0, 0.5 * line.size)), line.x0))


class _Flow:
    """Joins lines to paragraphs over columns and pages."""

    def __init__(self, body: float) -> None:
        self.body = body
        self.blocks: list[Block] = []
        self.notes: list[Block] = []
        self.open: list[Line] = []
        self.left, self.right = 0.0, 0.0

    def take(self, lines: Sequence[Line], page: Page) -> None:
        """The lines of one page, without its furniture."""
        lines = lines[self._go_on_with_table(lines, page) :]
        runs = table_runs(lines, page.rules)
        at = 0
        for start, end in [*runs, (len(lines), len(lines))]:
            self._prose([part for line in lines[at:start] for part in _apart(line)], page)
            if start < end:
                self._close()
                grid, heads = grid_of(lines[start:end], page.rules)
                self.blocks += table_blocks(grid, heads, page.number)
            at = end

    def _go_on_with_table(self, lines: Sequence[Line], page: Page) -> int:
        """Take the rows at the top of a page that go on with the table of the page before; how many lines they were."""
        if self.open or not self.blocks or self.blocks[-1].role != "table_row":
            return 0
        width = self.blocks[-1].text.count("\t") + 1
        taken = 0
        for line in lines:
            texts = [chunk.text for chunk in line.chunks]
            if len(texts) != width or not all(map(is_number, texts[-1:])) or is_number(texts[0]):
                break
            self.blocks.append(Block("table_row", "\t".join(texts), page.number, tight=True))
            taken += 1
        return taken

    def finish(self) -> list[Block]:
        """All blocks; the last paragraph and notes included."""
        self._close()
        return self.blocks

    def _prose(self, lines: Sequence[Line], page: Page) -> None:
        for index, line in enumerate(lines):
            left, right = _column(lines, index)
            if self.open and not self._continues(self.open[-1], line, left):
                self._close()
            self.open.append(line)
            self.left, self.right = left, right

    def _continues(self, above: Line, line: Line, left: float) -> bool:
        """Whether a line goes on with the paragraph of the line before it."""
        if abs(above.size - line.size) > 0.12 * max(above.size, line.size):
            return False
        if _STARTS.match(line.text) and (_TERMINAL.search(above.text) or self._short(above)):
            return False
        heading = line.size > _HEADING_SIZE * self.body
        below = above.middle - line.middle > 0
        if above.page == line.page and below:
            gap = (above.middle - line.middle) / max(1.0, line.size)
            overlap = min(above.x1, line.x1) - max(above.x0, line.x0)
            if gap > 2.9 or overlap <= 0:
                return False
            if heading:
                return gap < 2.0 and len(line.text) + len(above.text) <= 60
        elif heading:
            return False
        if line.x0 > left + 1.1 * line.size and not self._indented_alike(above, line):
            return False
        return not self._short(above)

    def _indented_alike(self, above: Line, line: Line) -> bool:
        return len(self.open) > 1 and abs(above.x0 - line.x0) < 0.5 * line.size and not _TERMINAL.search(above.text)

    def _short(self, line: Line) -> bool:
        """Whether a line stops before its column does: it ends a paragraph.

        Where lines are not set flush, one that fills most of the column and stops inside a sentence does not.
        """
        if line.x1 >= self.right - 1.8 * line.size:
            return False
        inside = "，" in "".join(other.text for other in self.open) and not _TERMINAL.search(line.text)
        return not (inside and line.x1 - line.x0 > 0.6 * (self.right - self.left))

    def _close(self) -> None:
        if not self.open:
            return
        lines, self.open = self.open, []
        text = _joined(lines)
        size = median(line.size for line in lines)
        box = (
            min(line.x0 for line in lines),
            min(line.y0 for line in lines),
            max(line.x1 for line in lines),
            max(line.y1 for line in lines),
        )
        if lines[0].page == 1 and not self.blocks and "星期" in text:
            self.blocks.append(Block("furniture", text, 1, box))  # the head line of a newspaper page
            return
        block = paragraph(text, lines[0].page, box if lines[0].page == lines[-1].page else None)
        if block is None:
            return
        if size > _HEADING_SIZE * self.body and len(block.text) <= 80 and not _TERMINAL.search(block.text):
            block = Block("heading", block.text, block.page, block.bbox)
        elif size < _NOTE_SIZE * self.body and re.match(r"[\[［]?\d{1,2}[\]］ ]|[①-⑳]|注", block.text):
            self.notes.append(Block("note", block.text, block.page, block.bbox))
            return
        self.blocks.append(block)
        self.blocks += self.notes
        self.notes = []


def _apart(line: Line) -> list[Line]:
    """A line of prose in two where headings of neighbouring articles stand on one height, set one after the other."""
    parts: list[list[Chunk]] = []
    for chunk in line.chunks:
        wide = bool(parts) and chunk.x0 - parts[-1][-1].x1 > _APART * line.size
        if wide and _WORDS.fullmatch(chunk.text) and _WORDS.fullmatch(parts[-1][-1].text):
            parts.append([chunk])
        elif parts:
            parts[-1].append(chunk)
        else:
            parts.append([chunk])
    if len(parts) == 1:
        return [line]
    return [replace(line, chunks=part, x0=part[0].x0, x1=part[-1].x1) for part in parts]


def _column(lines: Sequence[Line], index: int) -> tuple[float, float]:
    """Left and right edge of the column a line stands in, from the lines around it that overlap it."""
    line = lines[index]
    near = [
        other
        for other in lines[max(0, index - 12) : index + 13]
        if min(other.x1, line.x1) >= max(other.x0, line.x0) and abs(other.size - line.size) < 0.2 * line.size
    ]
    near = near or [line]  # a damaged font gives a line without width
    usual = median(other.x1 - other.x0 for other in near)
    same = [other for other in near if other.x1 - other.x0 <= 1.4 * usual] or [line]
    return min(other.x0 for other in same), max(other.x1 for other in same)


def _joined(lines: Sequence[Line]) -> str:
    text = ""
    for line in lines:
        part = line.text
        letters = text[-1:].isascii() and text[-1:].isalpha() and part[:1].isascii() and part[:1].isalpha()
        text += (" " if letters else "") + part
    return text

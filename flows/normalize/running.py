"""Source text to running text: lines broken by a column joined again, spaces that carry nothing dropped, blocks given
their roles, and an offset map that is one to one on every character that is not white space.

What is known of the page is little: a line that is as wide as its neighbours and ends without a mark was broken there;
a short line without a mark is a heading, a caption or a table cell; a blank line in the middle of a sentence is the
foot of a column. Page furniture (— 3 —, [page 3]) that stands inside a paragraph is set after it.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from flows.normalize.characters import fold, width
from flows.normalize.collection import without_collection
from flows.normalize.model import Role, RunningText, SourceText, Span
from flows.normalize.spacing import SPACED_ROW, kept_pieces

_FURNITURE: Final = re.compile(
    r"\s*(?:[—-]\s*\d{1,4}\s*[—-]|\[page \d+\]|第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d+\s*页)?)\s*$"
)
_HEADING_START: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]+[章节部]|\d{1,2}[.．、](?!\d))"
)
_BYLINE: Final = re.compile(r"\s*(?:本报讯|记者|通讯员|来源[：:]|作者[：:]|责任编辑|编辑[：:]|发布时间|发布日期)")
_BARE_NUMBER: Final = re.compile(r"\s*-?\d[\d,]*(?:\.\d+)?%?\s*$")
# A line never begins with these: it goes on with the number or the clause of the line above.
_GOES_ON: Final = re.compile(
    r"[，。；：、）”》%‰]|(?:[万亿]?元|[万亿]+[元人吨千户个立平公]|[余多](?:[个名户家件人项万亿元]))"
)
# Heads of columns and the line of units, each on a line of its own: 2018年执行数, 金额单位：万元
_OF_TABLE: Final = re.compile(
    r"\s*(?:(?:(?:19|20)\d\d\s*年?度?\s*)?(?:年\s*初|调\s*整|变\s*动|汇\s*总|快\s*报)?\s*(?:预\s*算|决\s*算|执\s*行|完\s*成)\s*数"
    r"|(?:金额|数量)?单位\s*：\s*\S{1,6}|(?:增\s*[收支减长]|金)\s*额?|增\s*幅|(?:收\s*入|支\s*出|预\s*算)?\s*[项科]\s*目|地\s*区)\s*(?:（[^）]{1,8}）)?\s*$"
)
_PROSE: Final = re.compile(r"[，。；]")
_SOON_MARKED: Final = re.compile(r"\s*[^，。；]{0,30}[，。；]")
_DIGITS: Final = re.compile(r"\d+")
_URL_LINE: Final = re.compile(r"\s*https?://\S+\s*$")
_CONTROLS: Final = re.compile(r"[\r\x00-\x08]")
_LINE_ENDS: Final = "\r\n\x85\u2028\u2029\x1c\x1d\x1e"
_FURNITURE_ENDS: Final = frozenset("—-]页")
_BYLINE_STARTS: Final = frozenset("本记通来作责编发")
_TERMINALS: Final = frozenset("。！？；：…”’）】》")
_VERY_LONG: Final = 400  # characters of a line whose width says nothing of a column
_SHARED_LENGTH: Final = 1 << 20
_shared_places = array("i")


class _Line:
    """A line of the file: its place, its words, and the last character that is no white space (empty for a blank
    line)."""

    __slots__ = ("_cells", "end", "last", "start", "text")

    def __init__(self, start: int, end: int, text: str, last: str) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.last = last
        self._cells = -1

    @property
    def cells(self) -> int:
        """How wide it is, in half-width cells; 800 for a very long one."""
        if self._cells < 0:
            words = self.text.rstrip()
            self._cells = width(words) if len(words) < _VERY_LONG else 2 * _VERY_LONG
        return self._cells

    @property
    def is_furniture(self) -> bool:
        return self.last in _FURNITURE_ENDS and _FURNITURE.match(self.text) is not None

    @property
    def is_number(self) -> bool:
        """A number alone."""
        return self._ends_in_number and _BARE_NUMBER.match(self.text) is not None

    @property
    def is_row(self) -> bool:
        """Words and the numbers of their row."""
        return self._ends_in_number and SPACED_ROW.match(self.text) is not None

    @property
    def _ends_in_number(self) -> bool:
        return self.last.isdigit() or self.last == "%"

    @property
    def is_url(self) -> bool:
        return "://" in self.text and _URL_LINE.match(self.text) is not None


class _Draft:
    """A block in the making: the slices of the source that it joins."""

    __slots__ = ("furniture", "page", "role", "slices")

    def __init__(self, slices: list[tuple[int, int]], role: Role = "paragraph", page: int | None = None) -> None:
        self.slices = slices
        self.role: Role = role
        self.page = page
        self.furniture: list[_Draft] = []


@without_collection
def running_text(source: SourceText) -> RunningText:
    """Running text, offset map and blocks of a decoded file.

    Where the reader gave blocks (``source.spans``) they are kept; a plain text gets its blocks from its lines. Raises
    nothing: any string has a running text.
    """
    folded = fold(source.text)
    drafts = list(_given(source, folded)) if source.spans else list(_found(folded))
    pieces: list[str] = []
    places = _places(len(folded))
    offsets = array("i")
    blocks: list[Span] = []
    length = 0
    for draft in drafts:
        for part in (draft, *draft.furniture) if draft.furniture else (draft,):
            start = length
            for a, b in kept_pieces(folded, part.slices):
                pieces.append(folded[a:b])
                offsets.extend(places[a:b])
                length += b - a
            if length == start:
                continue
            blocks.append(Span(start, length, part.role, part.page))
            pieces.append("\n")
            offsets.append(part.slices[-1][1] if part.slices[-1][1] < len(folded) else max(0, len(folded) - 1))
            length += 1
    offsets.append(len(folded))
    text = _CONTROLS.sub(" ", "".join(pieces))
    return RunningText(text, offsets, source.text, tuple(blocks))


def _places(length: int) -> array[int]:
    """0, 1, 2 … at least up to ``length``, to copy stretches from; short ones are made once for all texts."""
    global _shared_places
    if length > _SHARED_LENGTH:
        return array("i", range(length))
    if len(_shared_places) < length:
        _shared_places = array("i", range(min(2 * length, _SHARED_LENGTH)))
    return _shared_places


def _given(source: SourceText, folded: str) -> Iterator[_Draft]:
    for span in source.spans:
        if span.end > span.start:
            yield _Draft([(span.start, span.end)], span.role, span.page)


def _found(folded: str) -> Iterator[_Draft]:
    """Blocks of a plain text, from the look of its lines."""
    lines = _lines(folded)
    full = [line for line in lines if line.last]
    narrow = _narrow(full)
    wrapped = bool(narrow) or _is_wrapped(full)
    page: int | None = None
    draft: _Draft | None = None
    last: _Line | None = None
    gap = False
    for i, line in enumerate(lines):
        if not line.last:
            gap = True
            continue
        if line.is_furniture:
            number = _DIGITS.search(line.text)
            if "page" in line.text and number:
                page = int(number[0])
            target = _Draft([(line.start, line.end)], "furniture", page)
            if draft is not None:
                draft.furniture.append(target)
            else:
                yield target
            gap = True
            continue
        if draft is not None and last is not None and wrapped and _continues(last, line, gap, lines, i, narrow):
            draft.slices.append((line.start, line.end))
        else:
            if draft is not None:
                yield draft
            draft = _Draft([(line.start, line.end)], _role(line, first=draft is None), page)
        last, gap = line, False
    if draft is not None:
        yield draft


def _lines(folded: str) -> list[_Line]:
    lines = []
    at = 0
    for raw in folded.splitlines(keepends=True):
        text = raw.rstrip(_LINE_ENDS)
        lines.append(_Line(at, at + len(text), text, text.rstrip()[-1:]))
        at += len(raw)
    return lines


def _is_wrapped(full: list[_Line]) -> bool:
    """Whether the file as a whole was broken into columns: many lines stop without a mark beside one as wide."""
    open_ended = sum(
        1 for a, b in pairwise(full) if a.last not in _TERMINALS and _PROSE.search(a.text) and _PROSE.search(b.text)
    )
    if open_ended >= 3:
        return True  # sentences that stop in the middle and go on below, whatever tables stand between
    broken = sum(
        1
        for a, b in pairwise(full)
        if a.last not in _TERMINALS
        and (abs(a.cells - b.cells) <= 4 or abs(len(a.text) - len(b.text)) <= 1)
        and 14 <= a.cells <= 120
    )
    return broken >= 2 and broken * 5 >= len(full)


def _narrow(full: list[_Line]) -> int:
    """The length that most lines share, in characters, where a page is set in a column of four to nine; else 0, also
    where the lines are the cells of a table: 150.31, 104.22."""
    if len(full) < 6 or all("\t" in line.text for line in full) or 2 * sum(x.is_number for x in full) > len(full):
        return 0
    width_of, count = Counter(len(line.text) for line in full if "\t" not in line.text).most_common(1)[0]
    return width_of if 4 <= width_of < 10 and count * 10 >= len(full) * 6 and count > 5 else 0


def _continues(last: _Line, line: _Line, gap: bool, lines: list[_Line], i: int, narrow: int) -> bool:
    """Whether ``line`` goes on with the sentence that ``last`` left open."""
    ruled = "\t" in line.text or "\t" in last.text
    if narrow and not gap and not ruled and abs(len(last.text) - narrow) <= 1 and last.last not in "。！？":
        return True  # a column as narrow as this breaks everything, numbers too
    if ruled or any(x.is_number or x.is_row or _OF_TABLE.match(x.text) for x in (last, line)):
        return False
    if _HEADING_START.match(line.text) or last.is_url or line.is_url:
        return False
    if _GOES_ON.match(line.text) and not gap:
        return True
    if gap:
        return last.last not in _TERMINALS and _is_full(last, line, lines, i, 4) and _mid_sentence(last, line)
    if last.last in "。！？":
        return False
    if _PROSE.search(last.text) and last.last not in "；：":
        return True  # prose that stops without a mark was broken there, however short the line
    return _is_full(last, line, lines, i, 8)


def _is_full(last: _Line, line: _Line, lines: list[_Line], i: int, slack: int) -> bool:
    near = [x for x in lines[max(0, i - 4) : i + 3] if x.last and not x.is_furniture]
    widest = max((x.cells for x in near), default=0)
    length = len(last.text.rstrip())
    if length >= 7 and length >= max((len(x.text.rstrip()) for x in near), default=0) - 1:
        return True  # as many characters as its neighbours: a column counted in characters
    return last.cells >= 14 and last.cells >= widest - min(slack, max(4, widest // 6))


def _mid_sentence(last: _Line, line: _Line) -> bool:
    """A blank line is the foot of a column where the widths agree, or the next line finishes a sentence."""
    return abs(last.cells - line.cells) <= 4 or _SOON_MARKED.match(line.text) is not None


def _role(line: _Line, first: bool) -> Role:
    text = line.text.strip()
    if "\t" in text:
        return "table_row"
    if text[0] in _BYLINE_STARTS and line.cells <= 80 and _BYLINE.match(text):
        return "byline"
    if line.last in _TERMINALS or line.cells > 70:
        return "paragraph"
    if first and not line.is_url:
        return "title"
    if line.is_number:
        return "table_row"
    return "paragraph" if _PROSE.search(text) else "heading"

"""Blocks: what every reader but that of plain text makes of a file, and how they become one text with roles.

One block a line, a blank line between blocks; the lines of a table (caption, unit, head, rows) follow each other
directly. Marks that no figure may be read from are taken out here, once for all formats: footnote marks, the stray
digits of arrow fonts, tails of comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flows.normalize.grids import head_rows, rebuild, rebuild_spaced, tidy
from flows.normalize.model import Role, Span

Box = tuple[float, float, float, float]
UNIT_LINE = re.compile(r"(?:金额)?(?:计量)?单位\s*[:：]\s*\S{1,24}$")
_TABLE_NAME = re.compile(r"^\s*(?:附?表\s*[\d一二三四五六七八九十]+|[（(]?[续附]表)")
_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}\s*、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节部篇])"
)
_SECTION = re.compile(r"^(?:[一二三四五六七八九十]{1,3}\s*、|\d{1,2}[.．、]|图\s*\d|表\s*\d|附)")
_NOTE = re.compile(r"^\s*(?:注(?:释)?\s*[:：\d]|[\[［]\d{1,2}[\]］]|(?:说明|备注|资料来源|数据来源)\s*[:：])")
_MARK = re.compile(r"(?<=[\u4e00-\u9fff”）)%》])\s?[\[［]\d{1,2}[\]］]")
_MARK_BEFORE_YEAR = re.compile(r"(?<![\d.,—-])\d{1,2}(?=(?:19|20)\d\d\s?年)")
_COMMENT_TAIL = re.compile(
    r"(?:<!--)?\s*/?(?:enp\w*|npm:[\w-]*|</?founder-[\w-]*>?)[^\u4e00-\u9fff]{0,60}?--+>|^\s*--+>"
)
_BREADCRUMB = re.compile(r"^\s*(?:您?(?:当前|现在)?(?:所在)?(?:的)?位置\s*[:：]|首页\s*[>»]|\S{2,20}-->>)")
_BYLINE = re.compile(
    r"^\s*(?:发布(?:时间|日期|机构)|(?:信息|文章|稿件)?来源|作者|浏览(?:次数|量)?|责任编辑|编辑|索引号|字号|时间|日期)\s*[:：]"
    r"|^\s*(?:本报)?记者[\s　]\S|^\s*通讯员[\s　:：]\S|^\s*\d{4}-\d\d-\d\d(?:\s+[\d:]+)?\s*(?:出处|来源)\s*[:：]"
)
# Words of the page's own controls, with the stray digits of its arrow font; a digit alone is a cell, not a control.
_CONTROL = (
    "[上下]一[版篇期]|放大|缩小|默认|打印(?:本页)?|关闭(?:窗口)?|返回(?:主页|首页|目录|顶部)"
    "|版面导航|标题导航|分享到?|收藏|字体[:：]?|[大中小]"
)
_FILLER = r"[\s　\d\[【(（|】）)\]<>»]*"
_NAVIGATION = re.compile(rf"^{_FILLER}(?:(?:{_CONTROL}){_FILLER})+$|^[Xx×]$")
_SPACES = re.compile(r"[ \t\u00a0\u3000\u2002-\u200a]+")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffc\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, table row …; ``tight`` binds it to the line above without a blank line."""

    role: Role
    text: str
    page: int | None = None
    bbox: Box | None = None
    tight: bool = False


def clean(text: str) -> str:
    """A block's text on one line: spaces folded, invisible characters, footnote marks and comment tails gone."""
    text = _INVISIBLE.sub("", text.replace("\r", "\n"))
    text = re.sub(r"\s*\n\s*", _joint, text.strip())
    text = _SPACES.sub(" ", _COMMENT_TAIL.sub("", text)).strip()
    return _MARK_BEFORE_YEAR.sub("", _MARK.sub("", text))


def _joint(match: re.Match[str]) -> str:
    """What a line break of the markup stands for: nothing beside a wide character, else a space."""
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    return " " if before < "\u2e80" and after < "\u2e80" else ""


def cell(text: str) -> str:
    """A table cell's text: as ``clean``, and without a tab."""
    return clean(text).replace("\t", " ")


def paragraph(text: str, page: int | None = None, bbox: Box | None = None) -> Block | None:
    """A block for a line of running text with the role that its words show; None where nothing is left of it."""
    text = clean(text).replace("\t", " ")
    if not text or _NAVIGATION.match(text) or (len(text) <= 120 and _BREADCRUMB.match(text)):
        return None
    role: Role = "paragraph"
    if _NOTE.match(text):
        role = "note"
    elif len(text) <= 120 and _BYLINE.match(text):
        role = "byline"
    elif UNIT_LINE.match(text):
        role = "caption"
    elif _HEADING.match(text) and len(text) <= 40 and not text.endswith(("。", "；", "，")):
        role = "heading"
    return Block(role, text, page, bbox)


def table_blocks(rows: Sequence[Sequence[str]], heads: int | None = None, page: int | None = None) -> list[Block]:
    """The lines of a table: captions of its own first rows, head rows, rows.

    ``rows`` is a full grid (spans already repeated). ``heads`` is the number of head rows where the format tells;
    else the rows above the first one that holds a number in a column other than the first.
    """
    grid = [list(row) for row in rows if any(row)]
    blocks: list[Block] = []
    while len(grid) > 1 and (line := _whole_row(grid[0])):
        blocks.append(Block("caption", line, page, tight=bool(blocks)))
        grid = grid[1:]
    count = head_rows(grid) if heads is None else heads
    head, body = tidy(grid[:count], grid[count:])
    for row in head:
        blocks.append(Block("table_head", "\t".join(row), page, tight=bool(blocks)))
    for row in body:
        line = _whole_row(row)
        if line and (_NOTE.match(line) or UNIT_LINE.match(line)):
            blocks.append(Block("note", line, page, tight=bool(blocks)))
        else:
            blocks.append(Block("table_row", "\t".join(row), page, tight=bool(blocks)))
    return blocks


def _whole_row(row: Sequence[str]) -> str | None:
    """The text of a row that one cell fills, or that has a single filled cell and that is a unit line or a name."""
    filled = {text for text in row if text}
    if len(filled) != 1:
        return None
    text = filled.pop()
    if all(row) and len(row) > 1:
        return text
    return text if UNIT_LINE.search(text) or _TABLE_NAME.match(text) or _NOTE.match(text) else None


def attach_captions(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, in which the name and the unit line that stand over a table are its captions, close to it."""
    done = list(blocks)
    for index, block in enumerate(done):
        if not _starts_table(done, index):
            continue
        first = index
        for above in range(index - 1, max(-1, index - 4), -1):
            text = done[above].text
            named = _TABLE_NAME.match(text) or UNIT_LINE.search(text)
            bare = first in (index, above + 1) and len(text) <= 40 and not re.search(r"[。；：:，！？]$|。", text)
            if done[above].role not in ("paragraph", "heading", "caption") or len(text) > 60 or not (named or bare):
                break
            first = above
            done[above] = replace(done[above], role="caption", tight=False)
            more = above > 0 and _TABLE_NAME.match(done[above - 1].text)
            if _TABLE_NAME.match(text) or (not named and not more):
                break
        for inner in range(first + 1, index + 1):
            done[inner] = replace(done[inner], tight=True)
        if first == index:
            done[index] = replace(block, tight=False)
    return done


def _starts_table(blocks: Sequence[Block], index: int) -> bool:
    inside = ("table_head", "table_row")
    if blocks[index].role == "caption":
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        return below is not None and below.tight and (index == 0 or not blocks[index].tight)
    return blocks[index].role in inside and not blocks[index].tight


_SHORTEST_RUN, _LONGEST_CELL = 8, 36


def rebuild_tables(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, in which a table that came one cell a line stands as rows under its head."""
    done: list[Block] = []
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and _is_cell(blocks[end]):
            end += 1
        done += _rebuilt(blocks[at:end])
        done += blocks[end : end + 1]
        at = end + 1
    return done


def _rebuilt(run: Sequence[Block]) -> Sequence[Block]:
    """A run of short lines as it is, or with its table; lines that are no cells may stand before and after one."""
    for start in range(min(4, max(0, len(run) - _SHORTEST_RUN + 1))):
        built = rebuild([block.text for block in run[start:]])
        if built is not None:
            return [*run[: start + built[0]], *table_blocks(built[1], page=run[start].page)]
    spaced = rebuild_spaced([block.text for block in run])
    if spaced is None:
        return run
    top, used, rows = spaced
    return [*run[:top], *table_blocks(rows, page=run[top].page), *_rebuilt(run[top + used :])]


# A paragraph that stops at a bare number, a comma or a word that wants another goes on in the next one.
_UNFINISHED = re.compile(
    r"[\u4e00-\u9fff（(A-Z）)][^。；]*(?:\d|[，、,]|[\u4e00-\u9fff][的为是和与及至达]|[。；\s]十)$"
)
_GOES_ON = re.compile(r"^(?:[\u4e00-\u9fff]|[%％\d])")


def heal(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, in which a sentence that the markup or a page break cut in two is one again."""
    done: list[Block] = []
    for block in blocks:
        above = done[-1] if done else None
        if above and above.role == block.role == "paragraph" and _cut(above.text, block.text):
            done[-1] = replace(above, text=above.text + block.text, bbox=None)
        else:
            done.append(block)
    return done


def _cut(above: str, below: str) -> bool:
    if len(above) < 16 or not _UNFINISHED.search(above[-40:]) or not _GOES_ON.match(below):
        return False
    if above.endswith("十"):
        return bool(re.match(r"[一二三四五六七八九]、", below))
    return len(below) > 6 and not _SECTION.match(below) and (below[0] not in "0123456789" or not above[-1].isdigit())


def _is_cell(block: Block) -> bool:
    return (
        block.role in ("paragraph", "caption", "note")
        and len(block.text) <= _LONGEST_CELL
        and "。" not in block.text
        and not block.text.endswith(("，", "；", "："))
    )


def compose(blocks: Iterable[Block]) -> tuple[str, tuple[Span, ...]]:
    """One text of the blocks, and the span of each."""
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    for block in blocks:
        if parts:
            parts.append("\n" if block.tight else "\n\n")
            length += len(parts[-1])
        parts.append(block.text)
        spans.append(Span(length, length + len(block.text), block.role, block.page, block.bbox))
        length += len(block.text)
    return "".join(parts), tuple(spans)

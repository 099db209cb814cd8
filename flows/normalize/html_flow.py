"""An element to blocks, in document order, without recursion (a page may nest as deep as it likes)."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from flows.normalize.blocks import Block, attach_captions, heal, paragraph, rebuild_tables
from flows.normalize.html_table import blocks_of_table, is_layout
from flows.normalize.html_tree import visible

_BLOCK_TAGS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "center",
        "form",
        "fieldset",
        "address",
        "figure",
        "figcaption",
        "hr",
        "body",
    ]
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_DROPPED = frozenset(("nav", "footer"))
_NOTE_MARK = re.compile(r"^\s*[\[［(（【〔]?\s*(?:\d{1,2}|[①-⑳])\s*[\]］)）】〕]?\s*$")
_POWERS = {"2": "²", "3": "³"}


def text_of(element: HtmlElement) -> str:
    """The text of an element as one run: numbers in spans of their own joined, note marks out, ``br`` a break."""
    parts: list[str] = []
    todo: list[tuple[str, object]] = [("open", element)]
    while todo:
        kind, item = todo.pop()
        if kind == "text":
            parts.append(str(item))
        elif isinstance(item, HtmlElement) and visible(item):
            _enter_inline(item, parts, todo)
    return "".join(parts)


def _enter_inline(item: HtmlElement, parts: list[str], todo: list[tuple[str, object]]) -> None:
    if item.tag == "br":
        parts.append("\n")
        return
    if item.tag in _BLOCK_TAGS and parts and not parts[-1].endswith("\n"):
        parts.append("\n")
    if (mark := _mark_of(item, parts)) is not None:
        parts.append(mark)
        return
    _push_children(item, todo)


def _mark_of(item: HtmlElement, parts: list[str]) -> str | None:
    """What a raised number stands for: a power after a metre, nothing where it points to a note; None: no mark."""
    is_link = item.tag == "a" and re.match(r"#_?(?:ftn|edn|note|_ednref)", item.get("href") or "")
    if item.tag != "sup" and not is_link:
        return None
    content = "".join(item.itertext())
    if not _NOTE_MARK.match(content):
        return None
    before = "".join(parts[-3:]).rstrip()[-1:]
    if item.tag == "sup" and before in ("m", "M", "米", "㎡"):
        return _POWERS.get(content.strip(), content)
    return None if before.isdigit() and not is_link else ""


def _push_children(item: HtmlElement, todo: list[tuple[str, object]]) -> None:
    for child in reversed(item):
        if child.tail:
            todo.append(("text", child.tail))
        todo.append(("open", child))
    if item.text:
        todo.append(("text", item.text))


class _Flow:
    """Collects the blocks of one element."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._heading = 0

    def flush(self) -> None:
        """End the block that is being collected."""
        block = paragraph("".join(self._parts))
        self._parts.clear()
        if block is not None:
            if self._heading and block.role == "paragraph" and len(block.text) <= 120:
                block = Block("heading", block.text)
            self.blocks.append(block)

    def walk(self, root: HtmlElement) -> None:
        todo: list[tuple[str, object]] = [("open", root)]
        while todo:
            kind, item = todo.pop()
            if kind == "text":
                self._parts.append(str(item))
            elif kind == "close":
                self.flush()
                self._heading -= item in _HEADINGS
            elif isinstance(item, HtmlElement) and visible(item) and (item is root or item.tag not in _DROPPED):
                self._enter(item, todo)
        self.flush()

    def _enter(self, item: HtmlElement, todo: list[tuple[str, object]]) -> None:
        if item.tag == "br":
            self.flush()
            return
        if item.tag == "table" and not is_layout(item):
            self.flush()
            self.blocks += blocks_of_table(item, text_of)
            return
        if (mark := _mark_of(item, self._parts)) is not None:
            self._parts.append(mark)
            return
        if item.tag in _BLOCK_TAGS:
            self.flush()
            self._heading += item.tag in _HEADINGS
            todo.append(("close", item.tag))
        _push_children(item, todo)


def blocks_of(element: HtmlElement) -> list[Block]:
    """The blocks of an element: paragraphs, headings, notes, and the lines of its tables with their captions."""
    flow = _Flow()
    flow.walk(element)
    return attach_captions(heal(rebuild_tables(flow.blocks)))

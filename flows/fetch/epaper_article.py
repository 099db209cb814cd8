"""The parts of a newspaper article: lead-in title, title, subtitle, author, paragraphs, tables, captions, its page.

Each part is looked for in the places where the known templates keep it, in a fixed order; the first that holds text
wins. Sources: the 2020 template by its ids, the classic template by its <founder-…> elements, its ``npm:`` comments and
its ``enpproperty`` comment, the People's Daily by ``.article``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from flows.fetch.epaper_layout import page_label, parse, shown_day

PROPERTY_CHARS = 8000  # of the property comment; real ones have a few hundred
LEAK = re.compile(r"/?enp(?:content|property)\s*-->|<!--\s*/?enp\w+")
BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "section", "article", "center"})
DROPPED = frozenset({"script", "style", "noscript", "iframe", "object", "button", "form", "map"})
BODIES = (
    "//*[@id='articleContent']",
    "//*[@id='ozoom']//founder-content",
    "//founder-content",
    "//*[@id='ozoom']",
    "//*[@id='articleContent' or @class='infoContent']",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an article: rows of cells."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article of one page, in its parts."""

    url: str
    title: str = ""
    pretitle: str = ""
    subtitle: str = ""
    author: str = ""
    blocks: tuple[str | Table, ...] = ()
    captions: tuple[str, ...] = ()
    page: str = ""
    page_name: str = ""
    shown_day: date | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read: a page of pictures or an advertisement."""
        return not self.blocks and not self.captions


def parse_article(source: str, url: str) -> Article:
    """An article from the source of its page."""
    root = parse(source)
    properties = _properties(source)
    label = _label(root, properties)
    body = _body(root, source)
    captions = _captions(root, body)
    return Article(
        url=url,
        title=_first(
            _texts(root, "//*[@id='maintitle']"),
            _texts(root, "//founder-title"),
            _comment(source, "article-title"),
            properties.get("title"),
            _texts(root, "//*[@class='article']//h1"),
        ),
        pretitle=_first(
            _texts(root, "//*[@id='pretitle']"),
            _comment(source, "article-pretitle"),
            properties.get("introtitle"),
            _texts(root, "//*[@class='article']//h3[following-sibling::h1]"),
        ),
        subtitle=_first(
            _texts(root, "//*[@id='subtitle']"),
            _comment(source, "article-subtitle"),
            properties.get("subtitle"),
            _texts(root, "//*[@class='article']//h2"),
            _texts(root, "//*[@class='article']//h3[preceding-sibling::h1]"),
        ),
        author=_first(
            _texts(root, "//*[@id='articleAuthor']"),
            _texts(root, "//founder-author"),
            properties.get("author"),
            _sec(root),
        ),
        blocks=tuple(_blocks(body)) if body is not None else (),
        captions=captions,
        page=label[0],
        page_name=label[1],
        shown_day=shown_day(root),
    )


def _body(root: Any, source: str) -> Any:
    for path in BODIES:
        for element in root.xpath(path):
            if _clean(element.text_content()):
                return element
    found = _between(source, r"<!--\s*enpcontent\s*-->", r"<!--\s*/enpcontent\s*-->")
    return parse(f"<html><body><div>{found}</div></body></html>") if found else None


def _captions(root: Any, body: Any) -> tuple[str, ...]:
    """The captions of pictures, taken out of the body where they stand in it."""
    boxes = list(root.xpath("//*[@id='imgTextBox'] | //table[@id='newspic'] | //*[@class='article']//table[.//img]"))
    inside = body.xpath(".//table[.//img][not(.//table)]") if body is not None else []
    found: dict[str, None] = {}
    for box in dict.fromkeys([*boxes, *inside]):
        for line in _blocks(box):
            found.setdefault(line) if isinstance(line, str) else [
                found.setdefault(c) for r in line.rows for c in r if c
            ]
        if box is not body and box.getparent() is not None:
            box.drop_tree()
    return tuple(found)


def _blocks(element: Any) -> Iterator[str | Table]:
    """The paragraphs and tables below an element in their order."""
    line: list[str] = []
    for piece in _pieces(element):
        if isinstance(piece, str):
            line.append(piece)
            continue
        text = _clean("".join(line))
        line = []
        if text:
            yield text
        if piece is not None:
            yield piece
    text = _clean("".join(line))
    if text:
        yield text


def _pieces(root: Any) -> Iterator[str | Table | None]:
    """Text, None where a line ends, and whole tables; a loop with its own stack, for pages nest without bound."""
    stack: list[Any] = [root]
    while stack:
        item = stack.pop()
        if item is None or isinstance(item, str):
            yield item
            continue
        if not isinstance(item.tag, str) or item.tag in DROPPED:
            continue
        if item.tag == "table" and item is not root and not item.xpath(".//table"):
            table = _table(item)
            yield None
            if table.rows:
                yield table
            continue
        block = item.tag in BLOCKS or item.tag in ("table", "tr", "td")
        children: list[Any] = [None] if block else []
        children.append(item.text or "")
        for child in item:
            children += [child, child.tail or ""]
        children += [None] if block else []
        stack.extend(reversed(children))


def _table(element: Any) -> Table:
    rows = []
    for row in element.iter("tr"):
        cells = tuple(_clean(cell.text_content()) for cell in row.iterchildren("td", "th"))
        if any(cells):
            rows.append(cells)
    return Table(tuple(rows))


def _properties(source: str) -> dict[str, str]:
    """The fields of the property comment, empty ones left out."""
    comment = _between(source, r"<!--\s*enpproperty\s", r"/enpproperty\s*-->")[:PROPERTY_CHARS]
    fields = re.findall(r"<([a-z\-]+)>(.*?)</\1>", comment, re.DOTALL)
    return {name: text for name, raw in fields if (text := _clean(_untagged(raw)))}


def _comment(source: str, name: str) -> str:
    """What stands between the comments <!--<npm:NAME>--> and <!--</npm:NAME>-->."""
    found = _between(source, rf"<!--\s*<npm:{name}>\s*-->", rf"<!--\s*</npm:{name}>\s*-->")
    return _clean(_untagged(found[:PROPERTY_CHARS]))


def _between(source: str, start: str, end: str) -> str:
    """The text between the first mark ``start`` and the first ``end`` after it; in linear time, unlike one pattern."""
    first = re.search(start, source)
    last = re.compile(end).search(source, first.end()) if first else None
    return source[first.end() : last.start()] if first and last else ""


def _label(root: Any, properties: dict[str, str]) -> tuple[str, str]:
    texts = [element.text_content() for element in root.xpath("//*[@id='paperHeadTitle']")]
    texts += [properties.get("nodename", "")]
    texts += [element.text_content() for element in root.xpath("//span[@class='newstime']")]
    return next(filter(None, map(page_label, texts)), ("", ""))


def _sec(root: Any) -> str:
    """The author line of the People's Daily: p.sec without its span.newstime."""
    for element in root.xpath("//p[@class='sec']"):
        return _clean("".join([element.text or "", *[child.tail or "" for child in element]]))
    return ""


def _texts(root: Any, path: str) -> str:
    """The first of the elements that holds text. A title broken by <BR> is one title, so nothing comes in between."""
    return _first(*(_clean("".join(element.itertext())) for element in root.xpath(path)))


def _first(*values: str | None) -> str:
    return next((value for value in values if value), "")


def _untagged(raw: str) -> str:
    return unescape(re.sub(r"<[^>]{0,500}>", " ", raw))


def _clean(text: str) -> str:
    """Text on one line, white space folded, leaked comment tails removed."""
    return " ".join(LEAK.sub("", text).split())

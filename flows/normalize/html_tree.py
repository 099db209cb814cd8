"""HTML bytes to a tree, and the element of it that holds the report.

Body selection, measured on the 50 pages of the reference folder (see docs/formats.md): the smallest element with at
least 60 % of the visible text against trafilatura's extractor.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from flows.errors import Unreadable
from flows.normalize.decode import declared_encoding, decode
from flows.normalize.html_table import is_layout

SHARE = 0.60  # of the visible text
_LEVELS = {"table": 4, "ul": 2, "ol": 2, "dl": 2}
MAX_DEPTH = 240  # libxml2 gives up at 256; deeper tags are dropped before it sees them
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # not allowed in a tree
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_INVISIBLE_TAGS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "object",
        "embed",
        "select",
        "option",
        "button",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "area",
        "textarea",
        "input",
    ]
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "option",
    ]
)


def parse(data: bytes, name: str) -> tuple[HtmlElement, str, str]:
    """(tree, encoding, source) of a page. Raises Unreadable where it cannot be decoded or holds no element."""
    text, encoding = decode(data, declared_encoding(data), name)
    text = _flatten(_DECLARATION.sub("", _CONTROL.sub("", text)))
    try:
        tree = document_fromstring(text, parser=HTMLParser(recover=True, huge_tree=False, remove_pis=True))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise Unreadable("The page cannot be parsed", f"{name}: {error}", "Fetch it again; it may be cut off") from None
    return tree, encoding, text


def _flatten(text: str) -> str:
    """The page without the tags that nest deeper than any real one, so that none of its words is lost.

    Tags that close themselves (p, li, td) do not nest; a table or a list counts for the levels of its parts.
    """
    depth = 0
    pieces, last = [], 0
    for tag in _TAG.finditer(text):
        name = tag.group(2).lower()
        if name in _VOID or tag.group(3).endswith("/"):
            continue
        levels = _LEVELS.get(name, 1)
        deep = depth + levels > MAX_DEPTH if not tag.group(1) else depth > MAX_DEPTH
        depth = max(0, depth - levels) if tag.group(1) else depth + levels
        if deep:
            pieces.append(text[last : tag.start()])
            last = tag.end()
    return "".join(pieces) + text[last:] if pieces else text


def visible(element: HtmlElement) -> bool:
    """Whether a reader of the page sees the element: no script, no ``display:none``, no closed list."""
    if not isinstance(element.tag, str) or element.tag in _INVISIBLE_TAGS:
        return False
    return not _HIDDEN_STYLE.search(element.get("style") or "") and element.get("hidden") is None


def drop_invisible(tree: HtmlElement) -> None:
    """Take scripts, styles, comments and hidden elements out of the tree, their tails kept."""
    unseen = [element for element in tree.iter() if element.getparent() is not None and not _seen(element)]
    for element in unseen:
        parent = element.getparent()
        if parent is None:
            continue
        _keep_tail(element, parent)
        parent.remove(element)


def _seen(element: HtmlElement) -> bool:
    return element.tag == "head" or element.tag in ("title", "meta") or visible(element)


def _keep_tail(element: HtmlElement, parent: HtmlElement) -> None:
    if not element.tail:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + element.tail
    else:
        parent.text = (parent.text or "") + element.tail


def text_lengths(root: HtmlElement) -> dict[HtmlElement, int]:
    """How many characters, spaces apart, every element under ``root`` shows; in one pass, bottom up."""
    lengths: dict[HtmlElement, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        if not isinstance(element.tag, str) or element.tag in ("title", "meta", "head"):
            continue
        own = len("".join((element.text or "").split()))
        for child in element:
            own += lengths.get(child, 0) + len("".join((child.tail or "").split()))
        lengths[element] = own
    return lengths


def body_of(tree: HtmlElement) -> HtmlElement:
    """The smallest element with at least 60 % of the visible text; never a part of a data table."""
    root = tree.find("body")
    root = tree if root is None else root
    lengths = text_lengths(root)
    wanted = SHARE * lengths.get(root, 0)
    best = root
    while True:
        inner = [child for child in best if lengths.get(child, 0) >= wanted > 0]
        if not inner or inner[0].tag == "p" or (inner[0].tag == "table" and not is_layout(inner[0])):
            break
        best = inner[0]
    return best

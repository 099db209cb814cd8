"""List pages of government sites: which links are reports, their dates, and where the next page is.

A list is a run of links of the same build, each mostly with a day beside it; the navigation around it has neither
days nor long texts. Without a selector in the entry, the links with a day of their own are taken; where there are
none, the largest group of links of one build whose texts are as long as titles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urldefrag, urlsplit

from flows.fetch.epaper_layout import parse
from flows.fetch.names import absolute

ITEM_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})(?!\d)")
MONTH_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-/](\d{1,2})\s*[/-]?\s*((?:19|20)\d\d)(?!\d)")
NEXT_TEXT = re.compile(r"^\s*(?:下一页|下页|后一页|下一頁|next|›|»|>|>>)\s*(?:[›»>]*)\s*$", re.IGNORECASE)
QUOTED_PATH = re.compile(r"""["']([^"'\s]+\.s?html?(?:\?[^"']*)?)["']""")
TRS_PAGER = re.compile(r"""createPageHTML\s*\(\s*(\d+)\s*,\s*(\d+)\s*,\s*["']([\w\-]+)["']\s*,\s*["'](\w+)["']""")
ITEM_TAGS = frozenset({"li", "tr", "dd", "dl", "p", "div", "td", "ul"})
MIN_TITLE = 5  # characters; shorter links are navigation (首页, 更多)
TITLE_LIKE = 8  # mean length of link texts in a list without days
ATTACHMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|txt)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """A link of a list page: address, title, and the day beside it."""

    url: str
    title: str
    day: date | None = None


def list_items(source: str, url: str, links: str | None = None, item_date: str | None = None) -> list[Item]:
    """The reports that a list page links to, in its order, each once. ``links`` and ``item_date`` are CSS selectors."""
    root = parse(source)
    base = _base(root, url)
    found = root.cssselect(links) if links else _likely(root, base)
    items: dict[str, Item] = {}
    for element in found:
        anchor = element if element.get("href") else next(iter(element.xpath(".//a[@href]")), None)
        target = _target(base, anchor)
        if target and target not in items:
            items[target] = Item(target, _title(anchor), _day_beside(anchor, item_date))
    return list(items.values())


def next_page(source: str, url: str, selector: str | None = None) -> str | None:
    """The address of the next list page: by selector, by a link that says 下一页, or by the pager script of TRS."""
    root = parse(source)
    base = _base(root, url)
    candidates = root.cssselect(selector) if selector else [a for a in root.iter("a") if NEXT_TEXT.match(_text(a))]
    for anchor in candidates:
        target = _target(base, anchor) or _scripted(base, anchor)
        if target and target != urldefrag(url).url:
            return target
    pager = TRS_PAGER.search(source)
    if pager and not selector and int(pager.group(2)) + 1 < int(pager.group(1)):
        return absolute(base, f"{pager.group(3)}_{int(pager.group(2)) + 1}.{pager.group(4)}")
    return None


def attachments(source: str, url: str) -> list[Item]:
    """The files that a page links to: PDF, Word, Excel, text and zip."""
    root = parse(source)
    base = _base(root, url)
    found: dict[str, Item] = {}
    for anchor in root.iter("a"):
        target = _target(base, anchor)
        if target and ATTACHMENT.search(urlsplit(target).path):
            found.setdefault(target, Item(target, _title(anchor)))
    return list(found.values())


def list_links(source: str, url: str) -> list[str]:
    """All addresses that a page links to, in its order: for index pages, where every link is a file or a folder."""
    root = parse(source)
    base = _base(root, url)
    return list(dict.fromkeys(filter(None, (_target(base, anchor) for anchor in root.iter("a")))))


def _likely(root: Any, base: str) -> list[Any]:
    """The links of a list, found without a selector."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for anchor in root.iter("a"):
        if anchor.get("href") and _target(base, anchor) and len(_title(anchor)) >= MIN_TITLE:
            groups[_build(anchor)].append(anchor)
    dated = {
        build: group
        for build, group in groups.items()
        if sum(_day_beside(a, None) is not None for a in group) * 2 > len(group)
    }
    if dated:
        return [anchor for group in dated.values() for anchor in group]
    titled = [group for group in groups.values() if _mean_length(group) >= TITLE_LIKE]
    return max(titled, key=len, default=[])


def _mean_length(group: Sequence[Any]) -> float:
    return sum(len(_title(anchor)) for anchor in group) / len(group)


def _build(anchor: Any) -> str:
    """Tags and classes of the five elements around a link: the same for all links of one list."""
    path = []
    element = anchor
    for _ in range(5):
        if element is None:
            break
        path.append(f"{element.tag}.{element.get('class', '')}")
        element = element.getparent()
    return ">".join(path)


def _day_beside(anchor: Any, selector: str | None) -> date | None:
    """The day in the item of a link: the smallest element around it that holds a day and no other link's."""
    element = anchor
    own = anchor.get("href")
    for _ in range(4):
        if element is None or any(a.get("href") not in (own, None) for a in element.iter("a")):
            return None
        if element.tag in ITEM_TAGS or element is anchor:
            texts = (
                [found.text_content() for found in element.cssselect(selector)]
                if selector
                else [element.text_content()]
            )
            day = next(filter(None, map(day_in, texts)), None)
            if day and (selector or element is not anchor):
                return day
        element = element.getparent()
    return None


def day_in(text: str) -> date | None:
    """The last day in a text, as lists show it after the title."""
    days = [(m.group(1), m.group(2), m.group(3)) for m in ITEM_DAY.finditer(text)]
    days = days or [(m.group(3), m.group(1), m.group(2)) for m in MONTH_FIRST.finditer(text)]
    for year, month, day in reversed(days):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def _title(anchor: Any) -> str:
    return " ".join((anchor.get("title") or "").split()) or _text(anchor)


def _text(anchor: Any) -> str:
    return " ".join(anchor.text_content().split())


def _target(base: str, anchor: Any) -> str | None:
    href = (anchor.get("href") or "").strip() if anchor is not None else ""
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return None
    target = absolute(base, href)
    return target if target.startswith(("http://", "https://")) and target != base else None


def _scripted(base: str, anchor: Any) -> str | None:
    """The path in an onclick or tagname attribute, by which some pagers go on."""
    for name in ("tagname", "onclick", "data-url", "href"):
        value = anchor.get(name) or ""
        found = QUOTED_PATH.search(value) or (
            QUOTED_PATH.search(f"'{value}'") if name in ("tagname", "data-url") else None
        )
        if found:
            return absolute(base, found.group(1)) or None
    return None


def _base(root: Any, url: str) -> str:
    for element in root.xpath("//base[@href]"):
        return absolute(url, element.get("href")) or url
    return url

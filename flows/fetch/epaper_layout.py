"""Reading the pages of a digital newspaper: both Founder templates and the layouts of the People's Daily.

The templates differ in their ids and agree in more: a page of an issue is a ``node_N.htm`` (People's Daily until
2024-11: ``nbs.…_01.htm``), an article a ``content_….htm`` (``nw.…htm``), and the day is in the address. So pages and
articles are told by their addresses; ids and comments of a template are used only for the parts of an article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from lxml import html as lxml_html
from lxml.etree import LxmlError

from flows.fetch.names import absolute

PAGE_FILE = re.compile(r"/(?:node_(\d+)|nbs\.[A-Za-z]\d+\w*_\d+)\.html?$")
ARTICLE_FILE = re.compile(r"/(?:content_(?:(\d+)_)?\d+|nw\.[A-Za-z]\d+\w*_\d{8}_\d+-\d+)\.html?$")
PAGE_LABEL = re.compile(r"第?\s*([A-Za-z]?\d{1,3})\s*版\s*(?:[：:]\s*(.*))?")
URL_DAY = re.compile(r"(?<!\d)(20\d\d)([-/]?)(\d\d)([-/]?)(\d\d)(?!\d)")
SHOWN_DAY = re.compile(r"(20\d\d)\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})")
REFRESH = re.compile(r"""url\s*=\s*['"]?([^'"\s>;]+)""", re.IGNORECASE)
SCRIPT_JUMP = re.compile(r"""(?:window\.|self\.|top\.|document\.)?location(?:\.href)?\s*=\s*["']([^"']+)["']""")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an issue: its number as printed (A06, 07), its name (公告), its address."""

    url: str
    number: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What a page of an issue leads to; ``pictured`` are the articles that its picture map holds: surely its own."""

    pages: tuple[Page, ...]
    articles: tuple[str, ...]
    pictured: tuple[str, ...]
    here: Page
    shown_day: date | None


def parse(source: str) -> Any:
    """The element tree of a page; an empty page where the source is none."""
    try:
        return lxml_html.document_fromstring(source)
    except (LxmlError, ValueError):
        return lxml_html.document_fromstring("<html><body></body></html>")


def day_of_url(url: str) -> date | None:
    """The day in an address such as …/2021-11/24/node_2.htm, …/202111/24/… or …/20211124/…."""
    for found in URL_DAY.finditer(urlsplit(url).path):
        try:
            return date(int(found.group(1)), int(found.group(3)), int(found.group(5)))
        except ValueError:
            continue
    return None


def template_of_url(url: str) -> str | None:
    """An address with its day replaced by {yyyy}, {mm}, {dd}; None where it has no day."""
    for found in URL_DAY.finditer(url):
        if day_of_url("/" + found.group()):
            pattern = "{yyyy}" + found.group(2) + "{mm}" + found.group(4) + "{dd}"
            return url[: found.start()] + pattern + url[found.end() :]
    return None


def jump_of(source: str, url: str) -> str | None:
    """Where a page sends its reader at once: by a refresh or by a script."""
    for meta in parse(source).xpath("//meta[@http-equiv][@content]"):
        if meta.get("http-equiv").lower() == "refresh":
            found = REFRESH.search(meta.get("content"))
            if found:
                return absolute(url, found.group(1))
    found = SCRIPT_JUMP.search(source) if len(source) < 20_000 else None
    return absolute(url, found.group(1)) if found else None


def shown_day(root: Any) -> date | None:
    """The day that a page says it is of: #paperShowDate, #publishDateTime, <founder-date> or the property comment."""
    texts = [element.text_content() for element in root.xpath("//*[@id='paperShowDate' or @id='publishDateTime']")]
    texts += [element.text_content() for element in root.xpath("//founder-date")]
    return next(filter(None, map(_day_in, texts)), None)


def page_links(source: str, url: str) -> PageLinks:
    """The pages of the issue and the articles of this page, from the source of a page of an issue."""
    root = parse(source)
    day = day_of_url(url)
    pages: dict[str, Page] = {}
    articles: dict[str, None] = {}
    pictured: dict[str, None] = {}
    for element in root.xpath("//a[@href] | //area[@href]"):
        target = _address(url, element.get("href"))
        path = urlsplit(target).path
        if day_of_url(target) not in (None, day):
            continue  # an earlier or later issue
        if PAGE_FILE.search(path):
            number, name = page_label(f"{element.text_content()}") or page_label(element.get("title") or "") or ("", "")
            if target not in pages or not pages[target].number:
                pages[target] = Page(target, number, name)
        elif ARTICLE_FILE.search(path):
            articles.setdefault(target)
            if element.tag == "area":
                pictured.setdefault(target)
    here = _here(root, url, pages)
    return PageLinks(tuple(pages.values()), tuple(articles), tuple(pictured), here, shown_day(root))


def page_label(text: str) -> tuple[str, str] | None:
    """Number and name of a page from 第A06版：公告 or 06版:公告."""
    found = PAGE_LABEL.search(" ".join(text.split()))
    return (found.group(1).upper(), (found.group(2) or "").strip()) if found else None


def node_of(url: str) -> str:
    """The id of the page that an address of a page (node_1516) or an article (content_1516_343187) carries."""
    path = urlsplit(url).path
    found = PAGE_FILE.search(path) or ARTICLE_FILE.search(path)
    return str(found.group(1) or "") if found else ""


def _here(root: Any, url: str, pages: dict[str, Page]) -> Page:
    for head in root.xpath("//*[@id='paperHeadTitle']"):
        label = page_label(head.text_content())
        if label:
            return Page(url, *label)
    plain = _address(url, "")
    return pages.get(plain) or Page(url)


def _address(base: str, href: str) -> str:
    """An absolute address without fragment and without the query by which the same article is linked twice."""
    parts = urlsplit(absolute(base, href))
    query = "" if re.fullmatch(r"div=-?\d*|v=.*|=v.*", parts.query) else parts.query
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _day_in(text: str) -> date | None:
    found = SHOWN_DAY.search(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None

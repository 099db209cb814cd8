"""What the head of a page says of it: the metas of GB/T 42147-2022 and of the habits before it.

Names are compared without case (PubDate, Pubdate, pubdate). A template's placeholder or an empty value counts as no
value. ``createDate`` is the time of a migration and is never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from lxml.html import HtmlElement

from flows.normalize.blocks import clean
from flows.normalize.dates import day_of
from flows.normalize.model import Candidate

_FIELDS = {
    "articletitle": "title",
    "og:title": "title",
    "pubdate": "published_on",
    "publishdate": "published_on",
    "publish_time": "published_on",
    "article:published_time": "published_on",
    "releasedate": "published_on",
    "contentsource": "issuer",
    "source": "issuer",
    "sitename": "site",
    "og:site_name": "site",
    "author": "byline",
    "url": "url",
    "og:url": "url",
    "columnname": "column",
}
_PLACEHOLDER = re.compile(r"[{}<>$%#\[\]]|^\W*$|^(?:佚名|无|null|undefined|admin|管理员)$|Design:", re.I)
_HEAD = 400_000  # characters searched for metas
_META = re.compile(r"<meta\b([^<>]*)>", re.I)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|[“”]([^“”]*)[“”]|([^\s"'“”>]+))""")
_SITE_TAIL = re.compile(r"\s*(?:[_|]|\s[-–—]+\s?|[-–—]+(?=[^-–—\d]{2,30}$)).*$", re.S)
_SITE_HEAD = re.compile(r"^\s*[^\s\-—_]{2,16}(?:局|政府|网|报|数字报|电子版)\s*[-–—_|]+\s*", re.S)


def candidates_of(source: str) -> list[tuple[str, Candidate]]:
    """(field, candidate) of every meta of a page's source that says something, in their order."""
    found: list[tuple[str, Candidate]] = []
    for field, value in _metas(source):
        if (field, value) not in [(known, candidate.value) for known, candidate in found]:
            found.append((field, Candidate(value, "meta")))
    return found


def _tags(source: str) -> Iterator[dict[str, str]]:
    """The attributes of every meta tag, those in comments apart.

    Read from the source, not from the tree: real pages quote with “…” or leave no space between two attributes, and
    the parser then loses the values of the tags before it.
    """
    for tag in _META.finditer(source):
        if source.rfind("<!--", 0, tag.start()) <= source.rfind("-->", 0, tag.start()):
            pairs = _ATTRIBUTE.findall(tag.group(1))
            yield {key.lower(): "".join(values) for key, *values in reversed(pairs)}


def _metas(source: str) -> Iterator[tuple[str, str]]:
    for attributes in _tags(source[:_HEAD]):
        name = attributes.get("name") or attributes.get("property") or ""
        field, value = _FIELDS.get(name.strip().lower()), clean(unescape(attributes.get("content", "")))
        if field is None or not value or len(value) > 300:
            continue
        if field == "published_on":
            if day := day_of(value.replace("∶", ":")):
                yield field, day
        elif not _PLACEHOLDER.search(value):
            if field == "url" and not value.lower().startswith(("http://", "https://")):
                if not re.match(r"[\w.-]+\.\w{2,6}/", value):
                    continue
                value = "http://" + value
            yield field, value.strip(",，;； ")


def title_of(tree: HtmlElement) -> str | None:
    """The ``title`` element without the name of the site before or after it; None where there is none."""
    element = tree.find(".//title")
    whole = clean("".join(element.itertext())) if element is not None else ""
    bare = _SITE_TAIL.sub("", _SITE_HEAD.sub("", whole)).strip()
    bare = re.sub(r"(?<=[\u4e00-\u9fff])\s+\d{4}$", "", bare)
    return bare if len(bare) >= 4 else whole or None

"""Articles of digital newspapers: Founder's classic and 2020 templates, and the People's Daily.

Title, pretitle, subtitle, author, captions and body stand in places of their own, so they are read from there instead
of by the share of the text. Described in the reference notes; the templates are told by their marks:

- classic: ``founder-content`` or the comments ``npm:article-…`` / ``enpproperty`` / ``enpcontent``;
- 2020: ``#paperHeadTitle`` and ``#maintitle``;
- People's Daily: ``.article`` with ``#ozoom`` and ``.newstime`` or ``p.sec``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement, fragment_fromstring

from flows.normalize.blocks import Block, clean, paragraph
from flows.normalize.dates import day_of
from flows.normalize.html_flow import blocks_of, text_of
from flows.normalize.model import Candidate

_PAGE = re.compile(r"第\s*([A-Z]{0,2}\d{1,3})\s*版\s*[:：]?\s*([^\s上下\d]{0,16})")
_PROPERTY = re.compile(r"<!--\s*/?enpproperty(.*?)(?:/?enpproperty\s*-->|-->)", re.S)
_PROPERTY_FIELDS = {
    "title": "title", "founder-title": "title", "date": "published_on", "founder-date": "published_on",
    "author": "byline", "founder-author": "byline",
}  # fmt: skip
_NPM = re.compile(
    r"<!--\s*<npm:article-(pretitle|title|subtitle|author)>\s*-->(.*?)<!--\s*</npm:article-\1>\s*-->", re.S
)
_NPM_BODY = re.compile(r"<!--\s*<npm:article-content>\s*-->(.*?)<!--\s*</npm:article-content>\s*-->", re.S)
_ENP_BODY = re.compile(r"<!--\s*enpcontent\s*-->(.*?)<!--\s*/enpcontent\s*-->", re.S)


@dataclass
class Article:
    """An article of a digital newspaper; every field may be empty."""

    title: str = ""
    pretitle: str = ""
    subtitle: str = ""
    author: str = ""
    captions: list[str] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    candidates: list[tuple[str, Candidate]] = field(default_factory=list)

    def blocks(self) -> list[Block]:
        """Title first, captions last, as a reader of the article meets them."""
        head = [Block("title", self.title)] if self.title else []
        head += [Block("heading", line) for line in (self.pretitle, self.subtitle) if line]
        if self.author:
            head.append(Block("byline", self.author))
        return [*head, *self.body, *(Block("caption", line) for line in self.captions)]


def article_of(tree: HtmlElement, source: str) -> Article | None:
    """The article of a page of one of the three templates; None for any other page, or one without a body.

    ``tree`` is the page before comments are dropped, ``source`` its text.
    """
    for template in (_template_2020, _classic, _peoples_daily):
        article = template(tree, source)
        if article is not None and article.body:
            _page_of(tree, article)
            return article
    return None


def _line(element: HtmlElement | None) -> str:
    return clean(text_of(element).replace("\n", " ")) if element is not None else ""


def _first(tree: HtmlElement, path: str) -> HtmlElement | None:
    found = tree.xpath(path)
    return found[0] if found else None


def _template_2020(tree: HtmlElement, source: str) -> Article | None:
    if _first(tree, '//*[@id="paperHeadTitle"]') is None or _first(tree, '//*[@id="maintitle"]') is None:
        return None
    article = Article(
        title=_line(_first(tree, '//*[@id="maintitle"]')),
        pretitle=_line(_first(tree, '//*[@id="pretitle"]')),
        subtitle=_line(_first(tree, '//*[@id="subtitle"]')),
        author=_line(_first(tree, '//*[@id="articleAuthor"]')),
        captions=_captions(tree, '//*[@id="imgTextBox"]//p[contains(@class, "imgText")]'),
        body=_body(tree, '//*[@id="articleContent"]', '//*[@id="ozoom"]', "//founder-content"),
    )
    if day := day_of(_line(_first(tree, '//*[@id="paperShowDate"]'))):
        article.candidates.append(("published_on", Candidate(day, "meta")))
    return article


def _classic(tree: HtmlElement, source: str) -> Article | None:
    named = {kind: _fragment_line(inner) for kind, inner in _NPM.findall(source[:2_000_000])}
    content = _first(tree, "//founder-content")
    if content is None and not named and "enpproperty" not in source and "enpcontent" not in source:
        return None
    article = Article(
        title=_line(_first(tree, "//founder-title")) or named.get("title", ""),
        pretitle=named.get("pretitle", ""),
        subtitle=named.get("subtitle", ""),
        author=_line(_first(tree, "//founder-author")) or named.get("author", ""),
        captions=_captions(tree, '//table[@id="newspic"]//tr[position() mod 2 = 0]'),
        body=blocks_of(content) if content is not None else _body(tree, '//*[@id="ozoom"]'),
    )
    for pattern in (_ENP_BODY, _NPM_BODY):
        if not article.body and (body := pattern.search(source)):
            article.body = blocks_of(_fragment(body.group(1)))
    article.candidates += _properties(source)
    article.title = article.title or next((c.value for kind, c in article.candidates if kind == "title"), "")
    return article


def _peoples_daily(tree: HtmlElement, source: str) -> Article | None:
    root = _first(tree, '//*[contains(concat(" ", normalize-space(@class), " "), " article ")][.//*[@id="ozoom"]]')
    if root is None:
        return None
    article = Article(title=_line(root.find(".//h1")), body=_body(root, './/*[@id="ozoom"]'))
    thirds = [_line(element) for element in root.iter("h3")]
    article.pretitle = thirds[0] if thirds else ""
    article.subtitle = _line(root.find(".//h2")) or " ".join(thirds[1:])
    article.author = _line(_first(root, './/*[contains(@class, "sec")]/text()/parent::*')).split("《")[0].strip()
    if day := day_of(_line(_first(root, './/*[contains(@class, "newstime")]'))):
        article.candidates.append(("published_on", Candidate(day, "meta")))
    return article


def _body(tree: HtmlElement, *paths: str) -> list[Block]:
    for path in paths:
        for element in tree.xpath(path):
            if blocks := blocks_of(element):
                return blocks
    return []


def _captions(tree: HtmlElement, path: str) -> list[str]:
    lines = [_line(element) for element in tree.xpath(path)]
    return [line for line in dict.fromkeys(lines) if len(line) > 3 and paragraph(line)]


def _fragment(markup: str) -> HtmlElement:
    return fragment_fromstring(f"<div>{markup[:2_000_000]}</div>")


def _fragment_line(markup: str) -> str:
    return _line(_fragment(markup))


def _properties(source: str) -> list[tuple[str, Candidate]]:
    """title, date and author of the ``enpproperty`` comment."""
    found: list[tuple[str, Candidate]] = []
    comment = _PROPERTY.search(source)
    for name, value in re.findall(r"<([\w-]+)>([^<]*)</\1>", comment.group(1)[:20_000] if comment else ""):
        kind, line = _PROPERTY_FIELDS.get(name.lower()), clean(value)
        if kind == "published_on":
            line = day_of(line) or ""
        if kind and line:
            found.append((kind, Candidate(line, "meta")))
    return found


def _page_of(tree: HtmlElement, article: Article) -> None:
    """The page of the newspaper, and the newspaper itself as the site (it names the city)."""
    paper = tree.find(".//title")
    if paper is not None and (name := re.match(r"\s*([\u4e00-\u9fff]{2,12}(?:报|晚报|日报|时报))", _line(paper))):
        article.candidates.append(("site", Candidate(name.group(1), "meta")))
    for path in ('//*[@id="paperHeadTitle"]', '//*[@id="pageLink"]', '//*[contains(text(), "版")]'):
        for element in tree.xpath(path):
            if found := _PAGE.search(_line(element)[:60]):
                article.candidates.append(("page", Candidate(" ".join(filter(None, found.groups())), "meta")))
                return

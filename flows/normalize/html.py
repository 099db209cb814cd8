"""HTML pages to ``SourceText``: the body of the report with its tables, and what the page says of itself."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from flows.errors import Unreadable
from flows.normalize import epaper, pagemeta
from flows.normalize.blocked import blocked_reason
from flows.normalize.blocks import Block, clean, compose
from flows.normalize.decode import plausibility
from flows.normalize.headlines import byline_candidates
from flows.normalize.html_flow import blocks_of
from flows.normalize.html_tree import body_of, drop_invisible, parse
from flows.normalize.model import Candidate, SourceText

BLOCKED = "The page is a challenge or a login, not a report"
_LIST_SHARE = 0.6  # of the text in links, above which a page without sentences is a list of reports
_FEWEST = 20  # characters of a body


def read_html(data: bytes, name: str) -> SourceText:
    """The report in a page.

    Raises Unreadable for a challenge or login page (its title is ``BLOCKED``), for a list of links, and where no text
    is left. Pages of digital newspapers are read by their template, others by the share of the visible text.
    """
    tree, encoding, source = parse(data, name)
    candidates = pagemeta.candidates_of(source)
    findings: list[str] = []
    article = epaper.article_of(tree, source)
    reason_source = source if len(source) < 200_000 else ""
    drop_invisible(tree)
    shown = "" if article else " ".join(tree.text_content().split())
    if not article and (reason := blocked_reason(tree, shown, reason_source)):
        raise Unreadable(BLOCKED, f"{name}: {reason}", "Fetch it later, slower, or from another address")
    if article:
        blocks = article.blocks()
        candidates = article.candidates + candidates
        if article.title:
            candidates.insert(0, ("title", Candidate(article.title, "meta")))
    else:
        blocks = _body_blocks(tree, candidates, name)
    text, spans = compose(blocks)
    if plausibility(text) < 0.2 and len(text) > 200:
        findings.append(f"The text of {name} reads little like Chinese; its encoding ({encoding}) may be wrong.")
    return SourceText(
        text=text,
        media_type="text/html",
        encoding=encoding,
        spans=spans,
        candidates=tuple(candidates),
        findings=tuple(findings),
    )


def _body_blocks(tree: HtmlElement, candidates: list[tuple[str, Candidate]], name: str) -> list[Block]:
    body = body_of(tree)
    blocks = blocks_of(body)
    for block in blocks_of(tree):
        if block.role == "byline" and block not in blocks:
            candidates += byline_candidates(block.text)
    _refuse_lists(body, blocks, name)
    title = _title(tree, candidates)
    if not title:
        return blocks
    if not any(field == "title" for field, _ in candidates):
        candidates.append(("title", Candidate(title, "meta")))
    return _with_title(blocks, title)


def _title(tree: HtmlElement, candidates: list[tuple[str, Candidate]]) -> str | None:
    for field, candidate in candidates:
        if field == "title":
            return candidate.value
    headings = [clean(element.text_content()) for element in tree.iter("h1")]
    named = [re.sub(r"(?<=[\u4e00-\u9fff])\s+\d{4}$", "", line) for line in headings if 6 <= len(line) <= 80]
    return named[0] if named else pagemeta.title_of(tree)


def _with_title(blocks: list[Block], title: str) -> list[Block]:
    """The blocks under their title: the block that repeats it becomes the title, else it is put on top."""
    bare = _bare(title)
    for index, block in enumerate(blocks[:6]):
        if _bare(block.text) == bare and not block.tight:
            return [Block("title", block.text), *blocks[:index], *blocks[index + 1 :]]
    return [Block("title", title), *blocks]


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _refuse_lists(body: HtmlElement, blocks: list[Block], name: str) -> None:
    text = "".join(block.text for block in blocks)
    letters = len("".join(text.split()))
    links = sum(len("".join(link.text_content().split())) for link in body.iter("a"))
    sentences = sum("。" in block.text for block in blocks)
    if letters < _FEWEST:
        raise Unreadable(
            "The page holds no report text", f"{name}: {letters} characters", "See whether the report is attached to it"
        )
    if links > _LIST_SHARE * letters and sentences < 3:
        raise Unreadable(
            "The page is a list of links, not a report",
            f"{name}: {links} of {letters} characters stand in links",
            "Give the pages it links to, or add it as a source of kind web",
        )

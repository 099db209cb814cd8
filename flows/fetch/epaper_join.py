"""转版: articles that run over pages, joined by what they say: （下转07版） at the end, （上接06版） at the beginning.

Two articles are joined only if they name each other's page and no other pair could be meant; else each stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flows.fetch.epaper_article import Article, Table

PAGE = r"第?\s*([A-Za-z]?\s*\d{1,3}|[一二三四五六七八九十]{1,3})\s*"
NUMBER = PAGE + r"(?:[、，,]\s*第?[A-Za-z]?[\d一二三四五六七八九十]{1,3}\s*){0,5}版"
FORWARD = re.compile(rf"[（(〔\[【]?\s*(?:下转|紧转|(?<=[（(])转)\s*{NUMBER}\s*[）)〕\]】]?")
BACKWARD = re.compile(rf"[（(〔\[【]?\s*(?:上接|紧接)\s*{NUMBER}[^）)〕\]】]{{0,20}}[）)〕\]】]?")
FORWARD_TAIL = 40  # characters at the end of a paragraph in which （下转…） may stand
SENTENCE_END = "。！？；…”）)：:』」"
DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Joined:
    """An article with all its pages: the first part's titles, the text of all, the addresses and pages in order."""

    article: Article
    urls: tuple[str, ...]
    pages: tuple[str, ...]


def join_pages(articles: Sequence[Article]) -> list[Joined]:
    """The articles of an issue in their order, each that runs over pages made one."""
    after = _links(articles)
    tails = set(after.values())
    joined = []
    for index, article in enumerate(articles):
        if index in tails:
            continue
        chain = [index]
        while (following := after.get(chain[-1])) is not None and following not in chain:
            chain.append(following)
        joined.append(
            _joined([articles[i] for i in chain])
            if len(chain) > 1
            else Joined(article, (article.url,), (article.page,))
        )
    return joined


def page_key(page: str) -> tuple[str, int]:
    """The section letter and number of a page: A06 and 6 in section A are the same; 第三版 is 3."""
    text = page.replace(" ", "").upper()
    letter = text[0] if text[:1].isalpha() and text[0].isascii() else ""
    rest = text.removeprefix(letter)
    return letter, int(rest) if rest.isdecimal() else _chinese(rest)


def _links(articles: Sequence[Article]) -> dict[int, int]:
    """Which article goes on in which."""
    heads = {i: page for i, article in enumerate(articles) if (page := forward_page(article))}
    tails = {i: page for i, article in enumerate(articles) if (page := backward_page(article))}
    options = {
        head: [tail for tail, back in tails.items() if tail != head
               and _same(to, articles[tail].page) and _same(back, articles[head].page)]
        for head, to in heads.items()
    }  # fmt: skip
    links: dict[int, int] = {}
    # Titles first: where several articles turn to the same page, the continuation repeats the title or a part of it.
    for head, candidates in options.items():
        alike = [tail for tail in candidates if _alike(articles[head], articles[tail])]
        if len(alike) == 1 and alike[0] not in links.values():
            links[head] = alike[0]
    for head, candidates in options.items():
        free = [tail for tail in candidates if tail not in links.values()]
        rivals = [
            other for other in options if other != head and other not in links and set(free) & set(options[other])
        ]
        if head not in links and len(free) == 1 and not rivals:
            links[head] = free[0]
    return _without_loops(links)


def _without_loops(links: dict[int, int]) -> dict[int, int]:
    """The links without those that lead back to where they came from: a loop has no beginning, so nothing is joined."""
    sound = {}
    for head, tail in links.items():
        at: int | None = tail
        seen = {head}
        while at is not None and at not in seen:
            seen.add(at)
            at = links.get(at)
        if at is None:
            sound[head] = tail
    return sound


def half(article: Article) -> bool:
    """Whether an article, joined as far as can be, still says that it goes on or comes from elsewhere."""
    return forward_page(article) is not None or backward_page(article) is not None


def forward_page(article: Article) -> str | None:
    """The page on which an article says it goes on."""
    for block in reversed(article.blocks[-3:]):
        if isinstance(block, str):
            found = FORWARD.search(block[-FORWARD_TAIL:])
            if found:
                return str(found.group(1))
    return None


def backward_page(article: Article) -> str | None:
    """The page from which an article says it comes."""
    first = article.blocks[0] if article.blocks and isinstance(article.blocks[0], str) else ""
    for text in (article.pretitle, article.title, article.subtitle, first[:FORWARD_TAIL]):
        found = BACKWARD.search(text)
        if found:
            return str(found.group(1))
    return None


def _same(named: str, page: str) -> bool:
    (letter, number), (own_letter, own) = page_key(named), page_key(page)
    return number == own and number > 0 and (not letter or not own_letter or letter == own_letter)


def _alike(head: Article, tail: Article) -> bool:
    title = _letters(BACKWARD.sub("", tail.title))
    return len(title) >= 4 and (title in _letters(head.title + head.pretitle) or _letters(head.title)[:8] in title)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _joined(parts: Sequence[Article]) -> Joined:
    blocks = list(parts[0].blocks)
    for part in parts[1:]:
        blocks = _without_forward(blocks)
        following = _without_backward(list(part.blocks))
        if blocks and following:
            last, first = blocks[-1], following[0]
            if isinstance(last, str) and isinstance(first, str) and last[-1] not in SENTENCE_END:
                blocks[-1], following = last + first, following[1:]
        blocks += following
    captions = tuple(dict.fromkeys(caption for part in parts for caption in part.captions))
    article = replace(parts[0], blocks=tuple(blocks), captions=captions)
    return Joined(article, tuple(part.url for part in parts), tuple(part.page for part in parts))


def _without_forward(blocks: list[str | Table]) -> list[str | Table]:
    for index in range(len(blocks) - 1, max(-1, len(blocks) - 4), -1):
        block = blocks[index]
        if isinstance(block, str) and (found := FORWARD.search(block, max(0, len(block) - FORWARD_TAIL))):
            rest = (block[: found.start()] + block[found.end() :]).strip()
            return blocks[:index] + ([rest] if rest else []) + blocks[index + 1 :]
    return blocks


def _without_backward(blocks: list[str | Table]) -> list[str | Table]:
    if blocks and isinstance(blocks[0], str) and (found := BACKWARD.match(blocks[0])):
        rest = blocks[0][found.end() :].strip()
        return ([rest] if rest else []) + blocks[1:]
    return blocks


def _chinese(text: str) -> int:
    """一 to 九十九."""
    if not text or any(character not in DIGITS and character != "十" for character in text):
        return 0
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return DIGITS[text] if len(text) == 1 else 0
    return DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0)

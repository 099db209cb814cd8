"""A newspaper article or a feed entry as one plain HTML document, the same bytes for the same parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from flows.fetch.epaper_article import Article, Table


def compose(article: Article, meta: Mapping[str, str | None]) -> bytes:
    """The document of an article: titles as headings, author, paragraphs, tables, and the captions apart at the end.

    ``meta`` gives the fields of the head by the names that government pages use (GB/T 42147): ArticleTitle, PubDate,
    ContentSource, Author, Url. All text is escaped.
    """
    head = "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in meta.items() if value)
    parts = [
        *(f'<h2 class="pretitle">{escape(article.pretitle)}</h2>' for _ in [0] if article.pretitle),
        *(f"<h1>{escape(article.title)}</h1>" for _ in [0] if article.title),
        *(f'<h2 class="subtitle">{escape(article.subtitle)}</h2>' for _ in [0] if article.subtitle),
        *(f'<p class="author">{escape(article.author)}</p>' for _ in [0] if article.author),
        *_blocks(article.blocks),
        *(f"<figure><figcaption>{escape(caption)}</figcaption></figure>" for caption in article.captions),
    ]
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n<title>{escape(article.title)}</title>\n'
        f"{head}</head>\n<body>\n<article>\n{body}\n</article>\n</body>\n</html>\n"
    ).encode("utf-8", "xmlcharrefreplace")


def _blocks(blocks: Iterable[str | Table]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Table):
            rows = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
            yield "<table>\n" + "\n".join(rows) + "\n</table>"
        else:
            yield f"<p>{escape(block)}</p>"

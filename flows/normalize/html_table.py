"""A table element to a grid of cell texts."""

from __future__ import annotations

from collections.abc import Callable

from lxml.html import HtmlElement

from flows.normalize.blocks import Block, cell, clean, table_blocks

MAX_SPAN = 100  # HTML allows 1,000 columns and 65,534 rows; no report uses more than a few dozen
MAX_CELLS = 200_000


def is_layout(table: HtmlElement) -> bool:
    """Whether a table only arranges the page: it holds another table, long prose, no number, or a single column."""
    if table.find(".//table") is not None:
        return True
    rows = list(table.iter("tr"))
    widest = max((sum(child.tag in ("td", "th") for child in row) for row in rows), default=0)
    if widest <= 1:
        return True
    cells = [child for row in rows for child in row if child.tag in ("td", "th")]
    texts = [_text_of(child) for child in cells]
    numbers = sum(any(character.isdigit() for character in text) for text in texts)
    if numbers == 0 or (len(rows) == 1 and numbers < 3):
        return True
    prose = sum(len(text) for text in texts if len(text) > 200 and "。" in text)
    return prose > 0.6 * max(1, sum(map(len, texts)))


def _text_of(element: HtmlElement) -> str:
    return "".join("".join(element.itertext()).split())


def grid_of(table: HtmlElement, text_of: Callable[[HtmlElement], str]) -> tuple[list[list[str]], int | None]:
    """The cells row by row, those that span repeated in every place they cover; and the number of ``th`` rows.

    Empty cells are empty strings, so that a column keeps its place. Spans and the size of the grid are bounded.
    """
    filled: dict[tuple[int, int], str] = {}
    heads: list[bool] = []
    width = 0
    for y, row in enumerate(table.iter("tr")):
        x = 0
        cells = [child for child in row if child.tag in ("td", "th")]
        heads.append(bool(cells) and all(child.tag == "th" for child in cells))
        for child in cells:
            while (y, x) in filled:
                x += 1
            across, down = _span(child, "colspan"), _span(child, "rowspan")
            text = cell(text_of(child))
            for dy in range(down):
                for dx in range(across):
                    if len(filled) < MAX_CELLS:
                        filled[y + dy, x + dx] = text
            x += across
        width = max(width, x)
    rows = [[filled.get((y, x), "") for x in range(width)] for y in range(len(heads))]
    leading = next((index for index, head in enumerate(heads) if not head), len(heads))
    return rows, leading or None


def _span(element: HtmlElement, attribute: str) -> int:
    digits = "".join(character for character in (element.get(attribute) or "1") if character in "0123456789")
    return min(MAX_SPAN, max(1, int(digits[:6] or 1)))


def blocks_of_table(table: HtmlElement, text_of: Callable[[HtmlElement], str]) -> list[Block]:
    """The lines of a data table with its ``caption`` element above."""
    caption = table.find("caption")
    rows, heads = grid_of(table, text_of)
    named = clean(text_of(caption)) if caption is not None else ""
    lines = table_blocks(_without_empty_columns(rows), heads)
    if not named:
        return lines
    return [Block("caption", named), *(Block(line.role, line.text, tight=True) for line in lines)]


def _without_empty_columns(rows: list[list[str]]) -> list[list[str]]:
    """Word exports hold columns that no row fills; kept, they would only shift the numbers from their heads."""
    if not rows:
        return rows
    kept = [x for x in range(len(rows[0])) if any(row[x] for row in rows)]
    return [[row[x] for x in kept] for row in rows]

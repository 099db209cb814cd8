"""The articles of a newspaper page: headings before their bodies.

A page is often set so that its content has all bodies first and the headings after them. A body belongs to the nearest
heading above it that stands over one of its columns. Where the content already has every heading before its bodies,
nothing is moved.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.normalize.blocks import Block, Box

_BODIES = 2  # fewer bodies than this have nothing to sort


def in_articles(blocks: Sequence[Block]) -> list[Block]:
    """The blocks page by page, each heading (with those close below it) before the bodies that stand under it."""
    done: list[Block] = []
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and blocks[end].page == blocks[at].page:
            end += 1
        done += _page(blocks[at:end])
        at = end
    return done


def _page(blocks: Sequence[Block]) -> list[Block]:
    heads = [block for block in blocks if block.role in ("heading", "title") and block.bbox]
    bodies = [block for block in blocks if block.role == "paragraph" and block.bbox]
    if not heads or len(bodies) < _BODIES or any(block.tight for block in blocks):
        return list(blocks)
    order = {id(block): index for index, block in enumerate(blocks)}
    owner: dict[int, Block] = {}
    for block in blocks:
        if block not in heads and block.bbox and (head := _heading_over(block.bbox, heads)):
            owner[id(block)] = head
    late = [block for block in bodies if id(block) in owner and order[id(owner[id(block)])] > order[id(block)]]
    if not late:
        return list(blocks)
    loose = [block for block in blocks if id(block) not in owner and block not in heads]
    arranged: list[Block] = []
    for head in sorted(heads, key=lambda block: (-_box(block)[3], _box(block)[0])):
        arranged.append(head)
        arranged += [block for block in blocks if owner.get(id(block)) is head]
    return [*loose, *arranged]


def _box(block: Block) -> Box:
    return block.bbox or (0.0, 0.0, 0.0, 0.0)


def _heading_over(box: Box, heads: Sequence[Block]) -> Block | None:
    """The lowest heading that ends above the top of the box and overlaps it sideways."""
    over = [
        head
        for head in heads
        if _box(head)[1] >= box[3] - 2 and min(_box(head)[2], box[2]) - max(_box(head)[0], box[0]) > 0
    ]
    return min(over, key=lambda head: _box(head)[1], default=None)

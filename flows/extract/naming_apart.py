"""Names that several segments of one sentence share: 工程项目132项，交易额29亿元；政府采购324宗，交易额1亿元.

Each segment opens with what it counts; where the same words stand in two of them, every figure of theirs is named
after the thing that its segment counts. So no two series of one report bear one name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from flows.extract.draft import Draft
from flows.extract.names import short

_RATES: Final = ("%", "‰", "倍", "成")
_LONGEST: Final = 10  # characters of what a segment counts
_OPENING: Final = 12  # characters of an item before its first figure


def tell_apart(drafts: Sequence[Draft]) -> None:
    """Names the figures of one sentence after the thing that their segment counts, where two segments share a name."""
    segments: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.bracket < 0 and not draft.yardstick:
            segments.setdefault(draft.segment, []).append(draft)
    _name_after_heads(list(segments.values()))


def tell_items_apart(blocks: Sequence[Sequence[Draft]]) -> None:
    """The same for the items of a list, each a paragraph (省级6项，总投资140亿元。完成投资28亿元): ``blocks`` are the
    figures of paragraphs that follow each other."""
    items = [[d for d in drafts if d.bracket < 0 and not d.yardstick and not d.table] for drafts in blocks]
    opened = [told for told in items if told and told[0].lead - told[0].sentence[0] <= _OPENING]
    _name_after_heads(opened)


def _name_after_heads(groups: Sequence[list[Draft]]) -> None:
    """Puts the name of the thing that a group counts first before the other names of the group, where two groups
    share one."""
    led = [(told[0], told[1:]) for told in groups if _counts_a_thing(told)]
    if len(led) < 2 or len({head.base for head, _ in led}) < len(led):
        return
    names = Counter(name for _, told in led for name in {(d.base, d.unit) for d in told if d.kind == "level"})
    if all(groups_with_it == 1 for groups_with_it in names.values()):
        return
    for head, told in led:
        for draft in told:
            if head.base not in draft.base and draft.group < 0:
                draft.base = short(head.base + draft.base)


def _counts_a_thing(told: Sequence[Draft]) -> bool:
    """Whether a segment opens with a count of things under a short name, and goes on about it in other units."""
    head = told[0]
    counts = head.kind == "level" and head.dimension == "count" and 1 < len(head.base) <= _LONGEST
    return counts and len(told) > 1 and all(d.unit != head.unit for d in told[1:] if d.unit not in _RATES)

"""Relations: what the grammar of a sentence says of its own figures.

Changes stand here; rates and sums in modules of their own. A relation that only arithmetic shows is not stated, and
informs only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from flows.extract.draft import Draft
from flows.extract.model import Relation
from flows.extract.rates import rates
from flows.extract.sums import change_sums, stated_groups, stated_sums
from flows.extract.sums_afar import with_afar_sums
from flows.extract.sums_arithmetic import arithmetic_sums, further_sums, recalled_sums, state_sums, sums_of_rates
from flows.extract.sums_lists import Remainder, place_sums, segment_sums

_FROM_LEVEL: Final = re.compile(r"(?:由|从)(?:上年|去年|上月|年初|[^，。；]{0,8}年)?(?:同期|末|底)?的?$")
# 由去年同期下降5.0%转为增长21.5%: the growth of another time than the level's
_GREW_BEFORE: Final = re.compile(r"(?:由|从)[^，。；由从]{0,8}的?(?:下降|增长|上升|上涨|减少|增加|回落)$")
_LATELY: Final = 40  # relations of the sentences before
_MONEY_MORE: Final = re.compile(r"多增")


def _earlier(drafts: list[Draft], now: Draft, change: Draft) -> int | None:
    """The earlier level where the clause states it: 由上年的8600元提高到9200元，增长7.0%."""
    for draft in drafts:
        if draft.start >= change.start:
            break
        same = draft.kind == "level" and draft.unit == now.unit and draft is not now
        if same and draft.clause == now.clause and _FROM_LEVEL.search(draft.raw):
            return draft.start
    return None


def relations(sentences: Sequence[list[Draft]]) -> list[Relation]:
    """The relations of a document; each inner list holds the named drafts of one sentence, in order."""
    found: list[Relation] = []
    recent: list[Draft] = []
    wholes: list[Draft] = []
    remainder = Remainder()
    grown: list[Draft] = []  # the changes of the sentence before
    for drafts in sentences:
        if not drafts or drafts[0].table:
            continue
        groups = stated_groups(drafts)
        sums, taken = stated_sums(groups)
        remainder.complete(drafts, found)
        found += _changes(drafts)
        found += rates(drafts, recent, wholes)
        here = [*sums, *change_sums([*grown, *drafts], sums), *arithmetic_sums(drafts, taken, recent)]
        for rule in (place_sums, segment_sums, state_sums, recalled_sums):
            here += rule(drafts, recent, here)
        here += sums_of_rates(drafts, found, here)
        here += further_sums(drafts, here, recent, found[-_LATELY:])
        found += here
        grown = [d for d in drafts if d.kind == "change"]
        remainder.keep(groups)
        recent = [*recent, *(d for d in drafts if d.kind == "level" and d.unit not in ("%", "‰"))][-40:]
    return with_afar_sums(sentences, found)


def _changes(drafts: list[Draft]) -> list[Relation]:
    found = []
    for draft in drafts:
        parent = draft.parent
        told = parent is not None and (parent.sentence == draft.sentence or "named" in draft.rules)
        if draft.kind != "change" or parent is None or not told:
            continue
        if draft.in_part and parent.unit == draft.unit and parent.base != draft.base:
            continue  # 进出口总额9500亿元，其中逆差减少249亿元: the change of a part is none of the whole
        if parent.kind == "change" and not (
            draft.unit.startswith(("个", "百分点")) or _MONEY_MORE.search(draft.suffix)
        ):
            continue
        if _GREW_BEFORE.search(draft.raw):
            continue
        if draft.dimension == "money" and parent.dimension == "count" and parent.kind == "level":
            continue  # 340户通过养花户均增收6000元: of their income, not of the households
        if parent.kind == "change" and draft.suffix.endswith("之差"):
            continue  # 增长17.8%，高于全国9.9个百分点: two places, and not two times
        before = None if draft.suffix.startswith("年均") else _earlier(drafts, parent, draft)
        found.append(Relation("change", now=parent.start, change=draft.start, before=before))
    return found

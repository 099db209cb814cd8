"""Names of plans, of their outcomes, and of the level that a plan or a year ago is compared with.

A budget report states what was planned and then only that it was done (预算为175亿元，实际完成213亿元); an item of a
progress notice names its thing once and then aims, outcome and rate (城镇新增就业。目标5.2万人，实际完成5.6万人).
"""

from __future__ import annotations

import re
from typing import Final

from flows.extract.draft import Draft
from flows.extract.ends import without_noise
from flows.extract.names import planless, short
from flows.extract.naming_memory import Memory
from flows.extract.words import OUTCOME

_AIMED: Final = re.compile(
    r"(?:年度|全年|工作|年初)?(?:目标|任务|计划|预算)(?:任务|数|值)?(?:发放|建设|改造|新建|新增|完成)?|实际发放"
)
_REVISED: Final = re.compile(r"(?:因.*)?(?:调整|变动)(?:后|后的)?(?:预算|计划|任务)?(?:数|为)?")
_THAN: Final = re.compile(
    r"(?:比|较|与)(?:去年|上年|上学年|上月|上季度?|上期|(?:19|20)\d\d年|[一二][〇零一二三四五六七八九]{3}年|多年|常年|往年|历年|历史)(?:同期|同月|末|底|平均)?(?:均值|平均值)?(?:的|为|是)?$"
)
_SET_BESIDE: Final = re.compile(r"(?:^|[，；])(?:与|同|和|跟|较)[^，。；]{2,26}$")  # 与2010年普查的295956人相比
_BRACKET: Final = re.compile("（[^（）]*）")
_LONGEST: Final = 12  # characters of words that say no more than that something was planned, revised or done
_THAN_ENDS: Final = frozenset("的为是年期月末底度均史值")
# 收入98615万元，为预算的96.7%，短收3385万元: how far a level missed its plan; what grows is the level.
_MISSED: Final = re.compile(r"(?:超收|短收|歉收|增收|减收|超支|增支|减支|节支)")


class PlanRules(Memory):
    """Rules that name a figure after what was planned, or after the level that it is compared with."""

    def _outcome(self, draft: Draft, own: str) -> bool:
        """计划50亿元，实际完成62亿元; 城镇新增就业。目标5.2万人，实际完成5.6万人: the thing that was planned."""
        if len(own) > _LONGEST and not own.startswith("因"):
            return False  # only _REVISED has room for more words: 因…调整后
        near = self._level_here(draft)
        counted = own == "完成" and draft.dimension == "count"  # 实事30件，已完成24件
        if OUTCOME.fullmatch(own) and not counted:
            thing = planless(near.base) if near is not None else self._planned_before(draft)
            thing = self._subject(draft, thing) + thing if thing in ("收入", "支出") else thing
            thing += "完成率" if thing and draft.unit == "%" else ""
        elif _AIMED.fullmatch(own):
            said = near is not None and near.unit == draft.unit
            thing = planless(near.base) if near is not None and said else self._announced() or self.topic
            thing = thing + own if thing else ""
        elif _REVISED.fullmatch(own) and near is not None:
            thing = planless(near.base) + "调整预算"
        else:
            return False
        draft.base = short(thing)
        return bool(thing)

    def _planned_before(self, draft: Draft) -> str:
        """…收入调整预算为190亿元。全年执行191亿元: the plan of the sentence before, else the item's name."""
        plans = [d for d in self.main if d.unit == draft.unit and planless(d.base) != d.base]
        return planless(plans[-1].base) if plans else self._announced() or self.topic

    def _compared(self, draft: Draft) -> bool:
        """比去年的49.8%提高6.6个百分点: the level before it, a year ago."""
        near = self._level_here(draft)
        if near is None:
            return False
        if _MISSED.fullmatch(words := without_noise(draft.gap)):
            draft.rules["comparison"] = words
            draft.base = short(near.base + words)
            return True
        raw = _BRACKET.sub("", draft.raw) if "）" in draft.raw else draft.raw  # 与2010年（六普，下同）的133972万人相比
        beside = draft.post.startswith("相比") and _SET_BESIDE.search(raw)
        if not beside and (draft.raw[-1:] not in _THAN_ENDS or not _THAN.search(draft.raw)):
            return False
        draft.rules["comparison"] = draft.raw.strip(" ，")
        draft.base = near.base
        return True

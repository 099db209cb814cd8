"""What a figure is a part of: the figure before its bracket, before 其中, or what its sentence divides; and what growth
without words of its own is of.
"""

from __future__ import annotations

import re
from typing import Final

from flows.extract.draft import Draft
from flows.extract.names import clean, head_of, state_of
from flows.extract.naming_state import State
from flows.extract.units import holds
from flows.extract.words import ends_in_head

_WHOLE_OF: Final = re.compile(r"^总|(?:总额|总值|总量|总数|总计|合计)$")
_AMONG: Final = re.compile(r"(?:^|[，；。：])(?:其中[，：]?)?([^，；。：]{2,14})(?:当?中|里)[，：]$")
_AMONG_ENDS: Final = ("中，", "中：", *(f"{noun}里，" for noun in "件户例员额款目"))  # not 公里，
CHANGE_WORDS: Final = re.compile(r"增|减|升|降|涨|跌|多|少")
_CONVERTED: Final = re.compile(r"折合|约合|相当于|折算")  # 折合径流深728.6毫米: the same level told otherwise
_WHOLE_SUM: Final = re.compile(r"生产总值$")  # of which no income a head is a part
_OTHER_STATE: Final = re.compile(r"(?:累计|新增|现有)?(?:治愈|死亡|出院|解除|转为)")
_HEAD_NOUN: Final = 4  # characters of a head noun: 增加值, 总收入
_PER_HEAD: Final = re.compile(r"人均|户均|平均")
_IN_AN_EVENT: Final = re.compile("在(?:该|此次|本次|这次|这起)")  # 在该事件中，共有50名学生…


class Wholes(State):
    """Finds for a figure the one that it is a part or a change of."""

    def _total(self, drafts: list[Draft], index: int) -> Draft | None:
        """The figure of which this one is a part: before its bracket, before 其中, or, where the sentence opens with
        其中 or 分…看, in the sentence before."""
        draft = drafts[index]
        if draft.bracket >= 0:
            return self._of_bracket(drafts, index)
        self._see_among(drafts, index)
        if self.among is not None and self._is_among(drafts, index):
            total = self.among[0]
            if total is not None and holds(total.unit, draft.unit) and not _exceeds(draft, total):
                draft.in_part = True
                return total
            if total is None:
                draft.rules["among"] = "a division of what stands before"
        if draft.in_part and (same := self._before_part(drafts, index)):
            return self._of_opening(drafts, index, same)
        if self.across and not draft.apart:
            draft.in_part = True
            return self._of_sentence_before(draft, drafts)
        return None

    def _of_bracket(self, drafts: list[Draft], index: int) -> Draft | None:
        """The figure that a bracket stands behind, or the level that this one is told of."""
        draft = drafts[index]
        owner = drafts[draft.bracket]
        if owner.kind == "change" and owner.unit != draft.unit and owner.parent and owner.parent.unit == draft.unit:
            return owner.parent  # 96.4亿元，增长24.6%（电动汽车41.2亿元、…）
        behind_rate = owner.unit in ("%", "‰") and draft.dimension == "money"
        if behind_rate and (level := self._before_bracket(drafts, index)):
            return level  # 收入14亿元，完成预算的97%（其中市本级收入13亿元）
        return owner

    def _before_part(self, drafts: list[Draft], index: int) -> list[Draft]:
        """The figures before 其中 that may be the whole of this one: in its unit, no plans, and no sum of all for what
        is told a head."""
        draft = drafts[index]
        before = self._before_opening(drafts, index)
        same = [d for d in before if holds(d.unit, draft.unit) and d.kind in ("level", "change") and d.bracket < 0]
        a_head = _PER_HEAD.search(draft.gap) is not None
        return [d for d in same if not d.yardstick and not (a_head and _WHOLE_SUM.search(d.base))]

    @staticmethod
    def _of_opening(drafts: list[Draft], index: int, same: list[Draft]) -> Draft | None:
        """The whole among the figures before 其中; None, and no part, where this one is larger."""
        draft = drafts[index]
        named = [d for d in same if len(draft.post) > 1 and (draft.post in d.base or d.base.endswith(draft.post[-4:]))]
        levels = [] if CHANGE_WORDS.search(draft.gap) else [d for d in same if d.kind == "level"]
        total = (named or levels or same)[-1]
        if not _exceeds(draft, total):
            return total
        listed = [d for d in drafts if d.in_part and d.unit == draft.unit and d.segment == draft.segment]
        made = sum((d.number.value or 0 for d in listed), start=0)
        exact = [d for d in levels if len(listed) > 1 and d.number.value == made]
        if exact:
            return exact[-1]  # 8937例，死亡13例，其中乙类1836例，丙类7101例
        draft.in_part = False
        for later in drafts[index:]:
            later.in_part = later.in_part and later.opens_part
        return None

    def _of_sentence_before(self, draft: Draft, drafts: list[Draft]) -> Draft | None:
        """The figure of the sentence before that a sentence which opens with 其中 or 分…看 divides."""
        same = [d for d in self.main if holds(d.unit, draft.unit) and d.kind in ("level", "change")]
        a_head = draft.dimension == "money" or _PER_HEAD.search(draft.gap) is not None
        same = [d for d in same if "comparison" not in d.rules and (a_head or not _PER_HEAD.search(d.base))]
        firsts = [d for n, d in enumerate(drafts) if n == 0 or drafts[n - 1].segment != d.segment]
        made = sum((d.number.value or 0 for d in firsts if d.unit == draft.unit), start=0)
        exact = [d for d in same if d.number.value == made]
        if len(firsts) > 1 and exact and any(d is draft for d in firsts):
            return exact[-1]  # 应收38万亩，已收26万亩。其中：玉米已收22万亩；水稻已收4万亩
        if (draft.dimension == "money" or ends_in_head(clean(draft.gap))) and not CHANGE_WORDS.search(draft.gap):
            same = [d for d in same if d.kind == "level"]  # 支出100亿元 is no part of 多退9亿元
        if (whole := self._divided(draft, drafts)) is not None:
            return whole
        named = [d for d in same if len(clean(d.gap)) > 1 and clean(d.gap) in draft.gap]
        named = named or [d for d in same if (head := head_of(d.base)) and head in draft.gap]
        found = next(iter(named or same), None)
        return None if found is not None and _exceeds(draft, found) else found

    @staticmethod
    def _before_bracket(drafts: list[Draft], index: int) -> Draft | None:
        """The level of the sentence before a bracket that stands behind a rate of it, in the unit of what the bracket
        holds."""
        draft = drafts[index]
        here = [d for d in drafts[: draft.bracket] if d.sentence == draft.sentence and d.bracket < 0]
        same = [d for d in here if d.unit == draft.unit and d.kind == "level" and not d.yardstick]
        return same[-1] if same else None

    def _is_among(self, drafts: list[Draft], index: int) -> bool:
        """Whether 全市债务限额中，… speaks of this figure: one of its segment, or the first of a later one, but none
        that an inner 其中 divides."""
        draft = drafts[index]
        if self.among is None or self.among[2] > draft.segment:
            return False
        opened = [d for d in drafts[: index + 1] if d.opens_part and d.segment == draft.segment]
        inner = [d for d in drafts[:index] if opened and d.start < opened[-1].start and d.segment == draft.segment]
        head = head_of(clean(draft.gap))
        if draft.in_part and head and any(d.unit == draft.unit and head_of(d.base) == head for d in inner[-1:]):
            return False
        first = index == 0 or drafts[index - 1].segment != draft.segment
        return self.among[2] == draft.segment or (first and self.among[0] is not None)

    def _divided(self, draft: Draft, drafts: list[Draft]) -> Draft | None:
        """What a sentence that opens with 按…分 divides: the thing it names itself, what its figures add up to, or a
        part before whose name they bear (机电产品进口, of 进口总额)."""
        known = [d for d in self.history if d.unit == draft.unit and d.kind == "level" and d.number.value is not None]
        if self.divides:
            return next((d for d in reversed(known) if self.divides in d.base), None)
        here = [d for d in drafts if d.unit == draft.unit and d.bracket < 0 and not CHANGE_WORDS.search(d.gap)]
        added = sum((d.number.value or 0 for d in here), start=0)
        exact = [d for d in known if d.number.value == added]
        if len(here) > 1 and exact:
            return exact[-1]
        own = clean(draft.gap)
        for part in reversed(known[-6:]):
            name = _WHOLE_OF.sub("", clean(part.gap))
            if part.in_part and 1 < len(name) < len(own) and name in own:
                return part
        return None

    def _see_among(self, drafts: list[Draft], index: int) -> None:
        """重症病例中，广州4例…; 8项民生实事中，已完成5项…: what the figures of the rest of the segment are of."""
        draft = drafts[index]
        lead = self.lead.replace("\x01", "").rstrip()
        if not lead.endswith(_AMONG_ENDS):
            return
        match = _AMONG.search(lead.replace(" ", ""))
        previous = drafts[index - 1] if index else None
        if previous is not None and previous.clause == draft.clause - 1:
            self.among = (previous, "", draft.segment)
        elif match is not None and _IN_AN_EVENT.match(match[1]) is None:
            name = clean(match[1])
            told = [d for d in [*self.history, *self.main, *self.spoken] if d.kind == "level" and name]
            told = [d for d in told if "comparison" not in d.rules]
            known = [d for d in told if _bears(d.base, name)]
            known = known or [d for d in told if _is_head_of(d.base, name)]
            plain = [d for d in known if not _OTHER_STATE.match(d.base)]  # 累计报告…312例，治愈…287例
            self.among = ((plain or known)[-1] if known else None, name, draft.segment)

    @staticmethod
    def _before_opening(drafts: list[Draft], index: int) -> list[Draft]:
        """The figures before the 其中 that a part stands under: of its own segment where segments divide themselves
        (甲…，其中…；乙…，其中…), else of the sentence; parts of an earlier 其中 are left out."""
        draft = drafts[index]
        dividing = {d.segment for d in drafts if d.opens_part and d.clause > 0}
        own = len(dividing) > 1
        opening = [
            i
            for i in range(index + 1)
            if drafts[i].opens_part and drafts[i].bracket < 0 and (not own or drafts[i].segment == draft.segment)
        ]
        if not opening:
            outer = next((i for i in range(index) if "opens" in drafts[i].rules), 0)
            # 其中：第一产业…；第二产业66亿元，其中工业…: the colon opens all of the sentence
            return [d for d in drafts[:outer] if not _exceeds(draft, d)]
        before = [d for d in drafts[: opening[-1]] if not own or d.segment == draft.segment]
        if own and not before:  # 保险公司47家，按业务分，…；按资本分，…: each segment divides the whole anew
            first = next(n for n, d in enumerate(drafts) if d.opens_part)
            before = [d for d in drafts[:first] if d.bracket < 0]
        free = [d for d in before if d.start < drafts[opening[0]].start] if len(opening) > 1 else before
        return free or before

    def _grown(self, draft: Draft) -> Draft | None:
        """What a change without words of its own is of: a share for points, an amount for a rate of growth."""
        more = [d for d in self.spoken if d.kind == "change" and d.unit == draft.unit]
        if "多增" in draft.suffix and more:
            return more[-1]
        last = self.spoken[-1] if self.spoken else None
        own = last is not None and last.kind == "change" and last.parent is None and last.unit == "%"
        relative = draft.unit in ("%", "‰", "倍") or draft.unit.startswith("个")
        told = last.parent if last is not None and last.kind == "change" else None
        if told is not None and last is not None and draft.unit == "%" and last.unit == told.unit and draft.linked:
            return told  # 事故27起，死亡16人，起数减少5起、下降15.6%
        if own and last is not None and last.clause == draft.clause - 1 and not relative:
            return last  # 实现利润增长31%，增加4442亿元
        levels = [
            d
            for d in self.spoken
            if d.kind in ("level", "share")
            and "comparison" not in d.rules
            and not d.yardstick
            and (d.dimension == "money" or not _CONVERTED.match(d.gap.lstrip("\x01，")))
        ]
        if last is not None and last.kind == "change" and last.unit == draft.unit == "%" and not levels:
            elsewhere = last.parent is None or last.parent.sentence != last.sentence
            if elsewhere and last.clause == draft.clause - 1 and last.segment == draft.segment:
                return last  # 一季度生产总值增长5.3%，二季度增长4.7%
        if draft.bracket < 0 and draft.sentence == self.sentence:  # 受理2.1万件（日均3012件），环比增加3.8%
            levels = [d for d in levels if d.bracket < 0] or levels
        if draft.unit in ("%", "‰", "倍"):
            levels = [d for d in levels if d.unit not in ("%", "‰")] or levels
        elif not draft.unit.startswith(("个", "百分点")):
            levels = [d for d in levels if d.unit == draft.unit] or levels
        money = self.level if self.level is not None and self.level.kind == "change" else None
        return money or (levels[-1] if levels else None) or self.level or self.growth


def _bears(base: str, name: str) -> bool:
    """新增确诊病例中, after 新增新冠肺炎确诊病例73例: whether a name is that of a figure, words between state and thing
    left out."""
    state = state_of(name)
    return base.endswith(name) or (bool(state) and base.startswith(state) and base.endswith(name[len(state) :]))


def _is_head_of(base: str, name: str) -> bool:
    """第三产业中，…, after 第三产业增加值482亿元: whether a figure's name is another with a head noun."""
    return base.startswith(name) and 0 < len(base) - len(name) <= _HEAD_NOUN and ends_in_head(base)


def _exceeds(part: Draft, total: Draft) -> bool:
    """Whether a figure is larger than what it would be part of."""
    if part.number.value is None or total.number.value is None or total.kind == "change" or part.unit in ("%", "‰"):
        return False
    return part.unit == total.unit and part.number.value > total.number.value and not _PER_HEAD.search(total.base)

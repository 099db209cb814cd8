"""Names that a figure has from others alone: the level that it grew from, the two that it adds up, the list that it
stands in, the label of its paragraph."""

from __future__ import annotations

import re
from typing import Final

from flows.extract.draft import Draft, gap_of
from flows.extract.ends import without_noise
from flows.extract.names import clean, short
from flows.extract.naming_words import TURNS, WordRules
from flows.extract.words import TOWNS, ends_in_head

_TOGETHER: Final = ("二者", "两者", "相加", "两项", "两类")
_A_HEAD: Final = ("平均每人", "平均每户", "人均", "户均")
_LISTED_NAME: Final = 14
_BY_NAME: Final = re.compile(
    r"(?P<what>[\u4e00-\u9fffA-Za-z]{2,}?[数率额量值果度入分])(?:(?:居前|靠前|最高|较高|领先)的[\u4e00-\u9fff]{0,4}(?:分别|依次)?|分别|依次)"
    r"(?:为|是|有)：?(?P<name>[\u4e00-\u9fff]{2,14})(?:（[^（）]*）)?$"
)
_DEALT: Final = ("分别", "依次", "居前", "靠前", "最高", "较高", "领先")  # one of these is in every such list
_DIGIT: Final = re.compile(r"\d")
_FURTHEST: Final = re.compile(
    "[\u4e00-\u9fff]{0,4}?最[大小多少高低](?:(?:为|是|的是)[\u4e00-\u9fff]{2,10}[站点镇乡村县区市](?:的|为|达)?)?"
)
_LABELLED: Final = re.compile(r"(?:；|^)[\x01 ]*([\u4e00-\u9fff、（）]{2,16})：$")
_ALLOTTED: Final = ("安排", "预算安排", "拟安排", "计划安排")
_BOTH: Final = ("前者", "后者")
_FROM: Final = ("由", "从")
_GROWN_TO: Final = re.compile(
    r"(?:缩小|扩大|下降|上升|提高|提升|增加|增长|减少|优化|改善|降低|回落|收窄|降|升)(?:到|至|为)了?"
)


class TurnRules(WordRules):
    """Rules that name a level after other figures."""

    def _told_elsewhere(self, draft: Draft, last: Draft | None) -> bool:
        """Names a figure whose own words only turn another to it: 由2.48缩小至2.43, 前者206万元, 辖7镇8乡."""
        if last is not None and not draft.unit and last.measure == "index" and TURNS.fullmatch(draft.raw):
            draft.measure, draft.base = "index", last.base  # 收入比由2.48缩小至2.43
            return True
        if last is not None and last.unit == draft.unit and last.raw.endswith(_FROM) and _GROWN_TO.fullmatch(draft.raw):
            draft.base, draft.suffix, draft.kind = last.base, last.suffix, last.kind  # 份额从14%提升到15.5%
            draft.measure, draft.parent = last.measure, last.parent
            return True
        own = own_of(draft)
        bare = own in _ALLOTTED or (not own and draft.segment)
        label = _LABELLED.search(self.lead) if bare and not draft.post else None
        if label is not None and (not own or ends_in_head(label[1])):
            draft.base = short(clean(label[1]))  # 刑事拘留：39人；行政拘留：87人. 教育类支出：安排3.2亿元
            return True
        if own in _BOTH and (things := self._two_before(draft)) is not None:
            draft.base = things[own == "后者"]  # 两项补贴支出531万元，前者206万元、后者325万元
            return True
        if own == "计" and last is not None and last.kind == "share":
            draft.base = last.base.removesuffix("占比").partition("占")[0]  # 卫生技术人员占84.4%，计2078人
            return True
        if last is not None and _in_a_chain(last, draft):
            draft.base = short(draft.post)  # 造成9个乡镇47个村受灾
            return True
        if draft.unit in TOWNS:
            draft.base = "辖" + draft.unit
            return True
        return self._dealt_by_name(draft)

    def _of_others(self, draft: Draft, own: str) -> str:
        """The name of a figure whose own words point to others: 二者合计4963件, 新县最大，为86.4毫米, 平均每人355元;
        else empty."""
        if own in _TOGETHER:
            return self._summed(draft)
        if _FURTHEST.fullmatch(own):
            return self._of_unit_before(draft)
        if own in _A_HEAD and (subject := self._said_before() or self._lookback()):
            return subject + own
        return ""

    def _told_levels(self) -> list[Draft]:
        """The levels told before in the paragraph and in its last sentences."""
        return [d for d in [*self.history, *self.spoken] if d.kind == "level"]

    def _said_before(self) -> str:
        """The clause straight before a figure, where it is a short noun phrase without figures; else empty."""
        words = clean(re.split("[，；：。]", self.lead.rstrip("，"))[-1])
        return words if 1 < len(words) <= _LISTED_NAME and ends_in_head(words) and not _DIGIT.search(words) else ""

    def _of_unit_before(self, draft: Draft) -> str:
        """The name of the last level in the unit of a figure; empty where there is none."""
        told = [d for d in self._told_levels() if d.unit == draft.unit]
        return next((d.base for d in reversed(told) if not _FURTHEST.search(d.base)), "")

    def _of_label(self, draft: Draft) -> None:
        """临时救助。1—6月救助2147人次，支出386.5万元: what the label of the paragraph says of its actions and flows."""
        if draft.base and self.opened.endswith(draft.base):
            draft.base = self.opened
        elif draft.base in ("收入", "支出"):
            draft.base = self.opened + draft.base

    def _dealt_by_name(self, draft: Draft) -> bool:
        """监测结果分别为甲村14.9、乙村0.5; 分数居前的院校为甲学院435分、乙学院414分: a name of its own before each."""
        sentence, what, unit = self.dealt
        dealt = any(word in draft.gap for word in _DEALT)
        if not dealt and sentence != draft.sentence:
            return False
        words = without_noise(draft.gap)
        if dealt and (match := _BY_NAME.search(words)) is not None and not draft.post:
            self.dealt = draft.sentence, clean(match["what"]), draft.unit
            draft.base = short(match["name"] + self.dealt[1])
            return True
        name = clean(words)
        listed = sentence == draft.sentence and unit == draft.unit and 1 < len(name) <= _LISTED_NAME
        if not listed or ends_in_head(name) or draft.post or draft.kind != "level" or "分别" in words:
            return False
        draft.base = short(name + what)
        return True

    def _summed(self, draft: Draft) -> str:
        """旧存案件826件，新收4137件，二者合计4963件: what the two before have in common at their end, else both."""
        told = [d for d in self._told_levels() if d.unit == draft.unit and d.bracket < 0]
        if len(told) < len(_BOTH):
            return ""
        one, other = told[-2].base, told[-1].base
        same = next((one[at:] for at in range(len(one)) if other.endswith(one[at:])), "")
        return same if len(same) > 1 else f"{one}与{other}"

    def _two_before(self, draft: Draft) -> tuple[str, str] | None:
        """The names of the two levels before the one that is divided into 前者 and 后者; None where there are none."""
        told = [d for d in self._told_levels() if d.bracket < 0]
        told = [d for d in told if len(d.base) > 2 and own_of(d) not in _BOTH and "comparison" not in d.rules]
        whole = next((d for d in reversed(told) if d.unit == draft.unit), None)
        if whole is None:
            return None
        names = list(dict.fromkeys(d.base for d in told if d.start < whole.start and d.base != whole.base))
        return (names[-2], names[-1]) if len(names) > 1 else None


def own_of(draft: Draft) -> str:
    """The words straight before a figure, blanks and marks taken off."""
    return draft.gap.strip("\x01， ")


def _in_a_chain(last: Draft, draft: Draft) -> bool:
    """9个乡镇47个村: whether a count of things follows straight on what the count before it counts."""
    counts = last.dimension == draft.dimension == "count" and bool(last.unit and draft.unit)
    return counts and bool(last.post and draft.post) and not draft.linked and gap_of(draft) == last.post

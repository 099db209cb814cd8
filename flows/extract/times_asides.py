"""Times that stand in a sentence and date none of its figures: what qualifies a noun, why something grew, when a thing
was founded, what is expected later.
"""

from __future__ import annotations

import re
from typing import Final

from flows.extract.times_model import TimeMention

_PLANNED_THEN: Final = re.compile(
    r"(?:各级|汇总|代编|人代会|市人|[^，。；]{0,8}(?:批准|确定|安排|预算|计划|下达|部署|预期|目标))|，"
)
_AIM_NOUN: Final = re.compile(r"的?(?:目标|任务|计划|预算)")
_RECORD: Final = re.compile(r"的?[^，。；]{0,4}(?:新高|新低|最高|最低|最好|高位|低位)")
_MOST: Final = re.compile(r"的?(?:同期)?(?:最[^近新终后]|首[次度]|罕见|未[见遇]|第[一二三四五\d])")  # 近十年来最差
# 主要是2024年收入含一次性因素, 剔除2024年增发国债因素后: why it grew so, not when
_CAUSE: Final = re.compile(r"主要(?:是|因为?|由于)|由于|因为?|剔除|扣除|还原|考虑到?|受")
_CAUSE_FAR: Final = re.compile(r"(?:主要(?:是|因为?|由于)|由于)[^，。；\d]{0,16}[及和与、]$")  # 主要是油价下降及2022年…
_OF_CAUSE: Final = re.compile(r"(?!(?:以来|全年|全[省市县区])?，)[^，。；\d]{2,30}(?:[，。；]|因素)")
_FOUNDED: Final = re.compile(r"(?:始?建|成?立|创[建办立]|生|办)于$")  # 小区建于1996年
_MADE: Final = re.compile(
    r"[，]?[^。；\d]{0,20}(?:批准|批复|设立|成立|组建|改制|挂牌|更名|撤并|撤销|升格|划归|并入|[设建][县市区])"
)
_MARK: Final = re.compile(r"[，。；]")


def is_of_founding(text: str, mention: TimeMention) -> bool:
    """2003年6月，经省政府批准，正式改制为…: when a thing was made what it is, in a sentence without figures."""
    return mention.kind in ("month", "date", "year") and _MADE.match(text, mention.end) is not None


def is_aside(text: str, mention: TimeMention) -> bool:
    """Whether a time qualifies a noun or tells a cause and dates nothing else: 年初安排的预算, 全年任务,
    今年以来的新高, 受去年基数较低影响, 建于1996年."""
    if mention.text.endswith("年初"):
        return _PLANNED_THEN.match(text, mention.end) is not None
    told_why = _CAUSE.search(text, max(0, mention.start - 8), mention.start) or _CAUSE_FAR.search(
        text, max(0, mention.start - 24), mention.start
    )
    if told_why and _OF_CAUSE.match(text, mention.end):
        return True
    if _FOUNDED.search(text, max(0, mention.start - 3), mention.start):
        return True
    if mention.text in ("全年", "年度", "本年度"):
        return _AIM_NOUN.match(text, mention.end) is not None
    if mention.text.endswith("来") and _MOST.match(text, mention.end):
        return True
    return _RECORD.match(text, mention.end) is not None


def tells_later(text: str, mention: TimeMention, lead: int) -> bool:
    """Whether the clause of a time to come says something of its own before the next mark, and the figure at ``lead``
    stands behind that."""
    mark = _MARK.search(text, mention.end, lead)
    return mark is not None and mark.start() > mention.end + 1

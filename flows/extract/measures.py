"""What kind of quantity a level is: a count, an amount, a sum of money, a rate, an index."""

from __future__ import annotations

import re
from typing import Final

from flows.extract.draft import Draft
from flows.extract.model import Measure
from flows.extract.names import clean

_HUGE: Final = 8  # 亿, as a power of ten
_OF_MONEY: Final = re.compile(
    r"(?:GDP|生产总值|增加值|收入|支出|零售总额|(?:总|完成|协议|合同|签约)?投资(?:总?额)?|资金|产值|销售额|交易额|存款|贷款|余额|进出口(?:总[值额])?)$"
)
_EXCHANGE: Final = re.compile(r"汇率(?!计算|折算|换算|折合)|兑$")  # 按平均汇率计算为7326美元: no rate itself
_RATIO_FROM: Final = re.compile(
    r"(?:收入比|消费比|抚养比|倍差|满意度|系数|指数)(?:由|从|缩小|扩大|下降|上升|提高|降低|回落)[^，。；]{0,8}$"
)
_SCORE: Final = re.compile(
    r"(?:比值|之比|收入比|倍差|性别比|倍率|指数|系数|评分|得分|基尼|(?<![A-Za-z])[pP][hH](?:平?均?值|年均值)?)）?"
    r"(?:为|达|是|约|缩小|扩大|收窄|提高|下降|提升|上升|保持|降|升|到|至|在)*$"
)


def measure_of(draft: Draft) -> Measure:
    """The measure of a level by its unit and, for a bare ratio, its words."""
    dimension, unit = draft.dimension, draft.unit
    if "ratio" in draft.rules:
        return "rate" if draft.rules["ratio"] == "structure" else "index"
    if dimension == "money":
        return "index" if _EXCHANGE.search(draft.pre) else "money"
    if unit in ("%", "‰", "‱", "成", "折", "分之一"):
        return "rate"
    if unit.startswith(("个百分点", "百分点", "个基点")):
        return "change"
    if not unit and draft.number.magnitude >= _HUGE and _OF_MONEY.search(clean(draft.pre)):
        return "money"  # GDP达8.8万亿
    if not unit and (_SCORE.search(draft.gap) or _RATIO_FROM.search(draft.raw)):
        return "index"
    if dimension in ("multiple", "index"):
        return "rate" if dimension == "multiple" else "index"
    return "count" if dimension in ("count", "none") else "amount"

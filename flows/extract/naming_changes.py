"""Names of changes.

Growth gets a suffix that is the same for rise and fall (同比增长), so that one series carries it; the sign is in the
value.
"""

from __future__ import annotations

import re
from typing import Final

from flows.extract.draft import Draft
from flows.extract.ends import change_at_end, without_noise
from flows.extract.names import clean, short
from flows.extract.naming_grown import GrownRules
from flows.extract.words import (
    CHANGE_BARE,
    NEGATIVE,
    RATE_OF_CHANGE,
    SPEEDS,
)

_BY_PRICE: Final = re.compile(r"按.*(?:价格?|口径)(?:计算)?[，、]?")
_EARLIER: Final = re.compile(r"环比|上月|上季|上旬|上周|前一[日天周月]")
_YEARLY: Final = re.compile(r"同比|上年|去年|同期")
_STRETCH: Final = re.compile(
    r"(?:近|这)?[一二两三四五六七八九十\d]+年(?:来|间|内|里)?(?:累计)?"
    r"|(?:按)?(?:不变价格?|可比价格?|现价)(?:计算)?"
)
_WITH_STRETCH: Final = re.compile(
    r"(?:(?:近|这|过去)?[一二两三四五六七八九十\d]+年(?:来|间)?(?:累计)?|(?<!占)[比较])$"
)  # 余额五年增长1倍
_ACTED_ON: Final = re.compile(r"(?:新建|改建|改造|完善|优化|整治|巩固|打造|建设|改善|绿化|修复|治理)$")
_CIRCUMSTANCE: Final = re.compile(r"^的?(?:情况|背景|条件|基础|形势)[下上][，]?")  # 在降幅超三成的情况下增长12%
_MOVES: Final = re.compile(r"(?:影响|拉动|下拉|推动|带动)(?=[\u4e00-\u9fffA-Z]{2})")
_DRIVEN: Final = re.compile(
    r"^(?:有[效力])?(?:带动|推动|拉动|促进|促使)(?=[\u4e00-\u9fff]{2})"
)  # …，带动贸易逆差下降46%
# 由上月持平转为上涨0.8%, 由降转升: what the growth was before, no part of the name
_TURNED: Final = re.compile(
    r"由[^，。；由]{0,6}(?:持平|下降|上涨|增长|回落|上升|降|升|跌|涨|负|正)(?:转(?:[升降涨跌正负])?为?)?[，]?$|^转为?$"
)
_WAS: Final = re.compile(r"由(上月|上季度?|上周|上年同期|去年同期|上年|去年)的?(?:同比|环比)?[^，。；由]{2,4}$")
# 地区生产总值达到1.2万亿元、稳居全国前十强、增长4.8%: where it ranks is no part of the name
_RANKED: Final = re.compile(
    r"^[，、\x01]*(?:(?:继续)?(?:稳居|位居|居于?|位列|位次|排名|跃居|跻身|进入|保持)[^，。；、]{0,10}"
    r"(?:前[一二三四五六七八九十百\d]+[强位名]?|第[一二三四五六七八九十\d]+位?|首位|前列|上游)[，、])+"
)
_MORE_WORDS: Final = ("多", "少", "增加", "减少")
_MORE_BARE: Final = ("多", "少", "偏多", "偏少")
_THAN: Final = ("比", "较", "，比", "，较")
_COMPARED_BEFORE: Final = re.compile(r"[比较][^，。；（）]{1,14}（[^（）]*）$")
# 经济增长预期目标为5%: growth that is aimed at.
_AIM_OF_GROWTH: Final = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:同比)?(?:增长|增速)的?(?:年度|全年|主要|工作)?(?:预期|预期性)?目标(?:值)?(?:是|为|定为|设定为|确定为)?$"
    r"|(?<=[\u4e00-\u9fff])(?:预期增长|增长预期)(?:均)?(?:为|是)?$"
)
_AIM_ENDS: Final = ("标", "为", "是", "值", "期", "长")
# 判刑人数超去年全年40%: by how much it is above the year before.
_THAN_YEAR: Final = re.compile(r"(?:超过?|超出|高于|多于|(?P<down>低于|少于|不及))(?:去年|上年)(?:全年|同期)?$")
_BRIEF: Final = re.compile(r"[\u4e00-\u9fff]{2}(?<![再又递同可均])[增降涨跌减]了?$")  # 投诉降9成, in a headline
_FROM_GROWTH: Final = re.compile(
    r"(?P<noun>增速|增幅|涨幅|降幅|跌幅|减幅)(?:要|将|已|也|又|都)?(?:由|从)[^，。；\d]{0,12}$"
)
_STEPS: Final = re.compile(
    "[两二三四五六七八九十]?个?[新大]?(?:台阶|大关|关口)"
)  # 连跨7万亿、8万亿两个大台阶，年均增长5.9%
# 办理平均减时间83%、减材料54%: what is spared of an errand.
_AS_MUCH_AS: Final = ("达", "达到")  # 增势强劲，增长达50.8%
_GROWN_BY: Final = ("增长", "下降", "增加", "减少")
_SPARED: Final = re.compile(
    r"(?:压缩|压减|减少|减|缩短|精简|降低|节省|节约)(?P<thing>时间|材料|环节|跑动|时限|成本|费用|能耗|流程)$"
)
_WEIGHT: Final = re.compile("([^，。；]{3,}?)的?(?:占比|比重|比例)")
_RATE: Final = re.compile("(?:率|比重|占比|比例|份额)$")
_LIKE: Final = 2  # characters that end the names of like things: 东部地区, 中部地区
_NO_COUNT: Final = frozenset(("下行", "提升", "扩大", "加快", "增强", "拓展", "压缩", "精简"))
_FEWER: Final = re.compile(
    r"(?P<verb>减少|净增)加?(?:各类)?(?P<thing>(?![到至为了约近])[\u4e00-\u9fff“”]{2,12}?)(?:近|约|超过?|达到?|共)?$"
)
_SHARE_WORDS: Final = ("比重", "占比", "比例", "份额", "进度")


# 剔除留抵退税因素后同口径增长, 按自然口径下降: how the growth is reckoned, not of what.
_ON_WHICH_BASIS: Final = re.compile(
    r"^(?:(?:剔除|扣除|剔减|考虑|还原)[^，。；]{1,16}?(?:因素|影响)?后?[，]?)?(?:按?(?:自然|同|可比|全|新)口径(?:测算|计算|比较)?|按可比价格?(?:计算)?)$"
    r"|^(?:剔除|扣除|剔减|还原)[^，。；]{1,16}?(?:因素|影响)后?$"
)


class ChangeRules(GrownRules):
    """Rules that name what a figure says of another."""

    def _change(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        words = without_noise(draft.gap)
        marked = self._marked_change(draft, words, drafts, index)
        return self._said_change(draft, words) if marked is None else marked

    def _marked_change(self, draft: Draft, words: str, drafts: list[Draft], index: int) -> bool | None:
        """Whether a figure is a change by something else than a verb right before it (增幅5.7%, 多34例, -2.3%); None
        where nothing says so."""
        if draft.rules.get("grown") and not words.endswith(("率", "占")):
            return self._set_change(draft, words, "同比增长")  # 均保持10%以上增长
        if self._second_growth(draft, words, index, drafts):
            return True
        if draft.unit == "%" and (self._growth_from(draft, words) or self._growth_to(draft, words, index, drafts)):
            return True
        if draft.unit == "%" and words.endswith(_AIM_ENDS) and (aim := _AIM_OF_GROWTH.search(words)) is not None:
            return self._set_change(draft, words[: aim.start()], "同比增长")
        noun = RATE_OF_CHANGE.search(words) if draft.unit in ("%", "‰") else None
        if noun is None and draft.bracket >= 0 and not words and draft.unit == "%":
            noun = RATE_OF_CHANGE.search(self.lead.rstrip("（"))  # 增幅（5.7%）
        if noun:
            draft.negative = draft.negative or noun["noun"][0] in "降跌下减"
            before = words[: noun.start()]
            yearly = before.endswith(("年均", "年平均"))
            before = before.removesuffix("年均").removesuffix("年平均")
            suffix = "年均增长" if yearly else "环比增长" if before.endswith("环比") else "同比增长"
            before = before.removesuffix("同比").removesuffix("环比")
            return self._set_change(draft, before.removesuffix("的"), suffix)
        if draft.negative and draft.unit == "%" and not words.endswith(("率", "率为")):
            return self._set_change(draft, words, "同比增长")  # 采矿业-2.3%: only a change is below zero
        if (fewer := self._fewer_of(draft, words)) is not None:
            return fewer
        beside = words in _MORE_WORDS and _COMPARED_BEFORE.search(self.lead)
        last = drafts[index - 1] if index else None
        if last is not None and "comparison" in last.rules and last.raw.startswith(_THAN) and words in _MORE_BARE:
            draft.negative = words not in ("多", "偏多")  # 比多年同期285.3毫米少66.2%
            return self._set_change(draft, "", "同比增长" if draft.unit == "%" else "同比增加")
        if beside:  # 较前一日（452例）多34例
            draft.negative = words not in ("多", "增加")
            return self._set_change(draft, "", ("环比" if _EARLIER.search(beside[0]) else "同比") + "增加")
        if draft.unit == "%" and (than := _THAN_YEAR.search(draft.raw)) is not None:
            draft.negative = than["down"] is not None
            return self._set_change(draft, re.sub("(?:[超高多低少]于?[过出]?|不及)$", "", words), "同比增长")
        if draft.unit == "%" and self._of_yardstick(draft, words, last):
            return True
        if draft.unit in ("%", "成") and (spared := _SPARED.search(words)) is not None:
            draft.negative = True
            return self._set_change(draft, words[: spared.start()].removesuffix("平均") + spared["thing"], "同比增长")
        return None

    def _said_change(self, draft: Draft, words: str) -> bool:
        """Whether a figure is a change by the verb right before it: 同比增长3.2%, 净增34家, 降至…."""
        pp = draft.unit.startswith(("个百分点", "百分点", "个基点", "基点", "个千分点"))
        brief = pp or (draft.unit in ("%", "成") and _BRIEF.search(words) is not None)
        match = change_at_end(words) or (CHANGE_BARE.search(words) if brief else None)
        grown_by = match is not None and match["to"] in _AS_MUCH_AS and draft.unit == "%" and match["verb"] in _GROWN_BY
        if match is None or (match["to"] and not grown_by) or _is_action(draft, words, match):
            return False
        draft.negative = bool(NEGATIVE.search(match["verb"]))
        if pp and match["verb"] in ("加快", "放缓", "提速", "回落"):
            draft.rules["speed"] = match["verb"]
        suffix, before = self._suffix(draft, match, pp), words[: match.start()]
        if not match["basis"] and self._on_month_before(draft):
            suffix = suffix.replace("同比", "环比")
        if (turned := _TURNED.search(before)) is not None:
            before = before[: turned.start()]
            before_that = draft.raw[draft.raw.rfind("由") :] if "由" in draft.raw else ""
            last = self.spoken[-1] if self.spoken and not before else None
            monthly = _EARLIER.search(before_that) or (last is not None and last.suffix.startswith("环比"))
            suffix = suffix.replace("同比", "环比") if monthly else suffix
        elif (since := _WAS.search(draft.raw)) is not None:
            before = re.sub(r"由(?:上年|去年)?(?:同期)?的?$", "", before)  # 由上月下降0.9%: the month is blanked
            suffix = suffix.replace("同比", "环比") if _EARLIER.search(since[1]) else suffix
        if before.endswith(("同比", "环比")):
            suffix = suffix.replace("同比", before[-2:])
            before = before[:-2]
        return self._set_change(draft, before, suffix)

    def _second_growth(self, draft: Draft, words: str, index: int, drafts: list[Draft]) -> bool:
        """城乡居民人均收入年均增长5.3%、8.1%: a rate that only 、 sets beside a growth is one too."""
        last = drafts[index - 1] if index else None
        if last is None or last.kind != "change" or not draft.linked or words:
            return False
        if last.unit != draft.unit:  # 6127户、8846人，比年初净减238户、391人
            level = next((d for d in self._levels_here(draft) if d.unit == draft.unit), None)
            if level is None or draft.dimension != "count" or last.dimension != "count":
                return False
            draft.kind, draft.measure, draft.suffix = "change", "change", last.suffix
            draft.negative, draft.base, draft.parent = last.negative, level.base, level
            return True
        draft.kind, draft.measure, draft.suffix = "change", "change", last.suffix
        draft.negative, draft.base, draft.parent = last.negative, last.base, last.parent
        level = last.parent
        dealt = [d for d in drafts[:index] if level is not None and level.group >= 0 and d.group == level.group]
        if level in dealt[:-1]:
            draft.parent = dealt[dealt.index(level) + 1]  # 分别为2253元和6280元，年均增长4.7%和5.7%
            draft.base = draft.parent.base
        return True

    def _growth_from(self, draft: Draft, words: str) -> bool:
        """面积同比降幅由前8个月的6.3%收窄至5.6%: the growth of the time before."""
        match = _FROM_GROWTH.search(words)
        if match is None:
            return False
        draft.negative = draft.negative or match["noun"][0] in "降跌减"
        before, suffix = words[: match.start()], "环比增长" if "环比" in words else "同比增长"
        self._set_change(draft, before.removesuffix("同比").removesuffix("环比"), suffix)
        draft.parent, draft.rules["grew"] = None, "before"
        return True

    @staticmethod
    def _suffix(draft: Draft, match: re.Match[str], pp: bool) -> str:
        basis, verb = match["basis"], match["verb"]
        span = (
            "环比"
            if basis == "环" or _EARLIER.search(basis)
            else "同比"
            if not basis or basis == "同" or _YEARLY.search(basis)
            else basis
        )
        span = "同比" if _BY_PRICE.fullmatch(span) else span
        yearly = "年均" in match["adverbs"] or ("平均" in match["adverbs"] and not verb.endswith("价"))
        average = "年均" if yearly else ""
        if pp:
            return (span if basis else "") + "变化"
        if draft.unit in ("%", "‰", "倍", "成", "番"):
            return (average or span) + "增长"
        if verb in ("多增", "少增", "多增加", "少增加", "少减", "多减", "少减少", "多减少"):
            return span + "多增"
        if verb.startswith("净"):
            return "净增"
        return (span if basis else "") + "增加"

    def _fewer_of(self, draft: Draft, words: str) -> bool | None:
        """当年减少危房2600户, 净增个体户1.2万户: a change whose verb stands before what it is of; None where
        the words are no such change."""
        match = _FEWER.search(words) if "减少" in words or "净增" in words else None
        if match is None or draft.unit in ("", "%", "‰", "倍") or draft.unit.startswith("个百"):
            return None
        draft.negative = match["verb"] == "减少"
        suffix = "增加" if draft.negative else "净增"
        self._set_change(draft, words[: match.start()] + match["thing"], suffix)
        draft.parent = None
        return True

    def _driver(self, draft: Draft, own: str) -> str:
        """食品价格下降1.6%，影响CPI下降0.31个百分点: what moves the whole by so many points belongs to the name; what
        moves something by a rate of its own does not."""
        last = self.spoken[-1] if self.spoken else None
        if draft.unit.startswith("个") and own.startswith("拉动") and last is not None and last.kind != "change":
            told = last.sentence == draft.sentence
            return (re.split("[对占]", last.base)[0] if told else "") + own  # 贡献率15.9%，拉动经济增长0.9个百分点
        moved = draft.unit.startswith("个") and last is not None and last.sentence == draft.sentence
        if moved and last is not None and last.kind == "change" and _MOVES.match(own):
            return last.base.removesuffix("增速") + own
        return _DRIVEN.sub("", own)

    def _despite(self, draft: Draft, own: str) -> str:
        """进出口在对美贸易下降30%的情况下增长12%: the first fall is of the trade, the growth of the whole."""
        match = _CIRCUMSTANCE.match(own)
        if match is None:
            return own
        last = self.spoken[-1] if self.spoken else None
        if last is not None and last.sentence == draft.sentence and not own[match.end() :]:
            whole, _, part = last.base.partition("在")
            if len(whole) > 1 and len(part) > 1:
                last.base = part
                return whole
        return own[match.end() :]

    def _rate_of(self, draft: Draft, own: str) -> str:
        """东部地区人口所占比重上升2.2个百分点，中部地区下降0.8个百分点: what moves, with the rate that was named for
        the like of it before."""
        last = self.spoken[-1] if self.spoken else None
        if not draft.unit.startswith("个百") or len(own) < _LIKE or _RATE.search(own) or last is None:
            return own
        alike = last.kind == "change" and last.unit == draft.unit and last.sentence == draft.sentence
        rate = last.base.rpartition(own[-_LIKE:])[2] if alike and _RATE.search(last.base) else ""
        return own + rate if rate != last.base else own

    def _share_before(self, own: str) -> Draft | None:
        """甲类、乙类业务分别占全部业务的57%、43%；…。甲类业务的比重上升0.4个百分点: the share of that thing."""
        match = _WEIGHT.fullmatch(own)
        if match is None:
            return None
        told = reversed([*self.history, *self.spoken, *self.shares])
        shares = (d for d in told if d.unit == "%" and d.kind != "change")
        return next((d for d in shares if d.base.startswith(match[1] + "占")), None)

    def _set_change(self, draft: Draft, own_words: str, suffix: str) -> bool:
        own = _ON_WHICH_BASIS.sub("", clean(_RANKED.sub("", own_words)))
        own = "" if own in ("后者", "前者", "其") else self._driver(draft, own)
        own = _WITH_STRETCH.sub("", self._despite(draft, own))
        own = (
            ""
            if _STRETCH.fullmatch(own) or _STEPS.fullmatch(own) or (own in _SHARE_WORDS and self._share_here(draft))
            else own
        )
        if own in ("户", "人", "亩") and draft.gap[draft.gap.find(own) + 1 :].startswith("均"):
            own = self._told_here(draft) + own + "均"  # 带动农户2.7万户，户均增收4200元
        own = self._rate_of(draft, own)
        draft.kind, draft.measure, draft.suffix = "change", "change", suffix
        if (member := self.member_of_structure(draft, own)) is not None:
            draft.base, draft.parent = short(own), member
            draft.rules["named"] = "a share of the structure"
            return True
        if draft.unit.startswith("个百") and (share := self._share_before(own)) is not None:
            draft.base, draft.parent, draft.rules["named"] = share.base, share, "a share told before"
            return True
        if suffix.endswith("增加") and draft.dimension == "money" and draft.gap.endswith("增收"):
            draft.suffix = suffix.removesuffix("增加") + "增收"  # 户均增收: what grows is their income
        total, draft.parent = draft.parent, None
        speed = own in SPEEDS or own.endswith("其增速")
        last = self.spoken[-1] if self.spoken else None
        of_growth = not own and draft.unit.startswith("个") and self.growth is not None
        growing = self.growth is not None and self.growth.sentence == draft.sentence
        speed = speed or ("speed" in draft.rules and not own and growing)
        no_rate = self.level is None or self.level.unit not in ("%", "‰")
        # 39.07亿千瓦时，同比增长18.3%，比去年同期提高19.4个百分点: no amount rises by points
        speed = speed or (not own and draft.unit.startswith(("个百", "百分")) and growing and no_rate)
        if of_growth and ("增速" in self.lead[-24:] or (last is not None and last.unit == draft.unit)):
            speed = speed or last is None or last.parent is self.growth or "增速" in self.lead[-24:]
        if speed and self.growth is not None:
            draft.parent, draft.base = self.growth, self.growth.base + "增速"
        elif not own and total is not None and total is last and total.kind == "change" and "其中" in draft.gap:
            draft.base = total.base  # 价格上涨0.4%，其中9月份上涨0.2%
        elif not own or speed:
            near = self._grown(draft)
            if near is not None and near.sentence != draft.sentence and self._lookback():
                near = None
            told_of = near is None or draft.dimension != "money" or near.dimension in ("money", "none", "share")
            draft.parent = near if told_of else None  # 6个税种增长，合计增收2.5亿元
            draft.base = (near.base if near else self._lookback()) + ("增速" if speed else "")
        else:
            draft.parent = total
            draft.base = short(self._qualified(own, draft))
            named = self._level_named(own, draft)
            near = named or self.level
            thing = own.removesuffix("数量").removesuffix("总数") or own  # 受理申请859件，申请数量下降12.3%
            told = near is not None and near.sentence == draft.sentence and near.base.endswith((own, thing))
            counted = named is not None and own.endswith("数") and named.unit == draft.unit
            if near is not None and told and (draft.parent is None or (named is not None and not clean(named.gap))):
                draft.parent, draft.base = near, near.base
            elif named is not None and (counted or "named" in draft.rules) and draft.parent is None:
                draft.parent, draft.base = named, named.base
        return True


def _is_action(draft: Draft, words: str, match: re.Match[str]) -> bool:
    """Whether the verb says what was done to counted things, not how a level changed."""
    if draft.dimension == "count" and not match["basis"]:
        if draft.post and not match["verb"].startswith("净"):
            return True  # 增加3所学校
        if match["verb"] in _NO_COUNT and "排名" not in words and "位次" not in words:
            return True  # 整改提升2092家, 上行397列，下行427列
    plain = draft.unit not in ("%", "‰", "倍")
    # 新建提升310公里公路
    return bool(draft.post) and plain and _ACTED_ON.search(words[: match.start("verb")]) is not None

"""Names of levels: the words before the number (subject and action), the noun after its counting word, else what it
goes with."""

from __future__ import annotations

import re
from typing import Final

from flows.extract.draft import Draft, gap_of
from flows.extract.ends import without_noise
from flows.extract.measures import measure_of
from flows.extract.names import bare_state, clean, lighter, part_name, short
from flows.extract.naming_memory import OWN_LEVEL, is_action
from flows.extract.naming_state import SPLIT_SUBJECT
from flows.extract.naming_turns import TurnRules
from flows.extract.words import (
    PLAN_WORD,
    ends_in_head,
)

_LIGHT: Final = re.compile(
    r"^(?:累计|新增|现有|首次发现|首次报告|报告|共|全部|当日|每日|日均|年均|调整|优化|提升|升|降|提高|稳定|保持|占|突破|现|每年|每月|每天)?$"
)
_EARLIER_LEVEL: Final = re.compile(r"(?:(?:去年|上年|上一年|前一年)(?:同期|末|底)?|20\d\d年同[期月])(?:为|是|仅为)?$")
_ACTION_FIRST: Final = re.compile(
    r"^(?:计划|共)?(?:转办|直办|交办|督办|受理|新收|审结|执结|办结|完成|完工|竣工|投用|改造|新建|建成|实施|启动|开工|梳理|排查|收到|承办|新增|安排|整改|发放|救助|安置|培训)(?:各类)?(?=[\u4e00-\u9fff]{2})"
)
# 诉讼案件收案, 非诉审查案件新收: what is then done of it is of the same cases.
_TAKEN_IN: Final = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:收案|新收|立案|受案|收件|受理)$")
_PLANNED: Final = re.compile(
    r"(?:年度)?(?:计划)?(?:建设|改造|新建|实施|完成|整治|新增|建成|安装|维修|培训|发放)|(?:年度|全年|本年)?(?:计划|任务|目标任务|目标)"
)
_LONGEST_PLAN: Final = 6  # its characters: 年度计划建设
_STAGE: Final = re.compile(
    r"(?:^|[，、；])(?P<stage>(?:已|已经|均已)?完成|正在|尚未|尚?未完成|未)(?P<action>整改|改造|治理|建设|办理|修缮|迁改|核查|销号)?$"
)
_STAGE_ENDS: Final = frozenset("成在未改造理设办缮查号")  # its last characters
_PLANNED_END: Final = r"(?:建设|改造|新建|工程|项目|行动|整治|提升)+$"
_PLACES: Final = "省市县区乡镇村州国"
_DEALT_WITH: Final = re.compile(
    r"(?:打击|严惩|惩治|惩处|惩戒|整治|查处|推行|推进|推广|开展|实施|落实|组织|办理|审理)(?:各类|一批)?([\u4e00-\u9fff、（）]{3,16})$"
)
_DOING: Final = re.compile(r"(?!详见|见附)[\u4e00-\u9fff、]{3,}$")
_PASSING: Final = re.compile(r"突破|跨[越过上]|迈[上过]|站上|超过?$")
_REACHED: Final = re.compile(r"[、，]?(?:达到?|实现|增至|升至|为)")
_BRIEF_NAME: Final = 16
_REACHED_OF: Final = ("", "提前", "完成", "提前完成", "超额完成", "实现")  # 提前完成全年6000人的目标
_THE_REST: Final = ("其余", "剩余", "余下", "另外", "其他")
_PARTS_APART: Final = ("来自", "其余")  # 14例来自甲国，其余2例…；东莞报告1例: of what the whole is of
_SHORT_NAME: Final = 4
_CLAUSES: Final = 2  # of a sentence that opens with its verb: 目前已引进3家
_INDEX_FROM, _INDEX_TO = 50, 200


class LevelRules(TurnRules):
    """Rules that name counts, amounts, sums of money and rates of their own."""

    def _level(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        draft.measure = measure_of(draft)
        self._price_index(draft)
        if self._told_elsewhere(draft, drafts[index - 1] if index else None):
            return True
        own, post = self._words(draft, index)
        if name := self._of_others(draft, own):
            draft.base = short(name)
            return True
        if (own and not post and self._outcome(draft, own)) or self._compared(draft):
            return True
        self._name(draft, drafts, index, own, post)
        if (
            self.item
            and len(draft.base) <= _SHORT_NAME
            and self.item not in draft.base
            and not ends_in_head(draft.base)
        ):
            draft.base = short(self.item + draft.base)  # 6．老旧小区改造。共14个小区，已完工9个
        if self.opened and len(draft.base) <= _SHORT_NAME and draft.parent is None:
            self._of_label(draft)
        self._grown_before(draft)
        self._of_house(draft)
        return True

    def _name(self, draft: Draft, drafts: list[Draft], index: int, own: str, post: str) -> None:
        """Sets the base from what the clause says before the number (``own``) and behind it (``post``)."""
        partitive = draft.pre.rstrip("\x01 ").endswith(("中", "中有", "中，", "有")) and draft.dimension == "count"
        if "ratio" in draft.rules and index and drafts[index - 1].tail + 1 >= draft.lead:
            draft.base = drafts[index - 1].base
        elif not post and (staged := self._staged(draft)):
            draft.base = short(staged)
        elif own and partitive and draft.said:
            draft.base = short(own.rstrip("中") + draft.said)
        elif draft.yardstick and self.level is not None and PLAN_WORD.search(draft.gap):
            draft.base = short(self.level.base + re.sub(r"^(?:占|为|完成)|数$", "", without_noise(draft.gap)))
        elif own and not post and len(own) <= _LONGEST_PLAN and _PLANNED.fullmatch(own) and self._announced():
            draft.base = short(own + re.sub(_PLANNED_END, "", self._announced()))
        elif own in _REACHED_OF and post.startswith(("目标", "任务")) and self._told_here(draft):
            draft.base = short(f"{self._told_here(draft)}{post[:2]}")  # 失业率3.42%，控制在4.5%的目标以内
        elif not own and (kind := self._same_kind(draft, drafts, index)) and draft.parent is not None:
            draft.base = short(part_name(kind, draft.parent))
        elif not own and not post and (passed := self._passed(draft, drafts, index)) is not None:
            draft.base, draft.parent = passed.base, passed.parent
        elif not own and not post and (other := self._other_count(draft, index, drafts)):
            draft.base = other
        elif not own and partitive and draft.said and (many := self._many_before(draft)) is not None:
            draft.base = short(many.base + draft.said)  # 新建食堂15家，已有8家开餐
        elif own in _THE_REST and not post and (divided := self._divided_count(draft)) is not None:
            draft.base = short(own + lighter(divided.base))
        elif own in _THE_REST and _DOING.match(draft.said) and draft.unit != "例":
            draft.base = short(draft.said)  # 其余6个正在办理前期手续
        elif index and drafts[index - 1].tail == draft.lead and is_action(own) and not post:
            draft.base = drafts[index - 1].base  # 审结486件892人
        elif own and not post and is_action(own) and (thing := self._object_before(draft)):
            draft.base = short(own + thing)
        elif own and not post and is_action(own) and self._same_count(draft) is not None:
            draft.base = short(self._acted(own, draft))
        elif own and not _LIGHT.match(own):
            whole = len(post) > 1 or (bool(post) and own.endswith("辖"))  # 辖4个县
            named = _joined(own, post) if whole else self._qualified(own.rstrip("的") or own, draft)
            draft.base = short(named)
        else:
            told = self._without_own(draft, own, post)
            level = OWN_LEVEL.match(told) if draft.place_list else None
            draft.base = short(own + (told[level.end() :] or told if level else told))

    def _divided_count(self, draft: Draft) -> Draft | None:
        """深圳报告16例，14例来自甲国，其余2例…: the count that the figure before, in the same segment, is of."""
        here = [d for d in self._levels_here(draft) if d.segment == draft.segment and d.unit == draft.unit]
        return here[1] if len(here) > 1 and draft.unit == "例" else None

    def _grown_before(self, draft: Draft) -> None:
        """财政总收入增长8%以上，力争达到3.75亿元: the growth before is of this level."""
        last = self.spoken[-1] if self.spoken else None
        if last is None or last.kind != "change" or last.parent is not None or draft.unit in ("%", "‰"):
            return
        near = last.sentence == draft.sentence and last.clause == draft.clause - 1
        if near and last.unit in ("%", draft.unit) and last.base and draft.base.startswith(last.base):
            last.parent = draft

    def _price_index(self, draft: Draft) -> None:
        """价格指数100.1%, 食品烟酒类100.6%: an index with the year before as 100."""
        value = draft.number.value
        if draft.measure == "rate" and value is not None and _INDEX_FROM < value < _INDEX_TO:
            whole = draft.parent or (self.main[-1] if self.main and self.across else None)
            if "指数" in draft.gap or (whole is not None and whole.measure == "index"):
                draft.measure = "index"

    def _same_count(self, draft: Draft) -> Draft | None:
        near = self._level_here(draft)
        if near is not None and near.unit != draft.unit and draft.in_part and draft.parent is not None:
            near = draft.parent  # 18个小区开工，涉及3126户，其中完工7个
        return near if near is not None and near.unit == draft.unit and near.kind == "level" else None

    def _many_before(self, draft: Draft) -> Draft | None:
        """The count of things in the clause before, of which so many do what is said."""
        many = self._same_count(draft)
        if many is None or draft.unit in ("人", "例") or len(many.base) + len(draft.said) > _BRIEF_NAME:
            return None
        return many if many.clause == draft.clause - 1 and many.segment == draft.segment else None

    def _acted(self, own: str, draft: Draft) -> str:
        """受理刑事案件1126件，审结1098件: the second action is on the object of the first."""
        near = self._same_count(draft)
        if near is None:
            return own
        if (taken := _TAKEN_IN.search(near.base)) is not None:
            return near.base[: taken.start()] + own  # 执行收案2380件，结案1058件
        thing = re.sub(r"(?:年度(?:目标)?任务|年度计划|目标任务|计划)$", "", _ACTION_FIRST.sub("", lighter(near.base)))
        if _PLANNED.fullmatch(near.base):
            return near.base.removeprefix("计划") + own  # （1）甲镇：计划改造21个，完工14个
        if is_action(thing):
            return own  # 已办结178件，正在整改8件
        return thing + own if own in ("完成", "已完成") else own + thing

    def _staged(self, draft: Draft) -> str:
        """整改任务26项，已完成整改23项，正在整改3项: how far the counted thing, whose name holds the action, is."""
        match = _STAGE.search(draft.raw) if draft.raw[-1:] in _STAGE_ENDS else None
        if match is None:
            return ""
        here = (d for d in reversed(self.spoken) if d.sentence == draft.sentence and d.unit == draft.unit)
        near = next((d for d in here if "stage" not in d.rules), None)
        if near is None or (match["action"] is None and not match["stage"].endswith("未完成")):
            return ""
        draft.rules["stage"] = match["stage"]
        before, action, after = near.base.removesuffix("完成").partition(match["action"] or "任务")
        return before + match["stage"] + action + after if action and (after or match["action"] is None) else ""

    @staticmethod
    def _same_kind(draft: Draft, drafts: list[Draft], index: int) -> str:
        """其中水稻3.15万亩、1.71万吨: the part that the figure before names, told in another unit; else empty."""
        last = drafts[index - 1] if index else None
        if last is None or not (draft.linked and draft.in_part and last.in_part) or last.unit == draft.unit:
            return ""
        return clean(last.gap) if last.parent is not None and last.parent is not draft.parent else ""

    @staticmethod
    def _passed(draft: Draft, drafts: list[Draft], index: int) -> Draft | None:
        """首次突破2万元、达到20793元: the mark that was passed and the level itself are of one thing."""
        last = drafts[index - 1] if index else None
        if last is None or last.unit != draft.unit or last.kind != "level" or last.clause < draft.clause - 1:
            return None
        passed = last.qualifier == "at_least" or _PASSING.search(last.raw)
        return last if passed and _REACHED.fullmatch(gap_of(draft)) else None

    def _other_count(self, draft: Draft, index: int, drafts: list[Draft]) -> str:
        """录入监测对象1.4万户、4.9万人: what the figure before counts, told in another unit; else empty."""
        last = drafts[index - 1] if index else None
        if last is None or not draft.linked or gap_of(draft) or last.unit == draft.unit:
            return ""
        alike = last.kind == draft.kind == "level" and last.dimension == draft.dimension == "count"
        return last.base if alike and last.bracket == draft.bracket and not last.post else ""

    def _object_before(self, draft: Draft) -> str:
        """依法打击电信诈骗，审结486件; 推行日间手术，完成1420例: what the clause right before, without figures, deals
        with."""
        last = self.spoken[-1] if self.spoken else None
        if last is not None and last.sentence == draft.sentence and last.clause > draft.clause - 2:
            return ""
        clauses = [c for c in re.split("[，；：]", self.lead) if c.strip("\x01 ")]
        match = _DEALT_WITH.search(clauses[-1]) if clauses else None
        if match is None and len(clauses) < _CLAUSES and (own := clean(draft.gap)):
            # 积极引进龙头企业。目前已引进3家
            match = re.search(f"{re.escape(own)}([\u4e00-\u9fff]{{2,10}})[。；]?$", self.silent)
        return clean(match[1]) if match is not None else ""

    def _without_own(self, draft: Draft, light: str, post: str) -> str:
        """A clause that says nothing before its number: what follows it, else what it goes with."""
        if _EARLIER_LEVEL.match(text := draft.raw.strip(" ，")) and self.level is not None:
            draft.rules["comparison"] = text
            return self.level.base
        if self.among is not None and self.among[2] == draft.segment and (self.among[1] or draft.said):
            whole = self.among[0]
            name = self.among[1] or (lighter(whole.base) if whole is not None else "")
            if whole is not None and self.among[1] and draft.place_list:
                name = whole.base  # 累计确诊57例。…确诊病例中，甲区10例
            return name + (draft.said if draft.said and not draft.place_list else "")
        said = draft.said if draft.dimension in ("count", "none") else post
        if draft.parent is not None and len(said) < 6 and (not said or not post):
            return draft.parent.base + said
        if said.startswith("来自") and draft.parent is not None and draft.unit == "例":
            return said + lighter(draft.parent.base)  # 其中13例来自菲律宾
        if len(said) > 1:
            return said
        if post and (len(post) > 1 or post in _PLACES):
            return post
        if draft.parent is None and (told := self._clause_before()):
            return told
        near = draft.parent or self._alike(draft) or self._level_here(draft)
        counted = near is not None and near.kind == "level" and near.dimension in ("count", "none")
        if (
            (counted or near is None)
            and draft.dimension == "money"
            and (subject := self._lookback() or self._stepped())
        ):
            return subject  # 地区生产总值连跨四个台阶，达到4712.6亿元
        if near is None and self.growth is not None and self.growth.sentence == draft.sentence:
            near = self.growth  # 地区生产总值增长5.5%、达到10.3万亿元
        if near is not None:
            bare = light and bare_state(near.base)  # 新增8例累计177例, in a headline
            return "" if bare else lighter(near.base) if light else near.base
        if self.spoken and self.spoken[-1].sentence == draft.sentence:
            return self.spoken[-1].base
        alike = next((d for d in reversed(self.main) if d.unit == draft.unit), None)
        last = alike or (self.main[-1] if self.main else None)
        return self._lookback() or self.topic or (lighter(last.base) if last is not None else "")

    def _clause_before(self) -> str:
        """原油产量继续增长，达到1.42亿吨: what the clause right before speaks of, where it has no figure."""
        words = re.split("[，；：]", self.lead.rstrip("，"))[-1]
        if any(c.isdigit() for c in words) or not self.spoken or self.spoken[-1].sentence != self.sentence:
            return ""
        subject = clean(SPLIT_SUBJECT.split(words)[0])
        return subject if 2 < len(subject) <= 12 and subject != words and ends_in_head(subject) else ""

    def _stepped(self) -> str:
        """地区生产总值连跨两个千亿级台阶，达到…: the subject of the steps, which are no level of it."""
        last = self.spoken[-1] if self.spoken else None
        if last is None or not last.yardstick or last.sentence != self.sentence:
            return ""
        return clean(SPLIT_SUBJECT.split(last.gap)[0])

    def _alike(self, draft: Draft) -> Draft | None:
        """The last level of the sentence in the same unit: 迈上4200亿元台阶，连跨四个台阶，达到4236亿元."""
        last = self.spoken[-1] if self.spoken else None
        named = last is not None and (last.parent is None or last.parent.base != last.base)
        if last is not None and last.kind == "change" and named and last.sentence == draft.sentence:
            return last  # 支出同比增长2.2%，达到393.8亿元
        return next(
            (
                d
                for d in reversed(self.spoken)
                if d.kind == "level"
                and d.unit == draft.unit
                and d.bracket < 0
                and not d.in_part
                and "comparison" not in d.rules
                and not (d.segment != draft.segment and d.base.startswith(_PARTS_APART))
                and d.sentence == draft.sentence
            ),
            None,
        )

    def _told_here(self, draft: Draft) -> str:
        """The name of the level before, where the sentence has told one."""
        near = self._level_here(draft)
        return near.base if near is not None else ""


def _joined(own: str, post: str) -> str:
    """Action and noun: 新建 + 中小学. A long list before keeps only its last item."""
    if own.endswith(post):
        return own
    if len(own) > 8:
        for mark in ("，", "、"):
            if mark in own:
                own = own[own.rindex(mark) + 1 :]
    if len(own) + len(post) > 14 and re.search(r"[和及与]", own[2:]) and not own.endswith("的"):
        own = re.split(r"[和及与]", own)[-1]
    return own + post

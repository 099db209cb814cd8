"""What the words before have established: the level that growth is of, the total that 其中 divides, the subject that a
bare head noun wants.
"""

from __future__ import annotations

import re
from functools import lru_cache

from flows.extract.draft import Draft
from flows.extract.names import clean, head_of, lighter, part_name, planless, state_of, subject_of
from flows.extract.words import (
    AUTHORITY,
    GENERIC,
    HEAD,
    OF_PLAN,
    ORIGIN,
    OUTCOME,
)

SPLIT_SUBJECT = re.compile(
    r"居|位(?!数)|持续|稳步|快速|明显|连续|连跨|首破|首次|首度|突破|迈上|跨越|站稳|站上|跃上|仍然|全国|较快|全部|全省|再创|创(?!新|业|造)|运行|总体|进一步|不断|更加|调整|加快|继续|实现|达到|显著|大幅|逐步|增长|提升"
)
_ACROSS = re.compile(
    r"^\x01*(?:其中|分[^，。；]{1,8}看|按[^，。；]{1,14}(?:分|看)|从(?!同比|环比|总体|整体|累计)[^，。；]{1,14}看|主要[^，。；：]{0,6}(?:项目|科目)(?=：))[，：:]?"
)
# 专任教师按学段分：…: the sentence says itself what it divides.
_DIVIDES = re.compile(r"^\x01*([^，。；：\d]{2,12})(?:按|分)[^，。；：]{1,10}(?:分|看)[，：:]")
_BASIS = re.compile(r"(?:^|[，。；\x01])从?(同比|环比)(?:来)?看[，：]")
_WHOLE_OF = re.compile(r"^总|(?:总额|总值|总量|总数|总计|合计)$")
_AMONG = re.compile(r"(?:^|[，；。：])(?:其中[，：]?)?([^，；。：]{2,14})中，$")
ACTION = re.compile(
    r"已?(?:完成|完工|办结|开工|竣工|审执结|审结|执结|结案|改造|建成|投用|投产|整改|交付|发放|救助|安置|培训|启动|落实|受理|治愈|出院|查处|销号|解决|化解|新建|验收|拆除|安装|入库|签约|办理)"
)
_ACCOUNT = re.compile(r"一般公共预算|政府性基金(?:预算)?|国有资本经营预算|社会保险基金(?:预算)?")
OWN_LEVEL = re.compile(r"[省市州县区旗]?本级")
_LEVEL = re.compile(r"[省市州县区旗](?:本级|级(?=[\u4e00-\u9fff]{3}))|县（[市区、]+）|各县[市区]")
_LEVEL_BELOW = re.compile(r"县（[市区、]+）|[各县][县区]|县级(?!市)|区县|乡镇|旗县")
_ANY_LEVEL = re.compile(r"县（|各县|[省市州县区旗国央上下本]级|中央")
_OF_BUDGET = re.compile(r"(?:收入|支出|余额|限额|债[券务]|结[转余]|调入资金)(?:$|[总合]计)")
_HEADING = 24
_FLOW = re.compile(r"(?:收入|支出)(?=(?:执行|完成)?情况)")
_FLOW_DONE = re.compile(r"(?:^|(?<=级))(?:实际|预计|组织)?(?:完成|实现)?(?=(?:收入|支出)$)|(?<=级)(?:完成|实现)(?=[\u4e00-\u9fff]{4})")
_FLOW_OF = re.compile(r"([省市州县区]本?级)?(收入|支出)")
_BY_WHICH = re.compile(r"按[^，]{1,8}(?:分|看|划分)$")
# 据初步核算, 在…的背景下, 财税金融看: where a statement comes from, no subject.
_SETTING = re.compile(
    r"^按.*(?:口径|价格)|^(?:经|据|根据).*(?:核算|统计|反馈|测算)$"
    r"|^在.*[下中]$|[^，]看$|情况如下|通报如下"
)
_WHOLE_PLACE = re.compile(r"[全我][国省市州县区旗盟镇乡]")
CHANGE_WORDS = re.compile(r"增|减|升|降|涨|跌|多|少")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}[.．、]|（[一二三四五六七八九十\d]+）)")
_NOUN = 4
_OF_THINGS = ("产量", "播种面积", "种植面积", "存栏", "出栏", "销量", "库存")
# Who is counted of a school, of whatever kind the first of them says.
_AT_SCHOOL = re.compile(r"(?:在校学生|在校生|在学生|招生|毕业生|专任教师|教职工|在园幼儿)(?:总?数|规模|人数)?$")
_FUNDED = re.compile(r"预算|基金|资金|财政|债|保险|本级")
_AFTER_ADDING = re.compile(r"^(?:加上|剔除|扣除|减去|计入)[^，。；]{2,40}后(?=(?:总|合计|共)?[\u4e00-\u9fff]{2})")
_KIND = 2  # characters that name a kind: 居民, 企业
_CONVERTED = re.compile(r"折合|约合|相当于|折算")  # 折合径流深728.6毫米: the same level told otherwise
_PASSED = re.compile(r"(?:已|均|全部)?(?:通过)?(?:竣工)?验收(?:通过|合格)?")
_WHOLE_SUM = re.compile(r"生产总值$")  # of which no income a head is a part
_PER_HEAD = re.compile(r"人均|户均|平均")


class Memory:
    """The state of naming over the blocks of a document, in order."""

    def __init__(self) -> None:
        self.topic = ""
        self.level: Draft | None = None  # the last level or share, that growth is of
        self.growth: Draft | None = None
        self.sentence: tuple[int, int] = (-1, -1)
        self.before_figures = ""
        self.account = ""  # the budget that the last heading named: 政府性基金预算
        self.scope = ""  # 市本级, where the block speaks of that level
        self.basis = ""  # 环比 where the sentence or one before it in the block opens with 从环比看
        self.item = ""  # what the item of a numbered list is about: 6．城镇老旧小区改造。
        self.silent = ""  # the last sentence without figures
        self.main: list[Draft] = []  # figures of the sentence before that are no parts
        self.spoken: list[Draft] = []
        self.history: list[Draft] = []
        self.across = False
        self.divides = ""  # 专任教师 of 专任教师按学段分：…
        self.lead = ""
        self.adding = False  # 加上…: the figures that follow are additions to the first
        self.among: tuple[Draft | None, str, int] | None = None  # 重症病例中，…: total, name, segment

    def new_block(self, block: str) -> None:
        """A new block: what the one before said of totals stands, its subject does not."""
        self.topic, self.level, self.growth, self.basis = "", None, None, ""
        self.scope = ""
        if block in ("heading", "title"):
            self.main, self.spoken, self.history = [], [], []

    def silence(self, words: str) -> None:
        """A sentence without figures: its words may name the subject of the next."""
        self.silent = clean(words)
        self.item = self._announced() if _NUMBERED.match(words) else ""
        if (account := _ACCOUNT.search(self.silent)) and len(self.silent) <= _HEADING:
            self.account = account[0]

    def _enter(self, draft: Draft, lead_words: str) -> None:
        self.sentence = draft.sentence
        self.history = [*self.history, *self.spoken][-16:]
        self.main, self.spoken = [d for d in self.spoken if not d.in_part and d.bracket < 0] or self.main, []
        self.before_figures = lead_words
        self.among = None
        self.adding = False
        if (seen := _BASIS.search(lead_words)) is not None:
            self.basis = seen[1]
        divides = _DIVIDES.match(lead_words)
        self.divides = clean(divides[1]) if divides else ""
        self.across = bool(divides or _ACROSS.match(lead_words)) or (
            draft.in_part and not clean(lead_words.split("其中", maxsplit=1)[0])
        )
        if draft.role in ("heading", "title"):
            self.level = None

    def _total(self, drafts: list[Draft], index: int) -> Draft | None:
        """The figure of which this one is a part: before its bracket, before 其中, or, where the sentence opens with
        其中 or 分…看, in the sentence before."""
        draft = drafts[index]
        if draft.bracket >= 0:
            owner = drafts[draft.bracket]
            if owner.kind == "change" and owner.unit != draft.unit and owner.parent and owner.parent.unit == draft.unit:
                return owner.parent  # 96.4亿元，增长24.6%（电动汽车41.2亿元、…）
            if owner.unit in ("%", "‰") and draft.dimension == "money" and (level := self._before_bracket(drafts, index)):
                return level  # 收入14亿元，完成预算的97%（其中市本级收入13亿元）
            return owner
        self._see_among(drafts, index)
        if self.among is not None and self._is_among(drafts, index):
            total = self.among[0]
            if total is not None and total.unit == draft.unit and not _exceeds(draft, total):
                draft.in_part = True
                return total
            if total is None:
                draft.rules["among"] = "a division of what stands before"
        if draft.in_part:
            before = self._before_opening(drafts, index)
            same = [d for d in before if d.unit == draft.unit and d.kind in ("level", "change") and d.bracket < 0]
            same = [d for d in same if not d.yardstick and not (_PER_HEAD.search(draft.gap) and _WHOLE_SUM.search(d.base))]
            named = [
                d for d in same if len(draft.post) > 1 and (draft.post in d.base or d.base.endswith(draft.post[-4:]))
            ]
            if same:
                levels = [] if CHANGE_WORDS.search(draft.gap) else [d for d in same if d.kind == "level"]
                total = (named or levels or same)[-1]
                if not _exceeds(draft, total):
                    return total
                draft.in_part = False
                for later in drafts[index:]:
                    later.in_part = later.in_part and later.opens_part
                return None
        if self.across and not draft.apart:
            draft.in_part = True
            same = [d for d in self.main if d.unit == draft.unit and d.kind in ("level", "change")]
            same = [d for d in same if "comparison" not in d.rules]
            if (draft.dimension == "money" or HEAD.search(clean(draft.gap))) and not CHANGE_WORDS.search(draft.gap):
                same = [d for d in same if d.kind == "level"]  # 支出100亿元 is no part of 多退9亿元
            if (whole := self._divided(draft, drafts)) is not None:
                return whole
            named = [d for d in same if len(clean(d.gap)) > 1 and clean(d.gap) in draft.gap]
            named = named or [d for d in same if (head := head_of(d.base)) and head in draft.gap]
            found = (named or same or [None])[0]  # type: ignore[list-item]
            return None if found is not None and _exceeds(draft, found) else found
        return None

    @staticmethod
    def _before_bracket(drafts: list[Draft], index: int) -> Draft | None:
        """The level of the sentence before a bracket that stands behind a rate of it, in the unit of what the bracket
        holds."""
        draft = drafts[index]
        here = [d for d in drafts[: draft.bracket] if d.sentence == draft.sentence and d.bracket < 0]
        same = [d for d in here if d.unit == draft.unit and d.kind == "level" and not d.yardstick]
        return same[-1] if same else None

    def _is_among(self, drafts: list[Draft], index: int) -> bool:
        """Whether 全市债务限额中，… speaks of this figure: one of its segment, or the first of a later one, but none that
        an inner 其中 divides."""
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
        for part in reversed(known[-6:]):
            name = _WHOLE_OF.sub("", clean(part.gap))
            if part.in_part and len(name) > 1 and name in draft.gap:
                return part
        return None

    def _see_among(self, drafts: list[Draft], index: int) -> None:
        """重症病例中，广州4例…; 8项民生实事中，已完成5项…: what the figures of the rest of the segment are of."""
        draft = drafts[index]
        lead = self.lead.replace("\x01", "").rstrip()
        if not lead.endswith(("中，", "中：")):
            return
        match = _AMONG.search(lead.replace(" ", ""))
        previous = drafts[index - 1] if index else None
        if previous is not None and previous.clause == draft.clause - 1:
            self.among = (previous, "", draft.segment)
        elif match is not None:
            name = clean(match[1])
            known = [
                d
                for d in [*self.history, *self.main, *self.spoken]
                if d.kind == "level" and name and d.base.endswith(name) and "comparison" not in d.rules
            ]
            self.among = (known[-1] if known else None, name, draft.segment)

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
            return []
        before = [d for d in drafts[: opening[-1]] if not own or d.segment == draft.segment]
        free = [d for d in before if d.start < drafts[opening[0]].start] if len(opening) > 1 else before
        return free or before

    def _remember(self, draft: Draft) -> None:
        self.spoken.append(draft)
        if draft.kind == "change":
            if not draft.unit.startswith("个"):
                self.growth = draft
            if (
                draft.unit not in ("%", "‰", "倍")
                and not draft.unit.startswith("个")
                and (draft.parent is None or draft.in_part)
            ):
                self.level = draft  # 贷款增加12万亿元: what the next 同比多增 is of
        elif draft.kind in ("level", "share") and "comparison" not in draft.rules and not draft.yardstick:
            self.level = draft
            self.growth = None
        subject = subject_of(draft.base)
        alone = draft.parent is None and not draft.in_part
        if subject and draft.kind == "level" and alone and "topic" not in draft.rules:
            self.topic = subject
            draft.subject = subject

    def _grown(self, draft: Draft) -> Draft | None:
        """What a change without words of its own is of: a share for points, an amount for a rate of growth."""
        more = [d for d in self.spoken if d.kind == "change" and d.unit == draft.unit]
        if "多增" in draft.suffix and more:
            return more[-1]
        last = self.spoken[-1] if self.spoken else None
        own = last is not None and last.kind == "change" and last.parent is None and last.unit == "%"
        relative = draft.unit in ("%", "‰", "倍") or draft.unit.startswith("个")
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
        if draft.bracket < 0 and draft.sentence == self.sentence:  # 受理2.1万件（日均3012件），环比增加3.8%
            levels = [d for d in levels if d.bracket < 0] or levels
        if draft.unit in ("%", "‰", "倍"):
            levels = [d for d in levels if d.unit not in ("%", "‰")] or levels
        elif not draft.unit.startswith(("个", "百分点")):
            levels = [d for d in levels if d.unit == draft.unit] or levels
        money = self.level if self.level is not None and self.level.kind == "change" else None
        return money or (levels[-1] if levels else None) or self.level or self.growth

    def _scope(self, draft: Draft) -> None:
        """市本级政府债务限额309亿元，其中一般债务限额59亿元: what follows in the block is of that level too, until it
        speaks of the whole (全市)."""
        level = _LEVEL.match(draft.base)
        if _WHOLE_PLACE.search(draft.raw) or (level is None and _LEVEL_BELOW.search(draft.raw)):
            self.scope = ""
        elif level is not None:
            self.scope = "" if draft.opens_part or draft.bracket >= 0 else level[0]
        elif self.scope and draft.dimension == "money" and draft.kind == "level" and _OF_BUDGET.search(draft.base):
            if not _ANY_LEVEL.search(draft.base):
                draft.base = self.scope + draft.base

    def _lookback(self) -> str:
        """The subject of a figure whose clause has none: the noun before in the sentence, else the topic."""
        for piece in reversed([p for p in re.split(r"[，：；]", clean(self.before_figures)) if p]):
            found = _BY_WHICH.sub("", clean(SPLIT_SUBJECT.split(piece)[0]))
            if 2 <= len(found) <= 16 and not _SETTING.search(found):
                return found
        return ""

    def _announced(self) -> str:
        """The short sentence without figures right before: the name of the item that the next one counts."""
        words = re.sub(r"^(?:（[^（）]*）|[一二三四五六七八九十]+[、是]|\d+[.、．])|[。；：]$", "", self.silent)
        if self.account and (flow := _FLOW.match(words)):
            return self.account + flow[0]
        return words if 2 <= len(words) <= 14 and not re.search(r"[，：]|情况|打算|安排|工作|回顾", words) else ""

    def _opened(self) -> str:
        """经营主体持续壮大。总量接近800万户: what the short sentence right before speaks of."""
        words = SPLIT_SUBJECT.split(self.silent)
        subject = clean(words[0])
        return subject if len(words) > 1 and 2 <= len(subject) <= 8 and "，" not in self.silent else ""

    def _subject(self, draft: Draft, own: str) -> str:
        near = self.level if self.level is not None and self.level.sentence == draft.sentence else None
        near = near or (self.growth if self.growth is not None and self.growth.sentence == draft.sentence else None)
        if near is not None:
            if own.startswith("完成"):
                return near.base
            if "topic" in near.rules:
                return self.topic or subject_of(planless(near.base))
            if near.in_part or near.bracket >= 0:
                near = next((d for d in reversed(self.spoken) if not d.in_part and d.bracket < 0), near)
            plain = planless(near.base)
            found = near.subject or subject_of(plain) or subject_of(near.base) or lighter(plain)
            found = "" if found in ("收入", "支出") else found
            if OUTCOME.fullmatch(found) or _PASSED.fullmatch(found):
                return self._announced() or self.topic
            if own in ("总量", "总额", "规模", "总规模") and near.kind == "change" and not GENERIC.match(near.base):
                return near.base  # 一般公共预算收入增长4.6%，总量突破1900亿元
            return "" if found == own or ACTION.fullmatch(found) else found
        back = self._lookback() or (self._opened() if own in ("总量", "总数", "总规模") else "")
        account = self.account if own in ("收入", "支出") else ""
        return subject_of(back) or back or self.topic or account or self._announced()

    def _qualified(self, own: str, draft: Draft) -> str:
        """The own words, with the subject where they are only a head noun (产值, 完成率), or what they break down."""
        if draft.unit == "%" and OF_PLAN.match(own):
            near = self._grown(draft)
            draft.rules["topic"] = "measured by a plan"
            if near is not None and near.sentence == draft.sentence:
                return near.base + ("" if own.startswith("完成") else "完成") + own.lstrip("为占").rstrip("的")
        parent = draft.parent
        if parent is not None and not (draft.linked and GENERIC.match(own)):
            return part_name(own, parent)
        own = _stated(_AFTER_ADDING.sub("", own))
        if (flow := _FLOW_OF.fullmatch(planless(own))) and self.account and flow[1]:
            return flow[1] + self.account + own[len(flow[1]) :]  # 市本级完成收入, under 一般公共预算
        if GENERIC.match(own) or flow or (own.startswith("完成") and draft.unit in ("%", "‰")):
            draft.rules["topic"] = "subject added"
            subject = self._subject(draft, own)
            if flow and self.account and not _FUNDED.search(subject):
                subject = self.account  # under 2.政府性基金预算: 支出预算调整为34940万元
            return own if own.startswith(subject) else subject + own
        if OWN_LEVEL.fullmatch(own) and (told := self._lookback() or (self.main[-1].base if self.main else "")):
            return own + told  # 计划分配：市本级14.78亿元、东乡11.09亿元
        if own.startswith(("加上", "减去", "扣除")) or (self.adding and draft.dimension == "money"):
            self.adding = True
            draft.rules["topic"] = "subject added"
            plain = re.sub(r"^(?:加上(?!级)|加(?=上级)|减去|扣除)", "", own)
            return plain if self.topic in plain else self.topic + plain
        if own.startswith(("人均", "户均", "每百户")) and self.level is not None and "人均" in self.level.base:
            return self.level.base.split("人均")[0] + own  # 城镇居民人均收入…，人均消费支出…
        inner = subject_of(own)
        if _WHOLE_PLACE.search(draft.raw):
            return own  # 全市政府债务余额: of the place itself, not of what was spoken of
        if inner and self.topic != inner and self.topic.endswith(inner) and len(self.topic) <= len(inner) + 8:
            return self.topic + own[len(inner) :]  # 市本级一般公共预算收入…，一般公共预算支出…
        if (twin := self._parallel(own, draft)) is not None:
            return twin
        first = next((d for d in self.spoken if d.bracket < 0), None)
        origin = ORIGIN.search(first.base) if first is not None and draft.unit == "例" else None
        if origin and first is not None and not ORIGIN.search(own) and first.segment == draft.segment:
            return (state_of(first.base) if draft.linked else "") + origin[0] + own
        return self._shared_state(own, draft) + own

    def _shared_state(self, own: str, draft: Draft) -> str:
        """新增本土确诊病例5例，本土无症状感染者19例: the second is new too; so is what 、 sets beside it."""
        near = self.level
        if near is None or near.sentence != draft.sentence or near.segment != draft.segment or near.unit != draft.unit:
            return ""
        alike = ORIGIN.match(own) is not None and ORIGIN.search(near.base) is not None
        if not (alike or draft.linked) or draft.clause - near.clause > 1 or near.bracket >= 0 or near.in_part:
            return ""
        if ACTION.match(own) or state_of(own) or own == near.base:
            return ""
        return state_of(near.base)

    def _parallel(self, own: str, draft: Draft) -> str | None:
        """城镇居民人均可支配收入…，农村居民…: a thing of the same kind takes over what was said of the one before."""
        near = self.level
        if near is None or near.sentence != draft.sentence or near.unit != draft.unit or HEAD.search(own):
            return None
        if near.base.startswith(own) and near.clause == draft.clause:
            return near.base  # 农村居民由9730元增加到15284元
        school = _AT_SCHOOL.search(near.base)
        if school and school.start() and near.segment == draft.segment and _AT_SCHOOL.fullmatch(own):
            return near.base[: school.start()] + own  # 初中在校生2.5万人，毕业生0.8万人
        noun = head_of(near.base)
        short_noun = len(own) <= _NOUN and 0 < len(near.base) - len(noun) <= _NOUN
        if short_noun and noun in _OF_THINGS and not ACTION.match(own):
            return own + noun  # 原煤产量…，原油由…增加到…
        kind = own[-_KIND:]
        at = near.base.find(kind)
        rest = near.base[at + _KIND :]
        if at < 1 or len(own) <= _KIND or len(rest) < _KIND or near.base.startswith(own) or not HEAD.search(near.base):
            return None
        return own + rest


@lru_cache(maxsize=16384)
def _stated(own: str) -> str:
    """The name without who approved it and without the verb of a bare flow: 市本级完成收入 → 市本级收入."""
    return _FLOW_DONE.sub("", AUTHORITY.sub("", own) or own)


def _exceeds(part: Draft, total: Draft) -> bool:
    """Whether a figure is larger than what it would be part of."""
    if part.number.value is None or total.number.value is None or total.kind == "change" or part.unit in ("%", "‰"):
        return False
    return part.unit == total.unit and part.number.value > total.number.value and not _PER_HEAD.search(total.base)

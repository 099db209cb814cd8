"""Indicators: what a figure counts, the way a statistician heads a column.

The name comes from the words before the figure (主体 and action), the noun after its counting word, or, where the clause
has none of its own, from the figure it goes with: the level that a growth rate follows, the total under 其中, the head
noun of a list. Growth gets a suffix that is the same for rise and fall (同比增长), so that one series carries it; the
sign is in the value.
"""

from __future__ import annotations

import re

from flows.extract.draft import Draft
from flows.extract.model import Measure
from flows.extract.names import clean, lighter, part_name, short, state_of, subject_of
from flows.extract.words import (
    AGAINST,
    CHANGE_BARE,
    CHANGE_BRIEF,
    CHANGE_TAIL,
    DONE_TRAIL,
    GENERIC,
    NEGATIVE,
    NOISE,
    OF_PLAN,
    ORIGIN,
    RATE_OF_CHANGE,
    SPENDING,
    TIMES,
    TRAIL,
)

_ENUMERATION = re.compile(r"^.{5,}等$")
_SHARE = re.compile(
    r"(?P<subject>.*?)(?P<share>占(?:比|有率|(?P<whole>[^，。；]{0,18}?)(?:的)?(?:比重|比例|份额|总量|总数|总额)?)?)"
    r"(?:为|达到|达|约|超过|超|的|近|均|分别|提高到|提高至|提升至|上升到|升至)*$"
)
_EARLIER = re.compile(r"环比|上月|上季|上旬|上周")
_YEARLY = re.compile(r"同比|上年|去年|同期")
_SPLIT_SUBJECT = re.compile(r"居|位(?!数)|持续|稳步|快速|明显|全国|较快|全部|全省|再创|创(?!新|业|造)|运行|总体|进一步|不断|更加|调整|加快|继续|实现|达到|显著|大幅|逐步|增长|提升")
_ACROSS = re.compile(r"^\x01*(?:其中|分[^，。；]{1,8}看|按[^，。；]{1,14}(?:分|看)|从[^，。；]{1,14}看)[，：:]?")
_LIGHT = re.compile(r"^(?:累计|新增|现有|共|全部|当日|每日|日均|年均|调整|优化|提升|升|降|提高|稳定|保持|占|突破)?$")
_VACCINE = ("剂次", "剂", "針", "针", "劑", "劑次", "针次")
_EARLIER_LEVEL = re.compile(r"(?:去年|上年)(?:同期|末|底)?(?:为|是|仅为)?$")
_AMONG = re.compile(r"(?:^|[，；。：])(?:其中[，：]?)?([^，；。：]{2,14})中，$")
_ACTION = re.compile(r"已?(?:完成|办结|开工|竣工|审结|执结|结案|改造|建成|投用|投产|整改|交付|发放|救助|安置|培训|启动|落实|受理|治愈|出院|查处|销号|解决|化解|新建|验收|拆除|安装|入库|签约|办理)")
_ACTION_FIRST = re.compile(r"^(?:计划|共)?(?:受理|新收|审结|执结|办结|完成|改造|新建|建成|实施|启动|开工|梳理|排查|收到|承办|新增|安排|整改|发放|救助|安置|培训)(?:各类)?(?=[\u4e00-\u9fff]{2})")
_CASE_STATE = re.compile(r"(?:确诊|死亡|出院|疑似|重症|危重|重型|危重型)$")
_PLAN_WORD = re.compile(r"计划|预算|任务|目标")
_PLANNED = re.compile(r"(?:年度)?(?:计划)?(?:建设|改造|新建|实施|完成|整治|新增|建成|安装|维修|培训|发放)")
_PLANNED_END = r"(?:建设|改造|新建|工程|项目|行动|整治|提升)+$"
_PER_HEAD = re.compile(r"人均|户均|平均")
_PLACES = "省市县区乡镇村州国"
_SCORE = re.compile(r"(?:比值|之比|收入比|指数|系数|评分|得分|基尼)(?:为|达|是|约)*$")
_LIMIT = 26


class Namer:
    """Names the figures of one block in order; remembers what the words before have established."""

    def __init__(self) -> None:
        self.topic = ""
        self.level: Draft | None = None  # the last level or share, that growth is of
        self.growth: Draft | None = None
        self.sentence: tuple[int, int] = (-1, -1)
        self.before_figures = ""
        self.silent = ""  # the last sentence without figures
        self.main: list[Draft] = []  # figures of the sentence before that are no parts
        self.spoken: list[Draft] = []
        self.history: list[Draft] = []
        self.across = False
        self.lead = ""
        self.adding = False  # 加上…: the figures that follow are additions to the first
        self.among: tuple[Draft | None, str, int] | None = None  # 重症病例中，…: total, name, segment

    def new_block(self, block: str) -> None:
        """A new block: what the one before said of totals stands, its subject does not."""
        self.topic, self.level, self.growth = "", None, None
        if block in ("heading", "title"):
            self.main, self.spoken, self.history = [], [], []

    def silence(self, words: str) -> None:
        """A sentence without figures: its words may name the subject of the next."""
        self.silent = clean(words)

    def name(self, drafts: list[Draft], index: int, lead_words: str) -> None:
        """Sets base, suffix, measure, sign, kind and parent of ``drafts[index]``; those before it are named."""
        draft = drafts[index]
        if draft.sentence != self.sentence:
            self._enter(draft, lead_words)
        self.lead = lead_words
        draft.parent = self._total(drafts, index)
        for rule in (self._rank, self._share, self._against, self._times, self._change, self._level):
            if rule(draft, drafts, index):
                draft.rules["indicator"] = rule.__name__.lstrip("_")
                break
        if draft.unit in _VACCINE and not re.search(r"[疫]苗|[剂劑]", draft.base):
            draft.base = "疫苗" + draft.base
        if draft.unit == "例" and _CASE_STATE.search(draft.base):
            draft.base += "病例"
        self._remember(draft)

    def _enter(self, draft: Draft, lead_words: str) -> None:
        self.sentence = draft.sentence
        self.history = [*self.history, *self.spoken][-16:]
        self.main, self.spoken = [d for d in self.spoken if not d.in_part and d.bracket < 0] or self.main, []
        self.before_figures = lead_words
        self.among = None
        self.adding = False
        self.across = bool(_ACROSS.match(lead_words)) or (draft.in_part and not clean(lead_words.split("其中")[0]))
        if draft.role in ("heading", "title"):
            self.level = None

    def _total(self, drafts: list[Draft], index: int) -> Draft | None:
        """The figure of which this one is a part: before its bracket, before 其中, or, where the sentence opens with
        其中 or 分…看, in the sentence before."""
        draft = drafts[index]
        if draft.bracket >= 0:
            return drafts[draft.bracket]
        self._see_among(drafts, index)
        if self.among is not None and self.among[2] == draft.segment:
            total = self.among[0]
            if total is not None and total.unit == draft.unit and not _exceeds(draft, total):
                draft.in_part = True
                return total
        if draft.in_part:
            before = self._before_opening(drafts, index)
            same = [d for d in before if d.unit == draft.unit and d.kind in ("level", "change") and d.bracket < 0]
            named = [d for d in same if len(draft.post) > 1 and (draft.post in d.base or d.base.endswith(draft.post[-4:]))]
            if same:
                total = (named or same)[-1]
                if not _exceeds(draft, total):
                    return total
                draft.in_part = False
                for later in drafts[index:]:
                    later.in_part = later.in_part and later.opens_part
                return None
        if self.across:
            draft.in_part = True
            same = [d for d in self.main if d.unit == draft.unit and d.kind in ("level", "change")]
            named = [d for d in same if len(clean(d.gap)) > 1 and clean(d.gap) in draft.gap]
            found = (named or same or [None])[0]  # type: ignore[list-item]
            return None if found is not None and _exceeds(draft, found) else found
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
            known = [d for d in [*self.history, *self.main, *self.spoken] if d.kind == "level" and name and d.base.endswith(name)]
            self.among = (known[-1] if known else None, name, draft.segment)

    @staticmethod
    def _before_opening(drafts: list[Draft], index: int) -> list[Draft]:
        """The figures before the 其中 that a part stands under: of its own segment where segments divide themselves
        (甲…，其中…；乙…，其中…), else of the sentence; parts of an earlier 其中 are left out."""
        draft = drafts[index]
        dividing = {d.segment for d in drafts if d.opens_part and d.clause > 0}
        own = len(dividing) > 1
        opening = [i for i in range(index + 1) if drafts[i].opens_part and (not own or drafts[i].segment == draft.segment)]
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
            if draft.unit not in ("%", "‰", "倍") and not draft.unit.startswith("个") and (draft.parent is None or draft.in_part):
                self.level = draft  # 贷款增加12万亿元: what the next 同比多增 is of
        elif draft.kind in ("level", "share") and "comparison" not in draft.rules and not draft.yardstick:
            self.level = draft
            self.growth = None
        subject = subject_of(draft.base)
        if subject and draft.kind == "level" and draft.parent is None and "topic" not in draft.rules:
            self.topic = subject
            draft.subject = subject

    def _rank(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        if not draft.gap.endswith("第") or draft.number.form != "arabic":
            return False
        words = re.split(r"位居|名列|排名|排在|位列|跃居|稳居|居|列|排|升至|全国|全省|全球|世界", NOISE.sub("", draft.pre[:-1]))[0]
        own = clean(words)
        near = self.level or self.growth
        draft.base = short(own or (near.base if near else self.topic))
        draft.suffix, draft.kind, draft.measure = "位次", "rank", "index"
        return True

    def _share(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        """占…比重: the part is what stands before 占, else the figure before."""
        if draft.unit not in ("%", "‰", "成") or "占" not in draft.gap:
            return False
        match = _SHARE.search(NOISE.sub("", draft.gap))
        if match is None or CHANGE_TAIL.search(draft.gap):
            return False
        own = clean(match["subject"])
        near = self.growth or self.level
        subject = own or (near.base if near else self.topic)
        whole = clean(match["whole"] or "")
        full = f"{subject}占{whole}比重"
        draft.base = full if whole and len(full) <= _LIMIT else short(subject) + "占比"
        draft.kind, draft.measure = "share", "rate"
        return True

    def _against(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        """高于全省平均1.6个百分点: how far the rate before lies from a yardstick."""
        match = AGAINST.search(NOISE.sub("", draft.gap)) if draft.unit.startswith(("个", "百分点")) else None
        if match is None or not draft.unit.endswith(("百分点", "基点", "千分点")):
            return False
        rates = [d for d in self.spoken if d.unit in ("%", "‰")]
        own = clean(NOISE.sub("", draft.gap)[: match.start()])
        near = rates[-1] if rates else self.growth or self.level
        draft.parent = near if rates else None
        draft.base = short(own if len(own) > 2 and own != "增速" else near.indicator if near else self._lookback())
        draft.suffix = "与" + match["what"] + "之差"
        draft.kind, draft.measure, draft.negative = "change", "change", match["down"] is not None
        return True

    def _times(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        """是2020年末的2.8倍: a multiple of an earlier level; 翻一番: of itself."""
        if draft.unit == "番":
            own = clean(re.sub(r"(?:再|将|已)?翻$", "", NOISE.sub("", draft.gap)))
            near = self.level
            draft.base, draft.suffix = short(own or (near.base if near else "")), "翻番"
            draft.kind, draft.measure = "change", "change"
            return True
        match = TIMES.search(draft.raw) if draft.unit == "倍" else None
        if match is None:
            return False
        own = clean(NOISE.sub("", draft.gap[: match.start()]))
        near = self.level
        draft.base = short(own or (near.base if near else self._lookback()))
        draft.suffix, draft.measure = "是" + match["what"] + "的倍数", "rate"
        return True

    def _change(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        words = NOISE.sub("", draft.gap)
        pp = draft.unit.startswith(("个百分点", "百分点", "个基点", "基点", "个千分点"))
        noun = RATE_OF_CHANGE.search(words)
        if noun and draft.unit in ("%", "‰"):
            draft.negative = noun["noun"][0] in "降跌下"
            return self._set_change(draft, words[: noun.start()], "同比增长")
        match = CHANGE_TAIL.search(words) or CHANGE_BRIEF.search(words) or (CHANGE_BARE.search(words) if pp else None)
        if match is None or match["to"]:
            return False
        if draft.dimension == "count" and draft.post and not match["basis"] and not match["verb"].startswith("净"):
            return False  # 增加3所学校: an action on counted things, not a change of a level
        draft.negative = bool(NEGATIVE.search(match["verb"]))
        return self._set_change(draft, words[: match.start()], self._suffix(draft, match, pp))

    @staticmethod
    def _suffix(draft: Draft, match: re.Match[str], pp: bool) -> str:
        basis, verb = match["basis"], match["verb"]
        span = "环比" if _EARLIER.search(basis) else "同比" if not basis or _YEARLY.search(basis) else basis
        average = "年均" if "年均" in match["adverbs"] or "平均" in match["adverbs"] else ""
        if pp:
            return (span if basis else "") + "变化"
        if draft.unit in ("%", "‰", "倍", "成", "番"):
            return (average or span) + "增长"
        if verb in ("多增", "少增", "多增加", "少增加", "少减", "多减", "少减少", "多减少"):
            return span + "多增"
        if verb.startswith("净"):
            return "净增"
        return (span if basis else "") + "增加"

    def _set_change(self, draft: Draft, own_words: str, suffix: str) -> bool:
        own = clean(own_words)
        draft.kind, draft.measure, draft.suffix = "change", "change", suffix
        total, draft.parent = draft.parent, None
        speed = own in ("增速", "增幅", "涨幅") or own.endswith("其增速")
        last = self.spoken[-1] if self.spoken else None
        of_growth = not own and draft.unit.startswith("个") and self.growth is not None
        if of_growth and ("增速" in self.lead[-24:] or (last is not None and last.unit == draft.unit)):
            speed = speed or last is None or last.parent is self.growth or "增速" in self.lead[-24:]
        if speed and self.growth is not None:
            draft.parent, draft.base = self.growth, self.growth.base + "增速"
        elif not own or speed:
            near = self._grown(draft)
            if near is not None and near.sentence != draft.sentence and self._lookback():
                near = None
            draft.parent = near
            draft.base = (near.base if near else self._lookback()) + ("增速" if speed else "")
        else:
            draft.parent = total
            draft.base = short(self._qualified(own, draft))
            near = self.level
            if draft.parent is None and near is not None and near.sentence == draft.sentence and near.base.endswith(own):
                draft.parent, draft.base = near, near.base
        return True

    def _grown(self, draft: Draft) -> Draft | None:
        """What a change without words of its own is of: a share for points, an amount for a rate of growth."""
        more = [d for d in self.spoken if d.kind == "change" and d.unit == draft.unit]
        if "多增" in draft.suffix and more:
            return more[-1]
        levels = [d for d in self.spoken if d.kind in ("level", "share") and "comparison" not in d.rules and not d.yardstick]
        if draft.unit in ("%", "‰", "倍"):
            levels = [d for d in levels if d.unit not in ("%", "‰")] or levels
        elif not draft.unit.startswith(("个", "百分点")):
            levels = [d for d in levels if d.unit == draft.unit] or levels
        money = self.level if self.level is not None and self.level.kind == "change" else None
        return money or (levels[-1] if levels else None) or self.level or self.growth

    def _lookback(self) -> str:
        """The subject of a figure whose clause has none: the noun before in the sentence, else the topic."""
        for piece in reversed([p for p in re.split(r"[，：；]", clean(self.before_figures)) if p]):
            found = clean(_SPLIT_SUBJECT.split(piece)[0])
            if 2 <= len(found) <= 16:
                return found
        return ""

    def _qualified(self, own: str, draft: Draft) -> str:
        """The own words, with the subject where they are only a head noun (产值, 完成率), or what they break down."""
        parent = draft.parent
        if parent is not None:
            return part_name(own, parent)
        if draft.unit == "%" and OF_PLAN.match(own):
            near = self._grown(draft)
            if near is not None and near.sentence == draft.sentence:
                return near.base + ("" if own.startswith("完成") else "完成") + own.lstrip("为占").rstrip("的")
        if GENERIC.match(own) or (own.startswith("完成") and draft.unit in ("%", "‰")):
            draft.rules["topic"] = "subject added"
            subject = self._subject(draft, own)
            return own if own.startswith(subject) else subject + own
        if own.startswith(("加上", "减去", "扣除")) or (self.adding and draft.dimension == "money"):
            self.adding = True
            draft.rules["topic"] = "subject added"
            plain = re.sub(r"^(?:加上|减去|扣除)", "", own)
            return plain if self.topic in plain else self.topic + plain
        if own.startswith(("人均", "户均", "每百户")) and self.level is not None and "人均" in self.level.base:
            return self.level.base.split("人均")[0] + own  # 城镇居民人均收入…，人均消费支出…
        inner = subject_of(own)
        if inner and self.topic != inner and self.topic.endswith(inner) and len(self.topic) <= len(inner) + 8:
            return self.topic + own[len(inner) :]  # 市本级一般公共预算收入…，一般公共预算支出…
        first = next((d for d in self.spoken if d.bracket < 0), None)
        origin = ORIGIN.search(first.base) if first is not None and draft.unit == "例" else None
        if origin and first is not None and not ORIGIN.search(own):
            return (state_of(first.base) if draft.linked else "") + origin[0] + own
        return own

    def _subject(self, draft: Draft, own: str) -> str:
        near = self.level if self.level is not None and self.level.sentence == draft.sentence else None
        near = near or (self.growth if self.growth is not None and self.growth.sentence == draft.sentence else None)
        if near is not None:
            if own.startswith("完成"):
                return near.base
            if "topic" in near.rules:
                return self.topic
            if near.in_part or near.bracket >= 0:
                near = next((d for d in reversed(self.spoken) if not d.in_part and d.bracket < 0), near)
            found = near.subject or subject_of(near.base) or lighter(near.base)
            return "" if found == own or _ACTION.fullmatch(found) else found
        back = self._lookback()
        return subject_of(back) or back or self.topic or self._announced()

    def _announced(self) -> str:
        """The short sentence without figures right before: the name of the item that the next one counts."""
        words = re.sub(r"^(?:（[^（）]*）|[一二三四五六七八九十]+[、是]|\d+[.、．])|[。；：]$", "", self.silent)
        return words if 2 <= len(words) <= 14 and not re.search(r"[，：]|情况|打算|安排|工作|回顾", words) else ""

    def _level(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        draft.measure = self.measure(draft)
        own = clean(self._trimmed(draft))
        post = draft.post
        if draft.unit in ("%", "‰", "成"):
            post = post + "比例" if post and not own else ""
        elif draft.dimension == "money":
            post = "" if own and not SPENDING.fullmatch(own) else post
            if SPENDING.fullmatch(own) or not own:
                post = self._purpose(draft) or post
        if "list" in draft.rules and index and post:
            own = ""
        partitive = draft.pre.rstrip("\x01 ").endswith(("中", "中有", "中，", "有")) and draft.dimension == "count"
        if "ratio" in draft.rules and index and drafts[index - 1].tail + 1 >= draft.lead:
            draft.base = drafts[index - 1].base
        elif own and partitive and draft.said:
            draft.base = short(own.rstrip("中") + draft.said)
        elif draft.yardstick and self.level is not None and _PLAN_WORD.search(own):
            draft.base = short(self.level.base + re.sub(r"^(?:占|为|完成)", "", own))
        elif own and not post and _PLANNED.fullmatch(own) and self._announced():
            draft.base = short(own + re.sub(_PLANNED_END, "", self._announced()))
        elif own and not post and _ACTION.fullmatch(own) and self._same_count(draft) is not None:
            draft.base = short(self._acted(own, draft))
        elif own and not _LIGHT.match(own):
            named = _joined(own, post) if post and len(post) > 1 else self._qualified(own.rstrip("的") or own, draft)
            draft.base = short(named)
        else:
            draft.base = short(own + self._without_own(draft, own, post))
        return True

    def _without_own(self, draft: Draft, light: str, post: str) -> str:
        """A clause that says nothing before its number: what follows it, else what it goes with."""
        if _EARLIER_LEVEL.match(text := draft.raw.strip(" ，")) and self.level is not None:
            draft.rules["comparison"] = text
            return self.level.base
        if self.among is not None and self.among[2] == draft.segment and (self.among[1] or draft.said):
            name = self.among[1] or (lighter(self.among[0].base) if self.among[0] is not None else "")
            return name + (draft.said if draft.said and not draft.place_list else "")
        said = draft.said if draft.dimension in ("count", "none") else post
        if draft.parent is not None and len(said) < 6 and (not said or not post):
            return draft.parent.base + said
        if len(said) > 1:
            return said
        if post and (len(post) > 1 or post in _PLACES):
            return post
        near = draft.parent or (self.level if self.level is not None and self.level.sentence == draft.sentence else None)
        if near is None and self.growth is not None and self.growth.sentence == draft.sentence:
            near = self.growth  # 地区生产总值增长5.5%、达到10.3万亿元
        if near is not None:
            return lighter(near.base) if light else near.base
        if self.spoken and self.spoken[-1].sentence == draft.sentence:
            return self.spoken[-1].base
        return self._lookback() or self.topic or (lighter(self.main[-1].base) if self.main else "")

    def _same_count(self, draft: Draft) -> Draft | None:
        near = self.level
        if near is None or near.sentence != draft.sentence or near.unit != draft.unit:
            return None
        return near

    def _acted(self, own: str, draft: Draft) -> str:
        """受理刑事案件1126件，审结1098件: the second action is on the object of the first."""
        near = self._same_count(draft)
        if near is None:
            return own
        thing = re.sub(r"(?:年度(?:目标)?任务|年度计划|目标任务|计划)$", "", _ACTION_FIRST.sub("", lighter(near.base)))
        return thing + own if own in ("完成", "已完成") else own + thing

    def _purpose(self, draft: Draft) -> str:
        """What money is for, where the clause names only the spending: 拨付1.6亿元，支持稳增长."""
        if draft.purpose:
            return draft.purpose
        words = clean(self.before_figures) or self.silent
        return words if 2 <= len(words) <= 16 else ""

    @staticmethod
    def _trimmed(draft: Draft) -> str:
        words = re.sub(r"中(?=已|有|$)", "", NOISE.sub("", draft.pre))
        if _ENUMERATION.match(words) and draft.post:
            return ""
        words = TRAIL.sub("", words)
        if draft.dimension != "count" or not re.search(r"已|累计", words[-6:]):
            shorter = DONE_TRAIL.sub("", words)
            words = shorter if shorter else words
        return words

    @staticmethod
    def measure(draft: Draft) -> Measure:
        """The measure of a level by its unit and, for a bare ratio, its words."""
        dimension, unit = draft.dimension, draft.unit
        if "ratio" in draft.rules:
            return "rate" if draft.rules["ratio"] == "structure" else "index"
        if dimension == "money":
            return "index" if "汇率" in draft.pre or draft.pre.endswith("兑") else "money"
        if unit in ("%", "‰", "‱", "成", "折", "分之一"):
            return "rate"
        if unit.startswith(("个百分点", "百分点", "个基点")):
            return "change"
        if not unit and _SCORE.search(draft.gap):
            return "index"
        if dimension in ("multiple", "index"):
            return "rate" if dimension == "multiple" else "index"
        return "count" if dimension in ("count", "none") else "amount"


def _exceeds(part: Draft, total: Draft) -> bool:
    """Whether a figure is larger than what it would be part of."""
    if part.number.value is None or total.number.value is None or total.kind == "change" or part.unit in ("%", "‰"):
        return False
    return part.unit == total.unit and part.number.value > total.number.value and not _PER_HEAD.search(total.base)


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

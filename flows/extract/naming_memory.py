"""Names that want more than their own words: the subject of a bare head noun, the level of a city's own account, the
state and kind that the figure before was told with.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from flows.extract.draft import Draft
from flows.extract.names import NAME_LIMIT, clean, head_of, lighter, part_name, planless, short, state_of, subject_of
from flows.extract.naming_wholes import Wholes
from flows.extract.words import (
    AT_SCHOOL,
    AUTHORITY,
    OF_PLAN,
    ORIGIN,
    OUTCOME,
    ends_in_head,
    is_generic,
)

_ACTIONS: Final = (
    "完成|完工|办结|开工|竣工|审执结|审结|执结|结案|改造|建成|投用|投产|整改|交付|发放|救助|安置|培训|启动|落实|受理|治愈|出院|查处|销号|解决|化解"
    "|审核通过|录取|实际录取|施工|分配下达|形成支出|插|栽|播|转办|直办|交办|督办|答复|回复|新建|验收|拆除|安装|入库|签约|引进|办理|使用|启用|入住|占用"
)
_ACTION: Final = re.compile(f"已?(?:{_ACTIONS})")
_ACTION_WORDS: Final = frozenset(_ACTIONS.split("|"))
OWN_LEVEL: Final = re.compile(r"[省市州县区旗]?本级")
_BARE_LEVEL: Final = re.compile(r"[省市州县区旗]?本级|(?:[区市]县|县[区市]|乡镇|[省市州县区旗])级")
_LEVEL: Final = re.compile(r"[省市州县区旗](?:本级|级(?=[\u4e00-\u9fff]{3}))|县（[市区、]+）|各县[市区]")
_LEVEL_STARTS: Final = frozenset("省市州县区旗各")
_LEVEL_BELOW: Final = re.compile(r"县（[市区、]+）|[各县][县区]|县级(?!市)|区县|乡镇|旗县")
_ANY_LEVEL: Final = re.compile(r"县（|各县|[省市州县区旗国央上下本]级|中央")
_OF_BUDGET: Final = re.compile(r"(?:收入|支出|余额|限额|债[券务]|结[转余]|调入资金|本金|利息|本息)(?:$|[总合]计)")
_FLOW_DONE: Final = re.compile(
    r"(?:^|(?<=级))(?:实际|预计|组织)?(?:完成|实现)?(?=(?:收入|支出)$)|(?<=级)(?:完成|实现)(?=[\u4e00-\u9fff]{4})"
)
_FLOW_OF: Final = re.compile(r"([省市州县区]本?级)?(收入|支出)")
_WHOLE_PLACE: Final = re.compile(r"[全我][国省市州县区旗盟镇乡]")
_NOUN: Final = 4
_OF_THINGS: Final = ("产量", "播种面积", "种植面积", "存栏", "出栏", "销量", "库存")
# Who is counted of a school, of whatever kind the first of them says.
_AT_SCHOOL: Final = re.compile(rf"(?:{AT_SCHOOL}|在?学生)(?:总?数|规模|人数)?$")
_PUPIL_ENDS: Final = frozenset("生师工儿数模")  # its last characters
_OF_YEAR_AT_SCHOOL: Final = re.compile(r"(?:招生|毕业|招收新生|在校|毕业生|在校生|在校学生|专任教师)(?:数|人数)?$")
_PEOPLE: Final = re.compile(
    r"[^，。；]{0,12}?(?:人群|老年人|青少年|患者|适龄儿童|接触者|感染者)(?=[应需已未可在建登规])"
)
_OF_PEOPLE: Final = re.compile(r"人群|居民|人员|老年人|青少年|学生|儿童|患者|病例")
_MODE: Final = re.compile(r"(?:公路|铁路|水路|水运|航空|民航|内河|海运|管道)(?=[\u4e00-\u9fff])")
_CARRIED: Final = re.compile(r"(?:货物|旅客)?(?:周转量|运输量|吞吐量|货运量|客运量|发送量)")
_FUNDED: Final = re.compile(r"预算|基金|资金|经费|财政|债|保险|本级")
_AFTER_ADDING: Final = re.compile(
    r"^(?:加上|剔除|扣除|减去|计入)[^，。；]{2,40}后(?=(?:总|合计|共)?[\u4e00-\u9fff]{2})"
)
_ADDED_TO: Final = re.compile(r"加(?!上)[^，]{2,12}?等(?:资金)?(?=(?:支出|收入)总)")  # 加补助下级等支出总量
_ADDED_BEFORE: Final = re.compile(r"(?:^|[，。；\x01])([^，。；\d]{4,24})(?:收入|支出)，[\x01 ]*$")
_TWIN_FLOWS: Final = {"总支出": "总收入"}
_FLOW_TOTAL: Final = re.compile("(?:收入|支出)总量|年终(?:滚存)?结余")
_OF_FUND: Final = re.compile(r"(?:经费|基金|资金)$")
_FIELD: Final = re.compile(
    r"[\x01，：]*(?:其中[，：]?)?([\u4e00-\u9fff]{2,6}(?:领域|环节|渠道|行业|系统))(?=[\u4e00-\u9fff])"
)
_HOUSES: Final = "医院|卫生院|保健院|学校|中学|小学|幼儿园|学院|图书馆|博物馆|福利院|敬老院|体育馆"
_HOUSE: Final = re.compile(
    rf"\x01*((?:(?!实施|推进|新建|改建|扩建|完成|投资|支持|帮助)[\u4e00-\u9fff]){{0,10}}?(?:{_HOUSES}))(?=[总现占建设共核编开有拥](?!设)[^，。；]{{1,8}})"
)
_HOUSE_WORD: Final = re.compile(_HOUSES)
_CASUALTIES: Final = ("死亡", "受伤", "失踪", "失联", "重伤", "轻伤", "伤亡")
_FALLEN_ILL: Final = re.compile("([\u4e00-\u9fff]{3,10}病)(?:共|累计|合计)?(?:报告)?发病")
_HAPPENED: Final = re.compile(r"^(?:共|累计|共计)?(?:发生|接报|造成)(?:各类|各种)?")
_ITEM: Final = re.compile(r"[一二三四五六七八九]是([\u4e00-\u9fff]{3,16})，[^；]*$")
_SIDE: Final = re.compile(r"(?:^|[；。\x01])([\u4e00-\u9fff]{2,4})方面，[^；]*$")
_FLOWS: Final = ("收入", "支出")
_STAFF: Final = re.compile(
    "(?:现有|共有|拥有|设有|配有|开放)?(?:工作人员|从业人员|医护人员|护理人员|卫生技术人员|床位|职工)(?:总?数)?"
)
_OF_WORKS: Final = frozenset(
    ("总投资", "概算总投资", "投资概算", "计划总投资", "投资", "全长", "总长", "总长度", "总工期")
)
_BRIEF: Final = 6
_SHORT_ACTION: Final = 4
_ON_WHOLE: Final = re.compile(r"(?:贡献率?|拉动|拉动率)$")
_KIND: Final = 2  # characters that name a kind: 居民, 企业
_PASSED: Final = re.compile(r"(?:已|均|全部)?(?:通过)?(?:竣工)?验收(?:通过|合格)?")


def is_action(words: str) -> bool:
    """已完成, 审结: nothing but that something was done."""
    return words.removeprefix("已") in _ACTION_WORDS


class Memory(Wholes):
    """The memory of naming, and the names that are told with its help."""

    def _scope(self, draft: Draft) -> None:
        """市本级政府债务限额309亿元，其中一般债务限额59亿元: what follows in the block is of that level too, until it
        speaks of the whole (全市)."""
        level = _LEVEL.match(draft.base) if draft.base[:1] in _LEVEL_STARTS else None
        whole = draft.parent
        above = _LEVEL.match(whole.base) if whole is not None and draft.bracket >= 0 else None
        if above is not None and level is None and _is_of_budget(draft.base):
            draft.base = above[0] + draft.base  # 市本级65.2亿元（新增一般债券3.9亿元、…）
        elif _of_whole_place(draft.raw) or (level is None and _of_levels_below(draft.raw)):
            self.scope = ""
        elif level is not None:
            self.scope = "" if draft.opens_part or draft.bracket >= 0 else level[0]
        elif self.scope and draft.dimension == "money" and draft.kind == "level" and _is_of_budget(draft.base):
            draft.base = self.scope + draft.base

    def _of_house(self, draft: Draft) -> None:
        """其中生产领域抽查224批次，合格213批次: the field that a segment opens with is that of all its figures; so is
        the hospital or school that a paragraph opens with."""
        gap = draft.gap
        field = _FIELD.match(gap) if draft.in_part else None
        named = "院" in gap or "校" in gap or "学" in gap or "园" in gap or "馆" in gap
        house = _HOUSE.match(gap) if named and draft.bracket < 0 else None
        if field is not None:
            self.field = draft.sentence, draft.segment, field[1]
        elif self.field[:2] == (draft.sentence, draft.segment) and self.field[2] not in draft.base:
            draft.base = short(self.field[2] + draft.base)
        item = _ITEM.search(self.lead) if "是" in self.lead and len(draft.base) <= _SHORT_ACTION else None
        if item is not None and draft.parent is None and item[1] not in draft.base:
            draft.base = short(item[1] + draft.base)  # 一是老旧小区改造，计划18个，开工11个
        side = _SIDE.search(self.lead) if "方面" in self.lead and len(draft.base) <= _BRIEF else None
        if side is not None and draft.parent is None and draft.kind == "level" and side[1][:2] not in draft.base:
            draft.base = short(side[1] + draft.base)  # 民航方面，今天发送旅客224万人次
        if house is not None:
            self.house = house[1]
        elif self.house and draft.parent is None and not _HOUSE_WORD.search(draft.base):
            draft.base = short(self.house + draft.base.removeprefix("全院").removeprefix("全校").removeprefix("现有"))

    def _subject(self, draft: Draft, own: str) -> str:
        near = self._level_here(draft)
        counted = near is not None and near.dimension == "count"
        if not counted and own in _OF_WORKS and (works := self._project()):
            return works
        last = self.spoken[-1] if self.spoken else None
        if own in _FLOWS and last is not None and last.kind == "change" and last.sentence == draft.sentence:
            other = last.base.endswith(_FLOWS) and last.base[-2:] != own
            if other and last.clause >= draft.clause - 1:
                return last.base[:-2]  # 一般公共预算收入增长2.3%、支出突破70亿元
        near = near or (self.growth if self.growth is not None and self.growth.sentence == draft.sentence else None)
        if near is not None:
            if own.startswith("完成"):
                return near.base
            if "topic" in near.rules:
                return self.topic or subject_of(planless(near.base))
            beside = near.tail == draft.lead - len(draft.gap) or self.lead.endswith("）")
            if near.in_part and near.bracket < 0 and beside and near.dimension == "count":
                return near.base  # 省级园区7个（其中新建3个）总面积21.5万亩
            if near.in_part or near.bracket >= 0:
                near = next((d for d in reversed(self.spoken) if not d.in_part and d.bracket < 0), near)
            plain = planless(near.base)
            found = near.subject or subject_of(plain) or subject_of(near.base) or lighter(plain)
            found = "" if found in ("收入", "支出") else found
            if OUTCOME.fullmatch(found) or _PASSED.fullmatch(found):
                return self._announced() or self.topic
            if own in ("总量", "总额", "规模", "总规模") and _is_whole_of(near) and not is_generic(near.base):
                return near.base  # 一般公共预算收入增长4.6%，总量突破1900亿元
            return "" if found == own or is_action(found) else found
        if own in ("收入", "支出") and _OF_FUND.search(told := self._announced()):
            return told  # “三公”经费。全县支出1126.4万元
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
        if own.startswith(("对", "拉动")) and _ON_WHOLE.search(own):
            level = self._level_here(draft)
            if level is not None and level.kind == "share":
                return level.base.partition("占")[0] + own  # 占世界经济的15%，对世界经济增长贡献率超过30%
            return self._subject(draft, own) + own  # 第三产业增加值…，对经济增长的贡献率为44.6%
        if own in _CASUALTIES and (accident := self._accident(draft)):
            return accident + own
        if own[-1:] in _PUPIL_ENDS and _AT_SCHOOL.fullmatch(own) and (pupils := self._school(own, draft)):
            return pupils
        parent = draft.parent
        if parent is None and (whole := self._divided_thing(draft, own)):
            return own + whole
        if parent is not None and not (draft.linked and is_generic(own)):
            return part_name(own, parent)
        return self._with_subject(own, draft)

    def _with_subject(self, own: str, draft: Draft) -> str:
        """The own words of a figure that is no part of another, behind the subject or account that they lack."""
        own = _stated(_AFTER_ADDING.sub("", own) if "后" in own else own)
        plain = planless(own)
        flow = _FLOW_OF.fullmatch(plain) if plain.endswith(("收入", "支出")) else None
        if flow is not None and self.account and flow[1]:
            return flow[1] + self.account + own[len(flow[1]) :]  # 市本级完成收入, under 一般公共预算
        bare = is_generic(own) or own in _OF_WORKS
        if bare or flow or (own.startswith("完成") and draft.unit in ("%", "‰")):
            draft.rules["topic"] = "subject added"
            if own in _TWIN_FLOWS and (account := self._account_of(_TWIN_FLOWS[own])):
                return account + own
            subject = self._subject(draft, own)
            if flow and self.account and not _FUNDED.search(subject):
                subject = self.account  # under 2.政府性基金预算: 支出预算调整为34940万元
            return own if own.startswith(subject) else subject + own
        if (
            own.endswith("级")
            and _BARE_LEVEL.fullmatch(own)
            and (told := self._of_levels(draft) or self._lookback() or (self.main[-1].base if self.main else ""))
        ):
            return own + OWN_LEVEL.sub("", told)  # 计划分配：市本级14.78亿元、东乡11.09亿元
        own = _ADDED_TO.sub("", own) if own.startswith("加") else own
        if _FLOW_TOTAL.fullmatch(own) and _FUNDED.search(self.topic):
            return self.topic + own  # 政府性基金预算收入…，加上级补助等资金，收入总量为22亿元
        if own.startswith(("加上", "减去", "扣除")) or (self.adding and draft.dimension == "money"):
            if not self.adding and (named := _ADDED_BEFORE.search(self.lead)) is not None:
                self.topic = clean(named[1])  # 省本级收入，加上…: of the account named before
            self.adding = True
            draft.rules["topic"] = "subject added"
            plain = re.sub(r"^(?:加上(?![级解])|加(?=上[级解])|减去|扣除)", "", own)
            if len(self.topic) + len(plain) > NAME_LIMIT:
                plain = plain.rpartition("、")[2]
            return plain if self.topic in plain else self.topic + plain
        if own.startswith(("人均", "户均", "每百户")) and self.level is not None and "人均" in self.level.base:
            return self.level.base.split("人均")[0] + own  # 城镇居民人均收入…，人均消费支出…
        if counted := self._staff(own, draft) or self._of_counted(own, draft):
            return counted
        inner = subject_of(own)
        if _of_whole_place(draft.raw):
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

    def _of_levels(self, draft: Draft) -> str:
        """重点工程27项，投资470亿元。其中：省级6项: the count before in the same unit, which the levels divide."""
        if draft.dimension != "count":
            return ""
        known = [d for d in [*self.history, *self.main, *self.spoken] if d.unit == draft.unit and d.kind == "level"]
        return next((lighter(d.base) for d in reversed(known) if not _BARE_LEVEL.match(d.base)), "")

    def _account_of(self, flow: str) -> str:
        """一般公共预算总收入31亿元，其中…。总支出31亿元: whose the flow before is; empty where it says not."""
        return next((d.base.removesuffix(flow) for d in reversed(self.main) if d.base.endswith(flow)), "")

    def _divided_thing(self, draft: Draft, own: str) -> str:
        """新收案件按类别分：刑事684件; 已结案件里，刑事651件: what the sentence says that it divides, where no figure
        before counts it; else empty."""
        among = self.among
        told = self.divides if self.divides and draft.in_part else ""
        if among is not None and among[0] is None and among[2] == draft.segment:
            told = among[1]
        short_name = len(own) <= _NOUN and not ends_in_head(own)
        return told if told and told not in own and short_name else ""

    def _accident(self, draft: Draft) -> str:
        """道路运输事故15起、死亡7人: in what they died; empty where the figure before is of no accidents."""
        first = next((d for d in self.spoken if d.bracket < 0), None)
        if first is not None and first.segment < draft.segment and (ill := _FALLEN_ILL.match(first.base)):
            return ill[1]  # 乙类传染病共报告发病7786例；死亡93例
        near = self._level_here(draft)
        if near is None or draft.clause - near.clause > 1:
            return ""
        if near.base.endswith(_CASUALTIES):
            return _HAPPENED.sub("", near.base[:-2])  # 死亡7人、受伤3人
        return _HAPPENED.sub("", near.base) if near.unit in ("起", "次", "宗") else ""

    def _school(self, own: str, draft: Draft) -> str:
        """其中普通高中6所，招生5735人，在校生22502人; 幼儿园81所。在园幼儿17193人: whose; empty where the figures
        before are of no schools."""
        near = self._level_here(draft)
        if near is None:
            near = next((d for d in reversed(self.main) if d.kind == "level"), None) if not self.spoken else None
            if near is not None and near.sentence[1] >= draft.sentence[0] - 1 and near.unit != "所":
                return _of_same_school(near.base, own, _AT_SCHOOL)  # 高校招生2.1万人，其中本科…。在校生6.9万人
        if near is not None and near.segment == draft.segment - 1 and near.bracket < 0 and _AT_SCHOOL.fullmatch(own):
            return _of_same_school(near.base, own, _AT_SCHOOL)  # 高校招生1.2万人，增长5%；在校生3.4万人
        if near is None or near.segment != draft.segment or near.bracket >= 0:
            return ""
        if near.unit == "所":
            return near.base + own
        pupils = _of_same_school(near.base, own, _AT_SCHOOL) if draft.clause - near.clause == 1 else ""
        return pupils if pupils != own else ""

    def _staff(self, own: str, draft: Draft) -> str:
        """公办机构3家，工作人员111名: whose staff or beds; empty where the clause before counts no bodies."""
        near = self._level_here(draft)
        if near is None or near.unit not in ("家", "所", "个") or near.clause != draft.clause - 1:
            return ""
        return near.base + own if _STAFF.fullmatch(own) and near.segment == draft.segment else ""

    def _of_counted(self, own: str, draft: Draft) -> str:
        """小学招生6984人，毕业8127人; 12—17岁人群应接种6.4万人，第一剂接种6.3万剂次: whose pupils, which people; empty
        where the figure before says neither."""
        near = self._level_here(draft)
        left = own == "毕业" and near is not None and near.segment == draft.segment - 1
        if near is None or (near.segment != draft.segment and not left) or near.bracket >= 0:
            return ""
        if pupils := _of_same_school(near.base, own, _OF_YEAR_AT_SCHOOL):
            return pupils  # 小学招生6984人，毕业8127人
        mode = _MODE.match(near.base)
        if mode is not None and _CARRIED.fullmatch(own):
            return mode[0] + own  # 公路货运量836万吨，货物周转量58.7亿吨公里
        people = _PEOPLE.match(near.base)
        return people[0] + own if people is not None and not _OF_PEOPLE.search(own) else ""

    def _shared_state(self, own: str, draft: Draft) -> str:
        """新增本土确诊病例5例，本土无症状感染者19例: the second is new too; so is what 、 sets beside it."""
        near = self._level_here(draft)
        if near is None or near.segment != draft.segment or near.unit != draft.unit:
            return ""
        alike = ORIGIN.match(own) is not None and ORIGIN.search(near.base) is not None
        if not (alike or draft.linked) or draft.clause - near.clause > 1 or near.bracket >= 0 or near.in_part:
            return ""
        if _ACTION.match(own) or state_of(own) or own == near.base:
            return ""
        return state_of(near.base)

    def _parallel(self, own: str, draft: Draft) -> str | None:
        """城镇居民人均可支配收入…，农村居民…: a thing of the same kind takes over what was said of the one before."""
        near = self._level_here(draft)
        if near is None or near.unit != draft.unit or ends_in_head(own):
            return None
        if near.base.startswith(own) and near.clause == draft.clause:
            return near.base  # 农村居民由9730元增加到15284元
        pupils = _of_same_school(near.base, own, _AT_SCHOOL) if near.segment == draft.segment else ""
        if pupils and pupils != own:
            return pupils  # 初中在校生2.5万人，毕业生0.8万人
        noun = head_of(near.base)
        short_noun = len(own) <= _NOUN and 0 < len(near.base) - len(noun) <= _NOUN
        if short_noun and noun in _OF_THINGS and not _ACTION.match(own):
            return own + noun  # 原煤产量…，原油由…增加到…
        kind = own[-_KIND:]
        at = near.base.find(kind)
        rest = near.base[at + _KIND :]
        if at < 1 or len(own) <= _KIND or len(rest) < _KIND or near.base.startswith(own) or not ends_in_head(near.base):
            return None
        return own + rest


def _of_whole_place(words: str) -> bool:
    """全市, 我省: of the place itself."""
    return ("全" in words or "我" in words) and _WHOLE_PLACE.search(words) is not None


def _of_levels_below(words: str) -> bool:
    """各县区, 乡镇: of what lies below the place."""
    return ("县" in words or "乡镇" in words) and _LEVEL_BELOW.search(words) is not None


def _of_same_school(base: str, own: str, counted: re.Pattern[str]) -> str:
    """``own`` with the school that ``base`` says before what is ``counted`` of it; empty where one counts no such
    thing."""
    found = counted.search(base)
    return base[: found.start()] + own if found is not None and counted.fullmatch(own) else ""


def _is_whole_of(near: Draft) -> bool:
    """Whether 总量 is of the very thing that a figure before is of, and of no part of its name."""
    return near.kind == "change" or near.base.endswith("总值")


def _is_of_budget(base: str) -> bool:
    """Whether a name is of a budget and says no level itself."""
    return _OF_BUDGET.search(base) is not None and not _ANY_LEVEL.search(base)


@lru_cache(maxsize=16384)
def _stated(own: str) -> str:
    """The name without who approved it and without the verb of a bare flow: 市本级完成收入 → 市本级收入."""
    return _FLOW_DONE.sub("", AUTHORITY.sub("", own) or own)

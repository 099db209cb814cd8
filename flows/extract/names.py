"""The parts of a name: words taken off its ends, its head noun and its subject, and how a part takes them over."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import Final

from flows.extract.draft import Draft
from flows.extract.ends import head_at_end, without_heading, without_lead, without_noise, without_trail
from flows.extract.reference import reference_path
from flows.extract.words import (
    AT_SCHOOL,
    AUTHORITY,
    ORIGIN,
    PLAN_TAIL,
    TERM,
    ends_in_head,
)

_BRACKETS: Final = re.compile(r"（[^（）]*）|\([^()]*\)|[\[［]\d+[\]］]")
_ADJUSTED: Final = re.compile(r"由((?:年初|年度|原)?预算数?)(调整)?$")  # 收入由年初预算134亿元调整为135亿元
_NAMED_IN: Final = re.compile(
    r"（(?=[^（）]{6})[^（）、]+(?:、[^（）、]+)+等?）"
)  # 网络渠道（微信、网站、手机应用）受理
_STATE_END: Final = re.compile(r"(?:已|累计)?(?:完成|办结|开工|竣工|建成)$")
_STATE_START: Final = re.compile(r"^(?:累计报告|累计追踪到|累计|当日新增|新增|现有|报告|尚在|正在|目前|本土新增)+")
# 生产总值2, 生产总值②: the mark of a note that stood raised.
_BARE_STATES: Final = ("新增", "累计", "现有")
_BARE_NAME: Final = 4
_FOOTNOTE_DIGIT: Final = re.compile(
    r"(?<=[值入出额量资率口])[\d¹²³⁴⁵⁶⁷⁸⁹]{1,2}$|(?<=[\u4e00-\u9fff])[①-⑳]+|^\d(?=[\u4e00-\u9fff]{4})"
)
_LEVEL_DONE: Final = re.compile(r"^([省市州县区旗]本?级)(?:完成|实现)(?=[\u4e00-\u9fff]{4})")
# “6·18”甲县地震造成全州死亡: what happened, and not where
_EVENT: Final = re.compile(
    r"^[^，、；]{0,16}?((?:地震|洪涝|洪水|灾害|事故|火灾|爆炸|台风|暴雨|降雨|滑坡|泥石流|雪灾)(?:灾害)?(?:造成|导致))(?:全?[省市州县区国])?(?=[\u4e00-\u9fff]{2})"
)
_EXPECTED: Final = re.compile(r"(?<=[\u4e00-\u9fff])预计(?:共|将)?(?=[\u4e00-\u9fff]{2})")  # 水路预计发送旅客
_STATED: Final = re.compile(r"^(?:累计)?(?:完成|实现|达到)")
_LEVELS: Final = frozenset("省市州县区旗")
_RELATIVE_STARTS: Final = frozenset("具拥符列纳")
_NOTE_MARK: Final = re.compile("[①-⑳]")
_STATED_STARTS: Final = frozenset("累完实达")
NAME_LIMIT: Final = 26
BEGINNING: Final = 2  # characters that names of one thing share at least
_NOTE: Final = re.compile(
    r"（[^（）]*(?:下同|以下简称|含|包括|扣除)[^（）]*）|（以[^（）]{1,10}为10*[^（）]*）|（(?:初步核算|快报|预计|初步|核算)数?）|（[A-Za-z&]{2,8}）(?=[\u4e00-\u9fff])"
)
_ALIAS: Final = re.compile(r"（([\u4e00-\u9fff]{4,14})）$")
_AGENT: Final = re.compile(
    r"[^、，]{2,14}?(?<![总公病类症例品])共(?=接|造成|受理|办理|排查|收到|查处|处置|报告|签约)"
    r"|[^，]{2,24}?(?<!新增)(?=累计报告|累计确诊|累计追踪)|[^，]{0,24}?(?<!累计)(?<!新增)(?<!当日)报告(?=新增|现有|新冠|新型)"
)
_RELATIVE: Final = re.compile(
    r"^(?:具有|拥有|符合|列入|纳入)[^，。]{2,16}?的(?=[\u4e00-\u9fff]{4})"
)  # 具有资质等级的…企业
_EXAMPLES: Final = re.compile(r"[^，、]{2,12}(?:、[^，、]{1,10})+等(?![级候离分])(?:领域|方面|各类)?的?")
_LIST_VERB: Final = re.compile(
    r"(?:审结|查处|打掉|受理|办结|查办|侦破|破获|建成|新建|改造|发放|整治|建设|完成|清理|开展|实施|培育|引进|落实)"
)


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[re.Pattern[str], dict[str, str]]:
    """Long forms and the short ones that names use, from reference/abbreviations.csv."""
    with reference_path("abbreviations.csv").open(encoding="utf-8", newline="") as file:
        table = {row["written"]: row["short"] for row in csv.DictReader(file)}
    words = sorted(table, key=lambda word: len(word.lstrip("^")), reverse=True)
    return re.compile("|".join(map(_as_pattern, words))), table


def _as_pattern(written: str) -> str:
    """A word of the table; ``^`` stands for the beginning. Each begins with its own character, so that the engine looks
    for these alone."""
    if written[0] != "^":
        return re.escape(written)
    return f"{re.escape(written[1])}(?<![\\s\\S]{re.escape(written[1])}){re.escape(written[2:])}"


@lru_cache(maxsize=65536)
def clean(words: str) -> str:
    """The name in the words before a figure: connectives, adverbs and verbs of stating taken off both ends."""
    words = without_noise(without_heading(words))
    while True:
        shorter = without_trail(without_lead(words))
        if shorter == words:
            break
        words = shorter
    return _without_verb(words)


def _without_verb(words: str) -> str:
    """完成地区生产总值 → 地区生产总值: a verb of stating before a name that stands by itself."""
    rest = _STATED.sub("", words) if words[:1] in _STATED_STARTS else words
    return rest if rest != words and len(rest) >= 4 and ends_in_head(rest) else words


def abbreviated(words: str) -> str:
    """The words in their short forms (reference/abbreviations.csv), without notes in brackets (含外资，下同)."""
    pattern, table = _abbreviations()
    words = _NOTE.sub("", words) if "（" in words else words
    return pattern.sub(lambda m: table[m[0]] if m[0] in table else table["^" + m[0]], words)


@lru_cache(maxsize=65536)
def short(words: str) -> str:
    """The name in its short forms, at most ``NAME_LIMIT`` characters: brackets go first, then what stands before the
    last mark of a list."""
    words = abbreviated(words)
    words = _NAMED_IN.sub("", _formal(words)) if "（" in words else words
    words = (_ADJUSTED.sub(lambda m: "" if m[2] else m[1], words) or words) if "由" in words else words
    words = _without_list(_without_agent(words))
    words = _EVENT.sub(r"\1", words) if "造成" in words or "导致" in words else words
    words = _EXPECTED.sub("", words) if "预计" in words else words
    words = _LEVEL_DONE.sub(r"\1", words) if words[:1] in _LEVELS else words
    noted = words[:1].isdigit() or words[-1:].isdigit() or _NOTE_MARK.search(words) is not None
    words = _without_verb(_FOOTNOTE_DIGIT.sub("", words) if noted else words)
    if len(words) <= NAME_LIMIT:
        return words
    words = _BRACKETS.sub("", words)
    for mark in (r"等(?!级)", "、", "的", "对(?!外)", "以(?![上下内外])"):
        while len(words) > NAME_LIMIT and (found := re.search(mark, words[:-4])):
            words = words[found.end() :]
    return words[-NAME_LIMIT:]


def _formal(words: str) -> str:
    """地方财政收入（一般公共预算收入）: the formal name in the bracket, where it has the same kind of head."""
    match = _ALIAS.search(words)
    if match is None or not ends_in_head(match[1]) or not ends_in_head(words[: match.start()]):
        return words
    return match[1] if match[1][-1] == words[match.start() - 1] or match[1][-1] in "率重" else words


def _without_agent(words: str) -> str:
    """我委收到国内累计报告确诊病例, 分局服务台共接报警情: who reports is no part of what is counted."""
    match = _AGENT.match(words) if "共" in words or "报告" in words or "累计" in words else None
    return words[match.end() :] if match and len(words) - match.end() >= 3 else words


def _without_list(words: str) -> str:
    """审结抢劫、绑架等严重暴力犯罪案件: examples before 等 are left out where the class follows."""
    words = _RELATIVE.sub("", words) if words[:1] in _RELATIVE_STARTS else words
    match = _EXAMPLES.match(words) if "、" in words else None
    if match is None or len(words) - match.end() < 3:
        return words
    verb = _LIST_VERB.match(words)
    return (verb[0] if verb else "") + words[match.end() :]


@lru_cache(maxsize=16384)
def planless(base: str) -> str:
    """What a plan is of: 一般公共预算收入年初预算 → 一般公共预算收入, 城镇新增就业目标 → 城镇新增就业."""
    words = AUTHORITY.sub("", base)
    rest = PLAN_TAIL.sub("", words)
    if rest != words and (len(rest) < 2 or re.search(r"一般公共$|基金$|经营$", rest)):
        return words
    return rest


@lru_cache(maxsize=65536)
def subject_of(base: str) -> str:
    """The name without its head noun: 一般公共预算收入 → 一般公共预算; empty where it has none."""
    match = head_at_end(base)
    return base[: match.start()] if match and match.start() >= 2 else ""


@lru_cache(maxsize=65536)
def head_of(base: str) -> str:
    """The head noun of a name: 农作物总播种面积 → 播种面积; empty where none is known."""
    match = head_at_end(base)
    return match[0].lstrip("总") if match else ""


def begin_alike(name: str, other: str) -> bool:
    """Whether two names open with the same characters: 同城业务量, 同城快递业务量."""
    return name[:BEGINNING] == other[:BEGINNING]


@lru_cache(maxsize=65536)
def lighter(base: str) -> str:
    """A name without its state: 新增确诊病例 → 确诊病例, 实事已完成 → 实事."""
    return _STATE_END.sub("", _STATE_START.sub("", base)) or base


def bare_state(base: str) -> str:
    """The state, where a name says no more (新增; 河南新增, in a headline); else empty."""
    if len(base) > _BARE_NAME:
        return ""
    return next((state for state in _BARE_STATES if base.endswith(state)), "")


def state_of(base: str) -> str:
    """The state that a name opens with: 新增, 累计."""
    match = _STATE_START.match(base)
    return match[0] if match else ""


_WHOLE_NAME: Final = 12
# 东城区2例、西城区7例，外地来京人员11例: whose cases they are
_OF_WHOM: Final = re.compile(r"(?:人员|居民|职工|学生|旅客|游客|户籍|外地|外省|外市)$")
_OWN_FLOW: Final = re.compile(r"([省市州县区旗]本?级|本级)(收入|支出|余额|限额)")
_AT_SCHOOL: Final = re.compile(f"(?:{AT_SCHOOL}|在学学生|随迁子女|留守儿童|寄宿生)(?:总?人?数)?$")
_OF_BODIES: Final = re.compile(r"(?:医疗卫生机构|医疗机构|金融机构|银行机构)(?:共|总)?([\u4e00-\u9fff]{2,6})$")
_KEPT: Final = re.compile("不良|逾期|新发放|涉农|普惠|闲置|违规|旅客|货[邮物]|集装箱|诊疗|门诊|住院|就诊")
_CARRIED: Final = re.compile("(?:发送|运送|输送|接待)(?:旅客|游客|货物)$")
_INSURED: Final = ("参保", "缴费", "领取", "在职", "离退休", "退休", "职工", "居民", "农民工", "灵活就业")
_INSURANCE: Final = re.compile(
    r"(?:^|参加|全[省市县区]|参保|，)([\u4e00-\u9fff]{2,8}?(?:保险|医保))(?:总?人数|的?职工|的?人员)?$"
)
_SHORT_BASE: Final = 6
_OF_TRADE: Final = re.compile(r"(?<=业)(?!务)[^业（）]{2,10}$")
_BOTH_WAYS, _TRADE = "进出口", ("进口", "出口")


def part_name(own: str, parent: Draft) -> str:
    """A part named under its total: 国家级 of 新闻报道 is 国家级新闻报道, 短期贷款 of 住户贷款 is 住户短期贷款."""
    base, own = parent.base, _formal(own)
    if TERM.match(own) and subject_of(base):
        return subject_of(base) + own
    if ORIGIN.fullmatch(own) or (parent.unit == "例" and _OF_WHOM.search(own)):
        state = _STATE_START.match(base)
        at = state.end() if state else 0
        return base[:at] + own + base[at:]
    if own.endswith(_TRADE) and _BOTH_WAYS in base and base.startswith(own[:-2]):
        return base.replace(_BOTH_WAYS, own[-2:])
    if own.startswith("来自") and parent.unit == "例":
        return own + lighter(base)
    if (flow := _OWN_FLOW.fullmatch(own)) and base.endswith(flow[2]):
        return flow[1] + base  # 养老保险基金收入…（其中市本级收入…）
    if (people := _AT_SCHOOL.search(base)) is not None and not _AT_SCHOOL.search(own):
        return own + people[0]  # 专任教师6235人，其中幼儿园1263人
    head = head_of(base)
    kept = _KEPT.search(base) if head and not ends_in_head(own) else None
    if kept is not None and len(base) - kept.start() <= _SHORT_BASE:
        return own + base[kept.start() :]  # 农户 of 不良贷款
    if (head and (ends_in_head(own) or own.endswith(head))) or (base.endswith("受伤") and own.endswith("伤")):
        return own
    if (carried := _CARRIED.search(base)) is not None and not ends_in_head(own):
        return own + carried[0]  # 国内航线 of 发送旅客
    if own.startswith(_INSURED) and (insurance := _INSURANCE.search(base)) is not None and "保险" not in own:
        return insurance[1] + own  # 参保职工 of 参加城镇基本养老保险人数
    if not head and not ends_in_head(own) and (done := _OF_BODIES.search(base)) is not None:
        return own + done[1]  # 医院 of 医疗卫生机构总诊疗
    if not head and own.endswith("业") and (rest := _OF_TRADE.search(base)) is not None:
        return own + rest[0]  # 高技术制造业 of 高技术产业实际使用外资
    if own.endswith("级") and head and len(head) < len(base) <= _WHOLE_NAME:
        return own + lighter(base)  # 省级 of 统筹产业发展资金
    if own.endswith(("级", "类", "型", "性", "籍")):
        return own + (head or re.split(r"[的”]", base)[-1][-8:])
    if (
        not head
        and len(base) <= 8
        and base not in own
        and not ends_in_head(own)
        and not own.endswith(base[-2:])
        and parent.unit != "例"
    ):
        return own + base
    return own + head if head and parent.unit != "例" else own

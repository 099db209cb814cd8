"""Results and targets: a plan by its section, by a word of the clause, or carried from a clause that looks ahead.

What the text itself dates in a past year is no plan, whatever the section; nor is what is done already.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from flows.extract.draft import Draft, gap_of
from flows.extract.model import Context
from flows.extract.times_resolve import CLOSING_DAYS
from flows.extract.words import PLAN_WORD, TARGET, TARGET_HEADING, TARGET_SIGN

_BUDGET_HEADING: Final = re.compile(r"(20\d\d)年[^，。；]{0,24}预算(?:[^，。；]{0,12}(?:说明|草案|安排|情况|表))?$")
_MAIN_WORK: Final = re.compile(r"(20\d\d|今|明)年(?:全[市县区省])?(?:政府)?(?:主要|重点)?工作$")
_EARLY: Final = "04"  # until April a year named in a heading lies ahead
_CHAPTER: Final = re.compile(r"\s*(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+部分)")
_YEAR_NAMED: Final = re.compile(r"(20\d\d)年")
_DRAFT: Final = re.compile(r"草案|安排|打算|计划|建议")
_PLAN_SIGN: Final = re.compile(r"[作务标求算步]")  # one of these is in every heading of a plan (TARGET_HEADING)
_EXCERPT: Final = 3_000  # characters: a whole report is longer, and says in its headings where the plans begin
_SECTIONS: Final = re.compile(r"\n\s*(?:[一二三四五六七八九十]、|第[一二三四五六七八九十]部分)")
_FUTURE_WORDS: Final = re.compile(
    r"力争|确保|加快|完善|健全|探索|鼓励|争取|有序|做好|办好|抓好|着力|支持|强化|加强|推动|推进|深化|扩大|培育"
)
_PAST_WORDS: Final = re.compile(
    r"这一年|一年来|五年来|过去|获批|揭牌|获评|荣获|居全国|首次|圆满|成功|历史性|落成|新高|入选|突破|实现了|完成了|取得|已|增长\d|下降\d|达到?\d|累计"
)
_FROM_LEVEL: Final = re.compile(r"[由从][^，。；由从]{0,16}$")
_MOVED: Final = re.compile(r"将(?=[^，。；]{0,24}[由从][^，。；由从]{0,16}$)")
_RISES_TO: Final = re.compile(r"(?:提高|提升|增加|扩大|上升|降低|下降|减少|缩短|压缩|调整|降|升)(?:到|至|为)")
_PROPOSED: Final = re.compile(r"(?<![虚模])拟(?:[按安发新调将继用提再]|连续)|(?<!符合)(?<!好于)(?<!高于)预期目标")
# 2021年全市经济社会发展指标安排，具体为：…
_AIMS_LISTED: Final = re.compile(
    r"(20\d\d)年[^。；：\d]{0,24}(?:指标|目标|任务)[^。；：\d]{0,10}(?:安排|如下|为|是)[^。；：\d]{0,6}："
)
_WE_WILL: Final = re.compile(r"今年[^，。；\d]{0,6}要|继续[^，。；]{0,6}办好[^，。；]{0,8}实事")
_REPORTED: Final = re.compile("工作报告|预算|计划")
_RESULT: Final = re.compile(
    r"(?<!提)已|完成(?!目标|任务)|实现了|达到\d|(?<![比从较])去年(?!年初)|累计(?!新增)|截至|(?:增长|下降)[\d.]+%(?!以上|左右|以内)"
)
# one of these is in every aim
_AIM_SIGN: Final = re.compile(r"安排：|打算：|计划：|力争|目标|计划|到20|明年|下一步|将[^。；：]*：")
_TO_YEAR: Final = re.compile(r"到(20\d\d)年")
_AIM: Final = re.compile(
    r"(?<![全努着奋])力争|(?:计划|拟)[^，。；：]{0,8}：|(?:预期|主要|工作|发展|奋斗)目标(?:是|为|：)|按照计划|按计划(?:，|今年|明年)|(?<![加高升长少低降])到20[2-9]\d年(?!底?以来)|(?:明年|下一步)[^。]{0,20}[，：]|(?<!现)将(?!近|军|其)[^。；：\d]{0,50}(?:办好|实施|推进|建设|完成|抓好|开展|落实|做好)[^。；：]{0,16}：|(?:20\d\d年|下一?步|下半年)[^，。；：\d]{0,6}(?:安排|打算|计划)："
)
# 年度目标：新建农村公路65公里，危桥改造9座: a labelled line of aims; 目标5.2万人: the aim of an item.
_GOAL: Final = re.compile(
    r"[\s　]*(?:(?:年度|全年|工作|主要|建设|计划)?(?:目标任务|目标|任务)[：:]|[一二三四五六七八九]要)"
)
_OF_PLAN_SHARE: Final = re.compile(r"占[^，。；]{0,8}(?:计划|任务|目标|预算)(?:总?投资)?数?的?$")  # 占年度投资计划的73%
_EXPECTED: Final = re.compile("预计")
_FORECAST: Final = re.compile(r"预[计报](?=[\d今明后未（])")  # 预计19日20时至20日20时, 预报未来三天
_STANDING: Final = re.compile(r"\n[^\n，。；]{0,12}(?:回顾|基础|现状|成效|成就|基本情况|形势|背景)[^\n，。；]{0,6}\n")
_PLAN_TITLE: Final = re.compile(
    r"(?<!执行)(?:计划|规划|实施方案|工作方案|安排|预案)(?:的?(?:公示|公告|通知|通告|批复))?(?:[（(][^（）()]*[)）])?$"
)
_GOAL_NUMBER: Final = re.compile(r"(?<![超过出比])(?:任务|目标|计划)数$")
_GROWTH_GOAL: Final = re.compile("(?:增长|增速|增幅|涨幅|降幅)的?(?:年度|预期)?目标(?:为|是|[确设]?定[为在])?$")
_GOAL_NOUNS: Final = ("的目标", "目标", "的年度", "的全年", "的控制", "的任务")
_GOAL_AFTER: Final = re.compile(
    r"的?(?:年度|全年)?(?:控制)?(?:目标|任务|上限)(?:值|数)?(?:以内|之内|范围内|内)|的(?:年度|全年)?目标(?:任务)?(?=[，。；、）])|(?:目标|任务)(?:值|数)?的(?=\d)"
)
# 加上级补助收入43亿元，收入合计…
_ADDED: Final = re.compile("加上?(?=[\u4e00-\u9fff]{2})|(?:[^，。；]{0,6}收入)?(?:总计|合计)$")
_EXTENT: Final = re.compile(
    r"(?:涉及|惠及|覆盖|受益|建筑面积|总长|全长|可提供|可新增)"
)  # 改造任务128个小区，涉及692栋楼
# 将新建学校5所，改扩建幼儿园8所: a further action on a thing of its own; not 计划改造20个，完工15个, which tells how
# far it is.
_FURTHER: Final = re.compile(
    r"(?:新改扩建|改扩建|新建|改建|扩建|新增|增加|改造|实施|恢复|整治|培训|培育|引进|修建|铺设|安装|治理|建设|发放|打造|创建|提升|拓宽|更新|栽植|绿化|修复)"
    r"(?=[\u4e00-\u9fff]{2})(?!完成|项目|工程)"
)
# 收入年初预算为51431万元, 支出预算调整为38857万元, 批准的社会保险基金预算收入2121万元
_BUDGETED: Final = re.compile(
    r"(?:(?:年初|调整|变动|收入|支出)预算|预算(?:调整|安排))(?:数|合计)?(?:调整)?[为是到至]?$"
    r"|(?:批准|审议通过|核定)的[^，。；]{0,30}预算[^，。；]{0,8}$"
)
_REVISED: Final = re.compile(r"(?:相应)?调[整增减](?:为|到|至)")
_NAMED_GOAL: Final = re.compile(
    r"(?<!完成)(?<!实现)[\u4e00-\u9fff]{4,14}?(?<!完成)(?<!实现)(?<!年度)(?:目标任务|目标)(?:为|是|[确设]?定[为在])?$"
)
_PLAN_BRACKET: Final = re.compile(
    r"(?:目标任务|年度任务|年度计划|年度目标|计划|任务|目标|(?:年初|调整|变动)预算数?)（$"
)  # 为目标任务（1200个）的128.6%
_GOAL_BEFORE: Final = re.compile(
    r"(?:年度|全年|工作|计划)?(?:目标任务|目标|任务)(?:值|数)?(?:发放|建设|改造|新建|新增|完成|为|是|：)?"
)
_REVIEW_HEADING: Final = re.compile(
    r"回顾|总结|(?:完成|执行|工作|进展|推进|落实|实施|办理|开展|建设|运行)情况|通报|公报|进展|成效|主要情况$"
)
_ALREADY: Final = re.compile(r"已经?|累计(?!新增)|(?<![比较从由])去年|截至|过去")
_MARK: Final = re.compile(r"[，。；！？\n（）]")
_QUOTED_GOAL: Final = re.compile(r"”(?:已|超额|提前|全部|全面|均)*(?:完成|实现|达到)")


def plan_section(line: str, context: Context, plan: bool) -> bool:
    """Whether the section that a heading opens speaks of what is to be done."""
    published = context.published_on
    if published and (named := _YEAR_NAMED.search(line)):
        over = named[1] <= published[:4]
        if over and _REVIEW_HEADING.search(line) and not _DRAFT.search(line):
            return False  # 2025年财政工作主要情况; 2024年收入执行情况表, told within the year
        budget = _BUDGET_HEADING.search(line)
        if budget:  # 关于2019年预算收入执行情况的说明 ends the plans of a list of contents
            return bool(budget[1] >= published[:4])
    if published and (main := _MAIN_WORK.search(line)) is not None and not _REVIEW_HEADING.search(line):
        ahead = (
            not main[1].isdigit() or (main[1] == published[:4] and published[5:7] <= _EARLY) or main[1] > published[:4]
        )
        if ahead:
            return True  # 2023年主要工作, in a report of January 2023
    if _PLAN_SIGN.search(line) and TARGET_HEADING.search(line) and not _REVIEW_HEADING.search(line):
        return True
    return plan and not _CHAPTER.match(line)


def is_plan(text: str, context: Context) -> bool:
    """关于2024年老旧小区改造计划的公示: whether a report is by its title a plan, of a year that is not over, and has no
    part on how things stand."""
    title = (context.title or "").strip()
    year = _YEAR_NAMED.search(title)
    over = year is not None and context.published_on is not None and year[1] < context.published_on[:4]
    if over or _PLAN_TITLE.search(title) is None or _REVIEW_HEADING.search(title) is not None:
        return False
    return _STANDING.search(text) is None


def promises(words: str, context: Context) -> bool:
    """今年要抓紧的几件事, 继续办好民生实事: whether a paragraph without figures opens what is to be done, in a work
    report or a budget."""
    return _WE_WILL.search(words) is not None and _REPORTED.search(context.title or "") is not None


def announces(text: str, context: Context) -> bool:
    """今年区政府拟办实事16件: whether a report tells what is to be done this year, and of nothing that is done."""
    said = _ANNOUNCED.search(text, 0, _EXCERPT)
    year = (context.published_on or "")[:4]
    return said is not None and said[1] in ("今", year) and _ALREADY.search(text) is None


_ANNOUNCED: Final = re.compile(
    r"(今|20\d\d)年[^。；]{0,24}(?:(?<![虚模])拟|将|要|计划)(?:重点|集中|继续)?(?:办|实施|推进)[^。；]{0,16}实事"
)


def is_outlook(text: str, context: Context) -> bool:
    """An excerpt of a work report without headings: whether its verbs are those of a plan, hardly any of a review."""
    if "工作报告" not in (context.title or "") or len(text) > _EXCERPT or _SECTIONS.search(text):
        return False
    future, past = len(_FUTURE_WORDS.findall(text)), len(_PAST_WORDS.findall(text))
    return future >= 6 * max(past, 1)


def _is_ahead(draft: Draft, published: str | None) -> bool:
    """2023—2026年建设住房4.1万套, in a plan of 2023: whether the text dates a figure in years that are not over."""
    if published is None or draft.time is None or draft.time_basis != "stated":
        return False
    start, end = draft.time
    return start.endswith("-01-01") and end.endswith("-12-31") and end[:4] > published[:4] >= start[:4]


def plan_block(text: str, context: Context) -> bool:
    """赤字率拟按3%安排，赤字规模26亿元。支出规模870亿元: whether a paragraph of a work report or a budget speaks
    of what is to be, by what it proposes or what it says of its aims, and tells no result."""
    aims = _AIMS_LISTED.search(text)
    if aims is not None and context.published_on and aims[1] >= context.published_on[:4]:
        return True
    if _PROPOSED.search(text) is None or _REPORTED.search(context.title or "") is None:
        return False
    return len(_PROPOSED.findall(text)) >= len(_RESULT.findall(text))


def _is_past(words: str, published: str | None) -> bool:
    """到2025年, in a report of 2026: no time to come."""
    year = _TO_YEAR.search(words)
    return year is not None and published is not None and year[1] < published[:4]


def _ends_after(draft: Draft, published: str | None) -> bool:
    """预计19日20时至20日20时, in a notice of the 19th: whether a figure is of days that are not over."""
    return published is not None and draft.time is not None and draft.time[1] > published[:10]


def _is_over(draft: Draft, published: str | None) -> bool:
    """Whether the text itself dates the figure in a year before that of the report: no plan, whatever the section."""
    return (
        published is not None
        and draft.time is not None
        and draft.time_basis == "stated"
        and draft.time[1][:4] < published[:4]
    )


def _is_to_come(draft: Draft, published: str | None) -> bool:
    """Whether a figure is of a time that ends well after the publication, or of days that are not over: 今天预计发送;
    预计全年, in its last month, is a result."""
    if published is None or draft.time is None:
        return False
    dated = draft.time_basis != "published_on" or draft.kind == "level"
    if dated and draft.time[1] >= published[:10] and draft.time[0][:7] == draft.time[1][:7]:
        return True
    try:
        return draft.time[1] > (date.fromisoformat(published[:10]) + timedelta(CLOSING_DAYS)).isoformat()
    except (ValueError, OverflowError):
        return False  # no ISO day, or the last of all


def _is_done(text: str, draft: Draft) -> bool:
    """Whether a word right before the figure says that it is done."""
    return _ALREADY.search(text, max(draft.sentence[0], draft.lead - 24), draft.lead) is not None


def _goal_beside(text: str, draft: Draft) -> re.Match[str] | None:
    """The words right before or after a figure that make it a goal: 目标任务1200个, （1200个）, 4.5%的目标以内."""
    match = _GOAL_NUMBER.search(draft.gap) if draft.gap.endswith("数") else None
    if draft.kind == "change" and "目标" in draft.gap:
        return _GROWTH_GOAL.search(gap_of(draft))  # 经济增长目标确定为9.5%左右
    if match is None and ("目标" in draft.gap or "任务" in draft.gap):
        match = _GOAL_BEFORE.fullmatch(draft.gap.strip("\x01 　"))
        if match is None and draft.kind == "level" and draft.unit not in ("%", "‰") and "完成" not in draft.gap:
            match = _NAMED_GOAL.search(draft.gap)  # 城镇新增就业目标1200万人
    if match is None and text.startswith(_GOAL_NOUNS, draft.tail):
        match = _GOAL_AFTER.match(text, draft.tail)
    if match is None and text[draft.lead - 1 : draft.lead] == "（":
        match = _PLAN_BRACKET.search(text, draft.sentence[0], draft.lead)
    return match


def _task_beside(text: str, draft: Draft) -> re.Match[str] | None:
    """筛查任务1.2万人，已完成1万人: a task whose outcome the next clause tells; 改造任务为2098户; 228户任务已完成."""
    if draft.kind != "level" or draft.unit in ("%", "项", "个", "件", "条", ""):  # 整改任务26项
        return None
    if text.startswith("任务", draft.tail):
        return _TASK_AFTER.match(text, draft.tail)
    if draft.gap.endswith(_IS_TASK):
        return _TASK_IS.search(draft.gap)
    return _OUTCOME_NEXT.match(text, draft.tail) if draft.gap.endswith("任务") else None


_IS_TASK: Final = ("任务为", "任务是")
_TASK_IS: Final = re.compile("任务[为是]$")
_TASK_AFTER: Final = re.compile("任务(?=已|全部|全面|基本|超额|提前|[，。；、）])")


_OUTCOME_NEXT: Final = re.compile(r"[，、；](?:目前|截至目前)?(?:(?:已|实际|共)?完成|已(?:经)?[落实播种栽开建改])")


def set_modality(text: str, drafts: Sequence[Draft], plan: bool, published: str | None) -> None:
    """Targets: by the section, by a word of the clause, or carried from a clause before that looks ahead (力争…，…)."""
    carried = looked_at = (-1, -1)
    aims, goal, signed = False, None, False
    previous: Draft | None = None
    for draft in drafts:
        if "comparison" in draft.rules:
            continue  # 比2020年的7159亿元增加…: what a plan is compared with
        if plan and not _is_done(text, draft) and not _is_over(draft, published):
            draft.modality = "target"
            draft.rules["modality"] = "section"
            continue
        if draft.table:
            continue
        if draft.dimension == "money" and "预算" in draft.gap and _BUDGETED.search(gap_of(draft)):
            draft.modality, draft.rules["modality"] = "target", "a sum of the budget"
            previous = draft
            continue
        if draft.yardstick and PLAN_WORD.search(draft.gap):
            draft.modality, draft.rules["modality"] = "target", "a plan that the next is measured by"
            continue
        if draft.sentence != looked_at:
            looked_at = draft.sentence
            signed = TARGET_SIGN.search(text, *looked_at) is not None
            aims = signed and _AIM_SIGN.search(text, *looked_at) is not None
            goal = _GOAL.match(text, looked_at[0])
        share = draft.unit == "%" and _OF_PLAN_SHARE.search(draft.gap) is not None
        match = TARGET.search(_clause_around(text, draft)) if signed and not share else None
        if match is None and text.startswith("”", draft.tail):
            match = _QUOTED_GOAL.match(text, draft.tail)
        match = None if match and _is_past(match[0], published) else match
        if match is None and "预计" in draft.gap and _is_to_come(draft, published):
            match = _EXPECTED.search(draft.gap)
        if match is None and draft.time_basis == "stated" and _ends_after(draft, published):
            match = _FORECAST.search(text, draft.sentence[0], draft.lead)
        if match is not None and match[0].startswith("将"):
            # 将标准由9600元提高到15600元: only the second lies ahead
            is_start = _FROM_LEVEL.search(draft.raw) is not None
            behind = draft.gap.endswith("的") and text.find("将", draft.lead - len(draft.gap), draft.lead) < 0
            match = None if is_start or behind else match  # 进度滞后的4个子项目将逐一发函: the four are there
        if match is None and previous is not None and _RISES_TO.fullmatch(gap_of(draft)):
            match = _MOVED.search(previous.raw) if previous.sentence == draft.sentence else None
        match = match or goal or _goal_beside(text, draft) or _task_beside(text, draft)
        aim = _AIM.search(text, draft.sentence[0], draft.lead) if aims and draft.sentence != carried else None
        if aim and not _is_past(aim[0], published):
            carried = draft.sentence
        held = _is_held(draft, previous)
        previous = draft
        if match is None and _is_ahead(draft, published) and not _is_done(text, draft):
            draft.modality, draft.rules["modality"] = "target", "of years to come"
            continue
        if match or held or (draft.sentence == carried and not _ALREADY.search(draft.gap)):
            draft.modality = "target"
            draft.rules["modality"] = f"word {match[0]}" if match else "carried"


def _is_held(draft: Draft, previous: Draft | None) -> bool:
    """Whether a figure belongs to a target: a part of one, growth of what is expected, or told in one go with it."""
    whole = draft.parent
    if whole is not None:
        if whole.modality == "target" and (draft.in_part or draft.bracket >= 0):
            return True
        if draft.kind == "change" and whole.rules.get("modality") == "word 预计":
            return True
    if previous is None or previous.modality != "target" or previous.sentence != draft.sentence:
        return False
    if previous.kind == "change" and draft.kind == "level" and draft.base == previous.base and draft.base:
        return True  # 收入预期增长5%，收入331亿元
    gap = draft.gap.lstrip("\x01")
    goes_on = _EXTENT.match(gap) or _ADDED.match(gap) or _FURTHER.match(gap) or _REVISED.match(gap)
    return draft.linked or draft.lead == previous.tail or goes_on is not None


def _clause_around(text: str, draft: Draft) -> str:
    """The clause of a figure, from its own words to the next mark."""
    stop = _MARK.search(text, draft.tail, draft.sentence[1])
    return text[draft.lead - len(draft.gap) : stop.start() if stop else draft.sentence[1]]

"""The words of a table: what a row's label, a column's head, the caption and the line of units say."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from flows.extract.grid_model import Grid, unit_with_magnitude
from flows.extract.places import code_of, find_places
from flows.extract.words import ends_in_head

GROWTH: Final = re.compile(
    r"增长|增速|增减|增幅|增[收支]额?|减[收支]额?|增加额|涨幅|±|同比|环比|[比较](?:上年|去年|上月|上周|同期|年初|前日|昨日)|升降|变动"
)
# A change that is told as an amount: 增减额, 比上年增减金额.
AMOUNT_OF_CHANGE: Final = re.compile(r"额(?:（[^）]*）)?$")
SHARE: Final = re.compile(
    r"比重|占比|税比|构成|比例|占.*%|完成(?:年初|年度|全年|调整|变动)*(?:预算|计划)|完成率|进度|[合达办开入]\S{0,2}率$|为(?:预算|上年|变动|调整|年初|汇总|去年)"
)
_OF_BUDGET: Final = re.compile(r"(?:^|(?<=年|数))(?:完成|为|占)(?:年初|年度|全年|调整|变动)*(?:预算|计划)(?:数|的)*$")
BRACKET_UNIT: Final = re.compile(r"[（(]([^（）()]{1,10})[）)]|(%)$")
# A column of what was planned, and one of the year before.
PLAN_HEAD: Final = re.compile(
    r"^(?!.*(?:%|占|完成|为)).*(?:(?:预算|计划|目标|预期)(?:建议)?(?:数|安排|投资|任务)?|建议数)(?:（[^）]*）)?$"
)
OF_YEAR: Final = re.compile(r"年度|全年")  # a plan for the whole year, in a report on a part of it
EARLIER_HEAD: Final = re.compile(r"^(?:(?:上年|去年)(?:同期|同月)?|同期)(?:累计|执行|决算|完成)?数?(?:（[^）]*）)?$")
# A row that says how the row above it grew.
OF_GROWTH: Final = re.compile(
    r"^(?:按.{2,5}价格?(?:计算)?)?(?:(?:比|较)上年|同比|年)?(?:实际|名义|可比)?(?:增长|增速|增幅)率?(?:（%）|\(%\))?$"
)
_EMPTY_HEAD: Final = re.compile(
    r"^(?:(?:绝对[数值量]|指标值|数值|数量|总量|全年|实绩|累计|本年累计|本月|本年|本期|同期|上年(?:同期)?|去年(?:同期)?|金额|指标|项目|名称|产品名称"
    r"|指标名称|.*(?:19|20)\d\d年?.*|(?:年初|调整|变动)?(?:预算|计划|执行|决算|完成)数?|(?:预算)?建议数|合计|小计|全[省市州县区国])*(?:（[^）]*）)?)+$"
)
_YEAR: Final = re.compile(r"^(?:19|20)\d\d年(?:末|底|度)?(?=.*(?:余额|限额)$)")
_OF_MONEY: Final = re.compile(r"(?:税|收入|支出|费|额|款|资金|基金|余额|产值|增加值)$")
_BARE_YEAR: Final = re.compile(r"^((?:19|20)\d\d)(?=[\u4e00-\u9fff])(?!年)")
_DATES: Final = re.compile(r"(?:(?:19|20)\d\d|本|当|今)年(?:度)?|（[^）]*）")
_OF_MONEY_HEAD: Final = re.compile(r"投资|金额|资金|收入|支出|产值|增加值|销售|利润|税|[费款价额]$")
_KIND: Final = 3  # characters: 零售额 alone says no more than the caption does
_SHORT_TOTAL: Final = 6  # 收入合计 names a total of its own; 一般公共预算收入合计 is that revenue
_GROUP_ROWS: Final = 40  # a group of rows is no longer than a page
_WHOLE: Final = re.compile(r"^全[省市州县区国]|全[省市州县区国]$")
_WHOLE_ROW: Final = re.compile(r"^全[省市州县区国](?:合计|总计)?$")
_BARE_KIND: Final = re.compile(r"(?<=.)(?:绝对[数值]|总量|数值|小计|合计)$")
# 地区生产总值 over 比上年增长（%）: the head of a growth column says of what, where the row is a place.
_GROWTH_TAIL: Final = re.compile(
    r"(?:比|较|同比|环比|上年|去年|上月|同期|末|实际|名义|可比价?|累计|±|增长|增速|增幅|增减|升降|率|（%）|%)+$"
)
_TOTAL_LABEL: Final = re.compile(r"(?:本年|当年)?(收入|支出)?(?:合计|总计)$")
_SUBJECT: Final = re.compile(
    r"^(?:.*(?:年度?|[\s：\d]))?(?:全[省市州县区]|[\u4e00-\u9fff]{2,6}[省市州县区](?=[一政国社分]))?(?:分(?:地区|[市县区]{1,2}|项目|级次?))?"
    r"([\u4e00-\u9fff]{2,14}?(?:收入|支出))(?:预算)?(?:完成|执行|决算)(?:情况|数)?"
)
_LEVEL_ROW: Final = re.compile(r"[省市州县区]本?级|本级")
_AREAS: Final = frozenset(("市区", "城区", "郊区", "矿区"))  # districts once, breakdowns of a city in tables
_OWN_LEVEL: Final = re.compile(r"(?<=.)([省市州县区]?本级)$")
_PART_HEAD: Final = re.compile(r"^(?:[省市州县区]本?级|本级)")
_CAPTION_NOUN: Final = re.compile(
    r"(产量|产值|增加值|销售量|零售额|投资额?|播种面积|面积|收入|支出|人数|价格(?:涨跌幅)?)"
    r"(?:及(?:其)?(?:增长|增速|增幅|构成|比重)|情况|表|完成情况|$)"
)


def _level_head(grid: Grid, column: int) -> str:
    """The head of the nearest level on the left of a column of growth; empty where that is none."""
    heads = (head.replace(" ", "") for head in reversed(grid.heads[1:column]))
    return next((head for head in heads if not GROWTH.search(head) and not SHARE.search(head)), "")


def plan_of_column(grid: Grid, column: int) -> str:
    """The head of the plan that a column of growth goes with: 2025年执行数 | 2026年预算数 | 比上年增长%."""
    head = _level_head(grid, column)
    return head if PLAN_HEAD.search(head) else ""


def stands_for_all(name: str) -> bool:
    """Whether a row's label says of whom and not of what: a place, or the total of the rows."""
    return not name or _TOTAL_LABEL.fullmatch(name) is not None or place_of_row(name) is not None


def level_before(grid: Grid, column: int, of_kind: bool = False) -> str:
    """What the level beside a column of growth counts: 规上工业总产值（亿元） | 同比增长（%）; with ``of_kind``, also
    where that is only a kind of number (产量)."""
    found = noun(_level_head(grid, column), "", "", False)
    return found if ends_in_head(found) and (of_kind or len(found) > _KIND) else ""


def row_name(grid: Grid, r: int) -> str:
    """The label of a row without its number, mark of a breakdown and unit."""
    return _plain_label(grid.rows[r][0])


_MARK_OF_LABEL: Final = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}[.．、]|#|其中[：:]?|附[：:]|\*)+"
)
_UNIT_OF_LABEL: Final = re.compile(r"[（(]?(?:计量)?单位[：:].*$|（[^）]*[元吨%][^）]*）$")
_SUM_OF_LABEL: Final = re.compile(r"(?<=收入|支出)合计$")


@lru_cache(maxsize=4096)
def _plain_label(label: str) -> str:
    name = _UNIT_OF_LABEL.sub("", _MARK_OF_LABEL.sub("", label.replace(" ", "")))
    unit = unit_of_label(name)
    name = name[: -len(unit) - 2] if unit else name
    return _SUM_OF_LABEL.sub("", name) if len(name) > _SHORT_TOTAL else name


@lru_cache(maxsize=4096)
def place_of_row(name: str) -> tuple[str, str] | None:
    """The place that a row's label names, and what of it (市本级; empty for the whole), or None: 长春市本级. The whole
    of the report's own place (全市) is an empty name."""
    if _WHOLE_ROW.match(name):
        return "", ""
    own = _OWN_LEVEL.search(name)
    place = name[: own.start() + (own[1][0] in "省市州县区")] if own else name
    if place in _AREAS or len(place) < len("长春") or place[-1] not in "省市州县区旗盟乡镇":
        return None
    mentions = () if code_of(place) else find_places(place)
    whole = [m for m in mentions if m.start == 0 and m.end == len(place) and m.kind != "relative"]
    if not code_of(place) and not whole:
        return None
    return place, (place[-1] if place[-1] in "省市州县区" else "") + "本级" if own else ""


@lru_cache(maxsize=4096)
def noun(head: str, caption: str, name: str, growth: bool) -> str:
    """The head noun that the column or the caption adds to the label: 产量."""
    head = _WHOLE.sub("", head)
    if growth and not name:
        return _GROWTH_TAIL.sub("", head)
    plain = _YEAR.sub("", _BARE_KIND.sub("", BRACKET_UNIT.sub("", head).replace(" ", "")))
    if not growth and (share := _OF_BUDGET.search(plain)):
        return share[0].rstrip("的")  # 契税, under 2025年 and 完成年初预算%
    if plain and not growth and not _EMPTY_HEAD.match(plain) and not EARLIER_HEAD.match(plain):
        return "" if name.endswith(plain) else plain
    match = _CAPTION_NOUN.search(caption)
    return match[1] if match and not ends_in_head(name) else ""


def dated(head: str) -> str:
    """The head with its year written out: 2021决算数 → 2021年决算数."""
    return _BARE_YEAR.sub(r"\1年", head)


@lru_cache(maxsize=4096)
def plan_noun(head: str) -> str:
    """What the head of a column of plans adds to a name: 年初预算数, of 2025年年初预算数（万元）."""
    return _DATES.sub("", BRACKET_UNIT.sub("", dated(head)))


@lru_cache(maxsize=4096)
def total_of_caption(name: str, caption: str) -> str:
    """合计 in a table of 2025年全市一般公共预算收入完成情况 is 一般公共预算收入; empty for any other row."""
    total = _TOTAL_LABEL.match(name)
    subject = _SUBJECT.search(caption) if total else None
    if total is None or subject is None or (total[1] and not subject[1].endswith(total[1])):
        return ""
    return subject[1] + ("总计" if name.endswith("总计") else "")


@lru_cache(maxsize=4096)
def subject_of_place(name: str, caption: str) -> str:
    """What a row counts that is named after a place (南京市, 省级) under a caption that says of what; else empty."""
    subject = _SUBJECT.search(caption)
    if subject is None:
        return ""
    if _LEVEL_ROW.fullmatch(name):
        return name + subject[1]
    place = place_of_row(name.removesuffix("合计"))
    return place[1] + subject[1] if place is not None else ""


@lru_cache(maxsize=4096)
def told_above(name: str, caption: str) -> str:
    """余额 under 各月末M1可比余额和增速分别为： is M1可比余额; empty where the line above does not say of what."""
    match = re.search(rf"(?:[年月日季末初期]|各)?([A-Z]?[A-Z0-9]*[\u4e00-\u9fff]{{0,8}}?{re.escape(name)})", caption)
    found = re.sub(r"^(?:[各年月日季末初期]|\d)+", "", match[1]) if match else ""
    return found if len(found) > len(name) else ""


def within(head: str, name: str) -> str:
    """市本级 over a column: the name is that of a part (市本级一般公共预算收入)."""
    match = _PART_HEAD.match(head)
    return match[0] + name.removesuffix(match[0]) if match and not name.startswith(match[0]) else name


@lru_cache(maxsize=4096)
def unit_of_line(line: str, head: str = "") -> str:
    """The unit of a column in a line such as 万元、% or 个、亿元、%: the first, percentages apart; where there are
    units of money and of other things, what ``head`` counts decides."""
    units = [w for w in re.split(r"[、，,/ 及和]", line) if w and w != "%" and unit_with_magnitude(w)[1] == w]
    money = [unit for unit in units if unit.endswith("元")]
    if money and len(money) < len(units):
        return money[0] if _OF_MONEY_HEAD.search(head) else next(u for u in units if u not in money)
    return units[0] if units else ""


@lru_cache(maxsize=4096)
def unit_of_label(label: str) -> str | None:
    """财政收入（亿元）: the unit in the bracket of a row's label."""
    match = re.search(r"[（(]([^（）()]{1,10})[）)]$", label.strip())
    return match[1] if match and unit_with_magnitude(match[1])[1] == match[1] else None


@lru_cache(maxsize=4096)
def unit_of_caption(caption: str) -> str:
    """The unit in a bracket of the caption; empty where there is none."""
    match = re.search(r"[（(](?:单位[：:])?([^（）()]{1,8})[）)]", caption)
    return match[1] if match and unit_with_magnitude(match[1])[1] == match[1] else ""


@lru_cache(maxsize=4096)
def unit_of_head(head: str) -> str:
    """批次 of 抽检批次, 人 of 报名人数: the counting word that the head of a column ends with; else empty."""
    match = _COUNTED_HEAD.search(head)
    return (match[1] or match[2]) if match else ""


_COUNTED_HEAD: Final = re.compile(r"(批次|人次|场次|班次|架次|车次|件次)$|([人户件套家所例宗起台辆张册])数$")


def unit_of_corner(grid: Grid) -> str:
    """收支项目（万元）: the unit in the head of the label column."""
    corner = BRACKET_UNIT.search(grid.heads[0].replace(" ", "")) if grid.heads else None
    return corner[1] if corner and corner[1] and unit_with_magnitude(corner[1])[1] == corner[1] else ""


def unit_above(grid: Grid, r: int) -> str:
    """一般公共预算收入（亿元） and under it 企业所得税: for money, the unit of the label that opens the group."""
    if not _OF_MONEY.search(row_name(grid, r)):
        return ""
    for label, column_unit, _ in reversed(grid.rows[max(0, r - _GROUP_ROWS) : r]):
        if column_unit:
            return ""
        if unit := unit_of_label(label):
            return unit if unit_with_magnitude(unit)[1].endswith("元") else ""
    return ""

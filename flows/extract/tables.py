"""Figures in tables: row label, column head, and the unit from the unit column, the head, or the line above the table.

A column headed with growth (比上年增长%, 同比±%) holds changes of the level beside it; a column headed with a year is
about that year; 其中 and # put a row under the one before. The fields are the same as in prose.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from flows.extract.draft import Draft
from flows.extract.grid_model import Cell, Grid, unit_with_magnitude
from flows.extract.model import Measure, Relation
from flows.extract.names import head_of, short
from flows.extract.numerals import Number
from flows.extract.places import code_of
from flows.extract.times import Anchor, Period, resolve, scan_times
from flows.extract.units import dimension
from flows.extract.words import HEAD

_GROWTH = re.compile(r"增长|增速|增减|增幅|涨幅|±|同比|环比|比(?:上年|去年|上月|同期)|升降|变动")
_SHARE = re.compile(r"比重|占比|构成|比例|占.*%|完成(?:年度|调整)?预算|完成率|为预算|为上年|为变动")
_EMPTY_HEAD = re.compile(
    r"^(?:(?:绝对[数值]|指标值|数值|数量|总量|全年|实绩|累计|本年累计|本月|本年|本期|上年(?:同期)?|去年(?:同期)?|金额|指标|项目|名称|产品名称"
    r"|指标名称|.*(?:19|20)\d\d年?.*|(?:年初|调整|变动)?(?:预算|计划|执行|决算|完成)数?|合计|小计|全[省市州县区国])*(?:（[^）]*）)?)+$"
)
_OF_MONEY = re.compile(r"(?:税|收入|支出|费|额|款|资金|基金|余额|产值|增加值)$")
_SHORT_TOTAL = 6  # 收入合计 names a total of its own; 一般公共预算收入合计 is that revenue
_GROUP_ROWS = 40  # a group of rows is no longer than a page
_BRACKET_UNIT = re.compile(r"[（(]([^（）()]{1,10})[）)]|(%)$")
_PLAN_HEAD = re.compile(r"^(?!.*(?:%|占|完成|为)).*(?:预算|计划|目标|预期)(?:数|安排)?(?:（[^）]*）)?$")
_EARLIER_HEAD = re.compile(r"^(?:上年|去年)(?:同期|同月)?(?:累计|执行|决算|完成)?数?(?:（[^）]*）)?$")
_WHOLE = re.compile(r"^全[省市州县区国]|全[省市州县区国]$")
_OF_GROWTH = re.compile(
    r"^(?:按.{2,5}价格?(?:计算)?)?(?:(?:比|较)上年|同比|年)?(?:实际|名义|可比)?(?:增长|增速|增幅)率?(?:（%）|\(%\))?$"
)
_WHOLE_ROW = re.compile(r"^全[省市州县区国](?:合计|总计)?$")
_BARE_KIND = re.compile(r"(?<=.)(?:绝对[数值]|总量|数值|小计|合计)$")
# 地区生产总值 over 比上年增长（%）: the head of a growth column says of what, where the row is a place.
_GROWTH_TAIL = re.compile(
    r"(?:比|较|同比|环比|上年|去年|上月|同期|末|实际|名义|可比价?|累计|±|增长|增速|增幅|增减|升降|率|（%）|%)+$"
)
_AREAS = frozenset(("市区", "城区", "郊区", "矿区"))  # districts once, breakdowns of a city in tables
_PART_HEAD = re.compile(r"^(?:[省市州县区]本?级|本级)")
_TOTAL_ROW = re.compile(r"^(?:合\s*计|总\s*计|总计|全市|全省|全国|全区|全县)$")
_POWER = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


class TableReader:
    """Reads the grids of one document; answers which numerals are cells and fills the drafts made of them."""

    def __init__(self, grids: list[Grid], published_on: str | None, document: Period | None) -> None:
        self.where: dict[int, tuple[Grid, int, int]] = {}
        self._anchor = Anchor(published_on, document, document)
        for grid in grids:
            for r, (_, _, cells) in enumerate(grid.rows):
                for c, cell in enumerate(cells):
                    self.where.setdefault(_digit_start(cell), (grid, r, c))
        self._filled: dict[tuple[int, int], list[tuple[int, Draft]]] = {}
        self._zones = sorted((g.start, g.end) for g in grids)
        self._at = 0
        self._days: dict[tuple[str, str], tuple[str, str] | None] = {}
        self._growth: dict[tuple[int, int], bool] = {}
        self._grids: dict[int, Grid] = {id(g): g for g in grids}

    def covers(self, position: int) -> bool:
        """Whether ``position`` lies between the first and the last cell of a table. Queries move forward only."""
        while self._at < len(self._zones) and self._zones[self._at][1] <= position:
            self._at += 1
        return self._at < len(self._zones) and self._zones[self._at][0] <= position

    def holds(self, start: int) -> bool:
        """Whether the numeral that starts at ``start`` is a number cell of a table."""
        return start in self.where

    def fill(self, draft: Draft) -> None:
        """Sets unit, value, name, measure and (for a column of a year) the time of a draft made of a cell."""
        grid, r, c = self.where[draft.start]
        _, row_unit, cells = grid.rows[r]
        column = grid.columns[r][c]
        head = grid.heads[column].replace(" ", "") if column < len(grid.heads) else ""
        growth = self._is_growth(grid, r, c, head)
        row_unit = row_unit or _unit_of_label(grid.rows[r][0])
        unit_words = self._unit(grid, row_unit, head, growth, draft.number) or _unit_above(grid, r)
        _apply_unit(draft, unit_words)
        _sign(draft, cells[c])
        name = self._named(grid, r)
        draft.table = True
        draft.rules["indicator"] = "table"
        draft.base = short(self._within(head, name + _noun(_WHOLE.sub("", head), grid.caption, name, growth)))
        if growth:
            draft.kind, draft.measure, draft.suffix = "change", "change", "环比增长" if "环比" in head else "同比增长"
        else:
            draft.measure = _measure(draft, head)
            if _PLAN_HEAD.search(head):
                draft.modality, draft.rules["modality"] = "target", "the column of the plan"
        self._time(draft, head, grid.caption)
        self._filled.setdefault((id(grid), r), []).append((c, draft))

    def _named(self, grid: Grid, r: int) -> str:
        """The label, with the head noun of the first row where the label is only a breakdown of it (第一产业 of
        用电量)."""
        name = _row_name(grid, r)
        if _WHOLE_ROW.match(name) or (name not in _AREAS and code_of(name)):
            return ""  # the row of a place: what is counted stands over the column
        if r and _OF_GROWTH.match(name):
            return _row_name(grid, r - 1)  # 地区生产总值 and under it 按可比价增长
        if r == 0 or not name or HEAD.search(name) or not grid.rows[0][0]:
            return name
        first = _row_name(grid, 0)
        head = head_of(first)
        same_unit = grid.rows[r][1] == grid.rows[0][1]
        return name + head if head and same_unit and len(head) >= 2 and first.startswith(("全", "总", "合")) else name

    def _is_growth(self, grid: Grid, r: int, c: int, head: str) -> bool:
        if r and _OF_GROWTH.match(_row_name(grid, r)):
            return True
        if head and self._has_falls(grid, c, head):
            return True
        if head:
            return bool(_GROWTH.search(head)) and not re.search(r"(?:占|比重)", head)
        cells = grid.rows[r][2]
        if c == 0 or c != len(cells) - 1 or any(grid.heads):
            return False
        key = (id(grid), c)
        if key not in self._growth:
            self._growth[key] = _looks_like_growth(grid, c)
        return self._growth[key]

    def _has_falls(self, grid: Grid, c: int, head: str) -> bool:
        """A column of percentages in which some are negative holds changes, whatever its head says."""
        if "%" not in head and not _SHARE.search(head):
            return False
        key = (id(grid), -1 - c)
        if key not in self._growth:
            self._growth[key] = any(c < len(row[2]) and row[2][c].text.startswith("-") for row in grid.rows)
        return self._growth[key]

    def _unit(self, grid: Grid, row_unit: str | None, head: str, growth: bool, number: Number) -> str:
        if number.percent:
            return number.percent
        bracket = _BRACKET_UNIT.search(head)
        large = number.decimals == 0 and number.value is not None and number.value >= 1000
        if bracket:
            words = bracket[1] or bracket[2]
            if words in ("%", "‰") and large:
                return row_unit or ""  # a column of sums under a head that slipped
            if words in ("%", "‰") or unit_with_magnitude(words)[1] == words:
                return words
        if (growth or _SHARE.search(head)) and not large:
            return "%"
        if row_unit:
            return row_unit
        corner = _BRACKET_UNIT.search(grid.heads[0].replace(" ", "")) if grid.heads else None
        in_corner = corner[1] if corner and corner[1] and unit_with_magnitude(corner[1])[1] == corner[1] else ""
        return _unit_of_line(grid.unit_line) or in_corner or _unit_in(grid.caption) or ""

    @staticmethod
    def _within(head: str, name: str) -> str:
        """市本级 over a column: the name is that of a part (市本级一般公共预算收入)."""
        match = _PART_HEAD.match(head)
        return match[0] + name.removesuffix(match[0]) if match and not name.startswith(match[0]) else name

    def _time(self, draft: Draft, head: str, caption: str) -> None:
        key = (head, caption)
        if key not in self._days:
            self._days[key] = None
            named = scan_times(caption)
            if _EARLIER_HEAD.match(head) and self._anchor.document_period is not None:
                self._days[key] = _year_before(self._anchor.document_period)
            for mention in scan_times(head) or (named if len(named) == 1 else []):
                period = resolve(mention, self._anchor)
                if period is not None and mention.kind in ("year", "month", "range", "quarter", "half", "date"):
                    self._days[key] = (period.start, period.end)
        days = self._days[key]
        if days is not None:
            draft.time, draft.time_basis = days, "stated"

    def _of_first_row(self) -> list[Relation]:
        """Shares of the first row (城镇 122.5 61.4), and its divisions: rows from one 其中 to the next that add up to
        it."""
        found: list[Relation] = []
        for grid in self._grids.values():
            levels = [self._level(grid, r) for r in range(len(grid.rows))]
            first = levels[0] if levels else None
            if first is None or first.number.value is None:
                continue
            group: list[Draft] = []
            added = Decimal(0)
            for r in range(1, len(grid.rows)):
                level = levels[r]
                if level is None or level.unit != first.unit:
                    break
                share = [d for _, d in self._filled.get((id(grid), r), []) if d.measure == "rate" and d.unit == "%"]
                if len(share) == 1 and _is_share(level, first, share[0]):
                    found.append(Relation("rate", numerator=level.start, denominator=first.start, rate=share[0].start))
                if re.match(r"其中|#", grid.rows[r][0]):
                    group, added = [], Decimal(0)
                group.append(level)
                added += level.number.value or Decimal(0)
                if len(group) > 1 and added == first.number.value:
                    found.append(Relation("sum", total=first.start, parts=tuple(d.start for d in group), stated=False))
                    group, added = [], Decimal(0)
        return found

    def _level(self, grid: Grid, r: int) -> Draft | None:
        cells = sorted(self._filled.get((id(grid), r), []), key=lambda item: item[0])
        return next((d for _, d in cells if d.kind == "level" and d.unit not in ("%", "‰")), None)

    def relations(self) -> list[Relation]:
        """A growth cell and the level beside it; the rows that a total row heads."""
        found: list[Relation] = []
        totals: dict[int, tuple[Draft, list[Draft]]] = {}
        divided: dict[int, tuple[Draft, list[Draft]]] = {}
        for (grid_id, r), cells in self._filled.items():
            ordered = [d for _, d in sorted(cells, key=lambda item: item[0])]
            levels = [d for d in ordered if d.kind == "level" and d.unit not in ("%", "‰")]
            growths = [d for d in ordered if d.kind == "change"]
            if len(levels) >= 1 and len(growths) == 1:
                found.append(Relation("change", now=levels[0].start, change=growths[0].start))
            if levels:
                grid = self._grids[grid_id]
                label = grid.rows[r][0]
                parent = grid.children.get(r)
                if parent is not None:
                    above = [
                        d
                        for c, d in sorted(self._filled.get((grid_id, parent), []), key=lambda x: x[0])
                        if d.kind == "level"
                    ]
                    if above and above[0].unit == levels[0].unit:
                        divided.setdefault(above[0].start, (above[0], []))[1].append(levels[0])
                    continue
                if _TOTAL_ROW.match(label.strip()):
                    totals[grid_id] = (levels[0], [])
                elif grid_id in totals and levels[0].unit == totals[grid_id][0].unit and not label.startswith("其中"):
                    totals[grid_id][1].append(levels[0])
        found += [_sum(total, parts) for total, parts in [*totals.values(), *divided.values()] if len(parts) >= 2]
        known = {(r.total, r.parts) for r in found if r.relation == "sum"}
        found += [r for r in self._of_first_row() if (r.total, r.parts) not in known]
        return found


def _year_before(period: Period) -> tuple[str, str]:
    """The same stretch of the year before; 29 February becomes the 28th."""
    start, end = (f"{int(day[:4]) - 1}{day[4:]}".replace("-02-29", "-02-28") for day in (period.start, period.end))
    return start, end


def _sum(total: Draft, parts: list[Draft]) -> Relation:
    added = sum((p.number.value or Decimal(0) for p in parts), Decimal(0))
    slack = sum((p.number.ulp for p in (total, *parts) if p.number.decimals or p.number.ulp > 1), Decimal(0)) / 2
    complete = total.number.value is not None and abs(added - total.number.value) <= slack
    return Relation("sum", total=total.start, parts=tuple(p.start for p in parts), complete=complete, stated=complete)


def _is_share(part: Draft, whole: Draft, share: Draft) -> bool:
    if not part.number.value or not whole.number.value or share.number.value is None:
        return False
    return abs(part.number.value / whole.number.value * 100 - share.number.value) <= share.number.ulp


def _digit_start(cell: Cell) -> int:
    return cell.start + (1 if cell.text[:1] in "-+" else 0)


def _looks_like_growth(grid: Grid, c: int) -> bool:
    """A headless last column of small numbers with one decimal, some of them negative or beside a unit column."""
    words = [row[2][c].text for row in grid.rows if c < len(row[2])]
    small = sum(1 for w in words if re.fullmatch(r"-?\d{1,3}\.\d{1,2}", w))
    return small >= 0.9 * len(words) and (any(w.startswith("-") for w in words) or any(row[1] for row in grid.rows))


def _apply_unit(draft: Draft, words: str) -> None:
    magnitude, whole = unit_with_magnitude(words)
    unit = whole[len(magnitude) :] if whole == words else words
    power = sum(_POWER[c] for c in magnitude) if whole == words else 0
    number = draft.number
    if power and number.value is not None and not number.percent:
        number.value = number.value.scaleb(power)
        if number.value == number.value.to_integral_value():
            number.value = Decimal(int(number.value))
        number.ulp = number.ulp.scaleb(power)
    draft.unit = unit
    draft.dimension = dimension(unit) if unit else "none"
    draft.qualifier = "exact"
    draft.rules["unit"] = "table"


def _sign(draft: Draft, cell: Cell) -> None:
    if cell.text.startswith("-"):
        draft.number.start -= 1
        draft.negative = True


@lru_cache(maxsize=4096)
def _unit_of_line(line: str) -> str:
    """The first unit of a line such as 万元、%, percentages apart."""
    words = re.split(r"[、，,/ 及和]", line)
    return next((w for w in words if w and w != "%" and unit_with_magnitude(w)[1] == w), "")


@lru_cache(maxsize=4096)
@lru_cache(maxsize=4096)
def _unit_of_label(label: str) -> str | None:
    """财政收入（亿元）: the unit in the bracket of a row's label."""
    match = re.search(r"[（(]([^（）()]{1,10})[）)]$", label.strip())
    return match[1] if match and unit_with_magnitude(match[1])[1] == match[1] else None


def _unit_above(grid: Grid, r: int) -> str:
    """一般公共预算收入（亿元） and under it 企业所得税: for money, the unit of the label that opens the group."""
    if not _OF_MONEY.search(_row_name(grid, r)):
        return ""
    for label, column_unit, _ in reversed(grid.rows[max(0, r - _GROUP_ROWS) : r]):
        if column_unit:
            return ""
        if unit := _unit_of_label(label):
            return unit if unit_with_magnitude(unit)[1].endswith("元") else ""
    return ""


def _row_name(grid: Grid, r: int) -> str:
    return _plain_label(grid.rows[r][0])


@lru_cache(maxsize=4096)
def _plain_label(label: str) -> str:
    name = re.sub(
        r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}[.．、]|#|其中[：:]?|附[：:]|\*)+",
        "",
        label.replace(" ", ""),
    )
    name = re.sub(r"[（(]?(?:计量)?单位[：:].*$|（[^）]*[元吨%][^）]*）$", "", name)
    unit = _unit_of_label(name)
    name = name[: -len(unit) - 2] if unit else name
    return re.sub(r"(?<=收入|支出)合计$", "", name) if len(name) > _SHORT_TOTAL else name


@lru_cache(maxsize=4096)
def _noun(head: str, caption: str, name: str, growth: bool) -> str:
    """The head noun that the column or the caption adds to the label: 产量."""
    if growth and not name:
        return _GROWTH_TAIL.sub("", head)
    plain = _BARE_KIND.sub("", _BRACKET_UNIT.sub("", head).replace(" ", ""))
    if plain and not growth and not _EMPTY_HEAD.match(plain):
        return "" if name.endswith(plain) else plain
    match = re.search(
        r"(产量|产值|增加值|销售量|零售额|投资额?|播种面积|面积|收入|支出|人数|价格(?:涨跌幅)?)(?:及(?:其)?(?:增长|增速|增幅|构成|比重)|情况|表|完成情况|$)",
        caption,
    )
    if match and not HEAD.search(name):
        return match[1]
    return ""


@lru_cache(maxsize=4096)
def _unit_in(caption: str) -> str:
    match = re.search(r"[（(](?:单位[：:])?([^（）()]{1,8})[）)]", caption)
    return match[1] if match and unit_with_magnitude(match[1])[1] == match[1] else ""


def _measure(draft: Draft, head: str) -> Measure:
    if draft.dimension == "money":
        return "money"
    if draft.unit in ("%", "‰") or _SHARE.search(head):
        return "rate"
    if draft.dimension in ("multiple", "index"):
        return "index"
    return "count" if draft.dimension in ("count", "none") else "amount"

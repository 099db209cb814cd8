"""Figures in tables: row label, column head, and the unit from the unit column, the head, or the line above the table.

A column headed with growth (比上年增长%, 同比±%) holds changes of the level beside it; a column headed with a year is
about that year; 其中 and # put a row under the one before. The fields are the same as in prose.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from flows.extract import table_heads as heads
from flows.extract import table_rows
from flows.extract.draft import Draft
from flows.extract.grid_model import Cell, Grid, unit_with_magnitude
from flows.extract.model import Measure, Relation
from flows.extract.names import head_of, short
from flows.extract.numerals import Number
from flows.extract.table_sums import table_relations
from flows.extract.times import Anchor, Period, resolve, scan_times
from flows.extract.times_model import whole_year
from flows.extract.units import dimension
from flows.extract.words import GENERIC, ends_in_head

_ANY_PLACE: Final = "本级"  # stands for any place: whether the caption says what the rows of places count
_POWER: Final = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


class TableReader:
    """Reads the grids of one document; answers which numerals are cells and fills the drafts made of them."""

    def __init__(self, grids: list[Grid], published_on: str | None, document: Period | None) -> None:
        self.where: dict[int, tuple[Grid, int, int]] = {}
        self._anchor = Anchor(published_on, document, document)
        for grid in grids:
            for r, (_, _, cells) in enumerate(grid.rows):
                for c, cell in enumerate(cells):
                    self.where.setdefault(_digit_start(cell), (grid, r, c))
        self._codes = {cell.start for grid in grids for cell in grid.codes}
        self._filled: dict[tuple[int, int], list[tuple[int, Draft]]] = {}
        self._zones = sorted((g.start, g.end) for g in grids)
        self._at = 0
        self._days: dict[tuple[str, str], tuple[str, str] | None] = {}
        self._growth: dict[tuple[int, int], bool] = {}
        self._grids: dict[int, Grid] = {id(g): g for g in grids}
        self._named_by_heads: dict[int, bool] = {}
        self._above: dict[int, dict[int, int]] = {}

    def covers(self, position: int) -> bool:
        """Whether ``position`` lies between the first and the last cell of a table. Queries move forward only."""
        while self._at < len(self._zones) and self._zones[self._at][1] <= position:
            self._at += 1
        return self._at < len(self._zones) and self._zones[self._at][0] <= position

    def holds(self, start: int) -> bool:
        """Whether the numeral that starts at ``start`` is a number cell of a table."""
        return start in self.where

    def is_code(self, start: int) -> bool:
        """Whether the numeral that starts at ``start`` is the number of an account."""
        return start in self._codes

    def fill(self, draft: Draft) -> None:
        """Sets unit, value, name, measure and (for a column of a year) the time of a draft made of a cell."""
        grid, r, c = self.where[draft.start]
        _, row_unit, cells = grid.rows[r]
        column = grid.columns[r][c]
        head = grid.heads[column].replace(" ", "") if column < len(grid.heads) else ""
        growth = self._is_growth(grid, r, c, head)
        above = self._parents(grid).get(r)
        row_unit = row_unit or heads.unit_of_label(grid.rows[r][0])
        row_unit = row_unit or (heads.unit_of_label(grid.rows[above][0]) if above is not None else None)
        unit_words = self._unit(grid, row_unit, head, growth, draft.number) or heads.unit_above(grid, r)
        _apply_unit(draft, unit_words)
        _sign(draft, cells[c])
        name = self._named(grid, r)
        draft.table = True
        draft.rules["indicator"] = "table"
        noun = heads.noun(head, grid.caption, name, growth)
        noun = "" if heads.PLAN_HEAD.search(head) and ends_in_head(name) else noun
        if growth and self._nouns(grid) and not heads.stands_for_all(name):
            noun = heads.level_before(grid, column, of_kind=True) or noun
            noun = "" if name.endswith(noun) else noun
        if growth and not noun and heads.stands_for_all(name) and (told := heads.level_before(grid, column)):
            name, noun = "", told
        planned = heads.plan_noun(head) if not growth and heads.PLAN_HEAD.search(head) else ""
        draft.base = short(heads.within(head, name + noun + (planned if not noun.endswith(planned) else "")))
        self._place(draft, grid, r)
        if growth:
            draft.kind, draft.measure, draft.suffix = "change", "change", "环比增长" if "环比" in head else "同比增长"
            plan = heads.plan_of_column(grid, column)
        else:
            draft.measure = _measure(draft, head)
            plan = head if heads.PLAN_HEAD.search(head) else ""
        if plan:
            draft.modality, draft.rules["modality"] = "target", "the column of the plan"
        self._time(draft, self._date_of_row(grid, r) or head, grid.caption)
        if plan and draft.time_basis != "stated" and heads.OF_YEAR.search(plan) and self._anchor.document_period:
            year = self._anchor.document_period.start[:4]
            draft.time, draft.time_basis = whole_year(year), "stated"
        if plan and growth and draft.time_basis != "stated":
            self._time(draft, plan, "")
        self._filled.setdefault((id(grid), r), []).append((c, draft))

    def _named(self, grid: Grid, r: int) -> str:
        """The label, with the head noun of the first row where the label is only a breakdown of it (第一产业 of
        用电量)."""
        name = table_rows.dated(heads.row_name(grid, r))[1]
        above = self._parents(grid).get(r)
        if above is not None:
            whole = table_rows.dated(heads.row_name(grid, above))[1]
            name = table_rows.under(name, grid.rows[r][0], whole)
        place = heads.place_of_row(name)
        if place is not None and self._names_itself(grid):
            return place[1]  # the row of a place: what is counted stands over the column
        if told := heads.subject_of_place(name, grid.caption):
            return told
        if total := heads.total_of_caption(name, grid.caption):
            return total
        if GENERIC.fullmatch(name) and (told := heads.told_above(name, grid.caption)):
            return told
        if r and heads.OF_GROWTH.match(name):
            return heads.row_name(grid, r - 1)  # 地区生产总值 and under it 按可比价增长
        if r == 0 or not name or ends_in_head(name) or not grid.rows[0][0]:
            return name
        first = heads.row_name(grid, 0)
        head = "" if heads.stands_for_all(first) else head_of(first)
        same_unit = grid.rows[r][1] == grid.rows[0][1]
        return name + head if head and same_unit and len(head) >= 2 and first.startswith(("全", "总", "合")) else name

    def _parents(self, grid: Grid) -> dict[int, int]:
        key = id(grid)
        if key not in self._above:
            self._above[key] = table_rows.parents(grid)
        return self._above[key]

    def _date_of_row(self, grid: Grid, r: int) -> str:
        """The date that the label of the row, or of the row that it stands under, opens with."""
        above = self._parents(grid).get(r)
        own = table_rows.dated(heads.row_name(grid, r))[0]
        return own or (table_rows.dated(heads.row_name(grid, above))[0] if above is not None else "")

    def _names_itself(self, grid: Grid) -> bool:
        """Whether some head or the caption of a table says what its columns count."""
        key = id(grid)
        if key not in self._named_by_heads:
            told = heads.subject_of_place(_ANY_PLACE, grid.caption)
            plain = [head.replace(" ", "") for head in grid.heads[1:]]
            levels = [head for head in plain if not (heads.GROWTH.search(head) or heads.SHARE.search(head))]
            levels = [head for head in levels if not heads.PLAN_HEAD.search(head)] if told else plain
            words = [heads.noun(head, "" if told else grid.caption, "", False) for head in levels]
            self._named_by_heads[key] = any(words)
        return self._named_by_heads[key]

    def _nouns(self, grid: Grid) -> bool:
        """Whether the levels of a table count more than one thing: 播种面积 and 产量."""
        plain = [head.replace(" ", "") for head in grid.heads[1:]]
        told = {heads.noun(h, "", "", False) for h in plain if not (heads.GROWTH.search(h) or heads.SHARE.search(h))}
        return len(told - {""}) > 1

    def _place(self, draft: Draft, grid: Grid, r: int) -> None:
        """The place of a row whose label names one."""
        place = heads.place_of_row(heads.row_name(grid, r))
        if place is not None and place[0]:
            draft.place, draft.place_basis = place[0], "stated"

    def _is_growth(self, grid: Grid, r: int, c: int, head: str) -> bool:
        if r and heads.OF_GROWTH.match(heads.row_name(grid, r)):
            return True
        if self._has_falls(grid, r, c, head):
            return True
        if head:
            return bool(heads.GROWTH.search(head)) and not re.search(r"(?:占|比重)", head)
        cells = grid.rows[r][2]
        if not any(grid.heads) and len(cells) == 1 and "%" in grid.caption and heads.GROWTH.search(grid.caption):
            return True  # 比上年增长（%） stands over a table of labels and one number each
        if c == 0 or c != len(cells) - 1 or any(grid.heads):
            return False
        key = (id(grid), c)
        if key not in self._growth:
            self._growth[key] = _looks_like_growth(grid, c)
        return self._growth[key]

    def _has_falls(self, grid: Grid, r: int, c: int, head: str) -> bool:
        """A column of percentages in which some are negative holds changes, whatever its head says."""
        told = "%" in head or bool(heads.SHARE.search(head)) or grid.rows[r][2][c].text.endswith("%")
        if not told and (head or "%" not in grid.unit_line):
            return False
        column = grid.columns[r][c]
        key = (id(grid), -1 - column)
        if key not in self._growth:
            self._growth[key] = any(
                cell.text.startswith("-")
                for row, columns in zip(grid.rows, grid.columns, strict=True)
                for cell, at in zip(row[2], columns, strict=True)
                if at == column
            )
        return self._growth[key]

    def _unit(self, grid: Grid, row_unit: str | None, head: str, growth: bool, number: Number) -> str:
        if number.percent:
            return number.percent
        bracket = heads.BRACKET_UNIT.search(head)
        large = number.decimals == 0 and number.value is not None and number.value >= 1000
        if bracket:
            words = bracket[1] or bracket[2]
            if words in ("%", "‰") and large:
                return row_unit or ""  # a column of sums under a head that slipped
            if words in ("%", "‰") or unit_with_magnitude(words)[1] == words:
                return words
        by_amount = growth and heads.AMOUNT_OF_CHANGE.search(head)
        if (growth or heads.SHARE.search(head)) and not large and not by_amount:
            return "%"
        if row_unit:
            return row_unit
        if head.endswith("率") and "%" in grid.unit_line and not large:
            return "%"  # 单位：件、%
        return (
            heads.unit_of_line(grid.unit_line, head)
            or heads.unit_of_corner(grid)
            or heads.unit_of_caption(grid.caption)
            or heads.unit_of_head(head)
        )

    def _time(self, draft: Draft, head: str, caption: str) -> None:
        key = (head, caption)
        if key not in self._days:
            self._days[key] = None
            named = scan_times(caption)
            captioned = resolve(named[0], self._anchor) if len(named) == 1 else None
            told = captioned or self._anchor.document_period
            earlier = heads.EARLIER_HEAD.match(head) is not None and told is not None
            if earlier and told is not None:
                self._days[key] = _year_before(told)
            for mention in [] if earlier else scan_times(heads.dated(head)) or (named if len(named) == 1 else []):
                period = resolve(mention, self._anchor)
                if period is not None and mention.kind in (
                    "year",
                    "month",
                    "range",
                    "quarter",
                    "half",
                    "date",
                    "as_of",
                ):
                    self._days[key] = (period.start, period.end)
        days = self._days[key]
        if days is not None:
            draft.time, draft.time_basis = days, "stated"

    def relations(self) -> list[Relation]:
        """Growth beside its level, totals over their rows, cells that make another (table_sums.py)."""
        return table_relations(self._grids, self._filled)


def _year_before(period: Period) -> tuple[str, str]:
    """The same stretch of the year before; 29 February becomes the 28th."""
    start, end = (f"{int(day[:4]) - 1}{day[4:]}".replace("-02-29", "-02-28") for day in (period.start, period.end))
    return start, end


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


def _measure(draft: Draft, head: str) -> Measure:
    if draft.dimension == "money":
        return "money"
    if draft.unit in ("%", "‰") or heads.SHARE.search(head):
        return "rate"
    if draft.dimension in ("multiple", "index"):
        return "index"
    return "count" if draft.dimension in ("count", "none") else "amount"

"""Tables of items and how far each is: one row an item, what is to be done in one cell and how it stands in another
(序号 | 项目内容 | 当前进度 | 牵头单位), the cells of a row set apart by tabs or one a line.

The cells hold words, so they are read as paragraphs of their own and not as a grid of numbers. What the cells of a row
have to do with each other is said here: the task is a plan, and a bare 75% or 已完成10座 beside it is of its item.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from flows.extract.draft import Draft
from flows.extract.grid_model import NUMBER_CELL
from flows.extract.model import Relation
from flows.extract.names import clean, short
from flows.extract.naming_memory import is_action
from flows.extract.rates import fits
from flows.extract.times_model import whole_year
from flows.normalize.model import Span

Kind = Literal["task", "progress", "other"]

_TASK: Final = re.compile(
    r"(?:(?:实事|工作|建设|任务|主要|具体|实施)?(?:项目|实事|工程|事项|目标|任务|工作|建设)(?:名称|内容|任务|要求|规模)?(?:及(?:目标|标准|内容|规模))?"
    r"|(?:年度|全年|工作|建设|实施|\d{4}年)(?:计划|目标)(?:任务)?|内容)"
)
_PROGRESS: Final = re.compile(
    r"(?:当前|目前|截至\S{1,10}|工作|项目|实施|建设|任务|工程|\d{1,2}月份?)?(?:的)?(?:形象)?"
    r"(?:进度|进展|(?:完成|进展|落实|推进|实施|进度|办理)情况|完成率|完成比例)"
)
_SERIAL: Final = re.compile(r"序号|编号|项目编号")
_MEASURED: Final = re.compile(r"(?:进度|完成率|完成比例)$")
_HEAD_CELL: Final = 16  # characters of the head of a column
_WORDY: Final = 4  # characters of a cell that says something
_ITEMS: Final = 2  # rows that make a table
_LABEL: Final = 20  # characters of the name of an item
_CLAUSE: Final = re.compile(r"[，；。]")
_LISTED: Final = re.compile(r"^.*等(?=\S*\d)")  # 甲镇、乙镇等8家卫生院
_BRACKET: Final = re.compile(r"（[^（）]*）")
_NUMBERS: Final = re.compile(r"\d[\d,.]*[万亿]?[\u4e00-\u9fff]{0,2}$|\d[\d,.]*[万亿]?(?:[个座处家所条户]|公里)?")
_IN_ROW: Final = 40  # lines that a row of one cell a line has at most


class Item:
    """A row: its cells, each with what it holds; ``task`` is the name of the item."""

    __slots__ = ("cells", "done", "rates", "task", "tasks")

    def __init__(self, cells: list[tuple[int, int, Kind, str]], task: str) -> None:
        self.cells = cells
        self.task = task
        self.tasks: list[Draft] = []  # the figures of the task, of what is done and how far, as they are read
        self.done: list[Draft] = []
        self.rates: list[Draft] = []

    def relations(self) -> list[Relation]:
        """The rate of a row is of what is done and what is to be done, where they give it or nothing else stands."""
        pairs = [(d, t) for t in self.tasks for d in self.done if t.unit == d.unit]
        found = []
        for rate in self.rates:
            given = [(d, t) for d, t in pairs if fits(d, t, rate, rate.number.ulp / 2)]
            sure = given[:1] or (pairs if len(pairs) == len(self.tasks) == len(self.done) == 1 else [])
            found += [Relation("rate", numerator=d.start, denominator=t.start, rate=rate.start) for d, t in sure]
        return found


class Items:
    """The rows of all such tables of a text, by where their cells stand."""

    def __init__(self, text: str, blocks: Sequence[Span]) -> None:
        self.text = text
        rows = [*_tabbed(text, blocks), *_stacked(text, blocks)] if "进" in text or "完成" in text else []
        self._cells = sorted(((*cell, row) for row in rows for cell in row.cells), key=lambda cell: cell[0])
        self._starts = [cell[0] for cell in self._cells]

    def __bool__(self) -> bool:
        return bool(self._cells)

    def holds(self, block: Span) -> bool:
        """Whether a block is in a row of such a table."""
        return self._at(block.start) is not None or bool(self._inside(block))

    def blocks(self, blocks: Sequence[Span]) -> tuple[Span, ...]:
        """The blocks of the text, those of the rows cut into cells, each a paragraph."""
        found: list[Span] = []
        for block in blocks:
            cells = self._inside(block)
            if not cells:
                found.append(block)
            for start, end, _, _, _ in cells:
                found.append(Span(start, end, "paragraph", block.page, block.bbox))
        return tuple(found)

    def name(self, block: Span, drafts: Sequence[Draft]) -> None:
        """Names the figures of a cell that say themselves only how much, and marks those of a task as a plan."""
        cell = self._at(block.start)
        if cell is None or cell[2] == "other":
            return
        _, _, kind, head, row = cell
        for draft in drafts:
            own = clean(self.text[cell[0] : draft.lead])
            if kind == "task":
                if not own:
                    _rename(draft, row.task)
                row.tasks.append(draft)
            else:
                _name_progress(row, head, own, draft)

    def plan(self, block: Span, drafts: Sequence[Draft]) -> None:
        """The figures of a task are to be reached, within the year that the table tells of."""
        cell = self._at(block.start)
        if cell is None or cell[2] != "task":
            return
        for draft in drafts:
            draft.modality, draft.rules["modality"] = "target", "task of an item"
            if draft.time is not None and draft.time_basis != "stated":
                draft.time = whole_year(draft.time[1][:4])

    def relations(self) -> list[Relation]:
        """What the rows relate: 已完成10座 of 12座, and the rate beside them."""
        return [
            relation for row in {id(cell[4]): cell[4] for cell in self._cells}.values() for relation in row.relations()
        ]

    def _at(self, position: int) -> tuple[int, int, Kind, str, Item] | None:
        n = bisect_right(self._starts, position) - 1
        return self._cells[n] if n >= 0 and self._cells[n][1] > position else None

    def _inside(self, block: Span) -> list[tuple[int, int, Kind, str, Item]]:
        n = bisect_right(self._starts, block.start - 1)
        found = []
        while n < len(self._cells) and self._cells[n][0] < block.end:
            found.append(self._cells[n])
            n += 1
        return found


def _name_progress(row: Item, head: str, own: str, draft: Draft) -> None:
    """75% is the progress of the item; 已完成10座, of what the task counts in the same unit."""
    bare = not own or is_action(own) or own in row.task
    if draft.unit == "%" and draft.kind != "change" and (bare or len(re.split("[，；。]", own)[-1]) < _WORDY):
        measured = _MEASURED.search(head)
        _rename(draft, row.task + (measured[0] if measured else "进度"))
        row.rates.append(draft)
    elif draft.kind == "level" and draft.unit != "%":
        if bare:
            twin = next((d for d in row.tasks if d.unit == draft.unit), None)
            stem = twin.base if twin is not None else row.task
            _rename(draft, stem if own.removeprefix("已") in stem else stem + own.removeprefix("已"))
        row.done.append(draft)


def _rename(draft: Draft, name: str) -> None:
    draft.base, draft.suffix, draft.parent = short(name), "", None
    draft.rules["indicator"] = "item"


def _tabbed(text: str, blocks: Sequence[Span]) -> Iterator[Item]:
    """Rows of one block each, under a row of heads."""
    columns: tuple[Kind, ...] = ()
    heads: list[str] = []
    rows: list[Item] = []
    for block in blocks:
        words = text[block.start : block.end]
        if block.role == "furniture":
            continue
        cells = words.split("\t")
        if len(cells) > 1 and (found := _columns([c.strip() for c in cells])):
            yield from _worthy(text, rows)
            columns, heads, rows = found, [c.strip() for c in cells], []
        elif columns and len(cells) == len(heads):
            rows.append(_row(text, _spans(block.start, cells), columns, heads))
        else:
            yield from _worthy(text, rows)
            columns, rows = (), []
    yield from _worthy(text, rows)


def _stacked(text: str, blocks: Sequence[Span]) -> Iterator[Item]:
    """One cell a line, the rows numbered 1, 2, 3 … under heads that begin with 序号."""
    cells = [b for b in blocks if b.role != "furniture" and "\t" not in text[b.start : b.end]]
    for n, block in enumerate(cells):
        if not _SERIAL.fullmatch(text, block.start, block.end):
            continue
        heads: list[str] = []
        while n + len(heads) < len(cells) and not _word(text, cells[n + len(heads)]).isdecimal() and len(heads) < 10:
            heads.append(_word(text, cells[n + len(heads)]))
        columns = _columns(heads)
        if columns:
            yield from _worthy(text, _numbered(text, cells[n + len(heads) :], columns, heads))


def _numbered(text: str, cells: Sequence[Span], columns: Sequence[Kind], heads: list[str]) -> list[Item]:
    rows: list[Item] = []
    at = 0
    while at < len(cells) and _word(text, cells[at]) == str(len(rows) + 1):
        follows = str(len(rows) + 2)
        full = at + len(heads)
        ends = [k for k in (full, *range(at + 2, min(at + _IN_ROW, len(cells)))) if k < len(cells)]
        end = next((k for k in ends if _word(text, cells[k]) == follows), min(full, len(cells)))
        spans = [(c.start, c.end) for c in cells[at:end]]
        rows.append(_row(text, spans, columns, heads))
        at = end
    return rows


def _word(text: str, block: Span) -> str:
    return text[block.start : block.end].strip()


def _spans(start: int, cells: Sequence[str]) -> list[tuple[int, int]]:
    found = []
    for cell in cells:
        found.append((start, start + len(cell)))
        start += len(cell) + 1
    return found


def _columns(heads: Sequence[str]) -> tuple[Kind, ...]:
    """What each column holds: tasks, and behind them their progress; empty where the heads are of another table."""
    heads = [_BRACKET.sub("", head) for head in heads]  # 完成情况（截至6月底）
    if any(len(head) > _HEAD_CELL for head in heads):
        return ()
    first = next((n for n, head in enumerate(heads) if n and _PROGRESS.fullmatch(head)), len(heads))
    if not any(_TASK.fullmatch(head) for head in heads[:first]) or first == len(heads):
        return ()
    return tuple(_kind(head, n < first) for n, head in enumerate(heads))


def _kind(head: str, before: bool) -> Kind:
    if before:
        return "task" if _TASK.fullmatch(head) else "other"
    return "progress" if _PROGRESS.fullmatch(head) else "other"


def _row(text: str, spans: Sequence[tuple[int, int]], columns: Sequence[Kind], heads: Sequence[str]) -> Item:
    cells: list[tuple[int, int, Kind, str]] = []
    for n, (start, end) in enumerate(spans):
        if text[start:end].strip():
            known = n < len(heads)
            cells.append((start, end, columns[n] if known else "other", heads[n] if known else ""))
    return Item(cells, _label(next((text[a:b].strip() for a, b, kind, _ in cells if kind == "task"), "")))


def _label(task: str) -> str:
    """新建公厕12座，新增停车位600个 → 新建公厕: what the first clause of a task says, without its figures."""
    first = next((part for part in _CLAUSE.split(_LISTED.sub("", _BRACKET.sub("", task))) if part.strip()), "")
    return short(clean(_NUMBERS.sub("", first)))[:_LABEL]


def _worthy(text: str, rows: list[Item]) -> list[Item]:
    """The rows, where they are more than a grid of numbers: words in the cells of progress, or figures in the words
    of a task."""
    if len(rows) < _ITEMS:
        return []
    said = 0
    for row in rows:
        for start, end, kind, _ in row.cells:
            words = text[start:end].strip()
            wordy = len(words) >= _WORDY and not NUMBER_CELL.match(words)
            said += wordy and (kind == "progress" or (kind == "task" and any(c.isdigit() for c in words)))
    return rows if said >= len(rows) / 2 else []

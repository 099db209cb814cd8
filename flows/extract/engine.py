"""From running text to figures, relations and the number ledger.

The way of a text: find times and places; scan every numeral and class it; cut sentences into clauses; name each figure;
give it time, place and modality; relate the figures of a sentence; read tables; make the records.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from flows.extract import distribution
from flows.extract.clauses import place_in_clauses, sentences
from flows.extract.draft import Draft
from flows.extract.grids import find_grids
from flows.extract.item_tables import Items
from flows.extract.measures import measure_of
from flows.extract.modality import announces, is_outlook, is_plan, plan_block, plan_section, promises, set_modality
from flows.extract.model import Context, Extraction, Relation
from flows.extract.names import bare_state, begin_alike, lighter, short
from flows.extract.naming import Namer
from flows.extract.naming_apart import tell_apart, tell_items_apart
from flows.extract.places import find_places
from flows.extract.placing import Placer
from flows.extract.records import figures_of, ledger_of
from flows.extract.relations import relations
from flows.extract.scan import scan
from flows.extract.script import fold_script
from flows.extract.sums_lists import list_sums
from flows.extract.tables import TableReader
from flows.extract.timeline import Timeline
from flows.extract.times import day_of_writing, scan_times
from flows.extract.times_of_plans import plan_year
from flows.extract.words import NEGATIVE, ends_in_head
from flows.normalize.collection import without_collection
from flows.normalize.model import RunningText, Span

_BARE_NAME: Final = 4
_SHORT_LINE: Final = 40  # a block without figures that may be a heading or name an item
_MARKER_STARTS: Final = frozenset("—（0123456789一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_MARKER: Final = re.compile(
    r"（[\d一二三四五六七八九十]+）|\d{1,2}[.．、](?!\d)|[①-⑳]|[一二三四五六七八九十]+是|—{1,2}(?=[\u4e00-\u9fff])"
)
_STRUCTURE: Final = re.compile(r"\d+(?:\.\d+)?(?:比\d+(?:\.\d+)?){2,}")  # 17.3比32.2比50.5
_STRUCTURE_SIGN: Final = re.compile(r"比\d+(?:\.\d+)?比\d")
_OWN_VERB: Final = re.compile(r"(?:增长|下降|增加|减少|提高|上升|回落|降低)$")


@without_collection
def extract(running: RunningText, context: Context, *, explain: bool = False) -> Extraction:
    """All figures, relations and numerals of a document, in the order of its text. Raises nothing on any text.

    Offsets of the result are those of the source text. ``explain`` keeps, for every figure, the rule that found each
    field.
    """
    text = fold_script(running.text).replace("依次", "分别")  # both deal out a list, and are as long
    text = _STRUCTURE.sub(lambda m: m[0].replace("比", ":"), text) if _STRUCTURE_SIGN.search(text) else text
    context = replace(context, published_on=day_of_writing(text, context.published_on))
    mentions = scan_times(text)
    placer = Placer(text, find_places(running.text, within=context.place), context)
    times_out = _blank(text, [(m.start, m.end) for m in mentions if m.kind not in ("comparison", "duration")])
    subjects = placer.subjects(times_out)
    shadow = _blank(times_out, [(m.start, m.end) for m in subjects])
    timeline = Timeline(text, mentions, context)
    items_told = Items(text, running.blocks)
    grids = find_grids(text, [b for b in running.blocks if not (items_told and items_told.holds(b))])
    tables = TableReader(grids, context.published_on, timeline.document)
    blocks = items_told.blocks(running.blocks) if items_told else running.blocks
    places = [(m.start, m.end) for m in placer.mentions if m.kind in ("name", "short", "zone")]
    drafts, others = scan(text, blocks, mentions, tables, places)
    by_sentence: list[list[Draft]] = []
    items: list[tuple[str, list[Draft]]] = []
    told: list[list[Draft]] = []  # the figures of paragraphs that follow each other
    namer = Namer()
    plan = False
    outlook = is_outlook(text, context) or is_plan(text, context) or announces(text, context)
    at = 0
    for index, block in enumerate(blocks):
        begin = at
        while at < len(drafts) and drafts[at].block == index:
            at += 1
        inside = drafts[begin:at]
        if block.role in ("heading", "title") or block.end - block.start <= 40:
            plan = plan_section(text[block.start : block.end], context, plan)
        if not plan and _is_wordy(inside):
            plan = promises(text[block.start : block.end], context)
        items.append((_marker(text[block.start : block.start + 8]), []))
        if inside:
            by_sentence += _read_block(text, shadow, block, inside, namer)
            items_told.name(block, inside)
        elif block.end - block.start <= _SHORT_LINE:
            namer.silence(shadow[block.start : block.end])
        items[-1][1].extend(d for d in inside if d.kind == "level" and d.unit not in ("%", "‰") and not d.in_part)
        if inside and block.role == "paragraph" and not items_told.holds(block):
            told.append(inside)
        elif told:
            tell_items_apart(told)
            told = []
        timeline.block(block, inside)
        placer.block(block, inside, subjects)
        planned = plan or outlook or (bool(inside) and plan_block(text[block.start : block.end], context))
        set_modality(text, inside, planned, context.published_on)
        items_told.plan(block, inside)
        for draft in inside:
            if draft.modality == "target":
                plan_year(text, draft, context.published_on, timeline.document)
    tell_items_apart(told)
    restated = _restate(drafts)
    related = relations(by_sentence)
    known = {(r.total, r.parts) for r in related if r.relation == "sum"}
    related += [r for r in list_sums(items) if (r.total, r.parts) not in known]
    related += tables.relations() + items_told.relations() + restated
    figures = figures_of(running, text, drafts, explain)
    return Extraction(figures, _to_source(running, related), ledger_of(running, drafts, others))


def _restate(drafts: Sequence[Draft]) -> list[Relation]:
    """A headline's figure is about the time that the text gives the same figure further on; the two are related as a
    restatement, and so are a headline and a body that name the same thing with different values."""
    heads = [d for d in drafts if (d.role in ("heading", "title") or d.block == 0) and not d.table]
    if not heads:
        return []
    body: dict[tuple[object, str], Draft] = {}
    named: dict[tuple[str, str, str | None], Draft] = {}
    for draft in drafts:
        if draft.role in ("heading", "title") or draft.number.value is None:
            continue
        if draft.time_basis == "stated":
            body.setdefault((draft.number.value, draft.unit), draft)
        named.setdefault((draft.indicator, draft.unit, draft.place), draft)
    found: list[Relation] = []
    for head in heads:
        same = body.get((head.number.value, head.unit))
        bare = len(head.base) <= _BARE_NAME and not ends_in_head(head.base)
        if same is not None and bare and len(same.base) > _BARE_NAME:
            stated = bare_state(head.base)
            named_there = lighter(same.base) if stated else same.base
            head.base = stated + named_there  # 新增89例, over a text that says of what
        if same is not None and same.start > head.start and head.time_basis in ("published_on", "title", "none"):
            head.time, head.time_basis = same.time, "inherited"
        twin = named.get((head.indicator, head.unit, head.place))
        if twin is not None and twin.start > head.start and twin.time == head.time and head.indicator:
            found.append(Relation("restatement", now=twin.start, before=head.start, stated=False))
    return found


def _is_wordy(drafts: Sequence[Draft]) -> bool:
    """Whether a paragraph tells no figures in digits: 办好八件实事, which may open what is to be done."""
    return all(draft.number.form != "arabic" for draft in drafts)


def _marker(words: str) -> str:
    """The style of the marker that a block of a list opens with: （1）, 1., ①; empty where it is none."""
    match = _MARKER.match(words) if words[:1] in _MARKER_STARTS else None
    return re.sub(r"[\d一二三四五六七八九十]+", "n", match[0]) if match else ""


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        if start < at:
            continue
        pieces.append(text[at:start])
        pieces.append("\x01" * (end - start))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _past_tables(cells: list[int], start: int, lead: int) -> int:
    """The start of a sentence, moved behind the cells of a table that was flattened in front of it."""
    at = bisect_right(cells, lead)
    return max(start, cells[at - 1]) if at else start


def _read_block(text: str, shadow: str, block: Span, every: list[Draft], namer: Namer) -> list[list[Draft]]:
    """Names the figures of one block that stand in prose; the drafts by sentence."""
    drafts = [d for d in every if not d.table]
    namer.new_block(block.role)
    found: list[list[Draft]] = []
    at = 0
    cells = [d.tail for d in every if d.table]
    for start, end in sentences(text, block.start, block.end):
        begin = at
        while at < len(drafts) and drafts[at].start < end:
            at += 1
        inside = drafts[begin:at]
        start = _past_tables(cells, start, inside[0].lead if inside else end)
        if not inside:
            namer.silence(shadow[start:end], opens=start == block.start)
            continue
        place_in_clauses(text, shadow, start, end, inside)
        _name_sentence(text, shadow, namer, inside)
        found.append(inside)
    return found


def _name_sentence(text: str, shadow: str, namer: Namer, drafts: list[Draft]) -> None:
    spread = {id(g[0]): g for g in distribution.groups(text, drafts)}
    done: list[list[Draft]] = []
    skip: set[int] = set()
    for index, draft in enumerate(drafts):
        if id(draft) in skip:
            continue
        first = draft.lead - len(draft.gap)
        namer.name(drafts, index, shadow[draft.sentence[0] : first])
        group = spread.get(id(draft))
        if group is None:
            continue
        skip.update(id(d) for d in group)
        _name_group(shadow, namer, drafts, group, done)
        done.append(group)
    _complete_first(drafts)
    if drafts[-1].segment > drafts[0].segment:
        tell_apart(drafts)


def _complete_first(drafts: list[Draft]) -> None:
    """新增13例，累计确诊66例: the first says only the state, the second what is counted."""
    bare = len(drafts) > 1 and bare_state(drafts[0].base) and not bare_state(drafts[1].base)
    if bare and drafts[0].unit == drafts[1].unit:
        drafts[0].base += lighter(drafts[1].base)


def _name_group(shadow: str, namer: Namer, drafts: list[Draft], group: list[Draft], done: list[list[Draft]]) -> None:
    """The members of a 分别 list: each its own name, all the kind and sign of the first."""
    first = group[0]
    namer.deal(group)
    bases = distribution.comparisons(first)
    levels = distribution.levels_before(group, drafts) if first.unit == "%" or first.kind == "change" else []
    found = None if bases else distribution.names(shadow, drafts, group, done, levels)
    shared = first.qualifier if first.raw.endswith("分别") and first.rules.get("qualifier") == "before" else "exact"
    for n, draft in enumerate(group):
        draft.group = first.start
        if draft.qualifier == "exact" and shared != "exact":
            draft.qualifier, draft.rules["qualifier"] = shared, "shared by the list"  # 分别超98.5%和99%
        minus = draft.negative and draft is not first  # 分别增长14.7%和-3.4%
        draft.kind, draft.measure, draft.suffix = first.kind, first.measure, first.suffix
        if draft.unit == "个百分点" and first.unit == "%":
            draft.suffix = first.suffix.replace("增长", "变化")
        draft.negative = first.negative or minus
        draft.parent = first.parent
        if first.kind == "rank" and done and len(done[-1]) == len(group):
            draft.base = done[-1][n].base + ("增速" if "增速" in first.gap else "")
        elif found is not None:
            draft.base = short(found[n])
            draft.rules["indicator"] = "distribution"
            if first.parent is not None and first.parent.rules.get("ratio") == "structure":
                draft.parent = namer.member_of_structure(draft, found[n])  # 一三产业比重分别提高0.9、5.9个百分点
            if first.kind == "change" and done and len(done[-1]) == len(group) and _alike(found[n], done[-1][n].base):
                draft.parent = done[-1][n]
            elif levels and found[n].startswith(levels[n].base) and first.kind == "change":
                draft.parent = levels[n]
        elif bases is not None and len(group) == 2:
            draft.base, draft.negative = first.base, bases[2]
            basis = bases[0] if n == 0 else bases[1]
            draft.suffix = ("环比" if "月" in basis and "年" not in basis else "同比") + "变化"
        else:
            draft.base = first.base
            if n and first.suffix.endswith("之差") and len(namer.yardsticks) == len(group) - 1:
                draft.suffix = f"与{namer.yardsticks[n - 1]}之差"
        if n and first.kind == "change" and not minus and (verb := _OWN_VERB.search(draft.raw)):
            draft.negative = bool(NEGATIVE.search(verb[0]))
        if draft.kind == "level":
            draft.measure = first.measure if draft.unit == first.unit else measure_of(draft)


def _alike(name: str, other: str) -> bool:
    """Whether two lists are of the same things: one name holds the other, or both begin alike."""
    return name in other or other in name or begin_alike(name, other)


def _to_source(running: RunningText, found: Sequence[Relation]) -> tuple[Relation, ...]:
    at = running.offsets

    def back(position: int | None) -> int | None:
        return None if position is None else at[position]

    return tuple(
        Relation(
            r.relation,
            back(r.numerator),
            back(r.denominator),
            back(r.rate),
            back(r.total),
            tuple(at[p] for p in r.parts),
            r.complete,
            back(r.now),
            back(r.change),
            back(r.before),
            r.stated,
        )
        for r in found
    )

"""Recognition of administrative places in running text, and what relative places (全区, 我省) stand for.

What the grammar covers:

- full names of provinces, prefectures and counties (郑州市, 巴林左旗), of any time since 2000; everyday forms (恩施州);
- short names of provinces and prefectures (河南, 郑州), of counties only in lists of places (巴州、恩阳、南江);
- relative places: 全区, 我市, 本县, 该省, 全国, 我国;
- functional zones: 郑州经济技术开发区, 高新区, 郑东新区;
- towns and subdistricts after their parent, at the head of a clause or in a list: 古荥镇, 大河路街道;
- foreign countries.

Roads, institutions and companies that hold a place name are no places, nor is a place that is only a yardstick
(高于全国, 居全省第3位). Traditional characters are understood; every offset is one of the text as given.

The search itself is in place_scan.py, the contexts in place_words.py, the codes in place_table.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from flows.extract.place_scan import Found, Kind, countries, fold, scan, unlisted
from flows.extract.place_table import (
    NATION,
    NATION_NAMES,
    Place,
    best,
    by_code,
    by_name,
    candidates,
    code_of,
    contains,
    name_of,
    parent_of,
)

__all__ = ["PlaceMention", "code_of", "contains", "find_places", "name_of", "parent_of", "resolve_relative"]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place in a text: ``text[start:end] == name``, as written.

    ``code`` is that of reference/places.csv (GB/T 2260; ISO 3166 for countries) where the name and its surroundings
    decide it; ``level`` is nation, province, prefecture, county, town, zone or country. A relative place has the level
    of its word (全市: prefecture, though the city may be a county-level one) and no code: see ``resolve_relative``.
    """

    start: int
    end: int
    name: str
    code: str | None
    level: str
    kind: Kind


# Between two places of one list: 、 or a short figure and a comma (郑州3例、信阳5例，).
LINK = re.compile(
    r"[（(]?(?:其中)?[为各有增新报：:]{0,3}[\d.,]{0,9}[万亿多余]?[例人个名家件户起宗项所吨元处台辆条次%％]{0,3}(?:（[^（）]{1,12}）)?[、，,；;和及与\s]{1,2}(?:其中)?(?:[省市区县]内)?"
)
LIST_ITEM = re.compile(r"(?<=[、和及])[一-鿿]{2,4}(?=[、和及等])")
LIST = re.compile(r"[一-鿿]{2,12}(?:[、][一-鿿]{2,12}){2,}")
SPAN = 40  # characters between two places that may still belong to one list


def find_places(text: str, start: int = 0, end: int | None = None, within: str | None = None) -> list[PlaceMention]:
    """The places that ``text[start:end]`` names, in order, none over another.

    ``within`` is the code or name of the place that the document is about: it decides between namesakes and lets the
    short names of its own districts count. Linear in the length of the text; never raises.
    """
    stop = len(text) if end is None else min(end, len(text))
    start = max(0, start)
    plain = fold(text)
    home = within if within is None or within in by_code() else code_of(fold(within))
    found = list(scan(plain, start, stop))
    taken = {item.end: item for item in found}
    found += unlisted(plain, start, stop, taken)
    found = _without_overlap(found + list(_list_items(plain, start, stop, taken)))
    return _coded(text, _merged(_believed(plain, found, home)), home)


def _without_overlap(found: list[Found]) -> list[Found]:
    """Left to right, the longer one where two overlap."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
        elif item.start == kept[-1].start or item.end <= kept[-1].end:
            continue
    return kept


def _list_items(text: str, start: int, stop: int, taken: dict[int, Found]) -> list[Found]:
    """Short names of counties (and other ambiguous ones) between the marks of a list: 巴州、恩阳、南江、通江、平昌."""
    items: list[Found] = []
    for match in LIST.finditer(text, start, stop):
        pieces: list[tuple[int, int]] = []
        at = match.start()
        for piece in match[0].split("、"):
            pieces.append((at, at + len(piece)))
            at += len(piece) + 1
        items += _shorts_of_list(text, pieces)
    return [item for item in items if item.end not in taken]


def _shorts_of_list(text: str, pieces: list[tuple[int, int]]) -> list[Found]:
    """The county short names among the pieces of one list, where most of the middle ones are such names of one place."""
    middle = pieces[1:-1]
    homes: dict[str, int] = {}
    for begin, end in middle:
        for holder in {
            holder for place in _counties(text[begin:end]) for holder in (place.parent, place.code[:2] + "0000")
        }:
            homes[holder] = homes.get(holder, 0) + 1
    if not homes:
        return []
    holder = max(homes, key=lambda code: (homes[code], not code.endswith("0000")))
    if homes[holder] < max(1, (2 * len(middle) + 2) // 3):
        return []
    spans = [(begin, end) for begin, end in middle]
    first, last = pieces[0], pieces[-1]
    spans += [(first[1] - size, first[1]) for size in (4, 3, 2) if first[1] - size >= first[0]]
    spans += [(last[0], last[0] + size) for size in (4, 3, 2) if last[0] + size <= last[1]]
    good = [span for span in spans if any(contains(holder, place.code) for place in _counties(text[slice(*span)]))]
    if len({span for span in good}) < 3:
        return []
    return [Found(begin, end, text[begin:end], "short", "county") for begin, end in good]


def _counties(name: str) -> tuple[Place, ...]:
    """The counties and districts that have this short name."""
    return tuple(place for place in by_name().get(name, ()) if place.level == "county" and place.short == name)


def _believed(text: str, found: list[Found], home: str | None) -> list[Found]:
    """The candidates without the weak ones that nothing supports."""
    kept: list[Found] = []
    for index, item in enumerate(found):
        if not item.weak or _supported(text, found, index, home):
            kept.append(item)
    return kept


def _supported(text: str, found: list[Found], index: int, home: str | None) -> bool:
    """True where a weak candidate follows its parent, stands in a list of places, or is a district of ``home``."""
    item = found[index]
    before = found[index - 1] if index else None
    after = found[index + 1] if index + 1 < len(found) else None
    if before is not None and before.end == item.start and before.kind in ("name", "short", "relative"):
        return _may_hold(before, item)
    if home and any(contains(home, place.code) and place.code != home for place in candidates(item.name)):
        edge = not item.start or not "一" <= text[item.start - 1] <= "鿿"
        if edge or item.level != "county":
            return True
    pairs = ((before, item), (item, after))
    return any(
        one is not None
        and other is not None
        and _alike(one, other)
        and other.start - one.end <= SPAN
        and LINK.fullmatch(text, one.end, other.start) is not None
        for one, other in pairs
    )


def _alike(one: Found, other: Found) -> bool:
    """True for places that may stand side by side in a list."""
    if "relative" in (one.kind, other.kind) or ("country" in (one.kind, other.kind) and one.kind != other.kind):
        return False
    return one.level == other.level or {one.level, other.level} <= {"county", "zone", "town", "prefecture"}


def _may_hold(outer: Found, inner: Found) -> bool:
    """True where some place of the outer name holds some place of the inner, or nothing is known of the inner."""
    if outer.kind == "relative":
        return inner.level in ("town", "zone")
    inside = candidates(inner.name)
    return not inside or any(contains(a.code, b.code) for a in candidates(outer.name) for b in inside)


def _merged(found: list[Found]) -> list[Found]:
    """A place and the zone right after it as one zone: 合肥 + 高新区."""
    kept: list[Found] = []
    for item in found:
        last = kept[-1] if kept else None
        if (
            last
            and item.kind == "zone"
            and last.end == item.start
            and last.kind in ("name", "short")
            and last.level != "town"
        ):
            kept[-1] = replace(item, start=last.start, name=last.name + item.name)
        elif last and last.start <= item.start < last.end:
            continue
        else:
            kept.append(item)
    return kept


def _coded(text: str, found: list[Found], home: str | None) -> list[PlaceMention]:
    """The mentions with codes: a namesake is decided by the place before it, then by ``home``, then by what came last."""
    mentions: list[PlaceMention] = []
    recent: list[str] = []
    for item in found:
        code = None
        level = item.level
        if item.kind == "country":
            code = countries()[item.name]
        elif item.name in NATION_NAMES:
            code = NATION
        elif item.kind != "relative":
            previous = mentions[-1].code if mentions and mentions[-1].end == item.start else None
            place = _decide(item, previous, home, recent)
            if place:
                code, level = place.code, place.level
                recent = [code, *recent[:4]]
        mentions.append(PlaceMention(item.start, item.end, text[item.start : item.end], code, level, item.kind))
    return mentions


def _decide(item: Found, previous: str | None, home: str | None, recent: list[str]) -> Place | None:
    """The place that a name means after ``previous``, in a report of ``home``, with ``recent`` places before it."""
    places = candidates(item.name)
    if len(places) < 2:
        return places[0] if places else None
    contexts = [previous, home, *recent, *[parent_of(code) for code in recent]]
    for context in contexts:
        if context and context != NATION and (inside := candidates(item.name, context)):
            return best(inside) or None
    return best(places)


def resolve_relative(mention: PlaceMention | str, document_place: str | None) -> str | None:
    """The name of the place that a relative one stands for in a report of ``document_place`` (a name or code).

    全区 in a report of 惠济区 is 惠济区, 全市 is 郑州市, 全省 河南省, 全国 and 我国 are 全国. None where the report's place has
    no such place above it. A mention that is not relative is returned as its own name.
    """
    name = fold(mention if isinstance(mention, str) else mention.name)
    if name in NATION_NAMES:
        return name_of(NATION)
    if len(name) != 2 or name[0] not in "全我本该":
        return name
    if not document_place:
        return None
    if name in ("全辖", "全境", "全域"):
        return document_place
    return _above(name[1], document_place)


_RANK_LEVELS = {
    "省": ("province",),
    "市": ("prefecture", "county", "province"),
    "区": ("county", "zone", "province"),
    "县": ("county",),
    "旗": ("county",),
    "州": ("prefecture",),
    "盟": ("prefecture",),
}


def _above(rank: str, document_place: str) -> str | None:
    """The first of the document's place and those above it whose name ends as ``rank`` says."""
    plain = fold(document_place)
    if plain.endswith(rank):
        return document_place
    code = document_place if document_place in by_code() else locate(plain)
    while code and code != NATION:
        place = by_code()[code]
        if place.level in _RANK_LEVELS.get(rank, ()) and place.name.endswith(rank):
            return place.name
        code = parent_of(code)
    return None


def locate(place: str) -> str | None:
    """The code of a place given as a name or as a chain of names (河南省开封市鼓楼区)."""
    if code := code_of(place):
        return code
    codes = [mention.code for mention in find_places(place) if mention.code]
    return codes[-1] if codes else None

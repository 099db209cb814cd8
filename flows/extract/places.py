"""Recognition of administrative places in running text, and what relative places (全区, 我省) stand for.

What the grammar covers:

- full names of provinces, prefectures and counties (郑州市, 巴林左旗), of any time since 2000; everyday forms (恩施州);
- short names of provinces and prefectures (河南, 郑州), of counties only in lists of places (巴州、恩阳、南江);
- relative places: 全区, 我市, 本县, 该省, 全国, 我国;
- functional zones: 郑州经济技术开发区, 高新区, 郑东新区;
- towns and subdistricts after their parent, at the head of a clause or in a list: 古荥镇, 大河路街道;
- foreign countries.

Roads, institutions and companies that hold a place name are no places, nor is a place that is only a yardstick or
(高于全国, 居全省第3位). Traditional characters are understood; every offset is one of the text as given.

The search itself is in place_scan.py, the contexts in place_words.py, the codes in place_table.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from flows.extract.place_lists import LINK, after_holders, believed, listed_shorts
from flows.extract.place_scan import Found, Kind, countries, scan, unlisted
from flows.extract.place_table import (
    NATION,
    NATION_NAMES,
    Place,
    best,
    by_code,
    candidates,
    code_of,
    contains,
    fold,
    name_of,
    parent_of,
    zone_of,
)
from flows.extract.place_words import COUNTERPART_AFTER, COUNTERPART_BEFORE

__all__ = ["NATION", "PlaceMention", "code_of", "contains", "find_places", "name_of", "parent_of", "resolve_relative"]


Role = Literal["place", "counterpart"]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place in a text: ``text[start:end] == name``, as written.

    ``code`` is that of reference/places.csv (GB/T 2260; ISO 3166 for countries) where the name and its surroundings
    decide it; ``level`` is nation, province, prefecture, county, town, zone or country. A relative place has the level
    of its word (全市: prefecture, though the city may be a county-level one) and no code (see ``resolve_relative``),
    except 全国, and 该区 where it points back to a district that the text has just named.
    ``role`` is counterpart where cases come from or goods go to (来自美国3例, 有武汉居住史): not the place that is
    reported on.
    """

    start: int
    end: int
    name: str
    code: str | None
    level: str
    kind: Kind
    role: Role = "place"


def find_places(text: str, start: int = 0, end: int | None = None, within: str | None = None) -> list[PlaceMention]:
    """The places that ``text[start:end]`` names, in order, none over another.

    ``within`` is the code or name of the place that the document is about: it decides between namesakes and lets the
    short names of its own districts count. Linear in the length of the text; never raises.
    """
    stop = len(text) if end is None else min(end, len(text))
    start = max(0, start)
    plain = fold(text)
    home = within if within is None or within in by_code() else code_of(within)
    home = None if home == NATION else home
    found = list(scan(plain, start, stop))
    taken = {item.end: item for item in found}
    found += unlisted(plain, start, stop, taken)
    found += list(after_holders(plain, found))
    found += (item for item in listed_shorts(plain, start, stop, home) if item.end not in taken)
    return _coded(text, plain, _merged(believed(plain, _without_overlap(found), home)), home)


def _without_overlap(found: list[Found]) -> list[Found]:
    """Left to right, the longer one where two overlap, a sure one rather than a weak one."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda each: (each.start, -each.end)):
        if kept and kept[-1].weak and not item.weak and item.start < kept[-1].end:
            kept.pop()
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


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
        else:
            kept.append(item)
    return kept


def _coded(text: str, plain: str, found: list[Found], home: str | None) -> list[PlaceMention]:
    """The mentions with codes and roles, in order; those before decide."""
    mentions: list[PlaceMention] = []
    recent: list[str] = []
    for item in found:
        last = mentions[-1] if mentions else None
        code, level = None, item.level
        if item.kind == "country":
            code = countries()[item.name]
        elif item.name in NATION_NAMES:
            code = NATION
        elif item.kind == "relative":
            code = _antecedent(item, mentions, home)
        else:
            if last and last.end == item.start and last.code and (former := _former(last, item)):
                last = mentions[-1] = replace(last, code=former)
            place = _decide(item, last.code if last and last.end == item.start else None, home, recent)
            if place:
                code, level = place.code, place.level
                recent = [code, *recent[:4]]
        role = _role(plain, item, last)
        mentions.append(PlaceMention(item.start, item.end, text[item.start : item.end], code, level, item.kind, role))
    return mentions


def _antecedent(item: Found, mentions: list[PlaceMention], home: str | None) -> str | None:
    """The code of the place that 该区, 该市 points back to: the last one named before, if it is of that rank; likewise
    全县 in the report of a city, which is no county itself."""
    last = mentions[-1] if mentions else None
    beside = last is not None and last.end == item.start and last.kind in ("name", "short")
    if beside and last is not None and last.code and last.level == item.level and item.name[0] == "全":
        return last.code  # 四川全省
    named = [mention for mention in mentions[-8:] if mention.kind == "name" and mention.role == "place"]
    if not named or fold(named[-1].name)[-1] != item.name[-1]:
        return None
    code = named[-1].code
    above = home is not None and code is not None and code != home and contains(home, code)
    return code if item.name[0] == "该" or (above and item.name[-1] in "县区旗") else None


def _former(last: PlaceMention, item: Found) -> str | None:
    """The code by which the place before holds this one, where its present code does not (巢湖市无为县)."""
    inside = candidates(item.name)
    if not inside or last.code is None or any(contains(last.code, place.code) for place in inside):
        return None
    holders = (outer.code for outer in candidates(fold(last.name)))
    return next((code for code in holders if any(contains(code, place.code) for place in inside)), None)


def _role(plain: str, item: Found, last: PlaceMention | None) -> Role:
    """Whether the place is what is reported on, or where cases come from, goods go to, help is sent."""
    if item.kind == "relative":
        return "place"
    if last and last.role == "counterpart" and LINK.fullmatch(plain, last.end, item.start):
        return "counterpart"
    if last and last.end == item.start:
        return last.role
    before = COUNTERPART_BEFORE.search(plain, max(0, item.start - 8), item.start)
    return "counterpart" if before or COUNTERPART_AFTER.match(plain, item.end, item.end + 12) else "place"


def _decide(item: Found, previous: str | None, home: str | None, recent: list[str]) -> Place | None:
    """The place that a name means: inside ``previous`` (right before it), else of a province if it is a short name,
    else inside ``home``, else near one of the ``recent`` places, else the only one or the highest."""
    places = candidates(item.name)
    if not places and item.kind == "zone":
        return _zone_place(item.name, previous or home or next(iter(recent), None))
    if len(places) < 2:
        return places[0] if places else None
    if previous and (inside := candidates(item.name, previous)):
        return best(inside)
    if item.kind == "short" and places[0].level == "province":
        return places[0]
    for context in (home, *recent, *map(parent_of, recent)):
        if context and context != NATION and (inside := candidates(item.name, context)):
            return best(inside)
    return best(places)


def _zone_place(name: str, near: str | None) -> Place | None:
    """The zone of a name that has its place in front (南京江北新区) or is an everyday one (高新区)."""
    for cut in range(2, len(name) - 3):
        if (holder := code_of(name[:cut])) and (inside := candidates(name[cut:], holder)):
            return best(inside)
    return zone_of(name, near)


def resolve_relative(mention: PlaceMention | str, document_place: str | None) -> str | None:
    """The name of the place that a relative one stands for in a report of ``document_place`` (a name or code).

    全区 in a report of 惠济区 is 惠济区, 全市 is 郑州市, 全省 河南省, 全国 and 我国 are 全国. None where no such
    place is at or above that of the report. A mention that is not relative is returned as its own name.
    """
    if isinstance(mention, PlaceMention) and mention.kind == "relative" and mention.code:
        same = document_place is not None and mention.code in (document_place, code_of(document_place))
        return document_place if same else name_of(mention.code)
    name = fold(mention if isinstance(mention, str) else mention.name)
    if name in NATION_NAMES:
        return name_of(NATION)
    if (len(name) != 2 and name != "全地区") or name[0] not in "全我本该":
        return name
    if not document_place:
        return None
    if name in ("全辖", "全境", "全域"):
        return document_place
    return _above(name[1:], document_place)


_RANK_LEVELS: Final = {
    "省": ("province",),
    "市": ("prefecture", "county", "province"),
    "区": ("county", "zone", "province"),
    "县": ("county",),
    "旗": ("county",),
    "州": ("prefecture",),
    "盟": ("prefecture",),
    "地区": ("prefecture",),
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


@lru_cache(maxsize=4096)
def locate(place: str) -> str | None:
    """The code of a place given as a name or as a chain of names (河南省开封市鼓楼区)."""
    if code := code_of(place):
        return code
    codes = [mention.code for mention in find_places(place) if mention.code]
    return codes[-1] if codes else None

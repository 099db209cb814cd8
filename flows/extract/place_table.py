"""The table of places: codes, names, levels, parents and validity, and the questions that it answers.

Source: reference/places.csv (GB/T 2260 revisions from 1980 to 2025, and functional zones; see
reference/places_build.py). All days are ISO strings; validity is kept in months. The nation has code 100000.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from flows.extract.reference import REFERENCE

NATION: Final = "100000"
NATION_NAMES: Final = ("全国", "中国", "我国", "中华人民共和国")
RANK: Final = {"nation": 0, "province": 1, "prefecture": 2, "county": 3, "zone": 4}


@cache
def folding() -> tuple[re.Pattern[str], dict[int, str]]:
    """What finds a traditional character, and the map to simplified ones, one to one."""
    with (REFERENCE / "traditional.csv").open(encoding="utf-8", newline="") as handle:
        table = {row["traditional"]: row["simplified"] for row in csv.DictReader(handle)}
    return re.compile(f"[{''.join(table)}]"), str.maketrans(table)


def fold(text: str) -> str:
    """The text with traditional characters of place names simplified; the same length."""
    pattern, table = folding()
    return text.translate(table) if pattern.search(text) else text


@dataclass(frozen=True, slots=True)
class Place:
    """A row of reference/places.csv: a code with one of its names and the months it was in force."""

    code: str
    name: str
    short: str
    level: str
    parent: str
    valid_from: str
    valid_to: str

    def valid(self, month: str) -> bool:
        """True where the name was in force in ``month`` (``2021-11``)."""
        return self.valid_from <= month and (not self.valid_to or month < self.valid_to)


@cache
def rows() -> tuple[Place, ...]:
    """The whole table, read once."""
    with (REFERENCE / "places.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(Place(**row) for row in csv.DictReader(handle))


@cache
def by_code() -> dict[str, Place]:
    """Each code with its present name, or with its last one."""
    newest: dict[str, Place] = {}
    for place in rows():
        old = newest.get(place.code)
        if old is None or (place.valid_to or "9") >= (old.valid_to or "9"):
            newest[place.code] = place
    return newest


@cache
def by_name() -> dict[str, tuple[Place, ...]]:
    """Every spelling of a place (full name, short name, everyday forms) with the rows it may mean."""
    found: dict[str, list[Place]] = {name: [by_code()[NATION]] for name in NATION_NAMES}
    for place in rows():
        if place.code != NATION:
            for name in (place.name, *everyday_names(place)):
                found.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def everyday_names(place: Place) -> Iterable[str]:
    """The forms besides the full name: 恩施, 恩施州; 景宁, 景宁县; 内蒙古; 管城, 管城区."""
    if not place.short:
        return
    yield place.short
    for suffix in ("州", "县", "旗", "区"):
        if place.name.endswith(suffix) and place.level != "province":
            everyday = place.short if place.short.endswith(suffix) else place.short + suffix
            if everyday != place.name:
                yield everyday


def parent_of(code: str | None) -> str | None:
    """The code one level up; None for the nation and for what the table does not have."""
    place = by_code().get(code or "")
    return place.parent or None if place else None


def contains(outer: str, inner: str) -> bool:
    """True where the place ``outer`` is or holds the place ``inner`` (both codes)."""
    step: str | None = inner
    while step:
        if step == outer:
            return True
        step = parent_of(step)
    return False


def name_of(code: str) -> str | None:
    """The present (else the last) name of a code."""
    place = by_code().get(code)
    return place.name if place else None


def candidates(name: str, within: str | None = None, on: str | None = None) -> tuple[Place, ...]:
    """The places that ``name`` may mean, best first: those within ``within``, in force on ``on`` (else today), of
    higher rank, and of a full rather than a short name."""
    places = by_name().get(name, ())
    if within:
        places = tuple(place for place in places if contains(within, place.code))
    if len(places) < 2:
        return places
    month = on[:7] if on else "9"
    return tuple(sorted(places, key=lambda p: (not p.valid(month), RANK[p.level], p.name != name, _distance(p, month))))


def _distance(place: Place, month: str) -> str:
    """Sorts places out of force: the one that ended last, or began first, comes first."""
    if month >= place.valid_from:
        return "".join(chr(0x100 - ord(char)) for char in place.valid_to)
    return place.valid_from


def best(places: tuple[Place, ...], on: str | None = None) -> Place | None:
    """The one place that sorted candidates mean, or None where two are equally likely (鼓楼区 of four cities)."""
    if not places:
        return None
    first, month = places[0], on[:7] if on else "9"
    rivals = (p for p in places[1:] if p.parent != first.parent and p.valid(month) == first.valid(month))
    if first.valid(month) and any(rival.level == first.level for rival in rivals):
        return None
    return first


def code_of(name: str, within: str | None = None, on: str | None = None) -> str | None:
    """The code of a place by its name, in simplified or traditional characters.

    ``within`` is the code or the name of a place that holds it, ``on`` the day it is spoken of (default: today). A
    name that was not in force on that day still has the code of the nearest day it was. None where nothing has that
    name, or where several places of one rank have it and ``within`` does not decide.
    """
    holder = within if within is None or within in by_code() else code_of(within)
    place = best(candidates(fold(name), holder, on), on)
    return place.code if place else None


# How the everyday names of zones stand for the kinds in their full names.
ZONE_KINDS: Final = {
    "经开区": ("经济技术开发区", "经济开发区"),
    "高新区": ("高新技术产业开发区", "高新技术开发区"),
    "航空港区": ("航空港",),
    "航空港实验区": ("航空港",),
    "城乡一体化示范区": ("一体化示范区",),
}


def zone_of(name: str, near: str | None) -> Place | None:
    """The zone that an everyday name (经开区, 合肥高新区) means near a place (a code), where the table has just one."""
    for everyday, kinds in ZONE_KINDS.items():
        if name.endswith((everyday, *kinds)):
            prefix = name.removesuffix(everyday)
            holder = code_of(prefix) if prefix and prefix != name else near
            prefecture = holder[:4] + "00" if holder else None
            zones = [zone for zone in _zones(prefecture) if any(kind in zone.name for kind in kinds)]
            return zones[0] if len(zones) == 1 else None
    return None


@cache
def _zones(prefecture: str | None) -> tuple[Place, ...]:
    return tuple(place for place in rows() if place.level == "zone" and place.parent == prefecture)

"""The search for place names in simplified text: which stretches may be places, and how sure that is.

One regular expression finds the first two characters of any name; a dictionary knows the lengths to try; the words
before and after decide. A second pass looks at the characters that end the names of places which no table has.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from flows.extract import place_words as words
from flows.extract.place_table import REFERENCE, everyday_names, rows

Kind = Literal["name", "short", "relative", "zone", "country"]


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate: its folded name, its kind, and whether it needs company to be believed."""

    start: int
    end: int
    name: str
    kind: Kind
    level: str
    weak: bool = False


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


@cache
def countries() -> dict[str, str]:
    with (REFERENCE / "countries.csv").open(encoding="utf-8", newline="") as handle:
        return {row["name"]: row["code"] for row in csv.DictReader(handle)}


@cache
def lexicon() -> dict[str, tuple[Kind, str]]:
    """Every word that may be a place wherever it stands: its kind and level."""
    lexicon: dict[str, tuple[Kind, str]] = dict.fromkeys(countries(), ("country", "country"))
    for place in reversed(rows()):
        if place.level in ("province", "prefecture") and place.short:
            lexicon.setdefault(place.short, ("short", place.level))
    for place in rows():
        for name in everyday_names(place):
            if name != place.short:
                lexicon.setdefault(name, ("name", place.level))
    for place in rows():
        lexicon[place.name] = ("zone" if place.level == "zone" else "name", place.level)
    for zone in (*words.BARE_ZONES, *words.GENERIC_ZONES):
        lexicon.setdefault(zone, ("zone", "zone"))
    levels = dict(zip(words.RANKS, ("nation", "province", *["prefecture"] * 1, "county", "county"), strict=False))
    for word in words.RELATIVE:
        level = levels.get(word[-1], {"州": "prefecture", "盟": "prefecture", "旗": "county"}.get(word[-1], "town"))
        lexicon[word] = ("relative", level)
    lexicon["中国"] = ("name", "nation")
    return lexicon


@cache
def _index() -> tuple[re.Pattern[str], dict[str, tuple[int, ...]]]:
    """The pattern of the first two characters of all words, and for each such pair the lengths to try, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in lexicon():
        lengths.setdefault(word[:2], set()).add(len(word))
    heads = "".join(sorted({pair[0] for pair in lengths}))
    seconds = "".join(sorted({pair[1] for pair in lengths}))
    ordered = {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}
    return re.compile(f"[{heads}](?=[{seconds}])"), ordered


def _is_han(char: str) -> bool:
    return "一" <= char <= "鿿"


def _relative(text: str, start: int, end: int) -> bool:
    """True where a determiner and a rank are words of their own and name the place of what is reported."""
    if text[start - 1 : start] in words.RELATIVE_LEFT.get(text[start], "") and start:
        return False
    after = text[end : end + 12]
    if after[:1] and after[0] in words.RELATIVE_RIGHT.get(text[end - 1], ""):
        return False
    if words.TITLE_AFTER.match(after) and text[start] == "全":
        return False
    return not is_yardstick(text, start, end)


def is_yardstick(text: str, start: int, end: int) -> bool:
    """True where a place only measures another one: 高于全国平均水平, 居全省第3位, 占全国的3%."""
    return bool(
        words.YARDSTICK_BEFORE.search(text, max(0, start - 4), start)
        and words.YARDSTICK_AFTER.match(text, end, end + 14)
    )


def _name(text: str, start: int, end: int, level: str) -> bool | None:
    """None where a full name is part of something else, else whether it is weak."""
    name, after = text[start:end], text[end : end + 1]
    if after and after in words.SUFFIX_RIGHT.get(name[-1], ""):
        return None
    if words.INSTITUTION.match(text, end):
        return None
    common = name in words.COMMON_FULL or (len(name) == 2 and level == "county")
    return common


def _short(text: str, start: int, end: int) -> bool | None:
    """None where a short name is part of something else, else whether it is weak."""
    name = text[start:end]
    if start and text[start - 1] in words.SHORT_LEFT.get(name, ""):
        return None
    if (
        words.SHORT_RIGHT.match(text, end)
        or words.INSTITUTION.match(text, end)
        or words.INSTITUTION_SHORT.match(text, end)
    ):
        return None
    return name in words.AMBIGUOUS_SHORT


def _country(text: str, start: int, end: int) -> bool | None:
    """None where a country's name is part of something else, else whether it is weak."""
    name = text[start:end]
    if start and text[start - 1] in words.COUNTRY_LEFT.get(name, ""):
        return None
    if text[end : end + 1] and text[end] in words.COUNTRY_RIGHT.get(name, ""):
        return None
    if words.INSTITUTION.match(text, end):
        return None
    return name in words.COUNTRY_WORDS


def _zone(text: str, start: int, end: int, level: str) -> bool | None:
    """None where a zone is only a kind of zone (3个国家级高新区), else whether it is weak."""
    name = text[start:end]
    if words.ZONE_RIGHT.match(text, end):
        return None
    if name in words.BARE_ZONES or name in words.GENERIC_ZONES:
        if words.ZONE_LEFT.search(text, max(0, start - 6), start):
            return None
        return name in words.GENERIC_ZONES
    return False


def judge(text: str, start: int, end: int) -> Found | None:
    """The word ``text[start:end]`` of the lexicon as a candidate, or None where its surroundings make it something else."""
    name = text[start:end]
    kind, level = lexicon()[name]
    weak: bool | None
    if name == "中国":
        weak = None if words.CHINA_RIGHT.match(text, end) or text[start - 1 : start] == "新" else False
    elif kind == "relative":
        weak = False if _relative(text, start, end) else None
    elif kind == "name":
        weak = _name(text, start, end, level)
    elif kind == "short":
        weak = _short(text, start, end)
    elif kind == "country":
        weak = _country(text, start, end)
    else:
        weak = _zone(text, start, end, level)
    return None if weak is None else Found(start, end, name, kind, level, weak)


def scan(text: str, start: int, end: int) -> Iterator[Found]:
    """All candidates of the lexicon, from left to right, the longest first, none over another."""
    pattern, lengths = _index()
    known = lexicon()
    done = start
    for match in pattern.finditer(text, start, end):
        at = match.start()
        if at < done:
            continue
        for length in lengths.get(text[at : at + 2], ()):
            stop = at + length
            if stop <= end and text[at:stop] in known:
                found = judge(text, at, stop)
                if found:
                    done = stop
                    yield found
                    break
                done = max(done, at + 1)


ENDING = re.compile(r"街道(?:办事处|办)?|[镇乡区县市]")
ZONE_SUFFIX = re.compile(rf"(?:{words.ZONE_KINDS})$")


def unlisted(text: str, start: int, end: int, taken: dict[int, Found]) -> Iterator[Found]:
    """Places that no table has, by their last character: towns, subdistricts, zones, new districts.

    ``taken`` has the candidates of ``scan`` by their end. A stem of two to four characters counts where a place ends
    right before it, or where it stands at the head of a clause; no character of it may be a function word.
    """
    covered = start
    inside = sorted((found.start, found.end) for found in taken.values())
    cursor = 0
    for match in ENDING.finditer(text, start, end):
        suffix, stop = match.start(), match.end()
        while cursor < len(inside) and inside[cursor][1] <= suffix:
            covered, cursor = inside[cursor][1], cursor + 1
        if cursor < len(inside) and inside[cursor][0] < stop:
            continue
        found = _unlisted_at(text, covered, suffix, stop, taken)
        if found:
            yield found


def _unlisted_at(text: str, floor: int, suffix: int, stop: int, taken: dict[int, Found]) -> Found | None:
    """The unlisted place whose suffix is ``text[suffix:stop]``, if there is one not starting before ``floor``."""
    kind = text[suffix:stop]
    if kind == "区" and (zone := ZONE_SUFFIX.search(text, max(floor, stop - 12), stop)):
        return _zone_at(text, floor, zone.start(), stop, taken)
    for size in (2, 3, 4, 1):
        begin = suffix - size
        if begin < floor:
            continue
        parent = taken.get(begin)
        heads = not begin or not _is_han(text[begin - 1])
        if (parent is None and not heads) or (size == 1 and (parent is None or kind in "区县市")):
            continue
        stem = text[begin:suffix]
        if not all(map(_is_han, stem)) or words.STEM_STOP.search(stem):
            continue
        if words.SUFFIX_RIGHT.get(kind, "") and text[stop : stop + 1] and text[stop] in words.SUFFIX_RIGHT[kind]:
            return None
        level = {"区": "county", "县": "county", "市": "prefecture"}.get(kind, "town")
        return Found(begin, stop, text[begin:stop], "name", level, weak=parent is None)
    return None


def _zone_at(text: str, floor: int, begin: int, stop: int, taken: dict[int, Found]) -> Found | None:
    """A zone with its stem or the place it belongs to: 合肥高新区, 东部新区."""
    for size in (0, 2, 3, 4):
        at = begin - size
        if at < floor and at not in taken:
            return None
        parent = taken.get(at)
        heads = size > 1 and (not at or not _is_han(text[at - 1]))
        if (parent is not None and parent.kind in ("name", "short")) or heads:
            stem = text[at:begin]
            if (
                words.STEM_STOP.search(stem)
                or (words.ZONE_LEFT.search(text, max(0, begin - 6), begin)
                and parent is None)
            ):
                return None
            first = parent.start if parent is not None and parent.kind == "short" else at
            return Found(first, stop, text[first:stop], "zone", "zone", weak=parent is None and size > 3)
    return None

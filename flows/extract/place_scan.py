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
from typing import Final, Literal

from flows.extract import place_words as words
from flows.extract.place_table import everyday_names, rows
from flows.extract.reference import REFERENCE

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
    for zone in sorted(words.BARE_ZONES | words.GENERIC_ZONES):
        lexicon.setdefault(zone, ("zone", "zone"))
    levels = dict(zip(words.RANKS, ("nation", "province", *["prefecture"] * 1, "county", "county"), strict=False))
    for word in sorted(words.RELATIVE):
        level = levels.get(word[-1], {"州": "prefecture", "盟": "prefecture", "旗": "county"}.get(word[-1], "town"))
        level = "prefecture" if word.endswith("地区") else level
        lexicon[word] = ("relative", level)
    lexicon["中国"] = ("name", "nation")
    return lexicon


@cache
def _index() -> tuple[re.Pattern[str], dict[str, tuple[int, ...]]]:
    """The pattern of the first two characters of all words, and the lengths to try for each pair, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in lexicon():
        lengths.setdefault(word[:2], set()).add(len(word))
    heads = "".join(sorted({pair[0] for pair in lengths}))
    seconds = "".join(sorted({pair[1] for pair in lengths}))
    ordered = {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}
    return re.compile(f"[{heads}](?=[{seconds}])"), ordered


def is_han(char: str) -> bool:
    """True for a Chinese character of the basic block."""
    return "一" <= char <= "鿿"


@cache
def _word_rules() -> tuple[frozenset[str], dict[str, str], dict[str, str]]:
    """Of reference/place_words.csv: the words that need company, and the characters not before and not after a word."""
    company: set[str] = set()
    left: dict[str, str] = {}
    right: dict[str, str] = {}
    with (REFERENCE / "place_words.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["rule"] == "ordinary":
                continue
            if row["rule"] == "company":
                company.add(row["word"])
            else:
                (left if row["rule"] == "not_after" else right)[row["word"]] = row["characters"]
    return frozenset(company), left, right


@cache
def ordinary_words() -> frozenset[str]:
    """Of reference/place_words.csv: short names of counties that are ordinary words too (新兴, 南部)."""
    with (REFERENCE / "place_words.csv").open(encoding="utf-8", newline="") as handle:
        return frozenset(row["word"] for row in csv.DictReader(handle) if row["rule"] == "ordinary")


def _other_word(text: str, start: int, end: int) -> bool:
    """True where a neighbouring character makes another word of the name: 混合肥料, 日照时数, 郑州市场."""
    _, left, right = _word_rules()
    name, before, after = text[start:end], text[start - 1 : start] if start else "", text[end : end + 1]
    if name[-1] == "县" and text.startswith("市区", end):
        return True  # 南部县市区: the counties, cities and districts of the south
    return bool(
        (before and before in left.get(name, "") + left.get(name[:-1], ""))
        or (after and (after in right.get(name, "") or after in words.SUFFIX_RIGHT.get(name[-1], "")))
    )


def _is_relative(text: str, start: int, end: int) -> bool:
    """True where a determiner and a rank are words of their own and name the place of what is reported."""
    if start and text[start - 1] in words.RELATIVE_LEFT.get(text[start], ""):
        return False
    if text[start] != "全":
        return True
    before = max(0, start - 4)
    return not (
        words.TITLE_AFTER.match(text, end)
        or words.TITLE_BEFORE.search(text, before, start)
        or words.YARDSTICK.search(text, before, start)
        or words.YARDSTICK_BEFORE.search(text, max(0, start - words.YARDSTICK_SPAN), start)
    )


def _is_zone(text: str, start: int, end: int) -> bool:
    """False where a zone is only a kind of zone: 3个国家级高新区, 开发区建设."""
    bare = text[start:end] in words.BARE_ZONES or text[start:end] in words.GENERIC_ZONES
    return not (words.ZONE_RIGHT.match(text, end) or (bare and words.ZONE_LEFT.search(text, max(0, start - 6), start)))


def _is_place(text: str, start: int, end: int, kind: Kind) -> bool:
    """False where what stands around a name makes it a road, an institution, a company, a yardstick or another word."""
    if kind == "relative":
        return _is_relative(text, start, end)
    if kind == "zone":
        return _is_zone(text, start, end)
    if words.INSTITUTION.match(text, end) or words.NAMED_YARDSTICK.search(text, max(0, start - 4), start):
        return False
    if kind == "short":
        return not (words.SHORT_RIGHT.match(text, end) or words.INSTITUTION_SHORT.match(text, end))
    return text[start:end] != "中国" or not words.CHINA_RIGHT.match(text, end)


def judge(text: str, start: int, end: int) -> Found | None:
    """The word ``text[start:end]`` of the lexicon as a candidate; None where its neighbours make it another word."""
    name = text[start:end]
    kind, level = lexicon()[name]
    if _other_word(text, start, end) or not _is_place(text, start, end, kind):
        return None
    one_character = kind == "name" and level == "county" and len(name) == 2
    weak = one_character or name in words.GENERIC_ZONES or name in _word_rules()[0]
    return Found(start, end, name, kind, level, weak)


def scan(text: str, start: int, end: int) -> Iterator[Found]:
    """All candidates of the lexicon, from left to right, the longest first, none over another."""
    pattern, lengths = _index()
    known = lexicon()
    done = start
    heads = map(re.Match.start, pattern.finditer(text, start, end))
    for at in (head for head in heads if text[head : head + 2] in lengths):
        if at < done:
            continue
        for length in lengths[text[at : at + 2]]:
            stop = at + length
            if stop <= end and text[at:stop] in known:
                found = judge(text, at, stop)
                if found:
                    done = stop
                    yield found
                    break


ENDING: Final = re.compile(r"街道(?:办事处|办(?![结理事案件]))?|[镇乡区县市]")
_ANY_ZONES: Final = words.GENERIC_ZONES | words.BARE_ZONES
ZONE_SUFFIX: Final = re.compile(rf"(?:{words.ZONE_KINDS})$")


def opens_clause(text: str, at: int) -> bool:
    """Whether a name at ``at`` stands at the head of its clause, or behind 其中."""
    return not at or not is_han(text[at - 1]) or text.endswith("其中", 0, at)


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
        zone = taken.get(stop)  # 示范区 of 济源示范区
        generic = zone is not None and zone.name in _ANY_ZONES and zone.start not in taken
        if cursor < len(inside) and inside[cursor][0] < stop and not generic:
            continue
        found = _unlisted_at(text, covered, suffix, stop, taken)
        if found:
            yield found


def _unlisted_at(text: str, floor: int, suffix: int, stop: int, taken: dict[int, Found]) -> Found | None:
    """The unlisted place whose suffix is ``text[suffix:stop]``, if there is one not starting before ``floor``."""
    kind = text[suffix:stop]
    if kind == "区" and (zone := ZONE_SUFFIX.search(text, max(floor, stop - 12), stop)):
        return _zone_at(text, floor, zone.start(), stop, taken)
    if text[stop : stop + 1] and text[stop] in words.SUFFIX_RIGHT.get(kind, ""):
        return None
    area = kind in "区县市"
    if suffix and text[suffix - 1] in (words.AREA_STEM_END if area else words.TOWN_STEM_END):
        return None
    for size in (2, 3, 4, 1) if not area else (2, 3, 4):
        begin = suffix - size
        if begin < floor:
            break
        parent = taken.get(begin)
        if parent is not None and (parent.kind == "country" or parent.level in ("nation", "province")):
            return None
        opens = opens_clause(text, begin) or text[begin - 1] in "和及在与含"
        at_head = size > 1 and not area and opens
        stem = text[begin:suffix]
        if (parent or at_head) and all(map(is_han, stem)) and not words.STEM_STOP.search(stem):
            level = {"区": "county", "县": "county", "市": "prefecture"}.get(kind, "town")
            return Found(begin, stop, text[begin:stop], "name", level, weak=parent is None)
    return None


def _zone_at(text: str, floor: int, begin: int, stop: int, taken: dict[int, Found]) -> Found | None:
    """A zone with its stem or the place it belongs to: 合肥高新区, 东部新区."""
    for size in (0, 2, 3, 4):
        at = begin - size
        if at < floor:
            return None
        parent, stem = taken.get(at), text[at:begin]
        follows = parent is not None and parent.kind in ("name", "short")
        at_head = size > 1 and (not at or not is_han(text[at - 1]))
        if not follows and not at_head:
            continue
        if not all(map(is_han, stem)) or words.STEM_STOP.search(stem) or words.ZONE_STEM_STOP.search(stem):
            return None
        if not follows and words.ZONE_LEFT.search(text, max(0, begin - 6), begin):
            return None
        first = parent.start if parent is not None and follows else at
        return Found(first, stop, text[first:stop], "zone", "zone", weak=not follows and size > 3)
    return None

"""What the company of other places tells: short names of counties in lists, and weak candidates that lists support.

A list is a run of names set apart by 、 (巴州、恩阳、南江) or by short figures (郑州3例、信阳5例). Names that are
ordinary words elsewhere (日照, 城区, 朝阳) count in such a run, after their parent, or inside the place of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from flows.extract.place_scan import Found, is_han, opens_clause, ordinary_words
from flows.extract.place_table import Place, by_name, candidates, contains, rows

# Between two places of one list: 、 or a short figure and a comma (郑州3例、信阳5例，).
LINK: Final = re.compile(
    r"[（(]?(?:其中)?[为各有增新报告：:]{0,3}"
    r"[\d.,]{0,9}[万亿多余]?[例人个名家件户起宗项所吨元处台辆条次套座栋亩批对村场棵只艘笔张份篇%％]{0,3}(?:（[^（）]{1,12}）)?"
    r"[、，,；;和及与\s]{1,2}(?:其中)?(?:[省市区县]内)?"
)
_IN_BRACKET: Final = ("（含", "（其中", "（包括", "(含", "(其中", "(包括")
_NEAR: Final = 12  # places back that may hold a county with a number of its own
REACH: Final = 40  # characters between two places that may still belong to one list
MIDDLE: Final = re.compile(r"、[一-鿿]{2,4}(?=、)")
Stretch = tuple[int, int]


def listed_shorts(text: str, start: int, end: int, home: str | None) -> Iterator[Found]:
    """Short names of counties in lists, and those of the counties of ``home`` as weak candidates."""
    done = start
    for match in MIDDLE.finditer(text, start, end):
        if match.start() >= done and counties(match[0][1:]):
            pieces = _pieces(text, match.start(), start, end)
            done = pieces[-1][1]
            yield from _shorts_of_list(text, pieces)
    if home and (pattern := _home_pattern(home)):
        for match in pattern.finditer(text, start, end):
            yield Found(match.start(), match.end(), match[0], "short", "county", weak=True)


def after_holders(text: str, found: list[Found]) -> Iterator[Found]:
    """County short names straight after the province or city that holds them (江苏盱眙90多万亩), where what follows
    shows that the name ends there; not those that are ordinary words (广东新兴, 四川南部)."""
    for item in found:
        if item.kind not in ("short", "name") or item.level not in ("province", "prefecture"):
            continue
        for size in (3, 2):
            name = text[item.end : item.end + size]
            if name in ordinary_words() or not _ENDS_NAME.match(text, item.end + size):
                continue
            if any(contains(outer.code, inner.code) for outer in candidates(item.name) for inner in counties(name)):
                yield Found(item.end, item.end + size, name, "short", "county")
                break


_ENDS_NAME: Final = re.compile(r"[\d，、的某这]|(?:有|约|近|超|一[位名家处])")


@lru_cache(maxsize=64)
def _home_pattern(home: str) -> re.Pattern[str] | None:
    """The short names of the counties of a place, or None where it has none."""
    names = {row.short for row in rows() if row.level == "county" and row.short and contains(home, row.code)}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None


def counties(name: str) -> list[Place]:
    """The counties and districts that have this short name."""
    return [place for place in by_name().get(name, ()) if place.level == "county" and place.short == name]


def _pieces(text: str, mark: int, start: int, end: int) -> list[Stretch]:
    """The stretches of the list around the 、 at ``mark``: Han characters between marks, at most twelve at the ends."""
    first = mark
    while first > start and mark - first < 12 and is_han(text[first - 1]):
        first -= 1
    pieces, at = [(first, mark)], mark
    while at < end and text[at] == "、":
        stop = at + 1
        while stop < end and stop - at <= 12 and is_han(text[stop]):
            stop += 1
        pieces.append((at + 1, stop))
        at = stop
    return pieces


def _shorts_of_list(text: str, pieces: list[Stretch]) -> Iterator[Found]:
    """The county short names among the pieces of one list, where two thirds of the middle ones lie in one place."""
    middle = [piece for piece in pieces[1:-1] if piece[1] > piece[0]]
    votes: dict[str, int] = {}
    for begin, end in middle:
        places = counties(text[begin:end])
        for holder in {holder for place in places for holder in (place.parent, place.code[:2] + "0000")}:
            votes[holder] = votes.get(holder, 0) + 1
    if not votes:
        return
    most = max((count, not code.endswith("0000")) for code, count in votes.items())
    if 3 * most[0] < 2 * len(middle):
        return
    # A county of that name may have lain in several places: the one that most of the list lies in.
    holders = sorted(code for code, count in votes.items() if (count, not code.endswith("0000")) == most)
    stretches = list(_stretches(pieces))
    good = max(([span for span in stretches if _is_in(text[span[0] : span[1]], holder)] for holder in holders), key=len)
    if len(good) >= 3:
        yield from (Found(begin, end, text[begin:end], "short", "county") for begin, end in good)


def _stretches(pieces: list[Stretch]) -> Iterator[Stretch]:
    """What may be a name in a list: the middle pieces, the end of the first and the beginning of the last."""
    first, last = pieces[0], pieces[-1]
    yield from pieces[1:-1]
    yield from ((first[1] - size, first[1]) for size in (4, 3, 2) if first[1] - size >= first[0])
    yield from ((last[0], last[0] + size) for size in (4, 3, 2) if last[0] + size <= last[1])


def _is_in(name: str, holder: str) -> bool:
    return any(contains(holder, place.code) for place in counties(name))


def believed(text: str, found: list[Found], home: str | None) -> list[Found]:
    """The candidates without the weak ones that nothing supports."""
    return [item for index, item in enumerate(found) if not item.weak or _supported(text, found, index, home)]


def _supported(text: str, found: list[Found], index: int, home: str | None) -> bool:
    """True where a weak candidate follows its parent, stands in a list of places, or is a district of ``home``."""
    item = found[index]
    before = found[index - 1] if index else None
    after = found[index + 1] if index + 1 < len(found) else None
    if before is not None and before.end == item.start and before.kind in ("name", "short", "relative"):
        return _may_hold(before, item)
    inside = text.endswith(_IN_BRACKET, 0, item.start)
    if inside and before is not None and before.kind in ("name", "short") and item.kind == "name":
        return _may_hold(before, item)  # 安阳市29例（含滑县1例）
    if home and opens_clause(text, item.start) and item.kind == "name":
        return item.level == "town" or any(contains(home, place.code) for place in candidates(item.name))
    if _linked(text, before, item) or _linked(text, item, after):
        return True
    counted = item.kind == "name" and text[item.end : item.end + 1].isdigit() and opens_clause(text, item.start)
    return counted and any(_holds(outer, item) for outer in found[max(0, index - _NEAR) : index])


def _holds(outer: Found, inner: Found) -> bool:
    """定西市岷县53人…；漳县1人: whether a full name told shortly before holds a place of the inner name."""
    full = outer.kind == "name" and not outer.weak and outer.level in ("province", "prefecture")
    return full and any(contains(a.code, b.code) for a in candidates(outer.name) for b in candidates(inner.name))


def _linked(text: str, one: Found | None, other: Found | None) -> bool:
    """True for two places of one list."""
    if one is None or other is None or other.start - one.end > REACH or not _alike(one, other):
        return False
    return LINK.fullmatch(text, one.end, other.start) is not None


def _alike(one: Found, other: Found) -> bool:
    """True for places that may stand side by side in a list."""
    if "relative" in (one.kind, other.kind) or ("country" in (one.kind, other.kind) and one.kind != other.kind):
        return False
    return one.level == other.level or {one.level, other.level} <= {"county", "zone", "town", "prefecture"}


def _may_hold(outer: Found, inner: Found) -> bool:
    """True where some place of the outer name holds some place of the inner, or nothing is known of the inner."""
    if inner.kind == "country":
        return False
    if outer.kind == "relative":
        return inner.level in ("town", "zone")
    inside = candidates(inner.name)
    return not inside or any(contains(a.code, b.code) for a in candidates(outer.name) for b in inside)

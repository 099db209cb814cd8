"""What is known of a report beside its figures: date, title, byline, issuer, place, URL, page.

Each field is taken from the first of: sidecar, URL, metas, text, file name, and its basis is recorded. The date of
publication matters most, because 截至11月23日 has no year of its own; where nothing gives it, the latest day or year
that the text names is *assumed*. Candidates of one basis that contradict each other give a finding, and the first one
counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flows.extract import place_table as table
from flows.extract.places import find_places
from flows.normalize.dates import day_of, day_of_filename, day_of_url, period_of_filename
from flows.normalize.headlines import first_lines, main_title, text_candidates
from flows.normalize.latest import latest_day
from flows.normalize.model import Candidate, SourceText

FIELDS = ("title", "published_on", "place", "issuer", "byline", "url", "page")
_ORDER = ("sidecar", "url", "meta", "text", "filename", "source", "assumed")
_BASIS_OF_DATE = {"filename": "text", "source": "assumed"}  # the public view knows sidecar, url, meta, text, assumed
_PORT = re.compile(r"([一-龥]{2})[一-龥]{0,2}国际机场")
_OF_THE_NATION = re.compile("中华人民共和国(?!成立|建国)|国务院(?:政府)?工作报告|^国务院")
_HEAD = 20_000  # characters of a text in which places are counted when nothing else names one


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of a report, each None where nothing tells; ``bases`` says where each came from."""

    title: str | None
    published_on: str | None  # ISO day
    published_on_basis: str | None  # sidecar | url | meta | text | assumed; None where even the text names no year
    place: str | None
    issuer: str | None
    byline: str | None
    url: str | None
    page: str | None  # of a newspaper: its number and name
    bases: Mapping[str, str]
    findings: tuple[str, ...]


def resolve(
    source: SourceText,
    *,
    name: str,
    sidecar: Mapping[str, Any] | None = None,
    defaults: Mapping[str, Any] | None = None,
) -> Metadata:
    """The metadata of one report.

    ``name`` is its file name; ``sidecar`` what NAME.meta.json gives; ``defaults`` what the entry of its source gives
    (place, issuer), which counts after all else but before a guess from the text's own words. Raises nothing: a value
    of the sidecar that cannot be read gives a finding.
    """
    findings = list(source.findings)
    chosen: dict[str, Candidate] = {}
    for field, candidates in _gather(source, name, sidecar or {}, defaults or {}, findings).items():
        chosen[field] = _choose(field, candidates, findings)
    if "published_on" not in chosen and (day := _assumed_day(source, _title_of(chosen), name)):
        chosen["published_on"] = Candidate(day, "assumed")
    if "place" not in chosen and (place := _guess_place(source, chosen, name)):
        chosen["place"] = place
    value: Callable[[str], str | None] = lambda field: chosen[field].value if field in chosen else None  # noqa: E731
    basis = chosen["published_on"].basis if "published_on" in chosen else None
    return Metadata(
        title=value("title"),
        published_on=value("published_on"),
        published_on_basis=_BASIS_OF_DATE.get(basis, basis) if basis else None,
        place=value("place"),
        issuer=value("issuer"),
        byline=value("byline"),
        url=value("url"),
        page=value("page"),
        bases={field: candidate.basis for field, candidate in chosen.items()},
        findings=tuple(findings),
    )


def _title_of(chosen: Mapping[str, Candidate]) -> str:
    return chosen["title"].value if "title" in chosen else ""


def _gather(
    source: SourceText, name: str, sidecar: Mapping[str, Any], defaults: Mapping[str, Any], findings: list[str]
) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = {}
    urls = [str(sidecar["url"])] if sidecar.get("url") else []
    lines = first_lines(source)
    sources: list[Iterator[tuple[str, Candidate]]] = [
        _of_sidecar(sidecar, name, findings),
        iter(source.candidates),
        text_candidates(source, lines),
        _of_filename(name),
        ((field, Candidate(str(defaults[field]), "source")) for field in FIELDS if defaults.get(field)),
    ]
    for candidates in sources:
        for field, candidate in candidates:
            found.setdefault(field, []).append(candidate)
    urls += [candidate.value for candidate in found.get("url", [])]
    for url in urls:
        if day := day_of_url(url):
            found.setdefault("published_on", []).append(Candidate(day, "url"))
            break
    if title := main_title(source, lines):
        found.setdefault("title", []).append(Candidate(title, "text"))
    return found


def _of_sidecar(sidecar: Mapping[str, Any], name: str, findings: list[str]) -> Iterator[tuple[str, Candidate]]:
    for field in FIELDS:
        given = sidecar.get(field)
        if not given:
            continue
        value = day_of(str(given)) if field == "published_on" else str(given).strip()
        if value:
            yield field, Candidate(value, "sidecar")
        else:
            findings.append(f"The sidecar of {name} gives published_on as “{str(given)[:40]}”, which is no date.")


def _of_filename(name: str) -> Iterator[tuple[str, Candidate]]:
    if day := day_of_filename(name):
        yield "published_on", Candidate(day, "filename")
    words = re.sub(r"^\d{4}[\d\s_.-]+|\.\w{1,5}$", "", name).strip()
    if len(re.findall(r"[\u4e00-\u9fff]", words)) >= 6:
        yield "title", Candidate(words, "filename")


def _choose(field: str, candidates: list[Candidate], findings: list[str]) -> Candidate:
    """The first candidate of the best basis; contradictions about the date and within one basis become findings."""
    ranked = sorted(candidates, key=lambda candidate: _ORDER.index(candidate.basis))
    best = ranked[0]
    if field in ("published_on", "title"):
        rivals = [candidate for candidate in ranked[1:] if _disagree(field, best, candidate)]
        if rivals:
            named = ", ".join(f"“{rival.value}” ({rival.basis})" for rival in dict.fromkeys(rivals))
            what = "date of publication" if field == "published_on" else field
            findings.append(f"The {what} is taken as “{best.value}” ({best.basis}); the report also gives {named}.")
    return best


def _disagree(field: str, best: Candidate, other: Candidate) -> bool:
    if field == "published_on":
        return best.value != other.value and other.basis != "filename"
    return best.basis == other.basis == "meta" and best.value != other.value


def _assumed_day(source: SourceText, title: str, name: str) -> str | None:
    """The latest day the text names as past; the period in the file name where that is later or says more."""
    named, period = latest_day(source.text, title), period_of_filename(name)
    if named is None or period is None:
        return named or period
    if named[:4] == period[:4] and named.endswith("-12-31"):
        return period
    return max(named, period) if named[:4] < period[:4] else named


def _guess_place(source: SourceText, chosen: Mapping[str, Candidate], name: str) -> Candidate | None:
    """The place in the title, else the issuer, else the file name, else the one named most often in the text."""
    if _OF_THE_NATION.search(_title_of(chosen)):
        return Candidate(table.NATION_NAMES[0], "title")
    for field in ("title", "issuer", "site"):
        if field in chosen and (named := place_in(chosen[field].value)):
            return Candidate(named, field)
    if named := place_in(name):
        return Candidate(named, "filename")
    place = _place_of_text(source.text[:_HEAD])
    return Candidate(table.NATION_NAMES[0] if place in table.NATION_NAMES else place, "text") if place else None


def _place_of_text(text: str) -> str | None:
    """The place named most often in a text; where it is one of several of the same city, that city.

    A city's bulletin names its districts and not itself. Where people come from (自香港出发) is not reported on,
    and where they arrive (抵达上海浦东国际机场) is.
    """
    mentions = [m for m in find_places(text) if m.code and m.kind != "country"]
    elsewhere = {mention.code for mention in mentions if mention.role == "counterpart"}
    counted: Counter[str] = Counter()
    within: dict[str, Counter[str]] = {}
    for mention in mentions:
        if mention.code not in elsewhere:
            counted[mention.name] += 1
            for outer in _around(mention.code):
                within.setdefault(outer, Counter())[mention.name] += 1
    ports = (table.code_of(match[1]) for match in _PORT.finditer(text))
    counted.update(str(table.name_of(code)) for code in ports if code and code not in elsewhere)
    several = {code: names for code, names in within.items() if len(names) >= 3}
    if several:  # of two that hold the same, the inner one: the city, not its province
        code = max(several, key=lambda c: (several[c].total(), len(c.rstrip("0"))))
        if 2 * several[code].total() > counted.total():
            return str(table.name_of(code))
    return counted.most_common(1)[0][0] if counted else None


def _around(code: str | None) -> list[str]:
    """The codes of the places that hold a place, the nation apart: its city, its province."""
    outer: list[str] = []
    while code and (code := table.parent_of(code)) and code != table.NATION and len(outer) < 3:
        outer.append(code)
    return outer


def place_in(text: str) -> str | None:
    """The place that a title or a name is about: the first it names, or what it names inside of that (郑州市惠济区)."""
    mentions = [mention for mention in find_places(text) if mention.kind not in ("relative", "country")]
    if not mentions:
        return None
    place = mentions[0]
    for mention in mentions[1:]:
        if place.code and mention.code and place.code in _around(mention.code):
            place = mention
    return place.name

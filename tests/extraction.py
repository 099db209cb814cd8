"""What the tests of extraction share: reading a text as a plain file is read, and finding a figure by its numeral."""

from __future__ import annotations

from flows.extract.engine import extract
from flows.extract.model import Context, Extraction, Figure, Numeral
from flows.normalize.model import RunningText, SourceText
from flows.normalize.running import running_text


def running(text: str) -> RunningText:
    """The running text of a plain text file."""
    return running_text(SourceText(text, "text/plain"))


def read(
    text: str,
    *,
    published_on: str | None = "2021-11-25",
    place: str | None = None,
    title: str | None = None,
    explain: bool = False,
) -> Extraction:
    """Figures, relations and ledger of a plain text file with what its sidecar says."""
    return extract(running(text), Context(published_on=published_on, place=place, title=title), explain=explain)


def figures(text: str, **known: str | None) -> dict[str, Figure]:
    """The figures by their numeral as written; of equal numerals the first."""
    found: dict[str, Figure] = {}
    for figure in read(text, **known).figures:  # type: ignore[arg-type]
        found.setdefault(figure.text, figure)
    return found


def figure(text: str, numeral: str, **known: str | None) -> Figure:
    """The figure with this numeral; fails with all that was read where there is none."""
    found = figures(text, **known)
    assert numeral in found, (numeral, list(found))
    return found[numeral]


def classes(text: str, **known: str | None) -> dict[str, str]:
    """Every numeral of the ledger with its class."""
    return {row.text: row.numeral_class for row in read(text, **known).ledger}  # type: ignore[arg-type]


def numeral(text: str, word: str) -> Numeral:
    """The row of the ledger for one numeral."""
    rows = [row for row in read(text).ledger if row.text == word]
    assert rows, (word, [row.text for row in read(text).ledger])
    return rows[0]


def reread(source: str, figure: Figure) -> str:
    """The slice of the source that a figure names, white space left out."""
    return "".join(source[figure.start : figure.end].split())


_MEMBERS = {"change": ("now", "change"), "rate": ("numerator", "denominator", "rate")}


def relations_of(text: str, kind: str, **known: str | None) -> list[tuple[str, ...]]:
    """The relations of one kind, by numerals: a total and its parts, a level and its change, two counts and a rate."""
    found = read(text, **known)  # type: ignore[arg-type]
    word = {figure.start: figure.text for figure in found.figures}
    related = [r for r in found.relations if r.relation == kind]
    starts = [(r.total, *r.parts) if kind == "sum" else tuple(getattr(r, m) for m in _MEMBERS[kind]) for r in related]
    return [tuple(word[at] for at in members) for members in starts]


def sums(text: str, **known: str | None) -> list[tuple[str, tuple[str, ...]]]:
    """The sums as (total, parts), by their numerals."""
    return [(total, tuple(parts)) for total, *parts in relations_of(text, "sum", **known)]

"""The names of series: what the words of each series key mean, and the label that all with that meaning share.

Made anew in every run from the words that are booked and from two tables of reference/: no document is read again, and
no booked row changes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from schemas.concepts import Synonyms
from schemas.ddl import arrow_schema, arrow_table
from schemas.identity import normal_form, series_key
from schemas.tables import TABLES

_COLUMNS = "series_key, words, ref_area, place, unit_measure, measure, modality, issuer, series_id, indicator"


def relabel(con: Any, indicators: Mapping[str, str], synonyms: Synonyms) -> int:
    """Give every series the name and the identity that its words have now; returns how many series keys changed.

    Words that ``indicators`` (alias to name) maps have its name. Of words with the same concept and unit, the commonest
    are the label of all, then the shortest.
    """
    rows = con.execute(f"SELECT {_COLUMNS} FROM booked.series_labels").fetchall()
    names = {normal_form(alias): name for alias, name in indicators.items()}
    concepts = {words: synonyms.concept(normal_form(names.get(words, words))) for words in {row[1] for row in rows}}
    labels = _labels(rows, concepts, names)
    changed = []
    for key, words, ref_area, place, unit, measure, modality, issuer, series_id, indicator in rows:
        what = (ref_area, place, unit, measure, modality, issuer)
        label = labels[concepts[words], unit, measure]
        new_id = series_key(concepts[words], *what)
        if (new_id, label) != (series_id, indicator):
            changed.append((key, words, *what, new_id, label))
    if changed:
        con.register("new_labels", arrow_table(changed, arrow_schema(TABLES["series_labels"])))
        con.execute(
            "UPDATE booked.series_labels AS s SET series_id = n.series_id, indicator = n.indicator"
            " FROM new_labels AS n WHERE n.series_key = s.series_key"
        )
        con.unregister("new_labels")
    return len(changed)


def _labels(
    rows: list[tuple[Any, ...]], concepts: Mapping[str, str], names: Mapping[str, str]
) -> dict[tuple[str, str, str], str]:
    """The label of each concept, unit and kind of quantity."""
    wordings: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for _, words, _, _, unit, measure, *_ in rows:
        wordings[concepts[words], unit, measure][words] += 1
    return {what: _label(said, names) for what, said in wordings.items()}


def _label(said: Counter[str], names: Mapping[str, str]) -> str:
    """The mapped name where one of the wordings has one (the first of several), else the commonest, then shortest."""
    mapped = sorted(names[words] for words in said if words in names)
    return mapped[0] if mapped else min(said, key=lambda words: (-said[words], len(words), words))

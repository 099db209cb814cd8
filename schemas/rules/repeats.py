"""Level 1: one thing stated several times in one document, as far as its words tell."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.facts import FigureFact
from schemas.identity import normal_form
from schemas.rules.model import Problem, View, interval_of, printed

SHOWN = 5
"""How many other statements a message quotes."""

Key = tuple[str | None, ...]


def _key(figure: FigureFact) -> Key:
    """What the figure measures, and for when: two figures with one key are one thing stated twice."""
    what = (normal_form(figure.indicator), figure.ref_area or figure.place, figure.unit, figure.measure)
    return (*what, figure.modality, figure.time_start, figure.time_end)


def stated_once(view: View) -> Iterator[Problem]:
    """Figures that bear one name, place, unit and period in a document can be the same number.

    Where they cannot, either the text contradicts itself or the name that was read does not tell them apart.
    """
    named: dict[Key, list[FigureFact]] = {}
    for figure in view.document.figures:
        named.setdefault(_key(figure), []).append(figure)
    for figures in named.values():
        first = min(figures, key=lambda f: (f.role in ("title", "heading"), f.start))
        others = [f for f in figures if f is not first and not interval_of(f).meets(interval_of(first))]
        if others:
            more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
            yield Problem(
                f"The text gives {first.indicator} ({first.place or 'no place'}, {first.time_end or 'no time'}) as "
                f"{printed(first)} and again as {', '.join(map(printed, others[:SHOWN]))}{more}: it contradicts "
                "itself, or the name does not tell them apart. The first one stands in latest.",
                (first.start, *(f.start for f in others)),
            )

"""Level 1: parts against their total."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from schemas import intervals
from schemas.facts import FigureFact, RelationFact
from schemas.rules.model import Problem, Severity, Verdict, View, interval_of, listed, printed, shown


def _members(relation: RelationFact, view: View) -> tuple[FigureFact, list[FigureFact]] | None:
    """Total and parts, all of them known, with values, in one unit."""
    total = view.figure(relation.total)
    parts = [part for part in (view.figure(start) for start in relation.parts) if part]
    if total is None or not parts or len(parts) != len(relation.parts):
        return None
    if any(f.value is None or f.unit != total.unit for f in [total, *parts]):
        return None
    return total, parts


def _sum(parts: list[FigureFact]) -> Fraction:
    return sum((Fraction(part.value) for part in parts if part.value is not None), Fraction(0))


def judge_sum(relation: RelationFact, view: View) -> Verdict:
    """Complete parts must be able to make the total; of incomplete ones none may be more than the total."""
    members = _members(relation, view)
    if members is None:
        return Verdict(None)
    total, parts = members
    whole = interval_of(total)
    if relation.complete:
        return Verdict(intervals.total(map(interval_of, parts)).meets(whole), _sum(parts))
    return Verdict(not any(interval_of(part).wholly_above(whole) for part in parts), _sum(parts))


def parts_of_total(view: View) -> Iterator[Problem]:
    """A complete list of parts sums to the total; no part is more than its total."""
    for relation in view.document.relations:
        members = _members(relation, view) if relation.relation == "sum" else None
        if members is None or judge_sum(relation, view).consistent is not False:
            continue
        total, parts = members
        severity: Severity | None = None if relation.stated else "info"
        if relation.complete:
            digits = max(figure.decimals for figure in parts)
            yield Problem(
                f"The parts {listed(parts)} make {shown(_sum(parts), digits)}, but the text says {printed(total)}.",
                (total.start, *(part.start for part in parts)),
                severity,
            )
            continue
        for part in parts:
            if interval_of(part).wholly_above(interval_of(total)):
                yield Problem(
                    f"{printed(part)} is named as a part of {printed(total)}, but is more.",
                    (total.start, part.start),
                    severity,
                )


def parts_exceed_total(view: View) -> Iterator[Problem]:
    """Some parts together are more than the total: they overlap, or one is wrong."""
    for relation in view.document.relations:
        members = _members(relation, view) if relation.relation == "sum" and not relation.complete else None
        if members is None or judge_sum(relation, view).consistent is False:
            continue
        total, parts = members
        if intervals.total(map(interval_of, parts)).wholly_above(interval_of(total)):
            yield Problem(
                f"The parts {listed(parts)} are together more than {printed(total)}: they overlap, or one is wrong.",
                (total.start, *(part.start for part in parts)),
                "info" if not relation.stated else None,
            )

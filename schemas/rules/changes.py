"""Level 1: a stated change against both levels, and the same thing stated twice."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from schemas.facts import FigureFact, RelationFact
from schemas.identity import simplified
from schemas.intervals import Interval
from schemas.rules.model import Problem, Verdict, View, interval_of, printed, shown
from schemas.rules.rates import WHOLE

POINTS = ("个百分点", "百分点")
OTHER_BASIS = ("可比", "不变价", "同口径", "剔除", "扣除", "名义", "实际增长", "还原")
"""Words that say that a growth rate is not taken from the two levels as printed (real growth, adjusted scope)."""


def _difference(now: FigureFact, before: FigureFact, change: FigureFact) -> tuple[Interval | None, Fraction] | None:
    """The interval and point of the change that two levels give, in the unit of the stated change."""
    if now.value is None or before.value is None or now.unit != before.unit:
        return None
    level, base = interval_of(now), interval_of(before)
    point = Fraction(now.value) - Fraction(before.value)
    if change.unit in POINTS or (change.unit == now.unit and change.unit not in WHOLE):
        return level - base, point
    whole = WHOLE.get(change.unit)
    if whole is None or base.low is None or base.low <= 0 or not before.value:
        return None
    growth = level.over(base)
    if growth is None:
        return None
    return (growth - Interval(Fraction(1), Fraction(1))).scaled(whole), point / Fraction(before.value) * whole


def judge_change(relation: RelationFact, view: View) -> Verdict:
    """Whether the two levels give the stated change; None where a level is missing or the units do not go together."""
    now, before, change = (view.figure(s) for s in (relation.now, relation.before, relation.change))
    if now is None or before is None or change is None or change.value is None:
        return Verdict(None)
    given = _difference(now, before, change)
    if given is None or given[0] is None:
        return Verdict(None)
    return Verdict(given[0].meets(interval_of(change, cut=True)), given[1])


def change_of_levels(view: View) -> Iterator[Problem]:
    """now - before = change, or its percentage of before, where both levels stand in the text."""
    for relation in view.document.relations:
        if relation.relation != "change":
            continue
        verdict = judge_change(relation, view)
        now, before, change = (view.figure(s) for s in (relation.now, relation.before, relation.change))
        if verdict.consistent is not False or not (now and before and change) or verdict.computed is None:
            continue
        other = any(word in simplified(change.quote) for word in OTHER_BASIS)
        unit = change.unit if change.unit in WHOLE or change.unit in POINTS else now.unit
        yield Problem(
            f"From {printed(before)} to {printed(now)} is a change of {shown(verdict.computed, change.decimals + 2)} "
            f"{unit}, but the text says {printed(change)}.",
            (now.start, before.start, change.start),
            "info" if other or not relation.stated else None,
        )


def judge_restatement(relation: RelationFact, view: View) -> Verdict:
    """Whether two statements of one thing can be the same number."""
    now, before = view.figure(relation.now), view.figure(relation.before)
    if now is None or before is None or now.unit != before.unit or now.value is None or before.value is None:
        return Verdict(None)
    return Verdict(interval_of(now, cut=True).meets(interval_of(before, cut=True)), Fraction(before.value))


def restated_alike(view: View) -> Iterator[Problem]:
    """The same thing stated twice (title and body) has intervals that meet."""
    for relation in view.document.relations:
        if relation.relation != "restatement" or judge_restatement(relation, view).consistent is not False:
            continue
        now, before = view.figure(relation.now), view.figure(relation.before)
        if now and before:
            yield Problem(
                f"The text states {now.indicator} twice, as {printed(before)} and as {printed(now)}, "
                "which cannot be the same number.",
                (before.start, now.start),
                None if relation.stated else "info",
            )

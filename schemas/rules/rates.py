"""Level 1: a stated rate against its counts, the done against the total, a share against 0 and 100."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from schemas.facts import FigureFact, RelationFact
from schemas.identity import simplified
from schemas.intervals import Interval
from schemas.rules.model import Problem, Verdict, View, interval_of, printed, shown

WHOLE = {"%": Fraction(100), "％": Fraction(100), "‰": Fraction(1000), "倍": Fraction(1)}
"""What the whole is worth in a unit of rates; a rate without unit (三分之二) is a share of 1, 成 is read as %."""

OVER_THE_WHOLE = (
    *("预算", "决算", "计划", "目标", "任务", "超额", "上年", "去年", "同期", "负债率", "覆盖率", "充足率", "毛入学率"),
    *("产销率", "杠杆", "偿付", "周转", "增速", "倍", "产能", "平均水平", "相当于"),
)
"""Words of a sentence whose rate may pass 100 %: it is measured against a plan or another level, not a whole."""


def _members(relation: RelationFact, view: View) -> tuple[FigureFact, FigureFact] | None:
    done, total = view.figure(relation.numerator), view.figure(relation.denominator)
    return (done, total) if done and total else None


def quotient(relation: RelationFact, view: View) -> Interval | None:
    """The interval of done / total as a plain share; None where it cannot be told."""
    members = _members(relation, view)
    if members is None or members[0].value is None or members[1].value is None:
        return None
    return interval_of(members[0]).over(interval_of(members[1]))


def judge_rate(relation: RelationFact, view: View) -> Verdict:
    """Whether done / total meets the stated rate, rounded half-up or cut; computed in the unit of the rate."""
    share, rate, members = quotient(relation, view), view.figure(relation.rate), _members(relation, view)
    if share is None or members is None or rate is None:
        return Verdict(None)
    done, total = members
    assert done.value is not None
    assert total.value is not None
    whole = WHOLE.get(rate.unit, Fraction(1))
    computed = Fraction(done.value) / Fraction(total.value) * whole if total.value else None
    if rate.value is None:
        return Verdict(None, computed)
    return Verdict(share.scaled(whole).meets(interval_of(rate, cut=True)), computed)


def rate_of_counts(view: View) -> Iterator[Problem]:
    """rate = done / total, by intersection of intervals."""
    for relation in view.document.relations:
        if relation.relation != "rate":
            continue
        verdict, members, rate = judge_rate(relation, view), _members(relation, view), view.figure(relation.rate)
        if verdict.consistent is not False or members is None or rate is None or verdict.computed is None:
            continue
        done, total = members
        sign = rate.unit if rate.unit in WHOLE else ""
        yield Problem(
            f"{printed(done)} of {printed(total)} are {shown(verdict.computed, rate.decimals + 2)} {sign}".rstrip()
            + f", but the text says {printed(rate)}.",
            (done.start, total.start, rate.start),
            None if relation.stated else "info",
        )


def done_within_total(view: View) -> Iterator[Problem]:
    """done ≤ total, for counts in one unit, unless the text itself states a rate above the whole."""
    for relation in view.document.relations:
        members = _members(relation, view) if relation.relation == "rate" else None
        if members is None:
            continue
        done, total = members
        rate = view.figure(relation.rate)
        over = rate is not None and rate.value is not None and Fraction(rate.value) > WHOLE.get(rate.unit, Fraction(1))
        counts = done.measure == total.measure == "count" and done.unit == total.unit
        if counts and not over and interval_of(done).wholly_above(interval_of(total)):
            yield Problem(
                f"{printed(done)} are said to be done of {printed(total)}, which is more than there are.",
                (done.start, total.start),
                None if relation.stated else "info",
            )


def _against_another_level(figure: FigureFact) -> bool:
    words = simplified(figure.indicator + figure.quote)
    return any(word in words for word in OVER_THE_WHOLE)


def share_in_range(view: View) -> Iterator[Problem]:
    """0 ≤ rate ≤ 100 %, unless the sentence measures against a plan or another level."""
    for figure in view.document.figures:
        whole = WHOLE.get(figure.unit)
        if figure.measure != "rate" or whole is None or figure.unit == "倍" or figure.value is None:
            continue
        if figure.value < 0 and "增长" not in figure.indicator:
            yield Problem(f"The rate {printed(figure)} was read as {figure.value}, below 0.", (figure.start,))
        if figure.value > whole and not _against_another_level(figure):
            yield Problem(
                f"The share {printed(figure)} of {figure.indicator} is more than the whole ({whole} {figure.unit}).",
                (figure.start,),
            )

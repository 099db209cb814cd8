"""Exact interval arithmetic: what a figure allows, and that every operation holds what its members can be."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.intervals import EVERYTHING, Interval, about, is_strict, of_figure, rounded, rounded_or_cut, total

D, F = Decimal, Fraction

NUMBERS = st.fractions(min_value=-1000, max_value=1000, max_denominator=60)


@st.composite
def held(draw: st.DrawFn, positive: bool = False) -> tuple[Interval, Fraction]:
    """An interval with a number that it holds."""
    inside = draw(st.fractions(min_value=F(1, 60), max_value=1000, max_denominator=60) if positive else NUMBERS)
    below = draw(st.none() | st.fractions(min_value=0, max_value=50, max_denominator=12))
    above = draw(st.none() | st.fractions(min_value=0, max_value=50, max_denominator=12))
    low_closed = draw(st.booleans()) or below == 0
    high_closed = draw(st.booleans()) or above == 0
    low = None if below is None else inside - below
    high = None if above is None else inside + above
    return Interval(low, high, low_closed, high_closed), inside


@pytest.mark.parametrize(
    ("value", "ulp", "qualifier", "more", "low", "high", "closed"),
    [
        ("22900000000", "1e8", "exact", {}, "22850000000", "22950000000", (True, False)),
        ("81", "1", "exact", {}, "80.5", "81.5", (True, False)),
        ("118", "1", "exact", {"discrete": True}, "118", "118", (True, True)),
        ("125000", "1000", "exact", {"discrete": True}, "124500", "125500", (True, False)),
        ("81", "1", "exact", {"cut": True}, "80.5", "82", (True, False)),
        ("10500", "1", "at_least", {"strict": True}, "10500", None, (False, False)),
        ("200000", "1e4", "at_least", {}, "200000", None, (True, False)),
        ("3", "1", "at_most", {}, None, "3", (False, True)),
        ("100", "1", "at_most", {"strict": True}, None, "100", (False, False)),
        ("500", "1", "approximate", {}, "450", "550", (True, True)),
        ("12000", "1000", "approximate", {}, "11000", "13000", (True, True)),
        ("23", "1", "approximate", {}, "22", "24", (True, True)),
        ("-5.3", "0.1", "exact", {}, "-5.35", "-5.25", (False, True)),
        ("-5", "1", "at_least", {"strict": True}, None, "-5", (False, False)),
    ],
)
def test_a_figure_allows_what_its_words_and_digits_allow(value, ulp, qualifier, more, low, high, closed):
    interval = of_figure(D(value), None, D(ulp), qualifier, **more)
    assert interval.low == (None if low is None else F(low))
    assert interval.high == (None if high is None else F(high))
    assert (interval.low_closed, interval.high_closed) == closed


def test_a_range_runs_from_end_to_end():
    assert of_figure(D(3), D(5), D(1), "range") == Interval(F(3), F(5))


def test_several_hundred_is_at_least_one_hundred_and_has_no_upper_end():
    assert of_figure(None, None, D(100), "approximate") == Interval(F(100), None)


def test_a_range_that_runs_backwards_is_refused():
    with pytest.raises(ValueError, match="holds no number"):
        of_figure(D(5), D(3), D(1), "range")


@pytest.mark.parametrize(
    ("quote", "text", "strict"),
    [
        ("岗位10500余个", "10500", True),
        ("产值超30亿元", "30亿", True),
        ("接种20万人次以上", "20万", False),
        ("至少30人", "30", False),
        ("不足5户", "5", True),
        ("共30人", "31", False),
    ],
)
def test_some_words_leave_the_number_out(quote, text, strict):
    assert is_strict(quote, text) is strict


@given(value=st.decimals(min_value=0, max_value=10**12, places=3), places=st.integers(min_value=-4, max_value=3))
def test_the_printed_rounding_of_a_number_allows_that_number(value, places):
    ulp = F(10) ** -places
    half_up = F((F(value) / ulp + F(1, 2)).__floor__()) * ulp
    cut = F((F(value) / ulp).__floor__()) * ulp
    assert F(value) in rounded(half_up, ulp)
    assert F(value) in rounded_or_cut(half_up, ulp)
    assert F(value) in rounded_or_cut(cut, ulp)


@given(value=st.integers(min_value=1, max_value=10**9), shift=st.integers(min_value=0, max_value=4))
def test_about_holds_the_number_and_is_never_wider_than_its_last_digit(value, shift):
    number, ulp = F(value) * 10**shift, F(10) ** shift
    interval = about(number, ulp)
    assert number in interval
    assert interval.high - interval.low >= 2 * ulp
    weight = ulp
    while number % (weight * 10) == 0:
        weight *= 10
    assert interval.high - interval.low <= 2 * weight


@given(held(), held())
def test_sums_and_differences_hold_what_their_members_can_be(one, other):
    (a, x), (b, y) = one, other
    assert x + y in a + b
    assert x - y in a - b
    assert -x in -a
    assert x + y + x in total([a, b, a])


@given(held(), held(positive=True))
def test_a_quotient_holds_every_quotient_by_a_positive_number(one, other):
    (a, x), (b, y) = one, other
    quotient = a.over(b)
    assert quotient is not None
    assert x / y in quotient


@given(held(), st.fractions(min_value=-9, max_value=9, max_denominator=9).filter(bool))
def test_scaling_holds_the_scaled_number(one, factor):
    interval, x = one
    assert x * factor in interval.scaled(factor)


@given(held(), held(), NUMBERS)
def test_an_intersection_holds_exactly_what_both_hold(one, other, number):
    (a, x), (b, y) = one, other
    both = a.intersection(b)
    for candidate in (number, x, y):
        assert (both is not None and candidate in both) == (candidate in a and candidate in b)
    assert a.meets(b) == b.meets(a) == (both is not None)


@given(held(), held())
def test_wholly_above_and_meeting_exclude_each_other(one, other):
    (a, x), (b, y) = one, other
    apart = [a.wholly_above(b), b.wholly_above(a), a.meets(b)]
    assert sum(apart) == 1
    if a.wholly_above(b):
        assert x > y


@given(numerator=st.integers(min_value=1, max_value=400), denominator=st.integers(min_value=1, max_value=400))
def test_a_rate_taken_from_its_counts_always_meets_them(numerator, denominator):
    """Half-up and cut, to whole per cent and to two decimals: no tie and no third disagrees."""
    share = Interval(F(numerator), F(numerator)).over(Interval(F(denominator), F(denominator)))
    for places in (0, 2):
        ulp = F(1, 10**places)
        exact = F(numerator * 100, denominator)
        half_up = ((exact / ulp + F(1, 2)).__floor__()) * ulp
        cut = (exact / ulp).__floor__() * ulp
        assert share.scaled(100).meets(rounded_or_cut(half_up, ulp))
        assert share.scaled(100).meets(rounded_or_cut(cut, ulp))
        assert not share.scaled(100).meets(rounded_or_cut(half_up + 2 * ulp, ulp))


def test_an_empty_interval_cannot_be_made():
    for low, high, closed in ((F(2), F(1), True), (F(1), F(1), False)):
        with pytest.raises(ValueError, match="holds no number"):
            Interval(low, high, True, closed)


def test_a_quotient_by_nothing_positive_is_none_and_scaling_by_zero_is_refused():
    assert EVERYTHING.over(Interval(F(-2), F(0))) is None
    with pytest.raises(ValueError, match="zero"):
        EVERYTHING.scaled(0)

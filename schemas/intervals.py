"""A figure is an interval: exact rational arithmetic on what words and digits allow.

229亿元 is [228.5, 229.5) 亿: the last printed digit was rounded half-up. 10500余 is (10500, …). A rule compares two
statements by intersecting their intervals, so that no tolerance has to be guessed. All numbers are
``fractions.Fraction``; ``None`` stands for "no bound".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

STRICT_WORDS = ("余", "餘", "多", "超", "逾", "突破", "不足", "不满", "不滿", "未满", "未滿", "不到")
"""Words that leave the number itself out; 以上, 以下 and 以内 take it in (民法典 第一千二百五十九条)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between ``low`` and ``high``, each end closed or open; an end that is None is unbounded."""

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = True
    high_closed: bool = True

    def __post_init__(self) -> None:
        """Refuse an interval that holds no number; an unbounded end is always open."""
        if self.low is None:
            object.__setattr__(self, "low_closed", False)
        if self.high is None:
            object.__setattr__(self, "high_closed", False)
        if self.low is not None and self.high is not None:
            closed = self.low_closed and self.high_closed
            if self.low > self.high or (self.low == self.high and not closed):
                raise ValueError(f"An interval from {self.low} to {self.high} holds no number.")

    def __contains__(self, number: Fraction | Decimal | int) -> bool:
        """Whether a number lies in the interval."""
        n = Fraction(number)
        above = self.low is None or n > self.low or (n == self.low and self.low_closed)
        below = self.high is None or n < self.high or (n == self.high and self.high_closed)
        return above and below

    def __neg__(self) -> Interval:
        """The interval of the negated numbers."""
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_closed, self.low_closed)

    def __add__(self, other: Interval) -> Interval:
        """The interval of all sums; an end is closed where both ends are."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high, self.low_closed and other.low_closed, self.high_closed and other.high_closed)

    def __sub__(self, other: Interval) -> Interval:
        """The interval of all differences."""
        return self + -other

    def scaled(self, factor: Fraction | int) -> Interval:
        """The interval times a number that is not zero."""
        factor = Fraction(factor)
        if factor < 0:
            return (-self).scaled(-factor)
        if factor == 0:
            raise ValueError("An interval cannot be scaled by zero.")
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Interval(low, high, self.low_closed, self.high_closed)

    def intersection(self, other: Interval) -> Interval | None:
        """The numbers in both, or None where there is none."""
        low, low_closed = _tighter(self.low, self.low_closed, other.low, other.low_closed, lower=True)
        high, high_closed = _tighter(self.high, self.high_closed, other.high, other.high_closed, lower=False)
        if low is not None and high is not None and (low > high or (low == high and not (low_closed and high_closed))):
            return None
        return Interval(low, high, low_closed, high_closed)

    def meets(self, other: Interval) -> bool:
        """Whether the two can be the same number."""
        return self.intersection(other) is not None

    def wholly_above(self, other: Interval) -> bool:
        """Whether every number here is greater than every number there."""
        if self.low is None or other.high is None:
            return False
        return self.low > other.high or (self.low == other.high and not (self.low_closed and other.high_closed))

    def over(self, other: Interval) -> Interval | None:
        """The interval of all quotients by the positive numbers of ``other``; None where it has none.

        Numbers below zero of the divisor are left out: a count of zero or less is no denominator.
        """
        divisor = other.intersection(Interval(Fraction(0), None, False, False))
        if divisor is None:
            return None
        high, high_closed = _upper_quotient(self.high, self.high_closed, divisor)
        low, low_closed = _upper_quotient(None if self.low is None else -self.low, self.low_closed, divisor)
        return Interval(None if low is None else -low, high, low_closed, high_closed)


EVERYTHING = Interval(None, None, False, False)


def _tighter(
    a: Fraction | None, a_closed: bool, b: Fraction | None, b_closed: bool, *, lower: bool
) -> tuple[Fraction | None, bool]:
    """The end, of two lower or two upper ends, that leaves fewer numbers."""
    if a is None or b is None:
        return (b, b_closed) if a is None else (a, a_closed)
    if a == b:
        return a, a_closed and b_closed
    return (a, a_closed) if (a > b) == lower else (b, b_closed)


def _upper_quotient(high: Fraction | None, closed: bool, divisor: Interval) -> tuple[Fraction | None, bool]:
    """The upper end of ``x / d`` for x up to ``high`` and d in ``divisor`` (all positive)."""
    if high is None:
        return None, False
    if high > 0:  # greatest for the least divisor
        if divisor.low is None or divisor.low == 0:
            return None, False
        return high / divisor.low, closed and divisor.low_closed
    if high == 0:
        return Fraction(0), closed
    if divisor.high is None:  # negative: nearest to zero for the greatest divisor, which is without bound
        return Fraction(0), False
    return high / divisor.high, closed and divisor.high_closed


def total(intervals: Iterable[Interval]) -> Interval:
    """The interval of the sum of all; zero where there is none."""
    result = Interval(Fraction(0), Fraction(0))
    for interval in intervals:
        result = result + interval
    return result


def _last_digit_weight(value: Fraction, ulp: Fraction) -> Fraction:
    """The weight of the last digit of ``value`` that is not zero, counted in steps of ten from ``ulp``."""
    steps = value / ulp
    if steps == 0 or steps.denominator != 1:
        return ulp
    digits, weight = abs(steps.numerator), ulp
    while digits % 10 == 0:
        digits, weight = digits // 10, weight * 10
    return weight


def about(value: Fraction, ulp: Fraction) -> Interval:
    """What 约, 近 and 左右 allow: a tenth of the value to either side.

    Not more than the weight of its last digit that is not zero (约1.2万 is 1.1万 to 1.3万), and not less than the
    last printed digit (约23 is 22 to 24). No standard fixes this width; it is our reading of common usage.
    """
    width = max(ulp, min(_last_digit_weight(value, ulp), abs(value) / 10))
    return Interval(value - width, value + width)


def rounded(value: Fraction, ulp: Fraction) -> Interval:
    """The numbers that print as ``value`` when rounded half-up at ``ulp``: [value - ulp/2, value + ulp/2)."""
    return Interval(value - ulp / 2, value + ulp / 2, True, False)


def rounded_or_cut(value: Fraction, ulp: Fraction) -> Interval:
    """The numbers that print as ``value`` when rounded half-up or cut off: [value - ulp/2, value + ulp)."""
    return Interval(value - ulp / 2, value + ulp, True, False)


def of_figure(
    value: Decimal | None,
    value_high: Decimal | None,
    ulp: Decimal,
    qualifier: str,
    *,
    discrete: bool = False,
    strict: bool = False,
    cut: bool = False,
) -> Interval:
    """The interval of a figure as printed.

    ``discrete``: a count printed to the last unit, which is exactly what it says. ``strict``: the qualifying word
    leaves the number out (余, 多, 超过, 不足). ``cut``: cut-off digits are accepted beside rounded ones (stated rates).
    A negative value, a fall, is read by its size: 下降超过5 is (…, -5). Without a value (数百) at least one unit of the
    last digit is meant. The ends of a falling range come as written (-10, -15). Raises ValueError for another range
    whose upper end lies below the lower one.
    """
    weight = Fraction(ulp)
    if value is None:
        return Interval(weight, None) if value_high is None else Interval(weight, Fraction(value_high))
    size = Fraction(value)
    if value_high is not None:
        if size < 0 and Fraction(value_high) < size:
            return Interval(Fraction(value_high), size)
        return Interval(size, Fraction(value_high))
    if size < 0:
        return -of_figure(-value, None, ulp, qualifier, discrete=discrete, strict=strict, cut=cut)
    if qualifier == "at_least":
        return Interval(size, None, not strict, False)
    if qualifier == "at_most":
        return Interval(None, size, False, not strict)
    if qualifier == "approximate":
        return about(size, weight)
    if discrete and weight <= 1:
        return Interval(size, size)
    return rounded_or_cut(size, weight) if cut else rounded(size, weight)


def is_strict(quote: str, text: str) -> bool:
    """Whether the words around a numeral leave the number itself out (10500余, 超万亿; not 20万人次以上)."""
    where = quote.find(text)
    if where < 0:
        return False
    around = quote[max(0, where - 3) : where] + quote[where + len(text) : where + len(text) + 1]
    return any(word in around for word in STRICT_WORDS)

"""Level 0: is a figure well formed, does it re-read, does it fit its column?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation, localcontext

from schemas import codes
from schemas.facts import FigureFact
from schemas.identity import EXACT
from schemas.rules.model import Problem, View, day, printed

MAGNITUDES = frozenset(Decimal(10) ** n for n in (0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))
"""What a table's head may multiply its cells by: 百, 千, 万 … 万亿."""


LARGEST = Decimal(10) ** (codes.DECIMAL_PRECISION - codes.DECIMAL_SCALE)


def fits(value: Decimal | None) -> bool:
    """Whether a value can be booked exactly, without rounding, in DECIMAL(38, 10)."""
    if value is None:
        return True
    if not value.is_finite():
        return False
    _, digits, exponent = EXACT.normalize(value).as_tuple()
    assert isinstance(exponent, int)
    whole = len(digits) + exponent
    return -exponent <= codes.DECIMAL_SCALE and whole <= codes.DECIMAL_PRECISION - codes.DECIMAL_SCALE


def _faults(figure: FigureFact) -> Iterator[str]:
    """What is wrong with the form of a figure, each as the end of a sentence."""
    for name in ("qualifier", "measure", "modality", "obs_status"):
        value = getattr(figure, name)
        if value not in codes.CODES[name]:
            yield f"its {name} is {value!r}, which is none of {', '.join(codes.CODES[name])}"
    if not 0 <= figure.start < figure.end:
        yield f"its span runs from {figure.start} to {figure.end}"
    if not figure.ulp.is_finite() or not 0 < figure.ulp < LARGEST:
        yield f"the weight of its last digit is {figure.ulp}, which is no weight that a value can have"
    if figure.decimals < 0:
        yield f"it has {figure.decimals} decimals"
    if not figure.indicator.strip():
        yield "it does not say what is measured"
    yield from _faults_of_value(figure)
    yield from _faults_of_time(figure)


def _faults_of_value(figure: FigureFact) -> Iterator[str]:
    for value in (figure.value, figure.value_high):
        if not fits(value):
            yield f"its value {value} does not fit DECIMAL({codes.DECIMAL_PRECISION}, {codes.DECIMAL_SCALE}) exactly"
    if figure.value is None and any(c.isdecimal() for c in figure.text):
        yield "its digits cannot be read as a number that a column holds"
    low, high = figure.value, figure.value_high
    falling = low is not None and high is not None and low < 0 and high < 0  # 下降10%至15%: -10 to -15, as written
    if low is not None and high is not None and high < low and not falling:
        yield f"its range runs from {figure.value} down to {figure.value_high}"


def _faults_of_time(figure: FigureFact) -> Iterator[str]:
    start, end = day(figure.time_start), day(figure.time_end)
    for name, text, read in (("starts", figure.time_start, start), ("ends", figure.time_end, end)):
        if text and read is None:
            yield f"its period {name} on {text!r}, which is not a day"
    if start and end and start > end:
        yield f"its period ends on {end}, before it starts on {start}"


def well_formed(view: View) -> Iterator[Problem]:
    """Codes, span, value and period of every figure."""
    for figure in view.document.figures:
        faults = list(_faults(figure))
        if faults:
            yield Problem(f"The figure {printed(figure)} cannot be booked: {'; '.join(faults)}.", (figure.start,))


def _re_reads(figure: FigureFact, view: View) -> bool:
    """Whether the span reads as the value, times the magnitude of a table's head where the last digit says so."""
    stretch = view.document.text[figure.start : figure.end]
    try:
        value, high = view.parse(stretch)
    except (ValueError, ArithmeticError):
        return False
    if figure.value is None:
        return value is None
    if value is None or (high is None) != (figure.value_high is None):
        return False
    with localcontext() as context:
        context.prec = 60
        try:
            factor = abs(figure.value) / abs(value) if value else Decimal(1)
            same_high = high is None or figure.value_high is None or abs(high) * factor == abs(figure.value_high)
        except InvalidOperation:
            return False
        return factor in MAGNITUDES and abs(value) * factor == abs(figure.value) and same_high


def span_re_reads(view: View) -> Iterator[Problem]:
    """parse(text[start:end]) == value, for every figure that the corrections file left alone."""
    for figure in view.document.figures:
        if figure.corrected_from is not None or _re_reads(figure, view):
            continue
        stretch = " ".join(view.document.text[figure.start : figure.end].split())
        yield Problem(
            f"The figure {printed(figure)} was read as {figure.value}, but characters {figure.start} to {figure.end} "
            f"of the text, {stretch!r}, do not read as that value.",
            (figure.start,),
        )

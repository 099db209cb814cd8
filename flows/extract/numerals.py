"""Numerals: the grammar of how Chinese reports write a number.

Covers Arabic digits with thousands separators, decimals and signs; Chinese magnitudes after them (12.5万, 1.3万亿,
3万6千, 5000多万); Chinese numerals (九千, 一百二十三万, 三点五, 两三 as a range, 十几 and 数百 without a point value);
百分之五, 三分之二, 八成, 七成半; ranges (3至5, 10%—20%, 3至5万, where the first end borrows the magnitude of the
second).

Source of the notation: GB/T 15835-2011 (use of numerals in publications). Values are exact decimals, never floats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

_DIGIT: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_SMALL: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_POWER: Final = {"十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8}

# 千 before these is part of a unit (千米, 千瓦时, the 千公顷 of agricultural statistics), not of the number.
_MAGNITUDE: Final = r"(?:[十百千]?(?:[万萬][亿億]|[亿億]|[万萬])|[十百千](?![米克瓦伏升卡乏焦帕牛字人百]|公顷))"
_ARABIC: Final = (
    r"(?P<digits>\d+(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:(?P<thousands>[万萬千百])?(?P<infix>[多余几来餘])(?=[万萬亿億])|(?=[十百千万萬亿億%‰])|(?![十百千万萬亿億]))(?P<mag>{_MAGNITUDE})?"
    r"(?P<tail>(?:\d+(?:\.\d+)?[万萬千百](?![米克瓦伏升]))*)(?P<percent>[%‰])?"
)
_CN: Final = "零〇一二两兩三四五六七八九十百千万萬亿億"
_CN_DIGITS: Final = "一二三四五六七八九"
_CHINESE: Final = (
    rf"(?P<per>[百千万]分之(?:[{_CN}]+(?:点[零〇{_CN_DIGITS}]+)?|\d+(?:\.\d+)?))"
    rf"|(?P<fraction>[{_CN_DIGITS}十百]+分之[{_CN_DIGITS}十百]+)"
    rf"|(?P<tenths>(?:[{_CN_DIGITS}两]|\d(?:\.\d)?)成(?:半|[{_CN_DIGITS}](?![立为员功果本效年交绩长]))?(?![立为员功果本效年交绩长熟份都套品语]))"
    rf"|(?P<vague>[数几][十百千万亿]+|十几[万亿]?|[{_CN_DIGITS}]十几)"
    rf"|(?P<rounded>[{_CN}]*[十百千][多余几][万亿])"
    rf"|(?P<cn>(?:[{_CN}](?!千(?:[米克瓦伏升卡]|公顷)))*[{_CN}](?:点[零〇{_CN_DIGITS}]+[万亿]?)?)"
)
NUMERAL: Final = re.compile(f"{_CHINESE}|{_ARABIC}")
# 两三, 七八十, 十五六万, 二百二三十: two neighbouring digits are the ends of a range.
_NEIGHBOURS: Final = re.compile(rf"([{_CN}]*[百千万亿])?(十)?([{_CN_DIGITS}两])([{_CN_DIGITS}])([十百千万亿]*)")
_OPENER: Final = re.compile(rf"[{_CN}数几\d]")  # what a numeral may begin with: cheaper to look for than all its forms
# A numeral of nothing but digits, a point and a percent sign: NUMERAL finds the same, more slowly.
_PLAIN: Final = re.compile(r"\d+(?:\.\d+)?(?:[%‰]|(?![\d.,十百千万萬亿億多余几来餘成%‰]))")
_JOINER: Final = re.compile(r"(?:—+|-|至|到|~)")
_MOST_DIGITS: Final = 28  # precision of the decimal context; what is longer is no quantity and has no value
_LONGEST_WORD: Final = 40
_REMEMBERED: Final = 1 << 15


class Number:
    """A numeral as written. ``start``/``end`` span the numeral with its %, ‰ or magnitude, without unit words.

    ``value`` is in the base unit; None where only an interval is known (数百), then ``low`` and ``high`` bound it.
    ``ulp`` is the weight of the last stated digit. ``infix`` is 多 or 余 inside the number (5000多万).
    """

    __slots__ = (
        "bounds",
        "decimals",
        "end",
        "form",
        "high",
        "infix",
        "magnitude",
        "percent",
        "start",
        "ulp",
        "value",
    )

    def __init__(
        self,
        start: int,
        end: int,
        value: Decimal | None,
        ulp: Decimal,
        decimals: int = 0,
        high: Decimal | None = None,
        percent: str = "",
        infix: str = "",
        form: str = "arabic",
        magnitude: int = 0,  # power of ten that the magnitude word stands for
        bounds: tuple[Decimal, Decimal] | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.value = value
        self.ulp = ulp
        self.decimals = decimals
        self.high = high
        self.percent = percent
        self.infix = infix
        self.form = form
        self.magnitude = magnitude
        self.bounds = bounds


def scan_numerals(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """Every numeral of ``text[start:end]``, in order, ranges joined. Spans refer to ``text``."""
    found: list[Number] = []
    stop = len(text) if end is None else end
    search, read, short = _OPENER.search, NUMERAL.match, _PLAIN.match
    opener = search(text, start, stop)
    while opener is not None:
        at = opener.start()
        plain = short(text, at, stop)
        if plain is not None and plain[0] in _seen:
            after, like = plain.end(), _seen[plain[0]]
        else:
            match = read(text, at, stop)
            if match is None:
                opener = search(text, at + 1, stop)
                continue
            after, like = match.end(), _like(match)
        if like is not None:
            number = Number(
                at,
                after,
                like.value,
                like.ulp,
                like.decimals,
                like.high,
                like.percent,
                like.infix,
                like.form,
                like.magnitude,
                like.bounds,
            )
            if found and at - found[-1].end <= 2 and _is_range(text, found[-1], number):
                found[-1] = _join(found[-1], number)
            else:
                found.append(number)
        opener = search(text, after, stop)
    return found


def first_numeral(text: str, start: int) -> int:
    """Where the next numeral may begin, at ``start`` or after it; the length of the text where there is none."""
    opener = _OPENER.search(text, start)
    return opener.start() if opener else len(text)


_seen: dict[str, Number | None] = {}


def _like(match: re.Match[str]) -> Number | None:
    """A numeral of these words, wherever it stands; None where they make no number. The same words are read once."""
    word = match[0]
    if word in _seen:
        return _seen[word]
    number = next(_read(match), None)
    if len(word) <= _LONGEST_WORD:
        if len(_seen) >= _REMEMBERED:
            _seen.clear()
        _seen[word] = number
    return number


def parse_number(text: str) -> Decimal | None:
    """The value of a numeral on its own (``12.5万`` is 125000, ``81%`` is 81), its lower end for a range; None where
    the text is not one numeral. Line breaks and spaces inside it are ignored. Used to re-read booked spans."""
    compact = re.sub(r"\s+", "", text.replace("％", "%").replace("，", ","))
    compact = compact.translate(_ASCII_DIGITS)
    sign = -1 if compact[:1] in ("-", "−", "－") else 1
    body = compact.lstrip("-−－+＋")
    numbers = scan_numerals(body)
    if len(numbers) != 1 or numbers[0].start != 0 or numbers[0].end != len(body):
        return None
    value = numbers[0].value
    return value.copy_negate() if value is not None and sign < 0 else value


_ASCII_DIGITS: Final = {0xFF10 + i: str(i) for i in range(10)} | {
    0xFF0E: ".",
    0xFF0C: ",",
    ord("—"): "—",
    ord("–"): "—",
}


def _read(match: re.Match[str]) -> Iterator[Number]:
    kind = match.lastgroup
    digits = match["digits"]
    if digits is not None:
        yield _arabic(match, digits)
    elif match.end() - match.start() > _LONGEST_WORD:
        return  # 一二三一二三…: no number is as long
    elif match["cn"] is not None:
        yield from _chinese(match["cn"], match.start())
    elif kind is not None:
        yield _special(match)


def _arabic(match: re.Match[str], digits: str) -> Number:
    plain = digits.replace(",", "")
    point = plain.find(".")
    decimals = len(plain) - point - 1 if point >= 0 else 0
    power = sum(_POWER[c] for c in (match["thousands"] or "") + (match["mag"] or ""))
    if len(plain) + power > _MOST_DIGITS or len(match["tail"]) > _MOST_DIGITS - 8:
        return Number(match.start(), match.end(), None, Decimal(1), percent=match["percent"] or "")
    value = Decimal(plain)
    ulp_power = power - decimals
    if power:
        value = value.scaleb(power)
    tail = match["tail"]
    if tail:
        extra, ulp_power = _tail(tail)
        value += extra
    if value == value.to_integral_value() and power:
        value = Decimal(int(value))
    return Number(
        match.start(),
        match.end(),
        value,
        Decimal(1).scaleb(ulp_power),
        decimals,
        percent=match["percent"] or "",
        infix=match["infix"] or "",
        magnitude=power,
    )


def _tail(tail: str) -> tuple[Decimal, int]:
    total, power = Decimal(0), 0
    for part in re.finditer(r"(\d+(?:\.\d+)?)([万萬千百])", tail):
        power = _POWER[part[2]]
        total += Decimal(part[1]).scaleb(power)
    return total, power


def _chinese(word: str, at: int) -> Iterator[Number]:
    """A run of Chinese numeral characters: one number, a range of neighbours (两三, 七八十), or a row of digits."""
    pair = _NEIGHBOURS.fullmatch(word)
    if pair and (_DIGIT[pair[4]] - _DIGIT[pair[3]] == 1):
        scale = _cn_value("一" + pair[5]) if pair[5] else 1
        above = _cn_value(pair[1]) if pair[1] else 0
        base = 10 if pair[2] else 0
        if scale is not None and above is not None and (not pair[1] or scale < 10 ** _POWER[pair[1][-1]]):
            low = Decimal(above + (base + _DIGIT[pair[3]]) * scale)
            high = Decimal(above + (base + _DIGIT[pair[4]]) * scale)
            yield Number(at, at + len(word), low, Decimal(scale), high=high, form="chinese")
            return
    whole, _, fraction = word.partition("点")
    value = _cn_value(whole)
    if value is None:
        return
    if fraction:
        large = fraction[-1] if fraction[-1] in "万亿" else ""
        places = fraction[: len(fraction) - len(large)]
        exact = Decimal(f"{value}." + "".join(str(_DIGIT[c]) for c in places))
        power = _POWER.get(large, 0)
        yield Number(
            at, at + len(word), exact.scaleb(power), Decimal(1).scaleb(power - len(places)), len(places), form="chinese"
        )
        return
    zeros = len(str(value)) - len(str(value).rstrip("0")) if value else 0
    yield Number(at, at + len(word), Decimal(value), Decimal(10) ** zeros, form="chinese")


def _cn_value(word: str) -> int | None:
    """The value of a Chinese integer, or None where the characters do not make one (二〇二一 gives 2021)."""
    if not word:
        return 0
    if all(c in _DIGIT for c in word):
        return int("".join(str(_DIGIT[c]) for c in word)) if len(word) == 1 or len(word) == 4 else None
    total, section, digit = 0, 0, -1
    for i, c in enumerate(word):
        if c in _DIGIT:
            if digit > 0:
                return None
            digit = _DIGIT[c]
        elif c in _SMALL:
            section += (1 if digit < 0 or (digit == 0 and i == 0) else digit) * _SMALL[c]
            digit = -1
        else:
            section += max(digit, 0)
            if section == 0 and total == 0:
                section = 1
            if section == 0:
                total *= _LARGE[c]
            elif _LARGE[c] == 10**8:
                total = (total + section) * _LARGE[c]
            else:
                total += section * _LARGE[c]
            section, digit = 0, -1
    if digit > 0 and len(word) >= 2 and word[-2] in "百千万亿" and word[-2] != "零":
        return total + section + digit * {"百": 10, "千": 100, "万": 1000, "亿": 10**7}[word[-2]]
    return total + section + max(digit, 0)


def _special(match: re.Match[str]) -> Number:
    """百分之五, 三分之二, 八成, 数百, 二十多万."""
    if match["rounded"]:
        return _rounded(match)
    if match["per"]:
        return _per_hundred(match)
    if match["fraction"]:
        below, above = (_cn_value(part) or 1 for part in match[0].split("分之"))
        value = (Decimal(above) / Decimal(below)).quantize(Decimal("0.000001"))
        return Number(match.start(), match.end(), value, Decimal(1).scaleb(-6), 6, percent="分之", form="fraction")
    if match["tenths"]:
        return _tenths(match)
    return _vague(match)


def _rounded(match: re.Match[str]) -> Number:
    """二十多万: 多 before the magnitude."""
    word = match[0]
    scale = _LARGE[word[-1]]
    above, _, rest = word[:-2].rpartition("亿") if scale < _LARGE["亿"] else ("", "", word[:-2])
    value = Decimal((_cn_value(above) or 0) * _LARGE["亿"] + (_cn_value(rest) or 1) * scale)
    return Number(match.start(), match.end(), value, Decimal(scale), infix=word[-2], form="chinese")


def _per_hundred(match: re.Match[str]) -> Number:
    head, _, body = match[0].partition("分之")
    parts = scan_numerals(body)
    decimals = parts[0].decimals if parts else 0
    mark = {"百": "%", "千": "‰", "万": "‱"}[head]
    value = parts[0].value if parts else None
    ulp = Decimal(1).scaleb(-decimals)
    return Number(match.start(), match.end(), value, ulp, decimals, percent=mark, form="chinese")


def _tenths(match: re.Match[str]) -> Number:
    """八成 is 80 %, 七成半 75 %."""
    number, _, half = match[0].partition("成")
    value = Decimal(number) if number[0].isdigit() else Decimal(_cn_value(number) or 0)
    value += Decimal("0.5") if half == "半" else Decimal(_DIGIT.get(half, 0)) / 10
    return Number(match.start(), match.end(), value * 10, Decimal(10), percent="%", form="chinese")


def _vague(match: re.Match[str]) -> Number:
    """数百 lies between 200 and 1,000, 十几万 between 100,000 and 200,000: no point value."""
    word = match[0]
    if word[0] in "数几":
        unit = Decimal(_cn_value("一" + word[1:]) or 1)
        return Number(match.start(), match.end(), None, unit, form="vague", bounds=(2 * unit, 10 * unit))
    tens = Decimal(10 * (_DIGIT.get(word[0], 1) if word[0] != "十" else 1))
    large = Decimal(_LARGE.get(word[-1], 1))
    return Number(match.start(), match.end(), None, large, form="vague", bounds=(tens * large, (tens + 10) * large))


def _is_range(text: str, left: Number, right: Number) -> bool:
    gap = text[left.end : right.start]
    if not 0 < len(gap) <= 2 or not _JOINER.fullmatch(gap):
        return False
    if left.value is None or right.value is None or left.high is not None:
        return False
    low = left.value.scaleb(right.magnitude) if right.magnitude and not left.magnitude else left.value
    if left.percent and left.percent != right.percent:
        return False
    if (left.start and text[left.start - 1] in "-—/+") or text[right.end : right.end + 1] in ("-", "/", "+"):
        return False
    return low < right.value


def _join(left: Number, right: Number) -> Number:
    value = left.value
    if value is not None and right.magnitude and not left.magnitude:
        value = value.scaleb(right.magnitude)
    return Number(
        left.start,
        right.end,
        value,
        right.ulp,
        max(left.decimals, right.decimals),
        right.value,
        right.percent,
        "",
        left.form,
        right.magnitude,
    )

"""The grammar of numerals, against a writer that shares nothing with it.

The writer starts from an exact value and puts it on paper in one of the notations of GB/T 15835-2011 (Arabic with and
without separators, full-width, with a magnitude, in parts such as 3万6千, in Chinese numerals); the grammar has to come
back to the same value. What it makes of arbitrary text has to read the same a second time.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.numerals import Number, parse_number, scan_numerals

FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
DIGITS = "零一二三四五六七八九"
MAGNITUDES = {"万": 10**4, "亿": 10**8, "万亿": 10**12, "百万": 10**6, "千万": 10**7, "十亿": 10**9, "百亿": 10**10}


# --- the writer


def four_digits(n: int) -> str:
    """1 to 9999 in Chinese, every digit with its place: 1020 is 一千零二十."""
    words, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // place % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return words


def chinese(n: int) -> str:
    """An integer up to 10^12 in Chinese, in groups of four digits: 1_0002_0030 is 一亿零二万零三十."""
    if n == 0:
        return "零"
    words = ""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group = n // size % 10**4
        if group:
            joint = "零" if words and group < 1000 else ""
            words += joint + four_digits(group) + name
    return words[1:] if words.startswith("一十") else words


def with_liang(words: str) -> str:
    """两 for 二 before 百, 千, 万 and 亿, as people say it."""
    for name in "百千万亿":
        words = words.replace("二" + name, "两" + name)
    return words


def separated(n: int) -> str:
    return f"{n:,}"


whole = st.integers(min_value=0, max_value=10**12 - 1)
coefficients = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999.99"), places=2)


def only(text: str) -> Number:
    """The one numeral that is the whole text."""
    found = scan_numerals(text)
    assert [(n.start, n.end) for n in found] == [(0, len(text))], (text, found)
    return found[0]


# --- values


@given(whole)
def test_arabic_digits(n: int) -> None:
    assert parse_number(str(n)) == n


@given(st.integers(min_value=1000, max_value=10**12))
def test_thousands_separators(n: int) -> None:
    assert parse_number(separated(n)) == n
    assert only(separated(n)).value == n


@given(whole, st.integers(min_value=0, max_value=9999))
def test_decimals_keep_their_places(n: int, fraction: int) -> None:
    word = f"{n}.{fraction:04d}"
    number = only(word)
    assert number.value == Decimal(word)
    assert (number.decimals, number.ulp) == (4, Decimal("0.0001"))


@given(coefficients, st.sampled_from(sorted(MAGNITUDES)))
def test_a_magnitude_multiplies(coefficient: Decimal, name: str) -> None:
    number = only(f"{coefficient}{name}")
    assert number.value == coefficient * MAGNITUDES[name]
    assert number.ulp == Decimal("0.01") * MAGNITUDES[name]


@given(whole, coefficients, st.sampled_from(["", "万", "亿"]))
def test_full_width_is_half_width(n: int, coefficient: Decimal, name: str) -> None:
    for word in (str(n), f"{coefficient}{name}", f"{coefficient}%"):
        assert parse_number(word.translate(FULL_WIDTH)) == parse_number(word)
        assert parse_number(word) is not None


@given(whole)
def test_chinese_numerals(n: int) -> None:
    assert parse_number(chinese(n)) == n


@given(whole)
def test_liang_is_er(n: int) -> None:
    assert parse_number(with_liang(chinese(n))) == n


@given(st.integers(min_value=1, max_value=9999), st.text("一二三四五六七八九零", min_size=1, max_size=4))
def test_chinese_decimals(n: int, places: str) -> None:
    digits = "".join(str(DIGITS.index(c)) for c in places)
    number = only(f"{chinese(n)}点{places}")
    assert number.value == Decimal(f"{n}.{digits}")
    assert number.decimals == len(places)


@given(st.integers(min_value=1, max_value=999), st.integers(min_value=1, max_value=9), st.sampled_from(["千", "百"]))
def test_magnitudes_in_two_parts(high: int, low: int, name: str) -> None:
    """3万6千 is 36000, of which the thousands are the last digit stated."""
    size = {"千": 1000, "百": 100}[name]
    number = only(f"{high}万{low}{name}")
    assert (number.value, number.ulp) == (high * 10**4 + low * size, size)


@given(st.integers(min_value=1, max_value=99), st.integers(min_value=1, max_value=9999))
def test_hundred_millions_and_ten_thousands(high: int, low: int) -> None:
    assert only(f"{high}亿{low}万").value == high * 10**8 + low * 10**4


@given(st.integers(min_value=1, max_value=9999), st.sampled_from("多余几"), st.sampled_from("万亿"))
def test_a_word_between_digits_and_magnitude(n: int, word: str, name: str) -> None:
    """5000多万: the value is that of 5000万, and the word is kept."""
    number = only(f"{n}{word}{name}")
    assert (number.value, number.infix) == (n * MAGNITUDES[name], word)


@given(st.integers(min_value=0, max_value=100))
def test_per_cent_in_words(n: int) -> None:
    number = only(f"百分之{chinese(n)}")
    assert (number.value, number.percent) == (n, "%")
    assert parse_number(f"{n}%") == n


@given(st.integers(min_value=1, max_value=99), st.integers(min_value=1, max_value=9))
def test_per_cent_in_words_with_a_decimal(n: int, tenth: int) -> None:
    assert only(f"百分之{chinese(n)}点{DIGITS[tenth]}").value == Decimal(f"{n}.{tenth}")
    assert only(f"百分之{n}.{tenth}").value == Decimal(f"{n}.{tenth}")
    assert only(f"千分之{chinese(n)}").percent == "‰"


@given(st.integers(min_value=1, max_value=9), st.integers(min_value=1, max_value=9))
def test_tenths(n: int, more: int) -> None:
    """八成 is 80 %, 七成半 75 %, 八成六 86 %."""
    assert only(f"{DIGITS[n]}成").value == 10 * n
    assert only(f"{n}成").value == 10 * n
    assert only(f"{DIGITS[n]}成半").value == 10 * n + 5
    assert only(f"{DIGITS[n]}成{DIGITS[more]}").value == 10 * n + more


@given(st.integers(min_value=2, max_value=9), st.integers(min_value=1, max_value=8))
def test_fractions(below: int, above: int) -> None:
    number = only(f"{DIGITS[below]}分之{DIGITS[above]}")
    assert number.value is not None
    assert abs(number.value * below - above) <= number.ulp * below / 2


# --- ranges


@given(
    st.integers(min_value=1, max_value=500),
    st.integers(min_value=1, max_value=500),
    st.sampled_from(["至", "到", "—", "-", "~"]),
)
def test_a_range_has_both_ends(low: int, more: int, joiner: str) -> None:
    number = only(f"{low}{joiner}{low + more}")
    assert (number.value, number.high) == (low, low + more)


@given(st.integers(min_value=1, max_value=500), st.integers(min_value=1, max_value=500), st.sampled_from(["万", "亿"]))
def test_the_lower_end_borrows_the_magnitude(low: int, more: int, name: str) -> None:
    """3至5万 is 30000 to 50000."""
    number = only(f"{low}至{low + more}{name}")
    assert (number.value, number.high) == (low * MAGNITUDES[name], (low + more) * MAGNITUDES[name])


@given(st.integers(min_value=1, max_value=49), st.integers(min_value=1, max_value=49))
def test_a_range_of_per_cents(low: int, more: int) -> None:
    number = only(f"{low}%—{low + more}%")
    assert (number.value, number.high, number.percent) == (low, low + more, "%")


@given(st.integers(min_value=2, max_value=500), st.integers(min_value=0, max_value=500))
def test_what_does_not_rise_is_no_range(low: int, less: int) -> None:
    if less > low:
        return
    assert [n.value for n in scan_numerals(f"{low}至{less}")] == [low, less]


@given(
    st.integers(min_value=1, max_value=8),
    st.sampled_from([("", 1), ("十", 10), ("百", 100), ("千", 1000), ("万", 10**4)]),
)
def test_neighbouring_digits_are_a_range(n: int, scale: tuple[str, int]) -> None:
    """七八 is 7 to 8, 三四十 is 30 to 40, 五六千 is 5000 to 6000."""
    number = only(DIGITS[n] + DIGITS[n + 1] + scale[0])
    assert (number.value, number.high) == (n * scale[1], (n + 1) * scale[1])


def test_liang_san_is_two_to_three() -> None:
    number = only("两三")
    assert (number.value, number.high) == (2, 3)


def test_a_range_in_the_teens() -> None:
    number = only("十七八")
    assert (number.value, number.high) == (17, 18)


# --- no point value


@pytest.mark.parametrize(
    ("word", "low", "high"),
    [
        ("数百", 200, 1000),
        ("几千", 2000, 10000),
        ("数十万", 200_000, 1_000_000),
        ("十几", 10, 20),
        ("十几万", 100_000, 200_000),
        ("三十几", 30, 40),
    ],
)
def test_vague_words_are_intervals(word: str, low: int, high: int) -> None:
    number = only(word)
    assert number.value is None
    assert number.bounds == (low, high)


# --- forms that are met, one by one


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("3.6万亿", "3600000000000"),
        ("1.2万", "12000"),
        ("229亿", "22900000000"),
        ("934,870", "934870"),
        ("两千", "2000"),
        ("兩千", "2000"),
        ("3.2萬", "32000"),
        ("5億", "500000000"),
        ("两万五", "25000"),
        ("一百二", "120"),
        ("三千零五", "3005"),
        ("十", "10"),
        ("十二万", "120000"),
        ("一百二十三万", "1230000"),
        ("九千", "9000"),
        ("三点五", "3.5"),
        ("二〇二一", "2021"),
        ("1.05‰", "1.05"),
        ("-3.2%", "-3.2"),
        ("－0.5", "-0.5"),
        ("百万", "1000000"),
        ("万亿", "1000000000000"),
    ],
)
def test_the_value_of_a_numeral(word: str, value: str) -> None:
    assert parse_number(word) == Decimal(value)


@pytest.mark.parametrize("word", ["", "件", "3件", "约3", "3和4", "3 件", "N", "1+6", "。", "一二三四五六"])
def test_what_is_not_one_numeral_has_no_value(word: str) -> None:
    assert parse_number(word) is None


@pytest.mark.parametrize("word", ["15\n88", "1\n588", "934 870", "12.\n5万", "百分\n之五"])
def test_breaks_inside_a_numeral_do_not_matter(word: str) -> None:
    assert parse_number(word) == parse_number("".join(word.split()))
    assert parse_number(word) is not None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("用电5千瓦时", "5"),
        ("骑行30千米", "30"),
        ("检出量为8千克", "8"),
        ("提高2个百分点", "2"),
        ("售出12万平方米", "12万"),
        ("存款6百万元", "6百万"),
    ],
)
def test_the_first_word_of_a_unit_is_no_magnitude(text: str, word: str) -> None:
    number = next(n for n in scan_numerals(text) if text[n.start].isdigit())
    assert text[number.start : number.end] == word


@pytest.mark.parametrize("text", ["八成立", "三成员", "九成熟", "六成功"])
def test_cheng_in_a_word_is_no_tenth(text: str) -> None:
    assert all(n.percent != "成" for n in scan_numerals(text))


# --- any text at all

NUMERAL_LIKE = st.text(
    "0123456789.,，%‰零〇一二两三四五六七八九十百千万亿点分之成半多余几数至到—-~+/:个 人元第年\n", max_size=40
)


@given(st.one_of(st.text(max_size=60), NUMERAL_LIKE))
@settings(max_examples=400)
def test_any_text_is_scanned_without_error_in_order_and_apart(text: str) -> None:
    found = scan_numerals(text)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(n.ulp > 0 for n in found)
    parse_number(text)


@given(NUMERAL_LIKE)
@settings(max_examples=600)
def test_every_span_reads_again_to_the_same_value(text: str) -> None:
    """Only what follows may tell a numeral's end (千 of 千瓦), so the span alone must hold all of its value."""
    for number in scan_numerals(text):
        if number.value is not None:
            assert parse_number(text[number.start : number.end]) == number.value, text[number.start : number.end]


@given(NUMERAL_LIKE)
@settings(max_examples=300)
def test_every_digit_belongs_to_a_numeral(text: str) -> None:
    covered = {i for n in scan_numerals(text) for i in range(n.start, n.end)}
    missed = [i for i, c in enumerate(text) if c in "0123456789" and i not in covered]
    assert not missed, text


def test_a_window_gives_spans_of_the_whole_text() -> None:
    text = "收入12亿元，支出15亿元"
    assert [text[n.start : n.end] for n in scan_numerals(text, 6, len(text))] == ["15亿"]


@pytest.mark.parametrize(
    ("word", "low", "high"),
    [
        ("一亿八千多万", 180_000_000, None),
        ("三亿二千余万", 320_000_000, None),
        ("二百二三十", 220, 230),
        ("一千六七百", 1600, 1700),
        ("两万三四千", 23_000, 24_000),
        ("七八十", 70, 80),
    ],
)
def test_round_numbers_as_they_are_spoken(word: str, low: int, high: int | None) -> None:
    (number,) = scan_numerals(word)
    assert (number.value, number.high) == (low, high)

"""Qualifiers: the words on either side of a number, and across its unit, that make an interval of it."""

from __future__ import annotations

from itertools import product

import pytest

from tests.extraction import figure, read

BEFORE = {
    "at_least": ["超过", "超", "突破", "逾", "不少于", "不低于", "至少", "高于", "多于"],
    "at_most": ["不超过", "不足", "不到", "至多", "最多", "低于", "少于", "未达到"],
    "approximate": ["约", "约为", "近", "将近", "接近", "大约", "大概"],
}
AFTER = {
    "at_least": ["以上", "有余", "及以上"],
    "at_most": ["以下", "以内", "之内"],
    "approximate": ["左右", "上下"],
}
NUMBERS = [("500", "家"), ("3.5万", "人"), ("120亿", "元"), ("八千", "户"), ("35%", "")]


@pytest.mark.parametrize(
    ("word", "expected", "number"),
    [(word, q, n) for (q, words), n in product(BEFORE.items(), NUMBERS) for word in words],
)
def test_a_word_before_the_number(word: str, expected: str, number: tuple[str, str]) -> None:
    assert figure(f"全县惠及规模{word}{number[0]}{number[1]}。", number[0]).qualifier == expected


@pytest.mark.parametrize(
    ("word", "expected", "number"),
    [(word, q, n) for (q, words), n in product(AFTER.items(), NUMBERS) for word in words],
)
def test_a_word_after_the_unit(word: str, expected: str, number: tuple[str, str]) -> None:
    assert figure(f"全县惠及规模达{number[0]}{number[1]}{word}。", number[0]).qualifier == expected


@pytest.mark.parametrize(
    ("text", "numeral", "value"),
    [
        ("走访群众9300余户。", "9300", 9300),
        ("走访群众9300多户。", "9300", 9300),
        ("培训1.2万余人。", "1.2万", 12000),
        ("受益5000多万人。", "5000多万", 50_000_000),
        ("受益九千余名职工。", "九千", 9000),
        ("投资三亿多元。", "三亿", 300_000_000),
        ("受益20余万人。", "20余万", 200_000),
    ],
)
def test_yu_and_duo_inside_the_number_or_before_the_unit(text: str, numeral: str, value: int) -> None:
    found = figure(text, numeral)
    assert (found.value, found.qualifier) == (value, "at_least")


@pytest.mark.parametrize(
    ("text", "numeral", "expected"),
    [
        ("接待游客20万人次以上。", "20万", "at_least"),
        ("带动近500家企业。", "500", "approximate"),
        ("投资超万亿元。", "万亿", "at_least"),
        ("每户补助不超过5000元。", "5000", "at_most"),
        ("服务半径在2公里以内。", "2", "at_most"),
        ("每个社区配备不少于3名网格员。", "3", "at_least"),
        ("全年新增企业约300家。", "300", "approximate"),
        ("全年新增企业300家。", "300", "exact"),
        ("近年来新增企业300家。", "300", "exact"),
        ("签约300家企业。", "300", "exact"),
        ("预约300人。", "300", "exact"),
        ("超市300家。", "300", "exact"),
        ("节约300万元。", "300万", "exact"),
        ("附近3个村受益。", "3", "exact"),
    ],
)
def test_words_that_qualify_and_words_that_only_look_so(text: str, numeral: str, expected: str) -> None:
    assert figure(text, numeral).qualifier == expected


@pytest.mark.parametrize(
    ("text", "numeral", "low", "high"),
    [
        ("招录3至5名辅警。", "3至5", 3, 5),
        ("降雨30—50毫米。", "30—50", 30, 50),
        ("投资10-20亿元。", "10-20亿", 10**9, 2 * 10**9),
        ("有两三个社区试点。", "两三", 2, 3),
        ("三四十人参加。", "三四十", 30, 40),
        ("占10%至15%。", "10%至15%", 10, 15),
    ],
)
def test_ranges(text: str, numeral: str, low: int, high: int) -> None:
    found = figure(text, numeral)
    assert (found.value, found.value_high, found.qualifier) == (low, high, "range")


@pytest.mark.parametrize("text", ["动员数百名志愿者。", "动员几千名志愿者。", "动员十几名志愿者。"])
def test_words_without_a_point_value(text: str) -> None:
    """数百 is an interval; no point is made up for it."""
    (found,) = read(text).figures
    assert found.value is None
    assert found.qualifier in ("range", "approximate")


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("夏粮收获过八成。", "at_least"),
        ("麦收进度南部过三成。", "at_least"),
        ("玉米收获八成出头。", "at_least"),
        ("还剩三百来亩。", "approximate"),
        ("还剩三百余亩。", "at_least"),
        ("产值破100亿元。", "at_least"),
        ("破案41起，当日破41起。", "exact"),
    ],
)
def test_spoken_qualifiers(text: str, qualifier: str) -> None:
    assert read(text).figures[-1].qualifier == qualifier

"""Reports as they were printed long ago, and numbers beside letters and names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.normalize.latest import latest_day
from flows.normalize.metadata import resolve
from flows.normalize.model import SourceText
from tests.extraction import classes, figure, figures, running


def spread(text: str) -> str:
    """Every digit set apart, as in the old reports."""
    return "".join(f"{c} " if c.isdigit() else f"{c}" for c in text)


def test_digits_set_apart_are_one_number() -> None:
    found = figures(
        "1 9 9 7 年国内生产总值达到7 4 7 7 2 亿元，平均每年增长1 1 ％，价格上涨0 ．8 ％。", published_on="1998-03-05"
    )
    assert [f.value for f in found.values()] == [7_477_200_000_000, 11, Decimal("0.8")]
    assert {f.time_start for f in found.values()} == {"1997-01-01"}


@given(st.integers(1000, 10**9), st.integers(1950, 1999))
def test_any_number_set_apart_reads_as_the_same_number(value: int, year: int) -> None:
    plain = f"{year}年全区粮食产量达到{value}吨，比五年前增加12345吨。"
    whole = {f.value for f in figures(plain).values()}
    assert {f.value for f in figures(spread(plain)).values()} == whole


def test_a_table_of_single_digits_stays_a_table() -> None:
    text = running("东镇 2 西镇 3 南镇 1 北镇 4 中镇 5 新镇 6").text
    assert "2 " in text
    assert "23" not in text


def test_a_day_to_come_does_not_date_the_report() -> None:
    text = "今年我国将恢复行使主权，1999年12月20日恢复对另一地行使主权。1996年粮食丰收。"
    assert latest_day(text, "1997年政府工作报告") == "1997-12-31"
    assert latest_day("2022年12月20日。1996年粮食丰收。", "1997年统计公报") == "1997-12-31"
    assert latest_day("1998年2月20日发布。1997年粮食丰收。", "1997年统计公报") == "1998-02-20"


def test_a_report_of_the_state_council_is_about_the_nation() -> None:
    source = SourceText("恢复对香港行使主权。香港、香港、香港。", "text/plain")
    named = resolve(source, name="a.txt", sidecar={"title": "1998年国务院政府工作报告"})
    assert named.place == "全国"


@pytest.mark.parametrize(
    ("text", "numeral", "value"),
    [
        ("全区GDP1234.56亿元。", "1234.56亿", Decimal("123456000000")),
        ("研发投入占GDP2.1%。", "2.1%", Decimal("2.1")),
        ("最低气温达零下5℃。", "5", Decimal(-5)),
        ("河道流量570立方米每秒。", "570", Decimal(570)),
    ],
)
def test_numbers_beside_letters_and_signs(text: str, numeral: str, value: Decimal) -> None:
    assert figure(text, numeral).value == value


def test_a_unit_may_be_told_per_second() -> None:
    assert figure("河道流量570立方米每秒，水位12.5米。", "570").unit == "立方米每秒"
    assert figure("按每亩60元计，补助5元每亩。", "60").unit == "元"


@pytest.mark.parametrize(
    ("text", "word"),
    [("全市A4纸", "4"), ("五里铺干休所建成。", "五"), ("郑麦136等品种推广。", "136"), ("三星芯片项目投产。", "三")],
)
def test_numbers_in_names_are_no_figures(text: str, word: str) -> None:
    assert classes(text)[word] != "figure"

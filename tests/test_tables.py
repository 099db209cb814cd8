"""Figures in tables: the same fields as in prose, from row label, column head, caption and unit line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.model import Figure
from tests.extraction import read

MAIN = "主要指标（单位：万元）\n\n指标\t绝对数\t比上年增长%\n财政收入\t123456\t5.6\n财政支出\t234567\t-1.2\n"
PRODUCTS = (
    "2020年主要产品产量\n\n产品名称\t单位\t产量\t增长（%）\n"
    "粮食\t万吨\t56.3\t2.1\n棉花\t吨\t1250\t-3.5\n汽车\t辆\t86000\t12.4\n"
)


def cells(text: str, **known: str | None) -> list[Figure]:
    return list(read(text, **known).figures)  # type: ignore[arg-type]


def test_the_unit_of_a_caption_goes_into_the_value() -> None:
    revenue, growth, spending, fall = cells(MAIN)
    assert (revenue.value, revenue.unit, revenue.measure) == (1_234_560_000, "元", "money")
    assert (spending.value, spending.unit) == (2_345_670_000, "元")
    assert (growth.value, growth.unit, growth.measure) == (Decimal("5.6"), "%", "change")
    assert (fall.value, fall.unit) == (Decimal("-1.2"), "%")


def test_the_text_of_a_cell_stays_what_the_cell_says() -> None:
    found = cells(MAIN)
    assert [MAIN[f.start : f.end] for f in found] == ["123456", "5.6", "234567", "-1.2"]


def test_row_label_and_column_head_make_the_name() -> None:
    revenue, growth, *_ = cells(MAIN)
    assert revenue.indicator == "财政收入"
    assert growth.indicator.startswith("财政收入")
    assert "增长" in growth.indicator


def test_a_column_of_units() -> None:
    found = cells(PRODUCTS)
    assert [(f.value, f.unit) for f in found if f.measure != "change"] == [(563000, "吨"), (1250, "吨"), (86000, "辆")]
    assert [f.value for f in found if f.measure == "change"] == [Decimal("2.1"), Decimal("-3.5"), Decimal("12.4")]
    assert found[0].indicator == "粮食产量"


def test_a_level_and_the_growth_beside_it_are_related() -> None:
    found = read(PRODUCTS)
    word = {f.start: f.text for f in found.figures}
    pairs = [(word[r.now or 0], word[r.change or 0]) for r in found.relations if r.relation == "change"]
    assert pairs == [("56.3", "2.1"), ("1250", "-3.5"), ("86000", "12.4")]


def test_growth_is_in_per_cent_where_the_head_does_not_say() -> None:
    found = cells("指标\t绝对数（亿元）\t比上年增长\n财政收入\t12.3\t5.6\n财政支出\t23.4\t-1.2\n")
    assert [(f.text, f.unit) for f in found] == [("12.3", "元"), ("5.6", "%"), ("23.4", "元"), ("-1.2", "%")]


def test_the_year_of_the_caption() -> None:
    assert {(f.time_start, f.time_end) for f in cells(PRODUCTS)} == {("2020-01-01", "2020-12-31")}


def test_two_years_in_a_row_of_words_and_numbers() -> None:
    """As a scan flattens a table into one line."""
    text = "指标 2020年 2019年 一般公共预算收入（亿元） 85.6 80.2 税收收入（亿元） 60.1 58.3 支出（亿元） 120.5 118.6"
    found = cells(text)
    assert [(f.text, f.unit) for f in found][:2] == [("85.6", "元"), ("80.2", "元")]
    assert found[2].indicator == "税收收入"


WARDS = "区域 留观人员 入境人员 法国 21 意大利 22 日本 19 泰国 7 加拿大 4 越南 3 本区常住人员 城东 2 合计 78"


def test_the_unit_of_the_row_that_opens_a_group_holds_for_the_money_under_it() -> None:
    text = "指标\t数值\n财政收入（亿元）\t85.6\n#增值税\t32.1\n教育费附加收入\t4.7\n附：彩票收入\t1.2\n窗口数\t64\n"
    found = cells(text)
    assert [(f.value, f.unit) for f in found[1:4]] == [
        (3_210_000_000, "元"),
        (470_000_000, "元"),
        (120_000_000, "元"),
    ]
    assert (found[3].indicator, found[4].value, found[4].unit) == ("彩票收入", 64, "")


def test_words_and_numbers_in_turn_with_the_name_of_a_group_between() -> None:
    found = cells(WARDS, published_on="2022-05-10")
    assert [f.text for f in found] == ["21", "22", "19", "7", "4", "3", "2", "78"]
    assert found[-1].indicator == "合计留观人员"
    assert found[-2].indicator == "城东留观人员"


def test_japan_after_a_number_is_no_day() -> None:
    found = cells("5月9日，来访120人。\n\n" + WARDS, published_on="2022-05-10")
    assert "22" in [f.text for f in found]
    assert found[-1].time_end == "2022-05-09"


def test_each_column_of_a_flattened_table_has_its_year() -> None:
    text = "指标 2020年 2019年 一般公共预算收入（亿元） 85.6 80.2 税收收入（亿元） 60.1 58.3 支出（亿元） 120.5 118.6"
    assert [(f.time_start or "")[:4] for f in cells(text)] == ["2020", "2019"] * 3


def test_a_column_of_a_year_is_about_that_year() -> None:
    text = "指标\t2019年\t2020年\n财政收入（亿元）\t80.2\t85.6\n财政支出（亿元）\t118.6\t120.5\n"
    found = cells(text)
    assert [f.time_start for f in found] == ["2019-01-01", "2020-01-01", "2019-01-01", "2020-01-01"]
    assert [f.time_end for f in found] == ["2019-12-31", "2020-12-31", "2019-12-31", "2020-12-31"]
    assert [(f.value, f.unit) for f in found][:2] == [(8_020_000_000, "元"), (8_560_000_000, "元")]


@pytest.mark.parametrize(
    ("head", "value", "unit"),
    [
        ("绝对数（亿元）", 8_560_000_000, "元"),
        ("金额（万元）", 856_000, "元"),
        ("面积（万亩）", 856_000, "亩"),
        ("人数（万人）", 856_000, "人"),
        ("产量（吨）", Decimal("85.6"), "吨"),
        ("占比（%）", Decimal("85.6"), "%"),
    ],
)
def test_the_unit_of_a_head(head: str, value: Decimal, unit: str) -> None:
    text = f"项目\t{head}\n甲项\t85.6\n乙项\t96.5\n"
    first = cells(text)[0]
    assert (first.value, first.unit) == (value, unit)


def test_rates_and_counts_of_one_row() -> None:
    text = "街道\t实事（件）\t办结（件）\t办结率\n甲街道\t52\t42\t81%\n乙街道\t48\t36\t75%\n"
    found = cells(text)
    assert [(f.text, f.unit, f.measure) for f in found[:3]] == [
        ("52", "件", "count"),
        ("42", "件", "count"),
        ("81%", "%", "rate"),
    ]
    assert "甲街道" in found[0].indicator
    assert found[0].indicator != found[1].indicator


def test_a_total_row_heads_the_sum() -> None:
    text = "地区\t接待人次（万人次）\n合计\t36\n甲县\t12\n乙县\t15\n丙县\t9\n"
    found = read(text)
    word = {f.start: f.text for f in found.figures}
    (total,) = [r for r in found.relations if r.relation == "sum"]
    assert (word[total.total or 0], [word[p] for p in total.parts], total.complete) == ("36", ["12", "15", "9"], True)


def test_a_row_under_another_is_part_of_it() -> None:
    text = (
        "指标\t绝对数（亿元）\n一般公共预算收入\t85.6\n其中：税收收入\t60.1\n    非税收入\t25.5\n"
        "一般公共预算支出\t120.5\n"
    )
    found = cells(text)
    assert [f.indicator for f in found][:2] == ["一般公共预算收入", "税收收入"]


def test_a_table_with_one_cell_a_line() -> None:
    """As a PDF flattens it."""
    text = "主要农产品产量\n单位：万吨\n粮食\n56.3\n棉花\n1.2\n油料\n8.6\n"
    found = cells(text)
    assert [(f.value, f.unit) for f in found] == [(563000, "吨"), (12000, "吨"), (86000, "吨")]
    assert [name in f.indicator for name, f in zip(("粮食", "棉花", "油料"), found, strict=True)] == [True] * 3
    assert not any("单位" in f.indicator for f in found)


def test_prose_before_and_after_a_table_stays_prose() -> None:
    text = f"全年粮食生产形势较好，完成播种面积36万亩。\n\n{PRODUCTS}\n全年新建粮库3座。\n"
    found = cells(text)
    assert found[0].text == "36万"
    assert "播种面积" in found[0].indicator
    assert (found[-1].text, found[-1].unit) == ("3", "座")
    assert len(found) == 8


def test_years_in_heads_and_serial_numbers_are_no_cells() -> None:
    text = "序号\t项目\t2020年\n1\t财政收入（亿元）\t85.6\n2\t财政支出（亿元）\t120.5\n"
    found = read(text)
    assert [f.text for f in found.figures] == ["85.6", "120.5"]
    assert {row.text for row in found.ledger} >= {"2020", "1", "2", "85.6", "120.5"}


@given(
    st.lists(
        st.tuples(st.integers(1, 10**6), st.decimals(Decimal("-99.9"), Decimal("99.9"), places=1)),
        min_size=2,
        max_size=8,
    )
)
@settings(max_examples=60)
def test_every_cell_is_read_whatever_it_holds(rows: list[tuple[int, Decimal]]) -> None:
    names = ["粮食", "棉花", "油料", "蔬菜", "水果", "肉类", "禽蛋", "水产"]
    body = "".join(f"{n}\t{level}\t{rate}\n" for n, (level, rate) in zip(names, rows, strict=False))
    text = f"产品\t产量（吨）\t比上年增长（%）\n{body}"
    found = cells(text)
    assert [f.value for f in found] == [v for row in rows for v in row]
    assert [f.unit for f in found] == ["吨", "%"] * len(rows)
    assert len(read(text).ledger) == len(found)


@given(st.lists(st.text("123.-%\t甲乙合计（）亿元\n增长", max_size=12), max_size=12).map("\n".join))
@settings(max_examples=200)
def test_no_table_raises(text: str) -> None:
    found = read(text)
    assert all(f.start < f.end for f in found.figures)


# --- columns of plans and outcomes, rows of places, heads on two floors


def test_the_column_of_a_plan_is_a_target_and_that_of_the_outcome_is_not() -> None:
    text = (
        "收支项目（万元）\t2024年决算数\t2025年预算数\t2025年执行数\t比上年增长%\n"
        "一般公共预算收入\t2085600\t2198200\t2214537\t6.2\n"
        "一般公共预算支出\t4418907\t4730000\t4605218\t4.2\n"
    )
    found = cells(text, published_on="2026-02-01", title="2025年预算执行情况")
    assert [f.modality for f in found[:4]] == ["actual", "target", "actual", "actual"]
    assert [f.time_end for f in found[:3]] == ["2024-12-31", "2025-12-31", "2025-12-31"]
    assert [f.indicator for f in found[:3]] == ["一般公共预算收入", "一般公共预算收入预算数", "一般公共预算收入"]
    assert found[2].value == 22_145_370_000


def test_rows_of_places_take_their_name_from_the_head_and_their_place_from_the_label() -> None:
    text = (
        "地区\t地区生产总值\t地区生产总值\n地区\t绝对数（亿元）\t比上年增长（%）\n"
        "全市\t7186.52\t6.5\n兰溪市\t512.40\t5.6\n永康市\t816.09\t5.0\n"
    )
    found = cells(text, place="金华市", published_on="2026-03-20", title="2025年主要指标")
    assert [(f.indicator, f.place) for f in found] == [
        (name, place) for place in ("金华市", "兰溪市", "永康市") for name in ("地区生产总值", "地区生产总值同比增长")
    ]


def test_a_part_of_the_place_over_a_column_stands_before_the_name() -> None:
    text = (
        "指标\t全市\t市本级\n（单位：万元）\t执行数\t执行数\n"
        "一般公共预算收入\t2237518\t902144\n一般公共预算支出\t6238907\t1628350\n"
    )
    assert [f.indicator for f in cells(text)] == [
        "一般公共预算收入",
        "市本级一般公共预算收入",
        "一般公共预算支出",
        "市本级一般公共预算支出",
    ]


def test_an_empty_cell_keeps_the_figures_beside_it_under_their_heads() -> None:
    text = (
        "收入项目（单位：万元）\n\n项目\t2023年执行数\t为预算%\t2024年预算\t比上年增长%\n"
        "一般公共预算收入\t4120\t103.5\t4350\t5.6\n捐赠收入\t\t\t620\t\n罚没收入\t35\t\t48\t37.1\n"
    )
    found = cells(text, published_on="2024-02-01")
    gift, before, plan, growth = (f for f in found if "一般公共" not in f.indicator)
    assert (gift.text, gift.unit, gift.modality, gift.time_end) == ("620", "元", "target", "2024-12-31")
    assert (before.text, before.modality, before.time_end) == ("35", "actual", "2023-12-31")
    assert (plan.text, plan.modality, plan.time_end) == ("48", "target", "2024-12-31")
    assert (growth.text, growth.unit, growth.measure) == ("37.1", "%", "change")
    assert (growth.modality, growth.time_end) == ("target", "2024-12-31")


def test_heads_that_begin_with_an_empty_cell() -> None:
    text = "\t2019年\t2020年\t\n项目\t产量（吨）\t产量（吨）\t比上年增长%\n茶叶\t800\t840\t5\n蚕茧\t50\t60\t20\n"
    found = cells(text)
    assert [(f.unit, f.time_end) for f in found[:2]] == [("吨", "2019-12-31"), ("吨", "2020-12-31")]
    assert [(f.value, f.measure) for f in found if f.unit == "%"] == [(5, "change"), (20, "change")]


def test_a_change_told_as_an_amount_and_a_proposed_figure() -> None:
    text = (
        "支出项目\n单位：万元\n\t2020年\t2021年预算\t2021年预算\t2021年预算\n\t\t\t比2020年执行数增减\t比2020年执行数增减\n"
        "项目\t执行数\t建议数\t金额\t%\n教育支出\t36800\t36500\t-300\t-0.8\n文化支出\t12000\t12240\t240\t2\n"
    )
    done, proposed, amount, per_cent, *_ = cells(text, published_on="2021-02-01")
    assert (done.modality, done.time_end) == ("actual", "2020-12-31")
    assert (proposed.modality, proposed.indicator, proposed.time_end) == (
        "target",
        "教育支出预算建议数",
        "2021-12-31",
    )
    assert (amount.value, amount.unit, amount.measure) == (-3_000_000, "元", "change")
    assert (per_cent.value, per_cent.unit, per_cent.measure) == (Decimal("-0.8"), "%", "change")
    assert {f.modality for f in (amount, per_cent)} == {"target"}


DEBT = (
    "2023年地方政府债务限额及余额情况表\n单位：亿元\n地 区\n2023年债务限额\n2023年债务余额（决算数）\n"
    "一般债务\n专项债务\n一般债务\n专项债务\n公 式\nA=B+C\nB\nC\nD=E+F\nE\nF\n"
    "长春市\n2,879.21\n943.95\n1,935.26\n2,863.23\n932.59\n1,930.64\n"
    "长春市本级\n1,478.59\n647.63\n830.96\n1,483.45\n643.25\n840.20\n"
    "农安县\n119.63\n53.06\n66.57\n118.87\n52.50\n66.37\n"
)


def test_heads_on_two_floors_with_a_row_of_formulas() -> None:
    found = cells(DEBT, place="吉林省", published_on="2024-09-30")
    assert [f.indicator for f in found[:6]] == [
        "债务限额",
        "一般债务限额",
        "专项债务限额",
        "政府债务余额",
        "一般债务余额",
        "专项债务余额",
    ]
    assert [f.place for f in found[::6]] == ["长春市", "长春市", "农安县"]
    assert found[6].indicator == "市本级债务限额"
    assert (found[0].value, found[0].unit) == (287_921_000_000, "元")


def test_a_column_that_the_two_beside_it_make_in_every_row_is_their_total() -> None:
    found = read(DEBT)
    word = {f.start: f.text for f in found.figures}
    sums = [(word[r.total or 0], [word[p] for p in r.parts]) for r in found.relations if r.relation == "sum"]
    assert ("2,879.21", ["943.95", "1,935.26"]) in sums
    assert ("118.87", ["52.50", "66.37"]) in sums
    assert len(sums) == 6
    broken = read(DEBT.replace("66.57", "67.57"))
    assert len([r for r in broken.relations if r.relation == "sum"]) == 3


def test_rows_that_the_rows_under_them_make() -> None:
    text = (
        "指标\t绝对数（亿千瓦时）\n全社会用电量\t457.73\n全行业用电\t421.45\n第一产业\t1.87\n第二产业\t332.24\n#工业\t329.29\n"
        "第三产业\t87.34\n居民生活用电\t36.27\n"
    )
    found = read(text)
    word = {f.start: f.text for f in found.figures}
    assert {(word[r.total or 0], tuple(word[p] for p in r.parts)) for r in found.relations if r.relation == "sum"} == {
        ("457.73", ("421.45", "36.27")),
        ("421.45", ("1.87", "332.24", "87.34")),
    }


def test_a_row_that_says_how_the_one_above_it_grew() -> None:
    text = "指标\t2024年\t2025年\n地区生产总值（亿元）\t410.2\t434.7\n按可比价增长（%）\t5.1\t5.6\n"
    assert [f.indicator for f in cells(text)][2:] == ["地区生产总值同比增长"] * 2


@pytest.mark.parametrize(
    ("caption", "label", "indicator"),
    [
        ("2025年全市一般公共预算收入完成情况表", "合计", "一般公共预算收入"),
        ("2025年市本级政府性基金预算支出执行情况表", "本年支出合计", "市本级政府性基金支出"),
        ("2025年主要指标完成情况表", "合计", "合计"),
    ],
)
def test_a_row_of_totals_is_named_by_the_caption(caption: str, label: str, indicator: str) -> None:
    text = f"{caption}\n\n科目\t预算数（万元）\t执行数（万元）\n增值税\t820\t850\n契税\t340\t330\n{label}\t1160\t1180\n"
    assert cells(text)[-1].indicator == indicator

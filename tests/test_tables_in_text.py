"""Tables as text files hold them: rows without values, account numbers, cells run together, bars and spaces."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.extraction import classes, figures, read

ACCOUNT = (
    "2020年东湖区决算\n\n单位：万元\n科目编码 \n科目名称 \n决算数 \n2010301 \n    行政运行 \n5,120 \n2010302 \n"
    "    机关后勤 \n318 \n2010303 \n    信访事务 \n1,077 \n"
)


def test_a_row_without_values_does_not_end_its_table() -> None:
    table = (
        "单位：万元\n项目\t年初预算数\t执行数\t完成年初预算%\n车船税\t800\t1,200\t150.0\n耕地占用税\t\t\t\n"
        "印花税\t640\t600\t93.8\n"
    )
    found = figures(table)
    assert (found["640"].unit, found["640"].value, found["640"].modality) == ("元", 6_400_000, "target")
    assert (found["600"].unit, found["600"].modality) == ("元", "actual")
    assert (found["93.8"].unit, found["93.8"].measure) == ("%", "rate")


def test_a_line_of_text_between_two_tables_ends_the_first() -> None:
    money = "单位：万元\n项目\t执行数\n车船税\t1,200\n印花税\t600\n"
    tables = money + "\n附表2 人口\n地区\t人数（人）\n东湖区\t900\n西湖区\t800\n"
    assert [f.unit for f in read(tables).figures] == ["元", "元", "人", "人"]


def test_a_rate_of_the_budget_is_named_as_one() -> None:
    table = "单位：万元\n项目\t年初预算数\t执行数\t完成年初预算%\n车船税\t800\t1,200\t150.0\n印花税\t640\t600\t93.8\n"
    assert figures(table)["150.0"].indicator == "车船税完成年初预算"


def test_numbers_of_accounts_are_codes_and_no_money() -> None:
    found = figures(ACCOUNT, place="东湖区")
    assert {f.indicator: f.value for f in found.values()} == {
        "行政运行": 51_200_000,
        "机关后勤": 3_180_000,
        "信访事务": 10_770_000,
    }
    assert [classes(ACCOUNT)[code] for code in ("2010301", "2010302", "2010303")] == ["code"] * 3


def test_without_a_head_that_says_so_such_a_number_is_a_value() -> None:
    assert "2010302" in figures(ACCOUNT.replace("科目编码", "项目"), place="东湖区")


def test_a_number_and_the_label_of_the_next_row_may_share_a_line() -> None:
    text = (
        "2023年东湖区预算平衡表\n单位：万元 \n收入项目 \n执行数 \n支出项目 \n执行数 \n本级收入 \n2,862,031 本级支出 \n"
        "11,948,412 \n债务收入 \n13,465,000 债务还本支出\n1,200,000\n"
    )
    assert [(f.indicator, f.value) for f in read(text, place="东湖区").figures] == [
        ("本级收入", 28_620_310_000),
        ("本级支出", 119_484_120_000),
        ("债务收入", 134_650_000_000),
        ("债务还本支出", 12_000_000_000),
    ]


@pytest.mark.parametrize("number", ["2,862,031", "11,948,412", "123,456,789,012"])
def test_digits_with_thousands_separators_are_no_telephone(number: str) -> None:
    assert classes(f"本级支出\n{number}\n")[number] not in ("telephone", "section_number")


RULED = [
    "水库 | 水位（米） | 蓄水量（亿立方米）\n青山水库 | 125.34 | 1.361\n白石水库 | 88.20 | 0.253\n",
    "水库｜水位（米）｜蓄水量（亿立方米）\n青山水库｜125.34｜1.361\n白石水库｜88.20｜0.253\n",
    "水库\t水位（米）\t蓄水量（亿立方米）\n青山水库\t125.34\t1.361\n白石水库\t88.20\t0.253\n",
    "水库　水位（米）　蓄水量（亿立方米）\n青山水库　125.34　1.361\n白石水库　88.20　0.253\n",
]


@pytest.mark.parametrize("table", RULED, ids=["bars", "wide bars", "tabs", "spaces"])
def test_what_sets_cells_apart_does_not_matter(table: str) -> None:
    found = figures("主要水库水情\n" + table, place="东湖区")
    assert (found["125.34"].value, found["125.34"].unit) == (Decimal("125.34"), "米")
    assert (found["1.361"].value, found["1.361"].unit) == (136_100_000, "立方米")
    assert found["0.253"].indicator == "白石水库蓄水量"


def test_a_bar_in_a_sentence_rules_no_table() -> None:
    assert figures("东湖区 | 2023年 | 新建学校5所。")["5"].indicator == "新建学校"


def test_rows_set_apart_by_spaces_are_not_joined_to_prose() -> None:
    prose = "全区各街道办理情况如下，请各单位对照检查并认真整改落实到\n位，于月底前报送整改情况。\n"
    rows = "街道　转办量（件）　满意率（%）\n东街道　1335　96.20\n西街道　826　90.22\n南街道　692　93.65\n"
    found = [f.value for f in read(prose + rows, place="东湖区").figures if f.unit == "%"]
    assert found == [Decimal("96.2"), Decimal("90.22"), Decimal("93.65")]


def test_the_year_over_a_rate_of_the_budget_does_not_hide_it() -> None:
    head = "单位：万元\n\t2025年\t2025年\t2025年\n项目\t年初预算数\t执行数\t完成年初预算%\n"
    found = figures(head + "车船税\t800\t1,200\t150.0\n印花税\t640\t600\t93.8\n")
    assert found["150.0"].indicator == "车船税完成年初预算"


@pytest.mark.parametrize(
    "table",
    [
        "比上年增长（%）\n合计\t5.8\n采矿业\t84.6\n制造业\t-1.7\n批发业\t-7.4\n",
        "产品\t产量\t\n啤酒\t388\t-16.2%\n水泥\t120\t3.7%\n拖拉机\t75\t-25.1%\n",
    ],
    ids=["a caption", "falls in percentages"],
)
def test_a_column_in_which_some_fall_holds_changes(table: str) -> None:
    found = [f for f in read(table, place="东湖区").figures if f.unit == "%"]
    assert found
    assert {f.measure for f in found} == {"change"}


def test_borders_of_cells_on_lines_of_their_own_are_none() -> None:
    cells = [
        "指 标",
        "绝对数",
        "比上年增长%",
        "生产总值",
        "295.4",
        "7.7",
        "第一产业",
        "24.4",
        "3.3",
        "第二产业",
        "210.1",
        "11.6",
    ]
    text = "2022年主要指标\n单位：亿元\n" + "".join(f"{cell}\n|\n" for cell in cells)
    found = figures(text)
    assert "第二产业" in found["210.1"].indicator
    assert found["210.1"].value == 21_010_000_000
    assert (found["11.6"].unit, found["11.6"].measure) == ("%", "change")


def test_a_table_of_places_with_what_they_took_in_more() -> None:
    text = (
        "2018年全省分地区一般公共预算收入执行情况表\n金额单位：万元\n地区\n2018年执行数\n2017年决算数\n增收额\n增幅（%）\n税比（%）\n"
        "南京市\n14700\n12719\n1981\n11.1\n84.5\n无锡市\n10122\n9300\n822\n7.6\n85.0\n徐州市\n5262\n5016\n246\n4.1\n79.2\n"
    )
    found = read(text, published_on="2019-01-20", place="江苏省")
    cells = {f.text: f for f in found.figures}
    assert cells["14700"].indicator == "一般公共预算收入"
    assert (cells["1981"].measure, cells["11.1"].measure) == ("change", "change")
    at = {f.start: f.text for f in found.figures}
    changes = {(at[r.now or 0], at[r.change or 0]) for r in found.relations if r.relation == "change"}
    assert {("14700", "1981"), ("14700", "11.1"), ("10122", "7.6")} <= changes


def test_heads_set_apart_by_spaces_give_units_and_shares() -> None:
    text = (
        "转派与办结（单位：件、%）\n承办地区　转派件数　占比　按时办结率\n"
        "东城街道　6128　40.0　98.9\n西城街道　4596　30.0　98.3\n南城街道　4596　30.0　97.2\n合计　15320　100.0　98.2"
    )
    found = read(text).figures
    assert [(f.text, f.unit) for f in found[:3]] == [("6128", "件"), ("40.0", "%"), ("98.9", "%")]
    words = {f.start: f.text for f in found}
    rates = [r for r in read(text).relations if r.relation == "rate"]
    pairs = [(words[r.numerator], words[r.denominator]) for r in rates if r.numerator and r.denominator is not None]
    assert pairs == [("6128", "15320"), ("4596", "15320"), ("4596", "15320")]


def test_the_head_of_a_column_may_say_the_unit() -> None:
    text = "食品类别　抽检批次　不合格批次\n食用农产品　168　6\n餐饮食品　74　1\n糕点　42　1\n合计　284　8"
    assert {f.unit for f in read(text).figures} == {"批次"}


def test_cells_of_equal_width_one_a_line_are_no_narrow_column() -> None:
    rows = {
        "东湖区": "31.40 22.15 9.25",
        "西湖县": "28.73 19.08 9.65",
        "南湖县": "45.16 30.52 14.64",
        "北湖州本\n级": "20.52 13.88 6.64",
    }
    cells = "".join(f"{name}\n" + "".join(f"{n}\n" for n in numbers.split()) for name, numbers in rows.items())
    table = "2022年债务限额情况表\n单位：亿元\n地   区\n债务限额\n一般债务\n专项债务\n" + cells
    found = figures(table, published_on="2023-09-30", place="东海省")
    assert (found["22.15"].value, found["22.15"].unit) == (Decimal("2215000000"), "元")
    assert found["30.52"].unit == "元"
    assert (found["13.88"].value, found["13.88"].unit) == (Decimal("1388000000"), "元")


def test_a_column_of_the_same_period_is_of_the_year_before() -> None:
    table = (
        "2024年税收情况表\n单位：万元\n行业\t本期\t同期\t增减额\n采矿业\t3,260\t3,020\t240\n建筑业\t1,140\t1,190\t-50\n"
    )
    found = figures(table, published_on="2025-01-15", title="2024年税收情况表")
    assert found["3,260"].time_start == "2024-01-01"
    assert found["3,020"].time_start == "2023-01-01"


def test_a_column_against_last_week_holds_changes() -> None:
    head = "水库\t水位（米）\t蓄水量（万立方米）\t较上周（万立方米）\n"
    table = head + "青山水库\t139.62\t4860\t-310\n白石水库\t131.05\t5210\t-275\n"
    found = figures(table, published_on="2024-05-27")
    assert (found["-310"].measure, found["4860"].measure) == ("change", "amount")

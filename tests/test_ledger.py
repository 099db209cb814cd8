"""The number ledger: every numeral of a text exactly once, with its class and the reason for it."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction import classes, figures, numeral, read

PIECES = st.sampled_from(
    [
        "办结", "件", "128", "3.5", "1,250", "０７", "亿元", "万", "同比增长", "%", "，", "。", "（", "）",
        "《", "》", "“", "”", "第",
        "2021年", "11月23日", "一、", "二是", "三", "百", "十四五", "G30", "PM2.5", "〔2021〕5号", "1+6+N",
        "0371-63639999",
        "[2]", "http://a.cn/2021/12.html", "8:30", "—", "-", "岁", "批", "至", "\n", " ", "\t", "甲县", "合计",
        "单位：万元",
    ]
)  # fmt: skip
DOCUMENTS = st.lists(PIECES, max_size=40).map("".join)


# --- closed: nothing is left out, nothing is counted twice


@given(DOCUMENTS)
@settings(max_examples=300)
def test_every_run_of_digits_is_in_exactly_one_row(text: str) -> None:
    rows = read(text).ledger
    for run in re.finditer(r"[0-9０-９]+", text):
        holding = [row for row in rows if row.start < run.end() and row.end > run.start()]
        assert holding, (text, run[0])
        covered = {i for row in holding for i in range(row.start, row.end)}
        assert set(range(run.start(), run.end())) <= covered


@given(DOCUMENTS)
@settings(max_examples=200)
def test_rows_do_not_overlap_and_keep_the_order_of_the_text(text: str) -> None:
    rows = read(text).ledger
    assert all(a.end <= b.start for a, b in itertools.pairwise(rows))
    assert all(0 <= row.start < row.end <= len(text) for row in rows)


@given(DOCUMENTS)
@settings(max_examples=200)
def test_every_row_has_a_class_and_a_reason(text: str) -> None:
    for row in read(text).ledger:
        assert re.fullmatch(r"[a-z_]+", row.numeral_class)
        assert row.reason.strip()


@given(DOCUMENTS)
@settings(max_examples=200)
def test_the_rows_of_class_figure_are_the_figures(text: str) -> None:
    found = read(text)
    booked = [(row.start, row.end, row.unit) for row in found.ledger if row.numeral_class == "figure"]
    assert booked == [(f.start, f.end, f.unit) for f in found.figures]


# --- classes


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("落实“1+6+N”机制，走访320户。", "6", "code"),
        ("落实1+6+N工作机制，走访320户。", "6", "code"),
        ("按照13336工作思路，修路12公里。", "13336", "code"),
        ("实施“九个一”工程，修路12公里。", "九", "code"),
        ("全县推进九个一工程，修路12公里。", "九", "code"),
        ("附件1列明18个项目。", "1", "ordinal"),
        ("培育“四上”企业27家。", "四", "code"),
        ("PM2.5平均浓度为31微克/立方米。", "2.5", "code"),
        ("建成5G基站640座。", "5", "code"),
        ("G30高速改线6公里。", "30", "code"),
        ("107国道拓宽6公里。", "107", "code"),
        ("6路公交延伸3公里。", "6", "code"),
        ("住幸福小区3号楼，登记4户。", "3", "code"),
        ("网址http://www.example.cn/2021/118.html，发布信息9条。", "118", "code"),
        ("热线12345受理诉求880件。", "12345", "telephone"),
        ("咨询电话：63639999，受理诉求880件。", "63639999", "telephone"),
        ("联系人手机13838001234，登记4户。", "13838001234", "telephone"),
        ("邮编450000，登记4户。", "450000", "telephone"),
        ("印发《推进12项实事的通知》，办结9件。", "12", "title"),
        ("依据惠政〔2021〕5号，办结9件。", "5", "number_of_document"),
        ("依据惠政〔2021〕5号，办结9件。", "2021", "number_of_document"),
        ("第一批公租房配租60套。", "一", "ordinal"),
        ("第3届运动会有选手400人。", "3", "ordinal"),
        ("首先，一是新建公园6个。", "一", "ordinal"),
        ("详见表3，合计18个项目。", "3", "ordinal"),
        ("他是病例15的同事，当日报告4例。", "15", "ordinal"),
        ("张某，男，46岁，当日报告4例。", "46", "age"),
        ("总人口[1]为56.2万人。", "1", "footnote"),
        ("总人口〔2〕为56.2万人。", "2", "footnote"),
        ("“十四五”规划项目完成投资3亿元。", "十四五", "plan"),
        ("11月23日新增病例3例。", "23", "date"),
        ("2021年完成投资3亿元。", "2021", "date"),
        ("一季度完成投资3亿元。", "一", "date"),
        ("自14时30分起停水，影响800户。", "14", "time"),
        ("一个窗口受理事项56项。", "一", "article"),
        ("一大批企业受益，受理事项56项。", "一", "article"),
        ("百姓得实惠，受理事项56项。", "百", "word"),
        ("千方百计稳岗，受理事项56项。", "千", "word"),
        ("五星村种粮大户流转稻田56亩。", "五", "word"),
        ("县红十字会接收捐款56万元。", "十", "word"),
        ("三台县收获油菜56万亩。", "三", "word"),
        ("连跨两个千亿级台阶，达到4712亿元。", "千亿", "word"),
        ("判处五年以上有期徒刑的56人。", "五", "threshold"),
        ("索引号NP011-0800-2023-0046 发布机构：区政府", "0046", "code"),
    ],
)
def test_what_is_no_figure_has_its_class(text: str, word: str, expected: str) -> None:
    assert numeral(text, word).numeral_class == expected


@pytest.mark.parametrize(
    "text",
    [
        "一、总体情况\n全年完成投资3亿元。\n",
        "（一）总体情况\n全年完成投资3亿元。\n",
        "1.总体情况\n全年完成投资3亿元。\n",
        "1、总体情况。全年完成投资3亿元。",
        "（1）总体情况。全年完成投资3亿元。",
    ],
)
def test_section_markers(text: str) -> None:
    assert read(text).ledger[0].numeral_class == "section_number"
    assert list(figures(text)) == ["3亿"]


def test_sessions_and_slogans_hold_no_figure() -> None:
    text = "深入学习党的十九届六中全会精神，落实“两个确立”，坚持“一张蓝图”，弘扬“三牛”精神。"
    found = read(text)
    assert found.figures == ()
    assert {row.text for row in found.ledger} >= {"十九", "六"}


def test_the_furniture_of_a_page_is_a_page_number() -> None:
    text = (
        "全年完成造林面积12.6万亩，比上\n年增加1.4万亩，林木覆盖率达到\n— 3 —\n"
        "36.5%，新增国家级森林乡村14个，\n全市湿地保护率为52.1%。\n"
    )
    assert numeral(text, "3").numeral_class == "page_number"


def test_part_of_a_unit_is_no_numeral_of_its_own_right() -> None:
    """百 of 个百分点 and 千 of 千瓦时 belong to the unit."""
    found = figures("用电量9万千瓦时，占比提高2个百分点，日供水5千吨。")
    assert set(found) == {"9万", "2", "5千"}


def test_a_name_in_quotation_marks_and_a_statement_in_them() -> None:
    """Marks of quotation make a name of digits, but not of a number that counts."""
    assert classes("推行“3456”工作法。")["3456"] == "code"
    assert classes("村民说“今年多收了300公斤”。")["300"] == "figure"


def test_a_date_is_no_figure_in_any_spelling() -> None:
    for day in ("2021年11月23日", "2021-11-23", "2021.11.23", "2021/11/23", "二〇二一年十一月二十三日", "11月23日"):
        text = f"{day}，全区办结实事9件。"
        assert list(figures(text)) == ["9"], day
        assert {row.numeral_class for row in read(text).ledger} == {"date", "figure"}, day


@pytest.mark.parametrize("text", ["", "没有数字。", "\n\n", "。", "　"])
def test_a_text_without_numerals_has_an_empty_ledger(text: str) -> None:
    assert read(text).ledger == ()


def test_the_reason_of_a_figure_says_what_it_counts() -> None:
    assert "访群众" in numeral("累计走访群众9300余户。", "9300").reason


@pytest.mark.parametrize("text", ["车祸造成二死三伤。", "当场死亡二人、受伤三人。"])
def test_the_dead_and_the_hurt_count_however_few(text: str) -> None:
    assert [f.value for f in read(text).figures] == [2, 3]


def test_one_that_died_counts_and_one_as_an_article_does_not() -> None:
    assert [f.text for f in read("火灾中死亡一人。").figures] == ["一"]
    assert read("一个窗口受理。").figures == ()


def test_a_phase_is_an_ordinal_and_courses_held_are_counted() -> None:
    assert numeral("机场三期建成投运，新增航线5条。", "三").numeral_class == "ordinal"
    assert numeral("报告数居前三位的病种占56%。", "三").numeral_class == "ordinal"
    assert [f.text for f in read("举办培训五期、300人次。").figures] == ["五", "300"]

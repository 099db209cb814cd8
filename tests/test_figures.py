"""What is read of a figure: value, measure, sign and modality, in the sentences that reports are made of."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.intervals import of_figure
from tests.extraction import figure, figures, read, reread

# --- the page the project starts from, in words of our own

PAGE = (
    "截至11月 23日，全区 36位区\n级领导领办的145件实事已完\n成118件，完成率81%；科级及\n以下干部领办的 2088件实事已\n"
    "完成1618件，完成率77%。今年\n以来累计接种疫苗 954606剂次，\n采样3127271人次，提供就业岗\n"
    "位 10500余个，落实“1+6+N”机\n"
    "制，第一批公租房配租完成，累\n计播发新闻报道3310篇，其中国\n家级55篇，省级781篇，市级2\n474篇。\n"
)


def test_a_newspaper_page() -> None:
    found = read(PAGE)
    assert [(f.text, str(f.value), f.unit, f.qualifier) for f in found.figures] == [
        ("36", "36", "位", "exact"),
        ("145", "145", "件", "exact"),
        ("118", "118", "件", "exact"),
        ("81%", "81", "%", "exact"),
        ("2088", "2088", "件", "exact"),
        ("1618", "1618", "件", "exact"),
        ("77%", "77", "%", "exact"),
        ("954606", "954606", "剂次", "exact"),
        ("3127271", "3127271", "人次", "exact"),
        ("10500", "10500", "个", "at_least"),
        ("3310", "3310", "篇", "exact"),
        ("55", "55", "篇", "exact"),
        ("781", "781", "篇", "exact"),
        ("2474", "2474", "篇", "exact"),
    ]
    assert all(reread(PAGE, f) == f.text for f in found.figures)
    assert len(found.relations) == 3


def test_the_quote_is_the_sentence_in_the_source() -> None:
    text = "全县办结实事9件。\n群众满意率达98%，全县再添幼儿园6所。\n"
    found = figure(text, "98%")
    assert found.quote == "群众满意率达98%，全县再添幼儿园6所。"
    assert text[found.quote_start : found.quote_end] == found.quote


@given(
    st.lists(
        st.tuples(st.integers(2, 10**7), st.sampled_from(["件", "人", "户", "家", "公里", "亩", "篇", "人次"])),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=80)
def test_every_count_of_a_list_of_statements_is_found(counts: list[tuple[int, str]]) -> None:
    """As many figures as were written, in order, each with its value and unit."""
    text = "".join(f"某项工作共有{n}{unit}。" for n, unit in counts)
    assert [(f.value, f.unit) for f in read(text).figures] == [(n, unit) for n, unit in counts]


@given(
    st.decimals(Decimal("0.1"), Decimal("999.9"), places=1),
    st.sampled_from(["增长", "下降", "提高", "减少", "上升", "回落"]),
)
@settings(max_examples=60)
def test_the_direction_word_gives_the_sign(size: Decimal, verb: str) -> None:
    text = f"全县用电量6亿千瓦时，同比{verb}{size}%。"
    found = figure(text, f"{size}%")
    assert found.value == (-size if verb in ("下降", "减少", "回落") else size)
    assert found.measure == "change"


@pytest.mark.parametrize(
    ("text", "numeral", "value", "unit"),
    [
        ("造林12.6万亩，比上年增加1.4万亩。", "1.4万", "14000", "亩"),
        ("粮食产量56.3万吨，同比减产2.1%。", "2.1%", "-2.1", "%"),
        ("城镇登记失业率3.1%，比上年同期回落0.2个百分点。", "0.2", "-0.2", "个百分点"),
        ("外贸出口下降4.5%，降幅较上月收窄1.3个百分点。", "1.3", "-1.3", "个百分点"),
        ("商品房销售面积120万平方米，负增长8.5%。", "8.5%", "-8.5", "%"),
        ("优良天数298天，同比增加12天。", "12", "12", "天"),
        ("收入5.6亿元，同比减收0.3亿元。", "0.3亿", "-30000000", "元"),
        ("固定资产投资增速为5.6%。", "5.6%", "5.6", "%"),
        ("新设企业860家，增长2.4倍。", "2.4", "2.4", "倍"),
        ("存款余额2356亿元，比年初增加156亿元。", "156亿", "15600000000", "元"),
        ("发生刑事案件320起，同比少发45起。", "45", "-45", "起"),
    ],
)
def test_changes(text: str, numeral: str, value: str, unit: str) -> None:
    found = figure(text, numeral)
    assert (found.measure, found.value, found.unit) == ("change", Decimal(value), unit)


def test_both_ends_of_a_falling_range_fall() -> None:
    found = figure("用水量下降10%至15%。", "10%至15%")
    assert {found.value, found.value_high} == {Decimal(-15), Decimal(-10)}


def test_a_falling_range_is_an_interval() -> None:
    found = figure("用水量下降10%至15%。", "10%至15%")
    assert of_figure(found.value, found.value_high, found.ulp, found.qualifier).low == -15


def test_a_level_that_a_change_leads_to_is_a_level() -> None:
    """提高到 and 降至 name where it stands now."""
    found = figures("覆盖率由82%提高到91%，漏损率降至8.5%，收入增加到3.2亿元。")
    assert {w: (f.measure, f.value) for w, f in found.items()} == {
        "82%": ("rate", 82),
        "91%": ("rate", 91),
        "8.5%": ("rate", Decimal("8.5")),
        "3.2亿": ("money", 320_000_000),
    }


@pytest.mark.parametrize(
    ("text", "numeral", "measure"),
    [
        ("办结实事118件。", "118", "count"),
        ("完成率81%。", "81%", "rate"),
        ("人口自然增长率为2.3‰。", "2.3‰", "rate"),
        ("完成投资3.6亿元。", "3.6亿", "money"),
        ("补助标准为650元/人。", "650", "money"),
        ("修路12公里。", "12", "amount"),
        ("供水3600万立方米。", "3600万", "amount"),
        ("收获粮食12万吨。", "12万", "amount"),
        ("同比增长7.2%。", "7.2%", "change"),
        ("提高1.2个百分点。", "1.2", "change"),
        ("经济总量居全省第5位。", "5", "index"),
        ("群众满意度为98.6分。", "98.6", "index"),
        ("居民消费价格指数为102.3。", "102.3", "index"),
        ("营商环境指数得分91.2。", "91.2", "index"),
        ("医护比为1.25：1。", "1.25", "index"),
        ("占全市总量的46.7%。", "46.7%", "rate"),
        ("参与率达到八成。", "八成", "rate"),
    ],
)
def test_measures(text: str, numeral: str, measure: str) -> None:
    assert figure(text, numeral).measure == measure


def test_percentage_points_are_not_per_cent() -> None:
    found = figures("合格率96%，提高2个百分点，检测量增长5%。")
    assert [found[w].unit for w in ("96%", "2", "5%")] == ["%", "个百分点", "%"]


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("力争全年新建公园20个。", "20"),
        ("计划改造老旧小区35个。", "35"),
        ("到2025年，森林覆盖率达到40%。", "40%"),
        ("确保粮食产量稳定在56万吨以上。", "56万"),
        ("预计到年底完成投资8亿元。", "8亿"),
        ("拟新建学校6所。", "6"),
        ("目标任务为500户。", "500"),
        ("下一步，将新建幼儿园12所。", "12"),
        ("二、2022年工作安排\n新建幼儿园12所。\n", "12"),
    ],
)
def test_targets(text: str, numeral: str) -> None:
    assert figure(text, numeral).modality == "target"


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("已改造老旧小区35个。", "35"),
        ("完成年度计划的83.4%。", "83.4%"),
        ("计划生育家庭奖扶260户。", "260"),
        ("将军山公园接待游客300人。", "300"),
        ("规划展览馆接待参观者5200人次。", "5200"),
        ("一、2021年工作回顾\n新建幼儿园12所。\n", "12"),
    ],
)
def test_results(text: str, numeral: str) -> None:
    assert figure(text, numeral).modality == "actual"


def test_result_and_target_stand_side_by_side() -> None:
    found = figures("今年已建成公园14个，明年计划再建20个。")
    assert (found["14"].modality, found["20"].modality) == ("actual", "target")


def test_a_target_is_a_forecast_and_an_estimate_is_estimated() -> None:
    assert figure("力争全年新建公园20个。", "20").obs_status == "F"
    assert figure("初步统计，完成投资8亿元。", "8亿").obs_status == "E"
    assert figure("完成投资8亿元。", "8亿").obs_status == "A"


@pytest.mark.parametrize(
    ("text", "numeral", "decimals", "ulp"),
    [
        ("完成投资229亿元。", "229亿", 0, "1E+8"),
        ("完成投资22.9亿元。", "22.9亿", 1, "1E+7"),
        ("完成率81.25%。", "81.25%", 2, "0.01"),
        ("办结118件。", "118", 0, "1"),
    ],
)
def test_the_weight_of_the_last_digit(text: str, numeral: str, decimals: int, ulp: str) -> None:
    found = figure(text, numeral)
    assert (found.decimals, found.ulp) == (decimals, Decimal(ulp))

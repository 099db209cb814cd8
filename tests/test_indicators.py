"""Indicators: what a figure counts, named the way a statistician heads a column."""

from __future__ import annotations

import pytest

from tests.extraction import figure, figures, read


def names(text: str) -> list[str]:
    return [f.indicator for f in read(text).figures]


@pytest.mark.parametrize(
    ("text", "numeral", "terms", "without"),
    [
        # before the figure
        ("全县播发新闻报道3310篇。", "3310", ["新闻报道"], []),
        ("规上工业增加值增长6.1%。", "6.1%", ["工业", "增加值"], []),
        ("一般公共预算收入12.36亿元。", "12.36亿", ["一般公共预算收入"], []),
        ("新建、改扩建中小学4所。", "4", ["中小学"], []),
        # after it
        ("办结145件实事。", "145", ["实事"], []),
        ("走访了320户困难家庭。", "320", ["困难家庭"], []),
        ("共有1.2万余名教师参加培训。", "1.2万", ["教师"], []),
        ("新投入使用4所小学。", "4", ["小学"], []),
        # what distinguishes it: subject, state
        ("区级领导领办的145件实事已完成118件。", "145", ["区级领导", "实事"], ["完成"]),
        ("区级领导领办的145件实事已完成118件。", "118", ["区级领导", "实事", "完成"], []),
        ("受理投诉2600件，办结2548件，办结率98%。", "98%", ["办结率"], []),
        # a part keeps the name of its total
        ("播发新闻报道3310篇，其中国家级55篇。", "55", ["国家级", "新闻报道"], []),
        ("新增就业4.2万人，其中女性1.9万人。", "1.9万", ["女性", "就业"], ["男性"]),
        ("养老机构36家（公办12家，民办24家）。", "24", ["民办", "养老机构"], ["公办"]),
        ("一般公共预算支出85.6亿元，其中：教育支出18.2亿元。", "18.2亿", ["教育支出"], []),
        # a change keeps the name of what changes
        ("粮食产量56.3万吨，同比下降2.1%。", "2.1%", ["粮食产量", "同比"], ["下降"]),
        ("城镇登记失业率3.1%，比上年同期回落0.2个百分点。", "0.2", ["失业率"], []),
        ("服务业增加值560亿元，占地区生产总值的46.7%。", "46.7%", ["服务业增加值", "占", "地区生产总值"], []),
        ("收入完成5.6亿元，为预算的101.2%，同比减收0.3亿元。", "101.2%", ["收入", "预算"], []),
        ("收入完成5.6亿元，为预算的101.2%，同比减收0.3亿元。", "0.3亿", ["收入", "同比"], ["预算"]),
        ("第二产业增加值占比提高0.5个百分点，达到42.3%。", "42.3%", ["第二产业增加值占比"], []),
        ("发生刑事案件320起，同比少发45起。", "45", ["刑事案件"], []),
        # members of a list set apart by 、, and what follows a closed bracket
        ("户籍人口45.2万人，其中男性23.1万人、女性22.1万人。", "23.1万", ["男性"], ["女性"]),
        ("户籍人口45.2万人，其中男性23.1万人、女性22.1万人。", "22.1万", ["女性"], ["男性"]),
        ("检查企业860家次，其中：化工企业120家次、建筑工地95家次。", "120", ["化工企业"], ["建筑"]),
        ("养老机构36家（公办12家，民办24家），床位4800张。", "4800", ["床位"], ["公办", "民办"]),
        ("高新区、经开区分别引进项目12个、9个。", "12", ["引进项目"], ["分别", "区"]),
        # the heading of an item, but not the kind of a section
        ("3.新建停车泊位。已建成1260个。", "1260", ["停车泊位"], ["3"]),
        ("一、上半年工作情况\n完成投资8亿元。\n", "8亿", ["完成投资"], ["工作", "上半年"]),
        # a list marker is no part of it
        ("（二）财政收入\n1.全年完成收入85亿元。", "85亿", ["收入"], ["1"]),
        # dealt out by 分别
        ("城镇、农村居民人均可支配收入分别为42350元和21680元。", "42350", ["城镇", "人均可支配收入"], ["农村"]),
        ("城镇、农村居民人均可支配收入分别为42350元和21680元。", "21680", ["农村", "人均可支配收入"], ["城镇"]),
        ("一产、二产、三产增加值分别增长3.1%、5.6%、6.8%。", "5.6%", ["二产", "增加值"], ["一产", "三产"]),
    ],
)
def test_a_name_holds_what_a_statistician_would_say(
    text: str, numeral: str, terms: list[str], without: list[str]
) -> None:
    name = figure(text, numeral).indicator
    assert all(term in name for term in terms), name
    assert not any(term in name for term in without), name


@pytest.mark.parametrize(
    ("text", "numeral", "words"),
    [
        ("截至11月23日，办结实事118件。", "118", ["11月", "截至", "23日"]),
        ("金水区办结实事118件。", "118", ["金水区"]),
        ("累计办结实事超过118件。", "118", ["超过", "118"]),
        ("目前，办结实事共计118件。", "118", ["目前", "共计"]),
        ("同比增长7.2%的用电量达到36亿千瓦时。", "36亿", ["7.2", "达到"]),
    ],
)
def test_a_name_leaves_out_time_place_qualifier_and_numbers(text: str, numeral: str, words: list[str]) -> None:
    name = figure(text, numeral).indicator
    assert not any(word in name for word in words), name


def test_rise_and_fall_have_one_name() -> None:
    """One series carries a rate of growth whether it rose or fell; the sign is in the value."""
    rise = figure("全县用电量6亿千瓦时，同比增长3.2%。", "3.2%")
    fall = figure("全县用电量6亿千瓦时，同比下降3.2%。", "3.2%")
    assert rise.indicator == fall.indicator
    assert (rise.value, fall.value) == (-(fall.value or 0), -(rise.value or 0))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全县完成投资12亿元。", "截至10月底，全县完成投资13亿元。"),
        ("播发新闻报道3204篇。", "播发新闻报道3310余篇。"),
        ("粮食产量56.3万吨。", "今年，粮食产量达到57.1万吨。"),
        ("办结率81%，满意率98%。", "办结率达82%，满意率达99%。"),
    ],
)
def test_the_same_thing_in_the_next_report_has_the_same_name(one: str, other: str) -> None:
    assert names(one) == names(other)


@pytest.mark.parametrize("mark", ["", "②", "2", "²"])
def test_the_mark_of_a_note_is_no_part_of_the_name(mark: str) -> None:
    text = f"全区生产总值{mark}达到86.4亿元，比上年增长5.2%。"
    assert names(text) == ["地区生产总值", "地区生产总值同比增长"]


def test_different_things_of_one_sentence_have_different_names() -> None:
    text = "区级领导领办的145件实事已完成118件，完成率81%；科级干部领办的2088件实事已完成1618件，完成率77%。"
    assert len(set(names(text))) == 6


def test_both_scripts_of_a_notice_name_the_parts() -> None:
    found = figures("参保人数52.3万人，其中，职工12.1万人，居民40.2万人。")
    assert "职工" in found["12.1万"].indicator
    assert "居民" in found["40.2万"].indicator
    assert "职工" not in found["40.2万"].indicator


@pytest.mark.parametrize(
    "text",
    [
        "完成投资12亿元。",
        "一、主要指标\n粮食产量56.3万吨，油料8.6万吨。\n",
        "其中女性310名，占36%。",
        "同比增长3.2%，环比下降1.1%。",
    ],
)
def test_no_figure_goes_without_a_name(text: str) -> None:
    """The rule well-formed turns a nameless figure away, so even the barest sentence gives one."""
    assert names(text)
    assert all(name.strip() for name in names(text))


def test_a_name_is_of_a_length_that_can_head_a_column() -> None:
    text = (
        "为深入贯彻上级关于进一步优化营商环境推动高质量发展的部署要求，结合全县重点产业链和特色产业集群培育工作实际，"
        "各乡镇各部门认真研究逐项落实，组织开展形式多样的企业走访服务活动累计860次。"
    )
    assert len(figure(text, "860").indicator) <= 40

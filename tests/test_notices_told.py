"""Notices and bulletins: tasks and what has come of them, lists of places, what is sent, and what a year announces."""

from __future__ import annotations

import pytest

from tests.extraction import classes, figure, figures, read, relations_of, sums


def test_a_rate_is_of_the_task_and_not_of_the_step_before() -> None:
    text = "今年全县改厕任务为8200户，截至目前已动工8610户，动工率105%；竣工6150户，竣工率75%；验收4100户，验收率50%。"
    assert set(relations_of(text, "rate")) == {("8610", "8200", "105%"), ("6150", "8200", "75%")}


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("全县改厕任务为8200户，已动工8610户。", "8200"),
        ("其中2020年的3100户任务已超额完成。", "3100"),
    ],
)
def test_a_task_is_a_target(text: str, numeral: str) -> None:
    assert figure(text, numeral).modality == "target"


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("开工率105%，超任务数410户。", "410"),
        ("年内计划完成投资5亿元；新建项目7项，总投资3亿元。", "7"),
        ("水利厅将此前针对甲县3处险情启动的响应提升至三级。", "3"),
        ("参保人数由2012年的310万人增加到2021年6月的520万人。", "520万"),
    ],
)
def test_what_is_there_is_no_target(text: str, numeral: str) -> None:
    assert figure(text, numeral).modality == "actual"


def test_a_year_that_announces_its_tasks_tells_only_plans() -> None:
    text = "今年区政府拟办实事18件。\n新增停车位620个；完成5所小学改造，新增学位930个。"
    read_in_march = figures(text, published_on="2022-03-18", place="临川区")
    assert {f.modality for f in read_in_march.values()} == {"target"}
    told_too = text + "\n其中停车位已建成86个。"
    assert figure(told_too, "930", published_on="2022-03-18", place="临川区").modality == "actual"


def test_a_county_with_a_number_is_known_by_the_city_before_it() -> None:
    text = (
        "灾害造成12人受伤。其中，定西市陇西县7人受伤；漳县2人受伤，倒塌房屋31户。"
        "陇南市礼县1人受伤，宕昌县2人受伤、倒塌房屋46户。"
    )
    told = [(f.text, f.place) for f in read(text, place="全国").figures]
    assert told[1:] == [
        ("7", "陇西县"),
        ("2", "漳县"),
        ("31", "漳县"),
        ("1", "礼县"),
        ("2", "宕昌县"),
        ("46", "宕昌县"),
    ]


def test_what_a_bracket_lists_is_not_where_the_next_figure_is() -> None:
    text = "湖北省累计确诊86例（武汉市65例、荆州市12例、天门市9例），死亡4例。"
    assert figure(text, "4", place="湖北省").place == "湖北省"


def test_counties_counted_behind_their_names_are_a_figure() -> None:
    assert classes("会宁、靖远2县的15个乡镇受灾。")["2"] == "figure"
    assert classes("会宁、靖远、景泰2县的15个乡镇受灾。")["2"] != "figure"


def test_one_thing_counted_in_many_places_is_a_sum_for_each_unit() -> None:
    text = (
        "全省倒塌房屋431户1306间，损坏房屋5702户。其中，岷县受伤7人，倒塌房屋385户1208间，损坏房屋5620户。"
        "礼县受伤2人，倒塌房屋46户98间，损坏房屋82户。"
    )
    found = set(sums(text, place="甘肃省"))
    assert {("431", ("385", "46")), ("1306", ("1208", "98")), ("5702", ("5620", "82"))} <= found


def test_two_long_numbers_that_make_a_third_are_its_parts() -> None:
    text = "全国共报告传染病1138914例，死亡2031人。\n乙类报告发病308852例。\n丙类报告发病830062例。"
    assert ("1138914", ("308852", "830062")) in sums(text, place="全国")


def test_the_sick_are_counted_in_persons_and_cases() -> None:
    assert ("86", ("81", "5")) in sums("现有86名患者在院，其中81例在甲院治疗，其余5人在乙院治疗。")


def test_a_part_is_of_the_kind_that_the_total_counts() -> None:
    text = "实事共62个子项，其中44个子项已完成，涉及15个小区。"
    assert not sums(text)


def test_income_is_no_growth_of_households() -> None:
    assert not relations_of("320户农户通过养蜂户均增收5000元。", "change")


@pytest.mark.parametrize(
    ("text", "numeral", "name"),
    [
        ("县里调运1200顶帐篷、3500床棉被和800件大衣。", "3500", "棉被"),
        ("铁路部门铺画236条货物直达列车运行线。", "236", "铁路部门铺画货物直达列车运行线"),
        ("区里积极引进龙头企业。目前已引进6家。", "6", "引进龙头企业"),
        ("在该事件中，共有46名学生出现不适。", "46", "学生出现不适"),
        ("各镇及12支招商队共签约项目63个。", "63", "签约项目"),
        ("4个站点的同比增幅也超过了12%。", "12%", "站点同比增长"),
    ],
)
def test_names(text: str, numeral: str, name: str) -> None:
    assert figure(text, numeral).indicator == name


def test_shares_that_are_dealt_are_named_alike() -> None:
    text = "甲区、乙区、省外/境外订单量分别占全部订单量的22.9%、74.8%和2.3%。"
    assert [f.indicator.split("占")[1] for f in figures(text).values()] == ["全部订单量比重"] * 3


@pytest.mark.parametrize(
    "text", ["早上六时四十分，现场救出8人。", "晚上十点，现场救出8人。", "凌晨三点半，现场救出8人。"]
)
def test_hours_in_chinese_numerals_are_times(text: str) -> None:
    assert set(figures(text)) == {"8"}


def test_a_sum_without_its_unit_is_money_where_its_name_says_so() -> None:
    assert figure("签约项目总投资额121.5亿。", "121.5亿").measure == "money"


def test_a_paragraph_is_about_the_place_it_opens_with() -> None:
    text = "1月，洛阳市优良天数比例为51.6%。细颗粒物浓度为96微克/立方米。\n全省细颗粒物浓度为81微克/立方米。"
    told = {f.text: f.place for f in read(text, place="河南省").figures}
    assert told == {"51.6%": "洛阳市", "96": "洛阳市", "81": "河南省"}
    both = "1月，洛阳市优良天数比例为51.6%，开封市为46%。细颗粒物浓度为96微克/立方米。"
    assert figure(both, "96", place="河南省").place == "河南省"


def test_the_share_that_moved_is_one_told_sentences_before() -> None:
    text = (
        "甲类、乙类、丙类业务分别占全部业务的57.0%、40.2%和2.8%；"
        "与去年同期相比，甲类业务的比重上升了0.4个百分点，丙类业务的比重下降了0.3个百分点。"
    )
    assert figure(text, "0.4").indicator == "甲类业务占全部业务比重变化"
    assert relations_of(text, "change") == [("57.0%", "0.4"), ("2.8%", "0.3")]


def test_a_share_of_the_whole_thing_is_a_rate_where_the_numbers_agree() -> None:
    text = "全市快递业务量完成2000.0万件。其中，同城快递业务量完成456.8万件。同城业务量占全部快递业务量的22.84%。"
    assert relations_of(text, "rate") == [("456.8万", "2000.0万", "22.84%")]
    assert not relations_of(text.replace("22.84", "25.84"), "rate")

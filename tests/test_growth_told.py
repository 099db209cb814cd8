"""Growth of growth: points after a rate, falls that narrow, and growth that two levels share."""

from __future__ import annotations

import pytest

from tests.extraction import figures, relations_of


def changes(text: str) -> list[tuple[str, ...]]:
    """The change relations as (what changed, by how much)."""
    return relations_of(text, "change")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全县自来水供水量3.2亿吨，同比增长6.1%，比上年同期提高2.4个百分点，比上半年回落0.3个百分点。",
            [("3.2亿", "6.1%"), ("6.1%", "2.4"), ("6.1%", "0.3")],
        ),
        ("民间投资同比下降4.8%，降幅比上季度收窄1.1个百分点。", [("4.8%", "1.1")]),
        ("旅客周转量52亿人公里，由上年同期下降3.5%转为增长7.9%。", [("52亿", "7.9%")]),
        ("合格率96.4%，比上年提高0.7个百分点。", [("96.4%", "0.7")]),
    ],
)
def test_points_after_a_rate_of_growth_are_of_the_growth(text: str, expected: list[tuple[str, str]]) -> None:
    assert changes(text) == expected


def test_a_fall_that_narrows_is_told_twice() -> None:
    found = figures("存销比下降。商品房销售面积41万平方米，销售面积降幅由前7个月的9.4%收窄至8.2%。")
    assert found["9.4%"].value is not None
    assert found["9.4%"].value < 0
    assert found["8.2%"].value is not None
    assert found["8.2%"].value < 0
    assert {found[n].measure for n in ("9.4%", "8.2%")} == {"change"}
    assert "销售面积" in found["8.2%"].indicator
    assert "降幅" not in found["8.2%"].indicator


def test_the_word_for_a_fall_gives_the_sign() -> None:
    assert str(figures("油菜亩产168公斤，比上年减少7公斤，减幅4.0%。")["4.0%"].value) == "-4.0"


def test_two_rates_of_growth_are_of_the_two_levels_before() -> None:
    text = "城镇居民人均消费支出24310元，农村居民人均消费支出13870元，实际增长3.2%和5.6%。"
    assert changes(text) == [("24310", "3.2%"), ("13870", "5.6%")]
    found = figures(text)
    assert found["3.2%"].indicator.startswith("城镇")
    assert found["5.6%"].indicator.startswith("农村")


def test_growth_is_of_the_level_that_its_unit_names() -> None:
    text = "共出让土地46宗，面积212公顷；其中住宅用地9宗、37公顷，面积增长12.5%。"
    assert ("37", "12.5%") in changes(text)


def test_where_a_place_ranks_is_no_part_of_a_name() -> None:
    found = figures("全市外贸进出口完成842亿元、位居全省前三位、增长9.1%。")
    assert "位" not in found["9.1%"].indicator
    assert "进出口" in found["9.1%"].indicator


def test_what_something_gives_to_growth_is_told_of_it() -> None:
    text = "第一产业增加值31亿元，增长3.0%；第三产业增加值268亿元，增长6.2%，对经济增长的贡献率为57.3%。"
    assert figures(text)["57.3%"].indicator.startswith("第三产业")


def test_more_of_an_action_is_a_change() -> None:
    text = "全市共发送旅客412.6万人次，较上年同期多发送18.9万人次，增长4.8%。"
    assert changes(text) == [("412.6万", "18.9万"), ("412.6万", "4.8%")]


def test_more_than_the_day_before_that_a_bracket_tells() -> None:
    text = "3月4日，全市报告流感486例，较前一日（452例）多34例，上升7.5%。"
    assert changes(text) == [("486", "34"), ("486", "7.5%")]


def test_counts_that_fall_are_told_of_what_is_counted() -> None:
    text = "共发生火灾27起，死亡16人，与上年同期相比，起数减少5起、下降15.6%，死亡人数减少3人、下降15.8%。"
    assert changes(text) == [("27", "5"), ("27", "15.6%"), ("16", "3"), ("16", "15.8%")]


def test_a_change_is_told_in_both_units() -> None:
    found = figures("在册对象6127户、8846人，比年初净减238户、391人。")
    assert (found["238"].value, found["391"].value) == (-238, -391)


def test_the_same_time_of_a_year_that_is_named() -> None:
    text = "今年1—9月，累计报告214例，2024年同期为351例，降幅39.0%。"
    found = figures(text, published_on="2025-10-14")
    assert (found["351"].time_start, found["351"].time_end) == ("2024-01-01", "2024-09-30")
    assert found["351"].indicator == found["214"].indicator
    assert ("214", "39.0%") in changes(text)


def test_growth_in_a_part_is_of_its_level() -> None:
    text = "总收入87.8亿元，其中：县本级70.0亿元，同比增收16.4亿元，增长30.6%。"
    assert ("70.0亿", "30.6%") in changes(text)


def test_an_aim_of_growth_is_growth() -> None:
    found = figures("经济增长预期目标为5.5%左右。", published_on="2022-03-05")["5.5%"]
    assert (found.measure, found.modality) == ("change", "target")


@pytest.mark.parametrize(
    ("text", "numeral", "value"),
    [
        ("药品平均降价超42%。", "42%", "-42"),
        ("小长假前2天违规停车投诉降6成。", "6成", "-60"),
        ("事项办理平均减时间65%、减材料38%。", "38%", "-38"),
        ("平均降水量91.2毫米，比多年同期130.5毫米少30.1%。", "30.1%", "-30.1"),
        ("当年减少农村危房2600户。", "2600", "-2600"),
        ("受理投诉214件，同上年相比减少36件。", "36", "-36"),
        ("小微企业有贷户1906户，较2月末添了87户。", "87", "87"),
        ("服务人次超去年全年26%。", "26%", "26"),
    ],
)
def test_verbs_of_more_and_less(text: str, numeral: str, value: str) -> None:
    found = figures(text)[numeral]
    assert (found.measure, str(found.value)) == ("change", value)


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("关停取缔312家、整改提升845家、搬迁入园19家。", "845"),
        ("开行班列536列，上行261列，下行275列。", "275"),
    ],
)
def test_what_is_done_to_counted_things_is_no_change_of_them(text: str, numeral: str) -> None:
    found = figures(text)[numeral]
    assert (found.measure, found.value is not None and found.value > 0) == ("count", True)


def test_growth_that_is_told_as_a_noun_after_its_levels() -> None:
    text = "城乡居民人均可支配收入分别达到31250元、14680元，增长分别为4.7%、6.3%，增速在全市排名分别为第2位、第5位。"
    found = figures(text)
    assert changes(text) == [("31250", "4.7%"), ("14680", "6.3%")]
    assert found["2"].indicator.startswith("城镇居民")
    assert found["5"].indicator.startswith("农村居民")
    assert found["5"].indicator.endswith("增速位次")


def test_the_rank_of_growth_is_of_the_level_that_grew() -> None:
    found = figures("固定资产投资完成31亿元，同比增长6.4%，增速在全市排第4位。", place="康保县")
    assert found["4"].indicator == "固定资产投资增速位次"
    assert found["4"].place == "康保县"


def test_a_share_moves_by_points_under_its_own_name() -> None:
    text = "中央企业与地方企业产值比重为36.4：63.6，地方企业产值比重比同期提高2.7个百分点。"
    assert "比重" in figures(text)["2.7"].indicator
    assert changes("进口货物12亿元，占38.5%，比重较上年同期上升1.9个百分点。") == [("38.5%", "1.9")]


def test_money_grown_is_no_growth_of_a_count() -> None:
    assert changes("5个税种实现增长，合计增收1.7亿元。") == []


def test_what_moves_the_whole_by_points_is_named_with_what_moves_it() -> None:
    text = "第二产业增加值增长6.2%，增速比一季度提高0.8个百分点，拉动GDP增长2.4个百分点。"
    indicator = figures(text)["2.4"].indicator
    assert indicator.startswith("第二产业增加值拉动")


def test_a_sentence_of_comparisons_is_of_the_levels_before_it() -> None:
    text = "全年处置山洪险情312起，伤亡7人，转移群众1940人。与上年相比，险情起数下降8.4%，伤亡人数减少3人。"
    assert changes(text) == [("312", "8.4%"), ("7", "3")]


def test_a_named_growth_of_its_own_is_of_no_level_before_it() -> None:
    assert changes("一季度出口24.6亿元。\n机电产品出口同比增长7.1%。") == []


def test_the_shares_of_a_structure_move_by_points() -> None:
    text = "三次产业结构由21.0:33.4:45.6调整为20.2:33.1:46.7，第一产业比重下降0.8个百分点，第三产业上升1.1个百分点。"
    assert changes(text) == [("20.2", "0.8"), ("46.7", "1.1")]
    dealt = "三次产业比为9.8:41.5:48.7，一三产业比重分别提高0.3、0.6个百分点。"
    assert changes(dealt) == [("9.8", "0.3"), ("48.7", "0.6")]


def test_short_words_of_comparison() -> None:
    found = figures("外贸进出口值386亿元，同增12.4%，占全省的3.1%，拉动出口增长1.7个百分点。")
    assert (found["12.4%"].measure, found["12.4%"].indicator) == ("change", "外贸进出口值同比增长")
    assert "拉动出口" in found["1.7"].indicator

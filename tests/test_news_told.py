"""News and notices: datelines, days in Chinese numerals, forecasts, what happened, and items that go by their head."""

from __future__ import annotations

import pytest

from tests.extraction import classes, figure, figures, read, relations_of, sums


@pytest.mark.parametrize(
    ("text", "numeral", "day"),
    [
        ("东江网临水12月8日电 今天中午，隧道内数车相撞，造成6人受伤。", "6", "2021-12-08"),
        ("东江社临水十二月八日电 昨日，仓库起火，造成6人受伤。", "6", "2021-12-07"),
        ("记者8日从交通局获悉，今天开行客车88列。", "88", "2021-12-08"),
        ("记者1日从交通局获悉，今天开行客车88列。", "88", "2021-12-09"),  # more than a week ago: not this item's day
        ("省道八日发生山体滑坡，紧急转移66人。", "66", "2021-12-08"),
        ("渡口八日中午停航，滞留旅客66人。", "66", "2021-12-08"),
    ],
)
def test_days_are_reckoned_from_the_dateline(text: str, numeral: str, day: str) -> None:
    found = figure(text, numeral, published_on="2021-12-09")
    assert (found.time_start, found.time_end) == (day, day)


@pytest.mark.parametrize("text", ["三日内办结66件。", "五日游接待66人。", "八日后再报，登记66人。"])
def test_a_stretch_of_days_is_no_date(text: str) -> None:
    assert figure(text, "66", published_on="2021-12-09").time_end == "2021-12-09"


@pytest.mark.parametrize("words", ["2月22日正月初七", "2月22日大年初一", "2月22日（三月初三）"])
def test_the_first_days_of_a_lunar_month_or_year_are_not_its_beginning(words: str) -> None:
    found = figure(f"{words}，全市轮渡发送旅客12.4万人次。", "12.4万", published_on="2018-02-24")
    assert (found.time_start, found.time_end) == ("2018-02-22", "2018-02-22")


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("临水市第七次全国人口普查公报", "2020"),
        ("临水市第六次人口普查主要数据", "2010"),
        ("临水市第四次全国经济普查公报（第二号）", "2018"),
        ("临水市第一次经济普查公报", "2004"),
        ("临水市第三次全国农业普查公报", "2016"),
    ],
)
def test_a_census_is_of_its_year(title: str, year: str) -> None:
    found = figure("全市共登记住户3.2万户。人口十年来平稳增长。\n户均2.6人。", "2.6", title=title)
    assert (found.time_start, found.time_end) == (f"{year}-01-01", f"{year}-12-31")


def test_a_level_in_a_bracket_behind_what_it_is_compared_with() -> None:
    text = "5月全县报告病例412例，较上月同期（388例）上升6.19%，较去年同期（530例）下降22.26%。"
    found = figures(text, published_on="2021-06-10")
    assert [found[n].time_end for n in ("412", "388", "530")] == ["2021-05-31", "2021-04-30", "2020-05-31"]
    assert relations_of(text, "change") == [("412", "6.19%"), ("412", "22.26%")]


def test_a_note_in_a_bracket_does_not_hide_that_a_level_is_compared_with() -> None:
    text = "全镇人口4.22万人，与2010年（普查数据，下同）的3.98万人相比，增加2400人，增长6.03%。"
    assert relations_of(text, "change") == [("4.22万", "2400"), ("4.22万", "6.03%")]
    assert figures(text)["3.98万"].time_end == "2010-12-31"


@pytest.mark.parametrize(
    ("text", "numeral", "modality"),
    [
        ("铁路方面，今天预计发送旅客24万人次。", "24万", "target"),
        ("昨天预计发送旅客24万人次，实际发送25万人次。", "24万", "actual"),
        ("今年经济增长目标确定为6.5%左右。", "6.5%", "target"),
        ("明年，我县将围绕群众所盼，集中力量办好十件实事：新增车位300个。", "300", "target"),
        ("现将有关建设情况通报如下：新增车位300个。", "300", "actual"),
    ],
)
def test_what_is_still_to_come(text: str, numeral: str, modality: str) -> None:
    assert figure(text, numeral).modality == modality


def test_growth_of_what_is_expected_is_expected() -> None:
    found = figures("水运方面，今天预计发送旅客8.4万人次，比2019年增长9.6%。")
    assert (found["9.6%"].modality, found["8.4万"].indicator) == ("target", "水运发送旅客")


def test_aims_listed_for_a_year_to_come_are_those_of_the_whole_paragraph() -> None:
    text = "报告提出2022年全县发展指标安排，具体为：总量方面，工业增加值增长9%。民生方面，新增就业1800人。"
    found = figures(text, published_on="2022-01-14", title="2021年计划执行情况与2022年计划草案的报告")
    assert {(f.modality, f.time_end) for f in found.values()} == {("target", "2022-12-31")}


@pytest.mark.parametrize(
    ("text", "numeral", "indicator"),
    [
        ("“7·18”临水县地震造成全县死亡3人。", "3", "地震造成死亡"),
        ("公路、水路预计共发送旅客总量59万人次。", "59万", "公路、水路发送旅客总量"),
        ("全镇辖1个园区管委会、7个村。", "1", "辖园区管委会"),
        ("年龄35岁以下的46人，占23%。", "46", "年龄35岁以下"),
        ("全县引进世界500强企业3家。", "3", "引进世界500强企业"),
        ("分季度看，一季度总产值同比增长5.3%，二季度增长4.7%。", "4.7%", "总产值同比增长"),
        ("东部片区人口所占比重上升2.1个百分点，西部片区下降0.7个百分点。", "0.7", "西部片区人口所占比重变化"),
        ("教育类支出：安排3.2亿元；农业类支出：预算安排1.4亿元。", "1.4亿", "农业类支出"),
    ],
)
def test_names(text: str, numeral: str, indicator: str) -> None:
    assert figure(text, numeral).indicator == indicator


def test_who_is_left_out_is_counted_under_their_own_name() -> None:
    assert not figure("伤员中，除12名轻伤员已出院外，其余均在治疗。", "12").indicator.startswith("除")


def test_a_growth_elsewhere_that_growth_goes_beyond_is_no_change_of_it() -> None:
    text = "西片工业增速为17.8%，超过全市增速9.9个百分点。"
    assert figure(text, "9.9").measure == "change"
    assert relations_of(text, "change") == []


def test_items_of_a_list_are_told_apart_by_what_each_counts() -> None:
    text = (
        "全县实施重点工程27项，概算投资470亿元。其中：\n"
        "省级6项，概算投资140.16亿元。完成投资28.78亿元，投资完成率151.5%。\n"
        "市级5项，概算投资221.7亿元。完成投资26.4亿元，投资完成率116.4%。"
    )
    found = figures(text)
    assert found["140.16亿"].indicator == "省级实施重点工程概算投资"
    assert found["26.4亿"].indicator == "市级实施重点工程完成投资"
    assert found["116.4%"].indicator == "市级实施重点工程投资完成率"


def test_what_is_left_of_a_count_is_not_what_the_next_place_reports() -> None:
    text = "全省新增输入病例19例，深圳报告16例，14例来自甲国，其余2例来自乙国；东莞报告1例，中山报告2例。"
    found = read(text, place="广东省").figures
    assert [f.place for f in found[-2:]] == ["东莞市", "中山市"]
    assert {f.indicator for f in found[-2:]} == {"报告输入病例"}


def test_one_that_is_named_beside_all_that_are_counted_is_not_the_place() -> None:
    text = "31个省（区、市）和新疆生产建设兵团报告新增病例259例，其中河南3例。"
    found = figures(text, place="全国")
    assert (found["259"].place, found["3"].place) == ("全国", "河南省")


def test_a_part_in_the_next_sentence_is_where_its_whole_is() -> None:
    text = "前11个月，广东省外贸进出口8.2万亿元，增长10.1%。其中，出口5.3万亿元，增长8.7%。"
    found = figures(text, place="全国")
    assert [found[n].place for n in ("5.3万亿", "8.7%")] == ["广东省", "广东省"]


@pytest.mark.parametrize(
    ("text", "numeral", "value", "unit"),
    [
        ("播种面积135.8千公顷，增加0.1千公顷。", "135.8", "135.8", "千公顷"),
        ("林地3万6千公顷。", "3万6千", "36000", "公顷"),
        ("暴雨造成27省（区、市）385万人受灾。", "27", "27", "省（区、市）"),
        ("在职584人，其中男444，女140人。", "444", "444", "人"),
    ],
)
def test_units(text: str, numeral: str, value: str, unit: str) -> None:
    found = figure(text, numeral)
    assert (str(int(found.value) if found.value == int(found.value or 0) else found.value), found.unit) == (value, unit)


def test_men_and_women_make_the_whole() -> None:
    assert sums("在职584人，其中男444，女140人。") == [("584", ("444", "140"))]


def test_held_at_about_is_about() -> None:
    assert figure("物价涨幅控制在3.5%左右。", "3.5%").qualifier == "approximate"
    assert figure("物价涨幅控制在3.5%以内。", "3.5%").qualifier == "at_most"


def test_lists_of_the_largest_and_generations_count_nothing() -> None:
    assert read("举办500强企业座谈会，开展创二代培训。").figures == ()
    assert classes("举办500强企业座谈会。")["500"] == "code"
    assert [f.text for f in read("吞吐量位居全球40强。").figures] == ["40"]
    assert [f.text for f in read("平均寿命达80岁以上，60岁以上老人1200人。").figures] == ["80", "1200"]


def test_the_numbers_of_rows_are_no_figures() -> None:
    cells = ["序号", "项目内容", "进度"]
    for number, what in enumerate(("改造管网55公里", "新建公园3处", "新增车位90个", "加装电梯12部"), start=1):
        cells += [str(number), what, "80%"]
    found = [f.text for f in read("\n\n".join(cells)).figures]
    assert found == ["55", "80%", "3", "80%", "90", "80%", "12", "80%"]


def test_a_page_number_with_tabs_is_no_table() -> None:
    assert read("—128\t—").figures == ()


def test_the_brackets_of_a_unit_are_those_of_the_source() -> None:
    assert figure("新增农机410台(套)。", "410").unit == "台(套)"
    assert figure("新增农机410台（套）。", "410").unit == "台（套）"


def test_the_region_is_part_of_its_name() -> None:
    found = figures("累计确诊病例：香港特别行政区14例，台湾地区10例。", place="全国")
    assert found["10"].indicator == found["14"].indicator


def test_who_died_of_what_others_fell_ill_with() -> None:
    text = "甲类传染病共报告发病12例，上升9%；死亡2例。乙类传染病共报告发病786例，上升1.2%；死亡93例。"
    assert figures(text)["93"].indicator == "乙类传染病死亡病例"


def test_yearly_growth_is_of_the_years_that_the_paragraph_looks_back_on() -> None:
    text = "五年来，实力不断增强。初步测算，总产值年均增长13.1%。全年总产值达92亿元。"
    found = figures(text, published_on="2019-01-10", title="2019年政府工作报告")
    assert (found["13.1%"].time_start, found["13.1%"].time_end) == ("2014-01-01", "2018-12-31")
    assert (found["92亿"].time_start, found["92亿"].time_end) == ("2018-01-01", "2018-12-31")


def test_what_is_added_to_an_expected_sum_is_expected() -> None:
    text = "2022年收入预期增长5%，收入331亿元，加上级补助43.6亿元、调入资金49.2亿元，收入合计423.8亿元。"
    assert {f.modality for f in read(text, published_on="2022-01-10").figures} == {"target"}

"""Place and time of a figure: said beside it, carried from before, from the title, or from the day of publication.

How a place or a time is recognized is tested in test_places.py and test_times.py; here stands which figure gets which.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction import figure, figures, read

PUBLISHED = "2021-11-25"


def days(text: str, numeral: str, **known: str | None) -> tuple[str | None, str | None]:
    found = figure(text, numeral, **known)
    return found.time_start, found.time_end


# --- time: said beside it


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("截至11月23日，办结118件。", "2021-11-23", "2021-11-23"),
        ("截至9月底，办结118件。", "2021-09-30", "2021-09-30"),
        ("2020年，办结118件。", "2020-01-01", "2020-12-31"),
        ("2021年前三季度，办结118件。", "2021-01-01", "2021-09-30"),
        ("1—10月，办结118件。", "2021-01-01", "2021-10-31"),
        ("今年上半年，办结118件。", "2021-01-01", "2021-06-30"),
        ("今年以来，办结118件。", "2021-01-01", "2021-11-25"),
        ("10月份，办结118件。", "2021-10-01", "2021-10-31"),
        ("三季度办结118件。", "2021-07-01", "2021-09-30"),
        ("5月8日0—24时，办结118件。", "2021-05-08", "2021-05-08"),
        ("去年，办结118件。", "2020-01-01", "2020-12-31"),
        ("2019年末，库存118件。", "2019-12-31", "2019-12-31"),
    ],
)
def test_said_in_the_sentence(text: str, start: str, end: str) -> None:
    found = figure(text, "118")
    assert (found.time_start, found.time_end, found.time_basis) == (start, end, "stated")


@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_without_a_year_is_never_after_publication(month: int) -> None:
    """November 25: 12月 can only be the December of the year before."""
    start, _ = days(f"{month}月份，办结118件。", "118", published_on=PUBLISHED)
    assert start == (f"2021-{month:02d}-01" if month <= 11 else "2020-12-01")


@given(st.dates(min_value=date(2005, 1, 1), max_value=date(2030, 12, 31)))
@settings(max_examples=60)
def test_an_as_of_date_is_the_latest_one_before_publication(published: object) -> None:
    start, end = days("截至6月30日，办结118件。", "118", published_on=str(published))
    assert start == end
    assert start is not None
    assert start <= str(published)
    assert str(published)[:4] in (start[:4], str(int(start[:4]) + 1))
    assert start.endswith("-06-30")


# --- time: carried


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至9月底，全县办结104件。累计走访群众520户。", ("2021-09-30", "2021-09-30")),
        ("前三季度，全县办结104件，走访群众520户。", ("2021-01-01", "2021-09-30")),
        ("今年上半年，全县办结104件；各乡镇走访群众520户。", ("2021-01-01", "2021-06-30")),
    ],
)
def test_carried_through_clauses_and_sentences(text: str, expected: tuple[str, str]) -> None:
    assert days(text, "520") == expected


def test_an_as_of_date_carries_while_figures_follow_each_other() -> None:
    lead = "截至9月底，全县办结104件。"
    between = (
        "各乡镇紧紧围绕群众急难愁盼问题，坚持开门办事、上下联动，健全发现问题、流转交办、督促落实、反馈评价的闭环机制，"
        "持续推动干部下沉一线，把群众的事当作自己的事来办，不断提升为民服务的质量和效率，切实增强群众的获得感和幸福感。"
        "有关部门及时总结推广好经验好做法，推动各项惠民政策落地生根。"
    )
    near = figures(lead + "走访群众520户。修路12公里。植树360棵。")
    assert {f.time_end for f in near.values()} == {"2021-09-30"}
    assert days(lead + between + "走访群众520户。", "520") == (PUBLISHED, PUBLISHED)


def test_what_is_dated_after_publication_is_a_target() -> None:
    found = figure("2025年，森林覆盖率达到40%。", "40%")
    assert (found.time_start, found.modality) == ("2025-01-01", "target")
    assert figure("2020年，森林覆盖率达到38%。", "38%").modality == "actual"


def test_each_clause_has_its_own_where_each_says_its_own() -> None:
    found = figures("1—10月，规上工业增加值增长6.1%，10月份增长5.3%。")
    assert (found["6.1%"].time_start, found["6.1%"].time_end) == ("2021-01-01", "2021-10-31")
    assert (found["5.3%"].time_start, found["5.3%"].time_end) == ("2021-10-01", "2021-10-31")


def test_a_year_to_come_dates_the_whole_sentence_and_only_that() -> None:
    text = "前三季度，收入12亿元。到2025年，全区计划新建幼儿园14所，新增学位3600个。目前已建成5所。"
    found = figures(text)
    assert [found[w].time_end for w in ("12亿", "14", "3600")] == ["2021-09-30", "2025-12-31", "2025-12-31"]
    assert [found[w].modality for w in ("12亿", "14", "3600", "5")] == ["actual", "target", "target", "actual"]
    assert (found["5"].time_end or "") <= PUBLISHED


def test_a_comparison_is_not_the_time_of_the_figure() -> None:
    """比上年 and 较去年同期 say what it is compared with."""
    text = "前三季度，全县接待游客52万人次，比上年同期增长6.1%，较2019年同期下降3.2%。"
    for word in ("52万", "6.1%", "3.2%"):
        assert days(text, word) == ("2021-01-01", "2021-09-30"), word


def test_last_year_at_the_head_of_a_clause_is_the_time_of_the_figure() -> None:
    text = "今年1—10月走访群众5200户，去年全年走访群众6300户。"
    assert days(text, "5200") == ("2021-01-01", "2021-10-31")
    assert days(text, "6300") == ("2020-01-01", "2020-12-31")


def test_the_same_period_of_last_year_as_a_statement_of_its_own() -> None:
    text = "今年以来，走访5200户。去年同期走访4800户。"
    assert days(text, "5200") == ("2021-01-01", "2021-11-25")
    assert days(text, "4800") == ("2020-01-01", "2020-11-25")


def test_the_earlier_level_is_about_the_earlier_year() -> None:
    text = "2020年，人均收入由上年的8600元提高到9200元。"
    assert days(text, "8600") == ("2019-01-01", "2019-12-31")
    assert days(text, "9200") == ("2020-01-01", "2020-12-31")


def test_a_time_in_a_bracket_ends_with_the_bracket() -> None:
    text = "前三季度，全县新增企业320家（9月份新增45家），注销企业28家。"
    assert days(text, "45") == ("2021-09-01", "2021-09-30")
    assert days(text, "28") == ("2021-01-01", "2021-09-30")


def test_a_heading_dates_its_section() -> None:
    text = "一、2020年主要工作\n新建学校6所。\n改造道路12公里。\n二、2021年上半年主要工作\n新建学校3所。\n"
    assert days(text, "6") == ("2020-01-01", "2020-12-31")
    assert days(text, "12") == ("2020-01-01", "2020-12-31")
    assert days(text, "3") == ("2021-01-01", "2021-06-30")


# --- time: of the document


def test_the_title_dates_what_nothing_else_dates() -> None:
    found = figure("全县新建学校6所。", "6", title="2020年国民经济和社会发展统计公报", published_on="2021-03-20")
    assert (found.time_start, found.time_end, found.time_basis) == ("2020-01-01", "2020-12-31", "title")


def test_the_day_of_publication_dates_what_nothing_else_dates() -> None:
    found = figure("全县新建学校6所。", "6")
    assert (found.time_start, found.time_end, found.time_basis) == (PUBLISHED, PUBLISHED, "published_on")


def test_nothing_is_made_up_where_nothing_is_known() -> None:
    found = figure("全县新建学校6所。", "6", published_on=None)
    assert (found.time_start, found.time_end, found.time_basis) == (None, None, "none")


@given(
    st.sampled_from(
        ["", "今年，", "10月，", "截至11月23日，", "前三季度，", "去年，", "当日，", "12月份，", "四季度，", "全年，"]
    )
)
def test_a_result_never_begins_after_publication(lead: str) -> None:
    found = figure(f"{lead}全县办结实事118件。", "118")
    assert found.time_start is not None
    assert found.time_start <= PUBLISHED


# --- place


@pytest.mark.parametrize(
    ("text", "numeral", "place", "basis"),
    [
        ("金水区完成投资12亿元。", "12亿", "金水区", "stated"),
        ("今年以来，金水区完成投资12亿元。", "12亿", "金水区", "stated"),
        ("截至9月底，中原区接种疫苗120万剂次。", "120万", "中原区", "stated"),
        ("金水区新建学校6所，改造道路12公里。", "12", "金水区", "inherited"),
        ("金水区修路6公里，植树1200棵。", "1200", "金水区", "inherited"),
        ("全区修路6公里。", "6", "惠济区", "stated"),
        ("新建学校6所。", "6", "惠济区", "document"),
        ("全区新建学校6所。", "6", "惠济区", "stated"),
        ("我区新建学校6所。", "6", "惠济区", "stated"),
    ],
)
def test_places(text: str, numeral: str, place: str, basis: str) -> None:
    found = figure(text, numeral, place="惠济区")
    assert (found.place, found.place_basis) == (place, basis)


def test_each_clause_names_its_place() -> None:
    found = figures("金水区完成投资12亿元，惠济区完成投资8亿元。中原区完成投资7亿元。", place="郑州市")
    assert [f.place for f in found.values()] == ["金水区", "惠济区", "中原区"]


def test_a_sentence_about_another_place_does_not_carry_on() -> None:
    found = figures("金水区新建学校6所。全市新建学校26所。", place="郑州市")
    assert [f.place for f in found.values()] == ["金水区", "郑州市"]


def test_the_parts_of_a_bracket_have_their_places() -> None:
    found = figures("新增病例12例（金水区5例，惠济区4例，中原区3例）。", place="郑州市")
    assert [(w, f.place) for w, f in found.items()] == [
        ("12", "郑州市"),
        ("5", "金水区"),
        ("4", "惠济区"),
        ("3", "中原区"),
    ]


def test_a_list_of_places_is_dealt_out() -> None:
    found = figures("金水区、惠济区和中原区分别完成投资12亿元、9.5亿元和7亿元。", place="郑州市")
    assert [f.place for f in found.values()] == ["金水区", "惠济区", "中原区"]


def test_wider_places_are_wider() -> None:
    found = figures("全区新建学校6所，全市新建学校26所，全省新建学校260所。", place="惠济区")
    assert [f.place for f in found.values()] == ["惠济区", "郑州市", "河南省"]


@pytest.mark.parametrize(
    "text",
    [
        "花园路改造工程投资2亿元。",
        "郑州银行发放贷款2亿元。",
        "北京烤鸭店销售额2亿元。",
        "从上海引进资金2亿元。",
    ],
)
def test_a_name_that_holds_a_place_is_not_the_place(text: str) -> None:
    assert figure(text, "2亿", place="惠济区").place == "惠济区"


def test_no_place_is_made_up() -> None:
    found = figure("新建学校6所。", "6")
    assert (found.place, found.place_basis) == (None, "none")


def test_every_figure_of_a_document_has_its_place_where_the_document_has_one() -> None:
    text = "完成投资3亿元，同比增长5%。其中工业投资1亿元。\n地区\t件数\n甲\t5\n乙\t6\n"
    assert {f.place for f in read(text, place="惠济区").figures} == {"惠济区"}


# --- times that date no figure, and where a level started from


def test_what_was_planned_at_the_beginning_of_the_year_is_not_of_its_first_day() -> None:
    text = "年初汇总安排的支出为480亿元，执行结果为470亿元。"
    known = {"published_on": "2026-02-01", "title": "2025年预算执行情况"}
    assert {(f.time_start, f.time_end) for f in figures(text, **known).values()} == {("2025-01-01", "2025-12-31")}


def test_the_meeting_that_heard_a_report_does_not_date_it() -> None:
    text = "2026年1月，大会批准了报告。\n收入累计完成154亿元。"
    assert days(text, "154亿", published_on="2026-02-13", title="2025年预算执行情况和2026年预算草案") == (
        "2025-01-01",
        "2025-12-31",
    )


def test_a_work_report_named_by_the_day_of_its_session_is_on_the_year_before() -> None:
    title = "政府工作报告——2026年1月14日在市人民代表大会上"
    assert days("一般公共预算支出921.5亿元。", "921.5亿", published_on="2026-01-21", title=title)[1] == "2025-12-31"


def test_the_end_of_an_account_is_not_the_time_of_the_next_flow() -> None:
    text = "年终滚存结余14.9亿元。\n州本级收入35.8亿元。"
    known = {"published_on": "2026-02-12", "title": "2025年预算执行情况"}
    assert days(text, "35.8亿", **known) == ("2025-01-01", "2025-12-31")


def test_what_several_years_grew_from_is_of_the_year_before_them() -> None:
    text = "五年来，产值从54万亿元增加到82万亿元，占比由11.4%提高到15%。"
    known = {"published_on": "2018-03-05", "title": "2018年政府工作报告"}
    assert days(text, "54万亿", **known)[1] == "2012-12-31"
    assert days(text, "11.4%", **known)[1] == "2012-12-31"
    assert days(text, "82万亿", **known)[1] == "2017-12-31"


def test_from_one_stated_year_to_another_and_the_pair_that_names_none() -> None:
    text = "产值从2020年的21亿元增加到2025年的31亿元，税收从4亿元增加到6亿元。"
    found = figures(text, published_on="2026-02-01")
    assert [f.time_end for f in found.values()] == ["2020-12-31", "2025-12-31", "2020-12-31", "2025-12-31"]


def test_a_record_names_a_time_that_dates_nothing() -> None:
    text = "7月当月进出口208亿元，规模为今年以来单月新高，其中出口143亿元。"
    assert days(text, "143亿", published_on="2024-08-16")[1] == "2024-07-31"


def test_the_day_of_publication_in_a_heading_is_no_section() -> None:
    text = "市分行　2023-11-17 16:20\n存款余额6843亿元。"
    assert days(text, "6843亿", published_on="2023-11-17", title="2023年10月金融统计数据报告")[1] == "2023-10-31"


def test_a_school_year_begins_in_september() -> None:
    text = "全县共有学校229所。"
    assert days(text, "229", published_on="2024-12-06", title="2024—2025学年初教育统计简报") == (
        "2024-09-01",
        "2024-09-01",
    )


# --- places of lists


def test_a_list_of_places_in_the_clause_before_its_figures() -> None:
    text = "中牟县、新密市、登封市接种量居前，分别为8613剂次、3127剂次和2054剂次。"
    found = figures(text, place="郑州市")
    assert [f.place for f in found.values()] == ["中牟县", "新密市", "登封市"]


def test_counties_cities_and_districts_taken_together_are_no_county() -> None:
    text = "北部县区、南部县市区完成投资分别为12亿元和18亿元。"
    assert {f.place for f in figures(text, place="滨州市").values()} == {"滨州市"}


def test_a_year_in_a_bracket_does_not_date_what_follows() -> None:
    text = "起诉792人，上升42.7%（2021年为555人）。羁押率由上年的34.8%降至26.1%。"
    known = {"published_on": "2023-01-16", "title": "2022年检察工作报告"}
    assert days(text, "34.8%", **known)[1] == "2021-12-31"


def test_the_places_that_somebody_was_fetched_from_are_not_those_of_the_figure() -> None:
    text = "从贵州、云南、江西接回员工7300余名。"
    assert figure(text, "7300", place="杭州市").place == "杭州市"


def test_the_end_of_the_year_in_its_last_days_is_this_one() -> None:
    known = {"published_on": "2022-12-30", "title": "2022年全县畜牧业情况"}
    found = figure("年末存栏71.9万头。", "71.9万", **known)
    assert (found.time_end, found.modality) == ("2022-12-31", "actual")


def test_the_level_of_the_school_year_and_the_month_before() -> None:
    found = figures("在校学生98436人，比上学年的95309人增加3127人。", published_on="2024-09-10")
    assert [f.indicator for f in found.values()] == ["在校学生", "在校学生", "在校学生增加"]
    found = figures("10月份，报告病例1247例，比上月的1089例上升14.5%。", published_on="2024-11-15")
    assert found["1089"].time_end == "2024-09-30"
    assert found["14.5%"].indicator == "报告病例同比增长"


def test_the_whole_county_in_a_report_of_the_city_is_the_county_just_named() -> None:
    text = "中牟县抓紧修路，全县新建农村公路186公里。全市新建农村公路900公里。"
    found = figures(text, place="郑州市")
    assert [f.place for f in found.values()] == ["中牟县", "郑州市"]


def test_the_stock_at_the_end_of_a_quarter_dates_its_paragraph_only() -> None:
    text = "截至3月31日，已办结2410件，办结率98.1%。\n\n食品类投诉612件，服务类投诉388件。\n"
    known = {"published_on": "2023-04-11", "title": "2023年第一季度投诉情况的通报"}
    assert days(text, "2410", **known) == ("2023-03-31", "2023-03-31")
    assert days(text, "612", **known) == ("2023-01-01", "2023-03-31")


def test_a_month_after_this_year_is_of_this_year() -> None:
    text = "2019年日均车流5万辆。大修工程于今年5月2日开工，投资额为4000万元。到10月底，完成路面31公里。"
    assert days(text, "31", published_on="2020-11-10") == ("2020-10-31", "2020-10-31")


def test_the_days_of_the_travel_season_are_those_that_its_head_gives() -> None:
    text = "2024年春运从1月26日开始至3月5日结束。\n今年春运期间\n全市投入客车3120辆\n发送旅客41.5万人次\n"
    known = {"published_on": "2024-03-08", "title": "2024年全市春运情况"}
    assert days(text, "41.5万", **known) == ("2024-01-26", "2024-03-05")


def test_now_in_a_daily_bulletin_is_its_day() -> None:
    text = "3月8日，全市新增病例12例。自3月1日以来，累计报告病例97例；目前住院88例。"
    assert days(text, "88", published_on="2022-03-09", title="3月8日疫情通报") == ("2022-03-08", "2022-03-08")


def test_five_years_at_the_head_of_a_clause() -> None:
    text = "五年累计造林210万亩，五年共培养技工36万人。"
    known = {"published_on": "2018-01-20", "title": "政府工作报告"}
    assert days(text, "210万", **known) == ("2013-01-01", "2017-12-31")
    assert days(text, "36万", **known) == ("2013-01-01", "2017-12-31")


def test_a_year_in_the_reason_for_a_fall_dates_nothing_else() -> None:
    text = "2022年，收入31亿元，下降4%，主要是油价回落及2021年一次性收入较多影响；支出44亿元，增长2%。"
    assert days(text, "44亿", published_on="2023-08-01") == ("2022-01-01", "2022-12-31")


def test_the_first_days_of_a_holiday_are_no_figure() -> None:
    text = "国庆假期前5天，湿地公园前3天接待游客2.1万人次。"
    assert list(figures(text, published_on="2023-10-06")) == ["2.1万"]


def test_an_hour_behind_its_day_is_no_figure() -> None:
    text = "截至6月8日18点，转移群众420人。"
    assert list(figures(text, published_on="2023-06-09")) == ["420"]
    assert days(text, "420", published_on="2023-06-09") == ("2023-06-08", "2023-06-08")


def test_the_place_that_labels_a_paragraph_holds_to_its_end() -> None:
    text = "湖南：5月1日至3日，全省接待游客310万人次。18个古镇接待游客44万人次。\n江西：接待游客205万人次。\n"
    found = figures(text, published_on="2023-05-04")
    assert [found[n].place for n in ("310万", "44万", "205万")] == ["湖南省", "湖南省", "江西省"]


def test_the_total_behind_a_list_of_places_is_of_the_report() -> None:
    found = figures("荆溪街道62件、北门街道57件，合计119件。", place="滕州市")
    assert [found[n].place for n in ("62", "57", "119")] == ["荆溪街道", "北门街道", "滕州市"]


@pytest.mark.parametrize(
    ("text", "numeral", "place"),
    [
        ("城东街道改造小区8个。", "8", "城东街道"),
        ("六十铺镇玉米播种2.9万亩。", "2.9万", "六十铺镇"),
        ("全部开工，其中迎宾路街道6个小区率先完工。", "6", "迎宾路街道"),
        ("大洼区11.3亿元；东港经开区8.6亿元。", "8.6亿", "东港经开区"),
        ("成交2100套，其中市区900套，乐清240套，平阳310套，苍南650套。", "310", "平阳县"),
        ("东区建园3个；在永嘉县茶叶园区，建成茶园920亩。", "920", "永嘉县"),
        ("水库公路北起白石镇，南至营海镇，全长26公里。", "26", "温州市"),
    ],
)
def test_towns_zones_and_short_names(text: str, numeral: str, place: str) -> None:
    assert figure(text, numeral, place="温州市").place == place


def test_months_up_to_the_end_of_the_last_are_no_instant() -> None:
    text = "今年1至7月底，受理案件1802件。"
    assert days(text, "1802", published_on="2015-08-20") == ("2015-01-01", "2015-07-31")

"""Places and times that hold for a segment, a list or a whole report."""

from __future__ import annotations

from tests.extraction import figure, figures, read


def test_a_segment_keeps_the_place_that_it_opens_with() -> None:
    text = "完成率靠后的县：甲山县计划投资23亿元，完成46%；永宁县计划投资9亿元，完成34%。"
    found = figures(text, place="宁夏回族自治区")
    assert found["34%"].place == "永宁县"
    assert found["9亿"].place == "永宁县"


def test_what_stands_behind_a_list_of_districts_is_of_the_city() -> None:
    text = "累计报告28例，其中东城区9例、西城区7例、昌平区8例，外地来京人员4例。"
    found = figures(text, place="北京市")
    assert found["8"].place == "昌平区"
    assert found["4"].place == "北京市"


def test_a_county_and_a_zone_of_their_own_inside_a_breakdown() -> None:
    text = "安阳市35例（含滑县3例）、许昌市15例、济源示范区2例。"
    found = figures(text, place="河南省")
    assert (found["3"].place, found["2"].place) == ("滑县", "济源示范区")


def test_cases_in_other_countries_are_of_these_in_a_national_report() -> None:
    text = "中国澳门报告2例；泰国报告4例（2例已治愈），日本3例。"
    found = {f.text: f.place for f in read(text, place="中国").figures}
    assert (found["4"], found["3"]) == ("泰国", "日本")


def test_cases_from_other_countries_are_of_the_city() -> None:
    found = figures("全市新增境外输入病例7例，其中来自泰国4例、日本3例。", place="厦门市")
    assert {found[n].place for n in ("7", "4", "3")} == {"厦门市"}


def test_days_before_a_place_make_no_other_place() -> None:
    assert figure("未来三天全县累计雨量60毫米。", "60", place="鄱阳县").place == "鄱阳县"


def test_two_places_with_a_figure_of_their_own_are_not_dealt_out_again() -> None:
    text = (
        "城镇新增就业9860人，其中秦州、麦积两区6320人；失业人员再就业2230人，困难人员就业984人，分别完成72.3%和66.1%。"
    )
    found = figures(text, place="天水市")
    assert {found[n].place for n in ("72.3%", "66.1%")} == {"天水市"}


def test_what_is_said_of_several_places_together_is_of_none_of_them() -> None:
    text = (
        "新增8例，其中：商丘市5例、驻马店市3例，上述病例中2例为隔离发现；信阳市新增无症状感染者6例，其中4例为隔离发现。"
    )
    found = figures(text, place="河南省")
    assert found["2"].place == "河南省"
    assert found["4"].place == "信阳市"


def test_hours_from_and_to_are_of_their_day() -> None:
    found = figure("从3月25日17时至23时，全市新增流感病例12例。", "12", published_on="2020-03-26")
    assert (found.time_start, found.time_end) == ("2020-03-25", "2020-03-25")


def test_a_list_of_places_is_dealt_out_to_every_list_of_figures() -> None:
    found = figures("西陵区、夷陵区转办量分别为1318、925件，满意率分别为91.4%、90.4%。", place="宜昌市")
    assert [found[n].place for n in ("1318", "925", "91.4%", "90.4%")] == ["西陵区", "夷陵区"] * 2


def test_a_state_is_told_as_it_is_at_last() -> None:
    text = "2022年第四季度不合格的27家企业已复查。\n\n截至7月10日，已立案24件。\n"
    found = figure(text, "24", published_on="2023-07-20")
    assert (found.time_start, found.time_end) == ("2023-07-10", "2023-07-10")


def test_a_report_that_opens_on_the_year_before_is_of_it() -> None:
    text = (
        "2014年，全市上下克服多重困难，农业农村经济继续保持较快增长的态势。全市新建水库3座。\n\n全市标准化牧场267个。\n"
    )
    found = figure(text, "267", published_on="2015-03-20")
    assert (found.time_start, found.time_end) == ("2014-01-01", "2014-12-31")


def test_when_a_place_was_founded_dates_nothing_else() -> None:
    text = "2003年6月，经省政府批准，正式设立管理区。全区总面积227平方公里。"
    assert figure(text, "227", published_on="2023-10-20").time_start == "2023-10-20"


def test_a_day_that_may_bring_something_lies_ahead() -> None:
    found = figure("水位仍将上涨，29日14时前后可能出现20.9米的洪峰。", "20.9", published_on="2025-06-27")
    assert found.time_start == "2025-06-29"


def test_a_list_over_years_is_dealt_out() -> None:
    text = "2019年—2021年，全县生产总值分别为191亿元、208亿元、262亿元，同比增速分别为8.9%、8.5%、8.8%。"
    found = figures(text, published_on="2022-08-20")
    years = {n: found[n].time_start for n in ("191亿", "208亿", "262亿", "8.9%", "8.5%", "8.8%")}
    assert [day[:4] for day in years.values() if day] == ["2019", "2020", "2021"] * 2


def test_days_in_a_bracket_that_say_which_week() -> None:
    text = "第41周（10月6日至12日），哨点医院接诊2831人次。"
    found = figure(text, "2831", published_on="2025-10-14")
    assert (found.time_start, found.time_end) == ("2025-10-06", "2025-10-12")


def test_the_month_that_a_level_fell_from() -> None:
    text = "9月，日均待闸船舶由8月的380艘降至260艘。"
    found = figures(text, published_on="2024-10-10")
    assert (found["380"].time_start, found["380"].time_end) == ("2024-08-01", "2024-08-31")
    assert found["260"].time_end == "2024-09-30"


def test_a_rule_from_a_day_on_dates_no_other_sentence() -> None:
    text = "2024年全区民政工作总结\n\n自7月1日起，低保标准调整为每月800元。实施临时救助1083人次。\n"
    found = figure(text, "1083", published_on="2025-01-20", title="2024年全区民政工作总结")
    assert (found.time_start, found.time_end) == ("2024-01-01", "2024-12-31")


def test_the_day_of_a_peak_dates_its_own_sentence_in_a_report_on_a_holiday() -> None:
    text = "10月1日至7日，全县接待86万人次。10月3日接待19万人次，为单日峰值。\n住宿餐饮。全县712家民宿平均入住率81.4%。"
    known = {"published_on": "2023-10-08", "place": "黟县", "title": "黟县2023年国庆假期文化和旅游市场情况"}
    found = figures(text, **known)
    assert (found["19万"].time_start, found["19万"].time_end) == ("2023-10-03", "2023-10-03")
    assert (found["81.4%"].time_start, found["81.4%"].time_end) == ("2023-10-01", "2023-10-07")


def test_months_told_on_the_way_end_with_their_paragraph() -> None:
    text = "2月完成吞吐量1530万吨，下降9%。1至2月合计3410万吨。\n班列　海铁联运班列开行614列。"
    found = figures(text, published_on="2024-03-06", place="钦州市", title="2024年2月港口生产情况")
    assert found["3410万"].time_start == "2024-01-01"
    assert (found["614"].time_start, found["614"].time_end) == ("2024-02-01", "2024-02-29")


def test_years_on_lines_of_their_own_head_what_was_done() -> None:
    text = "1996年\n营造防护林31公里。\n2004年\n退耕还林12万亩。"
    found = figures(text, place="彰武县")
    assert (found["31"].time_start, found["12万"].time_start) == ("1996-01-01", "2004-01-01")


def test_hours_to_the_next_day_are_of_any_day() -> None:
    text = "22时至次日6时发生险情61起，占总数的17.2%。"
    found = figures(text, published_on="2024-01-09", title="2023年火灾形势分析")
    assert found["61"].time_start == "2023-01-01"


def test_this_year_up_to_the_day_that_opens_the_sentence() -> None:
    found = figures("截至9月底，今年全市法院新收案件4.2万件。", published_on="2023-10-20")
    assert (found["4.2万"].time_start, found["4.2万"].time_end) == ("2023-01-01", "2023-09-30")


def test_the_level_and_its_growth_beside_a_whole_year() -> None:
    text = "上半年，零售总额增长8.6%，增速比一季度提高1.2个百分点，比去年全年提高2.9个百分点。"
    found = figures(text, published_on="2022-07-22", title="2022年上半年经济运行情况")
    assert found["2.9"].time_end == found["8.6%"].time_end == "2022-06-30"


def test_a_report_on_seven_days_with_the_number_of_its_issue() -> None:
    text = "水情周报\n（2022年第31期，7月25日8时至8月1日8时）\n本周全市平均降雨31.4毫米。"
    found = figures(text, published_on="2022-08-01", place="朝阳市")
    assert found["31.4"].time_start == "2022-07-25"


def test_several_places_before_a_number_are_the_report_s() -> None:
    found = figures("评选结束，依兰县丹清河等9处林场列为省级示范林场。", place="黑龙江省")
    assert found["9"].place == "黑龙江省"

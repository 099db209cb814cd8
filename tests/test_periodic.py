"""Reports that come every week, month or quarter: their own period, asides, and stocks of a day."""

from __future__ import annotations

import pytest

from tests.extraction import figure, figures, read

WEEK = "东湖区热线周报（2023年第28期）\n（2023年7月10日—7月16日）\n\n"
KNOWN = {"published_on": "2023-07-18", "place": "东湖区"}


@pytest.mark.parametrize(
    "head",
    [
        "（2023年7月10日—7月16日）",
        "(2023年7月10日-7月16日)",
        "统计周期：2023年7月10日至7月16日",
        "统计时间：2023年7月10日—16日",
    ],
)
def test_a_line_of_two_days_under_the_title_is_the_period(head: str) -> None:
    found = figure(f"东湖区热线工作周报\n{head}\n\n受理诉求18127件。\n", "18127", **KNOWN)
    assert (found.time_start, found.time_end) == ("2023-07-10", "2023-07-16")


def test_this_week_is_the_week_of_the_report_and_not_of_its_publication() -> None:
    found = figures(f"{WEEK}本周热线受理诉求18127件，上周受理17342件。\n", **KNOWN)
    assert (found["18127"].time_start, found["18127"].time_end) == ("2023-07-10", "2023-07-16")
    assert (found["17342"].time_start, found["17342"].time_end) == ("2023-07-03", "2023-07-09")


def test_this_month_is_the_month_of_the_report() -> None:
    known = {"published_on": "2023-10-12", "place": "东湖区", "title": "2023年9月东湖区用电情况"}
    assert figure("本月全社会用电量2.3亿千瓦时。", "2.3亿", **known).time_end == "2023-09-30"


def test_the_number_of_an_issue_is_no_period() -> None:
    found = figure("东湖区热线周报（2023年第28期）\n\n受理诉求18127件。\n", "18127", **KNOWN)
    assert (found.time_start, found.time_end) == ("2023-07-18", "2023-07-18")


def test_a_cumulative_aside_dates_its_own_paragraph() -> None:
    text = f"{WEEK}1月1日至7月16日，累计受理诉求457342件。\n\n按期办结率98.5%。\n"
    found = figures(text, **KNOWN)
    assert (found["457342"].time_start, found["457342"].time_end) == ("2023-01-01", "2023-07-16")
    assert (found["98.5%"].time_start, found["98.5%"].time_end) == ("2023-07-10", "2023-07-16")


def test_since_the_beginning_of_the_year_ends_with_the_period() -> None:
    found = figure(f"{WEEK}今年以来，热线累计受理457342件。\n", "457342", **KNOWN)
    assert (found.time_start, found.time_end) == ("2023-01-01", "2023-07-16")


def test_a_narrower_time_dates_its_own_sentence() -> None:
    known = {"published_on": "2024-11-21", "place": "东湖区", "title": "东湖区2024年1—10月经济运行情况"}
    text = "工业企业31家亏损。1—9月实现利润17.48亿元，下降4.2%。全社会用电量23.81亿千瓦时。\n固定资产投资增长3.6%。\n"
    found = figures(text, **known)
    assert [found[n].time_end for n in ("31", "17.48亿", "4.2%", "23.81亿", "3.6%")] == [
        "2024-10-31",
        "2024-09-30",
        "2024-09-30",
        "2024-10-31",
        "2024-10-31",
    ]


def test_a_stock_is_of_the_day_of_the_stock_before_it() -> None:
    known = {"published_on": "2026-04-12", "place": "东湖区", "title": "2026年一季度金融统计"}
    text = "3月末社会融资存量456亿元，增长7.9%。其中，贷款余额277亿元，增长5.8%；债券余额35亿元。一季度新增贷款12亿元。"
    found = figures(text, **known)
    assert [found[n].time_start for n in ("456亿", "277亿", "35亿")] == ["2026-03-31"] * 3
    assert found["12亿"].time_start == "2026-01-01"


@pytest.mark.parametrize("year", ["2019", "2020"])
def test_a_line_that_reads_like_a_heading_opens_its_section(year: str) -> None:
    text = (
        "五、2020年预算报表\n（一）2020年支出预算表\n\n说明如下：各项数据以万元为单位，由财政部门汇总编制而成，未经审计，仅供参考。\n"
        f"关于{year}年全区收入执行情况的说明\n税收收入完成100.2亿元，为预算的100.1%，其余项目请见附表，增减原因另行说明。\n"
    )
    known = {"published_on": "2020-05-26", "place": "东湖区", "title": "2019年预算执行情况及2020年预算编制说明"}
    assert figure(text, "100.2亿", **known).time_start == f"{year}-01-01"


def test_what_recovers_to_an_earlier_year_is_of_its_own_time() -> None:
    text = "五一假期接待游客31.2万人次，恢复至2019年同期的124.7%。"
    known = {"published_on": "2024-05-06", "place": "东湖区"}
    assert {f.time_end[:4] for f in read(text, **known).figures if f.time_end} == {"2024"}

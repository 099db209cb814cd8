"""Plans by the words of their sentence, and when they are to be done."""

from __future__ import annotations

import pytest

from tests.extraction import figure, figures

KNOWN = {"published_on": "2023-04-20", "place": "东湖区"}


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("登记失业率3.1%，控制在4%的目标以内。", "4%"),
        ("一要压实责任，抽查覆盖率达到100%。", "100%"),
        ("二要盯紧节点，全年新增托位不少于800个。", "800"),
        ("务必在汛期前完成清淤36公里。", "36"),
        ("班额不得突破45人。", "45"),
        ("全年早稻总产仍可稳定在9万吨以上。", "9万"),
        ("预计全年接待游客320万人次。", "320万"),
    ],
)
def test_words_that_aim(text: str, numeral: str) -> None:
    assert figure(text, numeral, **KNOWN).modality == "target"


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("一季度生产总值增长5.2%，符合预期。", "5.2%"),
        ("“三支一扶”、西部计划等项目招募136名。", "136"),
        ("全区共有虚拟电厂3家。", "3"),
        ("1—3月完成投资62亿元，占年度投资计划的23%。", "23%"),
        ("登记失业率3.1%，控制在4%的目标以内。", "3.1%"),
    ],
)
def test_words_that_only_look_like_an_aim(text: str, numeral: str) -> None:
    assert figure(text, numeral, **KNOWN).modality == "actual"


def test_an_estimate_of_the_year_that_is_all_but_over_is_a_result() -> None:
    known = {"published_on": "2023-12-28", "place": "东湖区"}
    assert figure("预计全年接待游客320万人次。", "320万", **known).modality == "actual"


def test_what_an_estimate_grows_by_is_one_too() -> None:
    found = figures("今年秋季预计入学1860人，比去年增加120人。", **KNOWN)
    assert {found[n].modality for n in ("1860", "120")} == {"target"}


def test_a_limit_that_must_not_be_passed_is_a_highest_value() -> None:
    assert figure("班额不得突破45人。", "45", **KNOWN).qualifier == "at_most"
    assert figure("培训不得少于30学时。", "30", **KNOWN).qualifier == "at_least"


def test_a_goal_is_named_after_what_is_held_to_it() -> None:
    assert figure("登记失业率3.1%，控制在4%的目标以内。", "4%", **KNOWN).indicator == "登记失业率目标"


def test_a_plan_whose_year_is_not_said_lies_ahead() -> None:
    found = figure("三要加密频次，下半年抽查不少于60家。", "60", **KNOWN)
    assert (found.time_start, found.time_end) == ("2023-07-01", "2023-12-31")


def test_a_publication_that_is_no_day_decides_nothing() -> None:
    for published in ("2023-99-99", "soon", "9999-12-31"):
        assert figure("预计全年接待游客320万人次。", "320万", published_on=published).value == 3_200_000


def test_what_a_work_report_proposes_holds_for_its_paragraph() -> None:
    text = (
        "实施积极的财政政策。今年赤字率拟按3.2%安排，赤字规模3.9万亿元、比上年增加2000亿元。"
        "一般公共预算支出规模27.6万亿元。\n粮食产量1.38万亿斤，增长1.1%。"
    )
    known = {"published_on": "2023-03-05", "place": "中国", "title": "2023年政府工作报告"}
    found = figures(text, **known)
    assert {found[n].modality for n in ("3.2%", "3.9万亿", "2000亿", "27.6万亿")} == {"target"}
    assert found["27.6万亿"].time_start == "2023-01-01"
    assert found["1.38万亿"].modality == "actual"


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("城镇新增就业目标8600人。", "8600"),
        ("2023—2026年，筹建保障性住房41000套。", "41000"),
        ("护理型床位占比要提升至58%。", "58%"),
        ("2023年的安排：开放床位达到1900张。", "1900"),
        ("按时办结率须在6月内升到97%以上。", "97%"),
    ],
)
def test_more_words_that_aim(text: str, numeral: str) -> None:
    assert figure(text, numeral, **KNOWN).modality == "target"


def test_only_the_level_that_a_standard_is_raised_to_lies_ahead() -> None:
    found = figures("将农村低保标准由每人每年5040元提高到5520元。", **KNOWN)
    assert (found["5040"].modality, found["5520"].modality) == ("actual", "target")
    assert found["5040"].indicator == found["5520"].indicator == "农村低保标准"


def test_the_projects_that_a_government_promises_are_plans() -> None:
    text = (
        "服务业增加值增长5.1%。\n今年要把群众的事放在心上，继续用心办好八个方面的实事。\n"
        "1.养老服务方面。新增养老护理员2600人。\n2.城乡宜居方面。改造农村供水管网340公里。"
    )
    known = {"published_on": "2023-01-12", "place": "东湖区", "title": "2023年东湖区政府工作报告"}
    found = figures(text, **known)
    assert (found["5.1%"].modality, found["2600"].modality, found["340"].modality) == ("actual", "target", "target")
    assert found["2600"].time_start == "2023-01-01"


def test_a_task_whose_outcome_follows() -> None:
    found = figures("农村妇女两癌筛查任务1.4万人，已完成12630人。整改任务31项，已完成28项。", **KNOWN)
    assert (found["1.4万"].modality, found["12630"].modality, found["31"].modality) == ("target", "actual", "actual")


@pytest.mark.parametrize("heading", ["二、2023年工作任务", "2023年主要工作", "二、2023年主要工作任务"])
def test_a_heading_that_opens_the_tasks_of_the_year(heading: str) -> None:
    text = (
        f"一、2022年工作回顾\n建成公园6个。\n{heading}\n抓好以下几件事：一是修路。新建农村公路41公里，改造危桥7座。\n"
    )
    found = figures(text, published_on="2023-01-12", place="东湖区", title="东湖区政府工作报告")
    assert (found["6"].modality, found["41"].modality, found["7"].modality) == ("actual", "target", "target")


def test_the_main_work_of_a_year_that_is_over_is_done() -> None:
    text = "2022年主要工作\n新建农村公路41公里，改造危桥7座。\n"
    assert figures(text, published_on="2023-01-12", place="东湖区")["41"].modality == "actual"


def test_a_plan_by_its_title_and_the_year_before_it() -> None:
    text = (
        "2022年，我区改造小区19个。\n经研究，确定改造小区26个、住宅楼188栋，现予公示。\n"
        "项目总投资2.1亿元，更换管网37公里。\n"
    )
    title = "东湖区关于2023年老旧小区改造计划的公示"
    found = figures(text, published_on="2023-03-08", place="东湖区", title=title)
    assert found["19"].modality == "actual"
    assert {found[n].modality for n in ("26", "188", "2.1亿", "37")} == {"target"}
    assert (found["37"].time_start, found["37"].time_end) == ("2023-01-01", "2023-12-31")


def test_a_report_on_how_a_plan_was_carried_out_is_none() -> None:
    title = "东湖区2022年老旧小区改造计划执行情况的通报"
    assert figures("改造小区26个。", published_on="2023-03-08", title=title)["26"].modality == "actual"


@pytest.mark.parametrize(
    ("text", "numeral", "modality"),
    [
        ("纳入今年改造计划的17个小区全部开工。", "17", "actual"),
        ("净水厂投用后日供水能力将由3万吨提高到5万吨。", "5万", "target"),
        ("净水厂投用后日供水能力将由3万吨提高到5万吨。", "3万", "actual"),
        ("城镇新增就业5120人，提前完成全年4800人的目标。", "4800", "target"),
        ("城镇新增就业5120人，提前完成全年4800人的目标。", "5120", "actual"),
        ("对进度滞后的3个项目将逐一督办。", "3", "actual"),
        ("间作任务1.8万亩，已落实1.83万亩。", "1.8万", "target"),
        ("间作任务1.8万亩，已落实1.83万亩。", "1.83万", "actual"),
        ("预计4月20日20时至22日20时，山区有40毫米降雨。", "40", "target"),
        ("完成投资9.6亿元，占年计划投资的118.4%。", "118.4%", "actual"),
        ("放款量由2019年的8亿元增加到2022年的14亿元。", "8亿", "actual"),
        ("今年需完成投资13亿元。", "13亿", "target"),
        ("新增就业4.1万人，是年初3.5万人目标的117.1%。", "3.5万", "target"),
        ("新增就业4.1万人，是年初3.5万人目标的117.1%。", "117.1%", "actual"),
    ],
)
def test_what_is_planned_and_what_is_there(text: str, numeral: str, modality: str) -> None:
    assert figure(text, numeral, **KNOWN).modality == modality

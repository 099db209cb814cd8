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

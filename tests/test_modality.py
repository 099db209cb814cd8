"""Results and targets: what is planned, by its section, its words or its clause, and what is done."""

from __future__ import annotations

import pytest

from tests.extraction import figures, read

REPORT = "2025年东湖区人民政府工作报告"
PLANS = "今年要加快推进重点项目，强化保障，深化改革，着力培育产业，完善设施。"


def modalities(text: str, **known: str | None) -> dict[str, str]:
    return {text: figure.modality for text, figure in figures(text, **known).items()}


def test_a_whole_work_report_is_no_plan_for_all_its_verbs() -> None:
    text = (
        f"一、2024年工作回顾\n全区生产总值134.9亿元，增长5%。新增就业1256人。\n二、2025年工作安排\n{PLANS * 4}"
        "新建学校8所，改造道路12公里。\n"
    )
    found = modalities(text, published_on="2025-01-20", place="东湖区", title=REPORT)
    assert (found["134.9亿"], found["5%"], found["1256"]) == ("actual", "actual", "actual")
    assert (found["8"], found["12"]) == ("target", "target")


def test_an_excerpt_without_headings_is_judged_by_its_verbs() -> None:
    text = f"{PLANS}加强技能培训3万人次，改造提升25个养老机构，推进安置2000人。\n"
    assert set(modalities(text, published_on="2025-01-20", place="东湖区", title=REPORT).values()) == {"target"}


def test_what_the_text_dates_in_a_past_year_is_no_plan() -> None:
    text = "三、2025年主要任务\n2024年实际建成幼儿园6所。新建幼儿园9所。\n"
    found = modalities(text, published_on="2025-01-20", place="东湖区", title="东湖区2025年工作计划")
    assert found == {"6": "actual", "9": "target"}


@pytest.mark.parametrize(
    ("heading", "modality"),
    [
        ("（一）关于2025年区级一般公共预算收入预算的说明", "target"),
        ("（一）关于2024年区级一般公共预算收入预算执行情况的说明", "actual"),
    ],
)
def test_a_section_of_a_budget_is_a_plan_by_its_year(heading: str, modality: str) -> None:
    text = f"五、2025年财政预算\n{heading}\n区级收入31.3亿元，其中税收收入20.1亿元。\n"
    assert modalities(text, published_on="2025-02-10", place="东湖区")["31.3亿"] == modality


@pytest.mark.parametrize("title", ["重点工作进展情况的通报", "主要任务完成情况", "目标任务推进情况公示"])
def test_a_notice_on_the_progress_of_tasks_tells_results(title: str) -> None:
    text = f"东湖区关于2024年前三季度{title}\n全区共有医疗机构2718个，卫生技术人员23965人。\n"
    found = modalities(text, published_on="2024-10-24", place="东湖区", title=f"东湖区关于2024年前三季度{title}")
    assert found == {"2718": "actual", "23965": "actual"}


@pytest.mark.parametrize(
    ("text", "target", "actual"),
    [
        ("本次计划分配：城区14.78亿元、东乡11.09亿元、西乡5.39亿元。", ("14.78亿", "11.09亿", "5.39亿"), ()),
        ("新增停车泊位1543个，为目标任务（1200个）的128.6%。", ("1200",), ("1543", "128.6%")),
        ("年内要建的18处公园，已动工16处。", ("18",), ("16",)),
    ],
)
def test_plans_in_lists_and_brackets(text: str, target: tuple[str, ...], actual: tuple[str, ...]) -> None:
    found = modalities(text, published_on="2024-10-24", place="东湖区")
    assert [found[numeral] for numeral in target] == ["target"] * len(target)
    assert [found[numeral] for numeral in actual] == ["actual"] * len(actual)


def test_the_whole_year_of_a_task_dates_the_task_alone() -> None:
    text = "筛查工作全年任务7.2万人，已筛查6.83万人，任务完成率94.9%。"
    known = {"published_on": "2024-10-24", "place": "东湖区", "title": "东湖区2024年前三季度工作通报"}
    task, done, rate = read(text, **known).figures
    assert (task.time_end, task.modality) == ("2024-12-31", "target")
    assert (done.time_end, rate.time_end, done.modality) == ("2024-09-30", "2024-09-30", "actual")

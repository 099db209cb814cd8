"""Tables of items and how far they are: what is to be done in one cell, how it stands in another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.extract.engine import extract
from flows.extract.model import Context, Extraction
from flows.normalize.model import SourceText
from flows.normalize.running import running_text

HEADS = "序号\t实事内容\t当前进度\t牵头单位\t备注"
ROWS = (
    "1\t新建改建公厕12座，新增停车位600个。\t已完成9座，新增停车位450个\t城管局\t区级",
    "2\t完成老旧小区改造8个\t75%（门头小区尚未进场）\t住建局\t市级",
    "3\t新建社区食堂5家\t100%\t民政局\t区级",
)
TITLE = "2023年民生实事项目进度表（截至9月底）"


def read(table: str) -> Extraction:
    context = Context(published_on="2023-10-12", place="临川区", title=TITLE)
    return extract(running_text(SourceText(f"{TITLE}\n\n{table}\n", "text/plain")), context)


def tabbed() -> str:
    return "\n".join((HEADS, *ROWS))


def one_a_line() -> str:
    return "\n\n".join(cell for line in (HEADS, *ROWS) for cell in line.split("\t"))


@pytest.mark.parametrize("table", [tabbed(), one_a_line(), one_a_line().replace("\n\n", "\n")])
def test_a_row_is_a_plan_and_how_far_it_is(table: str) -> None:
    figures = {f.text: f for f in read(table).figures}
    told = {text: (f.indicator, f.modality, f.time_start, f.time_end) for text, f in figures.items()}
    year, day = ("target", "2023-01-01", "2023-12-31"), ("actual", "2023-09-30", "2023-09-30")
    assert told == {
        "12": ("新建改建公厕", *year),
        "600": ("新增停车位", *year),
        "9": ("新建改建公厕完成", *day),
        "450": ("新增停车位", *day),
        "8": ("完成老旧小区改造", *year),
        "75%": ("完成老旧小区改造进度", *day),
        "5": ("新建社区食堂", *year),
        "100%": ("新建社区食堂进度", *day),
    }


def test_a_serial_number_is_no_figure() -> None:
    classes = {n.start: n.numeral_class for n in read(one_a_line()).ledger if n.text in ("1", "2", "3")}
    assert set(classes.values()) == {"section_number"}


TARGETS = """类别\t实事项目\t年度目标\t完成情况（截至6月底）\t完成率
教育\t新建幼儿园\t新建幼儿园6所，增加学位1800个\t已建成4所，增加学位1200个\t66.7%
养老\t新增养老床位\t500张\t已新增350张\t80%
交通\t农村公路改造\t改造农村公路120公里\t已全部完工\t100%"""


def test_a_rate_is_of_what_is_done_and_what_is_to_be_done() -> None:
    extraction = read(TARGETS)
    texts = {f.start: f.text for f in extraction.figures}
    rates = {
        tuple(texts[at] for at in (r.numerator, r.denominator, r.rate) if at is not None)
        for r in extraction.relations
        if r.relation == "rate"
    }
    # 350 of 500 is not 80%: related all the same, for the rule of rates to find.
    assert rates == {("4", "6", "66.7%"), ("350", "500", "80%")}


def test_a_cell_that_says_only_how_much_is_named_by_its_row() -> None:
    names = {f.text: f.indicator for f in read(TARGETS).figures}
    assert names["500"] == names["350"] == "新增养老床位"
    assert (names["80%"], names["100%"]) == ("新增养老床位完成率", "农村公路改造完成率")


def test_a_table_of_numbers_stays_a_grid() -> None:
    table = "项目\t任务数（户）\t完成率（%）\n危房改造\t120\t85\n厕所改造\t3400\t62.5\n庭院整治\t560\t100"
    figures = read(table).figures
    assert [f.value for f in figures if f.unit == "户"] == [Decimal(120), Decimal(3400), Decimal(560)]
    assert {f.modality for f in figures if f.unit == "%"} == {"actual"}


def test_heads_without_rows_are_words() -> None:
    assert read("序号\n\n项目内容\n\n当前进度\n\n牵头单位").figures == ()
    assert [f.text for f in read("序号\t项目内容\t当前进度\n\n全区新建公厕12座。").figures] == ["12"]

"""Sums that reach over sentences and columns, and what is no sum: nested parts, overlaps, statements of their own."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from flows.extract.model import Relation
from tests.extraction import read


def sums(text: str) -> dict[str, tuple[list[str], Relation]]:
    """Total → parts, as written, with the relation."""
    extraction = read(text, place="东湖区")
    texts = {figure.start: figure.text for figure in extraction.figures}
    return {
        texts[r.total]: ([texts[p] for p in r.parts], r)
        for r in extraction.relations
        if r.relation == "sum" and r.total is not None
    }


def rates(text: str) -> list[tuple[str, str, str]]:
    extraction = read(text, place="东湖区", published_on="2024-10-20")
    texts = {figure.start: figure.text for figure in extraction.figures}
    return [
        (texts[r.numerator], texts[r.denominator], texts[r.rate])
        for r in extraction.relations
        if r.relation == "rate" and None not in (r.numerator, r.denominator, r.rate)
    ]


def test_a_later_sentence_divides_a_number_told_before() -> None:
    text = "平台受理诉求48623件，环比上升6.2%。日均1568件。\n从类别看，咨询类21408件、求助类15163件、其他12052件。"
    assert sums(text)["48623"][0] == ["21408", "15163", "12052"]


def test_two_figures_that_make_a_small_number_may_be_chance() -> None:
    assert sums("新建学校12所。改造道路5条。\n幼儿园7所、小学5所开学。") == {}


def test_pairs_of_counts_divide_a_pair() -> None:
    found = sums("识别监测对象3862户15237人，分别是甲类1408户5716人，乙类1695户6482人，丙类759户3039人。")
    assert found["3862"][0] == ["1408", "1695", "759"]
    assert found["15237"][0] == ["5716", "6482", "3039"]


@given(st.lists(st.tuples(st.integers(60, 4000), st.integers(60, 9000)), min_size=3, max_size=5))
def test_any_pairs_that_add_up_are_found_and_others_are_not(pairs: list[tuple[int, int]]) -> None:
    households, people = (sum(column) for column in zip(*pairs, strict=True))
    assume(households != people)  # they are told apart by their numeral below
    listed = "，".join(f"{kind}类{a}户{b}人" for kind, (a, b) in zip("甲乙丙丁戊", pairs, strict=False))
    found = sums(f"识别对象{households}户{people}人，分别是{listed}。")
    assert found[str(households)][0] == [str(a) for a, _ in pairs]
    wrong = sums(f"识别对象{households + 1}户{people + 1}人，分别是{listed}。")
    assert not any(relation.complete for _, relation in wrong.values())


def test_parts_that_overlap_make_no_claim_to_be_all() -> None:
    _, relation = sums("施工项目1412个，下降3.6%。其中：新开工项目626个，下降14%；投产项目820个，增长3.7%。")["1412"]
    assert not relation.complete


def test_a_statement_of_the_whole_year_ends_the_parts() -> None:
    found = sums("进出口总额16.2亿元。其中出口额15.61亿元，增长4%；全年引进资金305.1亿元；签约项目投资2亿元。")
    assert "16.2亿" not in found


def test_what_is_divided_last_is_the_part_before_it() -> None:
    assert "41" not in sums("在41个行业中，有22个行业增长，其中15个增长超过10%。")


def test_what_became_of_a_part_is_no_part() -> None:
    assert "3184" not in sums("抽检3184批次，其中食用农产品1560批次，不合格29批次。")


def test_every_column_of_a_table_may_add_up() -> None:
    table = "镇\t产值（亿元）\t同比增长（%）\t收入（万元）\t同比增长（%）\n合计\t412.63\t6.9\t93800\t3.5\n"
    table += "东镇\t228.46\t9.2\t48415\t4.1\n西镇\t96.17\t5.4\t25760\t2.6\n南镇\t88.00\t7.7\t19625\t5.8\n"
    found = sums(table)
    assert found["412.63"][0] == ["228.46", "96.17", "88.00"]
    assert found["93800"][0] == ["48415", "25760", "19625"]
    changes = [r for r in read(table, place="东湖区").relations if r.relation == "change"]
    assert len(changes) == 8


def test_the_rate_of_what_passed_is_not_of_what_failed() -> None:
    assert rates("共抽检436批次，合格428批次，不合格8批次，合格率为98.2%。") == [("428", "436", "98.2%")]


def test_a_plan_in_a_bracket_and_a_plan_right_before() -> None:
    assert rates("抽检3184批次，完成年度计划（3900批次）的81.6%。") == [("3184", "3900", "81.6%")]
    text = "计划新增泊位1500个，目前建成投用1065个，完成率79%。"
    assert rates(text) == [("1065", "1500", "79%")]  # as stated, though it is 71 %


def test_a_share_of_a_budget_that_is_not_told_has_no_counts() -> None:
    assert rates("国有资本经营预算收入8.1亿元，支出完成3万元，占预算的0.1%。") == []


def test_shares_of_a_list_are_of_the_number_told_before() -> None:
    text = "平台受理诉求46807件。\n咨询类21408件、求助类15163件、举报类10236件，占比分别为45.7%、32.4%、21.9%。"
    assert rates(text) == [("21408", "46807", "45.7%"), ("15163", "46807", "32.4%"), ("10236", "46807", "21.9%")]


def test_a_table_of_very_many_rows_takes_no_more_time_a_row() -> None:
    """Nothing is timed: a square of these rows would not end within the patience of a test run."""
    rows = "".join(f"{'甲乙丙丁'[n % 4]}类\t{n % 9}\n" for n in range(20_000))
    found = read(f"类别\t件数（件）\n合计\t999999999\n{rows}", place="东湖区")
    assert len(found.figures) == 20_001

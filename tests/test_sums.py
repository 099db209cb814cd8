"""Sums beyond a plain 其中: nested divisions, parts in other sentences, lists under lists, additions and states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction import read


def sums(text: str) -> list[tuple[str, list[str], bool]]:
    """Each sum as its total, its parts and whether they are complete, by their numerals."""
    found = read(text)
    word = {f.start: f.text for f in found.figures}
    return [
        (word[r.total or 0], [word[p] for p in r.parts], r.complete) for r in found.relations if r.relation == "sum"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "全县登记在册患者90人，其中，城镇55人，乡村35人，其中老年人24人，其他11人。",
            ("35", ["24", "11"], True),
            id="a part that is divided again",
        ),
        pytest.param(
            "累计收治患者474人（其中转诊467人），其中康复出院365人、解除观察51人（其中儿童2人，老人49人）、转院58人。",
            ("474", ["365", "51", "58"], True),
            id="brackets between the parts",
        ),
        pytest.param(
            "累计排查小区112个，同比增加27个，其中东街45个、西街38个、北街29个。",
            ("112", ["45", "38", "29"], True),
            id="a change stands between total and parts",
        ),
        pytest.param(
            "开发区税费收入3.2亿元，下降2.1%。其中：税收收入2.82亿元，下降3.5%。非税收入0.38亿元，增长9.0%。",
            ("3.2亿", ["2.82亿", "0.38亿"], True),
            id="the last part is a sentence of its own",
        ),
        pytest.param(
            "镇区收入8403万元，同比下降3%，加上补助收入2526万元、上年结余收入469万元，收入总计11398万元。",
            ("11398万", ["8403万", "2526万", "469万"], True),
            id="a balance of the year before is an addend",
        ),
        pytest.param(
            "基金收入15.2亿元，加提前下达2688万元、上年结转9.5亿元，减调出资金56万元，预计可用财力25亿元。",
            ("25亿", ["15.2亿", "2688万", "9.5亿"], False),
            id="what is taken off is no part",
        ),
        pytest.param(
            "计划改造教室1200间，已改造870间，完成率72.5%；剩余330间年底前完成。",
            ("1200", ["870", "330"], True),
            id="done and left, with a rate between",
        ),
        pytest.param(
            "转移资金772亿元，一是普惠补助339亿元，其中：本级17.9亿元，下达321.1亿元；二是专项补助433亿元。",
            ("772亿", ["339亿", "433亿"], True),
            id="numbered parts in one sentence",
        ),
        pytest.param(
            "外派技工20人，平阴县报告19人，13人在厂区，6人在港区；商河县报告1人，在矿区。",
            ("20", ["19", "1"], True),
            id="the heads of segments",
        ),
        pytest.param(
            "截至昨日，全市在册学员80人，其中走读63人。东城区30人、西城区27人、朝阳区12人，外地来校学员11人。",
            ("80", ["30", "27", "12", "11"], True),
            id="a list of places and the rest",
        ),
        pytest.param(
            "在营网点3404家，已注销网点95736家，已迁出网点4636家，累计登记网点103776家。",
            ("103776", ["3404", "95736", "4636"], True),
            id="states before what they make up over time",
        ),
        pytest.param(
            "三项基金总收入186.4亿元，增长6.7%；总支出171.9亿元，增长9.2%。分险种看，养老保险基金收入178.6亿元、"
            "支出165.3亿元；失业保险基金收入4.2亿元、支出3.4亿元；工伤保险基金收入3.6亿元、支出3.2亿元。",
            ("171.9亿", ["165.3亿", "3.4亿", "3.2亿"], True),
            id="two totals divided side by side",
        ),
    ],
)
def test_parts_and_totals(text: str, expected: tuple[str, list[str], bool]) -> None:
    assert expected in sums(text)


def test_a_numbered_list_under_an_item_of_another() -> None:
    text = (
        "1．一般公共预算可用财力28.9亿元。财力构成是：\n（1）地方收入6.7亿元；\n（2）转移支付11.3亿元；\n"
        "（3）专项转移支付8.3亿元；\n（4）上年结转2.2亿元；\n（5）上解收入4427万元。\n2．基金财力3.5亿元。\n"
    )
    assert ("28.9亿", ["6.7亿", "11.3亿", "8.3亿", "2.2亿", "4427万"], True) in sums(text)


def test_a_part_in_the_next_sentence_that_leaves_a_rest_is_not_added() -> None:
    text = "税费收入3.2亿元。其中：税收收入2.82亿元。车辆租赁收入0.21亿元。"
    assert sums(text) == []


def test_small_numbers_that_happen_to_add_up_are_no_sum() -> None:
    assert sums("新增门店5家，关闭门店2家，改造门店3家。") == []


@given(st.lists(st.integers(60, 5000), min_size=2, max_size=6), st.integers(1, 59))
def test_heads_of_segments_add_up_exactly_or_not_at_all(parts: list[int], rest: int) -> None:
    listed = "；".join(f"第{chr(0x7532 + n)}类学校{p}所，均已挂牌" for n, p in enumerate(parts))
    exact = sums(f"全市学校{sum(parts)}所，{listed}。")
    assert [t for t, _, _ in exact if t == str(sum(parts))]
    assert all(t != str(sum(parts) + rest) for t, _, _ in sums(f"全市学校{sum(parts) + rest}所，{listed}。"))


def test_the_plan_that_measures_a_total_is_no_total_itself() -> None:
    text = "全市税费收入51.5亿元，为年初预算51.3亿元的100.4%，其中：税收收入25.3亿元；非税收入26.2亿元。"
    assert sums(text) == [("51.5亿", ["25.3亿", "26.2亿"], True)]


def test_a_total_after_a_division_of_its_first_addend() -> None:
    text = (
        "全市税费收入515444万元，其中：税收收入253508万元；非税收入261936万元。"
        "加上补助收入2044564万元、上年结余293262万元，收入总计2853270万元。"
    )
    assert ("2853270万", ["515444万", "2044564万", "293262万"], True) in sums(text)

"""Sums whose parts stand sentences or paragraphs behind their total, and those that words, shares or pairs of names
make sure of."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.extraction import sums

SCHOOLS = (
    "全县共有各类学校163所，专任教师5214人。\n"
    "学前教育。幼儿园92所，专任教师1102人。\n"
    "义务教育。义务教育学校64所，专任教师3357人。其中普通小学45所，小学专任教师2046人。普通初中19所，初中专任教师1311人。\n"
    "高中教育。高中学校7所，高中专任教师755人。"
)


def test_stages_of_school_divide_the_total_that_opens_the_report() -> None:
    found = sums(SCHOOLS)
    assert ("163", ("92", "64", "7")) in found
    assert ("5214", ("1102", "3357", "755")) in found


def test_an_inner_total_is_divided_by_what_follows_it() -> None:
    found = sums(SCHOOLS)
    assert ("3357", ("2046", "1311")) in found
    assert ("64", ("45", "19")) in found


@given(st.lists(st.integers(120, 8000), min_size=3, max_size=5))
def test_kinds_of_cases_in_paragraphs_of_their_own(cases: list[int]) -> None:
    total = sum(cases)
    assume(len(str(total).rstrip("0")) > 1)
    runs = (sum(cases[i + 1 : j]) for i in range(len(cases)) for j in range(i + 3, len(cases) + 1))
    assume(not set(cases) & set(runs))  # a kind that others make is divided itself
    kinds = ["刑事", "民事", "行政", "执行", "涉外"]
    told = "\n".join(f"{kind}审判。{kind}结案{n}件。" for kind, n in zip(kinds, cases, strict=False))
    assert (str(total), tuple(map(str, cases))) in sums(f"全院结案{total}件。\n{told}")
    assert all(found[0] != str(total + 1) for found in sums(f"全院结案{total + 1}件。\n{told}"))


def test_plans_of_one_digit_and_noughts_make_no_total() -> None:
    text = "新增入统企业500家。\n推动设备更新。\n培育专精特新企业300家。\n新增高新技术企业200家。"
    assert sums(text) == []


def test_what_is_paid_and_what_is_left_are_no_parts_of_an_income() -> None:
    text = "工会总收入136.4亿元。\n工会总支出128.1亿元，收支结余8.3亿元。"
    assert sums(text) == []


def test_a_list_of_places_over_two_sentences_is_one_sum() -> None:
    text = (
        "全省新增流感病例24例。其中：登封市2例、新密市1例。其他地市新增流感病例中，"
        "安阳市9例、鹤壁市3例、焦作市2例、濮阳市7例。"
    )
    assert ("24", ("2", "1", "9", "3", "2", "7")) in sums(text, place="河南省")


def test_a_number_divided_in_the_sentence_before_is_divided_again() -> None:
    text = "累计收治患者184例，其中男性97例，女性87例。发病前112例到过果园，61例接触过牲畜，11例两者均无。"
    found = sums(text)
    assert ("184", ("97", "87")) in found
    assert ("184", ("112", "61", "11")) in found


def test_shares_told_of_one_total_make_its_sum_sure() -> None:
    assert ("13", ("9", "4")) in sums("全县13个监测断面，Ⅱ类水质9个，占69.2%；Ⅲ类水质4个，占30.8%。")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年承接实事17项，省定11项，市定6项。", ("17", ("11", "6"))),
        ("报告传染病5126例，死亡4例，环比下降3.1%，其中乙类902例，丙类4224例。", ("5126", ("902", "4224"))),
        ("报告传染病512例，较前一日多21例。甲类零报告，乙类73例，丙类439例。", ("512", ("73", "439"))),
        ("幼儿园36所，公办的25所、民办11所。", ("36", ("25", "11"))),
        ("留院观察12名。目前，10名患者已经好转；另2名仍在治疗。", ("12", ("10", "2"))),
        ("计划改造小区34个，目前已完工21个、在建13个。", ("34", ("21", "13"))),
    ],
)
def test_words_that_make_a_small_sum_sure(text: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert expected in sums(text)


def test_two_numbers_that_only_add_up_are_no_sum() -> None:
    assert sums("新建停车场17处，增设信号灯11处，修补路面6处。") == []


def test_what_leads_to_a_total_that_is_divided_further() -> None:
    found = sums("去年旧存案件826件，今年新收4137件，二者合计4963件，已结4018件，未结945件。")
    assert ("4963", ("826", "4137")) in found
    assert ("4963", ("4018", "945")) in found


def test_the_account_of_a_budget_adds_up_to_its_total_with_what_is_carried_over() -> None:
    text = (
        "全县一般公共预算支出36.82亿元，增长2.1%，加上上解支出1.94亿元，债务还本支出4.37亿元（含再融资债券，下同），"
        "安排预算稳定调节基金0.85亿元，结转下年2.66亿元，支出总计46.64亿元。"
    )
    assert ("46.64亿", ("36.82亿", "1.94亿", "4.37亿", "0.85亿", "2.66亿")) in sums(text)


def test_a_bracket_that_closes_opens_no_parts() -> None:
    text = "共发送旅客386.2万人次。其中铁路151.7万人次，增长9%；公路（含农村客运）203.4万人次，下降1%；水路31.1万人次。"
    assert ("386.2万", ("151.7万", "203.4万", "31.1万")) in sums(text)


def test_no_place_of_a_list_is_the_total_of_those_behind_it() -> None:
    text = "新增病例中，郑州市8例、开封市1例、洛阳市4例、许昌市2例、漯河市1例、信阳市6例。"
    assert all(total != "8" for total, _ in sums(text, place="河南省"))

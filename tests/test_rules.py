"""The rules of arithmetic: sound reports pass, and each kind of damage makes the right rule speak."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.facts import RelationFact
from schemas.rules import ESS_LEVELS, REGISTRY, View, check, judge
from tests.warehouse_help import completion, document, figure, parse


def found(facts):
    """Rule and severity of every finding."""
    return [(f.rule_id, f.severity) for f in check(facts, parse)]


def parts(total: str, *shares: str, complete: bool = True, stated: bool = True, unit: str = "篇"):
    """A report that names a total and its parts."""
    text = f"累计播发报道{total}篇，其中" + "，".join(f"第{'甲乙丙丁'[i]}类{s}篇" for i, s in enumerate(shares)) + "。"
    starts = [text.index("道") + 1] + [text.index(f"{'甲乙丙丁'[i]}类") + 2 for i in range(len(shares))]
    names = ["报道", *(f"{'甲乙丙丁'[i]}类报道" for i in range(len(shares)))]
    figures = [
        figure(t, text, start=s, unit=unit, indicator=name)
        for t, s, name in zip((total, *shares), starts, names, strict=True)
    ]
    relation = RelationFact("sum", total=starts[0], parts=tuple(starts[1:]), complete=complete, stated=stated)
    return document("parts.txt", text, *figures, relations=(relation,))


def change(now: str, by: str, before: str, unit: str = "%", sign: int = 1, words: str = "", stated: bool = True):
    """A report that names a level, the change of it, and the level before."""
    text = f"今年办理{now}件，比上年的{before}件{words}变动{by}。"
    places = [text.index("理") + 1, text.index("的") + 1, text.index("动") + 1]
    level = figure(now, text, start=places[0])
    earlier = figure(before, text, start=places[1], time_start="2020-11-23", time_end="2020-11-23")
    moved = figure(by, text, start=places[2], unit=unit, measure="change", indicator="增长", value=sign * parse(by)[0])
    relation = RelationFact("change", now=places[0], before=places[1], change=places[2], stated=stated)
    return document("change.txt", text, level, earlier, moved, relations=(relation,))


@pytest.mark.parametrize(
    ("total", "done", "rate"),
    [("145", "118", "81%"), ("2088", "1618", "77%"), ("2088", "1618", "77.4%"), ("3", "2", "66%"), ("3", "2", "67%")],
)
def test_a_rate_may_be_rounded_half_up_or_cut(total, done, rate):
    assert found(completion(total, done, rate)) == []


def test_a_wrong_rate_is_an_error_that_quotes_the_figures():
    (finding,) = check(completion("145", "118", "71%"), parse)
    assert (finding.rule_id, finding.severity, finding.ess_level) == ("rate-of-counts", "error", 1)
    assert finding.message == "118件 of 145件 are 81.38 %, but the text says 71%."
    assert len(finding.starts) == 3


def test_a_guessed_relation_only_informs():
    facts = completion("145", "118", "71%")
    guessed = tuple(replace(r, stated=False) for r in facts.relations)
    assert found(replace(facts, relations=guessed)) == [("rate-of-counts", "info")]


def test_a_rate_of_rounded_counts_is_held_against_their_intervals():
    """12.0万 of 14.5万 may be 11.95/14.55 = 82.1 to 12.05/14.45 = 83.4."""
    assert found(completion("14.5万", "12.0万", "83%")) == []
    assert found(completion("14.5万", "12.0万", "85%")) == [("rate-of-counts", "error")]


@given(total=st.integers(min_value=1, max_value=3000), done=st.integers(min_value=0, max_value=3000))
def test_every_rate_calculated_from_its_counts_passes_and_two_points_off_fails(total, done):
    done = min(done, total)
    cut = done * 100 // total
    assert found(completion(str(total), str(done), f"{cut}%")) == []
    off = cut - 2 if cut >= 50 else cut + 2
    assert ("rate-of-counts", "error") in found(completion(str(total), str(done), f"{off}%"))


def test_more_done_than_there_is_is_an_error():
    facts = completion("118", "145", "81%")
    assert ("done-within-total", "error") in found(facts)


def test_a_stated_rate_above_the_whole_is_overfulfilment():
    facts = completion("100", "120", "120%")
    quoted = tuple(replace(f, quote=f.quote + "超额完成年度任务") for f in facts.figures)
    assert found(replace(facts, figures=quoted)) == []


def test_a_share_above_the_whole_is_an_error_unless_measured_against_a_plan():
    text = "合格率为120%。"
    assert found(document("a.txt", text, figure("120%", text))) == [("share-in-range", "error")]
    plan = "收入完成预算的120%。"
    assert found(document("b.txt", plan, figure("120%", plan))) == []
    task = "接種任務完成率120%。"
    assert found(document("c.txt", task, figure("120%", task))) == []


def test_a_share_below_zero_is_an_error():
    text = "合格率为12%。"
    assert ("share-in-range", "error") in found(document("a.txt", text, figure("12%", text, value=Decimal(-12))))


def test_complete_parts_make_the_total():
    assert found(parts("3310", "55", "781", "2474")) == []


def test_complete_parts_that_do_not_make_the_total_are_an_error():
    (finding,) = check(parts("3310", "55", "781", "2475"), parse)
    assert (finding.rule_id, finding.severity) == ("parts-of-total", "error")
    assert finding.message == "The parts 55篇 + 781篇 + 2475篇 make 3311, but the text says 3310篇."
    assert len(finding.starts) == 4


def test_rounded_parts_make_a_rounded_total():
    """1.2 + 2.3 + 3.4 = 6.9, but each may be half a last digit more: 7.0 is possible, 7.2 is not."""
    assert found(parts("7.0万", "1.2万", "2.3万", "3.4万")) == []
    assert found(parts("7.2万", "1.2万", "2.3万", "3.4万")) == [("parts-of-total", "error")]


def test_incomplete_parts_may_be_less_but_none_may_be_more():
    assert found(parts("100", "30", "40", complete=False)) == []
    assert found(parts("100", "130", complete=False)) == [("parts-of-total", "error")]
    assert found(parts("100", "70", "60", complete=False)) == [("parts-exceed-total", "warning")]


def test_parts_in_another_unit_are_not_added():
    facts = parts("100", "30", "40")
    mixed = (facts.figures[0], *(replace(f, unit="人") for f in facts.figures[1:]))
    assert found(replace(facts, figures=mixed)) == []
    assert judge(facts.relations[0], View(replace(facts, figures=mixed), parse)).consistent is None


@pytest.mark.parametrize(
    ("now", "by", "before", "unit", "sign"),
    [
        ("120", "20%", "100", "%", 1),
        ("80", "20%", "100", "%", -1),
        ("118", "18", "100", "件", 1),
        ("2.30万", "4.5%", "2.20万", "%", 1),
    ],
)
def test_a_change_that_follows_from_both_levels_passes(now, by, before, unit, sign):
    assert found(change(now, by, before, unit, sign)) == []


@pytest.mark.parametrize(
    ("now", "by", "before", "unit", "sign"),
    [("120", "25%", "100", "%", 1), ("80", "20%", "100", "%", 1), ("118", "19", "100", "件", 1)],
)
def test_a_change_that_does_not_follow_is_an_error(now, by, before, unit, sign):
    assert found(change(now, by, before, unit, sign)) == [("change-of-levels", "error")]


def test_a_wrong_change_is_quoted_with_both_levels():
    (finding,) = check(change("120", "25%", "100"), parse)
    assert finding.message == "From 100件 to 120件 is a change of 20.00 %, but the text says 25%."


def test_growth_at_constant_prices_only_informs():
    assert found(change("120", "25%", "100", words="按可比价计算")) == [("change-of-levels", "info")]


def test_a_change_without_the_earlier_level_cannot_be_told():
    facts = change("120", "25%", "100")
    alone = replace(facts.relations[0], before=None)
    assert judge(alone, View(facts, parse)).consistent is None


def test_two_statements_of_one_thing_must_be_able_to_agree():
    text = "标题：完成26件。正文：完成25件。"
    title = figure("26", text, role="title")
    body = figure("25", text)
    relation = RelationFact("restatement", now=body.start, before=title.start)
    facts = document("a.txt", text, title, body, relations=(relation,))
    assert ("restated-alike", "error") in found(facts)
    more = replace(title, qualifier="at_least", value=Decimal(20), text="20")
    assert ("restated-alike", "error") not in found(replace(facts, figures=(more, body)))


def test_one_name_for_two_numbers_informs_and_quarantines_nothing():
    text = "完成26件，完成约24件，完成25件，待办25件。"
    one, about, two = figure("26", text), figure("24", text, qualifier="approximate"), figure("25", text)
    other = figure("25", text, start=text.rindex("25"), indicator="待办")
    facts = document("a.txt", text, one, replace(about, value=Decimal(25)), two, other)
    facts = replace(facts, text=text.replace("24", "25"))
    (finding,) = check(facts, parse)
    assert (finding.rule_id, finding.severity) == ("stated-once", "info")
    assert "as 26件 and again as 25件: it" in finding.message
    assert finding.starts == (one.start, two.start)


def test_a_result_about_a_later_day_is_an_error_and_a_target_is_not():
    text = "完成118件。"
    late = figure("118", text, time_start="2022-03-01", time_end="2022-03-01")
    assert found(document("a.txt", text, late)) == [("date-after-publication", "error")]
    assert found(document("a.txt", text, replace(late, modality="target"))) == []
    assert found(document("a.txt", text, replace(late, obs_status="F"))) == []


def test_a_period_that_is_not_over_or_an_assumed_day_is_a_warning():
    text = "完成118件。"
    running = figure("118", text, time_start="2021-01-01", time_end="2021-12-31")
    assert found(document("a.txt", text, running)) == [("date-after-publication", "warning")]
    late = replace(running, time_start="2022-03-01", time_end="2022-03-01")
    facts = document("a.txt", text, late, published_on_basis="assumed")
    assert found(facts) == [("date-after-publication", "warning")]
    assert found(replace(facts, published_on=date(2022, 3, 1))) == []


def test_findings_do_not_change_the_facts():
    facts = completion("145", "118", "71%")
    before = repr(facts)
    check(facts, parse)
    assert repr(facts) == before


def test_every_rule_has_a_level_a_title_and_a_description():
    for rule_id, rule in REGISTRY.items():
        assert rule.rule_id == rule_id
        assert rule.ess_level in ESS_LEVELS
        assert rule.title
        assert rule.description.endswith(".")

"""Cheap looks that stand before an expression turn away nothing that the expression would find."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.extract import ends, engine, names, naming_levels, naming_memory, numerals, timeline_told, words
from flows.extract.modality import plan_section
from flows.extract.model import Context
from flows.extract.naming_memory import is_action
from flows.extract.numerals import scan_numerals
from flows.extract.words import GENERIC, HEAD, TARGET, TARGET_SIGN, ends_in_head, is_generic
from flows.normalize import spacing
from tests.conftest import ROOT

PIECES = st.sampled_from(
    (
        "收入",
        "支出",
        "累计",
        "人均",
        "总",
        "率",
        "额",
        "的",
        "数",
        "日均",
        "接待",
        "每亩",
        "增速",
        "城镇",
        "年",
        "家",
        "小区",
        "面积",
    )
)
NAMES = st.lists(PIECES, max_size=6).map("".join)


@given(NAMES)
def test_a_name_ends_in_a_head_as_the_expression_has_it(name: str) -> None:
    assert ends_in_head(name) == (HEAD.search(name) is not None)


@given(st.from_regex(HEAD))
def test_every_head_is_seen(name: str) -> None:
    assert ends_in_head(name.rstrip("\n"))


@given(NAMES)
def test_a_bare_head_is_told_as_the_expression_has_it(name: str) -> None:
    assert is_generic(name) == (GENERIC.match(name) is not None)


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.from_regex(TARGET))
def test_every_word_of_a_plan_has_its_sign(text: str) -> None:
    assert TARGET_SIGN.search(text)


@pytest.mark.parametrize(
    ("pattern", "ends"),
    [(naming_levels._STAGE, naming_levels._STAGE_ENDS), (timeline_told._FROM, timeline_told._FROM_ENDS)],
)
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_the_last_character_is_one_of_those_looked_for(
    pattern: re.Pattern[str], ends: frozenset[str], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern))
    assert text.removesuffix("\n")[-1] in ends


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.from_regex(naming_memory._LEVEL, fullmatch=True))
def test_the_first_character_is_one_of_those_looked_for(text: str) -> None:
    assert text[0] in naming_memory._LEVEL_STARTS


@pytest.mark.parametrize(
    ("words", "expected"),
    [("完成", True), ("已办结", True), ("已", False), ("", False), ("完成投资", False), ("已已完成", False)],
)
def test_an_action_alone(words: str, expected: bool) -> None:
    assert is_action(words) is expected


ENDINGS = st.one_of(
    st.text(
        alphabet="收入支出为是有共计合约均每户达到增至长下降年末（其中的多少比同上分别预算执行数完成核算、， 1①家率",
        max_size=14,
    ),
    st.from_regex(words.LEAD),
    st.from_regex(words.TRAIL),
    st.from_regex(words.DONE_TRAIL),
)


@pytest.mark.parametrize("text", ["台阶、进出口", "新台阶、进出口", "新的台阶、进出口", "大台阶、进出口"])
def test_a_step_that_was_reached_is_no_name(text: str) -> None:
    assert ends.without_lead(text) == "进出口"


@pytest.mark.parametrize(
    ("taken_off", "pattern"),
    [
        (ends.without_noise, words.NOISE),
        (ends.without_heading, words.RUN_IN_HEADING),
        (ends.without_lead, words.LEAD),
        (ends.without_trail, words.TRAIL),
        (ends.without_outcome, words.DONE_TRAIL),
    ],
)
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_taken_off_a_name_is_what_the_expression_finds(
    taken_off: Callable[[str], str], pattern: re.Pattern[str], data: st.DataObject
) -> None:
    text = data.draw(st.one_of(ENDINGS, st.from_regex(pattern)))
    assert taken_off(text) == pattern.sub("", text)


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.one_of(ENDINGS, NAMES, st.from_regex(HEAD)))
def test_the_head_at_the_end_is_the_one_that_the_expression_finds(name: str) -> None:
    found, expected = ends.head_at_end(name), HEAD.search(name)
    assert (found and found.span()) == (expected and expected.span())


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(
    st.one_of(
        ENDINGS,
        st.from_regex(words.CHANGE_TAIL),
        st.from_regex(words.CHANGE_BRIEF),
        st.from_regex(words.CHANGE_MORE),
    ).map(lambda text: text.removesuffix("\n"))
)
def test_no_change_at_the_end_is_overlooked(text: str) -> None:
    found = ends.change_at_end(text)
    every = (words.CHANGE_TAIL, words.CHANGE_BRIEF, words.CHANGE_MORE)
    expected = next(filter(None, (pattern.search(text) for pattern in every)), None)
    assert (found and found.span()) == (expected and expected.span())


@given(st.text(alphabet="12 .年%，家", max_size=12))
def test_digits_that_stand_apart_are_seen(line: str) -> None:
    plain = re.search(r"(?<![\d.])\d(?: \d){2}|(?<![\d.])\d \.\d", line)
    assert (spacing._SPREAD.search(line) is not None) == (plain is not None)


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.from_regex(engine._STRUCTURE))
def test_every_structure_has_its_sign(text: str) -> None:
    assert engine._STRUCTURE_SIGN.search(text)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("生产总值", "地区生产总值"),
        ("工业生产总值", "工业生产总值"),
        ("完成生产总值", "完成生产总值"),
        ("GDP增速", "地区生产总值增速"),
    ],
)
def test_a_short_form_that_holds_only_at_the_beginning(written: str, expected: str) -> None:
    assert names.abbreviated(written) == expected


@pytest.mark.parametrize(
    ("heading", "before", "expected"),
    [
        ("二、2025年财政工作主要情况", True, False),
        ("2026年预算草案", False, True),
        ("关于2019年预算收入执行情况的说明", True, False),
        ("三、下一步工作安排", False, True),
        ("四、其他事项", True, False),
        ("水务工作", True, True),
    ],
)
def test_what_a_heading_says_of_the_section_it_opens(heading: str, before: bool, expected: bool) -> None:
    assert plan_section(heading, Context(published_on="2026-01-20"), before) is expected


NUMBERS = st.text(alphabet="0123456789.,%‰万亿千百多余几成十至—-人 个", max_size=16)


@given(NUMBERS)
def test_a_numeral_seen_before_is_read_as_the_first_time(text: str) -> None:
    numerals._seen.clear()
    first = [_told(number) for number in scan_numerals(text)]
    assert [_told(number) for number in scan_numerals(text)] == first


def _told(number: numerals.Number) -> tuple[object, ...]:
    return (
        number.start,
        number.end,
        number.value,
        number.high,
        number.ulp,
        number.decimals,
        number.percent,
        number.infix,
        number.form,
        number.magnitude,
        number.bounds,
    )


def test_the_order_of_sets_changes_nothing(tmp_path: Path) -> None:
    """邹平 has lain in two prefectures: which of them a list of counties means is no matter of chance."""
    report = tmp_path / "2025-03-01.txt"
    report.write_text("2024年，全市在滨城、邹平、博兴建成示范园36个，惠及农户2.1万户。\n", encoding="utf-8")
    answers = {
        subprocess.run(
            [sys.executable, "-m", "flows.cli", "extract", str(report)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(answers) == 1
    assert "36" in answers.pop()

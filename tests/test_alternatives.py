"""Lists of fixed words tried by their first character: the same answers as the whole list."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.alternatives import by_first
from flows.extract.classes import _CN_FIXED
from flows.extract.units import _NOT_A_UNIT


def said(pattern: re.Pattern[str], words: str) -> str | None:
    """What the whole list finds at the start of ``words``."""
    found = pattern.match(words)
    return found[0] if found else None


def said_by_first(pattern: re.Pattern[str], words: str) -> str | None:
    part = by_first(pattern).get(words[0])
    found = part.match(words) if part else None
    return found[0] if found else None


def test_an_alternative_with_a_group_stays_whole() -> None:
    parts = by_first(re.compile(r"一(?:般|个(?:月|时)?)|二手|一样"))
    assert {first: part.pattern for first, part in parts.items()} == {"一": "一(?:般|个(?:月|时)?)|一样", "二": "二手"}


@pytest.mark.parametrize("pattern", [_NOT_A_UNIT, _CN_FIXED], ids=["other words", "fixed words"])
def test_every_pair_of_its_characters_reads_the_same(pattern: re.Pattern[str]) -> None:
    parts = by_first(pattern)
    seconds = sorted(set(re.findall("[一-鿿]", pattern.pattern)))
    for first, part in parts.items():
        for second in seconds:
            found, whole = part.match(first + second), pattern.match(first + second)
            assert (found and found[0]) == (whole and whole[0])


@given(st.text("一二三十百千万两个人家次年产级批量大线期类", min_size=1, max_size=6))
def test_longer_words_read_the_same(words: str) -> None:
    assert said_by_first(_CN_FIXED, words) == said(_CN_FIXED, words)
    assert said_by_first(_NOT_A_UNIT, words) == said(_NOT_A_UNIT, words)

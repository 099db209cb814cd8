"""The ends of a name: what is taken off them and what is found at them.

An expression that ends in ``$`` is tried from every character of a name, though it can only match the last few. Here a
look at those characters comes first; what is found is the same (tests/test_shortcuts.py).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from flows.extract.words import (
    CHANGE_BRIEF,
    CHANGE_MORE,
    CHANGE_TAIL,
    DONE_TRAIL,
    DOWN,
    DOWN_BRIEF,
    HEAD,
    HEAD_LENGTHS,
    LEAD,
    NOISE,
    RUN_IN_HEADING,
    TRAIL,
    UP,
    UP_BRIEF,
)

_NOISE_SIGN: Final = re.compile(r"[（\x01\s·#■●◆★▲△※|【】\[［]")
_HEADING_STARTS: Final = frozenset("一二三四五六七八九十（ \t\n\r\u3000")
_LEAD_STARTS: Final = frozenset(
    "（一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳其尚仍正同此另并而且又还也但则以及和与是即共中已再更仅截目至全当期年据初实分双统数从按总预力确务主包含涵如"
    "例特尤累先近去历上现相折约台新大、，：的了—·#■●◆★▲△－-"
)
_LEAD_WORD: Final = "核算"  # 经…初步核算 begins with any word
_LOOKS: Final = re.compile(r"\(\?<?[!=][^()]*\)")
_TRAIL_CHARACTERS: Final = frozenset(_LOOKS.sub("", TRAIL.pattern))  # of its words, and a few signs besides
_OUTCOME_ENDS: Final = frozenset("行数果况算成额绩报际计生得现施年展\n")
_HEAD_SPAN: Final = max(HEAD_LENGTHS) + 1
_CHANGE_ENDS: Final = frozenset(word[-1] for word in f"{UP}|{DOWN}|{UP_BRIEF}|{DOWN_BRIEF}".split("|")) | frozenset(
    "至到为达成了约近过超逾在"
)
_MORE_OR_LESS: Final = ("多", "少")
_MORE_SPAN: Final = 3  # characters that hold it: 多发送


def without_noise(words: str) -> str:
    """The words without blanked times and places, white space and marks of lists."""
    if words.isidentifier():
        return words  # nothing but characters and digits
    return NOISE.sub("", words) if _NOISE_SIGN.search(words) else words


def without_heading(words: str) -> str:
    """The words without a numbered heading that stands in one line with them."""
    if words[:1] not in _HEADING_STARTS and not words[:1].isspace():
        return words
    heading = RUN_IN_HEADING.match(words)
    return words[heading.end() :] if heading else words


def without_lead(words: str) -> str:
    """The words without the connectives, adverbs and list markers that open them."""
    first = words[:1]
    if first not in _LEAD_STARTS and not first.isdigit() and not first.isspace() and _LEAD_WORD not in words:
        return words
    lead = LEAD.match(words)
    return words[lead.end() :] if lead else words


def without_trail(words: str) -> str:
    """The words without the verbs of stating and the adverbs that lead to a number."""
    at = len(words)
    while at and (words[at - 1] in _TRAIL_CHARACTERS or words[at - 1].isspace()):
        at -= 1
    trail = TRAIL.search(words, at) if at < len(words) else None
    return words[: trail.start()] if trail else words


def without_outcome(words: str) -> str:
    """The words without those that say that a figure is a result (执行数, 决算数, 完成)."""
    return DONE_TRAIL.sub("", words) if words[-1:] in _OUTCOME_ENDS else words


def head_at_end(words: str) -> re.Match[str] | None:
    """The head noun at the end of a name."""
    return HEAD.search(words, max(0, len(words) - _HEAD_SPAN))


def change_at_end(words: str) -> re.Match[str] | None:
    """The words of comparison and change that lead to a number (比上年增长); of more or less of an action too."""
    if words[-1:] not in _CHANGE_ENDS and not any(mark in words[-_MORE_SPAN:] for mark in _MORE_OR_LESS):
        return None
    return _change(words)


@lru_cache(maxsize=16384)
def _change(words: str) -> re.Match[str] | None:
    return CHANGE_TAIL.search(words) or CHANGE_BRIEF.search(words) or CHANGE_MORE.search(words)

"""The parts of a name: words taken off its ends, its head noun and its subject, and how a part takes them over."""

from __future__ import annotations

import csv
import re
from functools import lru_cache

from flows.extract.draft import Draft
from flows.extract.reference import reference_path
from flows.extract.words import HEAD, LEAD, NOISE, ORIGIN, TERM, TRAIL

_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)|[\[［]\d+[\]］]")
_STATE_END = re.compile(r"(?:已|累计)?(?:完成|办结|开工|竣工|建成)$")
_STATE_START = re.compile(r"^(?:累计报告|累计追踪到|累计|当日新增|新增|现有|报告|尚在|正在|目前|本土新增)+")
# 生产总值2, 生产总值②: the mark of a note that stood raised.
_FOOTNOTE_DIGIT = re.compile(
    r"(?<=[值入出额量资率口])[\d¹²³⁴⁵⁶⁷⁸⁹]{1,2}$|(?<=[\u4e00-\u9fff])[①-⑳]+|^\d(?=[\u4e00-\u9fff]{4})"
)
_STATED = re.compile(r"^(?:累计)?(?:完成|实现|达到)")
_LIMIT = 26


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[re.Pattern[str], dict[str, str]]:
    """Long forms and the short ones that names use, from reference/abbreviations.csv."""
    with reference_path("abbreviations.csv").open(encoding="utf-8", newline="") as file:
        table = {row["written"]: row["short"] for row in csv.DictReader(file)}
    words = sorted(table, key=lambda word: len(word.lstrip("^")), reverse=True)
    return re.compile("|".join("^" + re.escape(w[1:]) if w[0] == "^" else re.escape(w) for w in words)), table


@lru_cache(maxsize=16384)
def without_noise(words: str) -> str:
    """The words without blanked times and places, white space and marks of lists."""
    return NOISE.sub("", words)


@lru_cache(maxsize=65536)
def clean(words: str) -> str:
    """The name in the words before a figure: connectives, adverbs and verbs of stating taken off both ends."""
    words = NOISE.sub("", words)
    while True:
        shorter = TRAIL.sub("", LEAD.sub("", words))
        if shorter == words:
            break
        words = shorter
    return _without_verb(words)


def _without_verb(words: str) -> str:
    """完成地区生产总值 → 地区生产总值: a verb of stating before a name that stands by itself."""
    rest = _STATED.sub("", words)
    return rest if rest != words and len(rest) >= 4 and HEAD.search(rest) else words


def abbreviated(words: str) -> str:
    """The words in their short forms (reference/abbreviations.csv)."""
    pattern, table = _abbreviations()
    return pattern.sub(lambda m: table[m[0]] if m[0] in table else table["^" + m[0]], words)


@lru_cache(maxsize=65536)
def short(words: str) -> str:
    """The name in its short forms, at most ``_LIMIT`` characters: brackets go first, then what stands before the last
    mark of a list."""
    words = abbreviated(words)
    words = _without_verb(_FOOTNOTE_DIGIT.sub("", words))
    if len(words) <= _LIMIT:
        return words
    words = _BRACKETS.sub("", words)
    for mark in (r"等(?!级)", "、", "的", "对(?!外)", "以(?![上下内外])"):
        while len(words) > _LIMIT and (found := re.search(mark, words[:-4])):
            words = words[found.end() :]
    return words[-_LIMIT:]


@lru_cache(maxsize=65536)
def subject_of(base: str) -> str:
    """The name without its head noun: 一般公共预算收入 → 一般公共预算; empty where it has none."""
    match = HEAD.search(base)
    return base[: match.start()] if match and match.start() >= 2 else ""


@lru_cache(maxsize=65536)
def head_of(base: str) -> str:
    """The head noun of a name: 农作物总播种面积 → 播种面积; empty where none is known."""
    match = HEAD.search(base)
    return match[0].lstrip("总") if match else ""


@lru_cache(maxsize=65536)
def lighter(base: str) -> str:
    """A name without its state: 新增确诊病例 → 确诊病例, 实事已完成 → 实事."""
    return _STATE_END.sub("", _STATE_START.sub("", base)) or base


def state_of(base: str) -> str:
    """The state that a name opens with: 新增, 累计."""
    match = _STATE_START.match(base)
    return match[0] if match else ""


def part_name(own: str, parent: Draft) -> str:
    """A part named under its total: 国家级 of 新闻报道 is 国家级新闻报道, 短期贷款 of 住户贷款 is 住户短期贷款."""
    base = parent.base
    if TERM.match(own) and subject_of(base):
        return subject_of(base) + own
    if ORIGIN.fullmatch(own):
        state = _STATE_START.match(base)
        at = state.end() if state else 0
        return base[:at] + own + base[at:]
    head = head_of(base)
    if head and (HEAD.search(own) or own.endswith(head)):
        return own
    if own.endswith(("级", "类", "型", "性", "籍")):
        return own + (head or re.split(r"[的”]", base)[-1][-8:])
    if not head and len(base) <= 8 and base not in own and parent.unit != "例":
        return own + base
    return own + head if head and parent.unit != "例" else own

"""Qualifiers: the words that make of a number an interval, on either side of it and across its unit.

at_least: 余, 多, 超过, 突破, 逾, 以上, 不少于, 上(千); at_most: 不足, 不超过, 以内, 以下; approximate: 约, 近, 左右.
The words follow ../shared/gold/README.md's four classes, which are those of a careful reader: 10500余 is more than
10500.
"""

from __future__ import annotations

import re
from typing import Final

from flows.extract.model import Qualifier
from flows.extract.numerals import Number

_BEFORE: Final = re.compile(
    r"(?:(?P<at_least>超过了?|超出|突破了?|逾|超(?!市)|不少于|不低于|不小于|不下于|至少|起码|不得(?:低于|少于|小于)|高于|大于|多于|达到或超过|跨越|跨上|跃上|登上|迈上|迈过|站上|站稳|跨过|破|(?<=[获成量值比数近客售程超])过(?=[“（]?$))"
    r"|(?P<at_most>不得?超过|不得?突破|不得(?:高于|多于|大于)|不高于|不大于|不多于|不足|至多|(?<=限额|额度|补贴|补助|奖励|资助|给予|报销)最高(?:可达?|不超过)?|最多(?:不超过)?|低于|少于|小于|未达到?|不到|未超过|控制在)"
    r"|(?P<approximate>大约|(?<![签节合条预公])约[为合]?|将近|接近|(?<![附最邻临靠新])近(?!年|期|日|代)|大概|大致|差不多|粗略))"
    r"(?:达|为|有)?[“（]?$"
)
_INFIX: Final = re.compile(
    r"(?:[余多餘]|(?<![%‰])[來来](?!源自|源：|源:|自))(?![次种个个元级层方项样少])|[余餘多](?=[次种个项元级层方样])|有余"
)
_AFTER: Final = re.compile(
    r"(?:(?P<at_least>(?<=倍)多|以上|及以上|之上|有余|开外|往上|出头|起(?=[，。；）]))|(?P<at_most>以下|以内|之内|及以下)|(?P<approximate>左右|上下|前后|许(?=[，。；）])))"
)


# Before a pattern is tried, one look at the character where it would end or begin: any of its own.
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_ENDS_BEFORE: Final = frozenset(_HAN.findall(_BEFORE.pattern)) | {"“", "（"}
_STARTS_AFTER: Final = frozenset(_HAN.findall(_AFTER.pattern))
_STARTS_INFIX: Final = frozenset("余多來来餘有")


def before(text: str, start: int, floor: int) -> tuple[Qualifier, int] | None:
    """The qualifier that ends at ``start``, with where it begins; None where none stands there."""
    if start <= floor or text[start - 1] not in _ENDS_BEFORE:
        return None
    if text[start - 1] == "过" and _TENTHS.match(text, start) and text[start - 2 : start - 1] not in tuple("超经通不"):
        return "at_least", start - 1  # 安徽麦收进度过三成
    if text[start - 1] == "上" and text[start] in "百千万亿" and text[start - 2 : start - 1] not in tuple("以之线网向"):
        return "at_least", start - 1  # 每天处理上百吨
    match = _BEFORE.search(text, max(floor, start - 8), start)
    if match is None or (match[0] == "破" and not _ROUND.match(text, start)):
        return None
    return match.lastgroup, match.start()  # type: ignore[return-value]


_TENTHS: Final = re.compile(r"[一二三四五六七八九两\d]成")
_ROUND: Final = re.compile(r"[\d.,]*[百千万亿]")  # 破万, 破1000亿; in 破41起 it is a verb
_SHARE: Final = re.compile(
    r"(?:(?P<about>约|近|超过?|不足|不到)占[^，。；]{2,18}|(?P<limit>不低于|不少于|不高于|不超过)[^，。；\d]{4,20})的$"
)


def before_share(text: str, number: Number, floor: int) -> tuple[Qualifier, int] | None:
    """约占民商事案件的四成, 不低于用地总量的70%: the qualifier stands before what the share is of."""
    if not number.percent or text[number.start - 1 : number.start] != "的":
        return None
    match = _SHARE.search(text, max(floor, number.start - 24), number.start)
    if match is None:
        return None
    if match["limit"]:
        return ("at_least" if match["limit"] in ("不低于", "不少于") else "at_most"), number.start
    kind: Qualifier = (
        "at_least" if match["about"][0] == "超" else "at_most" if match["about"][0] == "不" else "approximate"
    )
    return kind, number.start


def infix(text: str, at: int) -> int:
    """The length of 余 or 多 between number and unit (9000余名), 0 where there is none."""
    if text[at : at + 1] not in _STARTS_INFIX:
        return 0
    match = _INFIX.match(text, at)
    return match.end() - at if match else 0


def infix_kind(word: str) -> Qualifier:
    """What 余, 多 or 来 after a number makes of it: 三百来亩 may be less, 三百余亩 is not."""
    return "approximate" if word and word in "来來" else "at_least"


def after(text: str, at: int) -> tuple[Qualifier, int] | None:
    """The qualifier that starts at ``at`` (after the unit), with its end."""
    if text[at : at + 1] not in _STARTS_AFTER:
        return None
    match = _AFTER.match(text, at)
    if match is None:
        return None
    return match.lastgroup, match.end()  # type: ignore[return-value]

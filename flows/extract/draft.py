"""The working record of a figure while its fields are found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from flows.extract.model import Measure, Modality, Qualifier
from flows.extract.numerals import Number

Kind = Literal["level", "change", "share", "rank"]


class Draft:
    """A figure in the making; spans are of the running text.

    ``lead`` is where the words that belong to it begin (its qualifier), ``tail`` where they end (unit, 以上). ``pre``
    is what the clause says before it, other figures taken out; ``post`` the noun phrase after it. ``base`` is the name
    of the counted thing, ``suffix`` what makes a change or share of it.

    A plain class with defaults and no dataclass: compiled, that is made four times as fast.
    """

    number: Number
    unit: str
    dimension: str
    lead: int
    tail: int
    qualifier: Qualifier
    block: int
    sentence: tuple[int, int]
    role: str
    rules: dict[str, str]  # field → the rule that found it
    clause: int = 0
    in_part: bool = False  # stands under 其中 or inside a bracket of its total
    bracket: int = -1  # index of the figure before the bracket it stands in
    opens_part: bool = False  # 其中 stands right before it
    apart: bool = False  # a statement of its own behind the parts of another
    segment: int = 0  # the stretch between ； in its sentence
    gap: str = ""  # the words straight before it
    pre: str = ""
    raw: str = ""  # the words straight before it as printed, times and places left in
    post: str = ""
    said: str = ""  # what the clause goes on to say of it (学生到医院接受检查)
    purpose: str = ""  # what a sum of money is for, said after it
    base: str = ""
    suffix: str = ""
    measure: Measure = "count"
    negative: bool = False
    kind: Kind = "level"
    parent: Draft | None = None
    subject: str = ""  # modifier of the base without its head noun
    linked: bool = False  # follows another figure and 和 or 、
    yardstick: bool = False  # 计划44亿元的106.6%: only what the next is measured by
    owns: bool = False  # 的 and what it is of stand right behind it
    place_list: bool = False  # a place stands before it where a name would
    group: int = -1  # 分别 group
    place: str | None = None
    place_basis: str = "none"
    time: tuple[str, str] | None = None
    time_basis: str = "none"
    modality: Modality = "actual"
    table: bool = False

    def __init__(
        self,
        number: Number,
        unit: str,
        dimension: str,
        lead: int,
        tail: int,
        qualifier: Qualifier,
        block: int,
        sentence: tuple[int, int],
        role: str,
    ) -> None:
        self.number = number
        self.unit = unit
        self.dimension = dimension
        self.lead = lead
        self.tail = tail
        self.qualifier = qualifier
        self.block = block
        self.sentence = sentence
        self.role = role
        self.rules = {}

    @property
    def start(self) -> int:
        return self.number.start

    @property
    def indicator(self) -> str:
        return self.base + self.suffix


def gap_of(draft: Draft) -> str:
    """The words straight before a figure, blanks taken off."""
    return draft.gap.strip("\x01 ")


def dealt_lists(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """The figures of each 分别 list, in order."""
    found: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.group >= 0:
            found.setdefault(draft.group, []).append(draft)
    return list(found.values())

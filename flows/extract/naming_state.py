"""What naming remembers over the blocks of a document: the level that growth is of, the figures of the sentence before,
the subject and the account that were named last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from flows.extract.draft import Draft
from flows.extract.names import clean, subject_of

SPLIT_SUBJECT: Final = re.compile(
    r"居|位(?!数)|增势|势头|持续|稳步|快速|明显|连续|连跨|首破|首次|首度|突破|迈上|跨越|站稳|站上|跃上|仍然|全国|较快|全部|全省|再创|创(?!新|业|造)|运行|总体|进一步|不断|更加|调整|加快|继续|实现|达到|显著|大幅|逐步|增长|提升"
)
_ACROSS: Final = re.compile(
    r"^\x01*(?:其中|分(?:级次|地区|县区|部门|产业|行业|税种|类别|领域|项目|品种|用途)(?=：)|分[^，。；]{1,8}看|按[^，。；]{1,14}(?:分|看)|从(?!同比|环比|总体|整体|累计)[^，。；]{1,14}看|主要[^，。；：]{0,6}(?:项目|科目)(?=：))[，：:]?"
)
# 专任教师按学段分：…: the sentence says itself what it divides.
_DIVIDES: Final = re.compile(r"^\x01*([^，。；：\d]{2,12})(?:按|分)[^，。；：]{1,10}(?:分|看)[，：:]")
_BASIS: Final = re.compile(r"(?:^|[，。；\x01])从?(同比|环比)(?:来)?看[，：]")
_ACCOUNT: Final = re.compile(r"一般公共预算|政府性基金(?:预算)?|国有资本经营预算|社会保险基金(?:预算)?")
_LABEL: Final = 10  # characters of a label that a paragraph opens with
_HEADING: Final = 24
_FLOW: Final = re.compile(r"(?:收入|支出)(?=(?:执行|完成)?情况)")
_CARRIED_OUT: Final = re.compile("^(?:全力|大力|积极|持续|扎实)?(?:推进|实施|推动|开展|完成|建设|启动)了?")
_SHARES: Final = 12  # shares dealt out by 分别 that a later sentence may still speak of
_LONG: Final = 16  # characters of a subject
_PROJECT: Final = re.compile(
    "([\u4e00-\u9fff“”—]{2,18}?(?:工程|项目|公路|高速|快速路|大桥|隧道|通道|铁路|水库|电站|泵站|产业园|基地))"
    "(?=[，：（\x01]|起[于自]|[东西南北]起|于|自|已|目前|的?(?:总投资|全长|总长|概算|计划))"
)
_ANY_PROJECT: Final = re.compile("(?:该|本|此|全部|其他|一批|重点|各类|上述|这些)?(?:工程|项目|公路|基地)")
_TAKEN_ON: Final = re.compile(
    "^(?:计划|规划|拟|将|正在|已经?|继续|加快|今年)*(?:建设|实施|推进|新建|改建|扩建|启动|开工)?"
)
_BARE_WORKS: Final = 3  # 水库, 隧道: works without a name
_BY_WHICH: Final = re.compile(r"按[^，]{1,8}(?:分|看|划分)$")
# 据初步核算, 在…的背景下, 财税金融看: where a statement comes from, no subject.
SETTING: Final = re.compile(
    r"^按.*(?:口径|价格)|^(?:经|据|根据).*(?:核算|统计|反馈|测算)$"
    r"|^[省市州县区]?本?级?(?:加上|剔除|扣除|减去)|^在.*[下中]$|[^，]看$|情况如下|通报如下|获悉$|了解到?$|^现?辖|、、"
)
_NUMBERED: Final = re.compile(r"\s*(?:\d{1,2}[.．、]|（[一二三四五六七八九十\d]+）)")


class State:
    """The state of naming over the blocks of a document, in order."""

    def __init__(self) -> None:
        self.topic = ""
        self.level: Draft | None = None  # the last level or share, that growth is of
        self.growth: Draft | None = None
        self.sentence: tuple[int, int] = (-1, -1)
        self.before_figures = ""
        self.account = ""  # the budget that the last heading named: 政府性基金预算
        self.scope = ""  # 市本级, where the block speaks of that level
        self.basis = ""  # 环比 where the sentence or one before it in the block opens with 从环比看
        self.item = ""  # what the item of a numbered list is about: 6．城镇老旧小区改造。
        self.field: tuple[tuple[int, int], int, str] = ((-1, -1), 0, "")  # 生产领域, of a sentence and its segment
        self.house = ""  # the hospital or school that the block opens with
        self.silent = ""  # the last sentence without figures
        self.opened = ""  # the short sentence without figures that the block opens with: 临时救助。
        self.dealt: tuple[tuple[int, int], str, str] = ((-1, -1), "", "")  # 监测结果分别为甲村…: sentence, what, unit
        self.main: list[Draft] = []  # figures of the sentence before that are no parts
        self.spoken: list[Draft] = []
        self.yardsticks: list[str] = []  # 分别高于全国、全省…: those of the figures still to come
        self.history: list[Draft] = []
        self.shares: list[Draft] = []  # those that 分别 dealt out
        self.across = False
        self.divides = ""  # 专任教师 of 专任教师按学段分：…
        self.lead = ""
        self.adding = False  # 加上…: the figures that follow are additions to the first
        self.among: tuple[Draft | None, str, int] | None = None  # 重症病例中，…: total, name, segment

    def new_block(self, block: str) -> None:
        """A new block: what the one before said of totals stands, its subject does not."""
        self.topic, self.level, self.growth, self.basis = "", None, None, ""
        self.scope = self.house = self.opened = ""
        if block in ("heading", "title"):
            self.main, self.spoken, self.history = [], [], []

    def deal(self, group: Sequence[Draft]) -> None:
        """A list that 分别 deals out: its shares, not the growth of one, may be spoken of sentences later."""
        if group[0].unit == "%" and group[0].kind != "change":
            self.shares = [*self.shares, *group][-_SHARES:]

    def silence(self, words: str, *, opens: bool = False) -> None:
        """A sentence without figures: its words may name the subject of the next, or, where it ``opens`` a block, what
        the block is about."""
        self.silent = clean(words)
        self.opened = self._announced() if opens and len(words) <= _LABEL else self.opened
        self.item = self._announced() if _NUMBERED.match(words) else ""
        if (account := _ACCOUNT.search(self.silent)) and len(self.silent) <= _HEADING:
            self.account = account[0]

    def _enter(self, draft: Draft, lead_words: str) -> None:
        self.sentence = draft.sentence
        self.history = [*self.history, *self.spoken][-16:]
        self.main, self.spoken = [d for d in self.spoken if not d.in_part and d.bracket < 0] or self.main, []
        self.before_figures = lead_words
        self.among = None
        self.adding = False
        if "看" in lead_words and (seen := _BASIS.search(lead_words)) is not None:
            self.basis = seen[1]
        divides = _DIVIDES.match(lead_words) if "按" in lead_words or "分" in lead_words else None
        self.divides = clean(divides[1]) if divides else ""
        self.across = bool(divides or _ACROSS.match(lead_words)) or (
            draft.in_part and not clean(lead_words.split("其中", maxsplit=1)[0])
        )
        if draft.role in ("heading", "title"):
            self.level = None

    def _remember(self, draft: Draft) -> None:
        self.spoken.append(draft)
        if draft.kind == "change":
            if not draft.unit.startswith("个"):
                self.growth = draft
            level = draft.parent
            # 其中：县本级70亿元，增收16亿元，增长30.6%: the growth is of the 70
            here = level is not None and level.kind == "level" and level.sentence == draft.sentence
            beside = here and level is not None and level.segment == draft.segment
            if (
                draft.unit not in ("%", "‰", "倍")
                and not draft.unit.startswith("个")
                and (level is None or (draft.in_part and not beside))
            ):
                self.level = draft  # 贷款增加12万亿元: what the next 同比多增 is of
        elif draft.kind in ("level", "share") and "comparison" not in draft.rules and not draft.yardstick:
            self.level = draft
            self.growth = None
        subject = subject_of(draft.base)
        alone = draft.parent is None and not draft.in_part
        if subject and draft.kind == "level" and alone and "topic" not in draft.rules:
            self.topic = subject
            draft.subject = subject

    def _level_here(self, draft: Draft) -> Draft | None:
        """The last level, where the sentence of a figure tells it."""
        level = self.level
        return level if level is not None and level.sentence == draft.sentence else None

    def _levels_here(self, draft: Draft) -> Iterator[Draft]:
        """The levels that the sentence of a figure has told, the last first."""
        return (d for d in reversed(self.spoken) if d.kind == "level" and d.sentence == draft.sentence)

    def _lookback(self) -> str:
        """The subject of a figure whose clause has none: the noun before in the sentence, else the topic."""
        for piece in reversed([p for p in re.split(r"[，：；]", clean(self.before_figures)) if p]):
            found = _BY_WHICH.sub("", clean(SPLIT_SUBJECT.split(piece)[0]))
            found = _CARRIED_OUT.sub("", found) if len(found) > _LONG else found
            if 2 <= len(found) <= _LONG and not SETTING.search(found):
                return found
        return ""

    def _project(self) -> str:
        """The works named last before a figure (南环路改造工程，起于…，全长); empty where there are none."""
        found = [match for match in _PROJECT.finditer(self.lead) if not _ANY_PROJECT.fullmatch(match[1])]
        name = clean(_TAKEN_ON.sub("", found[-1][1])) if found else ""
        return name if len(name) > _BARE_WORKS else ""

    def _announced(self) -> str:
        """The short sentence without figures right before: the name of the item that the next one counts."""
        words = re.sub(r"^(?:（[^（）]*）|[一二三四五六七八九十]+[、是]|\d+[.、．])|[。；：]$", "", self.silent)
        if self.account and (flow := _FLOW.match(words)):
            return self.account + flow[0]
        return words if 2 <= len(words) <= 14 and not re.search(r"[，：]|情况|打算|安排|工作|回顾", words) else ""

    def _opened(self) -> str:
        """经营主体持续壮大。总量接近800万户: what the short sentence right before speaks of."""
        words = SPLIT_SUBJECT.split(self.silent)
        subject = clean(words[0])
        return subject if len(words) > 1 and 2 <= len(subject) <= 8 and "，" not in self.silent else ""

"""Place of each figure: named at the head of its clause, carried from the head of its sentence, else the document's.

Only a place that stands as a subject counts: at the start of a clause, after a time or a connective. Relative forms
(全区, 我省) are resolved against the document's place. A foreign country is never the place of a domestic report's
figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from flows.extract.draft import Draft, dealt_lists, gap_of
from flows.extract.model import Context
from flows.extract.places import NATION, PlaceMention, code_of, contains, name_of, resolve_relative
from flows.normalize.model import Span

_OPENING: Final = re.compile(r"(?:[，。；：、！？\n（“\s\x01]|其中|含|括|在|全|对|截至|和|及|与|^)$")
_ITEM: Final = re.compile(r"(?:[（(][\d一二三四五六七八九十]{1,3}[）)]|[①-⑳]|\d[.．、])$")  # （1）甲镇：…
_INSTITUTION: Final = re.compile(
    r"(?:(?![新改扩增]建|建[成设]|改造|增设|拥有|共有)[\u4e00-\u9fff]{0,2}(?:卫生院|医院|学校|小学|中学|大学|学院|幼儿园|公司|集团|银行|机场|车站|火车站|高铁站|大道|大厦|广场|公园|遗址|日报|晚报|电视台|研究院|研究所|实验室|论坛|博物馆|国家(?:级)?(?=[\u4e00-\u9fff]))|[路街桥站段港])"
)


_COUNTED_PLACES: Final = re.compile(r"\d个?[省市县区州](?:（[^（）]{1,16}）)?[和及与]$")
_IN_A_NAME: Final = re.compile(r"性|事务|同胞|籍|问题|[来返赴][\u4e00-\u9fff]{1,3}(?:人员|旅客|学生|员工)")
_FETCHED: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4})?(?:、[\u4e00-\u9fff]{2,6}){0,6}?(?:等地?)?(?:接回|引进|运[来回]|调[来入]|返[回岗]|采购|购进)"
)
_OWN_LEVEL_SAYS: Final = re.compile(r"[，；\x01\s]*(?:[省市]本?级|[省市]属)")
_HEADLINE: Final = 40
_LABEL: Final = 6  # characters before a place that labels a paragraph
_OPENS: Final = 12  # characters before the place that a paragraph is about: 2017年1月，
_OF_ALL: Final = ("合计", "共计", "总计")
_IN_BRACKET: Final = 40  # characters of a bracket before a place
_SEVERAL: Final = re.compile(
    r"(?:[、和及与][^\d、，。；和及与]{2,6}){0,16}(?:[\u4e00-\u9fff]{0,4}等(?=[两二三四五六七八九十\d])|等|合计|共计|[和及与]?(?:[^\d、，。；]{2,4})?[两二三四五六七八九十\d]{1,2}个?(?:[省市区县州]|地(?!区)))"
)  # 甲、乙等, 甲、乙两省, 甲、乙合计
_OWN_WORDS: Final = re.compile(r"[\u4e00-\u9fff]{3}")
_LISTED: Final = 3  # places with a number each that make a list
_COUNTED_THERE: Final = re.compile(r"(?:新增|累计|有|报告)?\d+(?:例|人)")
_FIRST_DEALT: Final = re.compile(r"\d|分别")
_FROM_LIST: Final = re.compile(r"从(?:[\u4e00-\u9fff]{2,8}、){0,6}$")


class Placer:
    """Gives each figure its place; built once a document."""

    def __init__(self, text: str, mentions: Sequence[PlaceMention], context: Context) -> None:
        self.text = text
        self.context = context
        self.home = context.place
        self._code = code_of(context.place) if context.place else None
        own_place = any(m.kind == "relative" and m.name[-1] != "国" for m in mentions)
        national = not own_place and (self._code is None if self.home is None else self._code == NATION)
        self.mentions = [m for m in mentions if m.kind != "country" or (national and self._is_reported(m))]
        self._at = 0
        self._item: str | None = None  # the place of the item of news that the last headline opened
        self._names: dict[tuple[str, str | None], str | None] = {}

    def _is_reported(self, country: PlaceMention) -> bool:
        """泰国4例（2例已治愈），日本2例: in a national report, cases in other countries; not 来自泰国4例."""
        return country.role == "place" and _COUNTED_THERE.match(self.text, country.end) is not None

    def subjects(self, shadow_times: str) -> list[PlaceMention]:
        """The mentions that open a clause, which the names of indicators leave out."""
        kept: list[PlaceMention] = []
        for mention in self.mentions:
            before = shadow_times[max(0, mention.start - 4) : mention.start]
            if before.endswith(("和", "及", "与")) and _COUNTED_PLACES.search(
                self.text, max(0, mention.start - 24), mention.start
            ):
                continue  # 31个省（区、市）和新疆生产建设兵团报告: one of all that are counted
            if _IN_A_NAME.match(self.text, mention.end):
                continue  # 全国性银行, 台湾事务
            from_there = _FETCHED.match(self.text, mention.end) and _FROM_LIST.search(
                self.text, max(0, mention.start - 40), mention.start
            )
            if from_there:
                continue  # 从贵州、云南、江西接回员工
            institution = mention.kind != "relative" and _INSTITUTION.match(self.text, mention.end)
            if institution or self._modifies(mention):
                continue
            item = self.text.startswith(("：", "，"), mention.end) and _ITEM.search(before) is not None
            opens = item or _OPENING.search(before) is not None or mention.start == 0
            told = before.endswith(("为", "是")) and self.text[mention.end : mention.end + 1].isdigit()
            opens = opens or told or (bool(kept) and kept[-1].end == mention.start)  # 河南驻马店
            if opens or (mention.kind == "relative" and mention.name != "我国"):
                kept.append(mention)  # 建设我国北方生态屏障支出, in the budget of a city, is the city's
        return kept

    def name(self, mention: PlaceMention) -> str | None:
        """The place a mention stands for, by its own name."""
        if mention.kind == "relative" and mention.name[0] == "该" and not mention.code:
            alike = [m for m in self.mentions if m.end <= mention.start and m.kind == "name"]
            return next((m.name for m in reversed(alike[-8:]) if m.name[-1] == mention.name[-1]), None)
        if mention.level == "nation" and mention.code:
            return name_of(mention.code)
        if mention.kind != "relative":
            return (name_of(mention.code) if mention.code and mention.kind == "short" else None) or mention.name
        key = (mention.name, mention.code)
        if key not in self._names:
            self._names[key] = resolve_relative(mention, self.home) if self.home or mention.code else None
        return self._names[key]

    def block(self, block: Span, drafts: Sequence[Draft], subjects: Sequence[PlaceMention]) -> None:
        """Sets place and place_basis of the figures of one block (``subjects`` are those of the whole document)."""
        if block.role in ("heading", "title") and block.end - block.start <= _HEADLINE:
            self._item = self._label(block, subjects, ("name",))  # 悦庄镇：幸福食堂暖人心, up to the next headline
        if not drafts:
            return
        sentence = (-1, -1)
        head: str | None = None
        ends = -1  # where the head of the sentence no longer counts
        spread = self._spread(drafts, subjects)
        label = self._label(block, subjects, ("name", "short", "zone", "country"))
        for draft in drafts:
            if draft.place is not None:
                continue  # the row of a table that names its place
            if draft.start in spread:
                draft.place, draft.place_basis = spread[draft.start], "stated"
                continue
            if draft.sentence != sentence:
                sentence = draft.sentence
                head, ends = self._sentence_head(subjects, draft)
            own = self._own(subjects, draft)
            if (
                own is None
                and self.home
                and ("级" in draft.gap or "属" in draft.gap)
                and _OWN_LEVEL_SAYS.match(draft.gap)
            ):
                head = None  # 甲区…，市本级…: of the city again
            level = draft.parent
            if own is not None:
                draft.place, draft.place_basis = own, "stated"
            elif level is not None and self._beside(level, draft):
                draft.place, draft.place_basis = level.place, "inherited"
            elif draft.bracket < 0 and (item := self._segment_head(subjects, draft)) is not None:
                draft.place, draft.place_basis = item, "inherited"
            elif self.home and gap_of(draft) in _OF_ALL and draft.kind == "level":
                draft.place, draft.place_basis = label or self.home, "document"  # 甲街道6件、乙街道5件，合计11件
            elif head is not None and self._is_headed(subjects, draft) and draft.lead <= ends:
                draft.place, draft.place_basis = self._last_of_list(subjects, draft) or head, "inherited"
            elif draft.in_part and self._continues(level, draft):
                draft.place, draft.place_basis = (level.place if level else None), "inherited"
            elif label is not None:
                draft.place, draft.place_basis = label, "inherited"
            elif (opening := self._opening(block, subjects, draft)) is not None:
                draft.place, draft.place_basis = opening, "inherited"
            elif self._item is not None:
                draft.place, draft.place_basis = self._item, "inherited"
            elif self.home:
                draft.place, draft.place_basis = self.home, "document"

    def _label(self, block: Span, subjects: Sequence[PlaceMention], kinds: tuple[str, ...]) -> str | None:
        """四川：10月1日至4日，…: the place of one of the ``kinds`` that labels a paragraph or a headline."""
        first = next(iter(self._window(subjects, block.start, block.start + _LABEL)), None)
        if first is None or not self.text.startswith("：", first.end) or first.kind not in kinds:
            return None
        return self.name(first) if not self.text[block.start : first.start].strip(" \u3000") else None

    def _opening(self, block: Span, subjects: Sequence[PlaceMention], draft: Draft) -> str | None:
        """北京市优良天数比例为51.6%。PM2.5浓度为116: the one place that a paragraph opens with and speaks of."""
        if block.role != "paragraph" or draft.bracket >= 0:
            return None
        told = self._window(subjects, block.start, draft.lead)
        if len(told) != 1 or told[0].kind != "name" or told[0].start - block.start > _OPENS:
            return None
        before = told[0].end <= draft.sentence[0]
        return self.name(told[0]) if before and self._speaks_of(told[0], draft) else None

    @staticmethod
    def _beside(level: Draft, draft: Draft) -> bool:
        """Whether growth stands in the segment of its level, which has a place of its own: 乙区…191亿元，增长8.7%."""
        same = level.sentence == draft.sentence and level.segment == draft.segment
        told = level.place_basis == "stated" or (level.in_part and level.place_basis == "inherited")
        return draft.kind == "change" and same and level.place is not None and told

    @staticmethod
    def _continues(level: Draft | None, draft: Draft) -> bool:
        """甲省进出口8万亿元，…。其中，出口5万亿元: whether a part stands in a sentence behind that of its total, in one
        paragraph; where the total is, the part is."""
        behind = level is not None and level.kind == "level" and level.sentence != draft.sentence
        return behind and level is not None and level.block == draft.block and level.place_basis == "stated"

    def _spread(self, drafts: Sequence[Draft], subjects: Sequence[PlaceMention]) -> dict[int, str]:
        """清溪县、白水县分别新建泵站4座、7座: one place each, where as many places stand before as figures after."""
        found: dict[int, str] = {}
        for group in dealt_lists(drafts):
            first = group[0]
            places = self._window(subjects, first.lead - len(first.gap), first.lead)
            names = [n for n in (self.name(m) for m in places) if n is not None]
            if len(names) != len(group):
                names = self._list_before(subjects, first)
            names = names if len(names) == len(group) else []
            for name, draft in zip(names, group, strict=False):
                found[draft.start] = name
        return found

    def _list_before(self, subjects: Sequence[PlaceMention], first: Draft) -> list[str]:
        """城关镇、麻河镇、龙泉乡接种量居前，分别为…: the last list of places in the sentence before its figures."""
        run: list[PlaceMention] = []
        for mention in self._window(subjects, first.sentence[0], first.lead):
            gap = self.text[run[-1].end : mention.start] if run else ""
            run = [*run, mention] if run and gap in ("、", "和", "及", "与", "以及") else [mention]
        own = _FIRST_DEALT.search(self.text, run[-1].end, first.lead) if run else None
        if own is not None and own[0].isdigit():
            return []  # 其中甲、乙两区11320人；…，分别完成72.3%和66.1%
        return [name for name in (self.name(m) for m in run) if name is not None]

    def _window(self, subjects: Sequence[PlaceMention], start: int, end: int) -> list[PlaceMention]:
        while self._at < len(subjects) and subjects[self._at].end <= start - 400:
            self._at += 1
        found = []
        for i in range(self._at, len(subjects)):
            if subjects[i].start >= end:
                break
            if subjects[i].start >= start:
                found.append(subjects[i])
        return found

    def _own(self, subjects: Sequence[PlaceMention], draft: Draft) -> str | None:
        """A place in the words of the clause before the figure."""
        if self.text[draft.lead - 1 : draft.lead] == "（":
            near = [m for m in self._window(subjects, draft.lead - 12, draft.lead) if m.end == draft.lead - 1]
            if near:
                return self.name(near[0])  # 东莞（1例）
        start = draft.lead - len(draft.gap) if draft.gap else draft.lead
        found = [m for m in self._window(subjects, start, draft.lead) if self._speaks_of(m, draft)]
        return self.name(found[-1]) if found else None

    def _speaks_of(self, mention: PlaceMention, draft: Draft) -> bool:
        """Not a place in a bracket that closes before the figure, nor the city in the name of a district's own work."""
        if draft.bracket < 0:
            opened = self.text.rfind("（", max(0, mention.start - _IN_BRACKET), mention.start)
            closed = self.text.find("）", opened, draft.lead) if opened >= 0 else -1
            if closed >= mention.end:
                return False  # 市本级（含甲区、乙区，下同）
        # 黄石、咸宁等: one of several
        several = _SEVERAL.match(self.text, mention.end)
        return mention.kind == "relative" or several is None

    def _modifies(self, mention: PlaceMention) -> bool:
        """郑州市重点民生实事 in a county's report: the city only says whose work it is."""
        if mention.kind != "name" or not mention.code or not self._code or mention.code == self._code:
            return False

        return contains(mention.code, self._code) and not re.match(
            r"[\d，、：有共约新累]", self.text[mention.end : mention.end + 1]
        )

    def _sentence_head(self, subjects: Sequence[PlaceMention], draft: Draft) -> tuple[str | None, int]:
        """The place that a sentence opens with, and how far it counts: one of a list (甲市6例、乙市1例；重症5例) to the
        end of its segment."""
        start, stop = draft.sentence
        for mention in self._window(subjects, start, min(draft.lead, start + 25)):
            if self._speaks_of(mention, draft) and "；" not in self.text[start : mention.start]:
                listed = self.text[mention.end : mention.end + 1].isdigit()
                over = self.text.find("；", mention.end, stop) if listed else -1
                return self.name(self._innermost(subjects, mention)), over if over >= 0 else stop
        return None, stop

    def _is_headed(self, subjects: Sequence[PlaceMention], draft: Draft) -> bool:
        """Whether a figure is of the place that its sentence opens with; not 外地来京人员11例, at the end of a list of
        districts, each with its number."""
        if draft.bracket >= 0:
            return False
        if draft.kind == "change" or not _OWN_WORDS.search(draft.gap):
            return True
        floor = max(draft.sentence[0], self.text.rfind("；", draft.sentence[0], draft.lead))
        here = self._window(subjects, floor, draft.lead)
        return self._numbered(here) < _LISTED

    def _last_of_list(self, subjects: Sequence[PlaceMention], draft: Draft) -> str | None:
        """甲县1人死亡，乙县1人死亡、20人受伤: of the last of the places that have a number each, in the segment."""
        floor = max(draft.sentence[0], self.text.rfind("；", draft.sentence[0], draft.lead))
        near = (m for m in self._window(subjects, floor, draft.lead) if self._speaks_of(m, draft))
        here = [m for m in near if self.text[m.end : m.end + 1].isdigit()]
        return self.name(here[-1]) if len(here) > 1 and draft.kind == "level" and draft.bracket < 0 else None

    def _segment_head(self, subjects: Sequence[PlaceMention], draft: Draft) -> str | None:
        """甲县计划投资23亿元，完成46%；乙县…: the place that a segment of a list opens with is that of all its
        figures."""
        floor = draft.sentence[0]
        opened = self.text.rfind("：", floor, draft.lead)
        if draft.segment:
            opened = max(opened, self.text.rfind("；", floor, draft.lead))
        if opened < 0:
            return None
        here = self._window(subjects, opened + 1, draft.lead)
        if not here or self.text[opened + 1 : here[0].start].strip(" \u3000在") or not self._speaks_of(here[0], draft):
            return None
        return None if self._numbered(here) > 1 else self.name(self._innermost(subjects, here[0]))

    def _numbered(self, places: Sequence[PlaceMention]) -> int:
        """How many of the places have a number straight after them, as in a list of places."""
        return sum(self.text[m.end : m.end + 1].isdigit() for m in places)

    def _innermost(self, subjects: Sequence[PlaceMention], mention: PlaceMention) -> PlaceMention:
        """在山东德州平原县，…: the last of the names that stand side by side."""
        inner = mention
        for other in subjects[self._at :]:
            if other.start == inner.end:
                inner = other
            elif other.start > inner.end:
                break
        return inner

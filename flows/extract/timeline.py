"""Time of each figure: stated beside it, inherited along the clauses, from the section, the title, or the publication.

Order of the sources, recorded as ``time_basis``: stated in the same sentence before the figure; inherited from a
sentence before (an as-of date carries as long as figures follow each other closely; a section heading for its
section); the period of the document (title); the day of publication. A comparison (去年同期) is never a figure's own
time, and a time inside a bracket ends with the bracket.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from flows.extract.draft import Draft, dealt_lists
from flows.extract.model import Context
from flows.extract.timeline_told import ToldTimes
from flows.extract.times import Period, TimeMention, event_day
from flows.extract.times_asides import is_aside, is_of_founding, tells_later
from flows.extract.times_model import whole_year
from flows.normalize.model import Span

_CARRY: Final = 130  # characters without a figure after which an as-of date no longer carries
_MODIFIER: Final = re.compile(r"(?:比|较|与|跟|同|由|从)$")
_STATE_SPAN: Final = 10  # characters in which the words of a state are looked for
_STATE: Final = re.compile(r"年末|年底|年终|期末|月末|季末|[年期月]初")


# What a time that dates more than its own clause stands behind.
_CLAUSE_HEADS: Final = (
    *"，。；：、！？“（【】》到在从自及和与至",
    *("截至", "截止", "以来", "其中", "同时", "全省", "全市", "全区", "全县", "全国", "我国", "我市"),
)
_HEADING_LINE: Final = re.compile(r"(?:关于)?(?:19|20)\d\d年[^，。；：\d]{4,36}(?:情况|说明|报告|安排|草案)")
_CAPTION: Final = re.compile(r"\s*(?:附?图|附?表|专栏)\s*[\d一二三四五六七八九十]+")
_STOCK: Final = re.compile(r"余额|存量|保有量")
_NUMBERED: Final = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)]?[、．.]?|[（(]?\d{1,2}[）).．、])")
_STOP: Final = re.compile(r"[，；]")
# 2018年到2022年，床位由185张增加到205张: of the first year and the last.
_YEAR_TOLD: Final = r"(?:(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})"
_FROM_YEAR: Final = re.compile(f"[从由]?{_YEAR_TOLD}年?[到至—－-]{{1,2}}{_YEAR_TOLD}年")
_GROWN_TO: Final = re.compile(r"(?:增加|增长|提高|上升|提升|扩大|减少|下降|降低|发展|缩小)[到至]了?$")
_NEXT_DAY: Final = ("至次日", "至翌日", "到次日", "—次日")
_SPAN_YEARS: Final = 4  # 五年来, “十四五”以来: their start is what they grew from
_FROM_ON: Final = re.compile(r"自[^，。；]{2,12}起(?!至)")
_DAYS_AFTER: Final = re.compile(r"(?:第[\d一二三四五六七八九十]{1,3}周|[本上]周|假期|长假|黄金周|假日)(?:期间)?$")
_FROM_BARE: Final = re.compile(r"(?:由|从)(?:全[省国市]第)?$")
_AFTER_COMPLETION: Final = re.compile(r"(?:达产|投产|建成|竣工|完工|运营)后")


def deal_years(drafts: Sequence[Draft]) -> None:
    """2017—2021年生产总值分别为…: one year each, where a 分别 list has as many figures as its stretch has years."""
    for listed in dealt_lists(drafts):
        group = [d for d in listed if d.time_basis == "stated" and d.time is not None]
        start, end = (group[0].time if group else None) or ("", "")
        whole = start.endswith("-01-01") and end.endswith("-12-31") and all(d.time == (start, end) for d in group)
        if whole and len(group) > 1 and int(end[:4]) - int(start[:4]) + 1 == len(group):
            for year, draft in enumerate(group, int(start[:4])):
                draft.time = whole_year(year)


def _dealt_with(first: Draft, second: Draft) -> bool:
    """Whether two figures of a list that is dealt out stand side by side, with no words of their own between."""
    if second.rules.get("ratio") == first.rules.get("ratio") == "structure":
        return second.start <= first.tail + 1 and first.time is not None  # 由8.7:41.2:50.1调整为…: of one time
    listed = first.group >= 0 and first.group == second.group and first.time is not None and second.time is None
    return listed and second.raw.strip(" ") in ("", "、", "和", "及", "与")


def _up_to(year: Period, told: Period) -> Period:
    """截至10月底，今年新收案件26.9万件: the year up to the day that the sentence opens with."""
    same = told.end[:4] == year.start[:4] and told.end < year.end
    return Period(year.start, told.end, year.basis) if same else year


class Timeline(ToldTimes):
    """Walks mentions and figures in the order of the text and gives every figure its period."""

    def __init__(self, text: str, mentions: Sequence[TimeMention], context: Context) -> None:
        super().__init__(text, mentions, context)
        published = context.published_on
        self.event = event_day(mentions, text[:300], published) if self.document is None else None
        if self.document is not None and re.search(r"今年(?!以来|前|第|上|下|[一二三四1-9])", context.title or ""):
            year = self.document.start[:4]
            if self.document == Period(f"{year}-01-01", published or "", self.document.basis, self.document.modality):
                self.document = Period(*whole_year(year), "title")
        self._of_week = self.document is not None and self.document.is_week
        # A span with an end of its own: not a year, and not what the day of publication cuts off.
        ends = self.document.end if self.document is not None else published
        self._is_span = ends != (published or "")[:10] and not (self.document and self.document.is_years)
        # The day of a press conference is no date of figures, where the report has a period of its own.
        self._carried = (
            ("as_of", "range", "month") if self.document is not None else ("as_of", "range", "month", "date")
        )
        self.section: Period | None = None
        self._span: Period | None = None  # the years that the section looks back on
        self._span_block = -1  # where they were told
        self._state: tuple[Period, int, int] | None = None  # of the last stock: its day, its block, where it ended
        self._of_whole: tuple[tuple[int, int], tuple[str, str]] | None = None  # the sentence of parts dated so
        self._carry_from = -1
        self._told_from = 0  # the block of the last heading
        self._block = self._carry_block = 0  # the block that is read, and that in which the current period was stated

    def block(self, block: Span, drafts: Sequence[Draft]) -> None:
        """Sets time, time_basis and a time-borne modality of the figures of one block."""
        self._block += 1
        if block.role in ("heading", "title"):
            self.section = self._span = None
            if not _NUMBERED.match(self.text, block.start):
                self._told_from = self._block  # the headline of another news item, not 二、应对处置
        in_sentence: list[tuple[int, int, Period]] = []
        sentence = (-1, -1)
        before: Draft | None = None
        for draft in drafts:
            if draft.sentence != sentence:
                sentence = draft.sentence
                self._skip_to(sentence[0], block)
                in_sentence = []
            self._take(draft, in_sentence)
            if before is not None and _dealt_with(before, draft):
                draft.time, draft.time_basis = before.time, before.time_basis  # 从2020年的645元、4318元提高到
            self._give(draft, in_sentence, block)
            before = draft
        deal_years(drafts)
        self._skip_to(block.end, block)

    def _like_a_heading(self, block: Span) -> bool:
        """关于2019年预算收入执行情况的说明, as a paragraph of its own: a page without marks of its headings."""
        return block.role == "paragraph" and _HEADING_LINE.fullmatch(self.text, block.start, block.end) is not None

    def _set_current(self, period: Period, at: int) -> None:
        document = self.document
        if document is not None and document.is_years and period.as_of and period.start > document.end:
            return  # 截至目前，已交付19个: no more than its own sentence, in a report on the year before
        self.current, self._carry_from, self._carry_block = period, at, self._block

    def _skip_to(self, position: int, block: Span) -> None:
        """Reads the mentions before ``position`` that no figure follows: they set the current period."""
        while self._at < len(self.mentions) and self.mentions[self._at].start < position:
            mention = self.mentions[self._at]
            self._at += 1
            period = self._resolve(mention)
            if period is None or is_aside(self.text, mention) or is_of_founding(self.text, mention):
                continue
            self._see_span(mention, period)
            if block.role == "title" and self.document is not None:
                continue  # 2025年预算执行情况和2026年预算草案: what the document is about is known already
            if _CAPTION.match(self.text, block.start):
                continue  # 图4：2021—2025年…: what a picture shows, not what the text goes on about
            dated = self.document is not None or self.event is not None
            byline = dated and period.start == period.end == (self.context.published_on or "")[:10]
            if byline and mention.kind == "date":
                continue  # 市统计局 2023-11-17 16:20: when it was published, not what it is about
            dated = self.text[block.start : block.end].strip() == mention.text  # 2001年, over what was done then
            heads = dated or block.role in ("heading", "title") or self._like_a_heading(block)
            if heads and mention.kind != "plan":
                self.section = period
                self._set_current(period, mention.end)
                self.anchor = period
            elif mention.kind in self._carried and period.modality == "actual" and not self._is_long(period):
                if mention.text.endswith("来") and period.years >= _SPAN_YEARS and not self._heads(mention.start):
                    continue  # 人口10年来保持低速增长: what its own clause looks back on
                here = self.current is not None and self._carry_block >= self._told_from
                as_of = self.current.end if here and self.current is not None and self.current.as_of else ""
                if mention.kind == "date" and as_of and period.end < as_of:
                    continue  # 截至7月2日…。6月30日启动响应。: what happened before
                self._set_current(period, mention.end)
            elif mention.start == block.start and period.is_year and self._in_years():
                self._set_current(period, mention.end)  # 今年是…开局之年: no more of 未来五年

    def _take(self, draft: Draft, in_sentence: list[tuple[int, int, Period]]) -> None:
        """Reads the mentions of the sentence before a figure."""
        while self._at < len(self.mentions) and self.mentions[self._at].start < draft.start:
            mention = self.mentions[self._at]
            self._at += 1
            period = self._resolve(mention, in_sentence[-1][2] if in_sentence else None)
            if mention.forward and tells_later(self.text, mention, draft.lead):
                continue  # what is expected later, in a clause without a figure
            if period is None or _MODIFIER.search(self.text, max(0, mention.start - 2), mention.start):
                continue
            if mention.text.startswith(_NEXT_DAY):
                continue  # 22时至次日6时: hours of any day
            if mention.text == "全年" and self.text.startswith(("去年", "上年"), max(0, mention.start - 2)):
                continue  # 比去年全年提高4.2个百分点: of the year that stands before it
            if mention.text == "今年" and in_sentence and (told := in_sentence[-1][2]).as_of:
                period = _up_to(period, told)
            if is_aside(self.text, mention):
                continue
            self._see_span(mention, period)
            if mention.kind == "plan" and not self._opens_clause(mention):
                continue
            in_sentence.append((mention.start, self._scope(mention, draft), period))

    def _see_span(self, mention: TimeMention, period: Period) -> None:
        if period.years >= _SPAN_YEARS and (mention.kind == "plan" or mention.form.count):
            self._span, self._span_block = period, self._block

    def _grown_from(self, draft: Draft, period: Period | None) -> bool:
        """五年来…从54万亿元增加到82万亿元: the first level is of the year before the five."""
        span = self._span
        if span is None or not _FROM_BARE.search(draft.raw):
            return False
        if period is not None and (period.start, period.end) != (span.start, span.end):
            return False
        year = int(span.start[:4]) - (span.start[5:] == "01-01")
        draft.time, draft.time_basis = whole_year(year), "inherited"
        return True

    def _opens_clause(self, mention: TimeMention) -> bool:
        return self._heads(mention.start)

    def _scope(self, mention: TimeMention, draft: Draft) -> int:
        """Where a mention stops to count: at the end of its bracket, else of its sentence."""
        open_at = self.text.rfind("（", draft.sentence[0], mention.start)
        if open_at >= 0 and not self._explains(open_at, mention):
            close = self.text.find("）", open_at, draft.sentence[1])
            if close > mention.start:
                return close
        if mention.text.endswith("年初"):
            mark = _STOP.search(self.text, mention.end + 1, draft.sentence[1])  # 年初剩余20亿元，新增12亿元
            return mark.start() if mark else draft.sentence[1]
        state = self.document is not None and _STATE.search(self.text, mention.start, mention.end) is not None
        state = state or self.text.startswith("其中", max(0, mention.start - 2))  # …，其中10月2日至4日在95%以上；…
        if state or not self._opens_clause(mention):
            semicolon = self.text.find("；", mention.end, draft.sentence[1])
            return semicolon if semicolon >= 0 else draft.sentence[1]
        return draft.sentence[1]

    def _explains(self, open_at: int, mention: TimeMention) -> bool:
        """第41周（10月6日至12日），…: whether a bracket holds nothing but the days of what stands before it."""
        alone = open_at + 1 == mention.start and self.text.startswith("）", mention.end)
        return alone and _DAYS_AFTER.search(self.text, max(0, open_at - 8), open_at) is not None

    def _give(self, draft: Draft, in_sentence: list[tuple[int, int, Period]], block: Span) -> None:
        """Gives a figure its period: that of what it is compared with, that stated in its sentence, else the inherited
        one."""
        if draft.time is not None:
            return
        before = max(draft.sentence[0], draft.lead - 16)
        if self.text.find("后", before, draft.lead) >= 0 and _AFTER_COMPLETION.search(self.text, before, draft.lead):
            draft.modality, draft.time_basis = "target", "none"
            return
        nearest = in_sentence[-1][2] if in_sentence else self.current
        if self._compared_with(draft) or self._earlier_level(draft, nearest) or self._from_year(draft):
            return
        scoped = [(start, p) for start, stop, p in in_sentence if draft.start <= stop]
        ranged = bool(scoped) and _FROM_YEAR.match(self.text, scoped[-1][0]) is not None
        if not ranged and self._grown_from(draft, scoped[-1][1] if scoped else None):
            return
        if scoped:
            self._give_stated(draft, *scoped[-1])
        else:
            self._give_inherited(draft, bool(in_sentence), block)

    def _give_stated(self, draft: Draft, start: int, period: Period) -> None:
        """The period that stands at ``start``, in the sentence of the figure; what opens a clause is carried on."""
        draft.time, draft.time_basis = (period.start, period.end), "stated"
        if period.start[:4] != period.end[:4]:
            if draft.raw.endswith(("由", "从")):
                draft.time = whole_year(period.start[:4])
            elif _FROM_YEAR.match(self.text, start) and _GROWN_TO.search(draft.raw):
                draft.time = whole_year(period.end[:4])
        of_state = self._is_state_of(draft, start)
        if _STOCK.search(draft.base) and of_state:
            self._state = period, self._block, draft.tail
        if period.modality == "target":
            draft.modality = "target"
            return
        in_bracket = self.text[start - 1 : start] == "（"  # （2021年为555人）; not 第41周（10月6日至12日）
        in_bracket = in_bracket and not _DAYS_AFTER.search(self.text, max(0, start - 9), start - 1)
        from_on = _FROM_ON.match(self.text, start, draft.lead) is not None  # 自7月1日起，标准由770元调整为800元
        if self.text.startswith(("今年", "本年"), start) and self.document is None:
            self.anchor = period  # 2009年日车流量5万辆。工程于今年6月14日开工。…到11月底，…
        if from_on or of_state or in_bracket or self._is_long(period) or not self._heads(start):
            return
        self._set_current(period, draft.tail)
        if not self.text.startswith(("去年", "上年", "前年"), start):
            self.anchor = period

    def _give_inherited(self, draft: Draft, told: bool, block: Span) -> None:
        """The day of the stock before, what the sentences before or the section are about, else the whole report, the
        event, the day of publication. ``told`` says that the sentence names a time, though not of this figure."""
        whole = draft.parent
        if draft.in_part and draft.kind == "level" and whole is not None and self._told_of(whole, draft):
            draft.time, draft.time_basis = whole.time, "inherited"
            self._of_whole = (draft.sentence, whole.time) if whole.time is not None else None
            return
        if self._of_whole is not None and draft.sentence == self._of_whole[0] and draft.kind == "share":
            draft.time, draft.time_basis = self._of_whole[1], "inherited"  # …为8.25万人，占66.59%
            return
        if (state := self._same_state(draft)) is not None:
            draft.time, draft.time_basis = (state.start, state.end), "inherited"
            return
        span = self._span if self._span_block == self._block and draft.suffix.startswith("年均") else None
        if span is not None and span.years >= _SPAN_YEARS:
            draft.time, draft.time_basis = (span.start, span.end), "inherited"  # 五年来，…。总产值年均增长8%
            return
        own = told or draft.table or (block.role in ("heading", "title") and self.section is None)
        inherited = self.document if own and self.document is not None else self._inherited(draft, block)
        if inherited is not None:
            draft.time, draft.time_basis = (inherited.start, inherited.end), "inherited"
            self._carry_from = draft.tail
        elif self.document is not None:
            draft.time, draft.time_basis = (self.document.start, self.document.end), "title"
        elif self.event is not None:
            draft.time, draft.time_basis = (self.event.start, self.event.end), "inherited"
        elif self.context.published_on:
            draft.time, draft.time_basis = (self.context.published_on, self.context.published_on), "published_on"

    @staticmethod
    def _told_of(whole: Draft, part: Draft) -> bool:
        """2018年出生人口12.39万人。其中，户籍人口8.25万人: whether a part stands in the sentence behind that which
        dates its total."""
        near = whole.kind == "level" and whole.block == part.block and whole.sentence != part.sentence
        return near and whole.time is not None and whole.time_basis == "stated"

    def _same_state(self, draft: Draft) -> Period | None:
        """3月末存量为…。其中，委托贷款余额…: a stock is of the day that the stock before it was stated for."""
        if self._state is None or not _STOCK.search(draft.base):
            return None
        period, block, at = self._state
        if block != self._block or draft.start - at > _CARRY:
            return None
        self._state = period, block, draft.tail
        return period

    def _heads(self, position: int) -> bool:
        """Whether the time at ``position`` opens a clause: one in the middle dates its own clause only."""
        text = self.text
        return position == 0 or text[position - 1].isspace() or text.endswith(_CLAUSE_HEADS, 0, position)

    def _in_years(self) -> bool:
        """Whether the text goes on about a stretch of several years (未来五年)."""
        return self.current is not None and self.current.years >= _SPAN_YEARS

    def _is_long(self, period: Period) -> bool:
        """Several years (“十四五”期间) are about their own sentence, where the report has a period of its own."""
        return self.document is not None and period.years >= 2

    def _is_state_of(self, draft: Draft, start: int) -> bool:
        """年末 and its like date the stock they stand before, not the flows of the next sentence."""
        words = self.text[start : start + _STATE_SPAN]
        if not ("末" in words or "底" in words or "终" in words or "初" in words):
            return False
        return bool(_STATE.match(self.text, start)) or (
            bool(_STATE.search(self.text, start, start + 8)) and self.document is not None
        )

    def _inherited(self, draft: Draft, block: Span) -> Period | None:
        near = self.current is not None and draft.start - self._carry_from <= _CARRY
        return self.current if near and self.current and self._within_document(self.current) else self.section

    def _within_document(self, period: Period) -> bool:
        """A carried date does not outlive the report's own period: a single past year mentioned on the way is not
        it."""
        document = self.document
        if document is None:
            return True
        if self._of_week and self._carry_block != self._block and period.start < document.start:
            return False  # 1月1日至8月6日，累计…, in a weekly report: it dates its own paragraph
        at_its_end = period.start == period.end == document.end and document.start[:7] != document.end[:7]
        if at_its_end and self._carry_block != self._block:
            return False  # 截至2024年末，…: the stock of its paragraph, in a report on the year or the quarter
        if document.as_of and period.is_years:
            return False  # 今年计划新建…, in a notice on the state of things at a day
        if document.start[:7] == document.end[:7]:
            if period.as_of or document.start == document.end:
                return True
            whole = (period.start, period.end) == (document.start, document.end)
            if document.start <= period.start and period.end <= document.end and not whole:
                return False  # 10月3日接待…, in a report on the holiday: it dates its own sentence
            return self._carry_block == self._block or not document.is_month
        if self._is_span and document.start <= period.start and period.end < document.end:
            return False  # 1—9月实现利润…, in a report on 1—10月: it dates its own sentence
        if document.start <= period.start < document.end < period.end:
            return False  # 从2003年起…, in a report of 2003: it dates its own sentence
        if period.start > document.end and not period.as_of:
            return False  # the month of the meeting that heard the report
        return document.start <= period.end <= max(document.end, self.context.published_on or document.end)

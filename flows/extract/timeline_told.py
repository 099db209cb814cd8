"""Times that a clause tells of an earlier level, or of what a figure is compared with: 由8月的380艘降至260艘,
与2010年普查的295956人相比, 由上年729万人增加到….
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from flows.extract.draft import Draft
from flows.extract.model import Context
from flows.extract.times import Anchor, Period, TimeMention, document_period, resolve
from flows.extract.times_model import whole_year

_SILENT: Final = ("comparison", "duration", "clock", "vague")
_SAME_OF_YEAR: Final = re.compile(r"20\d\d年同[期月](?![相比增的])")
_FROM: Final = re.compile(
    r"(?:(?:由|从|比|较|与|[，；])((?:上年|去年|上学年|上月|上季度?|上期)(?:末|底|同期|同月)?)"
    r"|(?:由|从)((?:上年|去年|上月|上季度?)(?:同期)?)的?(?:同比|环比)?(?:下降|上涨|增长|回落|上升|下跌)"
    r"|(?:比|较)((?:19|20)\d\d年|[一二][〇零一二三四五六七八九]{3}年)(?:末|底|同期|同月)?)(?:的|为|是|达)?$"
)
_FROM_ENDS: Final = frozenset("年末底期同月季度降涨长落升跌的为是达")  # its last characters
_FROM_TIME: Final = re.compile(r"(?:由|从)\s*((?:19|20)\d\d)年([末底])?的$")
_FROM_NAMED: Final = re.compile(r"(?:由|从)[^，。；由从]{2,10}的$")  # 由8月的380艘降至260艘


def _whole_year(mention: TimeMention, period: Period | None) -> Period | None:
    """今年 alone is the year, even where it was not over: only 今年以来 ends with the day of publication."""
    if period is None or mention.text not in ("今年", "本年", "本年度"):
        return period
    return Period(*whole_year(period.start[:4]), period.basis)


class ToldTimes:
    """The mentions of a document, what they mean where they stand, and the levels that they are told of."""

    def __init__(self, text: str, mentions: Sequence[TimeMention], context: Context) -> None:
        self.text = text
        self.mentions = mentions
        self.context = context
        self.document = document_period(context.title, text[:600], context.published_on)
        self.current: Period | None = None
        self.anchor: Period | None = None  # what a month without a year is reckoned from: not a last year just named
        self._at = 0
        self._from: tuple[tuple[int, int], tuple[str, str]] | None = None  # 从2020年的…: for the next 从 alone
        self._memo: dict[tuple[str, Period | None, bool], Period | None] = {}

    def _resolve(self, mention: TimeMention, nearer: Period | None = None) -> Period | None:
        if mention.kind in _SILENT:
            return None
        if mention.text == "本周" and self.document is not None and self.document.is_whole_week:
            return self.document
        current = nearer or self.anchor
        of_year = self.document is not None and self.document.is_years
        if mention.text == "全年" and nearer is None and of_year and self.document is not None and current is not None:
            current = None if current.end < self.document.start else current  # a year told of on the way
        key = (mention.text, current, mention.forward)
        if key not in self._memo:
            anchor = Anchor(self.context.published_on, self.document, current)
            if len(self._memo) > 4096:
                self._memo.clear()
            self._memo[key] = _whole_year(mention, resolve(mention, anchor))
        return self._memo[key]

    def _from_year(self, draft: Draft) -> bool:
        """从2020年的…增加到…，从…: the year that is named for the first level, and for the next 从 of the sentence."""
        if draft.raw.endswith("的") and (start := _FROM_TIME.search(draft.raw)):
            draft.time = (f"{start[1]}-12-31" if start[2] else f"{start[1]}-01-01", f"{start[1]}-12-31")
            draft.time_basis, self._from = "stated", (draft.sentence, draft.time)
            return True
        if draft.raw.endswith("的") and (named := _FROM_NAMED.search(draft.raw)) is not None:
            floor = draft.lead - len(draft.raw) + named.start()
            if (period := self._part_of_year(floor)) is not None:
                draft.time, draft.time_basis = (period.start, period.end), "stated"
                return True
        if draft.raw.endswith(("由", "从")) and self._from is not None and self._from[0] == draft.sentence:
            draft.time, draft.time_basis = self._from[1], "inherited"
            return True
        return False

    def _part_of_year(self, floor: int) -> Period | None:
        """The month, quarter or half year that was told last, not before ``floor``."""
        for mention in reversed(self.mentions[: self._at]):
            if mention.start < floor:
                break
            if mention.kind in ("month", "quarter", "half") and (period := self._resolve(mention)) is not None:
                return period
        return None

    def _compared_with(self, draft: Draft) -> bool:
        """与2010年普查的295956人相比; 与2010年相比，…由4218人上升为9036人: a level that the next is compared with is of
        the time that is named for it."""
        told = "comparison" in draft.rules and draft.rules["comparison"][:1] in ("与", "同", "和", "跟", "较", "比")
        if not told and not draft.raw.endswith(("由", "从")):
            return False
        floor = draft.lead - len(draft.gap) if told else draft.sentence[0]
        for mention in reversed(self.mentions[: self._at]):
            if mention.start < floor:
                break
            if told != (mention.kind == "comparison"):
                period = resolve(mention, Anchor(self.context.published_on, self.document, self.current))
                if period is not None:
                    draft.time, draft.time_basis = (period.start, period.end), "stated"
                    return True
        return False

    def _earlier_level(self, draft: Draft, current: Period | None) -> bool:
        """由上年729万人增加到…: the earlier level is about the time of comparison."""
        floor = max(draft.sentence[0], draft.lead - 12)
        words = self.text[floor : draft.lead].rstrip("（")  # 较上月同期（9713例）上升14.15%
        match = _FROM.search(words) if words[-1:] in _FROM_ENDS else None
        own = draft.raw.lstrip(" 　")
        if match is None and not (
            (
                own.startswith(("去年同期", "上年同期", "上一年是", "上一年为"))
                and own[4:5] not in ("相", "比", "增", "的")
            )
            or (own.startswith("20") and _SAME_OF_YEAR.match(own))
        ):
            return False
        at = floor + match.start(match.lastindex or 0) if match else draft.lead - len(draft.raw)
        for mention in reversed(self.mentions[: self._at]):
            if mention.start < at:
                break
            named = mention.text[:4].isdigit() and match is not None
            if (
                named
                or mention.kind == "comparison"
                or mention.text.startswith(("去年", "上年", "上一年", "上月", "上季"))
            ):
                base = Anchor(self.context.published_on, self.document, current or self.document)
                period = resolve(mention, base)
                if period is not None:
                    draft.time, draft.time_basis = (period.start, period.end), "stated"
                    return True
        return False

"""What growth is of: the level that bears its name, a share of a structure, the growth before it."""

from __future__ import annotations

import re
from typing import Final

from flows.extract.draft import Draft
from flows.extract.names import begin_alike, clean
from flows.extract.naming_shares import ShareRules

_TO_GROWTH: Final = re.compile(
    r"，?(?:进一步|实际|再)?(?:收窄|下跌|扩大|回落|提高|加快|放缓|上升|下降|缩小|降低|回升|攀升|提升|降|升)(?:至|到|为)"
)
_PAIR_OR_MORE, _SECTORS = 2, 3
_SECTOR: Final = re.compile("第?([一二三])产")
_ALL_COMPARED: Final = re.compile(r"[与同跟][^，。]{0,12}相比，")
_COUNTED_END: Final = re.compile("(?:起数|件数|人数|例数|户数|次数|数量|数)$")


class GrownRules(ShareRules):
    """Finds the level that growth is of."""

    def _growth_to(self, draft: Draft, words: str, index: int, drafts: list[Draft]) -> bool:
        """…收窄至5.6%: the growth now, after the growth before."""
        last = drafts[index - 1] if index else None
        if last is None or last.kind != "change" or "grew" not in last.rules or not _TO_GROWTH.fullmatch(words):
            return False
        draft.kind, draft.measure, draft.suffix = "change", "change", last.suffix
        draft.base, draft.negative, draft.rules["grew"] = last.base, last.negative, "now"
        told = self._levels_here(draft)
        draft.parent = next((d for d in told if d.unit not in ("%", "‰") and d.base == draft.base), None)
        return True

    def _on_month_before(self, draft: Draft) -> bool:
        """Whether growth that does not say so is on the month before: the parts of such growth (CPI环比上涨0.6%，其中
        食品上涨1.4%), and what stands under 从环比看."""
        whole = draft.parent
        if whole is not None and whole.kind == "change" and whole.unit == draft.unit:
            return whole.suffix.startswith("环比")
        return self.basis == "环比"

    def _level_named(self, own: str, draft: Draft) -> Draft | None:
        """其中易腐垃圾186.5吨、其他垃圾412吨，易腐垃圾同比增长31.2%: the level of the sentence that bears the name."""
        if len(own) <= 1:
            return None
        # 商品房…面积34万平方米；其中住宅2486套、29万平方米，面积增长5%: also the one that only its unit names
        for level in self._levels_here(draft):
            said = clean(level.gap)
            counted = own == level.unit + "数" or (len(said) > 1 and own == said + level.unit + "数")
            if (
                said in (own, own.removesuffix("案件"))
                or counted
                or (not said and level.linked and level.base.endswith(own))
            ):
                return level  # counted: 事故27起，死亡16人，起数减少5起，死亡人数减少3人
        return self._named_before(own, draft)

    def _named_before(self, own: str, draft: Draft) -> Draft | None:
        """接报火灾486起，死亡2人。与上年相比，火灾起数下降11.6%，死亡人数减少1人: the level of the sentence before that
        bears the name."""
        stem = _COUNTED_END.sub("", own)
        said = stem != own or _ALL_COMPARED.match(self.lead) is not None
        if len(stem) < len("火灾") or not said or next(self._levels_here(draft), None) is not None:
            return None
        for level in reversed(self.main):
            alike = level.unit == draft.unit or draft.unit == "%"
            if level.kind == "level" and alike and level.base.endswith(stem):
                draft.rules["named"] = "before"
                return level
        return None

    def _share_here(self, draft: Draft) -> bool:
        """占91.2%，比重较去年同期提升2.4个百分点: whether the level before is the share that rises."""
        level = self._level_here(draft)
        return level is not None and level.unit == "%"

    def member_of_structure(self, draft: Draft, own: str) -> Draft | None:
        """三次产业结构为18.1:16.4:65.5，第一产业比重上调1.1个百分点: the share that moves; None where there is none."""
        if not draft.unit.startswith("个百") or not own:
            return None
        here = [d for d in self.spoken if d.sentence == draft.sentence and d.rules.get("ratio") == "structure"]
        here = here or [d for d in self.main if d.rules.get("ratio") == "structure"]  # told in the sentence before
        turned = [n for n, d in enumerate(here) if n and d.start > here[n - 1].tail + 1]
        shares = here[turned[-1] :] if turned else here
        if not _PAIR_OR_MORE <= len(shares) <= _SECTORS:
            return None
        named = [p for p in re.split("[、与和及]", shares[0].base) if p]
        if len(shares) == len(named) and (at := next((n for n, p in enumerate(named) if begin_alike(own, p)), -1)) >= 0:
            return shares[at]
        sector = _SECTOR.match(own)
        moved = sum(d.kind == "change" and d.parent in shares for d in self.spoken)
        at = "一二三".index(sector[1]) if sector is not None else moved
        return shares[at] if at < len(shares) and (sector is not None or "比重" in own or moved) else None

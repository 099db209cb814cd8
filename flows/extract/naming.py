"""Indicators: what a figure counts, the way a statistician heads a column.

The name comes from the words before the figure (主体 and action), the noun after its counting word, or, where the
clause has none of its own, from the figure it goes with: the level that a growth rate follows, the total under 其中,
the head noun of a list. Growth gets a suffix that is the same for rise and fall (同比增长), so that one series carries
it; the sign is in the value.
"""

from __future__ import annotations

import re
from typing import Final

from flows.extract.draft import Draft
from flows.extract.naming_changes import ChangeRules

_VACCINE: Final = ("剂次", "剂", "針", "针", "劑", "劑次", "针次")
_CASE_STATE: Final = re.compile(r"(?:确诊|死亡|出院|疑似|重症|危重|重型|危重型)$")


class Namer(ChangeRules):
    """Names the figures of one block in order; remembers what the words before have established."""

    def name(self, drafts: list[Draft], index: int, lead_words: str) -> None:
        """Sets base, suffix, measure, sign, kind and parent of ``drafts[index]``; those before it are named."""
        draft = drafts[index]
        if draft.sentence != self.sentence:
            self._enter(draft, lead_words)
        self.lead = lead_words
        self._leave_bracket(draft)
        draft.parent = self._total(drafts, index)
        for rule in (self._rank, self._share, self._against, self._times, self._change, self._level):
            if rule(draft, drafts, index):
                draft.rules["indicator"] = rule.__name__.lstrip("_")
                break
        if draft.unit in _VACCINE and not re.search(r"[疫]苗|[剂劑]", draft.base):
            draft.base = "疫苗" + draft.base
        if draft.unit == "例" and _CASE_STATE.search(draft.base):
            draft.base += "病例"
        self._scope(draft)
        self._remember(draft)

    def _leave_bracket(self, draft: Draft) -> None:
        """收案2559件（含旧存133件），…；结案1779件: behind a bracket, the level is again the one before it."""
        inner = self.level
        if inner is None or draft.bracket >= 0 or inner.bracket < 0 or inner.sentence != draft.sentence:
            return
        outer = (d for d in reversed(self.spoken) if d.kind in ("level", "share") and d.bracket < 0)
        self.level = next((d for d in outer if not d.yardstick and "comparison" not in d.rules), inner)

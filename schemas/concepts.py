"""One thing under many wordings: the concept of an indicator, by the table reference/synonyms.csv.

新增报告本土确诊病例, 报告新增本土新冠肺炎确诊病例 and 本土新增确诊病例 are one series. What the table knows is read as
its concept, or left out where it says nothing; concepts may stand in any order, all other words keep theirs. Where one
thing becomes another, or is measured by it (由无症状转为确诊, 占…比重), the order is the meaning, and is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ORDER_TELLS = re.compile("[转占由至对]|(?<![同环])比")
_COUNT_TAIL = re.compile("(?<=..)(?:数量|总数|总量|[数量])$")
_JOIN, _REST = "+", "|"


class Synonyms:
    """The wordings of the table, longest first."""

    def __init__(self, concepts: Mapping[str, str]) -> None:
        """``concepts`` maps a wording to its concept, empty for one that says nothing; ``^`` in front ties a wording
        to the start of a name. A concept is a wording of itself."""
        self._concepts = {concept: concept for concept in concepts.values() if concept} | dict(concepts)
        wordings = sorted(self._concepts, key=lambda wording: (-len(wording.lstrip("^")), wording))
        parts = ["^" + re.escape(w[1:]) if w.startswith("^") else re.escape(w) for w in wordings]
        self._pattern = re.compile("|".join(parts)) if parts else None

    def concept(self, words: str) -> str:
        """What the normalized words of an indicator mean, the same for all wordings of one thing; for comparison, not
        for reading. Words that the table would leave nothing of stand for themselves."""
        if self._pattern is None:
            return words
        known: list[str] = []
        rest: list[str] = []
        at = 0
        for match in self._pattern.finditer(words):
            rest.append(words[at : match.start()])
            concept = self._concepts.get("^" + match[0], "") if match.start() == 0 else ""
            known.append(concept or self._concepts.get(match[0], ""))
            at = match.end()
        rest.append(words[at:])
        if _ORDER_TELLS.search(words):
            return "".join(piece for pair in zip(rest, [*known, ""], strict=True) for piece in pair) or words
        others = _COUNT_TAIL.sub("", "".join(rest))
        return _JOIN.join(sorted(set(known) - {""})) + _REST + others if others or any(known) else words

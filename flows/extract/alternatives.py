"""Long lists of fixed words as patterns: tried by their first character instead of one after the other."""

from __future__ import annotations

import re


def by_first(pattern: re.Pattern[str]) -> dict[str, re.Pattern[str]]:
    """The alternatives of ``pattern`` by the character that each begins with.

    Every alternative must begin with a plain character; ``by_first(p)[c].match`` finds what ``p.match`` finds where
    ``c`` stands, without a trial of all the others.
    """
    alternatives, depth = [""], 0
    for char in pattern.pattern:
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            alternatives.append("")
        else:
            alternatives[-1] += char
    found: dict[str, list[str]] = {}
    for alternative in alternatives:
        found.setdefault(alternative[0], []).append(alternative)
    return {first: re.compile("|".join(words)) for first, words in found.items()}

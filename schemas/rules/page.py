"""docs/rules.md, made from the register of rules: ``python -m schemas.rules.page [--write]``."""

from __future__ import annotations

import sys
from pathlib import Path

from schemas.dictionary import main
from schemas.rules import ESS_LEVELS, REGISTRY

PATH = Path(__file__).parent.parent.parent / "docs" / "rules.md"

_HEAD = """# Validation rules

Generated from `schemas/rules/` by `python -m schemas.rules.page --write`; do not edit it by hand.

A figure is an interval: 229亿元 is at least 228.5 and less than 229.5 亿, 10500余 is more than 10500. Every rule of
arithmetic intersects intervals of exact rationals, so no tolerance is guessed. Stated rates may be rounded half-up or
cut off.

A rule never changes a value. An **error** sends the figures that it names to quarantine, with the sentence as the
reason; a **warning** or **info** is booked beside them. Only a relation that the grammar of a sentence states can raise
an error: a guessed one informs. The view `findings` shows what the rules say, `quarantine` what waits.

Levels are those of the validation handbook of the European Statistical System:
"""


def rules_page() -> str:
    """The whole text of docs/rules.md."""
    lines = [_HEAD, *(f"- {level}: {meaning}" for level, meaning in ESS_LEVELS.items()), ""]
    lines += ["| rule | ESS level | severity | what must hold | how it is checked |", "| --- | --- | --- | --- | --- |"]
    for rule in REGISTRY.values():
        lines.append(f"| {rule.rule_id} | {rule.ess_level} | {rule.severity} | {rule.title} | {rule.description} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], rules_page(), PATH, "the page of rules"))

"""Traditional characters read as simplified ones, one to one, so that one grammar serves both scripts."""

from __future__ import annotations

import csv
import re
from functools import lru_cache

from flows.extract.reference import reference_path


@lru_cache(maxsize=1)
def _table() -> tuple[re.Pattern[str], dict[int, str]]:
    """What finds a traditional character, and the map (reference/script.csv, made by reference/script_build.py)."""
    with reference_path("script.csv").open(encoding="utf-8", newline="") as file:
        table = {row["traditional"]: row["simplified"] for row in csv.DictReader(file)}
    return re.compile(f"[{re.escape(''.join(table))}]"), {ord(a): b for a, b in table.items()}


def fold_script(text: str) -> str:
    """The text in simplified characters, the same length; the very same object where it holds no traditional one."""
    pattern, table = _table()
    return text.translate(table) if pattern.search(text) else text

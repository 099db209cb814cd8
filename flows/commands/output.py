"""What commands print: tables that align Chinese text, JSON lines, exact decimals."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any


def decimal_text(value: Decimal | None) -> str | None:
    """A decimal as plain digits, without exponent or trailing zeros: ``118``, ``0.5``, ``22900000000``."""
    if value is None:
        return None
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def print_json_lines(rows: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line, Chinese as it is, decimals as strings."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")


def _plain(value: object) -> Any:
    return decimal_text(value) if isinstance(value, Decimal) else str(value)


def cell_text(value: object) -> str:
    """One value as a table cell: one line, no control characters (a document cannot steer the terminal)."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return decimal_text(value) or ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return "".join(c if c.isprintable() else " " for c in str(value))


def width(text: str) -> int:
    """Columns that ``text`` takes on a terminal: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def shorten(text: str, columns: int) -> str:
    """``text`` cut to ``columns`` with an ellipsis where it is longer."""
    if width(text) <= columns:
        return text
    kept = ""
    for character in text:
        if width(kept) + width(character) > columns - 1:
            break
        kept += character
    return kept + "…"


def table(head: Sequence[str], rows: Iterable[Sequence[object]], *, limit: int = 48) -> str:
    """A table as text: a head, a rule, one line a row; numbers to the right; cells cut at ``limit`` columns."""
    rows = list(rows)
    body = [[shorten(cell_text(value), limit) for value in row] for row in rows]
    right = [
        bool(rows) and all(isinstance(row[i], int | float | Decimal) or row[i] is None for row in rows)
        for i in range(len(head))
    ]
    widths = [max([width(name), *(width(row[i]) for row in body)]) for i, name in enumerate(head)]
    lines = [_line(head, widths, right), "  ".join("─" * n for n in widths)]
    lines += [_line(row, widths, right) for row in body]
    return "\n".join(line.rstrip() for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, size, to_right in zip(cells, widths, right, strict=True):
        space = " " * (size - width(cell))
        padded.append(space + cell if to_right else cell + space)
    return "  ".join(padded)


_BARS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[Decimal | float]) -> str:
    """The shape of a series in one line of eight heights; a level series stands in the middle."""
    if not values:
        return ""
    low, high = min(values), max(values)
    if low == high:
        return _BARS[3] * len(values)
    scale = (len(_BARS) - 1) / (float(high) - float(low))
    return "".join(_BARS[round((float(v) - float(low)) * scale)] for v in values)

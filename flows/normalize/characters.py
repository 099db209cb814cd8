"""Characters: what is unified before any grammar looks at the text, each one to one.

Full-width letters and digits become ASCII, the many dashes become one, Kangxi radicals and compatibility ideographs (as
PDFs hold them) become the ordinary character, and ASCII punctuation inside Chinese prose becomes Chinese punctuation.
Bars that rule a table become tabs. Nothing is added or removed here, so every offset stays what it was.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Dashes that join the ends of a range; ASCII "-" is left alone, for it is also the minus sign.
_DASHES: Final = "–―─‒~～〜∼—"
_MINUS: Final = "−－﹣"
_PUNCTUATION: Final = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？"}


def _fold_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in range(0xFF01, 0xFF5F):  # full-width forms
        table[code] = chr(code - 0xFEE0)
    for ascii_mark, mark in _PUNCTUATION.items():
        table[ord(ascii_mark)] = mark
        table[ord(ascii_mark) + 0xFEE0] = mark
    for dash in _DASHES:
        table[ord(dash)] = "—"
    for minus in _MINUS:
        table[ord(minus)] = "-"
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)):  # radicals, compatibility ideographs
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and folded != chr(code):
            table[code] = folded
    table.update(
        {
            ord("∶"): "：",
            ord("︰"): "：",
            ord("﹪"): "%",
            ord("○"): "〇",
            ord("・"): "·",
            ord("‧"): "·",
            ord("│"): "|",
            ord("┃"): "|",
        }
    )
    for space in "\u00a0\u2002\u2003\u2009\u200b\ufeff\u3000\u2007\u202f\u200a\u2005\u2004\x0b\x0c":
        table[ord(space)] = " "
    return table


_FOLD: Final = {chr(code): word for code, word in _fold_table().items() if chr(code) != word}
_FOLDED: Final = re.compile(f"[{re.escape(''.join(_FOLD))}]")
# Marks that stay ASCII between digits: thousands separators, ratios and clock times. Each way begins with its mark, so
# that the engine looks for the marks alone.
_TENTHS: Final = r"(?=\d{1,2}(?!\d)[%个万亿倍元吨公平亩米人])"
_IN_NUMBER: Final = re.compile(
    r"，(?<=\d，)(?=\d{3}(?!\d))|：(?:(?<=\d：)(?=\d)|(?:(?<=http：)|(?<=https：))(?=//))"
    rf"|·(?<=\d·){_TENTHS}|•(?<=\d•){_TENTHS}"
)
# Two or more lines with two or more bars each: a table, whose cells the bars set apart
_RULED: Final = re.compile(r"(?m)^[^|\n]*(?:\|[^|\n]*){2,}(?:\n[^|\n]*(?:\|[^|\n]*){2,})+$")
_BARS_ALONE: Final = re.compile(r"(?m)^[ \t]*\|[ \t|]*$")  # the border of a cell, on a line of its own
_HALF_WIDTH: Final = re.compile(r"[\0-\u00b6\u00b8-\u10ff]+")  # all below the Hangul letters but the middle dot
_BACK: Final = {"，": ",", "：": ":", "·": ".", "•": ".", "．": "."}


def fold(text: str) -> str:
    """The text with its characters unified; the same length, character for character."""
    for char in set(_FOLDED.findall(text)):  # a few kinds of character, each replaced at once
        text = text.replace(char, _FOLD[char])
    if "|" in text:
        text = _BARS_ALONE.sub(lambda m: m[0].replace("|", " "), text)
        text = _RULED.sub(lambda m: m[0].replace("|", "\t"), text)
    return _IN_NUMBER.sub(lambda m: _BACK[m[0]], text)


def width(line: str) -> int:
    """Display width of a line in half-width cells: a Chinese character is two, an ASCII character one."""
    return len(line) if line.isascii() else len(line) + len(_HALF_WIDTH.sub("", line))

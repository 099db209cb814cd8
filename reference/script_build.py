"""Builds reference/script.csv: traditional characters and their simplified forms, one to one.

    python reference/script_build.py

Source: OpenCC's t2s table, package opencc (Apache-2.0). Characters of GB 2312 are left out: they are in ordinary use in
simplified texts (乾, 著); but 後 and 於, which GB 2312 has for names, stand for 后 and 于 wherever a report uses them.
"""

from __future__ import annotations

from pathlib import Path

import opencc


def main() -> None:
    """Writes the table beside this file."""
    convert = opencc.OpenCC("t2s").convert
    rows = []
    for code in range(0x4E00, 0xA000):
        character = chr(code)
        simplified = convert(character)
        kept = _in_gb2312(character) and character not in "後於"
        if simplified != character and len(simplified) == 1 and not kept:
            rows.append(f"{character},{simplified}\n")
    Path(__file__).with_name("script.csv").write_text("traditional,simplified\n" + "".join(rows), encoding="utf-8")


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    main()

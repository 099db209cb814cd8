"""Two ways to find the body of a page, on a folder of pages: the 60 % rule and trafilatura.

    pip install trafilatura
    python -m bench.bodies ../shared/formats/html ../shared/formats/pboc

For every page: the distinct numerals that each keeps. What only one keeps is listed, so that
that a reader can see whether it is a figure of the report or a date stamp, a visitor count or a licence number.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import trafilatura

from flows.errors import Unreadable
from flows.normalize.decode import declared_encoding, decode
from flows.normalize.html import read_html

_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")


def main() -> int:
    """The command."""
    pages = sorted(path for folder in sys.argv[1:] for path in Path(folder).glob("*.html"))
    kept = [0, 0, 0]
    took = [0.0, 0.0]
    for path in pages:
        data = path.read_bytes()
        started = time.perf_counter()
        try:
            rule = set(_NUMERAL.findall(read_html(data, path.name).text))
        except Unreadable as error:
            print(f"{path.name}: {error.title}")
            continue
        middle = time.perf_counter()
        text = decode(data, declared_encoding(data))[0]
        other = trafilatura.extract(text, include_tables=True, favor_recall=True, output_format="txt") or ""
        peer = set(_NUMERAL.findall(other))
        took[0] += middle - started
        took[1] += time.perf_counter() - middle
        kept = [kept[0] + len(rule | peer), kept[1] + len(rule), kept[2] + len(peer)]
        if rule != peer:
            print(f"{path.name}: only the rule {sorted(rule - peer)[:8]}, only trafilatura {sorted(peer - rule)[:8]}")
    print(f"numerals kept of {kept[0]}: rule {kept[1]}, trafilatura {kept[2]}; seconds {took[0]:.1f}, {took[1]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How many files of a folder were read, and how many figures came out, by kind.

    python -m bench.formats_table ../shared/formats [--write]

With ``--write`` the table between the two marks in docs/formats.md is replaced.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from flows.errors import Unreadable
from flows.normalize.archives import members
from flows.normalize.read import kind_of
from flows.reading import read_report

DOC = Path(__file__).parent.parent / "docs" / "formats.md"
START, END = "<!-- table of kinds: begin -->", "<!-- table of kinds: end -->"


def reports(folder: Path) -> Iterator[tuple[str, str, bytes]]:
    """(kind, name, bytes) of every file below a folder, archives expanded; sidecars left out."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if path.name.endswith(".meta.json"):
            continue
        if kind_of(data, path.name) == "zip":
            yield from (("zip", name, content) for name, content in members(data, path.name))
        else:
            yield kind_of(data, path.name), path.name, data


def measured(folder: Path) -> tuple[Counter[str], Counter[str], Counter[str], dict[str, list[str]]]:
    """Read, table rows and figures by kind; and the reasons of what was refused."""
    read: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    figures: Counter[str] = Counter()
    refused: dict[str, list[str]] = defaultdict(list)
    for kind, name, data in reports(folder):
        try:
            reading = read_report(data, name)
        except Unreadable as error:
            refused[kind].append(f"{name}: {error.title}")
            continue
        read[kind] += 1
        rows[kind] += sum(span.role == "table_row" for span in reading.source.spans)
        figures[kind] += len(reading.extraction.figures)
    return read, rows, figures, refused


def table(folder: Path) -> str:
    """The table in Markdown, with the reasons below it."""
    read, rows, figures, refused = measured(folder)
    lines = ["| kind | files | read | quarantined | table rows | figures |", "| --- | --- | --- | --- | --- | --- |"]
    for kind in sorted({*read, *refused}):
        number = len(refused[kind])
        lines.append(f"| {kind} | {read[kind] + number} | {read[kind]} | {number} | {rows[kind]} | {figures[kind]} |")
    lines += ["", "Quarantined:", "", *(f"- {reason}" for kind in sorted(refused) for reason in refused[kind])]
    return "\n".join(lines)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder of files of every kind")
    parser.add_argument("--write", action="store_true", help="replace the table in docs/formats.md")
    options = parser.parse_args()
    made = table(options.folder)
    if not options.write:
        print(made)
        return 0
    text = DOC.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    DOC.write_text(f"{before}{START}\n{made}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""docs/dictionary.md, made from the models: ``python -m schemas.dictionary [--write]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from schemas.ddl import SCHEMA, columns, summary
from schemas.tables import KEYS, TABLES
from schemas.views import MACROS, VIEWS

PATH = Path(__file__).parent.parent / "docs" / "dictionary.md"

_HEAD = """# Data dictionary

Generated from `schemas/` by `python -m schemas.dictionary --write`; do not edit it by hand. The same words are in the
warehouse itself, as comments: `SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'observations'`.

Analysts read the **views**. The **tables** below them, in the schema `booked`, are written by the nightly run only.
Values are exact decimals; moments are UTC. Names follow SDMX where it has one.
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _rows(rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    yield "| column | type | meaning |"
    yield "| --- | --- | --- |"
    for name, kind, meaning in rows:
        yield f"| {name} | {kind} | {_cell(meaning)} |"
    yield ""


def _views() -> Iterator[str]:
    yield "## Views\n"
    for name, view in VIEWS.items():
        yield f"### {name}\n\nA row: {view.summary[0].lower()}{view.summary[1:]}\n"
        yield from _rows((c.name, c.sql_type, c.comment) for c in view.columns())


def _macros() -> Iterator[str]:
    yield "## Table macros\n"
    yield "Their columns are those of `latest`.\n"
    for name, (parameter, meaning) in MACROS.items():
        yield f"- `{name}({parameter})`: {meaning}"
    yield ""


def _tables() -> Iterator[str]:
    yield f"## Tables (schema `{SCHEMA}`)\n"
    for name, model in TABLES.items():
        key = f" Key: {', '.join(KEYS[name])}." if KEYS[name] else ""
        yield f"### {SCHEMA}.{name}\n\n{summary(model)}{key}\n"
        yield from _rows((c.name, c.sql_type + ("" if c.null else " NOT NULL"), c.comment) for c in columns(model))


def dictionary() -> str:
    """The whole text of docs/dictionary.md."""
    return "\n".join([_HEAD, *_views(), *_macros(), *_tables()]).rstrip() + "\n"


def main(arguments: list[str], text: str, path: Path, what: str) -> int:
    """Print a generated page, or write it with --write; shared with docs/rules.md."""
    parser = argparse.ArgumentParser(description=f"Make {what} from the code.")
    parser.add_argument("--write", action="store_true", help=f"write {path.name} in docs/ instead of printing it")
    if parser.parse_args(arguments).write:
        path.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], dictionary(), PATH, "the data dictionary"))

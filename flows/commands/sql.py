"""``taizhang sql``: a question to the published warehouse."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flows.commands.output import cell_text, decimal_text, print_json_lines, table
from flows.errors import ConfigurationError

HELP = """\
Ask the warehouse in SQL (DuckDB's dialect). It is opened read-only, also while a run is under way.

  taizhang sql "SELECT place, indicator, done, total, stated_rate FROM completion"
  taizhang sql "SELECT time_end, obs_value FROM trend WHERE indicator LIKE '%死亡%' ORDER BY time_end"
  taizhang sql "SELECT document, quote, reason FROM quarantine" --format csv > quarantine.csv
  taizhang sql "SELECT * FROM as_published_on(DATE '2022-04-01')"
  taizhang sql "SHOW TABLES"              what there is;  DESCRIBE observations  its columns

Views: documents, observations, latest, trend, completion, relations, findings, quarantine, revisions, ledger, runs.
A statement can read the warehouse and nothing else: no files, no network, no writing.
"""


def query(warehouse: Path, statement: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows of ``statement`` on the warehouse, opened read-only and without access to files.

    Raises ConfigurationError where there is no warehouse or the statement is wrong.
    """
    import duckdb

    if not warehouse.is_file():
        raise ConfigurationError("No warehouse yet", str(warehouse), "Make one with `taizhang run`")
    settings: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "lock_configuration": "true",
    }
    try:
        with duckdb.connect(str(warehouse), read_only=True, config=settings) as connection:
            answer = connection.execute(statement)
            return [column[0] for column in answer.description or ()], answer.fetchall()
    except duckdb.Error as error:
        raise ConfigurationError("The statement failed", str(error), "See `taizhang sql --help`") from None


def sql_command(args: argparse.Namespace) -> int:
    """Print the answer as a table, as CSV or as JSON lines."""
    names, rows = query(Path(args.data) / "warehouse.duckdb", args.statement)
    if args.format == "csv":
        _print_csv(names, rows)
    elif args.format == "jsonl":
        print_json_lines(dict(zip(names, row, strict=True)) for row in rows)
    else:
        print(table(names, rows, limit=60))
        print(f"({len(rows)} row{'' if len(rows) == 1 else 's'})")
    return 0


def _print_csv(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_csv_cell(value) for value in row] for row in rows)


def _csv_cell(value: object) -> object:
    """Text as it is, but never a formula that a spreadsheet would run; other values as in a table, without cutting."""
    from decimal import Decimal

    if isinstance(value, str):
        return "'" + value if value[:1] in ("=", "+", "@", "\t", "\r") else value
    return decimal_text(value) if isinstance(value, Decimal) else cell_text(value)


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare ``sql``."""
    parser = commands.add_parser(
        "sql",
        help="a question to the warehouse",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("statement", metavar="SQL", help="one statement, in quotes")
    parser.add_argument("--format", choices=("table", "csv", "jsonl"), default="table", help="default: table")
    parser.add_argument("--data", metavar="DIR", default="data", help="the data folder (default: data)")
    parser.set_defaults(run=sql_command)

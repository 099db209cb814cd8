"""``taizhang extract`` and ``taizhang ledger``: from files to figures or numerals, without a warehouse."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.commands.output import decimal_text, print_json_lines, table
from flows.errors import TaizhangError

if TYPE_CHECKING:
    from flows.extract.model import Figure, Numeral, Relation
    from flows.reading import Reading

Row = dict[str, Any]

_MEMBERS = {
    "rate": ("numerator", "denominator", "rate"),
    "sum": ("total", "parts", "complete"),
    "change": ("now", "change"),
    "restatement": ("now",),
}


def figure_row(name: str, figure: Figure, *, explain: bool = False) -> Row:
    """A figure as ``taizhang extract`` prints it; ``start`` and ``end`` count characters of the source text."""
    row: Row = {
        "file": name,
        "start": figure.start,
        "end": figure.end,
        "text": figure.text,
        "value": decimal_text(figure.value),
        "value_high": decimal_text(figure.value_high),
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "measure": figure.measure,
        "indicator": figure.indicator,
        "time_start": figure.time_start,
        "time_end": figure.time_end,
        "time_basis": figure.time_basis,
        "place": figure.place,
        "place_basis": figure.place_basis,
        "modality": figure.modality,
        "obs_status": figure.obs_status,
        "decimals": figure.decimals,
        "quote": figure.quote,
    }
    return row | {"explain": dict(figure.explain)} if explain else row


def _printed(relations: Iterable[Relation]) -> list[Relation]:
    """The kinds that outside programs know; a restatement only serves the rules."""
    return [relation for relation in relations if relation.relation != "restatement"]


def relation_row(name: str, relation: Relation) -> Row:
    """A relation as ``taizhang extract`` prints it, its members named by the start of their figure."""
    row: Row = {"file": name, "relation": relation.relation}
    for member in _MEMBERS[relation.relation]:
        value = getattr(relation, member)
        row[member] = list(value) if isinstance(value, tuple) else value
    if relation.before is not None:
        row["before"] = relation.before
    return row | {"stated": relation.stated}


def numeral_row(name: str, numeral: Numeral) -> Row:
    """A numeral as ``taizhang ledger`` prints it."""
    return {
        "file": name,
        "start": numeral.start,
        "end": numeral.end,
        "text": numeral.text,
        "value": decimal_text(numeral.value),
        "value_high": decimal_text(numeral.value_high),
        "unit": numeral.unit,
        "class": numeral.numeral_class,
        "reason": numeral.reason,
    }


def readings(paths: list[str], *, explain: bool = False) -> Iterator[tuple[str, Reading | TaizhangError]]:
    """(name, reading) of every report of ``paths``, or the error in its place: one bad file loses no other.

    A report inside an archive is called ``archive.zip/report.txt``.
    """
    from flows.reading import expand, read_report, report_files, sidecar_of

    for name, path in report_files([Path(p) for p in paths]):
        try:
            data, sidecar = path.read_bytes(), sidecar_of(path)
            members = expand(data, path.name)
        except TaizhangError as error:
            yield name, error
            continue
        except OSError as error:
            yield name, TaizhangError("The file cannot be read", str(error.strerror), "Check its permissions")
            continue
        for member, content in members:
            full_name = name if member == path.name else f"{name}/{member}"
            try:
                yield full_name, read_report(content, member, sidecar=sidecar, explain=explain)
            except TaizhangError as error:
                yield full_name, error
            except Exception as error:  # the last line of defence: told with its kind, and the other files go on
                yield full_name, TaizhangError("Reading it failed", f"{type(error).__name__}: {error}", "Report this")


def _print_readings(args: argparse.Namespace, show: Callable[[str, Reading], None]) -> int:
    """Show each reading, tell each failure on stderr; 1 where a file that was named itself could not be read."""
    named = {Path(path).name for path in args.paths if not Path(path).is_dir()}
    exit_code, seen = 0, 0
    for name, reading in readings(args.paths, explain=getattr(args, "explain", False)):
        seen += 1
        if isinstance(reading, TaizhangError):
            sys.stderr.write(f"taizhang: {name}: {reading}\n")
            exit_code = 1 if name in named else exit_code
        else:
            show(name, reading)
    if not seen:
        sys.stderr.write("taizhang: no report files there\n")
    return exit_code


def extract_command(args: argparse.Namespace) -> int:
    """Print the figures and relations of each report."""

    def as_json(name: str, reading: Reading) -> None:
        found = reading.extraction
        print_json_lines(figure_row(name, figure, explain=args.explain) for figure in found.figures)
        print_json_lines(relation_row(name, relation) for relation in _printed(found.relations))

    return _print_readings(args, as_json if args.format == "jsonl" else lambda n, r: _show_table(n, r, args.explain))


def _show_table(name: str, reading: Reading, explain: bool) -> None:
    meta, found = reading.metadata, reading.extraction
    print(f"{name}: {meta.title or '(no title)'}, {meta.place or 'no place'}, {meta.published_on or 'no date'}")
    head = ("start", "text", "value", "unit", "qualifier", "measure", "indicator", "from", "to", "place", "modality")
    print(table(head, map(_table_row, found.figures), limit=36))
    if explain:
        for f in found.figures:
            print(f"{f.start} {f.text}{f.unit}: " + "; ".join(f"{k} ← {v}" for k, v in f.explain.items()))
    for relation in _printed(found.relations):
        row = relation_row(name, relation)
        print(f"{row['relation']}: " + ", ".join(f"{k} {row[k]}" for k in row if k not in ("file", "relation")))
    print(f"{len(found.figures)} figures, {len(found.relations)} relations\n")


def _table_row(f: Figure) -> Sequence[object]:
    fields = (f.unit, f.qualifier, f.measure, f.indicator, f.time_start, f.time_end, f.place, f.modality)
    return (f.start, f.text, _value(f), *fields)


def _value(figure: Figure) -> str:
    low, high = decimal_text(figure.value), decimal_text(figure.value_high)
    return f"{low}–{high}" if high is not None else low or "?"


def ledger_command(args: argparse.Namespace) -> int:
    """Print every numeral of each report with its class and reason."""

    def as_json(name: str, reading: Reading) -> None:
        print_json_lines(numeral_row(name, numeral) for numeral in reading.extraction.ledger)

    def as_table(name: str, reading: Reading) -> None:
        rows = [(n.start, n.text, n.value, n.unit, n.numeral_class, n.reason) for n in reading.extraction.ledger]
        print(f"{name}\n{table(('start', 'text', 'value', 'unit', 'class', 'reason'), rows)}\n")

    return _print_readings(args, as_json if args.format == "jsonl" else as_table)


EXTRACT_HELP = """\
Read reports and print every figure in them, with what it counts, for when and where.

  taizhang extract report.txt                     one JSON object a line
  taizhang extract report.txt --format table      for reading
  taizhang extract inbox/ > figures.jsonl         every report of a folder
  taizhang extract report.txt --explain           which rule found each field

PATH is a report (.txt, .html, .pdf, .docx, .xlsx …) or a folder of them. A file NAME.meta.json beside a report NAME
may give {"published_on", "place", "title", "issuer", "url"}; it wins over what the report says of itself.

start and end count characters of the decoded text of a .txt file; for other formats, of what `taizhang text` prints.
value is exact, in the base unit: 12.5万人 is 125000 人, 229亿元 is 22900000000 元, 81% is 81 %.
After its figures, each report's relations: a rate with its counts, a total with its parts, a level with its change;
their members are named by the start of their figure.

A file that cannot be read is told on stderr; the others go on. Exit code 1 where you named that file yourself.
"""

LEDGER_HELP = """\
Print every numeral of a report, none left out: a figure, part of one, or something else, with the reason.

  taizhang ledger report.txt --format table
  taizhang ledger report.txt | grep -v '"class": "figure"'     what was not read as a figure, and why

The same files, sidecars and offsets as `taizhang extract`.
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare ``extract`` and ``ledger``."""
    raw = argparse.RawDescriptionHelpFormatter
    extract = commands.add_parser(
        "extract", help="figures and relations of reports", description=EXTRACT_HELP, formatter_class=raw
    )
    extract.add_argument("--explain", action="store_true", help="for each figure, the rule that found each field")
    extract.set_defaults(run=extract_command)
    ledger = commands.add_parser(
        "ledger", help="every numeral of reports, with class and reason", description=LEDGER_HELP, formatter_class=raw
    )
    ledger.set_defaults(run=ledger_command)
    for parser in (extract, ledger):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a report file, or a folder of them")
        parser.add_argument("--format", choices=("jsonl", "table"), default="jsonl", help="default: jsonl")

"""The command ``taizhang``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from flows.commands import extract, rules, run, sources, sql, text
from flows.commands.run import EXIT_BUSY
from flows.errors import TaizhangError, WarehouseBusy

HELP = """\
Taizhang (台账) turns what Chinese local governments report in prose into a checked, queryable ledger.

  taizhang run --inbox samples            fetch, read, check and book; leaves data/warehouse.duckdb
  taizhang sql "SELECT * FROM completion" ask the warehouse
  taizhang extract report.txt             the figures of one report, without a warehouse
  taizhang ledger report.txt              every numeral, and why it is a figure or not
  taizhang text report.pdf                the text that figures are read from

`taizhang COMMAND --help` explains each with examples.
"""


def parser() -> argparse.ArgumentParser:
    """The parser with all commands; each sets ``run``, a function from its arguments to an exit code."""
    top = argparse.ArgumentParser(
        prog="taizhang", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"taizhang {_version()}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in (run, extract, text, sql, sources, rules):
        module.add(commands)
    return top


def _version() -> str:
    from importlib.metadata import version

    return version("taizhang")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 wrong usage, 75 another run is at work."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what we print is UTF-8, whatever the locale; a lone surrogate is told
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    args = parser().parse_args(argv)
    try:
        code = int(args.run(args))
        sys.stdout.flush()
        return code
    except WarehouseBusy as error:
        sys.stderr.write(f"taizhang: {error}\n")
        return EXIT_BUSY
    except TaizhangError as error:
        sys.stderr.write(f"taizhang: {error}\n")
        return 1
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("taizhang: interrupted\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())

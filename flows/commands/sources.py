"""``taizhang sources``: what is configured, what would be fetched, what is wrong."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from flows.commands.output import table

HELP = """\
Show the sources of sources.yaml, or check what each would give.

  taizhang sources                       name, kind, place of each
  taizhang sources check                 ask each source for its list: what would be fetched, what is wrong
  taizhang sources check wuxi            one of them

`check` fetches lists and indexes only, no reports, and books nothing. Exit code 1 where a source has a problem.
docs/sources.md shows an entry of each kind.
"""


def sources_command(args: argparse.Namespace) -> int:
    """List or check the sources."""
    from flows.sources import sources_of

    configs = sources_of(
        Path(args.data),
        Path(args.inbox) if args.inbox else None,
        args.source,
        Path(args.sources) if args.sources else None,
    )
    if args.action == "list":
        print(table(("name", "kind", "place", "issuer"), [(c.name, c.kind, c.place, c.issuer) for c in configs]))
        return 0
    return max([_check(config) for config in configs])


def _check(config: Any) -> int:
    from flows.fetch import check_source

    def credentials(block: str) -> Any:
        from flows.blocks import credentials_of  # imports Prefect: only for an entry that keeps its secrets there

        return credentials_of(block)

    report = check_source(config, credentials=credentials)
    print(f"{report.source} ({report.kind}): {report.count} reports would be fetched")
    for name in report.would_fetch:
        print(f"  {name}")
    if report.count > len(report.would_fetch):
        print(f"  … and {report.count - len(report.would_fetch)} more")
    for problem in report.problems:
        print(f"  ! {problem}")
    return 1 if report.problems else 0


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare ``sources``."""
    parser = commands.add_parser(
        "sources",
        help="list or check the sources",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("action", nargs="?", choices=("list", "check"), default="list", help="default: list")
    parser.add_argument("source", nargs="?", metavar="NAME", help="only this source")
    parser.add_argument("--inbox", metavar="DIR", help="this folder, in the place of sources.yaml")
    parser.add_argument("--data", metavar="DIR", default="data", help="the data folder (default: data)")
    parser.add_argument("--sources", metavar="FILE", help="the file of sources (default: sources.yaml here)")
    parser.set_defaults(run=sources_command)

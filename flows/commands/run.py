"""``taizhang run``, ``fetch`` and ``reprocess``: the flows, here and now, with no server set up."""

from __future__ import annotations

import argparse
import fcntl
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from flows.errors import ConfigurationError, TaizhangError, WarehouseBusy

EXIT_BUSY = 75  # EX_TEMPFAIL of sysexits.h: nothing is wrong, try again later

RUN_HELP = """\
Fetch the sources, read what is new, check it, book it, publish the warehouse, and say what happened.

  taizhang run                                the sources of sources.yaml, or the folder data/inbox without one
  taizhang run --inbox reports/               a folder of reports; it is only read
  taizhang run --inbox reports/ --data /tmp/t another data folder
  taizhang run --source wuxi                  one source of sources.yaml

Leaves DATA/warehouse.duckdb and the pages in DATA/report. No server is needed: Prefect's own is started for the run.
With PREFECT_API_URL set, the run shows on that server.

Run again, it reads only what is new; with nothing new it changes nothing and says so. Exit code 0 also where figures
were quarantined (they are data, not failures); 1 where a source or the load failed, after all else is booked; 75
where another run is at work.
"""

FETCH_HELP = """\
Fetch the days of one source again, though they count as done, then read, check and book what came.

  taizhang fetch --source zhengzhou-daily --since 2021-11-01 --until 2021-11-30

Both days are included; --until is today where it is left out. What is known already is not booked twice.
"""

REPROCESS_HELP = """\
Read the archive again after the extractor, its reference tables or the rules changed. Nothing is fetched.

  taizhang reprocess             the reports that an older extractor or older rules read
  taizhang reprocess --all       every report

A figure that comes out differently is a new vintage with its cause; the old one stays (see the view revisions).
"""


def prepare_prefect(data: Path) -> None:
    """Settings for a run without a server, before Prefect is imported; what the user has set stays."""
    defaults = {
        "PREFECT_HOME": str((data / "prefect").resolve()),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING",  # what our flows say is shown by show_progress
        "DO_NOT_TRACK": "1",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)


class _OurLines(logging.Filter):
    """Lets through what our own flows say, and of what the engine says only a fault that we did not foresee."""

    def filter(self, record: logging.LogRecord) -> bool:
        ours = Path(record.pathname).parent == Path(__file__).resolve().parent.parent
        fault = record.exc_info[1] if record.exc_info else None
        return ours or (fault is not None and not isinstance(fault, TaizhangError))


def show_progress() -> None:
    """Print the log lines of our flows as plain lines, in the place of Prefect's own console output."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(message)s"))
    handler.addFilter(_OurLines())
    for name in ("prefect.flow_runs", "prefect.task_runs"):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.propagate = False


@contextmanager
def sole_command(data: Path) -> Iterator[None]:
    """Hold DATA/.run.lock while a command runs, so that a second one ends at once, before it starts a server.

    The warehouse has a lock of its own, which also keeps out the runs of a deployment. Raises WarehouseBusy, and
    ConfigurationError where DATA cannot be written to.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        held = (data / ".run.lock").open("a+")
    except OSError as fault:
        raise ConfigurationError(
            "The data folder cannot be used", f"{data}: {fault.strerror}", "Give another with --data"
        ) from None
    with held as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WarehouseBusy("Another run is at work", str(data), "Wait until it ends; nothing was done") from None
        yield


def _go(data: Path, flow_of: Callable[[], Callable[[], Any]]) -> int:
    """Run the flow that ``flow_of`` gives (it imports Prefect) with progress on the terminal; its exit code."""
    with sole_command(data):
        if "PREFECT_API_URL" not in os.environ:
            print("starting   Prefect's own server for this run", flush=True)
        prepare_prefect(data)
        start = flow_of()
        show_progress()
        state = start()
    if not state.is_completed():
        sys.stderr.write(f"taizhang: the run failed: {state.message}\n")
        return 1
    return EXIT_BUSY if state.name == "Skipped" else 0


def run_command(args: argparse.Namespace) -> int:
    """The nightly flow."""
    data = Path(args.data)
    inbox = Path(args.inbox) if args.inbox else None
    sources_file = Path(args.sources) if args.sources else None
    _check_sources(data, inbox, args.source, sources_file)  # what is wrong with them is told before a server starts

    def flow_of() -> Callable[[], Any]:
        from flows.nightly import nightly

        return partial(
            nightly, data=data, inbox=inbox, source=args.source, sources_file=sources_file, return_state=True
        )

    return _go(data, flow_of)


def fetch_command(args: argparse.Namespace) -> int:
    """The backfill flow."""
    data = Path(args.data)
    sources_file = Path(args.sources) if args.sources else None
    since, until = args.since, args.until or date.today()
    if since > until:
        raise ConfigurationError("The days are in the wrong order", f"{since} is after {until}", "Swap them")
    _check_sources(data, None, args.source, sources_file)

    def flow_of() -> Callable[[], Any]:
        from flows.backfill import backfill

        return partial(backfill, args.source, since, until, data=data, sources_file=sources_file, return_state=True)

    return _go(data, flow_of)


def reprocess_command(args: argparse.Namespace) -> int:
    """The reprocess flow."""
    data = Path(args.data)
    if not (data / "archive").is_dir():
        raise ConfigurationError("No archive there", str(data), "Fill it with `taizhang run`")

    def flow_of() -> Callable[[], Any]:
        from flows.reprocess import reprocess

        return partial(reprocess, data=data, everything=args.all, return_state=True)

    return _go(data, flow_of)


def _check_sources(data: Path, inbox: Path | None, source: str | None, sources_file: Path | None) -> None:
    from flows.sources import sources_of

    sources_of(data, inbox, source, sources_file)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write 2021-11-23") from None


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare ``run``, ``fetch`` and ``reprocess``."""
    raw = argparse.RawDescriptionHelpFormatter
    run = commands.add_parser("run", help="the nightly run, here and now", description=RUN_HELP, formatter_class=raw)
    run.add_argument("--inbox", metavar="DIR", help="fetch this folder, in the place of sources.yaml")
    run.add_argument("--source", metavar="NAME", help="fetch only this source")
    run.set_defaults(run=run_command)
    fetch = commands.add_parser(
        "fetch", help="fetch the days of a source again", description=FETCH_HELP, formatter_class=raw
    )
    fetch.add_argument("--source", metavar="NAME", required=True, help="a source of sources.yaml")
    fetch.add_argument("--since", metavar="DAY", type=_day, required=True, help="the first day, such as 2021-11-01")
    fetch.add_argument("--until", metavar="DAY", type=_day, help="the last day (default: today)")
    fetch.set_defaults(run=fetch_command)
    reprocess = commands.add_parser(
        "reprocess", help="read the archive again", description=REPROCESS_HELP, formatter_class=raw
    )
    reprocess.add_argument("--all", action="store_true", help="every report, not only what an older version read")
    reprocess.set_defaults(run=reprocess_command)
    for parser in (run, fetch, reprocess):
        parser.add_argument("--data", metavar="DIR", default="data", help="the data folder (default: data)")
    for parser in (run, fetch):
        parser.add_argument("--sources", metavar="FILE", help="the file of sources (default: sources.yaml here)")

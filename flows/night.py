"""A run under way, in plain functions: what the flows call, one step a method.

It holds the warehouse (one writer; a second run is told and ends), the archive, and what came of each step, from
which the summary is told. Nothing here knows Prefect.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import warehouse
from flows import errors
from flows.archive import Archive
from flows.batch import BatchPlan, BatchReport, corrections, plan_batches
from flows.collect import Collected, Credentials, collect, unpack
from flows.fetch import SourceConfig
from flows.linking import Linker
from flows.report.story import SourceStory, Story
from flows.retrievals import retrieval_of, state_of
from flows.version import cores, extractor_version

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


T = TypeVar("T")


def _table(name: str, read: Callable[[Path], T]) -> T | None:
    """A table of reference/ that a user may edit, or take away."""
    path = REFERENCE / name
    return read(path) if path.exists() else None


class Night:
    """One run and what came of its steps."""

    def __init__(self, run: warehouse.Run, flow: str) -> None:
        self.run, self.flow = run, flow
        self.data = run.data_dir
        self.archive = Archive(self.data / "archive")
        self.version = extractor_version()
        self.corrections = corrections()
        self.work = self.data / ".build" / "batches"
        self.state = state_of(run.con, list(self.archive.all_keys()))
        self.collected: dict[str, Collected] = {}
        self.reports: list[BatchReport] = []
        self.loads: list[warehouse.LoadReport] = []
        self.failures: list[errors.TaizhangError] = []
        self.published: warehouse.Published | None = None
        self.outdated = 0  # documents that an older extractor read, counted before the warehouse is closed
        self._fetching = threading.Lock()
        self._linker: Linker | None = None

    # fetch

    def fetch(
        self,
        config: SourceConfig,
        *,
        since: date | None = None,
        until: date | None = None,
        credentials: Credentials | None = None,
    ) -> Collected:
        """Fetch one source into the archive. Raises its fatal problem after all that came is archived and noted."""
        with self._fetching:  # one state, so that the same bytes are known across sources
            found = collect(config, self.archive, self.state, since=since, until=until, credentials=credentials)
        before = self.collected.get(config.name)
        if before is not None:  # a retry goes on where the first attempt ended
            found.keys = [*before.keys, *found.keys]
            found.attempts = [*before.attempts, *found.attempts]
        self.collected[config.name] = found
        if found.fatal is not None:
            raise found.fatal
        return found

    # read

    def keys_to_read(self) -> list[str]:
        """What was fetched now, and what an earlier run archived but did not live to book."""
        fresh = [key for collected in self.collected.values() for key in collected.keys]
        known = warehouse.known_documents(self.run.con)
        pending = [key for key in self.archive.all_keys() if key not in known and self.archive.receipts(key)]
        return unpack(self.archive, dict.fromkeys([*fresh, *pending, *self.corrected_keys()]))

    def corrected_keys(self) -> list[str]:
        """Archived documents of which the corrections file says something else than when they were read."""
        return warehouse.needs_correcting(self.run.con, self.booked_keys(), self.corrections)

    def booked_keys(self) -> list[str]:
        """Every document of the warehouse that the archive holds."""
        return [key for key in warehouse.known_documents(self.run.con) if key in self.archive]

    def outdated_keys(self) -> list[str]:
        """Archived documents that another version of the extractor or of the rules read, or without a correction."""
        return list(warehouse.needs_reading(self.run.con, self.booked_keys(), self.version, self.corrections))

    def plans(self, keys: Sequence[str]) -> list[BatchPlan]:
        """The batches of ``keys``, in an empty work folder."""
        shutil.rmtree(self.work, ignore_errors=True)
        return plan_batches(self.archive, keys, self.work, self.version, at_least=cores())

    # load

    def book(self, report: BatchReport) -> warehouse.LoadReport:
        """Book a batch in one transaction. Raises LoadFailed: then nothing of it is booked."""
        self._linker = self._linker or Linker(self.run.con)
        batch = self._linker.linked(warehouse.Batch.read(report.folder))
        with _told_in_our_terms():
            loaded = warehouse.load_batch(self.run, batch)
        self.reports.append(report)
        self.loads.append(loaded)
        shutil.rmtree(report.folder)
        return loaded

    def book_retrievals(self) -> warehouse.LoadReport:
        """Book every attempt to fetch, failures included."""
        attempts = [attempt for collected in self.collected.values() for attempt in collected.attempts]
        batch = warehouse.Batch.of((), map(retrieval_of, attempts))
        with _told_in_our_terms():
            loaded = warehouse.load_batch(self.run, batch)
        self.loads.append(loaded)
        return loaded

    def publish(self) -> warehouse.Published:
        """Put the warehouse in its public place."""
        self.outdated = len(self.outdated_keys())
        self.run.changed = any(_changes(loaded) for loaded in self.loads)  # publishing adds what it settles
        status = "failed" if self.failures else "completed"
        with _told_in_our_terms():
            self.published = warehouse.publish(
                self.run,
                status=status,
                fetched=sum(collected.fetched for collected in self.collected.values()),
                read=sum(report.documents for report in self.reports),
                indicators=_table("indicators.csv", warehouse.read_indicators),
                partitions=_table("partitions.csv", warehouse.read_partitions),
                synonyms=_table("synonyms.csv", warehouse.read_synonyms),
            )
        return self.published

    # tell

    def note_failure(self, error: object) -> None:
        """Remember what must not stop the other steps, but must not pass for a good night either."""
        if isinstance(error, errors.TaizhangError):
            self.failures.append(error)
        elif isinstance(error, BaseException):
            raise error

    def progress(self, batches: int) -> str:
        """How far the reading is, in a sentence."""
        done = self.reports
        return (
            f"batch {len(done)} of {batches}: {sum(r.documents for r in done)} reports, "
            f"{sum(r.accepted for r in done)} figures accepted, {sum(r.quarantined for r in done)} quarantined"
        )

    def story(self) -> Story:
        """What came of the run, to be told."""
        return Story(
            flow=self.flow,
            data=self.data,
            sources=tuple(
                SourceStory(c.source, c.fetched, c.known, tuple(str(p.error) for p in c.problems))
                for c in self.collected.values()
            ),
            read=sum(report.documents for report in self.reports),
            unreadable=sum(report.unreadable for report in self.reports),
            accepted=sum(report.accepted for report in self.reports),
            quarantined=sum(report.quarantined for report in self.reports),
            findings=sum(report.findings for report in self.reports),
            changed=self.published is None or self.published.changed,
            outdated=self.outdated,
            failures=tuple(map(str, self.failures)),
        )

    def raise_failures(self) -> None:
        """End as failed, with a message that names every source or batch that did."""
        if not self.failures:
            return
        if len(self.failures) == 1:
            raise self.failures[0]
        told = " ".join(f"({i}) {error}" for i, error in enumerate(self.failures, start=1))
        raise errors.NotRetriable(f"{len(self.failures)} steps failed; all else is booked", told)


@contextmanager
def open_night(data: Path, flow: str) -> Iterator[Night]:
    """Begin a run. Raises WarehouseBusy where another one is at work."""
    with _told_in_our_terms():
        opened = warehouse.open_run(data, flow=flow, extractor_version=extractor_version())
    with opened as run:
        yield Night(run, flow)


def _changes(loaded: warehouse.LoadReport) -> bool:
    """Whether facts changed. That a source was asked is a row of ``retrievals``, but nothing that it said."""
    return replace(loaded, retrievals=0).changed


@contextmanager
def _told_in_our_terms() -> Iterator[None]:
    """The errors of the warehouse as the errors of this floor."""
    try:
        yield
    except warehouse.WarehouseBusy as error:
        raise errors.WarehouseBusy(error.title, error.detail, error.next_step) from error
    except warehouse.WarehouseError as error:
        raise errors.LoadFailed(error.title, error.detail, error.next_step) from error

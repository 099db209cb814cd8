"""A run: the lock, the private copy that it builds in, its row in the audit.

    DATA/warehouse.duckdb            published; only ever replaced whole
    DATA/.build/lock                 held by the run
    DATA/.build/warehouse.duckdb     the private copy, gone once it is published
    DATA/.build/base.json            which published file the copy was made of

A run that was killed leaves its copy behind. The next run goes on with it where the published file is still the one
that it was made of, so that what was committed is not done again; else it starts from the published file.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from schemas.rules import RULES_VERSION
from warehouse.batch import Batch
from warehouse.connection import connect
from warehouse.errors import WarehouseError
from warehouse.load import LoadReport, book_batch
from warehouse.lock import RunLock
from warehouse.migration import migrate

PUBLISHED = "warehouse.duckdb"


@dataclass
class Run:
    """A run that holds the lock and the private copy. ``con`` is its connection; times are UTC without zone.

    As a context manager it closes what is open at the end; without ``publish`` its row then says failed.
    """

    data_dir: Path
    run_id: str
    flow: str
    started_at: datetime
    con: Any
    lock: RunLock
    read: int = 0
    accepted: int = 0
    quarantined: int = 0
    changed: bool = False
    closed: bool = field(default=False, repr=False)

    @property
    def build(self) -> Path:
        """The private copy."""
        return self.data_dir / ".build" / PUBLISHED

    @property
    def published(self) -> Path:
        """The published warehouse."""
        return self.data_dir / PUBLISHED

    def finish(self, status: str, fetched: int = 0, read: int | None = None) -> None:
        """Write the end of the run into its row."""
        self.con.execute(
            "UPDATE booked.runs SET ended_at = ?, status = ?, fetched = ?, read = ?, accepted = ?, quarantined = ?"
            " WHERE run_id = ?",
            [
                *(_now(), status, fetched, self.read if read is None else read, self.accepted, self.quarantined),
                self.run_id,
            ],
        )

    def close(self) -> None:
        """Close the connection and let go of the lock; a second time does nothing."""
        if self.closed:
            return
        self.closed = True
        try:
            self.con.close()
        finally:
            self.lock.release()

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say that an unpublished run failed, and close. A broken connection must not hide what broke it."""
        if not self.closed:
            with suppress(duckdb.Error):
                self.finish("failed")
        self.close()


def open_run(data_dir: Path, *, flow: str = "nightly", extractor_version: str = "") -> Run:
    """Begin a run: take the lock, make or take up the private copy, bring it to the present shape.

    Raises WarehouseBusy where another run holds the lock, WarehouseError where the warehouse cannot be opened.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    run_id, started_at = uuid.uuid4().hex, _now()
    lock = RunLock(data_dir / ".build" / "lock")
    lock.acquire(f"run {run_id} of the flow {flow}, process {os.getpid()}, since {started_at:%Y-%m-%d %H:%M:%S} UTC")
    con: Any = None
    try:
        con = _open_copy(data_dir)
        migrate(con)
        con.execute("UPDATE booked.runs SET status = 'abandoned' WHERE status = 'running'")
        con.execute(
            "INSERT INTO booked.runs VALUES (?, ?, ?, NULL, 'running', 0, 0, 0, 0, ?, ?)",
            [run_id, flow, started_at, extractor_version, RULES_VERSION],
        )
    except BaseException:
        if con is not None:
            con.close()
        lock.release()
        raise
    return Run(data_dir, run_id, flow, started_at, con, lock)


def load_batch(run: Run, batch: Batch) -> LoadReport:
    """Book a batch in one transaction, and count it in the run.

    Facts, provenance, findings, quarantine, ledger, retrievals and audit are booked together or not at all. The same
    batch again writes nothing. Raises LoadFailed where the batch does not match its models or the database refuses it.
    """
    report = book_batch(run, batch)
    run.read += batch.documents.num_rows
    run.accepted += batch.observations.num_rows
    run.quarantined += batch.quarantine.num_rows
    run.changed = run.changed or report.changed
    return report


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _fingerprint(path: Path) -> dict[str, int] | None:
    """What tells one published file from the next."""
    if not path.exists():
        return None
    found = path.stat()
    return {"inode": found.st_ino, "size": found.st_size, "modified": found.st_mtime_ns}


def _open_copy(data_dir: Path) -> Any:
    """A connection to the private copy: the one that a killed run left, or a new one of the published file."""
    published, build = data_dir / PUBLISHED, data_dir / ".build" / PUBLISHED
    base = build.with_name("base.json")
    if build.exists() and _same_base(base, published):
        try:
            return connect(build)
        except WarehouseError:
            pass  # torn beyond repair: start again from what was published
    discard_copy(build)
    if published.exists():
        shutil.copyfile(published, build)
    base.write_text(json.dumps(_fingerprint(published)), encoding="utf-8")
    return connect(build)


def _same_base(base: Path, published: Path) -> bool:
    try:
        recorded = json.loads(base.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(recorded == _fingerprint(published))


def discard_copy(build: Path) -> None:
    """Remove a private copy with its write-ahead log and the note of its base."""
    for path in (build.with_name("base.json"), build.with_name(build.name + ".wal"), build):
        path.unlink(missing_ok=True)

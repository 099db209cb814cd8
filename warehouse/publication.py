"""Put the result of a run in place: settle, checkpoint, close, rename. A reader sees the old file or the new, whole."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from schemas.concepts import Synonyms
from warehouse.connection import connect
from warehouse.errors import PublishFailed
from warehouse.partitions import Partition
from warehouse.run import Run, discard_copy
from warehouse.settling import settle

BLOAT = 0.5
"""Where more than this share of the blocks is free (after much was deleted), the file is written anew."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was put in place; ``changed`` False where nothing but the audit row of the run is new."""

    path: Path
    changed: bool
    observations: int
    quarantined: int
    findings: int


def publish(
    run: Run,
    *,
    status: str = "completed",
    fetched: int = 0,
    read: int | None = None,
    indicators: Mapping[str, str] | None = None,
    partitions: Sequence[Partition] | None = None,
    synonyms: Synonyms | None = None,
) -> Published:
    """End a run and publish what it built; the run is closed then.

    ``indicators``, ``partitions`` and ``synonyms`` are the tables of that name in reference/, as ``settle`` takes them.
    Raises PublishFailed where the file cannot be put in place: readers still have the last one, and the next run goes
    on.
    """
    try:
        run.changed = settle(run.con, run.run_id, indicators, partitions, synonyms) or run.changed
        run.finish(status, fetched, read)
        counts = _counts(run)
        bloated = _bloated(run)
        run.con.execute("CHECKPOINT")
        run.con.close()
        if bloated:
            _write_anew(run.build)
        _sync(run.build)
        _set_aside_log(run.published)
        os.replace(run.build, run.published)  # noqa: PTH105 - the one step that readers can see
        _sync(run.published.parent)
        discard_copy(run.build)
    except (OSError, duckdb.Error) as fault:
        raise PublishFailed(
            "The result could not be put in place",
            str(fault).strip().splitlines()[0],
            "Readers still have the last warehouse; mend the cause and run again, nothing is read twice",
        ) from fault
    finally:
        run.close()
    return Published(run.published, run.changed, *counts)


def _counts(run: Run) -> tuple[int, int, int]:
    counts = [
        run.con.execute(f"SELECT count(*) FROM booked.{table} WHERE known_to IS NULL").fetchone()[0]
        for table in ("observations", "quarantine", "findings")
    ]
    return counts[0], counts[1], counts[2]


def _bloated(run: Run) -> bool:
    total, free = run.con.execute("SELECT total_blocks, free_blocks FROM pragma_database_size()").fetchone()
    return bool(total > 64 and free > BLOAT * total)


def _write_anew(build: Path) -> None:
    """Copy a database into a file without free blocks, and put that in its place."""
    dense = build.with_name("dense.duckdb")
    dense.unlink(missing_ok=True)
    con = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    try:
        con.execute(f"ATTACH '{_quoted(build)}' AS full_of_holes (READ_ONLY)")
        con.execute(f"ATTACH '{_quoted(dense)}' AS dense")
        con.execute("COPY FROM DATABASE full_of_holes TO dense")
    finally:
        con.close()
    connect(dense).close()
    os.replace(dense, build)  # noqa: PTH105


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _sync(path: Path) -> None:
    """Have a file or folder written to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _set_aside_log(published: Path) -> None:
    """A write-ahead log beside the published file is somebody's own writing in it: it must not meet the new file."""
    log = published.with_name(published.name + ".wal")
    if log.exists():
        log.replace(published.parent / ".build" / "foreign.wal")

"""The backfill flow: fetch the days of one source again, whatever the warehouse says is done."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.errors import WarehouseBusy
from flows.night import open_night
from flows.nightly import TASK_RUNNER, concluded, fetch_all, publish_and_tell, read_and_load, skipped
from flows.sources import sources_of


@flow(name="backfill", task_runner=TASK_RUNNER)
def backfill(
    source: str, since: date, until: date, data: Path = Path("data"), sources_file: Path | None = None
) -> State[Any]:
    """Fetch ``source`` from ``since`` to ``until`` (both included), then read, check, book and publish what came."""
    configs = sources_of(data, None, source, sources_file)
    try:
        with open_night(data, "backfill") as night:
            fetch_all(night, configs, since, until)
            read_and_load(night, night.keys_to_read())
            return concluded(night, publish_and_tell(night))
    except WarehouseBusy as busy:
        return skipped(busy)

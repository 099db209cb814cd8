"""The reprocess flow: the extractor or the rules changed, so the archive is read again. Nothing is fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.errors import WarehouseBusy
from flows.night import open_night
from flows.nightly import TASK_RUNNER, concluded, publish_and_tell, read_and_load, skipped


@flow(name="reprocess", task_runner=TASK_RUNNER)
def reprocess(data: Path = Path("data"), everything: bool = False) -> State[Any]:
    """Read again what an older extractor or older rules read (or ``everything``) and book what came out differently.

    A changed value is a new vintage with the cause EXTRACTOR_CHANGED or RULE_CHANGED; the old one stays.
    """
    try:
        with open_night(data, "reprocess") as night:
            read_and_load(night, night.booked_keys() if everything else night.outdated_keys())
            return concluded(night, publish_and_tell(night))
    except WarehouseBusy as busy:
        return skipped(busy)

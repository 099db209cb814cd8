"""The nightly flow: fetch, archive, read, check, book, publish, tell. It reads like a table of contents.

Each task is a thin wrapper around a plain function. A night has one task run a source and two a batch, and at most
``flows.batch.MOST_BATCHES`` batches, so that the orchestrator is never drowned in task runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from prefect import flow, get_run_logger, task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture, as_completed
from prefect.states import Completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.batch import BatchPlan, BatchReport, read_batch
from flows.blocks import credentials_of
from flows.errors import Retriable, TaizhangError, WarehouseBusy
from flows.fetch import SourceConfig
from flows.night import Night, open_night
from flows.report import Story, markdown_summary, quarantine_table, text_summary, write_pages
from flows.sources import sources_of
from flows.version import cores

TASK_RUNNER: TaskRunner[PrefectFuture[Any]] = cast(Any, ThreadPoolTaskRunner(max_workers=cores()))


async def is_retriable(_task: object, _run: object, state: State[Any]) -> bool:
    """Whether the error of a task is worth another attempt: the exception tree says so, not the flow."""
    return isinstance(await state.aresult(raise_on_failure=False), Retriable)


@task(
    task_run_name="fetch {config.name}",
    retries=1,
    retry_delay_seconds=20,  # the client has retried each request by then; this is for a site that restarts
    retry_jitter_factor=0.5,
    retry_condition_fn=is_retriable,
    cache_policy=NO_CACHE,
)
def fetch(night: Night, config: SourceConfig, since: date | None = None, until: date | None = None) -> None:
    """Fetch one source into the archive; fails with the name of the source after all that came is archived."""
    found = night.fetch(config, since=since, until=until, credentials=credentials_of)
    log = get_run_logger()
    log.info("fetched %s: %d new reports, %d known already", found.source, found.fetched, found.known)
    for warning in found.warnings:
        log.warning("%s: %s", found.source, warning)


@task(task_run_name="read batch {plan.number}", cache_policy=NO_CACHE)
def read(plan: BatchPlan) -> BatchReport:
    """Read and check the documents of one batch into files."""
    return read_batch(plan)


@task(task_run_name="load batch {report.number}", cache_policy=NO_CACHE)
def load(night: Night, report: BatchReport) -> None:
    """Book one batch in one transaction."""
    night.book(report)


@task(cache_policy=NO_CACHE)
def book_attempts(night: Night) -> None:
    """Book every attempt to fetch, before the long part of the night."""
    night.book_retrievals()


@task(cache_policy=NO_CACHE)
def publish(night: Night) -> None:
    """Settle what is derived, put the warehouse in its public place."""
    night.publish()


@task(cache_policy=NO_CACHE)
def tell(story: Story) -> None:
    """Write the report pages, and the artifacts: quarantine as a table, the summary as markdown."""
    write_pages(story.data)
    create_table_artifact(key="quarantine", table=quarantine_table(story.data), description="What was not booked")
    create_markdown_artifact(key="night", markdown=markdown_summary(story), description=f"The {story.flow} run")
    get_run_logger().info("\n%s", text_summary(story))


def fetch_all(night: Night, configs: Sequence[SourceConfig], *days: date) -> None:
    """Every source in turn; one that fails is remembered and costs the others nothing. ``days``: since and until."""
    for config in configs:
        state = fetch(night, config, *days, return_state=True)
        night.note_failure(state.result(raise_on_failure=False) if state.is_failed() else None)
    book_attempts(night)


def read_and_load(night: Night, keys: Sequence[str]) -> None:
    """Read ``keys`` in batches side by side and book each as it comes; a batch that cannot be booked costs no other."""
    plans = night.plans(keys)
    if not plans:
        return
    log = get_run_logger()
    log.info("reading    %d reports in %d batches", len(keys), len(plans))
    shown = cast(UUID, create_progress_artifact(progress=0.0, key="reading", description="Batches read and booked"))
    for done, state in enumerate(_finished(plans), start=1):
        report = state.result(raise_on_failure=False)
        if isinstance(report, BatchReport):
            state = load(night, report, return_state=True)
        night.note_failure(state.result(raise_on_failure=False) if state.is_failed() else None)
        log.info("%s", night.progress(len(plans)))
        update_progress_artifact(shown, progress=100 * done / len(plans))


def _finished(plans: Sequence[BatchPlan]) -> Iterator[State[Any]]:
    for future in as_completed([read.submit(plan) for plan in plans]):
        future.wait()
        yield future.state


def publish_and_tell(night: Night) -> Story:
    """Publish, tell, and end as failed where a step failed."""
    publish(night)
    story = night.story()
    tell(story)
    return story


@flow(name="nightly", task_runner=TASK_RUNNER, log_prints=False)
def nightly(
    data: Path = Path("data"),
    inbox: Path | None = None,
    source: str | None = None,
    sources_file: Path | None = None,
) -> State[Any]:
    """Fetch every source (or the one named), read what is new, check it, book it, publish, and tell.

    ``inbox`` is a folder that is fetched in the place of sources.yaml. The run fails, after everything else is booked
    and published, where a source or a load failed.
    """
    configs = sources_of(data, inbox, source, sources_file)
    try:
        with open_night(data, "nightly") as night:
            fetch_all(night, configs)
            read_and_load(night, night.keys_to_read())
            return concluded(night, publish_and_tell(night))
    except WarehouseBusy as busy:
        return skipped(busy)


def concluded(night: Night, story: Story) -> State[Any]:
    """The final state, with the story as its result; raises what failed, by name."""
    night.raise_failures()
    changed = "" if story.changed else "; nothing changed"
    return Completed(message=f"{story.accepted} figures accepted, {story.quarantined} quarantined{changed}")


def skipped(busy: TaizhangError) -> State[Any]:
    """The final state of a run that found another one at work."""
    get_run_logger().warning("%s", busy)
    return Completed(name="Skipped", message=str(busy))

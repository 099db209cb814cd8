"""What is to be said of a source's night: what failed, and what its entry expected and did not get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from flows.errors import SourceRefused, SourceUnavailable, TaizhangError
from flows.fetch.config import SourceConfig
from flows.fetch.model import Attempt, FetchState


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of one source's night. A fatal one fails its task; its error says what happened and what to do."""

    source: str
    severity: Literal["fatal", "warning"]
    error: TaizhangError


def judge(
    config: SourceConfig, attempts: Sequence[Attempt], *, state: FetchState, today: date | None = None
) -> list[Problem]:
    """The problems of a night, fatal ones first.

    Fatal: a blocked page of any kind, a list, index or issue that could not be had, fewer reports than
    ``expect.minimum``. Warnings: single reports that could not be had, more than ``expect.maximum``, no new report
    for ``expect.fresh_days`` days. The night may be one with nothing to ask for: then nothing is expected of it.
    """
    problems = [*_blocked(config, attempts), *_lists(config, attempts), *_singles(config, attempts)]
    problems += [*_numbers(config, attempts), *_freshness(config, state, today)]
    return sorted(problems, key=lambda problem: problem.severity != "fatal")


def _blocked(config: SourceConfig, attempts: Sequence[Attempt]) -> list[Problem]:
    blocked = [a for a in attempts if a.outcome == "blocked" and a.kind != "issue"]
    if not blocked:
        return []
    title = f"Source '{config.name}' is blocked: {len(blocked)} of {len(attempts)} attempts"
    step = "Open the address in a browser; lower the rate, or ask the site for access. The reports are asked for again"
    return [Problem(config.name, "fatal", SourceRefused(title, f"{blocked[0].url}: {blocked[0].message}", step))]


def _lists(config: SourceConfig, attempts: Sequence[Attempt]) -> list[Problem]:
    """Lists and issues that could not be had. An issue that is missing is a day without a paper, no problem."""
    bad = [a for a in attempts if a.kind == "list" and a.outcome in ("failed", "missing", "refused")]
    bad += [a for a in attempts if a.kind == "issue" and a.outcome in ("failed", "refused")]
    if not bad:
        return []
    first = bad[0]
    error = SourceRefused if all(a.outcome == "refused" for a in bad) else SourceUnavailable
    told = f"Source '{config.name}' could not be read: {len(bad)} of its lists or issues"
    step = f"`taizhang sources check {config.name}` says what is wrong"
    return [Problem(config.name, "fatal", error(told, f"{first.url}: {first.message or first.outcome}", step))]


def _singles(config: SourceConfig, attempts: Sequence[Attempt]) -> list[Problem]:
    bad = [a for a in attempts if a.kind == "document" and a.outcome in ("failed", "refused", "missing")]
    if not bad:
        return []
    title = f"Source '{config.name}': {len(bad)} report(s) could not be had"
    step = "Failed ones are asked for again on the next night"
    return [Problem(config.name, "warning", SourceUnavailable(title, f"{bad[0].url}: {bad[0].message}", step))]


def _numbers(config: SourceConfig, attempts: Sequence[Attempt]) -> list[Problem]:
    """The number of reports a night, against the entry: each issue is a night, all lists together are one."""
    issues = [a for a in attempts if a.kind == "issue" and a.outcome == "fetched"]
    lists = [a for a in attempts if a.kind == "list" and a.found is not None]
    nights = [(str(a.issue_day), a.found or 0) for a in issues]
    if lists and not issues:
        nights = [("tonight", sum(a.found or 0 for a in lists))]
    expect, problems = config.expect, []
    step = "Check whether the site changed, or set expect anew"
    for night, found in nights:
        if expect.minimum is not None and found < expect.minimum:
            title = f"Source '{config.name}' showed {found} reports ({night}), fewer than the {expect.minimum} expected"
            problems.append(Problem(config.name, "fatal", SourceUnavailable(title, "", step)))
        if expect.maximum is not None and found > expect.maximum:
            title = f"Source '{config.name}' showed {found} reports ({night}), more than the {expect.maximum} expected"
            problems.append(Problem(config.name, "warning", SourceUnavailable(title, "", step)))
    return problems


def _freshness(config: SourceConfig, state: FetchState, today: date | None) -> list[Problem]:
    days, last = config.expect.fresh_days, state.last_success_day(config.name)
    if days is None:
        return []
    age = ((today or datetime.now(UTC).date()) - last).days if last else None
    if age is not None and age <= days:
        return []
    told = "has never given a report" if last is None else f"gave its last new report on {last}, {age} days ago"
    title = f"Source '{config.name}' {told}; one every {days} days is expected"
    return [Problem(config.name, "warning", SourceUnavailable(title, "", "Check whether the site moved"))]

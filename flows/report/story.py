"""What a run did, told for the terminal and for Prefect's artifacts."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.commands.output import cell_text, decimal_text, sparkline, table
from flows.report.questions import COMPLETION, QUARANTINE, REASONS, TOTALS, Questions, Row, Series, ask

SHOWN_COMPLETION, SHOWN_REASONS, SHOWN_SERIES, SHOWN_QUARANTINE = 12, 10, 5, 500


@dataclass(frozen=True, slots=True)
class SourceStory:
    """What one source gave: reports fetched and reports known already, and what is wrong with it."""

    name: str
    fetched: int
    known: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """What one run did, in numbers. ``changed`` is False where nothing but the audit of the run is new."""

    flow: str
    data: Path
    sources: tuple[SourceStory, ...]
    read: int
    unreadable: int
    accepted: int
    quarantined: int
    findings: int
    changed: bool
    outdated: int = 0
    failures: tuple[str, ...] = ()


def _opening(story: Story) -> Iterator[str]:
    for source in story.sources:
        yield f"fetched    {source.name}: {source.fetched} new reports, {source.known} known already"
        yield from (f"           ! {problem}" for problem in source.problems)
    unreadable = f", {story.unreadable} of them unreadable" if story.unreadable else ""
    yield f"read       {story.read} reports{unreadable}"
    yield f"accepted   {story.accepted} figures"
    yield f"quarantined {story.quarantined} figures and files"
    if story.outdated:
        yield f"           {story.outdated} reports were read by an older extractor or rules: `taizhang reprocess`"
    if not story.changed:
        yield "Nothing changed: the warehouse holds all of this already."


def text_summary(story: Story) -> str:
    """The run for the terminal: what was fetched, read, accepted, quarantined and why; a table; a trend; what next."""
    parts = ["\n".join(_opening(story))]
    with ask(story.data) as warehouse:
        totals = warehouse.rows(TOTALS)[0]
        parts.append(
            f"The warehouse holds {totals['documents']} documents, {totals['numerals']} numerals, "
            f"{totals['figures']} figures in {totals['series']} series; {totals['quarantined']} wait in quarantine."
        )
        parts += _text_tables(warehouse)
    parts.append(_next_steps(story.data))
    parts += [f"FAILED: {failure}" for failure in story.failures]
    return "\n\n".join(parts)


def _text_tables(warehouse: Questions) -> Iterator[str]:
    if reasons := warehouse.rows(REASONS):
        shown = [(r["rule_id"], r["figures"], r["documents"], r["example"]) for r in reasons[:SHOWN_REASONS]]
        yield "Quarantine, by reason\n" + table(("rule", "figures", "documents", "an example"), shown, limit=96)
    if completion := warehouse.rows(COMPLETION, SHOWN_COMPLETION):
        head = ("place", "as of", "indicator", "done", "total", "stated %", "computed %", "consistent")
        yield "Completion\n" + table(head, map(_completion_cells, completion), limit=34)
    if series := warehouse.series(SHOWN_SERIES):
        yield "Trends\n" + table(("place", "indicator", "from", "to", "", "last", "unit"), map(_trend_cells, series))


def _completion_cells(row: Row) -> Sequence[object]:
    computed = row["computed_rate"]
    return (
        *(row[name] for name in ("place", "time_end", "indicator", "done", "total", "stated_rate")),
        round(computed, 2) if computed is not None else None,
        row["consistent"],
    )


def _trend_cells(series: Series) -> Sequence[object]:
    values = [value for _, value in series.points]
    shape = sparkline(values[-40:])
    first, last = series.points[0][0], series.points[-1][0]
    return (series.place, series.indicator, first, last, shape, decimal_text(values[-1]), series.unit)


def _next_steps(data: Path) -> str:
    at = "" if str(data) == "data" else f" --data {shlex.quote(str(data))}"
    own = f"{data}/prefect"
    home = os.environ.get("PREFECT_HOME", own)
    home = own if home == str(Path(own).resolve()) else home
    return (
        "How to go on\n"
        f'  ask the warehouse   taizhang sql{at} "SELECT * FROM completion"\n'
        f"  in DuckDB itself    duckdb -readonly {shlex.quote(str(data / 'warehouse.duckdb'))}\n"
        f"  the report pages    {data}/report/index.html\n"
        f"  the runs in a UI    PREFECT_HOME={shlex.quote(home)} prefect server start    then http://127.0.0.1:4200"
    )


def markdown_summary(story: Story) -> str:
    """The run as markdown, for Prefect's UI. All words of documents are escaped."""
    parts = [f"# {story.flow}", "\n".join(f"- {_escaped(line.strip())}" for line in _opening(story))]
    with ask(story.data) as warehouse:
        if reasons := warehouse.rows(REASONS):
            rows = [(r["rule_id"], r["figures"], r["example"]) for r in reasons[:SHOWN_REASONS]]
            parts.append("## Quarantine\n\n" + _markdown_table(("rule", "figures", "an example"), rows))
        if completion := warehouse.rows(COMPLETION, SHOWN_COMPLETION):
            head = ("place", "as of", "indicator", "done", "total", "stated %", "computed %", "consistent")
            parts.append("## Completion\n\n" + _markdown_table(head, [_completion_cells(r) for r in completion]))
        if series := warehouse.series(SHOWN_SERIES):
            columns = ("place", "indicator", "from", "to", "trend", "last", "unit")
            parts.append("## Trends\n\n" + _markdown_table(columns, [_trend_cells(s) for s in series]))
    if story.failures:
        parts.append("## Failures\n\n" + "\n".join(f"- {_escaped(failure)}" for failure in story.failures))
    return "\n\n".join(parts) + "\n"


def quarantine_table(data: Path) -> list[dict[str, str]]:
    """The open rows of quarantine as text cells, for the table artifact."""
    with ask(data) as warehouse:
        rows = warehouse.rows(QUARANTINE, SHOWN_QUARANTINE)
    return [{name: cell_text(value) for name, value in row.items()} for row in rows]


def _markdown_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(_escaped(cell_text(value)) for value in row) + " |" for row in rows]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    """Words of a document as words: no markup, no link, no cell border comes out of them."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>~" else c for c in text)

"""What the reports ask the published warehouse: each question a SELECT, its answer plain rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

import warehouse

Row = dict[str, Any]

QUARANTINE = """
    SELECT document, char_start, char_end, quote, rule_id, reason, state, opened_at
    FROM quarantine WHERE state = 'open' ORDER BY opened_at DESC, document, char_start, rule_id LIMIT ?
"""
REASONS = """
    SELECT rule_id, count(*) AS figures, count(DISTINCT document) AS documents, min(reason) AS example
    FROM quarantine WHERE state = 'open' GROUP BY rule_id ORDER BY figures DESC, rule_id
"""
COMPLETION = """
    SELECT document, place, time_end, indicator, total, done, stated_rate, computed_rate, consistent
    FROM completion ORDER BY time_end DESC NULLS LAST, document, indicator, total LIMIT ?
"""
# A trend is worth showing where one series has several periods; the longest first.
SERIES = """
    SELECT series_id, any_value(indicator) AS indicator, any_value(place) AS place, any_value(unit_measure) AS unit,
           count(DISTINCT time_end) AS periods
    FROM trend WHERE obs_value IS NOT NULL AND time_end IS NOT NULL
    GROUP BY series_id HAVING count(DISTINCT time_end) >= 2 ORDER BY periods DESC, indicator, place, series_id LIMIT ?
"""
POINTS = """
    SELECT series_id, time_end, last(obs_value ORDER BY time_start NULLS FIRST, document) AS obs_value
    FROM trend WHERE obs_value IS NOT NULL AND time_end IS NOT NULL AND series_id IN (SELECT unnest(?))
    GROUP BY series_id, time_end ORDER BY series_id, time_end
"""
TOTALS = """
    SELECT (SELECT count(*) FROM documents) AS documents,
           (SELECT count(*) FROM latest) AS figures,
           (SELECT count(DISTINCT series_id) FROM latest) AS series,
           (SELECT count(*) FROM ledger) AS numerals,
           (SELECT count(*) FROM quarantine WHERE state = 'open') AS quarantined
"""
FINDINGS = """
    SELECT severity, rule_id, ess_level, count(*) AS findings, min(message) AS example
    FROM findings GROUP BY ALL ORDER BY severity, findings DESC, rule_id
"""
RUNS = """
    SELECT run_id, started_at, ended_at, status, fetched, read, accepted, quarantined, extractor_version
    FROM runs ORDER BY started_at DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Series:
    """One series with its values in the order of time."""

    series_id: str
    indicator: str
    place: str | None
    unit: str
    points: tuple[tuple[date, Decimal], ...]


class Questions:
    """The published warehouse of a data folder, opened read-only."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def rows(self, statement: str, *parameters: object) -> list[Row]:
        """The answer as one dict a row."""
        answer = self.connection.execute(statement, list(parameters) or None)
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def series(self, limit: int) -> list[Series]:
        """The longest series, each with its points."""
        heads = self.rows(SERIES, limit)
        points: dict[str, list[tuple[date, Decimal]]] = {head["series_id"]: [] for head in heads}
        for row in self.rows(POINTS, list(points)) if heads else []:
            points[row["series_id"]].append((row["time_end"], row["obs_value"]))
        return [
            Series(h["series_id"], h["indicator"], h["place"], h["unit"] or "", tuple(points[h["series_id"]]))
            for h in heads
        ]


@contextmanager
def ask(data: Path) -> Iterator[Questions]:
    """Open DATA/warehouse.duckdb read-only for some questions."""
    connection = warehouse.connect_read_only(data / "warehouse.duckdb")
    try:
        yield Questions(connection)
    finally:
        connection.close()

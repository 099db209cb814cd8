"""Book a batch: facts, provenance, findings, ledger and audit in one transaction, each fact exactly once.

A fact is known by a hash of its content. What a document said before and does not say now is closed, not deleted;
what it says now and did not before is opened; what is unchanged is not touched. So the same batch again changes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import duckdb

from schemas.ddl import columns
from schemas.tables import TABLES
from warehouse.batch import Batch
from warehouse.connection import Unchanged, transaction
from warehouse.errors import LoadFailed

SETTLED_RULES = ("cumulative-falls",)
"""Rules that look at the whole warehouse: their findings are not those of one document's reading."""

_CAUSE = """CASE WHEN b.extractor_version <> n.extractor_version THEN 'EXTRACTOR_CHANGED'
                 WHEN b.rules_version <> n.rules_version THEN 'RULE_CHANGED'
                 WHEN b.corrections_hash <> n.corrections_hash THEN 'CORRECTION'
                 WHEN b.document_id IS NOT NULL THEN 'SOURCE_REVISED' END"""


class Booking(Protocol):
    """What a load needs of a run."""

    con: Any
    run_id: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a batch changed, in rows; ``unchanged`` counts observations that were booked already."""

    documents: int = 0
    observations_opened: int = 0
    observations_closed: int = 0
    observations_unchanged: int = 0
    relations: int = 0
    findings: int = 0
    quarantined: int = 0
    released: int = 0
    ledger: int = 0
    retrievals: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        counts = (self.documents, self.observations_opened, self.observations_closed, self.relations, self.findings)
        return any((*counts, self.quarantined, self.released, self.ledger, self.retrievals))


def book_batch(run: Booking, batch: Batch) -> LoadReport:
    """Book a batch, all of it or nothing.

    Raises LoadFailed where the batch does not match its models or the database refuses it; whatever else goes wrong
    on the way is passed on. In both cases nothing of the batch was booked.
    """
    batch.validate()
    with _registered(run.con, batch):
        try:
            return _in_one_transaction(run, batch)
        except duckdb.Error as fault:
            raise LoadFailed(
                "The batch could not be booked; nothing of it was",
                str(fault).strip().splitlines()[0],
                "Run again; if it fails again, run its documents one by one",
            ) from fault


@contextmanager
def _registered(con: Any, batch: Batch) -> Iterator[None]:
    """Make the tables of a batch visible to the connection as batch_NAME."""
    names = []
    try:
        for name, table in batch.tables.items():
            con.register(f"batch_{name}", table)
            names.append(f"batch_{name}")
        yield
    finally:
        for name in names:
            con.unregister(name)


def _in_one_transaction(run: Booking, batch: Batch) -> LoadReport:
    with transaction(run.con):
        booked_at = next_moment(run.con)
        report = _book(run, booked_at)
        if not report.changed:
            raise Unchanged
        _audit(run, batch, report, booked_at)
    return report


def next_moment(con: Any) -> datetime:
    """The transaction time of what is booked now: later than every one before, whatever the clock says."""
    last = con.execute(
        "SELECT max(t) FROM (SELECT max(booked_at) AS t FROM booked.loads"
        " UNION ALL SELECT max(known_to) FROM booked.observations"
        " UNION ALL SELECT max(known_from) FROM booked.findings"
        " UNION ALL SELECT max(known_to) FROM booked.findings)"
    ).fetchone()[0]
    now = datetime.now(UTC).replace(tzinfo=None)
    return max(now, last + timedelta(microseconds=1)) if last else now


def _count(con: Any, sql: str, parameters: Mapping[str, object] | None = None) -> int:
    """Run a statement that changes rows; returns how many."""
    row = con.execute(sql, parameters or {}).fetchone()
    return int(row[0]) if row else 0


def _book(run: Booking, booked_at: datetime) -> LoadReport:
    """Every table of the batch, in an order that leaves the documents' old versions readable to the end."""
    con, now = run.con, {"now": booked_at}
    con.execute("CREATE OR REPLACE TEMP TABLE scope AS " + _SCOPE)
    _new_labels(con)
    closed = _count(con, _CLOSE_OBSERVATIONS, now)
    opened = _count(con, _OPEN_OBSERVATIONS, now)
    held = _count(con, _HELD_OBSERVATIONS, now)
    relations = _version(con, "relations", "relation_id", now)
    _count(con, _NEW_MEMBERS)
    findings = _version(con, "findings", "finding_id", {**now, "run": run.run_id})
    quarantine = _version(con, "quarantine", "quarantine_id", {**now, "run": run.run_id})
    ledger = _ledger(con)
    documents = _documents(con, now)
    retrievals = _count(con, _NEW_RETRIEVALS, {"run": run.run_id})
    con.execute("DROP TABLE scope")
    return LoadReport(
        documents=documents,
        observations_opened=opened,
        observations_closed=closed,
        observations_unchanged=held,
        relations=sum(relations),
        findings=sum(findings),
        quarantined=quarantine[1],
        released=quarantine[0],
        ledger=ledger,
        retrievals=retrievals,
    )


_SCOPE = f"""
SELECT n.document_id, {_CAUSE} AS cause, b.ledger_hash IS DISTINCT FROM n.ledger_hash AS new_ledger,
       b.content_hash IS DISTINCT FROM n.content_hash AS new_content
FROM batch_documents AS n
LEFT JOIN booked.documents AS b USING (document_id)
WHERE b.retracted_at IS NULL
"""

_CLOSE_OBSERVATIONS = """
UPDATE booked.observations AS o
SET known_to = $now,
    closed_cause = CASE WHEN EXISTS (
        FROM batch_observations AS n
        WHERE n.document_id = o.document_id AND n.char_start = o.char_start
          AND n.corrected_from IS DISTINCT FROM o.corrected_from
    ) THEN 'CORRECTION' ELSE s.cause END
FROM scope AS s
WHERE s.document_id = o.document_id AND o.known_to IS NULL
  AND o.observation_id NOT IN (SELECT observation_id FROM batch_observations)
"""

_OPEN_OBSERVATIONS = """
INSERT INTO booked.observations BY NAME
SELECT n.*, $now AS known_from, NULL AS known_to, NULL AS closed_cause,
       CASE WHEN n.corrected_from IS NOT NULL AND o.corrected_from IS NULL THEN 'CORRECTION'
            WHEN o.corrected_from IS NOT NULL AND n.corrected_from IS NULL THEN 'CORRECTION'
            ELSE s.cause END AS cause
FROM batch_observations AS n
JOIN scope AS s USING (document_id)
LEFT JOIN (
    SELECT document_id, char_start, max(corrected_from) AS corrected_from
    FROM booked.observations WHERE known_to = $now GROUP BY ALL
) AS o ON o.document_id = n.document_id AND o.char_start = n.char_start
ANTI JOIN (SELECT observation_id FROM booked.observations WHERE known_to IS NULL) AS b
    ON b.observation_id = n.observation_id
"""

_HELD_OBSERVATIONS = """
SELECT count(*) FROM booked.observations AS o
SEMI JOIN batch_observations AS n ON n.observation_id = o.observation_id
WHERE o.known_to IS NULL AND o.known_from < $now
"""

_NEW_MEMBERS = """
INSERT INTO booked.relation_members BY NAME
SELECT n.* FROM batch_relation_members AS n
SEMI JOIN (SELECT relation_id FROM booked.relations WHERE known_to IS NULL) AS r ON r.relation_id = n.relation_id
ANTI JOIN booked.relation_members AS b ON b.relation_id = n.relation_id
"""

_NEW_RETRIEVALS = """
INSERT INTO booked.retrievals BY NAME
SELECT n.*, $run AS run_id FROM batch_retrievals AS n
ANTI JOIN booked.retrievals AS b ON b.retrieval_id = n.retrieval_id
"""


def _new_labels(con: Any) -> None:
    """What the series keys of the batch stand for; a new key has the label that its words have elsewhere."""
    con.execute(
        "INSERT INTO booked.series_labels BY NAME SELECT n.*, n.series_key AS series_id, n.words AS indicator"
        " FROM batch_series AS n ANTI JOIN booked.series_labels AS b ON b.series_key = n.series_key"
    )


def _version(con: Any, table: str, identity: str, parameters: Mapping[str, object]) -> tuple[int, int]:
    """Close the rows of the batch's documents that are not in it, open those that are new; returns both counts."""
    kept = ", ".join(f"'{rule}'" for rule in SETTLED_RULES)
    spared = f" AND rule_id NOT IN ({kept})" if table == "findings" else ""
    closed = _count(
        con,
        f"UPDATE booked.{table} SET known_to = $now WHERE known_to IS NULL"
        f" AND document_id IN (SELECT document_id FROM scope)"
        f" AND {identity} NOT IN (SELECT {identity} FROM batch_{table}){spared}",
        {"now": parameters["now"]},
    )
    run = ", $run AS run_id" if "run" in parameters else ""
    opened = _count(
        con,
        f"INSERT INTO booked.{table} BY NAME SELECT n.*, $now AS known_from, NULL AS known_to{run}"
        f" FROM batch_{table} AS n SEMI JOIN scope AS s ON s.document_id = n.document_id"
        f" ANTI JOIN (SELECT {identity} FROM booked.{table} WHERE known_to IS NULL) AS b"
        f" ON b.{identity} = n.{identity}",
        parameters,
    )
    return closed, opened


def _ledger(con: Any) -> int:
    """Write the ledgers that changed, whole; returns the rows written and taken out."""
    changed = "(SELECT document_id FROM scope WHERE new_ledger)"
    gone = _count(con, f"DELETE FROM booked.ledger WHERE document_id IN {changed}")
    come = _count(con, f"INSERT INTO booked.ledger BY NAME SELECT * FROM batch_ledger WHERE document_id IN {changed}")
    return gone + come


def _documents(con: Any, now: Mapping[str, object]) -> int:
    """New and changed documents; when and where a document was first seen stays as it was booked."""
    kept = {"document_id", "first_seen_at", "known_from", "reprint_group", "retracted_at", "retracted_reason"}
    names = [c.name for c in columns(TABLES["documents"]) if c.name not in kept]
    updates = ", ".join(f"{name} = excluded.{name}" for name in names)
    return _count(
        con,
        "INSERT INTO booked.documents BY NAME"
        " SELECT n.*, $now AS known_from, n.document_id AS reprint_group, NULL AS retracted_at,"
        " NULL AS retracted_reason FROM batch_documents AS n"
        " SEMI JOIN (SELECT document_id FROM scope WHERE new_content) AS s ON s.document_id = n.document_id"
        f" ON CONFLICT (document_id) DO UPDATE SET {updates},"
        " first_seen_at = least(documents.first_seen_at, excluded.first_seen_at)",
        now,
    )


def _audit(run: Booking, batch: Batch, report: LoadReport, booked_at: datetime) -> None:
    """The record of the load itself."""
    counts = (report.documents, report.observations_opened, report.observations_closed, report.findings)
    values = (batch.content_hash, run.run_id, booked_at, *counts, report.quarantined, report.ledger, report.retrievals)
    run.con.execute(f"INSERT INTO booked.loads VALUES ({', '.join('?' * len(values))})", values)

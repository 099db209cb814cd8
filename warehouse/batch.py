"""A batch: what was read from some documents, as Arrow tables that match the models.

A worker writes its batch as Parquet files and hands back the folder, so that nothing large goes through a task
runner; the run reads the folders and loads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.ddl import arrow_schema
from schemas.facts import RetrievalFact
from schemas.identity import digest
from schemas.tables import TABLES
from warehouse.assessment import Assessed, Row, retrieval_row
from warehouse.errors import LoadFailed

BOOKED = frozenset(
    {"run_id", "known_from", "known_to", "cause", "closed_cause", "reprint_group", "retracted_at", "retracted_reason"}
)
"""Columns that are filled in when a batch is booked, and so are missing from it."""

LABELS = frozenset({"series_id", "indicator"})
"""The same, of the series labels."""

MODELS = {
    "documents": "documents",
    "observations": "observations",
    "series": "series_labels",
    "relations": "relations",
    "relation_members": "relation_members",
    "findings": "findings",
    "quarantine": "quarantine",
    "ledger": "ledger",
    "retrievals": "retrievals",
}
"""The table of the warehouse that each table of a batch goes to."""

IDENTITIES = {
    "documents": "document_id",
    "observations": "observation_id",
    "series": "series_key",
    "relations": "relation_id",
    "findings": "finding_id",
    "quarantine": "quarantine_id",
    "retrievals": "retrieval_id",
}
"""The column that tells the rows of a table apart; a second row with the same one says the same and is left out."""


SCHEMAS: dict[str, pa.Schema] = {
    name: arrow_schema(TABLES[table], LABELS if name == "series" else BOOKED) for name, table in MODELS.items()
}


def _column(rows: list[Row], field: pa.Field[Any]) -> pa.Array[Any]:
    """A column of rows; what UTF-8 cannot carry (half a surrogate pair) becomes a question mark."""
    values = [row.get(field.name) for row in rows]
    try:
        column: pa.Array[Any] = pa.array(values, field.type)
    except UnicodeEncodeError:
        column = pa.array(
            [v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for v in values], field.type
        )
    return column


def _table(name: str, rows: Iterable[Row]) -> pa.Table:
    """Rows as an Arrow table of the batch, each identity once."""
    identity = IDENTITIES.get(name)
    kept = list(rows) if identity is None else list({row[identity]: row for row in rows}.values())
    schema = SCHEMAS[name]
    return pa.table([_column(kept, field) for field in schema], schema=schema)


@dataclass(frozen=True)
class Batch:
    """The tables of a batch."""

    documents: pa.Table
    observations: pa.Table
    series: pa.Table
    relations: pa.Table
    relation_members: pa.Table
    findings: pa.Table
    quarantine: pa.Table
    ledger: pa.Table
    retrievals: pa.Table

    @classmethod
    def of(cls, assessed: Iterable[Assessed], retrievals: Iterable[RetrievalFact] = ()) -> Batch:
        """The batch of some assessed documents (each once; the last one counts) and of attempts to fetch."""
        documents = list({one.document["document_id"]: one for one in assessed}.values())
        return cls(
            documents=_table("documents", (one.document for one in documents)),
            observations=_table("observations", (row for one in documents for row in one.accepted)),
            series=_table("series", (row for one in documents for row in one.series)),
            relations=_table("relations", (row for one in documents for row in one.relations)),
            relation_members=_table("relation_members", (row for one in documents for row in one.members)),
            findings=_table("findings", (row for one in documents for row in one.findings)),
            quarantine=_table("quarantine", (row for one in documents for row in one.quarantined)),
            ledger=_table("ledger", (row for one in documents for row in one.ledger)),
            retrievals=_table("retrievals", map(retrieval_row, retrievals)),
        )

    @classmethod
    def join(cls, batches: Iterable[Batch]) -> Batch:
        """Several batches as one; no document may be in two of them with different content."""
        parts = list(batches)
        joined = {}
        for name, schema in SCHEMAS.items():
            table = pa.concat_tables([schema.empty_table(), *(getattr(part, name) for part in parts)])
            joined[name] = _distinct(name, table)
        return cls(**joined)

    @property
    def tables(self) -> dict[str, pa.Table]:
        """The tables by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def counts(self) -> dict[str, int]:
        """The number of rows of each table."""
        return {name: table.num_rows for name, table in self.tables.items()}

    @property
    def content_hash(self) -> str:
        """A hash of what the batch says, without the order of its rows."""
        ids = [sorted(map(str, self.tables[name].column(key).to_pylist())) for name, key in IDENTITIES.items()]
        hashes = sorted(map(str, self.documents.column("content_hash").to_pylist()))
        return digest("batch", json.dumps([ids, hashes]))

    def write(self, folder: Path) -> Path:
        """Write one Parquet file a table into a folder, which is made; returns the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in self.tables.items():
            pq.write_table(table, folder / f"{name}.parquet")
        return folder

    @classmethod
    def read(cls, folder: Path) -> Batch:
        """Read what ``write`` wrote. Raises LoadFailed where a file is missing or has other columns."""
        tables = {}
        for name, schema in SCHEMAS.items():
            path = folder / f"{name}.parquet"
            try:
                tables[name] = pq.read_table(path).cast(schema)
            except (OSError, pa.ArrowException, ValueError) as fault:
                raise LoadFailed(f"{path} is no table of a batch", str(fault), "Read the documents again.") from fault
        return cls(**tables)

    def validate(self) -> None:
        """Hold every table against its model. Raises LoadFailed, naming table, column and the first values."""
        for name, table in self.tables.items():
            if table.num_rows == 0:
                continue
            try:
                _checks(name).validate(table.to_pandas(types_mapper=pd.ArrowDtype), lazy=True)
            except pandera.errors.SchemaErrors as fault:
                cases = fault.failure_cases[["column", "check", "failure_case"]].drop_duplicates().head(5)
                shown = "; ".join(f"{c.column}: {c.check} fails for {c.failure_case!r}" for c in cases.itertuples())
                raise LoadFailed(
                    f"The table {name} of a batch does not match its model", shown, "This is a fault of the program."
                ) from fault


@cache
def _checks(name: str) -> Any:
    """The checks of a model, less those of the columns that are filled in later."""
    schema = TABLES[MODELS[name]].to_schema()
    return schema.remove_columns([c for c in schema.columns if c not in SCHEMAS[name].names])


def _distinct(name: str, table: pa.Table) -> pa.Table:
    """The rows of a joined table with each identity once, the first one kept."""
    identity = IDENTITIES.get(name)
    if identity is None or table.num_rows == 0:
        return table
    first: dict[object, int] = {}
    for i, key in enumerate(table.column(identity).to_pylist()):
        first.setdefault(key, i)
    return table.take(pa.array(first.values(), pa.int64()))

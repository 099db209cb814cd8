"""What the warehouse knows that a flow asks for: documents read, what is to be read again, the state of a source."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from schemas.concepts import Synonyms
from schemas.corrections import Correction
from schemas.rules import RULES_VERSION
from warehouse.assessment import corrections_hash
from warehouse.connection import transaction
from warehouse.errors import WarehouseError
from warehouse.load import next_moment
from warehouse.run import Run


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that is booked already."""

    document_id: str
    document: str
    source: str
    extractor_version: str
    rules_version: str
    corrections_hash: str
    unreadable: str | None
    text_hash: str | None
    minhash: str | None
    published_on: date | None
    first_seen_at: datetime
    retracted_at: datetime | None


@dataclass(frozen=True, slots=True)
class RetrievalState:
    """The last attempt at an address (or file) of a source."""

    address: str
    outcome: str
    etag: str | None
    last_modified: str | None
    document_id: str | None
    attempted_at: datetime
    published_on: date | None


def known_documents(con: Any) -> dict[str, KnownDocument]:
    """All booked documents, by document_id."""
    names = ", ".join(KnownDocument.__slots__)
    return {row[0]: KnownDocument(*row) for row in con.execute(f"SELECT {names} FROM booked.documents").fetchall()}


def needs_reading(
    con: Any, document_ids: Iterable[str], extractor_version: str, corrections: Sequence[Correction] = ()
) -> list[str]:
    """Those of the documents, in their order, that are new or were read by other means.

    Other means are another extractor, other rules, or other entries of the corrections file. Retracted documents are
    left out.
    """
    known = known_documents(con)

    def stale(document_id: str) -> bool:
        book = known.get(document_id)
        if book is None:
            return True
        now = (extractor_version, RULES_VERSION)
        other_means = now != (book.extractor_version, book.rules_version) or _corrected_otherwise(book, corrections)
        return not book.retracted_at and other_means

    return [document_id for document_id in document_ids if stale(document_id)]


def needs_correcting(con: Any, document_ids: Iterable[str], corrections: Sequence[Correction]) -> list[str]:
    """Those of the documents, in their order, that were read with other entries of the corrections file than now."""
    known = known_documents(con)

    books = [known[document_id] for document_id in document_ids if document_id in known]
    return [b.document_id for b in books if not b.retracted_at and _corrected_otherwise(b, corrections)]


def _corrected_otherwise(book: KnownDocument, corrections: Sequence[Correction]) -> bool:
    return book.corrections_hash != corrections_hash(book.document_id, book.document, corrections)


def retrieval_state(con: Any, source: str) -> dict[str, RetrievalState]:
    """The last attempt at every address of a source; a file without an address goes by its name.

    ETag, Last-Modified and document are those of the last attempt that brought a document.
    """
    rows = con.execute(
        """
        SELECT coalesce(url, file_name, '') AS address, arg_max(outcome, attempted_at),
               arg_max(etag, attempted_at) FILTER (outcome = 'fetched'),
               arg_max(last_modified, attempted_at) FILTER (outcome = 'fetched'),
               arg_max(document_id, attempted_at) FILTER (document_id IS NOT NULL),
               max(attempted_at), max(published_on)
        FROM booked.retrievals WHERE source = ? GROUP BY address ORDER BY address
        """,
        [source],
    ).fetchall()
    return {row[0]: RetrievalState(*row) for row in rows}


def retract(run: Run, document_id: str, reason: str) -> int:
    """Withdraw a document: its figures are closed with cause RETRACTED; returns how many.

    The document and its history stay, and loading it again books nothing. Raises WarehouseError where it is unknown.
    """
    con = run.con
    with transaction(con):
        found = con.execute("SELECT 1 FROM booked.documents WHERE document_id = ?", [document_id]).fetchone()
        if not found:
            raise WarehouseError(
                "There is no such document", document_id, "SELECT document_id, document FROM documents lists them"
            )
        now = next_moment(con)
        closed = con.execute(
            "UPDATE booked.observations SET known_to = ?, closed_cause = 'RETRACTED'"
            " WHERE document_id = ? AND known_to IS NULL",
            [now, document_id],
        ).fetchone()[0]
        for table in ("relations", "findings", "quarantine"):
            con.execute(
                f"UPDATE booked.{table} SET known_to = ? WHERE document_id = ? AND known_to IS NULL",
                [now, document_id],
            )
        con.execute(
            "UPDATE booked.documents SET retracted_at = ?, retracted_reason = ?"
            " WHERE document_id = ? AND retracted_at IS NULL",
            [now, reason, document_id],
        )
    run.changed = run.changed or closed > 0
    return int(closed)


def read_indicators(path: Path) -> dict[str, str]:
    """The aliases of reference/indicators.csv with their canonical names. Raises WarehouseError for a bad file."""
    return {alias: name for alias, name in _pairs(path, "alias", "indicator", "table of indicators") if name}


def read_synonyms(path: Path) -> Synonyms:
    """The wordings of reference/synonyms.csv with their concepts. Raises WarehouseError for a bad file."""
    return Synonyms(dict(_pairs(path, "wording", "concept", "table of synonyms")))


def _pairs(path: Path, key: str, value: str, what: str) -> list[tuple[str, str]]:
    """Two columns of a table, rows without a key left out."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not {key, value} <= set(reader.fieldnames or ()):
            raise WarehouseError(
                f"{path} is no {what}",
                f"its columns are {', '.join(reader.fieldnames or ())}",
                f"Give it the columns {key} and {value}",
            )
        rows = [((row[key] or "").strip(), (row[value] or "").strip()) for row in reader]
    return [row for row in rows if row[0]]

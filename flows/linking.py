"""Reprints and re-issues: a new document that says what a known one says is linked to it when it is booked.

What two documents have in common is told from their fingerprints, which the warehouse keeps (``documents.minhash``):
the MinHash of the text, and its numerals with the letters before them. No document has to be read again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa

from flows.fetch.reprints import Link, ReprintIndex, ReprintText, link
from flows.fingerprints import read_fingerprint
from warehouse import Batch

_KNOWN = """
    SELECT d.document_id, d.minhash, d.title, d.place, d.issuer, d.published_on, d.reprint_of, d.supersedes,
           (SELECT mode(o.time_end) FROM booked.observations AS o
            WHERE o.document_id = d.document_id AND o.known_to IS NULL) AS period
    FROM booked.documents AS d WHERE d.minhash IS NOT NULL AND d.retracted_at IS NULL
"""


def _text_of(row: dict[str, Any], period: date | None) -> ReprintText:
    words, numerals = read_fingerprint(row["minhash"])
    day = row["published_on"]
    return ReprintText(
        document_id=row["document_id"],
        signature=words,
        title=row["title"],
        place=row["place"],
        published_on=day.isoformat() if day else None,
        issuer=row["issuer"],
        figures=numerals,
        period=period.isoformat() if period else None,
    )


class Linker:
    """The documents that are booked, ready to be compared with new ones; it learns each batch that it links."""

    def __init__(self, connection: Any) -> None:
        self._index = ReprintIndex()
        self._booked: dict[str, tuple[str | None, str | None]] = {}
        answer = connection.execute(_KNOWN)
        names = [column[0] for column in answer.description]
        for values in answer.fetchall():
            row = dict(zip(names, values, strict=True))
            self._index.add(_text_of(row, row["period"]))
            self._booked[row["document_id"]] = (row["reprint_of"], row["supersedes"])

    def linked(self, batch: Batch) -> Batch:
        """``batch`` with ``reprint_of`` and ``supersedes`` of its documents filled in.

        A document that is booked already keeps the links that it has: else it would be linked with its own reprints.
        """
        rows = batch.documents.to_pylist()
        periods = _periods(batch)
        links: dict[str, tuple[str | None, str | None]] = {}
        for row in sorted(rows, key=lambda r: (str(r["published_on"] or ""), r["first_seen_at"], r["document_id"])):
            key = row["document_id"]
            if key in self._booked:
                links[key] = self._booked[key]
            elif row["minhash"]:
                links[key] = self._link(_text_of(row, periods.get(key)))
        return _with_links(batch, links)

    def _link(self, text: ReprintText) -> tuple[str | None, str | None]:
        found = link(text, self._index.candidates(text))
        self._index.add(text)
        return _columns(found)


def _columns(found: Link | None) -> tuple[str | None, str | None]:
    """The link as the columns ``reprint_of`` and ``supersedes``."""
    if found is None:
        return None, None
    return (found.document_id, None) if found.kind == "reprint" else (None, found.document_id)


def _periods(batch: Batch) -> dict[str, date]:
    """The end of the period that most figures of each document are about."""
    ends: dict[str, Counter[date]] = {}
    columns = (batch.observations.column(name).to_pylist() for name in ("document_id", "time_end"))
    for key, end in zip(*columns, strict=True):
        if end is not None:
            ends.setdefault(key, Counter())[end] += 1
    return {key: min(counts, key=lambda end: (-counts[end], end)) for key, counts in ends.items()}


def _with_links(batch: Batch, links: dict[str, tuple[str | None, str | None]]) -> Batch:
    table = batch.documents
    keys = table.column("document_id").to_pylist()
    pairs = [links.get(str(key), (None, None)) for key in keys]
    for name, position in (("reprint_of", 0), ("supersedes", 1)):
        column = pa.array([pair[position] for pair in pairs], pa.string())
        table = table.set_column(table.schema.get_field_index(name), table.schema.field(name), column)
    return replace(batch, documents=table)

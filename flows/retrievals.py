"""Attempts to fetch, as rows of the warehouse and back: what the next night knows of the last ones.

The warehouse has a column for what an analyst asks for. What only fetching itself needs (the kind of the attempt, how
many reports a list showed, the seconds, the outcome in fetching's own words) is kept beside the message, as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from flows.fetch import Attempt, FetchState
from schemas.facts import RetrievalFact

_OUTCOMES = {"not_modified": "unchanged", "duplicate": "unchanged"}  # in the words of the warehouse; others are equal
_DETAILS = ("kind", "found", "seconds", "message")


def retrieval_of(attempt: Attempt) -> RetrievalFact:
    """The fact that the warehouse books of an attempt."""
    row = attempt.as_row()
    detail = {name: row[name] for name in _DETAILS if row[name] not in (None, "")}
    return RetrievalFact(
        source=attempt.source,
        attempted_at=attempt.started_at,
        outcome=_OUTCOMES.get(attempt.outcome, attempt.outcome),
        url=attempt.url,
        file_name=PurePosixPath(unquote(urlsplit(attempt.url).path)).name or None,
        document_id=attempt.sha256,
        status_code=attempt.status,
        etag=attempt.etag,
        last_modified=attempt.last_modified,
        bytes=attempt.bytes,
        published_on=attempt.issue_day,
        detail=json.dumps(detail | {"outcome": attempt.outcome}, ensure_ascii=False),
    )


def attempt_row(retrieval: Mapping[str, Any]) -> dict[str, Any]:
    """The row that ``FetchState.from_rows`` reads, from a row of ``retrievals``."""
    detail = json.loads(retrieval["detail"] or "{}")
    return {
        "kind": "document",
        "outcome": retrieval["outcome"],
        **detail,
        "source": retrieval["source"],
        "url": retrieval["url"] or "",
        "started_at": retrieval["attempted_at"].replace(tzinfo=UTC),
        "sha256": retrieval["document_id"],
        "status": retrieval["status_code"],
        "etag": retrieval["etag"],
        "last_modified": retrieval["last_modified"],
        "bytes": retrieval["bytes"],
        "issue_day": retrieval["published_on"],
    }


def state_of(connection: Any, known_hashes: list[str]) -> FetchState:
    """What earlier nights fetched, from ``retrievals`` of an open warehouse; ``known_hashes`` are those archived."""
    answer = connection.execute("SELECT * FROM retrievals")
    names = [column[0] for column in answer.description]
    rows = (attempt_row(dict(zip(names, row, strict=True))) for row in answer.fetchall())
    return FetchState.from_rows(rows, known_hashes=known_hashes)

"""What follows from all facts together: labels, parts, reprints, revisions by the source, cumulative series that fall.

All of it is derived from what is booked and from nothing else, so that the order of arrival does not matter, and it
can be made anew at any time. It is done once a run, before the result is published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from schemas.concepts import Synonyms
from schemas.ddl import arrow_schema, arrow_table
from schemas.identity import digest
from schemas.rules import REGISTRY
from schemas.tables import TABLES
from warehouse.connection import Unchanged, transaction
from warehouse.labels import relabel
from warehouse.load import next_moment
from warehouse.partitions import Partition, find_parts


def settle(
    con: Any,
    run_id: str,
    indicators: Mapping[str, str] | None = None,
    partitions: Sequence[Partition] | None = None,
    synonyms: Synonyms | None = None,
) -> bool:
    """Derive what is derived, in one transaction; returns whether anything came out differently.

    ``indicators`` maps aliases to canonical names, ``synonyms`` are the wordings of one concept, ``partitions`` says
    which words divide a whole; None leaves the labels, or the parts of series, as they are.
    """
    with transaction(con):
        wordings, changed = synonyms or Synonyms({}), 0
        if indicators is not None or synonyms is not None:
            changed += relabel(con, indicators or {}, wordings)
        if partitions is not None:
            changed += find_parts(con, partitions, wordings)
        changed += _group_reprints(con)
        changed += _find_source_revisions(con)
        changed += _find_falls(con, run_id, next_moment(con))
        if not changed:
            raise Unchanged
    return changed > 0


def _group_reprints(con: Any) -> int:
    """Put documents with the same text into one group, named by its smallest document_id."""
    links = con.execute(
        "SELECT d.document_id, d.reprint_of FROM booked.documents AS d"
        " JOIN booked.documents AS o ON o.document_id = d.reprint_of"
    ).fetchall()
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for one, other in links:
        a, b = sorted((root(one), root(other)))
        parent[b] = a
    names = list(parent)
    con.register("groups", arrow_table(((name, root(name)) for name in names), _GROUPS))
    changed = con.execute(
        "UPDATE booked.documents AS d SET reprint_group = w.wanted FROM ("
        " SELECT document_id, coalesce(g.reprint_group, document_id) AS wanted"
        " FROM booked.documents LEFT JOIN groups AS g USING (document_id)) AS w"
        " WHERE w.document_id = d.document_id AND d.reprint_group <> w.wanted"
    ).fetchone()[0]
    con.unregister("groups")
    return int(changed)


_GROUPS = pa.schema([("document_id", pa.string()), ("reprint_group", pa.string())])

_CHAINED = """
CREATE OR REPLACE TEMP TABLE found_revisions AS
SELECT chain[i].id AS new_observation_id, chain[i - 1].id AS old_observation_id
FROM (SELECT chain, unnest(range(2, len(chain) + 1)) AS i
      FROM booked.vintages(NULL::DATE, TIMESTAMP 'infinity') WHERE len(chain) > 1)
"""


def _find_source_revisions(con: Any) -> int:
    """Where a later publication contradicts an earlier one."""
    con.execute(_CHAINED)
    gone = con.execute(
        "DELETE FROM booked.source_revisions WHERE (new_observation_id, old_observation_id) NOT IN"
        " (SELECT (new_observation_id, old_observation_id) FROM found_revisions)"
    ).fetchone()[0]
    come = con.execute(
        "INSERT INTO booked.source_revisions BY NAME SELECT * FROM found_revisions AS f"
        " ANTI JOIN booked.source_revisions AS b ON b.new_observation_id = f.new_observation_id"
    ).fetchone()[0]
    con.execute("DROP TABLE found_revisions")
    return int(gone + come)


_FALLS = """
WITH totals AS (
    SELECT series_id, indicator, place, document_id, document, observation_id, text, unit_measure, time_end,
           value_low, value_high, obs_value,
           lag({'id': observation_id, 'text': text, 'unit': unit_measure, 'time_end': time_end,
                'document': document, 'low': value_low}) OVER (
               PARTITION BY series_id, CASE WHEN time_start = time_end THEN NULL ELSE time_start END
               ORDER BY time_end, time_start) AS earlier
    FROM latest
    WHERE modality = 'actual' AND measure IN ('count', 'money', 'amount') AND time_end IS NOT NULL
      AND (contains(indicator_stated, '累计') OR contains(indicator_stated, '累計'))
)
SELECT document_id, document, indicator, place, observation_id, text, unit_measure, time_end, earlier
FROM totals
WHERE earlier.low > value_high
ORDER BY document_id, observation_id
"""


def _printed(text: str, unit: str) -> str:
    joined = "".join(text.split())
    return joined if joined.endswith(unit) else joined + unit


def _find_falls(con: Any, run_id: str, now: datetime) -> int:
    """Findings of cumulative-falls: those that are new are opened, those that do not hold any more are closed."""
    rule = REGISTRY["cumulative-falls"]
    rows = []
    for document_id, document, indicator, place, observation, text, unit, time_end, earlier in con.execute(
        _FALLS
    ).fetchall():
        message = (
            f"{indicator} ({place or 'no place'}) falls from {_printed(earlier['text'], earlier['unit'])} on "
            f"{earlier['time_end']} ({earlier['document']}) to {_printed(text, unit)} on {time_end} ({document}): "
            "a cumulative series does not fall, so one of the two may be revised."
        )
        row = (rule.rule_id, rule.ess_level, rule.severity, document_id, [earlier["id"], observation], message)
        rows.append((digest("finding", *row), *row, run_id, now, None))
    con.register("falls", arrow_table(rows, _FINDINGS))
    closed = con.execute(
        f"UPDATE booked.findings SET known_to = $now WHERE known_to IS NULL AND rule_id = '{rule.rule_id}'"
        " AND finding_id NOT IN (SELECT finding_id FROM falls)",
        {"now": now},
    ).fetchone()[0]
    opened = con.execute(
        "INSERT INTO booked.findings BY NAME SELECT n.* FROM falls AS n ANTI JOIN"
        " (SELECT finding_id FROM booked.findings WHERE known_to IS NULL) AS b ON b.finding_id = n.finding_id"
    ).fetchone()[0]
    con.unregister("falls")
    return int(closed + opened)


_FINDINGS = arrow_schema(TABLES["findings"])

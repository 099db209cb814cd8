"""The public views: what a row is, and their columns in order, for the comments and the data dictionary.

A column that a table has too is described there. The statements are in warehouse/views; a test holds the columns and
types that they give against this list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.ddl import columns, literal
from schemas.tables import TABLES

MONEY_OR_COUNT = "DECIMAL(38,10)"


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column of a public view."""

    name: str
    sql_type: str
    comment: str


@dataclass(frozen=True, slots=True)
class PublicView:
    """A public view: ``names`` are its columns; those that ``own`` does not describe are those of ``tables``."""

    summary: str
    tables: tuple[str, ...]
    names: tuple[str, ...]
    own: dict[str, tuple[str, str]]

    def columns(self) -> list[ViewColumn]:
        """The columns, with type and comment. Raises KeyError for one that is described nowhere."""
        known = {c.name: (c.sql_type, c.comment) for table in reversed(self.tables) for c in columns(TABLES[table])}
        return [ViewColumn(name, *(self.own[name] if name in self.own else known[name])) for name in self.names]


_COMMON = {
    "document": ("VARCHAR", "Name of the report file."),
    "series_id": (
        "VARCHAR",
        "The series: indicator, place, unit, kind, result or target, and issuer, without the period.",
    ),
    "indicator": (
        "VARCHAR",
        "What is measured: the name in reference/indicators.csv, else the commonest normalized wording of it.",
    ),
}

_OBSERVATION = (
    *("observation_id", "document_id", "document", "page", "char_start", "char_end", "text", "quote", "series_id"),
    *("indicator", "indicator_stated", "ref_area", "place", "place_basis", "time_start", "time_end", "time_basis"),
    *("obs_value", "obs_value_high", "value_low", "value_high", "low_closed", "high_closed", "unit_measure"),
    *("decimals", "qualifier", "measure", "modality", "obs_status", "issuer", "published_on", "known_from"),
    *("known_to", "cause", "closed_cause", "corrected_from", "correction_reason", "role", "series_key"),
)

VIEWS: dict[str, PublicView] = {
    "documents": PublicView(
        "A report file, by checksum.",
        ("documents",),
        (
            *("document_id", "document", "source", "url", "media_type", "title", "issuer", "place", "ref_area"),
            *("published_on", "published_on_basis", "first_seen_at", "bytes", "encoding", "pages", "unreadable"),
            *("text_hash", "minhash", "reprint_group", "supersedes", "extractor_version", "rules_version"),
            *("known_from", "retracted_at", "retracted_reason"),
        ),
        {},
    ),
    "observations": PublicView(
        "An accepted figure, in every vintage.", ("observations", "documents"), _OBSERVATION, _COMMON
    ),
    "latest": PublicView(
        "A series and period, in its newest vintage by publication.",
        ("observations", "documents"),
        _OBSERVATION,
        _COMMON,
    ),
    "trend": PublicView(
        "A series and period as in latest, or a total that a report leaves to the reader, with the difference to the"
        " period of the same frequency before it.",
        ("observations",),
        (
            *("series_id", "indicator", "ref_area", "place", "time_start", "time_end", "frequency", "obs_value"),
            *("unit_measure", "measure", "modality", "qualifier", "document", "published_on", "observation_id"),
            *("parts", "previous_value", "delta", "delta_pct"),
        ),
        _COMMON
        | {
            "observation_id": ("VARCHAR", "The figure; NULL for a total that the report does not print."),
            "parts": (
                "VARCHAR[]",
                "Figures of the report that add up to a total it does not print (observation_id): all of them, or,"
                " where qualifier is at_least, those that are not left out as zero; NULL for a figure.",
            ),
            "frequency": ("VARCHAR", "SDMX CL_FREQ of the period: D, W, M, Q, S, A, or _O for any other length."),
            "previous_value": (MONEY_OR_COUNT, "The value of the period before. Unit: unit_measure."),
            "delta": (MONEY_OR_COUNT, "obs_value less previous_value. Unit: unit_measure."),
            "delta_pct": ("DECIMAL(38,4)", "delta in per cent of the size of previous_value, rounded. Unit: %."),
        },
    ),
    "completion": PublicView(
        "A stated rate with its counts, also where a figure waits in quarantine.",
        ("observations", "relations"),
        (
            *("document", "place", "time_end", "indicator", "total", "done", "unit_measure", "stated_rate"),
            *("computed_rate", "rate_unit", "rate_indicator", "consistent", "published_on", "document_id"),
            "relation_id",
        ),
        _COMMON
        | {
            "total": (MONEY_OR_COUNT, "The denominator. Unit: unit_measure."),
            "done": (MONEY_OR_COUNT, "The numerator. Unit: unit_measure."),
            "stated_rate": (MONEY_OR_COUNT, "The rate that the text states. Unit: rate_unit."),
            "computed_rate": (MONEY_OR_COUNT, "done / total. Unit: rate_unit."),
            "rate_unit": ("VARCHAR", "Unit of both rates: %, ‰ …"),
            "rate_indicator": (
                "VARCHAR",
                "What the rate is named: 实事办结率, a completion; 税收收入占…比重, a share.",
            ),
            "consistent": ("BOOLEAN", "Whether the stated rate follows from the counts, rounded half-up or cut."),
        },
    ),
    "relations": PublicView(
        "A stated or guessed relation of figures; members by observation_id.",
        ("relations",),
        (
            *("relation_id", "relation", "document", "document_id", "numerator", "denominator", "rate", "total"),
            *("parts", "complete", "now", "change", "before", "stated", "consistent", "computed"),
        ),
        _COMMON
        | {
            name: ("VARCHAR", f"Figure that is the {name} (observation_id).")
            for name in ("numerator", "denominator", "rate", "total", "change")
        }
        | {
            "parts": ("VARCHAR[]", "Figures that are the parts, in the order of the text (observation_id)."),
            "now": ("VARCHAR", "Figure that is the level now (observation_id)."),
            "before": ("VARCHAR", "Figure that is the earlier level, or the first statement (observation_id)."),
        },
    ),
    "findings": PublicView(
        "A rule that spoke, and has not fallen silent since.",
        ("findings",),
        (
            *("finding_id", "rule_id", "ess_level", "severity", "document", "document_id", "observation_ids"),
            *("message", "run_id", "known_from"),
        ),
        _COMMON,
    ),
    "quarantine": PublicView(
        "What was not booked, and why.",
        ("quarantine",),
        (
            *("quarantine_id", "document", "document_id", "observation_id", "char_start", "char_end", "text", "quote"),
            *("indicator", "place", "time_end", "obs_value", "unit_measure", "rule_id", "reason", "state"),
            *("opened_at", "closed_at", "run_id"),
        ),
        {
            "document": _COMMON["document"],
            "state": ("VARCHAR", "open while it waits; released when it passed later, or is not read any more."),
            "opened_at": ("TIMESTAMP", "When it was put here (UTC)."),
            "closed_at": ("TIMESTAMP", "When it left (UTC); NULL while it waits."),
        },
    ),
    "revisions": PublicView(
        "A value that changed: in a later publication, or in our own reading of the same one.",
        ("observations",),
        (
            *("series_id", "indicator", "place", "time_start", "time_end", "unit_measure", "old_value", "new_value"),
            *("cause", "documents", "revised_on", "old_observation_id", "new_observation_id"),
        ),
        _COMMON
        | {
            "old_value": (MONEY_OR_COUNT, "The value before. Unit: unit_measure."),
            "new_value": (MONEY_OR_COUNT, "The value since; NULL where none took its place. Unit: unit_measure."),
            "cause": (
                "VARCHAR",
                "Why it changed: SOURCE_REVISED, EXTRACTOR_CHANGED, RULE_CHANGED, CORRECTION, RETRACTED.",
            ),
            "documents": ("VARCHAR[]", "Names of the report files, the old one first."),
            "revised_on": ("DATE", "Day of the later publication, or day (UTC) on which we booked the change."),
            "old_observation_id": ("VARCHAR", "The figure before."),
            "new_observation_id": ("VARCHAR", "The figure since; NULL where none took its place."),
        },
    ),
    "ledger": PublicView(
        "A numeral of a text: every one, with its class and the reason.",
        ("ledger",),
        ("document", "document_id", "char_start", "char_end", "text", "value", "value_high", "unit", "class", "reason"),
        {
            "document": _COMMON["document"],
            "class": ("VARCHAR", "figure, component, date, time, ordinal, code, title …"),
        },
    ),
    "runs": PublicView(
        "A run of the flow.",
        ("runs",),
        (
            *("run_id", "flow", "started_at", "ended_at", "status", "fetched", "read", "accepted", "quarantined"),
            *("extractor_version", "rules_version"),
        ),
        {},
    ),
    "retrievals": PublicView(
        "An attempt to fetch a report, failures included.",
        ("retrievals",),
        (
            *("retrieval_id", "run_id", "source", "url", "file_name", "document_id", "attempted_at", "outcome"),
            *("status_code", "etag", "last_modified", "bytes", "published_on", "detail"),
        ),
        {},
    ),
    "series": PublicView(
        "A series, with the number and span of its periods.",
        ("series_labels",),
        (
            *("series_id", "indicator", "ref_area", "place", "unit_measure", "measure", "modality", "issuer"),
            *("periods", "first_time_end", "last_time_end"),
        ),
        {
            "periods": ("BIGINT", "Number of periods in latest. Unit: periods."),
            "first_time_end": ("DATE", "End of the earliest period."),
            "last_time_end": ("DATE", "End of the latest period."),
        },
    ),
}

MACROS: dict[str, tuple[str, str]] = {
    "as_published_on": (
        "day",
        "latest, from what had been published by the end of that day; what we corrected since is corrected.",
    ),
    "as_known_on": ("day", "latest, from what we had booked by the end of that day (UTC), as we then read it."),
}
"""The table macros: parameter and what they give; their columns are those of latest."""


def comment_statements() -> Iterator[str]:
    """COMMENT ON for every public view, its columns, and the macros."""
    for name, view in VIEWS.items():
        yield f"COMMENT ON VIEW {name} IS {literal(view.summary)};"
        for column in view.columns():
            yield f"COMMENT ON COLUMN {name}.{column.name} IS {literal(column.comment)};"
    for name, (_, summary) in MACROS.items():
        yield f"COMMENT ON MACRO TABLE {name} IS {literal(summary)};"

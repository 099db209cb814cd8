"""From facts to rows: correct what is known to be wrong, run the rules, split accepted from quarantined.

Pure, and without a database: it runs wherever the documents are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field
from datetime import UTC, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

from schemas import corrections as known_errors
from schemas import rules
from schemas.codes import DECIMAL_SCALE, MEASURES, OUTCOMES, PUBLISHED_ON_BASES
from schemas.corrections import Correction
from schemas.facts import DocumentFacts, FigureFact, LedgerFact, RelationFact, RetrievalFact
from schemas.identity import digest, normal_form, series_key
from schemas.rules import Finding, Parse, View
from schemas.rules.form import fits
from schemas.rules.model import day, interval_of

Row = dict[str, Any]
_STEP = Decimal(1).scaleb(-DECIMAL_SCALE)


@dataclass(frozen=True)
class Assessed:
    """The rows of one document, table by table; times and run are filled in when they are booked."""

    document: Row
    accepted: list[Row] = field(default_factory=list)
    series: list[Row] = field(default_factory=list)
    relations: list[Row] = field(default_factory=list)
    members: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    quarantined: list[Row] = field(default_factory=list)
    ledger: list[Row] = field(default_factory=list)


def assess(document: DocumentFacts, *, parse: Parse, corrections: Sequence[Correction] = ()) -> Assessed:
    """Check a document and make its rows.

    ``parse`` reads a numeral of the text again. Figures with an error finding come out in ``quarantined``, the others
    in ``accepted``. Nothing in the facts makes it raise.
    """
    if document.unreadable is not None:
        return _unreadable(document, corrections)
    document, findings = known_errors.apply(document, corrections)
    findings += [Finding("reading", 0, "info", note, ()) for note in document.notes]
    findings += rules.check(document, parse)
    failed: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.severity == "error":
            for start in finding.starts:
                failed.setdefault(start, []).append(finding)
    result = Assessed(document={})
    ids: dict[int, str] = {}
    for figure in document.figures:
        if figure.start in failed:
            row = _quarantine_row(document, figure, failed[figure.start])
            result.quarantined.append(row)
        else:
            row, labels = _observation_row(document, figure)
            result.accepted.append(row)
            result.series.append(labels)
        ids.setdefault(figure.start, row["observation_id"])
    malformed = {start for finding in findings if finding.rule_id == "well-formed" for start in finding.starts}
    _relate(document, View(document, parse).without(malformed), ids, result)
    result.findings.extend(_finding_row(document, finding, ids) for finding in findings)
    result.ledger.extend(_ledger_row(document, numeral) for numeral in document.ledger)
    result.document.update(_document_row(document, result.ledger, corrections))
    return result


def _unreadable(document: DocumentFacts, corrections: Sequence[Correction]) -> Assessed:
    """The rows of a file that no reader could open: the document itself, a finding, and its place in quarantine."""
    reason = document.unreadable or "The file could not be read."
    finding = Finding("unreadable", 0, "error", reason, ())
    row = dict.fromkeys(
        ("observation_id", "char_start", "char_end", "text", "quote", "indicator", "place", "time_end", "obs_value")
    )
    row |= {"unit_measure": None, "measure": None, "document_id": document.document_id, "rule_id": finding.rule_id}
    row |= {"reason": reason, "quarantine_id": digest("quarantine", document.document_id, None, reason)}
    return Assessed(
        _document_row(document, [], corrections), findings=[_finding_row(document, finding, {})], quarantined=[row]
    )


def utc(moment: datetime) -> datetime:
    """A moment as naive UTC, which is how the warehouse keeps its times."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def corrections_hash(document_id: str, document: str, corrections: Sequence[Correction]) -> str:
    """The hash of the corrections that name a document, by its checksum or its file name; empty where none does."""
    named = [c for c in corrections if c.document in (document_id, document)]
    return digest("corrections", *(cell for c in named for cell in astuple(c))) if named else ""


def _document_row(document: DocumentFacts, ledger: Iterable[Row], corrections: Sequence[Correction] = ()) -> Row:
    basis = document.published_on_basis if document.published_on_basis in PUBLISHED_ON_BASES else None
    row: Row = {
        name: getattr(document, name)
        for name in ("document_id", "document", "source", "url", "media_type", "title", "issuer", "place", "ref_area")
    }
    row |= {"published_on": document.published_on, "published_on_basis": basis}
    row |= {name: getattr(document, name) for name in ("bytes", "encoding", "pages", "unreadable")}
    row |= {name: getattr(document, name) for name in ("text_hash", "minhash", "reprint_of", "supersedes")}
    row |= {"extractor_version": document.extractor_version, "rules_version": rules.RULES_VERSION}
    row["corrections_hash"] = corrections_hash(document.document_id, document.document, corrections)
    row["ledger_hash"] = digest("ledger", *(value for numeral in ledger for value in numeral.values()))
    row["content_hash"] = digest("document", *row.values())
    return row | {"first_seen_at": utc(document.first_seen_at)}


def _bound(number: Fraction | None, rounding: str) -> Decimal | None:
    """A bound as an exact decimal; one that has none (a tenth of a third) is rounded outwards."""
    if number is None:
        return None
    with localcontext() as context:
        context.prec = 60
        context.rounding = rounding
        value = (Decimal(number.numerator) / Decimal(number.denominator)).quantize(_STEP)
    return value if fits(value) else None


def _figure_content(document: DocumentFacts, figure: FigureFact) -> Row:
    """The columns of a figure that its identity is made of."""
    interval = interval_of(figure)
    low, high = _bound(interval.low, ROUND_FLOOR), _bound(interval.high, ROUND_CEILING)
    row: Row = {"document_id": document.document_id, "page": figure.page}
    row |= {"char_start": figure.start, "char_end": figure.end, "text": figure.text, "quote": figure.quote}
    row |= {"role": figure.role, "indicator_stated": figure.indicator, "ref_area": figure.ref_area}
    row |= {"place": figure.place, "place_basis": figure.place_basis}
    row |= {"time_start": day(figure.time_start), "time_end": day(figure.time_end), "time_basis": figure.time_basis}
    row |= {"obs_value": figure.value, "obs_value_high": figure.value_high, "value_low": low, "value_high": high}
    row |= {"low_closed": interval.low_closed and low is not None}
    row |= {"high_closed": interval.high_closed and high is not None}
    row |= {"unit_measure": figure.unit, "decimals": figure.decimals, "qualifier": figure.qualifier}
    row |= {"measure": figure.measure, "modality": figure.modality, "obs_status": figure.obs_status}
    row |= {"corrected_from": figure.corrected_from, "correction_reason": figure.correction_reason}
    return row | {"published_on": document.published_on}


def _observation_row(document: DocumentFacts, figure: FigureFact) -> tuple[Row, Row]:
    """An accepted figure, and the labels of the series that it belongs to."""
    row, words = _figure_content(document, figure), normal_form(figure.indicator)
    what = (words, figure.ref_area, figure.place, figure.unit, figure.measure, figure.modality, document.issuer)
    row["series_key"] = series_key(*what)
    row["observation_id"] = digest("observation", *row.values())
    names = ("words", "ref_area", "place", "unit_measure", "measure", "modality", "issuer")
    return row, {"series_key": row["series_key"], **dict(zip(names, what, strict=True))}


def _quarantine_row(document: DocumentFacts, figure: FigureFact, findings: Sequence[Finding]) -> Row:
    """A figure that failed, with the first rule that it failed and all the reasons."""
    reason = " ".join(dict.fromkeys(finding.message for finding in findings))
    content = (document.document_id, figure.start, figure.end, figure.text, figure.value, figure.indicator)
    row: Row = {"document_id": document.document_id, "observation_id": digest("quarantined", *content)}
    row |= {"char_start": max(figure.start, 0), "char_end": max(figure.end, 0), "text": figure.text}
    row |= {"quote": figure.quote, "indicator": figure.indicator, "place": figure.place}
    row |= {"time_end": day(figure.time_end), "obs_value": figure.value if fits(figure.value) else None}
    row |= {"unit_measure": figure.unit, "measure": figure.measure if figure.measure in MEASURES else None}
    row |= {"rule_id": findings[0].rule_id, "reason": reason}
    return row | {"quarantine_id": digest("quarantine", *row.values())}


def _relate(document: DocumentFacts, view: View, ids: dict[int, str], result: Assessed) -> None:
    """The relations of a document whose members are all among its figures, with their verdicts."""
    for relation in document.relations:
        members = [(part, ids[start]) for part, start in relation.members() if start in ids]
        if len(members) < 2 or len(members) != len(relation.members()):
            continue
        row = _relation_row(document, relation, view, members)
        if any(row["relation_id"] == other["relation_id"] for other in result.relations):
            continue
        result.relations.append(row)
        result.members.extend(
            {"relation_id": row["relation_id"], "position": i, "member": part, "observation_id": observation}
            for i, (part, observation) in enumerate(members)
        )


def _relation_row(
    document: DocumentFacts, relation: RelationFact, view: View, members: Sequence[tuple[str, str]]
) -> Row:
    verdict = rules.judge(relation, view)
    computed = None
    if verdict.computed is not None:
        with localcontext() as context:
            context.prec, context.rounding = 60, ROUND_HALF_UP
            computed = (Decimal(verdict.computed.numerator) / verdict.computed.denominator).quantize(_STEP)
    row: Row = {"document_id": document.document_id, "relation": relation.relation, "complete": relation.complete}
    row |= {"stated": relation.stated, "consistent": verdict.consistent}
    row["computed"] = computed if fits(computed) else None
    row["relation_id"] = digest("relation", *row.values(), *(cell for member in members for cell in member))
    return row


def _finding_row(document: DocumentFacts, finding: Finding, ids: dict[int, str]) -> Row:
    observations = [ids[start] for start in finding.starts if start in ids]
    row: Row = {"rule_id": finding.rule_id, "ess_level": finding.ess_level, "severity": finding.severity}
    row |= {"document_id": document.document_id, "message": finding.message, "observation_ids": observations}
    return row | {"finding_id": digest("finding", *row.values())}


def _ledger_row(document: DocumentFacts, numeral: LedgerFact) -> Row:
    row: Row = {"document_id": document.document_id, "char_start": numeral.start, "char_end": numeral.end}
    row |= {"text": numeral.text, "value": numeral.value if fits(numeral.value) else None}
    row |= {"value_high": numeral.value_high if fits(numeral.value_high) else None, "unit": numeral.unit}
    return row | {"numeral_class": numeral.numeral_class, "reason": numeral.reason}


def retrieval_row(retrieval: RetrievalFact) -> Row:
    """An attempt to fetch, as a row. An outcome that the table does not know is booked as failed, and says so."""
    known = retrieval.outcome in OUTCOMES
    names = ("source", "url", "file_name", "document_id", "status_code", "etag", "last_modified", "bytes")
    row: Row = {name: getattr(retrieval, name) for name in names}
    row |= {"published_on": retrieval.published_on, "attempted_at": utc(retrieval.attempted_at)}
    row["outcome"] = retrieval.outcome if known else "failed"
    row["detail"] = retrieval.detail if known else f"{retrieval.outcome}: {retrieval.detail or ''}".rstrip(": ")
    what = (row["source"], row["url"], row["file_name"], row["attempted_at"])
    return row | {"retrieval_id": digest("retrieval", *what)}

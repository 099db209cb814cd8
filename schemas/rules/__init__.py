"""The validation rules, in one register.

``check`` runs every rule over one document. A rule never changes a value; only a relation that the text itself
states may raise an error; a figure with an error goes to quarantine. docs/rules.md is written from this register by
``python -m schemas.rules.page --write``.
"""

from __future__ import annotations

from pathlib import Path

from schemas.facts import DocumentFacts, RelationFact
from schemas.identity import digest
from schemas.rules import changes, form, rates, repeats, sums, times
from schemas.rules.model import ESS_LEVELS, Finding, Parse, Problem, Rule, Verdict, View, interval_of, printed

__all__ = [
    "ESS_LEVELS",
    "REGISTRY",
    "RULES_VERSION",
    "Finding",
    "Parse",
    "Problem",
    "Rule",
    "Verdict",
    "View",
    "check",
    "interval_of",
    "judge",
    "printed",
]


def _checksum() -> str:
    """A checksum of the code that judges: the rules, the arithmetic, and the identities."""
    here = Path(__file__).parent
    judging = [*sorted(here.glob("*.py")), here.parent / "intervals.py", here.parent / "identity.py"]
    return digest(*(path.read_text(encoding="utf-8") for path in judging))[:12]


RULES_VERSION = _checksum()
"""Changes whenever a rule may judge otherwise: documents are then checked again, with cause RULE_CHANGED."""

_RULES = (
    Rule(
        "unreadable",
        "The file can be read",
        0,
        "error",
        "No reader could turn the file into text. The whole file waits in quarantine, with the reason.",
    ),
    Rule(
        "reading",
        "Reading needed no repair",
        0,
        "info",
        "What normalization repaired, or found in conflict, when it read the file and its metadata.",
    ),
    Rule(
        "correction-applied",
        "A known source error was corrected",
        0,
        "info",
        "An entry of the corrections file put another value in the place of the printed one.",
    ),
    Rule(
        "correction-expired",
        "An entry of the corrections file still finds the value it expects",
        0,
        "warning",
        "The value that the entry expects is no longer there: the source was mended, or the entry is wrong.",
    ),
    Rule(
        "well-formed",
        "The figure is well formed",
        0,
        "error",
        "Codes, span, period and value are as the tables need them; the value fits its column without rounding.",
        form.well_formed,
    ),
    Rule(
        "span-re-reads",
        "The span reads as the value",
        0,
        "error",
        "parse(text[start:end]) == value, where the head of a table may multiply its cells by 百, 千, 万 … 万亿.",
        form.span_re_reads,
    ),
    Rule(
        "rate-of-counts",
        "A stated rate is done / total",
        1,
        "error",
        "The interval of done / total meets that of the rate, which may be rounded half-up or cut off.",
        rates.rate_of_counts,
    ),
    Rule(
        "done-within-total",
        "No more is done than there is",
        1,
        "error",
        "done ≤ total for counts in one unit, unless the text itself states a rate above 100 %.",
        rates.done_within_total,
    ),
    Rule(
        "parts-of-total",
        "Parts make their total",
        1,
        "error",
        "A complete list of parts can make the total, within the sum of their intervals; no part passes its total.",
        sums.parts_of_total,
    ),
    Rule(
        "parts-exceed-total",
        "Some parts are together no more than their total",
        1,
        "warning",
        "An incomplete list of parts passes the total: parts overlap, or one of them is wrong.",
        sums.parts_exceed_total,
    ),
    Rule(
        "change-of-levels",
        "A stated change follows from both levels",
        1,
        "error",
        "now - before meets the change in units or points, (now / before - 1) the change in %. Growth at constant "
        "prices or of another scope (可比, 不变价, 同口径 …) only informs.",
        changes.change_of_levels,
    ),
    Rule(
        "restated-alike",
        "The same thing stated twice is the same",
        1,
        "error",
        "Two statements of one thing in a report (title and body) have intervals that meet.",
        changes.restated_alike,
    ),
    Rule(
        "stated-once",
        "What bears one name, place and period in a report is one number",
        1,
        "info",
        "Figures of one name, place, unit and period have intervals that meet. Else the text contradicts itself, or "
        "the name that was read does not tell them apart; the first one in the body stands in `latest`.",
        repeats.stated_once,
    ),
    Rule(
        "share-in-range",
        "A share lies between 0 and the whole",
        1,
        "error",
        "0 ≤ rate ≤ 100 % (1000 ‰), unless the sentence measures against a plan, a budget or another level.",
        rates.share_in_range,
    ),
    Rule(
        "date-after-publication",
        "A result is not about the future",
        1,
        "error",
        "The period of a result starts on or before the day of publication. A period that is not over yet, and a day "
        "of publication that is only assumed, give a warning.",
        times.date_after_publication,
    ),
    Rule(
        "cumulative-falls",
        "A cumulative series does not fall",
        2,
        "warning",
        "A series of 累计 values is lower than at an earlier day: a candidate for a revision. Nothing is clamped. The "
        "rule runs over the whole warehouse before it is published.",
    ),
)

REGISTRY: dict[str, Rule] = {rule.rule_id: rule for rule in _RULES}

_JUDGES = {
    "rate": rates.judge_rate,
    "sum": sums.judge_sum,
    "change": changes.judge_change,
    "restatement": changes.judge_restatement,
}


def check(document: DocumentFacts, parse: Parse) -> list[Finding]:
    """Everything that the rules find in a document, form first.

    A figure that is not well formed takes no part in arithmetic: it is taken out before the other rules look.
    """
    view = View(document, parse)
    form_rule = REGISTRY["well-formed"]
    findings = list(form_rule.findings(view))
    sound = view.without({start for finding in findings for start in finding.starts})
    for rule in _RULES:
        if rule is not form_rule:
            findings.extend(rule.findings(sound))
    return findings


def judge(relation: RelationFact, view: View) -> Verdict:
    """Whether the members of a relation fit each other, and what they give."""
    judged = _JUDGES.get(relation.relation)
    return judged(relation, view) if judged else Verdict(None)

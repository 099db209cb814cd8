"""The corrections file: each entry names what it expects, and expires."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schemas.corrections import Correction, CorrectionsError, apply, read_corrections
from tests.warehouse_help import completion, parse
from warehouse import assess

HEAD = "document,char_start,quote,expected_value,corrected_value,reason\n"
REASON = "81 is printed as 71"


def mend(**more):
    entry = {"document": "report.txt", "char_start": None, "quote": "完成率71%", "reason": REASON}
    return Correction(**{**entry, "expected_value": Decimal(71), "corrected_value": Decimal(81), **more})


def test_a_file_of_corrections_is_read(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text(f"{HEAD}report.txt,,完成率71%,71,81,{REASON}\nabc,19,,1.5,2.5,why\n", encoding="utf-8")
    assert read_corrections(path) == (mend(), Correction("abc", 19, None, Decimal("1.5"), Decimal("2.5"), "why"))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("report.txt,,q,71,81,", "line 2: reason is empty"),
        ("report.txt,,,71,81,why", "line 2: char_start or quote must say"),
        ("report.txt,,q,71,many,why", "line 2: a value or char_start is not a number"),
        ("report.txt,x,q,71,81,why", "line 2: a value or char_start is not a number"),
        ("report.txt,,q,71,NaN,why", "line 2: a value is not a finite number"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path, line, fault):
    path = tmp_path / "corrections.csv"
    path.write_text(f"{HEAD}{line}\n", encoding="utf-8")
    with pytest.raises(CorrectionsError, match=fault):
        read_corrections(path)


def test_a_file_without_its_columns_is_refused(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text("document,reason\n", encoding="utf-8")
    with pytest.raises(CorrectionsError, match="no column corrected_value, expected_value"):
        read_corrections(path)


@pytest.mark.parametrize(
    "named", [{}, {"document": completion(rate="71%").document_id}, {"char_start": 19, "quote": None}]
)
def test_a_correction_mends_the_figure_it_names(named):
    facts = completion(rate="71%")
    mended, (finding,) = apply(facts, [mend(**named)])
    assert [(f.value, f.corrected_from) for f in mended.figures[2:]] == [(81, 71)]
    assert (finding.rule_id, finding.severity) == ("correction-applied", "info")
    assert finding.message == f"71% was corrected from 71 to 81: {REASON}"
    assert facts.figures[2].value == 71


def test_a_mended_figure_passes_the_rules_that_the_printed_one_failed():
    assert assess(completion(rate="71%"), parse=parse).accepted == []
    mended = assess(completion(rate="71%"), parse=parse, corrections=[mend()])
    assert [(row["obs_value"], row["corrected_from"]) for row in mended.accepted] == [
        (145, None),
        (118, None),
        (81, 71),
    ]


def test_a_correction_expires_when_the_source_is_mended():
    mended, (finding,) = apply(completion(), [mend(quote="完成率")])
    assert mended.figures == completion().figures
    assert (finding.rule_id, finding.severity) == ("correction-expired", "warning")


def test_a_correction_of_another_document_is_left_alone():
    facts = completion(rate="71%")
    assert apply(facts, [mend(document="other.txt")]) == (facts, [])

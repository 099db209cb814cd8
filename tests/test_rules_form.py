"""Rules of level 0: form, span, fit; and what becomes of figures that fail."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.columns import DECIMAL
from schemas.rules import check
from schemas.rules.form import fits
from tests.warehouse_help import completion, document, figure, parse
from warehouse import assess

TEXT = "全区实事已完成118件。"


def rules(*figures, text=TEXT):
    return [f.rule_id for f in check(document("a.txt", text, *figures), parse)]


@pytest.mark.parametrize(
    "damage",
    [
        {"qualifier": "roughly"},
        {"measure": "weight"},
        {"modality": "wish"},
        {"obs_status": "Z"},
        {"time_start": "2021-13-01"},
        {"time_end": "soon"},
        {"time_start": "2021-12-01", "time_end": "2021-11-01"},
        {"end": 3},
        {"ulp": Decimal(0)},
        {"ulp": Decimal(10) ** 60},
        {"decimals": -1},
        {"value": None},
        {"indicator": "  "},
        {"value": Decimal("NaN")},
        {"value": Decimal(10) ** 28},
        {"value": Decimal("0.00000000001")},
        {"value_high": Decimal(100)},
        {"value": Decimal("1234567890123456789.12345678901")},
    ],
)
def test_a_figure_that_is_not_well_formed_is_quarantined_and_takes_part_in_nothing(damage):
    assert rules(figure("118", TEXT, **damage)) == ["well-formed"]
    assessed = assess(document("a.txt", TEXT, figure("118", TEXT, **damage)), parse=parse)
    assert (len(assessed.accepted), len(assessed.quarantined)) == (0, 1)
    assert assessed.quarantined[0]["reason"].startswith("The figure 118件 cannot be booked: ")


def test_a_sound_figure_passes():
    assert rules(figure("118", TEXT)) == []


@pytest.mark.parametrize("damage", [{"value": Decimal(119)}, {"start": 6, "end": 9}, {"start": 0, "end": 2}])
def test_a_span_that_does_not_read_as_the_value_is_an_error(damage):
    assert rules(figure("118", TEXT, **damage)) == ["span-re-reads"]


def test_the_head_of_a_table_may_multiply_its_cells():
    text = "单位：万元\n收入\t118"
    cell = figure("118", text, unit="元", measure="money", value=Decimal(1_180_000), ulp=Decimal(10_000))
    assert rules(cell, text=text) == []
    assert rules(replace(cell, value=Decimal(2_360_000)), text=text) == ["span-re-reads"]


def test_a_fall_re_reads_by_its_size():
    text = "比上年下降5.3%。"
    assert rules(figure("5.3%", text, measure="change", value=Decimal("-5.3")), text=text) == []


def test_a_range_re_reads_at_both_ends():
    text = "需要3至5个工作日。"
    assert rules(figure("3至5", text), text=text) == []
    assert rules(figure("3至5", text, value_high=Decimal(6)), text=text) == ["span-re-reads"]


def test_a_number_broken_by_a_line_end_re_reads():
    text = "报道2\n474篇。"
    assert rules(figure("2\n474", text), text=text) == []


@given(whole=st.integers(min_value=-(10**32), max_value=10**32), places=st.integers(min_value=0, max_value=40))
def test_what_fits_is_exactly_what_the_column_holds_without_rounding(whole, places):
    value = Decimal(f"{whole}E-{places}")
    exact = Fraction(whole, 10**places)
    assert fits(value) == ((exact * 10**10).denominator == 1 and abs(exact) < 10**28)
    if fits(value):
        assert pa.array([value], DECIMAL)[0].as_py() == value


def test_one_bad_figure_loses_no_other():
    facts = completion()
    broken = replace(facts.figures[0], measure="weight")
    assessed = assess(replace(facts, figures=(broken, *facts.figures[1:])), parse=parse)
    assert len(assessed.accepted) == 2
    assert len(assessed.quarantined) == 1
    assert len(assessed.ledger) == 3


def test_every_member_of_a_broken_relation_waits_with_the_sentence_as_reason():
    assessed = assess(completion("145", "118", "71%"), parse=parse)
    assert assessed.accepted == []
    assert {row["reason"] for row in assessed.quarantined} == {"118件 of 145件 are 81.38 %, but the text says 71%."}
    (relation,) = assessed.relations
    assert relation["consistent"] is False
    assert str(relation["computed"]) == "81.3793103448"


def test_a_file_that_could_not_be_read_waits_as_a_whole():
    assessed = assess(document("a.doc", "", unreadable="The file is no text."), parse=parse)
    assert [row["rule_id"] for row in assessed.quarantined] == ["unreadable"]
    assert [row["rule_id"] for row in assessed.findings] == ["unreadable"]
    assert assessed.document["unreadable"] == "The file is no text."


def test_notes_of_the_reader_become_findings():
    assessed = assess(document("a.txt", "", notes=("Two metas disagree on the day.",)), parse=parse)
    assert [(f["rule_id"], f["severity"]) for f in assessed.findings] == [("reading", "info")]

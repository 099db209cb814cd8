"""Vintages: by publication and not by arrival, by our own time as we then knew it, each change with its cause."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.corrections import Correction
from schemas.facts import DocumentFacts
from schemas.intervals import Interval
from tests.warehouse_help import ask, book, document, figure, level, parse
from warehouse import Batch, assess, connect_read_only, load_batch, needs_reading, open_run, publish, retract

DERIVED = (
    "SELECT * EXCLUDE (known_from) FROM latest ORDER BY ALL",
    "SELECT * FROM trend ORDER BY ALL",
    "SELECT * FROM revisions ORDER BY ALL",
    "SELECT observation_id, cause FROM observations ORDER BY ALL",
    "SELECT rule_id, message FROM findings ORDER BY ALL",
    "SELECT * EXCLUDE (known_from) FROM as_published_on('2021-12-02') ORDER BY ALL",
)

REPORTS = [
    level("a.txt", "100", "2021-12-01"),
    level("b.txt", "120", "2021-12-02"),
    level("c.txt", "120", "2021-12-03"),
    level("d.txt", "90", "2021-12-04", day="2021-11-24"),
]


def latest(data_dir, what="obs_value, document"):
    return ask(data_dir, f"SELECT {what} FROM latest ORDER BY time_end")


def test_a_later_publication_that_differs_is_a_new_vintage_and_one_that_agrees_is_not(tmp_path):
    book(tmp_path, *REPORTS)
    assert latest(tmp_path) == [(120, "b.txt"), (90, "d.txt")]
    revised = ask(tmp_path, "SELECT old_value, new_value, cause, documents, time_end::VARCHAR FROM revisions")
    assert revised == [(100, 120, "SOURCE_REVISED", ["a.txt", "b.txt"], "2021-11-23")]
    causes = ask(tmp_path, "SELECT document, cause FROM observations ORDER BY document")
    assert causes == [("a.txt", None), ("b.txt", "SOURCE_REVISED"), ("c.txt", None), ("d.txt", None)]


def told(data_dir, orders):
    """All that is derived, from reports that arrive in such an order: one run for each inner list, a batch a report."""
    for night in orders:
        with open_run(data_dir) as run:
            for i in night:
                load_batch(run, Batch.of([assess(REPORTS[i], parse=parse)]))
            publish(run)
    con = connect_read_only(data_dir / "warehouse.duckdb")
    try:
        return [con.execute(sql).fetchall() for sql in DERIVED]
    finally:
        con.close()


def test_the_order_of_arrival_changes_nothing(tmp_path):
    """Six of the orders of four reports in one night, and four nights backwards."""
    wanted = told(tmp_path / "wanted", [[0, 1, 2, 3]])
    assert any(wanted)
    for n, order in enumerate(itertools.permutations(range(4))):
        if n % 4 == 3:
            assert told(tmp_path / f"{n}", [list(order)]) == wanted, order
    assert told(tmp_path / "nights", [[3], [2], [1], [0]]) == wanted


def test_a_coarser_repetition_does_not_replace_and_a_sharper_one_does(tmp_path):
    coarse = {"figure": {"qualifier": "at_least", "value": Decimal(120000), "ulp": Decimal(10000)}}
    book(tmp_path, level("a.txt", "12万", "2021-12-01", **coarse))
    assert latest(tmp_path) == [(120000, "a.txt")]
    book(tmp_path, level("b.txt", "123456", "2021-12-02"))
    assert latest(tmp_path) == [(123456, "b.txt")]
    book(tmp_path, level("c.txt", "12万", "2021-12-03", **coarse))
    assert latest(tmp_path) == [(123456, "b.txt")]
    assert ask(tmp_path, "SELECT * FROM revisions") == []


def test_as_published_on_knows_nothing_of_later_publications(tmp_path):
    book(tmp_path, *REPORTS)
    sql = "SELECT obs_value, document FROM as_published_on('{}') ORDER BY time_end"
    assert ask(tmp_path, sql.format("2021-11-30")) == []
    assert ask(tmp_path, sql.format("2021-12-01")) == [(100, "a.txt")]
    assert ask(tmp_path, sql.format("2021-12-02")) == [(120, "b.txt")]


def set_clock(data_dir, days):
    """Move all that was booked so far into the past."""
    with open_run(data_dir) as run:
        for table in ("observations", "documents", "findings"):
            run.con.execute(f"UPDATE booked.{table} SET known_from = known_from - to_days({days})")
        run.con.execute(f"UPDATE booked.observations SET known_to = known_to - to_days({days})")
        publish(run)


def test_as_known_on_knows_nothing_of_later_bookings(tmp_path):
    book(tmp_path, REPORTS[1])
    set_clock(tmp_path, 10)
    book(tmp_path, REPORTS[0], REPORTS[3])
    today = datetime.now().date()
    sql = "SELECT obs_value, document FROM as_known_on('{}') ORDER BY time_end"
    assert ask(tmp_path, sql.format(today - timedelta(days=12))) == []
    assert ask(tmp_path, sql.format(today - timedelta(days=5))) == [(120, "b.txt")]
    assert ask(tmp_path, sql.format(today + timedelta(days=1))) == latest(tmp_path)


def test_a_new_extractor_closes_what_it_reads_differently_and_says_so(tmp_path):
    first = level("a.txt", "100", "2021-12-01")
    book(tmp_path, first)
    wrong = replace(first.figures[0], value=Decimal(100), unit="人")
    book(tmp_path, replace(first, extractor_version="2", figures=(wrong,)))
    rows = ask(
        tmp_path, "SELECT unit_measure, known_to IS NULL, cause, closed_cause FROM observations ORDER BY known_from"
    )
    assert rows == [("剂次", False, None, "EXTRACTOR_CHANGED"), ("人", True, "EXTRACTOR_CHANGED", None)]
    assert [r[0] for r in ask(tmp_path, "SELECT cause FROM revisions")] == ["EXTRACTOR_CHANGED"]


def test_a_new_extractor_that_reads_the_same_opens_no_vintage(tmp_path):
    first = level("a.txt", "100", "2021-12-01")
    book(tmp_path, first)
    before = ask(tmp_path, "SELECT * FROM observations")
    book(tmp_path, replace(first, extractor_version="2"))
    assert ask(tmp_path, "SELECT * FROM observations") == before
    assert ask(tmp_path, "SELECT extractor_version FROM documents") == [("2",)]


def test_a_new_rule_that_refuses_a_figure_closes_it_with_its_cause(tmp_path, monkeypatch):
    text = "接种率为120%。"
    facts = document("a.txt", text, figure("120%", text))
    monkeypatch.setattr("schemas.rules.rates.OVER_THE_WHOLE", ("接种率",))
    book(tmp_path, facts)
    assert latest(tmp_path, "obs_value") == [(120,)]
    monkeypatch.setattr("schemas.rules.rates.OVER_THE_WHOLE", ())
    for module in ("schemas.rules", "warehouse.state", "warehouse.run"):
        monkeypatch.setattr(f"{module}.RULES_VERSION", "next")
    book(tmp_path, facts)
    assert latest(tmp_path) == []
    assert ask(tmp_path, "SELECT closed_cause FROM observations") == [("RULE_CHANGED",)]
    assert ask(tmp_path, "SELECT old_value, new_value, cause FROM revisions") == [(120, None, "RULE_CHANGED")]
    assert ask(tmp_path, "SELECT rule_id, state FROM quarantine") == [("share-in-range", "open")]


def test_a_figure_that_passes_later_leaves_quarantine(tmp_path, monkeypatch):
    text = "接种率为120%。"
    facts = document("a.txt", text, figure("120%", text))
    book(tmp_path, facts)
    assert ask(tmp_path, "SELECT state FROM quarantine") == [("open",)]
    monkeypatch.setattr("schemas.rules.rates.OVER_THE_WHOLE", ("接种率",))
    monkeypatch.setattr("schemas.rules.RULES_VERSION", "next")
    book(tmp_path, facts)
    ((state, closed_at),) = ask(tmp_path, "SELECT state, closed_at FROM quarantine")
    assert state == "released"
    assert closed_at is not None
    assert ask(tmp_path, "SELECT count(*) FROM findings") == [(0,)]


def test_a_correction_puts_its_value_in_place_and_keeps_the_printed_one(tmp_path):
    facts = level("a.txt", "100", "2021-12-01")
    book(tmp_path, facts)
    mend = Correction("a.txt", facts.figures[0].start, None, Decimal(100), Decimal(1000), "a digit fell out in print")
    with open_run(tmp_path) as run:
        assert needs_reading(run.con, [facts.document_id], "1", [mend]) == [facts.document_id]
    book(tmp_path, facts, corrections=[mend])
    assert latest(tmp_path, "obs_value, corrected_from, cause") == [(1000, 100, "CORRECTION")]
    assert ask(tmp_path, "SELECT old_value, new_value, cause FROM revisions") == [(100, 1000, "CORRECTION")]
    assert ask(tmp_path, "SELECT rule_id FROM findings") == [("correction-applied",)]
    book(tmp_path, facts)
    assert latest(tmp_path, "obs_value, corrected_from, cause") == [(100, None, "CORRECTION")]


def test_a_retracted_document_speaks_no_more_and_its_past_stays(tmp_path):
    facts = level("a.txt", "100", "2021-12-01")
    book(tmp_path, facts, level("b.txt", "120", "2021-12-02"))
    with open_run(tmp_path) as run:
        (gone,) = run.con.execute("SELECT document_id FROM documents WHERE document = 'b.txt'").fetchone()
        assert retract(run, gone, "withdrawn by its issuer") == 1
        publish(run)
    assert latest(tmp_path) == [(100, "a.txt")]
    assert ask(tmp_path, "SELECT old_value, new_value, cause FROM revisions") == [(120, None, "RETRACTED")]
    book(tmp_path, level("b.txt", "120", "2021-12-02"))
    assert latest(tmp_path) == [(100, "a.txt")]


def test_one_document_has_one_voice_the_body_before_the_heading_then_the_first(tmp_path):
    text = "接种200剂次。接种100剂次。接种110剂次。"
    where = [text.index(v) for v in ("200", "100", "110")]
    said = [
        figure(v, text, start=s, unit="剂次", indicator="接种", role=r)
        for v, s, r in zip(("200", "100", "110"), where, ("heading", "paragraph", "paragraph"), strict=True)
    ]
    book(tmp_path, document("a.txt", text, *said))
    assert latest(tmp_path, "obs_value") == [(100,)]
    assert ask(tmp_path, "SELECT count(*) FROM observations") == [(3,)]


def test_what_a_document_says_twice_stands_against_what_it_says_once_before(tmp_path):
    text = "接种90剂次。接种110剂次。可见接种110剂次。"
    where = [text.index("90"), text.index("110"), text.rindex("110")]
    said = [
        figure(v, text, start=s, unit="剂次", indicator="接种")
        for v, s in zip(("90", "110", "110"), where, strict=True)
    ]
    book(tmp_path, document("a.txt", text, *said))
    assert latest(tmp_path, "obs_value") == [(110,)]


def test_a_reprint_corroborates_and_does_not_double_whichever_came_first(tmp_path):
    first = level("a.txt", "100", "2021-12-01", issuer="日报")
    again = level("b.txt", "100", "2021-12-02", issuer="晚报", reprint_of=first.document_id)
    for name, order in (("one", (first, again)), ("two", (again, first))):
        for facts in order:
            book(tmp_path / name, facts)
        assert latest(tmp_path / name, "document, issuer") == [("a.txt", "日报")]
        assert ask(tmp_path / name, "SELECT count(*) FROM observations") == [(2,)]


def test_a_corrected_issue_of_the_same_day_wins_over_what_it_supersedes(tmp_path):
    first = level("z.txt", "100", "2021-12-01")
    mended = level("a.txt", "120", "2021-12-01", supersedes=first.document_id)
    book(tmp_path, mended, first)
    assert latest(tmp_path) == [(120, "a.txt")]


def test_a_cumulative_series_that_falls_is_flagged_and_not_clamped(tmp_path):
    book(tmp_path, *REPORTS)
    ((rule, severity, message),) = ask(tmp_path, "SELECT rule_id, severity, message FROM findings")
    assert (rule, severity) == ("cumulative-falls", "warning")
    assert message == (
        "累计接种 (惠济区) falls from 120剂次 on 2021-11-23 (b.txt) to 90剂次 on 2021-11-24 (d.txt): a cumulative "
        "series does not fall, so one of the two may be revised."
    )
    assert latest(tmp_path, "obs_value") == [(120,), (90,)]
    book(tmp_path, level("e.txt", "80", "2021-12-05"))
    assert ask(tmp_path, "SELECT count(*) FROM findings") == [(0,)]


def test_a_cumulative_series_in_traditional_characters_is_the_same_series(tmp_path):
    words = {"figure": {"indicator": "累計接種"}}
    old = {"figure": {"indicator": "累計接種"}}
    book(
        tmp_path,
        level("a.txt", "100", "2021-12-01", **old),
        level("b.txt", "90", "2021-12-02", day="2021-11-24", **words),
    )
    assert ask(tmp_path, "SELECT rule_id FROM findings") == [("cumulative-falls",)]
    book(tmp_path, level("c.txt", "80", "2021-12-03", day="2021-11-25"))
    assert len(ask(tmp_path, "SELECT DISTINCT series_id FROM latest")) == 1


def test_mapping_an_indicator_later_only_changes_its_label(tmp_path):
    words = {"figure": {"indicator": "接种疫苗累计"}}
    book(tmp_path, level("a.txt", "100", "2021-12-01"), level("b.txt", "120", "2021-12-02", day="2021-11-24", **words))
    before = ask(tmp_path, "SELECT observation_id, known_from FROM observations ORDER BY ALL")
    assert len(ask(tmp_path, "SELECT DISTINCT series_id FROM latest")) == 2
    mapping = {"累计接种": "疫苗接种累计剂次", "接种疫苗累计": "疫苗接种累计剂次"}
    with open_run(tmp_path) as run:
        assert publish(run, indicators=mapping).changed
    assert ask(tmp_path, "SELECT DISTINCT indicator FROM latest") == [("疫苗接种累计剂次",)]
    assert ask(tmp_path, "SELECT obs_value, previous_value, delta, delta_pct FROM trend ORDER BY time_end") == [
        (100, None, None, None),
        (120, 100, 20, 20),
    ]
    assert ask(tmp_path, "SELECT observation_id, known_from FROM observations ORDER BY ALL") == before
    with open_run(tmp_path) as run:
        assert not publish(run, indicators=mapping).changed
    with open_run(tmp_path) as run:
        publish(run, indicators={})
    assert len(ask(tmp_path, "SELECT DISTINCT series_id FROM latest")) == 2


def test_targets_are_a_series_apart_from_results(tmp_path):
    goal = {"figure": {"modality": "target"}}
    book(tmp_path, level("a.txt", "100", "2021-12-01"), level("b.txt", "150", "2021-12-02", **goal))
    assert sorted(latest(tmp_path)) == [(100, "a.txt"), (150, "b.txt")]


@pytest.mark.parametrize(
    ("first", "last", "frequency"),
    [
        ("2021-11-23", "2021-11-23", "D"),
        ("2021-11-22", "2021-11-28", "W"),
        ("2020-02-01", "2020-02-29", "M"),
        ("2021-07-01", "2021-09-30", "Q"),
        ("2021-01-01", "2021-06-30", "S"),
        ("2021-01-01", "2021-12-31", "A"),
        ("2021-01-01", "2021-08-31", "_O"),
        ("2021-03-05", "2021-04-04", "_O"),
    ],
)
def test_differences_are_taken_within_one_frequency(tmp_path, first, last, frequency):
    period = {"figure": {"time_start": first, "time_end": last}}
    book(tmp_path, level("a.txt", "100", "2022-03-01", **period), level("b.txt", "90", "2022-03-02", day="2019-01-01"))
    assert ask(tmp_path, "SELECT frequency, previous_value FROM trend ORDER BY time_end DESC LIMIT 1") == [
        (frequency, 90 if frequency == "D" else None)
    ]


def expected(said: list[tuple[date, str, str]]) -> int | None:
    """The newest vintage by the definition, in plain Python: (published, name, value) in any order."""
    standing = None
    for _, _, value in sorted(said):
        number = Fraction(value)
        interval = Interval(number, number)
        if standing is None or not standing.meets(interval):
            standing = interval
    return None if standing is None else int(standing.low)


@settings(max_examples=8, deadline=None)
@given(
    reports=st.lists(
        st.tuples(st.integers(min_value=1, max_value=6), st.sampled_from(["100", "120", "140"])),
        min_size=1,
        max_size=5,
    ),
    split=st.integers(min_value=0, max_value=5),
)
def test_both_times_hold_for_any_reports_in_any_order(tmp_path_factory, reports, split):
    """As published on any day, and as known before the second half came, equal the definition on what was there."""
    data_dir = tmp_path_factory.mktemp("bitemporal")
    days = [date(2021, 12, day) for day, _ in reports]
    names = [f"{i}.txt" for i in range(len(reports))]
    said = [(day, name, value) for day, name, (_, value) in zip(days, names, reports, strict=True)]
    facts: list[DocumentFacts] = [level(n, v, d.isoformat()) for d, n, v in said]
    with open_run(data_dir) as run:
        load_batch(run, Batch.of(assess(f, parse=parse) for f in facts[:split]))
        run.con.execute("UPDATE booked.observations SET known_from = known_from - INTERVAL 10 DAY")
        run.con.execute("UPDATE booked.documents SET known_from = known_from - INTERVAL 10 DAY")
        load_batch(run, Batch.of(assess(f, parse=parse) for f in facts[split:]))
        publish(run)
    con = connect_read_only(data_dir / "warehouse.duckdb")

    def values(relation: str) -> list[int]:
        return [value for (value,) in con.execute(f"SELECT obs_value::INT FROM {relation}").fetchall()]

    for day in sorted({*days, date(2021, 12, 1), date(2021, 12, 6)}):
        wanted = expected([s for s in said if s[0] <= day])
        assert values(f"as_published_on('{day}')") == ([] if wanted is None else [wanted])
    then = datetime.now().date() - timedelta(days=5)
    wanted = expected(said[:split])
    assert values(f"as_known_on('{then}')") == ([] if wanted is None else [wanted])
    assert values("latest") == [expected(said)]
    con.close()
    shutil.rmtree(data_dir)


def test_what_a_document_says_exactly_speaks_before_the_bound_it_passed(tmp_path):
    text = "产值突破3900亿，达3916亿。"
    passed = figure("3900", text, start=text.index("3900"), unit="元", indicator="产值", qualifier="at_least")
    exact = figure("3916", text, start=text.index("3916"), unit="元", indicator="产值")
    book(tmp_path, document("a.txt", text, passed, exact))
    assert latest(tmp_path, "obs_value") == [(3916,)]

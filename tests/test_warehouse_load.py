"""A batch is booked once, whole, and nothing else is touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from schemas.facts import RetrievalFact
from tests.warehouse_help import ask, book, completion, document, everything, figure, level, parse
from warehouse import (
    Batch,
    LoadFailed,
    assess,
    connect_read_only,
    known_documents,
    load_batch,
    needs_reading,
    open_run,
    retrieval_state,
)

TRIED = RetrievalFact("city", datetime(2022, 1, 1), "fetched", url="http://city/1", etag='"a"', document_id="d1")


def batch(*documents, retrievals=()):
    return Batch.of([assess(d, parse=parse) for d in documents], retrievals)


@pytest.fixture
def run(tmp_path):
    with open_run(tmp_path, extractor_version="1") as opened:
        yield opened


def test_a_report_comes_out_as_it_went_in(run):
    load_batch(run, batch(completion()))
    rows = run.con.execute(
        "SELECT document, text, obs_value, value_low, value_high, unit_measure, indicator, place, time_end::VARCHAR,"
        " known_to, cause FROM observations ORDER BY char_start"
    ).fetchall()
    assert rows[0] == (
        *("report.txt", "145", Decimal(145), Decimal(145), Decimal(145), "件", "实事", "惠济区", "2021-11-23"),
        *(None, None),
    )
    assert rows[2][1:5] == ("81%", Decimal(81), Decimal("80.5"), Decimal("81.5"))
    (row,) = run.con.execute(
        "SELECT document, place, time_end::VARCHAR, total, done, stated_rate, computed_rate, consistent FROM completion"
    ).fetchall()
    assert row == ("report.txt", "惠济区", "2021-11-23", 145, 118, 81, Decimal("81.3793103448"), True)


def test_a_completion_says_what_the_rate_is_named(run):
    load_batch(run, batch(completion()))
    assert run.con.execute("SELECT indicator, rate_indicator FROM completion").fetchall() == [
        ("实事已完成", "实事完成率")
    ]


def test_a_rate_that_does_not_hold_is_in_completion_and_quarantine_and_not_in_observations(run):
    report = load_batch(run, batch(completion(rate="71%")))
    assert (report.observations_opened, report.quarantined) == (0, 3)
    completed = run.con.execute("SELECT total, done, stated_rate, consistent FROM completion").fetchall()
    assert completed == [(145, 118, 71, False)]
    waiting = run.con.execute("SELECT text, rule_id, state, closed_at FROM quarantine ORDER BY char_start").fetchall()
    assert waiting == [(t, "rate-of-counts", "open", None) for t in ("145", "118", "71%")]
    (finding,) = run.con.execute("SELECT rule_id, severity, len(observation_ids), message FROM findings").fetchall()
    assert finding[:3] == ("rate-of-counts", "error", 3)


def test_relations_name_their_members_by_observation(run):
    load_batch(run, batch(completion()))
    rows = run.con.execute(
        "SELECT n.obs_value, d.obs_value, p.obs_value FROM relations AS r"
        " JOIN observations AS n ON n.observation_id = r.numerator"
        " JOIN observations AS d ON d.observation_id = r.denominator"
        " JOIN observations AS p ON p.observation_id = r.rate"
    ).fetchall()
    assert rows == [(118, 145, 81)]


def test_the_same_batch_again_changes_nothing(run):
    one = batch(completion(), level("b.txt", "100", "2021-12-01"), retrievals=[TRIED])
    assert load_batch(run, one).changed
    before = everything(run.con)
    again = load_batch(run, one)
    assert not again.changed
    assert again.observations_unchanged == 4
    assert everything(run.con) == before


def test_documents_in_another_batch_order_book_the_same_facts(tmp_path):
    documents = [completion(), level("b.txt", "100", "2021-12-01"), level("c.txt", "110", "2021-12-02")]
    seen = []
    for name, order in (("one", documents), ("two", documents[::-1])):
        book(tmp_path / name, *order)
        seen.append(ask(tmp_path / name, "SELECT * EXCLUDE (known_from) FROM observations ORDER BY ALL"))
    assert seen[0] == seen[1]


def test_the_content_hash_of_a_batch_has_no_order_and_no_time(run):
    one, two = level("b.txt", "100", "2021-12-01"), level("c.txt", "110", "2021-12-02")
    assert batch(one, two).content_hash == batch(two, one).content_hash
    assert batch(one, two).content_hash != batch(one).content_hash
    later = replace(one, first_seen_at=datetime(2023, 1, 1))
    assert batch(later, two).content_hash == batch(one, two).content_hash


def test_a_batch_goes_through_files(tmp_path, run):
    one = batch(completion(rate="71%"), level("b.txt", "100", "2021-12-01"), retrievals=[TRIED])
    read = Batch.read(one.write(tmp_path / "parts"))
    assert read.tables == one.tables
    assert load_batch(run, read).changed
    assert not load_batch(run, one).changed


def test_batches_are_joined_without_doubles():
    one, two = batch(completion()), batch(completion(), level("b.txt", "100", "2021-12-01"))
    joined = Batch.join([one, two])
    assert joined.counts["documents"] == 2
    assert joined.content_hash == two.content_hash


def test_a_folder_that_is_no_batch_says_so(tmp_path):
    with pytest.raises(LoadFailed, match=r"documents\.parquet is no table of a batch"):
        Batch.read(tmp_path)


def test_a_batch_that_does_not_match_its_model_is_refused_whole(run):
    good = batch(completion(), level("b.txt", "100", "2021-12-01"))
    place = good.observations.schema.get_field_index("qualifier")
    wrong = pa.array(["roughly"] * good.observations.num_rows, pa.string())
    bad = replace(good, observations=good.observations.set_column(place, "qualifier", wrong))
    with pytest.raises(LoadFailed, match=r"table observations .* qualifier"):
        load_batch(run, bad)
    assert run.con.execute("SELECT count(*) FROM booked.documents").fetchone() == (0,)


def test_half_a_surrogate_pair_does_not_stop_a_batch(run):
    load_batch(run, batch(document("a.txt", "", title="Report \ud800")))
    assert run.con.execute("SELECT title FROM documents").fetchone() == ("Report ?",)


def test_transaction_times_grow_even_where_the_clock_does_not(run):
    for n in range(4):
        load_batch(run, batch(level(f"{n}.txt", "100", "2021-12-01", day=f"2021-11-0{n + 1}")))
    times = [t for (t,) in run.con.execute("SELECT booked_at FROM booked.loads ORDER BY rowid").fetchall()]
    assert times == sorted(set(times))


def test_a_value_of_the_greatest_size_and_fineness_comes_back_exactly(run):
    text = "收入1234567890123456.789元。"
    value = "1234567890123456.789"
    load_batch(run, batch(document("a.txt", text, figure(value, text, unit="元", measure="money"))))
    low, middle, high = run.con.execute("SELECT value_low, obs_value, value_high FROM latest").fetchone()
    assert middle == Decimal(value)
    assert (middle - low, high - middle) == (Decimal("0.0005"), Decimal("0.0005"))


def test_a_known_document_is_not_read_again_until_extractor_rules_or_corrections_change(run):
    facts = completion()
    load_batch(run, batch(facts))
    assert list(known_documents(run.con)) == [facts.document_id]
    wanted = [facts.document_id, "unseen"]
    assert needs_reading(run.con, wanted, "1") == ["unseen"]
    assert needs_reading(run.con, wanted, "2") == wanted


def test_the_state_of_a_source_is_its_last_attempts(run):
    failed = replace(TRIED, attempted_at=datetime(2022, 1, 2), outcome="failed", etag=None, document_id=None)
    other = replace(TRIED, source="other", url="http://other/1")
    load_batch(run, batch(retrievals=[TRIED, failed, other]))
    state = retrieval_state(run.con, "city")
    assert list(state) == ["http://city/1"]
    last = state["http://city/1"]
    assert (last.outcome, last.etag, last.document_id) == ("failed", '"a"', "d1")
    assert last.attempted_at == datetime(2022, 1, 2)


def test_an_outcome_that_is_unknown_is_booked_as_failed_and_kept_in_words(run):
    load_batch(run, batch(retrievals=[replace(TRIED, outcome="exploded", detail="bang")]))
    assert run.con.execute("SELECT outcome, detail FROM retrievals").fetchall() == [("failed", "exploded: bang")]


def test_an_unreadable_file_is_a_document_and_waits_in_quarantine(run):
    load_batch(run, batch(document("a.doc", "", unreadable="The file is no text."), completion()))
    assert run.con.execute("SELECT document FROM documents ORDER BY 1").fetchall() == [("a.doc",), ("report.txt",)]
    assert run.con.execute("SELECT document, reason, state FROM quarantine").fetchall() == [
        ("a.doc", "The file is no text.", "open")
    ]
    assert run.con.execute("SELECT count(*) FROM observations").fetchone() == (3,)


def test_the_words_of_a_document_are_data_and_never_sql(run):
    text = "全区'; DROP TABLE booked.observations; --118件。"
    hostile = figure("118", text, indicator=text, place="x'; DROP SCHEMA booked CASCADE; --")
    load_batch(run, batch(document("a'; DROP TABLE x; --.txt", text, hostile)))
    assert run.con.execute("SELECT quote FROM latest").fetchall() == [(text,)]


def test_sql_of_a_reader_reaches_no_file_and_no_network(tmp_path):
    book(tmp_path, completion())
    con = connect_read_only(tmp_path / "warehouse.duckdb")
    for sql in ("SELECT * FROM read_csv('/etc/passwd')", "INSTALL httpfs", "SET enable_external_access = true"):
        with pytest.raises(Exception, match=r"(?i)disabled|cannot|locked|permission"):
            con.execute(sql)
    with pytest.raises(Exception, match="read-only"):
        con.execute("DELETE FROM booked.observations")
    con.close()

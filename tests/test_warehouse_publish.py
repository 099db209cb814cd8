"""Runs and publication: one run at a time, readers never blocked, old files never torn."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

import warehouse
from tests.warehouse_help import ask, book, completion, document, figure, level, parse
from warehouse import (
    Batch,
    WarehouseBusy,
    WarehouseError,
    assess,
    connect,
    connect_read_only,
    load_batch,
    migrate,
    open_run,
    publish,
    read_indicators,
    retract,
)

ROOT = Path(__file__).parent.parent


def test_a_second_run_says_who_holds_the_warehouse_and_ends(tmp_path):
    with open_run(tmp_path, flow="nightly") as first:
        with pytest.raises(WarehouseBusy, match=f"run {first.run_id} of the flow nightly, process"):
            open_run(tmp_path)
        child = "import sys; from pathlib import Path; from warehouse import open_run; open_run(Path(sys.argv[1]))"
        ended = subprocess.run(
            [sys.executable, "-c", child, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 1
        assert "Another run holds the warehouse" in ended.stderr
    open_run(tmp_path).close()


def test_a_reader_keeps_its_view_while_a_new_one_sees_the_new(tmp_path):
    book(tmp_path, level("a.txt", "100", "2021-12-01"))
    old = connect_read_only(tmp_path / "warehouse.duckdb")
    assert old.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    with open_run(tmp_path) as run:
        load_batch(run, Batch.of([assess(level("b.txt", "120", "2021-12-02"), parse=parse)]))
        assert ask(tmp_path, "SELECT count(*) FROM documents") == [(1,)]
        publish(run)
    assert old.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    old.close()
    assert ask(tmp_path, "SELECT count(*) FROM documents") == [(2,)]


def test_a_run_is_booked_with_its_counts(tmp_path):
    book(tmp_path, completion(), completion(rate="71%", name="b.txt"), fetched=2)
    ((flow, status, fetched, read, accepted, quarantined, version, ended),) = ask(
        tmp_path,
        "SELECT flow, status, fetched, read, accepted, quarantined, extractor_version, ended_at >= started_at"
        " FROM runs",
    )
    assert (flow, status, fetched, read, accepted, quarantined) == ("nightly", "completed", 2, 2, 3, 3)
    assert (version, ended) == ("1", True)


def test_a_run_that_finds_nothing_new_changes_nothing_but_the_audit(tmp_path):
    assert book(tmp_path, completion()).changed
    before = ask(tmp_path, "SELECT * FROM observations ORDER BY ALL")
    again = book(tmp_path, completion())
    assert not again.changed
    assert again.observations == 3
    assert ask(tmp_path, "SELECT * FROM observations ORDER BY ALL") == before
    assert ask(tmp_path, "SELECT count(*) FROM runs") == [(2,)]
    assert ask(tmp_path, "SELECT count(*) FROM booked.loads") == [(1,)]


def test_a_run_that_is_left_without_publishing_failed_and_publishes_nothing(tmp_path):
    with open_run(tmp_path) as run:
        load_batch(run, Batch.of([assess(completion(), parse=parse)]))
    assert not (tmp_path / "warehouse.duckdb").exists()
    book(tmp_path)
    assert ask(tmp_path, "SELECT status FROM runs ORDER BY started_at") == [("failed",), ("completed",)]
    assert ask(tmp_path, "SELECT count(*) FROM documents") == [(1,)]


def test_nothing_private_is_left_behind(tmp_path):
    book(tmp_path, completion())
    assert sorted(p.name for p in tmp_path.iterdir()) == [".build", "warehouse.duckdb"]
    assert [p.name for p in (tmp_path / ".build").iterdir()] == ["lock"]


def test_somebody_elses_log_does_not_meet_the_new_file(tmp_path):
    book(tmp_path, completion())
    log = tmp_path / "warehouse.duckdb.wal"
    log.write_bytes(b"somebody wrote in the published file")
    book(tmp_path, level("a.txt", "100", "2021-12-01"))
    assert not log.exists()
    assert (tmp_path / ".build" / "foreign.wal").exists()
    assert ask(tmp_path, "SELECT count(*) FROM documents") == [(2,)]


def test_a_file_full_of_holes_is_written_anew(tmp_path):
    text = "完成118件。" + "字" * 400
    with open_run(tmp_path) as run:
        run.con.execute("CREATE TABLE booked.ballast AS SELECT hash(range)::VARCHAR AS x FROM range(3_000_000)")
        load_batch(run, Batch.of([assess(document("a.txt", text, figure("118", text)), parse=parse)]))
        publish(run)
    large = (tmp_path / "warehouse.duckdb").stat().st_size
    with open_run(tmp_path) as run:
        run.con.execute("DROP TABLE booked.ballast")
        run.con.execute("CHECKPOINT")
        publish(run)
    assert (tmp_path / "warehouse.duckdb").stat().st_size < large / 4
    assert ask(tmp_path, "SELECT obs_value FROM latest") == [(118,)]
    comments = "SELECT count(*) FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    assert ask(tmp_path, comments) == [(0,)]
    assert ask(tmp_path, "SELECT count(*) FROM as_known_on(current_date + 1)") == [(1,)]


def test_migrations_run_once_and_may_not_be_altered(tmp_path, monkeypatch):
    con = connect(tmp_path / "new.duckdb")
    assert migrate(con) == ["0001_tables.sql", "0002_series_parts.sql", "views"]
    assert migrate(con) == []
    folder = tmp_path / "migrations"
    folder.mkdir()
    monkeypatch.setattr("warehouse.migration.MIGRATIONS", folder)
    (folder / "0001_tables.sql").write_text("SELECT 1;")
    with pytest.raises(WarehouseError, match=r"0001_tables\.sql was altered"):
        migrate(con)
    con.close()


def test_a_migration_and_its_record_are_one(tmp_path, monkeypatch):
    con = connect(tmp_path / "new.duckdb")
    migrate(con)
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0003_more.sql").write_text("CREATE TABLE booked.more (a INTEGER); SELECT * FROM booked.nothing;")
    monkeypatch.setattr("warehouse.migration.MIGRATIONS", folder)
    with pytest.raises(duckdb.CatalogException):
        migrate(con)
    names = con.execute("SELECT name FROM booked.migrations ORDER BY name").fetchall()
    assert names == [("0001_tables.sql",), ("0002_series_parts.sql",), ("views",)]
    assert con.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'more'").fetchone() == (0,)
    (folder / "0003_more.sql").write_text("CREATE TABLE booked.more (a INTEGER);")
    assert migrate(con) == ["0003_more.sql"]
    con.close()


def test_reading_without_a_warehouse_tells_the_next_step(tmp_path):
    with pytest.raises(WarehouseError, match=r"There is no warehouse yet.*taizhang run"):
        connect_read_only(tmp_path / "warehouse.duckdb")


def test_a_file_that_is_no_warehouse_says_so(tmp_path):
    (tmp_path / "warehouse.duckdb").write_text("not a database, but long enough to be looked at" * 50)
    with pytest.raises(WarehouseError, match="cannot be opened"):
        open_run(tmp_path)
    (tmp_path / "warehouse.duckdb").unlink()
    open_run(tmp_path).close()


def test_retracting_what_is_unknown_says_so(tmp_path):
    with open_run(tmp_path) as run, pytest.raises(WarehouseError, match="There is no such document"):
        retract(run, "nothing", "because")


def test_indicators_are_read_and_a_wrong_table_is_refused(tmp_path):
    path = tmp_path / "indicators.csv"
    path.write_text("alias,indicator,note\n接种,疫苗接种,\n,空,\n", encoding="utf-8")
    assert read_indicators(path) == {"接种": "疫苗接种"}
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(WarehouseError, match="is no table of indicators"):
        read_indicators(path)


def test_what_is_exported_is_there_and_nothing_else_is_promised():
    assert sorted(warehouse.__all__) == sorted(warehouse._HOME)
    for name in warehouse.__all__:
        assert getattr(warehouse, name).__name__ == name
    with pytest.raises(AttributeError):
        warehouse.nothing  # noqa: B018


def test_reading_needs_neither_pandas_nor_prefect():
    code = (
        "import sys; from warehouse import connect_read_only; print(sorted({'pandas', 'prefect'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

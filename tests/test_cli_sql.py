"""``taizhang sql``: reads the warehouse, and nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Answer

Taizhang = Callable[..., Answer]


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "warehouse.duckdb"
    path.parent.mkdir()
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t AS SELECT '惠济区' AS place, 118::DECIMAL(38, 6) AS done, NULL AS nothing")
        connection.execute("INSERT INTO t VALUES ('=cmd()', 0.5, NULL)")
    return path


def test_a_table_aligns_chinese(taizhang: Taizhang, warehouse: Path) -> None:
    answer = taizhang("sql", "SELECT * FROM t")
    assert answer.out.splitlines() == [
        "place   done  nothing",
        "──────  ────  ───────",
        "惠济区   118",
        "=cmd()   0.5",
        "(2 rows)",
    ]


def test_csv_is_read_back_and_holds_no_formula(taizhang: Taizhang, warehouse: Path) -> None:
    answer = taizhang("sql", "SELECT * FROM t", "--format", "csv")
    assert list(csv.reader(io.StringIO(answer.out))) == [
        ["place", "done", "nothing"],
        ["惠济区", "118", ""],
        ["'=cmd()", "0.5", ""],
    ]


def test_json_lines_keep_decimals_exact(taizhang: Taizhang, warehouse: Path) -> None:
    assert taizhang("sql", "SELECT * FROM t", "--format", "jsonl").rows() == [
        {"place": "惠济区", "done": "118", "nothing": None},
        {"place": "=cmd()", "done": "0.5", "nothing": None},
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO t VALUES ('x', 1, NULL)",
        "DROP TABLE t",
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY t TO '/tmp/taizhang-must-not-exist.csv'",
        "ATTACH '/tmp/taizhang-must-not-exist.duckdb'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "SELEKT 1",
    ],
)
def test_a_statement_cannot_write_or_leave_the_warehouse(taizhang: Taizhang, warehouse: Path, statement: str) -> None:
    before = warehouse.read_bytes()
    answer = taizhang("sql", statement)
    assert answer.code == 1
    assert answer.err.startswith("taizhang: The statement failed")
    assert warehouse.read_bytes() == before
    assert not Path("/tmp/taizhang-must-not-exist.csv").exists()


def test_without_a_warehouse_it_says_how_to_make_one(taizhang: Taizhang) -> None:
    answer = taizhang("sql", "SELECT 1", "--data", "elsewhere")
    assert answer.code == 1
    assert answer.err == "taizhang: No warehouse yet. elsewhere/warehouse.duckdb. Make one with `taizhang run`.\n"


def test_control_characters_of_a_document_do_not_reach_the_terminal(taizhang: Taizhang, warehouse: Path) -> None:
    answer = taizhang("sql", "SELECT chr(27) || '[2Jx' AS c")
    assert "\x1b" not in answer.out

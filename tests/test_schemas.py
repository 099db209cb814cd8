"""One model a table: types, statements, comments and the migrated warehouse are the same thing."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from schemas import codes
from schemas.ddl import columns, sql_type, statements
from schemas.tables import KEYS, TABLES
from schemas.views import MACROS, VIEWS
from warehouse import connect, migrate

ROOT = Path(__file__).parent.parent
SHAPE = (
    "SELECT table_name, column_name, column_index, data_type, is_nullable, comment FROM duckdb_columns()"
    " WHERE schema_name = 'booked' ORDER BY ALL"
)
CONSTRAINTS = (
    "SELECT table_name, constraint_type, constraint_text FROM duckdb_constraints()"
    " WHERE schema_name = 'booked' ORDER BY ALL"
)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    con = connect(tmp_path_factory.mktemp("schema") / "new.duckdb")
    migrate(con)
    yield con
    con.close()


def test_the_migrations_make_exactly_what_the_models_declare(migrated):
    fresh = duckdb.connect()
    for statement in statements():
        fresh.execute(statement)
    for question in (SHAPE, CONSTRAINTS):
        assert migrated.execute(question).fetchall() == fresh.execute(question).fetchall()
    tables = "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'booked' ORDER BY ALL"
    assert migrated.execute(tables).fetchall() == fresh.execute(tables).fetchall()


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_gives_the_columns_that_its_description_lists(migrated, name):
    given = [(row[0], row[1]) for row in migrated.execute(f"DESCRIBE {name}").fetchall()]
    assert given == [(c.name, c.sql_type) for c in VIEWS[name].columns()]


def test_every_table_view_and_column_carries_a_comment(migrated):
    for what in ("tables", "views"):
        rows = migrated.execute(f"SELECT comment FROM duckdb_{what}() WHERE NOT internal").fetchall()
        assert rows
        assert all(comment for (comment,) in rows)
    bare = migrated.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    ).fetchall()
    assert bare == []


def test_the_public_views_have_at_least_the_columns_that_outside_programs_rely_on(migrated):
    relied_on = {
        "documents": "document_id document source url media_type title issuer place published_on published_on_basis"
        " first_seen_at",
        "observations": "observation_id document_id document page char_start char_end quote series_id indicator"
        " ref_area place time_start time_end obs_value value_low value_high unit_measure decimals qualifier measure"
        " modality obs_status published_on known_from known_to cause",
        "trend": "series_id indicator ref_area place time_start time_end obs_value unit_measure qualifier document"
        " previous_value delta delta_pct",
        "completion": "document place time_end indicator total done stated_rate computed_rate consistent",
        "relations": "relation_id relation document total parts numerator denominator rate now change before",
        "findings": "rule_id ess_level severity document observation_ids message run_id",
        "quarantine": "document char_start char_end quote rule_id reason state opened_at",
        "revisions": "series_id time_end old_value new_value cause documents",
        "ledger": "document char_start char_end text value class reason",
        "runs": "run_id started_at ended_at status fetched read accepted quarantined extractor_version",
    }
    relied_on["latest"] = relied_on["observations"]
    for view, names in relied_on.items():
        given = {row[0] for row in migrated.execute(f"DESCRIBE {view}").fetchall()}
        assert set(names.split()) <= given, view
    latest = migrated.execute("DESCRIBE latest").fetchall()
    for macro in MACROS:
        assert migrated.execute(f"DESCRIBE SELECT * FROM {macro}('2022-01-01')").fetchall() == latest


def test_no_value_is_ever_a_float(migrated):
    types = {row[0] for row in migrated.execute("SELECT data_type FROM duckdb_columns() WHERE NOT internal").fetchall()}
    assert not types & {"FLOAT", "DOUBLE"}
    with pytest.raises(TypeError, match="No column may have the type double"):
        sql_type(pa.float64())


def test_the_decimal_holds_what_budgets_and_rates_need():
    largest, finest = Decimal("1e15"), Decimal("0.000001")
    assert largest.adjusted() + 1 < codes.DECIMAL_PRECISION - codes.DECIMAL_SCALE
    assert -finest.as_tuple().exponent <= codes.DECIMAL_SCALE


def test_every_column_says_what_it_is():
    for name, model in TABLES.items():
        for column in columns(model):
            assert column.description.rstrip("…").endswith((".", " ")), (name, column.name)
        assert set(KEYS[name]) <= {c.name for c in columns(model)}


@pytest.mark.parametrize(("floor", "above"), [("schemas", ("flows", "warehouse")), ("warehouse", ("flows",))])
def test_a_floor_never_imports_a_higher_one(floor, above):
    for path in sorted((ROOT / floor).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [n for n in names if n.split(".")[0] in above], path

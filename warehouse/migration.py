"""Bring a database to the present shape: numbered migrations, each with its record in one transaction, then the views.

Statements that make or alter tables run apart from loads, and the database is checkpointed behind them: a write-ahead
log that holds both has had faults on replay.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from schemas.identity import digest
from schemas.views import comment_statements
from warehouse.connection import transaction
from warehouse.errors import WarehouseError

MIGRATIONS = Path(__file__).parent / "migrations"
VIEWS = Path(__file__).parent / "views"


def migrate(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Run what has not been run yet; returns the names. Raises WarehouseError where a migration was altered."""
    done = applied(con)
    ran = [path.name for path in sorted(MIGRATIONS.glob("*.sql")) if _migration(con, path, done)]
    if _views(con, done):
        ran.append("views")
    if ran:
        con.execute("CHECKPOINT")
    return ran


def applied(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The migrations that the database went through, with the checksum of each."""
    found = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'booked' AND table_name = 'migrations'"
    ).fetchone()
    if not found or not found[0]:
        return {}
    return dict(con.execute("SELECT name, checksum FROM booked.migrations").fetchall())


def _migration(con: duckdb.DuckDBPyConnection, path: Path, done: dict[str, str]) -> bool:
    """Run one migration unless it is done already."""
    sql = path.read_text(encoding="utf-8")
    checksum = digest("migration", sql)
    if path.name in done:
        if done[path.name] != checksum:
            raise WarehouseError(
                f"The migration {path.name} was altered after it had been run",
                "A warehouse that went through the old text has another shape",
                "Restore the file, and put the change into a new migration",
            )
        return False
    _run(con, [sql], path.name, checksum)
    return True


def view_statements() -> Iterator[str]:
    """The statements that make the public views and macros, in order, with their comments."""
    for path in sorted(VIEWS.glob("*.sql")):
        yield path.read_text(encoding="utf-8")
    yield from comment_statements()


def _views(con: duckdb.DuckDBPyConnection, done: dict[str, str]) -> bool:
    """Make the views anew where their text has changed."""
    statements = list(view_statements())
    checksum = digest("views", *statements)
    if done.get("views") == checksum:
        return False
    _run(con, statements, "views", checksum)
    return True


def _run(con: duckdb.DuckDBPyConnection, statements: list[str], name: str, checksum: str) -> None:
    with transaction(con):
        for sql in statements:
            con.execute(sql)
        now = datetime.now(UTC).replace(tzinfo=None)
        con.execute("DELETE FROM booked.migrations WHERE name = ?", [name])
        con.execute("INSERT INTO booked.migrations VALUES (?, ?, ?)", [name, checksum, now])

"""Connections: settings that hold for every one of them, and the two ways to open the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import WarehouseError

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,  # no download, ever: what is needed is built in
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "enable_external_access": False,  # SQL can reach no file and no network besides the database itself
}


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a database for writing. Raises WarehouseError where it cannot be opened."""
    return _open(path, read_only=False)


def connect_read_only(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the published warehouse for reading; its settings are locked. Raises WarehouseError where it is missing."""
    if not path.exists():
        raise WarehouseError(
            "There is no warehouse yet", f"{path} does not exist", "Load some reports first: taizhang run --inbox DIR"
        )
    return _open(path, read_only=True)


class Unchanged(Exception):
    """Raised in a transaction to undo it, because nothing changed."""


@contextmanager
def transaction(con: Any) -> Iterator[None]:
    """All of what is executed inside, or nothing; ``Unchanged`` undoes it and goes no further."""
    con.execute("BEGIN")
    try:
        yield
        con.execute("COMMIT")
    except BaseException as fault:
        with suppress(duckdb.Error):  # a commit that failed has undone itself; what went wrong first is what counts
            con.execute("ROLLBACK")
        if not isinstance(fault, Unchanged):
            raise


def _open(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    config = SETTINGS | {"lock_configuration": read_only}
    try:
        return duckdb.connect(str(path), read_only=read_only, config=config)
    except duckdb.Error as fault:
        raise WarehouseError(
            f"{path} cannot be opened",
            str(fault).strip(),
            "Close the program that has it open for writing, or restore the file",
        ) from fault

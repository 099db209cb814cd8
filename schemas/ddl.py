"""DuckDB statements made from the models: tables, constraints, comments.

``python -m schemas.ddl`` prints them. The first migration holds this text; later ones alter it, and a test compares
the migrated warehouse with the models, so that neither can drift from the other.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from schemas.columns import Table
from schemas.tables import KEYS, TABLES

SCHEMA = "booked"


@dataclass(frozen=True, slots=True)
class Column:
    """A declared column: its name, DuckDB type, whether it may be NULL, unit, description, codes and least value."""

    name: str
    arrow: pa.DataType
    sql_type: str
    null: bool
    unit: str
    description: str
    codes: tuple[str, ...]
    least: int | None

    @property
    def comment(self) -> str:
        """The description, with unit and codes."""
        unit = f" Unit: {self.unit}." if self.unit else ""
        codes = f" One of: {', '.join(self.codes)}." if self.codes else ""
        return self.description + unit + codes


def sql_type(arrow: pa.DataType) -> str:
    """The DuckDB type of an Arrow type. Raises TypeError for one that no column may have (a float)."""
    if pa.types.is_decimal128(arrow):
        return f"DECIMAL({arrow.precision},{arrow.scale})"
    if pa.types.is_list(arrow):
        return sql_type(arrow.value_type) + "[]"
    named = {
        pa.string(): "VARCHAR",
        pa.int64(): "BIGINT",
        pa.bool_(): "BOOLEAN",
        pa.date32(): "DATE",
        pa.timestamp("us"): "TIMESTAMP",
    }
    if arrow not in named:
        raise TypeError(f"No column may have the type {arrow}.")
    return named[arrow]


def _arrow_type(dtype: Any) -> pa.DataType:
    pandas_dtype = getattr(dtype, "type", None)
    arrow = getattr(pandas_dtype, "pyarrow_dtype", None)
    if not isinstance(arrow, pa.DataType):
        raise TypeError(f"A column is declared as {dtype}, which is no Arrow type.")
    return arrow


def columns(model: type[Table]) -> list[Column]:
    """The columns of a model, in its order."""
    found = []
    for name, column in model.to_schema().columns.items():
        arrow, more = _arrow_type(column.dtype), column.metadata or {}
        found.append(
            Column(
                name=str(name),
                arrow=arrow,
                sql_type=sql_type(arrow),
                null=bool(column.nullable),
                unit=more.get("unit", ""),
                description=column.description or "",
                codes=tuple(more.get("codes", ())),
                least=more.get("least"),
            )
        )
    return found


def arrow_schema(model: type[Table], without: frozenset[str] = frozenset()) -> pa.Schema:
    """The Arrow schema of a model, less some columns."""
    return pa.schema([pa.field(c.name, c.arrow, c.null) for c in columns(model) if c.name not in without])


def arrow_table(rows: Iterable[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    """Rows, in the order of the schema, as an Arrow table that DuckDB reads in place."""
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema=schema)


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def summary(model: type[Table]) -> str:
    """What a row of the table is: the first line of the model's docstring."""
    return (model.__doc__ or "").strip().splitlines()[0]


def _column_line(column: Column) -> str:
    line = f"    {column.name} {column.sql_type}" + ("" if column.null else " NOT NULL")
    if column.codes:
        line += f" CHECK ({column.name} IN ({', '.join(map(literal, column.codes))}))"
    elif column.least is not None:
        line += f" CHECK ({column.name} >= {column.least})"
    return line


def create_table(name: str) -> str:
    """CREATE TABLE of a declared table."""
    lines = [_column_line(column) for column in columns(TABLES[name])]
    if KEYS[name]:
        lines.append(f"    PRIMARY KEY ({', '.join(KEYS[name])})")
    return f"CREATE TABLE {SCHEMA}.{name} (\n" + ",\n".join(lines) + "\n);"


def comments(kind: str, name: str, model: type[Table]) -> Iterator[str]:
    """COMMENT ON for a table or view and each of its columns."""
    yield f"COMMENT ON {kind} {name} IS {literal(summary(model))};"
    for column in columns(model):
        yield f"COMMENT ON COLUMN {name}.{column.name} IS {literal(column.comment)};"


def statements() -> Iterator[str]:
    """All statements that make the declared tables in an empty database."""
    yield f"CREATE SCHEMA {SCHEMA};"
    for name, model in TABLES.items():
        yield create_table(name)
        yield from comments("TABLE", f"{SCHEMA}.{name}", model)


if __name__ == "__main__":
    sys.stdout.write("\n".join(statements()) + "\n")

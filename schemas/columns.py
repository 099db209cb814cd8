"""The vocabulary in which tables are declared: column types, codes, and the fields of a column's entry.

Every column is Arrow-backed, so that a decimal is a ``decimal128`` and never a float on its way into DuckDB.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa

from schemas.codes import DECIMAL_PRECISION, DECIMAL_SCALE

DECIMAL = pa.decimal128(DECIMAL_PRECISION, DECIMAL_SCALE)
TEXT_LIST = pa.list_(pa.string())

Text = Annotated[pd.ArrowDtype, pa.string()]
Number = Annotated[pd.ArrowDtype, DECIMAL]
Whole = Annotated[pd.ArrowDtype, pa.int64()]
Day = Annotated[pd.ArrowDtype, pa.date32()]
Moment = Annotated[pd.ArrowDtype, pa.timestamp("us")]
Truth = Annotated[pd.ArrowDtype, pa.bool_()]
TextList = Annotated[pd.ArrowDtype, TEXT_LIST]


def column(
    description: str,
    *,
    unit: str = "",
    null: bool = False,
    codes: Sequence[str] = (),
    least: int | None = None,
) -> Any:
    """Declare a column.

    ``unit`` says what a number counts; ``null`` allows NULL; ``codes`` closes the list of values (a pandera check and a
    CHECK constraint); ``least`` is the smallest value allowed.
    """
    return pandera.Field(
        description=description,
        nullable=null,
        isin=list(codes) or None,
        ge=least,
        metadata={"unit": unit, "codes": tuple(codes), "least": least},
    )


class Table(pandera.DataFrameModel):
    """The base of every model: exactly the declared columns, in any order, nothing coerced in silence."""

    class Config:
        strict = True
        coerce = False

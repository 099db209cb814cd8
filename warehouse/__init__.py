"""The warehouse: assess facts, open a run, book batches, publish. The floor between ``schemas`` and ``flows``.

What is exported is loaded when it is first used: ``connect_read_only`` needs DuckDB alone, and a command that only
reads should not wait for pandas and pandera.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.assessment import Assessed, assess
    from warehouse.batch import Batch
    from warehouse.connection import connect, connect_read_only
    from warehouse.errors import LoadFailed, PublishFailed, WarehouseBusy, WarehouseError
    from warehouse.load import LoadReport
    from warehouse.migration import migrate
    from warehouse.partitions import Partition, read_partitions
    from warehouse.publication import Published, publish
    from warehouse.run import Run, load_batch, open_run
    from warehouse.settling import settle
    from warehouse.state import (
        KnownDocument,
        RetrievalState,
        known_documents,
        needs_correcting,
        needs_reading,
        read_indicators,
        read_synonyms,
        retract,
        retrieval_state,
    )

__all__ = [
    "Assessed",
    "Batch",
    "KnownDocument",
    "LoadFailed",
    "LoadReport",
    "Partition",
    "PublishFailed",
    "Published",
    "RetrievalState",
    "Run",
    "WarehouseBusy",
    "WarehouseError",
    "assess",
    "connect",
    "connect_read_only",
    "known_documents",
    "load_batch",
    "migrate",
    "needs_correcting",
    "needs_reading",
    "open_run",
    "publish",
    "read_indicators",
    "read_partitions",
    "read_synonyms",
    "retract",
    "retrieval_state",
    "settle",
]

_HOME = {
    "Assessed": "assessment",
    "assess": "assessment",
    "Batch": "batch",
    "connect": "connection",
    "connect_read_only": "connection",
    "LoadFailed": "errors",
    "PublishFailed": "errors",
    "WarehouseBusy": "errors",
    "WarehouseError": "errors",
    "LoadReport": "load",
    "load_batch": "run",
    "migrate": "migration",
    "Partition": "partitions",
    "read_partitions": "partitions",
    "Published": "publication",
    "publish": "publication",
    "Run": "run",
    "open_run": "run",
    "settle": "settling",
    "KnownDocument": "state",
    "RetrievalState": "state",
    "known_documents": "state",
    "needs_correcting": "state",
    "needs_reading": "state",
    "read_indicators": "state",
    "read_synonyms": "state",
    "retract": "state",
    "retrieval_state": "state",
}


def __getattr__(name: str) -> Any:
    """Load an exported name from its module."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__

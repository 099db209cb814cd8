"""What reads the reports, as one short string that changes whenever the reading may change."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
# Corrections and aliases of indicators work on what was read; they are booked without reading a document again.
_NOT_READING = {"corrections.csv", "indicators.csv", "partitions.csv", "synonyms.csv"}


def _sources() -> list[Path]:
    """The files that decide what is read from a report: normalization, extraction, the reference tables."""
    code = [p for folder in ("normalize", "extract") for p in (_ROOT / "flows" / folder).rglob("*.py")]
    tables = [p for p in (_ROOT / "reference").rglob("*") if p.is_file() and p.name not in _NOT_READING]
    return sorted([*code, *tables])


@lru_cache(maxsize=1)
def extractor_version() -> str:
    """``0.1.0+3f2a9c01b7d4``: the version of the package and a checksum of code and tables that read."""
    checksum = hashlib.sha256()
    for path in _sources():
        checksum.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{version('taizhang')}+{checksum.hexdigest()[:12]}"


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

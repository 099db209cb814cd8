"""Where the tables that a user may edit lie: the folder reference/ of the project, or TAIZHANG_REFERENCE."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from flows.errors import ConfigurationError

REFERENCE: Final = Path(__file__).resolve().parents[2] / "reference"


def reference_path(name: str) -> Path:
    """The path of a reference table. Raises ConfigurationError where it is missing."""
    folder = Path(os.environ.get("TAIZHANG_REFERENCE") or REFERENCE)
    path = folder / name
    if not path.is_file():
        raise ConfigurationError(
            "A reference table is missing", str(path), "Restore it from the repository, or unset TAIZHANG_REFERENCE"
        )
    return path

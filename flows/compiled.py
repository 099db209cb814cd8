"""Where the machine code of reading lies, if scripts/compile.py has made it of just these sources.

Extraction, and the joining of lines before it, are plain Python that mypyc can compile. The compiled modules stand in
the environment, in a folder named by a checksum of the sources; they are imported in place of the sources only where
that checksum is the same, so that an edit is never answered by older code. ``TAIZHANG_INTERPRETED=1`` leaves them
aside.
"""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

FLOWS = Path(__file__).resolve().parent
_NORMALIZE = ("characters.py", "collection.py", "running.py", "spacing.py")  # what makes running text of a text
# __init__ says which of the two is imported; reference.py finds its tables from the place of its source.
_INTERPRETED = {"__init__.py", "reference.py"}


def sources() -> list[Path]:
    """The modules that are compiled, in order of name."""
    extract = sorted(path for path in (FLOWS / "extract").glob("*.py") if path.name not in _INTERPRETED)
    return [*extract, *(FLOWS / "normalize" / name for name in _NORMALIZE)]


def home() -> Path:
    """The folder of this environment that holds one folder for each checksum."""
    return Path(sys.prefix) / "share" / "taizhang"


def folder() -> Path:
    """Where the compiled modules of these sources belong, made or not."""
    checksum = hashlib.sha256(str(sys.implementation.cache_tag).encode())
    for path in sources():
        checksum.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return home() / f"extract-{checksum.hexdigest()[:16]}"


def modules(package: str) -> Path | None:
    """The folder to import compiled modules of ``extract`` or ``normalize`` from; None where their sources are to be
    interpreted."""
    found = made()
    return found / "flows" / package if found is not None else None


@cache
def made() -> Path | None:
    """The folder of compiled modules to import from; looked for once a process, so that all are of one state of the
    sources."""
    if os.environ.get("TAIZHANG_INTERPRETED") or not home().is_dir():
        return None
    found = folder()
    return found if found.is_dir() else None

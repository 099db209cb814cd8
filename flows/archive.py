"""The archive: every fetched file, unaltered, under the SHA-256 of its bytes.

A file goes in before anything reads it. The key alone names it in the file system (``ab/cd/abcd…``): no word of a
document or of its name ever becomes part of a path. A file that is there is never written again.

Beside a file lie its receipts (``KEY.receipt-0001.json``): the name it came under, from where, when, and what its
source said of it. A receipt that says something new is added, never changed, so that the archive alone is enough to
read every report again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.errors import NotRetriable, Unreadable

_KEY = re.compile(r"[0-9a-f]{64}")


def key_of(data: bytes) -> str:
    """The archive key of these bytes: their SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """Under what name and from where a file came, and what its source says of it.

    ``sidecar`` wins over what the report says of itself, ``hints`` are defaults for what it leaves open.
    """

    name: str
    source: str
    retrieved_at: datetime  # UTC
    url: str | None = None
    media_type: str | None = None
    sidecar: dict[str, Any] = field(default_factory=dict)
    hints: dict[str, Any] = field(default_factory=dict)

    def same_as(self, other: Receipt) -> bool:
        """Whether both say the same, at whatever time."""
        return replace(self, retrieved_at=other.retrieved_at) == other


class Archive:
    """A folder of files by checksum, sharded over two levels of two characters."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    def path_of(self, key: str) -> Path:
        """Where the file of ``key`` lies, or would. Raises NotRetriable where ``key`` is not a checksum."""
        if not _KEY.fullmatch(key):
            raise NotRetriable("Not an archive key", repr(key[:80]), "An archive key is 64 hexadecimal digits")
        return self.root / key[:2] / key[2:4] / key

    def __contains__(self, key: str) -> bool:
        return self.path_of(key).is_file()

    def all_keys(self) -> Iterator[str]:
        """Every key of the archive, in order."""
        found = (path.name for path in self.root.glob("??/??/*") if _KEY.fullmatch(path.name))
        yield from sorted(found)

    def put(self, data: bytes) -> str:
        """Archive ``data`` and return its key; where the same bytes are there already, nothing is written.

        The bytes are on the disk (fsync of file and folder) before they can be seen under their key. A file under
        this key that no longer matches it is set aside as ``KEY.damaged``, not overwritten.
        """
        key = key_of(data)
        target = self.path_of(key)
        if target.exists():
            if key_of(target.read_bytes()) == key:
                return key
            target.rename(_free_name(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_new(target, data)
        return key

    def get(self, key: str) -> bytes:
        """The bytes of ``key``, checked against it. Raises Unreadable where they are missing or have changed."""
        try:
            data = self.path_of(key).read_bytes()
        except FileNotFoundError:
            raise Unreadable("The file is not in the archive", key, "Fetch the report again") from None
        if key_of(data) != key:
            raise Unreadable("The archived file has changed", f"{key} no longer has this checksum", "Fetch it again")
        return data

    def add_receipt(self, key: str, receipt: Receipt) -> bool:
        """Add ``receipt`` to the file of ``key`` where it says something new; whether it did."""
        before = self.receipts(key)
        if before and before[-1].same_as(receipt):
            return False
        record = json.dumps(asdict(receipt), ensure_ascii=False, default=_iso).encode()
        target = self.path_of(key)
        _write_new(target.with_name(f"{target.name}.receipt-{len(before) + 1:04d}.json"), record)
        return True

    def receipts(self, key: str) -> list[Receipt]:
        """The receipts of ``key``, oldest first."""
        target = self.path_of(key)
        return [_receipt(path) for path in sorted(target.parent.glob(f"{target.name}.receipt-*.json"))]


def _receipt(path: Path) -> Receipt:
    record = json.loads(path.read_text(encoding="utf-8"))
    return Receipt(**record | {"retrieved_at": datetime.fromisoformat(record["retrieved_at"])})


def _iso(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _write_new(target: Path, data: bytes) -> None:
    """Write ``data`` beside ``target``, sync it, and link it into place; a racing writer of the same bytes is fine."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".incoming-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o444)
        try:
            os.link(temporary, target)  # unlike rename, never replaces what is there
        except FileExistsError:
            return
        _sync_folders(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _sync_folders(folder: Path) -> None:
    """Make the new name, and the shard folders that may be new with it, survive a power cut."""
    for path in (folder, folder.parent, folder.parent.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _free_name(target: Path) -> Path:
    """A name for a damaged file that no other damaged file has."""
    number = 0
    while (name := target.with_name(f"{target.name}.damaged{number or ''}")).exists():
        number += 1
    return name

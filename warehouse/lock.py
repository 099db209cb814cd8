"""One run at a time: a lock on a file, which the operating system lets go of when its process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from warehouse.errors import WarehouseBusy


class RunLock:
    """An exclusive lock on ``path``. The file stays; it holds who has, or last had, the lock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def acquire(self, who: str) -> None:
        """Take the lock. Raises WarehouseBusy, with who has it, where another process or run holds it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            holder = os.pread(handle, 500, 0).decode("utf-8", "replace").strip()
            os.close(handle)
            raise WarehouseBusy(
                "Another run holds the warehouse",
                f"{holder or 'It does not say who it is'} ({self._path})",
                "Let it end, then run again",
            ) from fault
        os.ftruncate(handle, 0)
        os.pwrite(handle, who.encode(), 0)
        self._handle = handle

    def release(self) -> None:
        """Let go of the lock; nothing happens where it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

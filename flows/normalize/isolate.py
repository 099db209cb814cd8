"""Reading a file in a child process with limits, so that a parser that crashes takes down one file and no more.

A worker (``python -m flows.normalize.worker``) reads many files, one after the other: starting it costs about 0.1 s,
a file through it less than a millisecond above the reading itself. It is replaced when it dies, when a limit stopped
it, and after ``FILES_A_WORKER`` files, which bounds what a leaking parser can keep. Limits of one file:

- memory: RLIMIT_AS of the worker, set once when it starts, so workers are kept apart by their limit;
- processor time: RLIMIT_CPU, moved ahead for each file; the kernel ends the worker;
- wall time: the parent waits three times ``seconds`` and one more (a busy machine gives a process a part of its time)
  and then kills the worker.

Plain text is read in the same way as the rest: one path, one promise. Records cross as JSON, never as pickles, because
what comes back was made next to untrusted bytes.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from importlib.util import find_spec
from typing import Any, cast

from flows.errors import Unreadable
from flows.normalize.model import Candidate, SourceText, Span
from flows.normalize.read import MAX_BYTES, OCR_MEGABYTES, OCR_PACKAGE, kind_of

FILES_A_WORKER = 200
_LENGTH = struct.Struct(">Q")
_LARGEST_ANSWER = 1 << 30


class _Died(Exception):
    """The worker is gone; the argument says how, as the end of a sentence."""


class _Worker:
    """One child process and the two pipes to it. Used by one thread at a time."""

    def __init__(self, megabytes: int) -> None:
        self.owner, self.files = os.getpid(), 0
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flows.normalize.worker", str(megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )

    @property
    def usable(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None and self.files < FILES_A_WORKER

    def ask(self, request: dict[str, Any], data: bytes, seconds: float) -> dict[str, Any]:
        """Send one file and wait for the answer; raises _Died where none comes in time."""
        self.files += 1
        deadline = time.monotonic() + 3 * seconds + 1
        head = json.dumps(request).encode()
        try:
            self._send(_LENGTH.pack(len(head)) + head + _LENGTH.pack(len(data)) + data, deadline)
            length = _LENGTH.unpack(self._receive(_LENGTH.size, deadline))[0]
            if length > _LARGEST_ANSWER:
                raise _Died("gave an answer without end")
            return cast(dict[str, Any], json.loads(self._receive(length, deadline)))
        except BrokenPipeError:
            raise _Died(self._how()) from None

    def _send(self, payload: bytes, deadline: float) -> None:
        pipe = cast(Any, self.process.stdin).fileno()
        view = memoryview(payload)
        os.set_blocking(pipe, False)
        while view:
            _, ready, _ = select.select([], [pipe], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise _Died("took longer than its time")
            view = view[os.write(pipe, view[: 1 << 16]) :]

    def _receive(self, count: int, deadline: float) -> bytes:
        pipe = cast(Any, self.process.stdout).fileno()
        parts, missing = [], count
        while missing:
            ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise _Died("took longer than its time")
            part = os.read(pipe, min(missing, 1 << 20))
            if not part:
                raise _Died(self._how())
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def _how(self) -> str:
        code = self.process.wait(timeout=10)
        if code == -signal.SIGXCPU:
            return "took longer than its processor time"
        return f"ended with signal {-code}" if code < 0 else f"ended with code {code}"

    def end(self) -> None:
        """Kill and reap. A worker holds nothing worth saving."""
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


_idle: dict[int, list[_Worker]] = {}
_lock = threading.Lock()


def _take(megabytes: int) -> _Worker:
    with _lock:
        waiting = _idle.setdefault(megabytes, [])
        while waiting:
            worker = waiting.pop()
            if worker.usable:
                return worker
            worker.end()
    return _Worker(megabytes)


def _put_back(megabytes: int, worker: _Worker) -> None:
    if not worker.usable:
        worker.end()
        return
    with _lock:
        _idle.setdefault(megabytes, []).append(worker)


@atexit.register
def close() -> None:
    """End every idle worker of this process; the next call starts new ones."""
    with _lock:
        for workers in _idle.values():
            while workers:
                workers.pop().end()


def _call(request: dict[str, Any], data: bytes, seconds: float, megabytes: int) -> dict[str, Any]:
    name = request["name"]
    if len(data) > MAX_BYTES:
        raise Unreadable(
            "The file is too large", f"{name}: {len(data):,} bytes, at most {MAX_BYTES:,} are read", "Split the report"
        )
    worker = _take(megabytes)
    try:
        answer = worker.ask({**request, "seconds": seconds}, data, seconds)
    except _Died as how:
        worker.end()
        raise Unreadable(
            "The reader did not survive the file",
            f"{name}: the reader {how} (limits: {seconds:g} s, {megabytes} MB)",
            "Raise the limits if the file is known to be good, else fetch it again",
        ) from None
    except BaseException:
        worker.end()
        raise
    if answer.get("spent"):
        worker.end()
    else:
        _put_back(megabytes, worker)
    if "error" in answer:
        raise Unreadable(*answer["error"])
    return answer


def read_isolated(data: bytes, name: str, *, seconds: float = 60, megabytes: int = 1024) -> SourceText:
    """``read_source`` in a child process that may use ``seconds`` of processor time and ``megabytes`` of memory.

    Where the OCR extra is installed, a PDF or picture may use what the recognizer needs (``OCR_MEGABYTES``).
    Raises Unreadable as ``read_source`` does, and where the reader crashed or went over a limit, with which one.
    """
    if find_spec(OCR_PACKAGE) and kind_of(data, name) in ("pdf", "image"):
        megabytes = max(megabytes, OCR_MEGABYTES)
    return source_from_json(_call({"name": name, "what": "read"}, data, seconds, megabytes)["source"])


def members_isolated(data: bytes, name: str, *, seconds: float = 60, megabytes: int = 1024) -> list[tuple[str, bytes]]:
    """``archives.members`` in a child process with the same limits as ``read_isolated``."""
    answer = _call({"name": name, "what": "members"}, data, seconds, megabytes)
    return [(member, bytes.fromhex(content)) for member, content in answer["members"]]


def source_to_json(source: SourceText) -> dict[str, Any]:
    """A SourceText as plain JSON values."""
    return asdict(source)


def source_from_json(record: dict[str, Any]) -> SourceText:
    """The SourceText that ``source_to_json`` wrote."""
    box: Callable[[Any], Any] = lambda value: None if value is None else tuple(value)  # noqa: E731
    return SourceText(
        text=record["text"],
        media_type=record["media_type"],
        encoding=record["encoding"],
        spans=tuple(Span(**{**span, "bbox": box(span["bbox"])}) for span in record["spans"]),
        candidates=tuple((field, Candidate(**candidate)) for field, candidate in record["candidates"]),
        findings=tuple(record["findings"]),
    )

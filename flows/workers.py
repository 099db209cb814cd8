"""Work on documents in child processes, one item at a time, bounded in time and memory.

An item that kills its process, exceeds its memory or takes too long costs that item and nothing else: the process is
replaced and the next item goes on. (A pool of ``concurrent.futures`` loses every pending item with one crash.) A
process is kept for the next borrower, because importing the extractor takes longer than reading a report.

Answers cross as pickles: a worker runs our own Python on decoded text, while foreign bytes are parsed in a child of
its own (flows.normalize.isolate), from which only JSON comes back.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import IO, Any

ITEMS_A_PROCESS = 500  # then it is replaced: bounds what a leak can keep


@dataclass(frozen=True, slots=True)
class Lost:
    """An item without an answer, and why, in a sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one item: ``seconds`` of wall time, ``megabytes`` of address space of its process."""

    seconds: float = 180.0
    megabytes: int = 4096


class Worker:
    """One child process at a time, started when first needed and again after each loss. For one thread at a time.

    ``function`` is "module:name" of a function from one picklable item to a picklable answer.
    """

    def __init__(self, function: str, limits: Limits) -> None:
        self.function, self.limits = function, limits
        self._process: subprocess.Popen[bytes] | None = None
        self._answered = 0

    def answer(self, item: object) -> Any | Lost:
        """What the function makes of ``item``, or Lost with the reason."""
        process = self._started()
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            process.kill()

        timer = threading.Timer(self.limits.seconds, expire)
        timer.start()
        try:
            answer = _exchange(process, item)
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            code = self.close()
            reason = f"It took longer than {self.limits.seconds:g} s" if expired.is_set() else _ending(code)
            return Lost(reason)
        finally:
            timer.cancel()
        self._answered += 1
        if self._answered >= ITEMS_A_PROCESS:
            self.close()
        return answer

    def close(self) -> int | None:
        """End the process and return its exit code, None where there is none."""
        process, self._process, self._answered = self._process, None, 0
        if process is None:
            return None
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        try:
            return process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            command = [sys.executable, "-m", "flows.workers", self.function, str(self.limits.megabytes)]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            assert self._process.stdout is not None
            self._process.stdout.readline()  # its imports are done: from here on the time is the item's
        return self._process


_idle: dict[tuple[str, Limits], list[Worker]] = {}
_lock = threading.Lock()


@contextlib.contextmanager
def borrowed_worker(function: str, limits: Limits) -> Iterator[Worker]:
    """A worker for ``function``, an idle one where there is one; it goes back for the next borrower."""
    with _lock:
        waiting = _idle.setdefault((function, limits), [])
        worker = waiting.pop() if waiting else Worker(function, limits)
    try:
        yield worker
    except BaseException:
        worker.close()
        raise
    with _lock:
        waiting.append(worker)


@atexit.register
def close_workers() -> None:
    """End every idle worker; the next borrower starts a new one."""
    with _lock:
        for waiting in _idle.values():
            while waiting:
                waiting.pop().close()


def _exchange(process: subprocess.Popen[bytes], item: object) -> Any:
    """One item in, one answer out. Raises EOFError or BrokenPipeError where the process has gone."""
    assert process.stdin is not None
    assert process.stdout is not None
    pickle.dump(item, process.stdin)
    process.stdin.flush()
    return pickle.load(process.stdout)


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"Its process was ended by {signal.Signals(-code).name}"
    return f"Its process ended with exit code {code}"


def _limit_memory(megabytes: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(function: Callable[[Any], Any], item: object) -> Any | Lost:
    try:
        return function(item)
    except MemoryError:
        return Lost("It needs more memory than it may have")
    except RecursionError:
        return Lost("It is nested too deeply")
    except Exception as error:  # the last line of defence: told in quarantine with its kind, and the batch goes on
        return Lost(f"Reading it failed with {type(error).__name__}: {str(error)[:300]}")


def _serve(function: Callable[[Any], Any], items: IO[bytes], answers: IO[bytes]) -> None:
    """Answer every item until there are no more."""
    while True:
        try:
            item = pickle.load(items)
        except EOFError:
            return
        pickle.dump(_answer(function, item), answers)
        answers.flush()


def _main(function: str, megabytes: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the run, which closes its workers
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up among the answers
    module, name = function.split(":")
    served = getattr(import_module(module), name)
    _limit_memory(int(megabytes))
    answers.write(b"ready\n")
    answers.flush()
    _serve(served, sys.stdin.buffer, answers)


if __name__ == "__main__":
    # Under its own name, so that Lost is the class that the parent knows.
    import_module("flows.workers")._main(*sys.argv[1:])

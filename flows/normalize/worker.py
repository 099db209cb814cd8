"""The child process of ``isolate``: reads files that come through standard input, within its limits.

Started as ``python -m flows.normalize.worker MEGABYTES``. It needs nothing of the parent's memory, opens no file, and
answers on the descriptor that was standard output; what a parser prints goes nowhere.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Any, BinaryIO

from flows.errors import Unreadable
from flows.normalize.archives import members
from flows.normalize.isolate import _LENGTH, source_to_json
from flows.normalize.read import read_source


def main() -> None:
    """Answer until standard input closes."""
    size = int(sys.argv[1]) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(3000)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    while (request := _read_request(sys.stdin.buffer)) is not None:
        _allow_processor_time(request[0]["seconds"])
        payload = json.dumps(_answer(*request)).encode()
        del request
        answers.write(_LENGTH.pack(len(payload)) + payload)
        answers.flush()


def _read_request(pipe: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    parts = []
    for _ in range(2):
        length = pipe.read(_LENGTH.size)
        if len(length) < _LENGTH.size:
            return None
        parts.append(pipe.read(_LENGTH.unpack(length)[0]))
    return json.loads(parts[0]), parts[1]


def _allow_processor_time(seconds: float) -> None:
    """Move the limit ahead of what was used; the kernel counts whole seconds, so a file gets up to one more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    name = request["name"]
    try:
        if request["what"] == "members":
            return {"members": [(member, content.hex()) for member, content in members(data, name)]}
        return {"source": source_to_json(read_source(data, name))}
    except Unreadable as error:
        return {"error": [error.title, error.detail, error.next_step]}
    except MemoryError:
        return {
            "spent": True,
            "error": [
                "The file needs more memory than it may have",
                f"{name}: limit {sys.argv[1]} MB",
                "Raise the limit if the file is known to be good",
            ],
        }
    except Exception as error:  # a parser may fail in any way on damaged bytes; the file is lost, with its reason
        return {
            "spent": True,
            "error": ["The reader failed", f"{name}: {type(error).__name__}: {str(error)[:200]}", "Report the file"],
        }


if __name__ == "__main__":
    main()

"""Functions for workers that do what documents can make a process do. Used by test_batch.py."""

from __future__ import annotations

import os
import signal
import time


def behave(item: object) -> object:
    """Answer with the item, or misbehave as it says."""
    if item == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if item == "exit":
        os._exit(7)
    if item == "hang":
        time.sleep(600)
    if item == "memory":
        return len(bytearray(10**11))
    if item == "deep":
        return _deep(0)
    if item == "raise":
        raise KeyError("what")
    if item == "print":
        print("noise on standard output")
    return (item, os.getpid())


def _deep(level: int) -> int:
    return _deep(level + 1) + 1

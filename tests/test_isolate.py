"""The child process that reads files: its limits, and that one bad file takes down no other."""

from __future__ import annotations

import os
import threading

import pytest

from flows.errors import Unreadable
from flows.normalize import isolate
from flows.normalize.isolate import read_isolated, source_from_json, source_to_json
from flows.normalize.model import Candidate, SourceText, Span
from flows.normalize.read import MAX_BYTES, read_source

GOOD = "截至6月30日，32件实事已完成25件，完成率78.1%。".encode()


@pytest.fixture(autouse=True)
def _no_worker_left() -> object:
    isolate.close()
    yield None
    isolate.close()


def _crash(monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """Make workers run ``statement`` instead of reading (a stand-in for a parser that fails)."""
    code = f"import sys; sys.argv=['w','512']; import flows.normalize.worker as w\n{statement}\nw.main()"
    real = isolate.subprocess.Popen

    def start(command: list[str], **options: object) -> object:
        return real([command[0], "-c", code], **options)

    monkeypatch.setattr(isolate.subprocess, "Popen", start)


def test_the_child_reads_what_the_parent_would_read() -> None:
    assert read_isolated(GOOD, "a.txt", seconds=10, megabytes=512) == read_source(GOOD, "a.txt")


def test_one_worker_reads_many_files() -> None:
    for index in range(20):
        read_isolated(GOOD, f"{index}.txt", seconds=10, megabytes=512)
    (worker,) = isolate._idle[512]
    assert worker.files == 20


def test_an_unreadable_file_keeps_its_reason_and_the_worker() -> None:
    with pytest.raises(Unreadable) as error:
        read_isolated(b"\xff\xfe\xff", "bad.txt", seconds=10, megabytes=512)
    assert "bad.txt" in error.value.detail
    assert len(isolate._idle[512]) == 1


def test_a_parser_that_crashes_the_process_costs_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        _crash(patch, "import os\nw.read_source = lambda data, name: os.abort()")
        with pytest.raises(Unreadable, match="signal 6"):
            read_isolated(GOOD, "crash.txt", seconds=10, megabytes=512)
    assert "25件" in read_isolated(GOOD, "next.txt", seconds=10, megabytes=512).text


def test_a_parser_without_end_is_stopped_by_its_processor_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        _crash(patch, "def f(data, name):\n    while True: pass\nw.read_source = f")
        with pytest.raises(Unreadable, match="processor time"):
            read_isolated(GOOD, "loop.txt", seconds=1, megabytes=512)


def test_a_parser_that_sleeps_is_stopped_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        _crash(patch, "import time\nw.read_source = lambda data, name: time.sleep(600)")
        with pytest.raises(Unreadable, match="longer than its time"):
            read_isolated(GOOD, "sleep.txt", seconds=0.3, megabytes=512)


def test_a_parser_that_eats_memory_is_stopped_by_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        _crash(patch, "w.read_source = lambda data, name: bytearray(1 << 31)")
        with pytest.raises(Unreadable, match="more memory"):
            read_isolated(GOOD, "large.txt", seconds=10, megabytes=512)


def test_an_error_inside_a_parser_is_a_reason_not_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        _crash(patch, "def f(data, name):\n    return [][1]\nw.read_source = f")
        with pytest.raises(Unreadable, match="IndexError"):
            read_isolated(GOOD, "bug.txt", seconds=10, megabytes=512)


def test_a_worker_that_died_between_files_is_replaced() -> None:
    read_isolated(GOOD, "a.txt", seconds=10, megabytes=512)
    (worker,) = isolate._idle[512]
    worker.process.kill()
    worker.process.wait()
    assert "25件" in read_isolated(GOOD, "b.txt", seconds=10, megabytes=512).text


def test_a_file_over_the_size_limit_is_not_sent() -> None:
    with pytest.raises(Unreadable, match="too large"):
        read_isolated(bytes(MAX_BYTES + 1), "huge.txt", seconds=10, megabytes=512)


def test_threads_have_workers_of_their_own() -> None:
    texts: list[str] = []
    threads = [
        threading.Thread(target=lambda: texts.append(read_isolated(GOOD, "t.txt", seconds=20, megabytes=512).text))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == [GOOD.decode()] * 4


def test_a_worker_of_another_process_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    read_isolated(GOOD, "a.txt", seconds=10, megabytes=512)
    (worker,) = isolate._idle[512]
    monkeypatch.setattr(worker, "owner", os.getpid() + 1)
    assert not worker.usable
    monkeypatch.undo()


def test_a_source_survives_the_crossing_unaltered() -> None:
    source = SourceText(
        "标题\n\n正文118件",
        "application/pdf",
        None,
        (Span(0, 2, "title", 1, (1.0, 2.5, 3.0, 4.0)), Span(4, 10, "paragraph")),
        (("title", Candidate("标题", "meta")),),
        ("一处冲突。",),
    )
    assert source_from_json(source_to_json(source)) == source

"""Whatever breaks, and wherever: all of a batch is booked or nothing, and readers have a whole warehouse."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.warehouse_help import ask, book, completion, everything, level, parse
from warehouse import Batch, LoadFailed, PublishFailed, assess, load_batch, open_run, publish

ROOT = Path(__file__).parent.parent
FIRST = (completion(), level("a.txt", "100", "2021-12-01"))
SECOND = (completion(rate="71%", name="b.txt"), level("c.txt", "120", "2021-12-02"), level("d.txt", "90", "2021-12-03"))


def batch(*documents):
    return Batch.of(assess(d, parse=parse) for d in documents)


class Failing:
    """A connection whose N-th statement fails; None lets all of them through."""

    def __init__(self, con, fails_at: int | None) -> None:
        self._con, self._left = con, fails_at

    def execute(self, sql, *parameters):
        if self._left is not None and not sql.startswith("ROLLBACK"):
            self._left -= 1
            if self._left == 0:
                self._left = None
                raise duckdb.IOException("the disk is full")
        return self._con.execute(sql, *parameters)

    def __getattr__(self, name):
        return getattr(self._con, name)


def fails(run) -> bool:
    """Whether the second batch cannot be loaded, for the reason that it was given."""
    try:
        load_batch(run, batch(*SECOND))
    except LoadFailed as fault:
        return "the disk is full" in fault.detail
    return False


def test_a_load_that_fails_at_any_statement_books_nothing_and_succeeds_when_tried_again(tmp_path):
    with open_run(tmp_path) as run:
        load_batch(run, batch(*FIRST))
        sound, before = run.con, everything(run.con)
        for n in range(1, 200):
            run.con = Failing(sound, n)
            if not fails(run):
                break
            assert everything(sound) == before, n
        run.con = sound
        assert n > 15
        after = everything(sound)
        assert not load_batch(run, batch(*SECOND)).changed
        assert everything(sound) == after
        assert after != before


def whole(data_dir) -> None:
    """What holds of every published warehouse: ledgers, keys and derived views agree with the facts."""
    questions = {
        "a figure without its document": "SELECT count(*) FROM booked.observations ANTI JOIN booked.documents"
        " USING (document_id)",
        "a document without its ledger": "SELECT count(*) FROM documents ANTI JOIN ledger USING (document_id)",
        "a figure that stands twice": "SELECT count(*) - count(DISTINCT observation_id) FROM booked.observations"
        " WHERE known_to IS NULL",
        "a period that stands twice": "SELECT count(*) - count(DISTINCT (series_id, time_start, time_end)) FROM latest",
        "a load without its run": "SELECT count(*) FROM booked.loads ANTI JOIN booked.runs USING (run_id)",
        "a run that did not end": "SELECT count(*) FROM runs WHERE status = 'running'",
    }
    for what, sql in questions.items():
        assert ask(data_dir, sql) == [(0,)], what


def test_a_publication_that_fails_at_any_step_leaves_the_last_one_and_the_next_run_goes_on(tmp_path, monkeypatch):
    book(tmp_path, *FIRST)
    published = (tmp_path / "warehouse.duckdb").read_bytes()
    steps = 0
    for n in range(1, 100):
        run = open_run(tmp_path)
        load_batch(run, batch(*SECOND))
        run.con = Failing(run.con, n)
        try:
            publish(run)
        except PublishFailed:
            steps += 1
            assert (tmp_path / "warehouse.duckdb").read_bytes() == published
            continue
        break
    assert steps > 10
    whole(tmp_path)
    assert ask(tmp_path, "SELECT count(*) FROM documents") == [(5,)]
    assert ask(tmp_path, "SELECT count(*) FROM booked.loads") == [(2,)]
    assert set(ask(tmp_path, "SELECT status FROM runs")) == {("completed",), ("abandoned",)}


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_a_rename_or_sync_that_fails_leaves_the_last_warehouse(tmp_path, monkeypatch, call):
    book(tmp_path, *FIRST)
    published = (tmp_path / "warehouse.duckdb").read_bytes()

    def refuse(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(f"warehouse.publication.os.{call}", refuse)
        with pytest.raises(PublishFailed, match="No space left"):
            book(tmp_path, *SECOND)
    assert (tmp_path / "warehouse.duckdb").read_bytes() == published
    book(tmp_path, *SECOND)
    whole(tmp_path)
    assert ask(tmp_path, "SELECT count(*) FROM documents") == [(5,)]


CHILD = """
import sys
from pathlib import Path
from tests.warehouse_help import level, parse
from warehouse import Batch, assess, load_batch, open_run, publish

run = open_run(Path(sys.argv[1]))
for n in range(400):
    report = level(f"{n}.txt", str(100 + n), "2021-12-01", day=f"2021-{1 + n // 28 % 12:02}-{1 + n % 28:02}")
    load_batch(run, Batch.of([assess(report, parse=parse)]))
    print(n, flush=True)
"""


def killed_run(data_dir: Path, after: int, pause: float) -> None:
    """A run in a process of its own that is killed some time after so many batches."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(data_dir)], cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ
    )
    assert child.stdout is not None
    for line in child.stdout:
        if int(line) >= after:
            break
    time.sleep(pause)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()


def test_a_run_that_is_killed_leaves_readers_the_last_warehouse_and_its_batches_to_the_next_run(tmp_path):
    book(tmp_path, *FIRST)
    published = (tmp_path / "warehouse.duckdb").read_bytes()
    for after, pause in ((1, 0.0), (2, 0.013), (3, 0.037)):
        killed_run(tmp_path, after, pause)
        assert (tmp_path / "warehouse.duckdb").read_bytes() == published
    with open_run(tmp_path) as run:
        taken_up = run.con.execute("SELECT count(*) FROM booked.documents").fetchone()[0]
        torn = "SELECT count(*) FROM booked.documents ANTI JOIN booked.observations USING (document_id)"
        assert run.con.execute(torn).fetchone() == (0,)
        publish(run)
    assert taken_up >= len(FIRST) + 4
    whole(tmp_path)
    assert ask(tmp_path, "SELECT count(*) FROM runs WHERE status = 'abandoned'") == [(3,)]


def test_a_torn_private_copy_is_thrown_away(tmp_path):
    book(tmp_path, *FIRST)
    run = open_run(tmp_path)
    run.close()
    run.build.write_bytes(run.build.read_bytes()[:5000])
    book(tmp_path, *SECOND)
    whole(tmp_path)
    assert ask(tmp_path, "SELECT count(*) FROM documents") == [(5,)]


def test_a_private_copy_of_an_older_warehouse_is_thrown_away(tmp_path):
    book(tmp_path, *FIRST)
    run = open_run(tmp_path)
    load_batch(run, batch(*SECOND))
    run.close()
    left = {path: path.read_bytes() for path in (run.build, run.build.with_name("base.json"))}
    for path in left:
        path.unlink()
    book(tmp_path, level("new.txt", "130", "2021-12-05"))
    for path, content in left.items():
        path.write_bytes(content)
    book(tmp_path)
    assert ask(tmp_path, "SELECT document FROM documents ORDER BY 1") == [("a.txt",), ("new.txt",), ("report.txt",)]

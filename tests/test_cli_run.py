"""``taizhang run``, ``fetch``, ``reprocess``: what they print, and how they end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.archive import Archive
from flows.commands.run import sole_command
from flows.errors import WarehouseBusy
from tests.conftest import ROOT, Answer

Taizhang = Callable[..., Answer]

REPORT = "截至{month}月23日，全区45位区级领导领办的145件实事已完成{done}件，完成率{rate}%。"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for month, done, rate in ((9, 87, 60), (10, 101, 69), (11, 118, 99)):
        (folder / f"{month}.txt").write_text(REPORT.format(month=month, done=done, rate=rate), encoding="utf-8")
        sidecar = {"published_on": f"2021-{month:02d}-25", "place": "惠济区", "issuer": "惠济区"}
        (folder / f"{month}.txt.meta.json").write_text(json.dumps(sidecar), encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def test_a_run_tells_the_night_while_a_second_one_ends_at_once(taizhang: Taizhang, inbox: Path, tmp_path: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "run", "--inbox", str(inbox), "--data", str(tmp_path / "data")],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (tmp_path / "data" / ".run.lock").exists():
        assert first.poll() is None
        time.sleep(0.05)
    time.sleep(0.2)
    second = taizhang("run", "--inbox", inbox, "--data", tmp_path / "data")
    assert second.code == 75
    assert "Another run is at work" in second.err
    out, err = first.communicate(timeout=200)
    assert (first.returncode, err) == (0, "")
    told = [
        "fetched    inbox: 4 new reports, 0 known already",
        "read       4 reports, 1 of them unreadable",
        "Quarantine, by reason",
        "118件 of 145件",
        "The file is empty",
        "Completion",
        "Trends",
        "taizhang sql",
        "prefect server start",
    ]
    assert [line for line in told if line not in out] == []
    assert "Traceback" not in out
    answer = taizhang("sql", "SELECT done, consistent FROM completion ORDER BY time_end", "--format", "csv")
    assert answer.out == "done,consistent\n87,yes\n101,yes\n118,no\n"
    assert not (tmp_path / ".prefect").exists(), "the user's own Prefect is left alone"


def test_a_run_that_is_killed_is_taken_up_by_the_next(taizhang: Taizhang, inbox: Path, tmp_path: Path) -> None:
    killed = subprocess.Popen(
        [sys.executable, "-u", "-m", "flows.cli", "run", "--inbox", str(inbox), "--data", str(tmp_path / "data")],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert killed.stdout is not None
    seen = []
    for line in killed.stdout:
        seen.append(line)
        if line.startswith("batch 1 of"):
            break
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    assert seen[-1].startswith("batch 1 of"), seen
    assert not (tmp_path / "data" / "warehouse.duckdb").exists()
    again = taizhang("run", "--inbox", inbox, "--data", tmp_path / "data")
    assert (again.code, again.err) == (0, "")
    columns = "SELECT text, document FROM observations UNION ALL SELECT text, document FROM quarantine ORDER BY ALL"
    booked = [(row["text"], row["document"]) for row in taizhang("sql", columns, "--format", "jsonl").rows()]
    whole = taizhang("run", "--inbox", inbox, "--data", tmp_path / "whole")
    assert whole.code == 0
    rows = taizhang("sql", columns, "--format", "jsonl", "--data", tmp_path / "whole").rows()
    assert booked == [(row["text"], row["document"]) for row in rows]
    assert len(booked) == 13
    attempts = taizhang("sql", "SELECT count(*) AS n FROM retrievals WHERE outcome = 'fetched'", "--format", "csv")
    assert int(attempts.out.split()[1]) >= 4


class _Forbidding(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"User-agent: *\nAllow: /\n" if self.path == "/robots.txt" else b"no"
        self.send_response(200 if self.path == "/robots.txt" else 403)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def forbidding_site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Forbidding)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_blocked_source_ends_the_command_with_its_name_after_the_others_are_booked(
    taizhang: Taizhang, inbox: Path, tmp_path: Path, forbidding_site: str
) -> None:
    (tmp_path / "sources.yaml").write_text(
        "sources:\n"
        f"  wall: {{kind: feed, url: '{forbidding_site}/feed.xml', allow_private: true, retries: 0}}\n"
        f"  folder: {{kind: inbox, path: '{inbox}'}}\n",
        encoding="utf-8",
    )
    answer = taizhang("run")
    assert answer.code == 1
    assert "'wall' is blocked" in answer.err
    assert "Traceback" not in answer.out + answer.err
    assert "FAILED: " in answer.out
    assert taizhang("sql", "SELECT count(*) FROM observations", "--format", "csv").out == "count_star()\n9\n"


def test_only_one_command_holds_a_data_folder(tmp_path: Path) -> None:
    with sole_command(tmp_path), pytest.raises(WarehouseBusy, match="Another run"), sole_command(tmp_path):
        pass
    with sole_command(tmp_path):
        pass


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--inbox", "nowhere"], "No such inbox"),
        (["run", "--source", "nobody"], "No such source. 'nobody'; there are: inbox"),
        (["run", "--sources", "missing.yaml"], "missing.yaml"),
        (
            ["fetch", "--source", "a", "--since", "2021-11-02", "--until", "2021-11-01"],
            "2021-11-02 is after 2021-11-01",
        ),
        (["reprocess"], "No archive there"),
    ],
)
def test_what_is_wrong_is_told_before_a_server_starts(taizhang: Taizhang, arguments: list[str], message: str) -> None:
    answer = taizhang(*arguments)
    assert answer.code == 1
    assert message in answer.err
    assert answer.out == ""


def test_a_day_that_is_none_is_a_wrong_usage(taizhang: Taizhang) -> None:
    answer = taizhang("fetch", "--source", "a", "--since", "yesterday")
    assert answer.code == 2
    assert "write 2021-11-23" in answer.err


def test_sources_check_says_what_would_be_fetched(taizhang: Taizhang, inbox: Path) -> None:
    answer = taizhang("sources", "check", "--inbox", inbox)
    assert answer.code == 0
    assert "inbox (inbox): 4 reports would be fetched" in answer.out
    assert "9.txt" in answer.out
    assert not Archive(inbox.parent / "data" / "archive").root.exists()


def test_sources_check_says_what_is_wrong(taizhang: Taizhang, tmp_path: Path, forbidding_site: str) -> None:
    (tmp_path / "sources.yaml").write_text(
        f"sources:\n  wall: {{kind: feed, url: '{forbidding_site}/feed.xml', allow_private: true, retries: 0}}\n"
    )
    assert "wall" in taizhang("sources").out
    answer = taizhang("sources", "check", "wall")
    assert answer.code == 1
    assert "!" in answer.out


def test_rules_are_listed_with_level_and_severity(taizhang: Taizhang) -> None:
    rules = {row["rule_id"]: row for row in taizhang("rules", "--format", "jsonl").rows()}
    assert rules["rate-of-counts"]["severity"] == "error"
    assert all(row["description"] for row in rules.values())
    assert "rate-of-counts" in taizhang("rules").out


def test_a_correction_is_applied_by_the_next_run_and_taken_back_by_the_one_after(tmp_path: Path) -> None:
    """In a copy of the tree, whose reference/ may be edited."""
    for part in ("flows", "schemas", "warehouse", "reference"):
        shutil.copytree(ROOT / part, tmp_path / "tree" / part, ignore=shutil.ignore_patterns("__pycache__"))
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "20211124.txt").write_text("截至11月23日，全区145件实事已完成118件，完成率71%。\n", encoding="utf-8")
    (inbox / "20211124.meta.json").write_text('{"place": "惠济区", "published_on": "2021-11-24"}', encoding="utf-8")

    def run() -> tuple[str, list[Any]]:
        done = subprocess.run(
            [sys.executable, "-m", "flows.cli", "run", "--inbox", inbox, "--data", tmp_path / "data"],
            cwd=tmp_path / "tree",
            env=os.environ | {"PYTHONPATH": str(tmp_path / "tree")},
            capture_output=True,
            text=True,
            check=True,
        )
        with duckdb.connect(str(tmp_path / "data" / "warehouse.duckdb"), read_only=True) as con:
            asked = "SELECT obs_value, corrected_from FROM latest WHERE measure = 'rate'"
            return done.stdout, con.execute(asked).fetchall()

    corrections = tmp_path / "tree" / "reference" / "corrections.csv"
    assert run()[1] == []  # 118 of 145 is no 71 %: it waits
    corrections.write_text(
        "document,char_start,quote,expected_value,corrected_value,reason\n"
        "20211124.txt,,完成率71%,71,81,a slip of print\n",
        encoding="utf-8",
    )
    told, booked = run()
    assert booked == [(81, 71)]
    assert "older extractor" not in told
    assert "Nothing changed" in run()[0]
    corrections.unlink()
    assert run()[1] == []
    with duckdb.connect(str(tmp_path / "data" / "warehouse.duckdb"), read_only=True) as con:
        assert con.execute("SELECT DISTINCT cause FROM revisions").fetchall() == [("CORRECTION",)]


def test_a_data_folder_that_cannot_be_used_is_told(taizhang: Taizhang, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    answer = taizhang("run", "--inbox", inbox, "--data", tmp_path / "file")
    assert answer.code == 1
    assert "The data folder cannot be used" in answer.err
    assert "Traceback" not in answer.err

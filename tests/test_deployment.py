"""The deployment of prefect.yaml on a real server with a real worker, on loopback, by the commands of README.md."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import httpx
import pytest

from tests.conftest import ROOT, SAMPLES

PREFECT = Path(sys.executable).parent / "prefect"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a group of its own; at the end the whole group is gone."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            for how in (signal.SIGINT, signal.SIGKILL):
                try:
                    os.killpg(process.pid, how)
                    process.wait(timeout=20)
                except (ProcessLookupError, subprocess.TimeoutExpired):
                    continue
            process.wait()


def _until(question: Callable[[], Any], seconds: float = 150) -> Any:
    """The first answer that is not empty."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if answer := question():
                return answer
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    raise AssertionError(f"no answer within {seconds} s")


class Server:
    """A server of Prefect, as its clients see it."""

    def __init__(self, url: str, environment: dict[str, str]) -> None:
        self.url, self.environment = url, environment

    def prefect(self, *arguments: str) -> str:
        command = [str(PREFECT), "--no-prompt", *arguments]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def post(self, path: str, **body: Any) -> Any:
        answer = httpx.post(f"{self.url}/{path}", json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("prefect")
    port = _free_port()
    url = f"http://127.0.0.1:{port}/api"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")} | {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": url,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "NO_COLOR": "1",
        "PWD": str(ROOT),
    }
    start = [str(PREFECT), "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with _running(start, environment, home / "server.log"):
        _until(lambda: httpx.get(f"{url}/health", timeout=5).status_code == 200)
        running = Server(url, environment)
        running.prefect("work-pool", "create", "local-process", "--type", "process")
        running.prefect("deploy", "--all")
        yield running


def test_the_deployment_is_what_the_file_says(server: Server) -> None:
    (deployment,) = server.post("deployments/filter")
    assert deployment["name"] == "nightly"
    assert deployment["work_pool_name"] == "local-process"
    assert deployment["global_concurrency_limit"]["limit"] == 1
    assert deployment["pull_steps"] == [
        {"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}},
    ]
    (schedule,) = deployment["schedules"]
    assert schedule["active"]
    assert schedule["schedule"]["timezone"] == "Asia/Shanghai"


def test_scheduled_runs_appear(server: Server) -> None:
    scheduled = _until(lambda: server.post("flow_runs/filter", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}}))
    assert all(run["auto_scheduled"] for run in scheduled)
    shanghai = ZoneInfo("Asia/Shanghai")
    starts = [datetime.fromisoformat(run["expected_start_time"].replace("Z", "+00:00")) for run in scheduled]
    assert {start.astimezone(shanghai).strftime("%H:%M") for start in starts} == {"02:30"}


def test_a_triggered_run_completes_on_a_worker(server: Server, tmp_path: Path) -> None:
    inbox, data = tmp_path / "inbox", tmp_path / "data"
    inbox.mkdir()
    for path in SAMPLES.glob("huiji-2021-11-25*"):
        shutil.copy(path, inbox)
    worker = [str(PREFECT), "worker", "start", "--pool", "local-process", "--type", "process"]
    parameters = ["--param", f"data={data}", "--param", f"inbox={inbox}"]
    with _running(worker, server.environment, tmp_path / "worker.log"):
        server.prefect("deployment", "run", "nightly/nightly", *parameters, "--watch")
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as connection:
        (booked,) = connection.execute("SELECT count(*) FROM observations").fetchall()
    assert booked[0] >= 15
    (run,) = server.post("flow_runs/filter", flow_runs={"state": {"type": {"any_": ["COMPLETED"]}}})
    assert "figures accepted" in run["state"]["message"]
    artifacts = server.post("artifacts/filter", artifacts={"flow_run_id": {"any_": [run["id"]]}})
    assert {artifact["key"]: artifact["type"] for artifact in artifacts} == {
        "night": "markdown",
        "quarantine": "table",
        "reading": "progress",
    }
    tasks = server.post("task_runs/filter", flow_runs={"id": {"any_": [run["id"]]}})
    assert sorted(task["name"].rsplit("-", 1)[0] for task in tasks) == [
        "book_attempts",
        "fetch inbox",
        "load batch 1",
        "publish",
        "read batch 1",
        "tell",
    ]

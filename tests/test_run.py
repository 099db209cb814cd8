"""The nightly flow, run for real: Prefect's server, the archive, DuckDB, the published file."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State

import warehouse
from flows import night as night_module
from flows import nightly as nightly_module
from flows.archive import Archive, Receipt
from flows.documents import reread
from flows.errors import LoadFailed
from flows.nightly import nightly
from flows.reprocess import reprocess
from tests.conftest import SAMPLES

pytestmark = pytest.mark.usefixtures("prefect_harness")

REPORT = "截至11月23日，全区45位区级领导领办的145件实事已完成{done}件，完成率{rate}%。"
FACTS = ("documents", "observations", "latest", "trend", "completion", "relations", "findings", "quarantine", "ledger")


def rows(data: Path, statement: str) -> list[dict[str, Any]]:
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as connection:
        answer = connection.execute(statement)
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def facts(data: Path) -> dict[str, list[str]]:
    return {view: sorted(map(str, rows(data, f"SELECT * FROM {view}"))) for view in FACTS}


def put(inbox: Path, name: str, text: str, **sidecar: str) -> None:
    inbox.mkdir(exist_ok=True)
    (inbox / name).write_text(text, encoding="utf-8")
    if sidecar:
        (inbox / f"{name}.meta.json").write_text(json.dumps(sidecar), encoding="utf-8")


def run(data: Path, **more: Any) -> State[Any]:
    return nightly(data=data, return_state=True, **more)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def sampled(prefect_harness: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, State[Any]]:
    """A data folder after one night over the samples, with its inbox and the state of the run."""
    folder = tmp_path_factory.mktemp("sampled")
    inbox = folder / "inbox"
    shutil.copytree(SAMPLES, inbox)
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in inbox.iterdir()}
    state = run(folder / "data", inbox=inbox)
    after = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in inbox.iterdir()}
    assert before == after, "the inbox is only read"
    return folder / "data", inbox, state


def test_the_samples_are_booked(sampled: tuple[Path, Path, State[Any]]) -> None:
    data, inbox, state = sampled
    assert state.is_completed(), state.message
    reports = {p.name for p in inbox.iterdir() if not p.name.endswith(".meta.json")}
    documents = rows(data, "SELECT * FROM documents")
    assert {row["document"] for row in documents} == reports | {"water-2023-05.txt", "water-2023-06.txt"}
    assert rows(data, "SELECT count(*) AS n FROM observations")[0]["n"] > 100
    (audit,) = rows(data, "SELECT * FROM runs")
    assert (audit["status"], audit["fetched"], audit["read"]) == ("completed", len(reports), len(documents))


def test_completion_holds_the_rates_with_their_counts(sampled: tuple[Path, Path, State[Any]]) -> None:
    found = rows(sampled[0], "SELECT * FROM completion WHERE place = '惠济区' AND time_end = DATE '2021-11-23'")
    assert {(row["done"], row["total"], row["stated_rate"], row["consistent"]) for row in found} == {
        (116, 140, 82, True),
        (1509, 1960, 77, True),
    }


def test_a_rate_that_does_not_follow_waits_in_quarantine(sampled: tuple[Path, Path, State[Any]]) -> None:
    waiting = rows(sampled[0], "SELECT * FROM quarantine WHERE document = 'patrols-with-a-wrong-rate.txt'")
    assert waiting
    assert all("95" in row["reason"] and "1152" in row["reason"] for row in waiting)
    booked = rows(sampled[0], "SELECT text FROM observations WHERE document = 'patrols-with-a-wrong-rate.txt'")
    assert "2300" in {row["text"] for row in booked}


def test_a_file_that_cannot_be_read_waits_in_quarantine_with_its_reason(sampled: tuple[Path, Path, State[Any]]) -> None:
    (waiting,) = rows(sampled[0], "SELECT * FROM quarantine WHERE document = 'scan.png'")
    assert "picture" in waiting["reason"]


def test_every_booked_figure_re_reads_in_the_archived_file(sampled: tuple[Path, Path, State[Any]]) -> None:
    data = sampled[0]
    archive = Archive(data / "archive")
    booked = rows(data, "SELECT o.*, d.media_type FROM observations o JOIN documents d USING (document_id)")
    plain = [row for row in booked if row["media_type"] == "text/plain" and row["document"].startswith("h")]
    assert len(plain) > 60
    for row in plain:
        text = archive.get(row["document_id"]).decode("utf-8-sig")
        value = reread(text[row["char_start"] : row["char_end"]])[0]
        assert value == abs(row["obs_value"])


def test_the_ledger_is_closed(sampled: tuple[Path, Path, State[Any]]) -> None:
    data = sampled[0]
    assert rows(data, "SELECT * FROM ledger WHERE class IS NULL OR reason IS NULL OR reason = ''") == []
    text = (SAMPLES / "huiji-2021-11-25.txt").read_text(encoding="utf-8")
    ledger = rows(data, "SELECT * FROM ledger WHERE document = 'huiji-2021-11-25.txt'")
    covered = {i for row in ledger for i in range(row["char_start"], row["char_end"])}
    assert {m.start() for m in re.finditer(r"\d", text)} <= covered
    assert any(row["text"] in ("1+4+N", "1", "4") and row["class"] != "figure" for row in ledger)


def test_a_series_goes_through_the_reports(sampled: tuple[Path, Path, State[Any]]) -> None:
    found = rows(
        sampled[0],
        "SELECT series_id, list(obs_value ORDER BY time_end) AS v FROM trend WHERE place = '海宁市' GROUP BY 1",
    )
    assert [Decimal(v) for v in (412, 429, 440, 446)] in [row["v"] for row in found]


def test_the_second_run_changes_nothing_and_says_so(sampled: tuple[Path, Path, State[Any]]) -> None:
    data, inbox, _ = sampled
    before = facts(data)
    state = run(data, inbox=inbox)
    assert state.is_completed()
    assert "nothing changed" in str(state.message)
    assert facts(data) == before


def test_reading_everything_again_changes_nothing(sampled: tuple[Path, Path, State[Any]]) -> None:
    data, _, _ = sampled
    before = facts(data)
    state = reprocess(data=data, everything=True, return_state=True)
    assert "nothing changed" in str(state.message)
    assert facts(data) == before


def test_the_night_is_told_in_artifacts(sampled: tuple[Path, Path, State[Any]]) -> None:
    with get_client(sync_client=True) as client:
        latest = {artifact.key: artifact for artifact in client.read_artifacts() if artifact.key}
    table = json.loads(str(latest["quarantine"].data))
    assert {"document", "quote", "rule_id", "reason"} <= table[0].keys()
    assert "Completion" in str(latest["night"].data)


def test_pages_are_written_and_escaped(tmp_path: Path) -> None:
    put(
        tmp_path / "in", "<b>&.txt", "2020年末，<script>alert(1)</script>全市共有公园12个，占比300%。办结率为</td>50%。"
    )
    run(tmp_path / "data", inbox=tmp_path / "in")
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "data" / "report").iterdir()}
    assert set(pages) == {"index.html", "quarantine.html", "completion.html", "trends.html"}
    assert all("<script>" not in page and "<b>&" not in page for page in pages.values())


def test_a_failing_source_fails_by_name_and_costs_the_others_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "in", "a.txt", REPORT.format(done=118, rate=81), published_on="2021-11-25")
    (tmp_path / "sources.yaml").write_text(
        "sources:\n"
        "  dead-end: {kind: feed, url: 'http://127.0.0.1:9/feed.xml', allow_private: true, retries: 0}\n"
        f"  folder: {{kind: inbox, path: '{tmp_path / 'in'}'}}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(nightly_module, "fetch", nightly_module.fetch.with_options(retries=0))
    state = run(tmp_path / "data", sources_file=tmp_path / "sources.yaml")
    assert state.is_failed()
    assert "dead-end" in str(state.message)
    assert {row["text"] for row in rows(tmp_path / "data", "SELECT text FROM observations")} >= {"145", "118", "81%"}
    assert rows(tmp_path / "data", "SELECT status FROM runs") == [{"status": "failed"}]
    attempts = rows(tmp_path / "data", "SELECT source, outcome FROM retrievals")
    assert {"source": "dead-end", "outcome": "failed"} in attempts
    with get_client(sync_client=True) as client:
        tasks = {task.name: task.state_type for task in client.read_task_runs()}
    assert tasks["fetch dead-end"].value == "FAILED"
    assert tasks["fetch folder"].value == "COMPLETED"


def test_a_batch_that_cannot_be_booked_fails_the_run_and_no_other_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "in", "a.txt", REPORT.format(done=118, rate=81))
    put(tmp_path / "in", "b.txt", REPORT.format(done=116, rate=80))
    book, refused = warehouse.load_batch, []

    def load_batch(run: warehouse.Run, batch: warehouse.Batch) -> warehouse.LoadReport:
        if not refused and batch.documents.num_rows:
            refused.extend(batch.documents["document"].to_pylist())
            raise warehouse.LoadFailed("The batch could not be booked", "no space", "Make space")
        return book(run, batch)

    monkeypatch.setattr(night_module.warehouse, "load_batch", load_batch)
    monkeypatch.setattr(night_module, "cores", lambda: 2)
    data = tmp_path / "data"
    state = run(data, inbox=tmp_path / "in")
    assert state.is_failed()
    assert "could not be booked" in str(state.message)
    assert isinstance(state.result(raise_on_failure=False), LoadFailed)
    (booked,) = rows(data, "SELECT document FROM documents")
    assert booked["document"] not in refused
    assert run(data, inbox=tmp_path / "in").is_completed()
    assert {row["document"] for row in rows(data, "SELECT document FROM documents")} == {"a.txt", "b.txt"}


def test_what_was_archived_but_not_booked_is_read_by_the_next_run(tmp_path: Path) -> None:
    data = tmp_path / "data"
    archive = Archive(data / "archive")
    key = archive.put(REPORT.format(done=118, rate=81).encode())
    moment = datetime(2021, 11, 25, tzinfo=UTC)
    archive.add_receipt(key, Receipt("left.txt", "inbox", moment, sidecar={"published_on": "2021-11-25"}))
    (tmp_path / "in").mkdir()
    assert run(data, inbox=tmp_path / "in").is_completed()
    (document,) = rows(data, "SELECT document, document_id, first_seen_at FROM documents")
    assert (document["document"], document["document_id"]) == ("left.txt", key)
    assert document["first_seen_at"] == datetime(2021, 11, 25)


def test_a_changed_sidecar_dates_the_report_anew(tmp_path: Path) -> None:
    data, inbox = tmp_path / "data", tmp_path / "in"
    put(inbox, "a.txt", REPORT.format(done=118, rate=81), published_on="2020-11-25", place="惠济区")
    run(data, inbox=inbox)
    put(inbox, "a.txt", REPORT.format(done=118, rate=81), published_on="2021-11-25", place="惠济区")
    run(data, inbox=inbox)
    (document,) = rows(data, "SELECT published_on, published_on_basis FROM documents")
    assert document == {"published_on": date(2021, 11, 25), "published_on_basis": "sidecar"}
    assert {row["time_end"] for row in rows(data, "SELECT time_end FROM latest WHERE text = '118'")} == {
        date(2021, 11, 23)
    }


def test_a_run_that_finds_another_at_work_says_so_and_ends(tmp_path: Path) -> None:
    data, inbox = tmp_path / "data", tmp_path / "in"
    put(inbox, "a.txt", REPORT.format(done=118, rate=81))
    with warehouse.open_run(data, flow="other"):
        state = run(data, inbox=inbox)
        assert state.is_completed()
        assert state.name == "Skipped"
        assert "Another run" in str(state.message)
    assert not (data / "warehouse.duckdb").exists()
    assert run(data, inbox=inbox).name == "Completed"


def test_an_empty_night_publishes_an_empty_warehouse(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert run(tmp_path / "data", inbox=tmp_path / "in").is_completed()
    assert facts(tmp_path / "data") == {view: [] for view in FACTS}


def test_a_bulletin_that_names_only_districts_is_of_their_city(tmp_path: Path) -> None:
    put(
        tmp_path / "in",
        "20220413.txt",
        "2022年4月13日，新增病例120例，其中浦东新区50例，黄浦区40例，徐汇区20例，闵行区10例。",
    )
    put(tmp_path / "in", "20220220.txt", "2022年2月20日，新增输入病例2例。病例1自香港出发，抵达上海浦东国际机场。")
    run(tmp_path / "data", inbox=tmp_path / "in")
    assert {row["place"] for row in rows(tmp_path / "data", "SELECT place FROM documents")} == {"上海市"}

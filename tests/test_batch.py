"""Batches: documents are read apart from each other, and the result follows from the plan alone."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import warehouse
from flows.archive import Archive, Receipt
from flows.batch import BYTES_A_BATCH, DOCUMENTS_A_BATCH, MOST_BATCHES, BatchPlan, plan_batches, read_batch
from flows.collect import unpack
from flows.documents import Request, document_facts, reread
from flows.reading import Bounds
from flows.workers import Limits, Lost, Worker, borrowed_worker, close_workers
from tests.conftest import SAMPLES

NOW = datetime(2021, 11, 25, 18, 30, tzinfo=UTC)
REPORT = "截至11月23日，全区45位区级领导领办的145件实事已完成118件，完成率81%。"
LIMITS = Limits(seconds=5, megabytes=2000)


def archived(archive: Archive, data: bytes, name: str = "a.txt", **more: object) -> str:
    key = archive.put(data)
    sidecar = {"published_on": "2021-11-25", "place": "惠济区"}
    archive.add_receipt(key, Receipt(name=name, source="inbox", retrieved_at=NOW, sidecar=sidecar, **more))  # type: ignore[arg-type]
    return key


def plan_of(archive: Archive, keys: list[str], folder: Path) -> BatchPlan:
    return BatchPlan(1, archive.root, tuple(keys), folder, "test")


# workers


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("crash", "Its process was ended by SIGSEGV"),
        ("exit", "Its process ended with exit code 7"),
        ("memory", "It needs more memory than it may have"),
        ("deep", "It is nested too deeply"),
        ("raise", "Reading it failed with KeyError: 'what'"),
    ],
)
def test_an_item_that_misbehaves_is_lost_with_the_reason_and_the_next_goes_on(item: str, reason: str) -> None:
    worker = Worker("tests.misbehaving:behave", LIMITS)
    try:
        assert worker.answer("before")[0] == "before"
        assert worker.answer(item) == Lost(reason)
        assert worker.answer("after")[0] == "after"
    finally:
        worker.close()


def test_an_item_that_takes_too_long_is_lost() -> None:
    worker = Worker("tests.misbehaving:behave", Limits(seconds=0.5, megabytes=2000))
    try:
        assert worker.answer("hang") == Lost("It took longer than 0.5 s")
        assert worker.answer("after")[0] == "after"
    finally:
        worker.close()


def test_what_a_library_prints_does_not_disturb_the_answers() -> None:
    worker = Worker("tests.misbehaving:behave", LIMITS)
    try:
        assert worker.answer("print")[0] == "print"
    finally:
        worker.close()


def test_an_idle_worker_is_borrowed_again() -> None:
    with borrowed_worker("tests.misbehaving:behave", LIMITS) as worker:
        first = worker.answer("x")
    with borrowed_worker("tests.misbehaving:behave", LIMITS) as worker:
        assert worker.answer("x") == first
    close_workers()
    with borrowed_worker("tests.misbehaving:behave", LIMITS) as worker:
        assert worker.answer("x") != first
    close_workers()


# plans


def test_plans_keep_to_the_bounds(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    keys = [archived(archive, f"{i}".encode()) for i in range(DOCUMENTS_A_BATCH * 2 + 1)]
    plans = plan_batches(archive, keys, tmp_path, "test")
    assert [len(plan.keys) for plan in plans] == [DOCUMENTS_A_BATCH, DOCUMENTS_A_BATCH, 1]
    assert [key for plan in plans for key in plan.keys] == keys
    assert len({plan.folder for plan in plans}) == len(plans)


def test_a_large_file_gets_a_batch_of_its_own(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    small, other = archived(archive, b"1"), archived(archive, b"2")
    large = archived(archive, b"0" * (BYTES_A_BATCH + 1))
    assert [plan.keys for plan in plan_batches(archive, [small, large, other], tmp_path, "test")] == [
        (small,),
        (large,),
        (other,),
    ]


def test_few_documents_are_spread_over_the_cores(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    keys = [archived(archive, f"{i}".encode()) for i in range(10)]
    assert [len(p.keys) for p in plan_batches(archive, keys, tmp_path, "test", at_least=4)] == [3, 3, 3, 1]
    assert plan_batches(archive, [], tmp_path, "test") == []


@settings(deadline=None, max_examples=25)
@given(st.integers(min_value=1, max_value=20_000), st.integers(min_value=1, max_value=64))
def test_the_number_of_batches_is_bounded(documents: int, cores: int) -> None:
    archive = Archive(Path("/nonexistent"))
    keys = [f"{i:064x}" for i in range(documents)]
    plans = plan_batches(archive, keys, Path("/nonexistent"), "test", at_least=cores)
    assert len(plans) <= MOST_BATCHES
    assert sum(len(plan.keys) for plan in plans) == documents


# reading


def test_a_batch_holds_what_its_documents_say(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    key = archived(archive, REPORT.encode())
    report = read_batch(plan_of(archive, [key], tmp_path / "work"))
    batch = warehouse.Batch.read(report.folder)
    assert (report.documents, report.unreadable, report.quarantined) == (1, 0, 0)
    document = batch.documents.to_pylist()[0]
    assert (document["document_id"], document["document"], document["place"]) == (key, "a.txt", "惠济区")
    values = {row["text"]: row for row in batch.observations.to_pylist()}
    assert values["118"]["obs_value"] == Decimal(118)
    assert str(values["118"]["time_end"]) == "2021-11-23"
    assert values["118"]["ref_area"] == "410108"


def test_one_bad_document_loses_no_other(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    keys = [
        archived(archive, b"", "empty.txt"),
        archived(archive, REPORT.encode(), "good.txt"),
        archived(archive, b"%PDF-1.7 broken", "broken.pdf"),
        archived(archive, REPORT.replace("118", "117").encode(), "good too.txt"),
    ]
    gone = archive.path_of(keys[3])
    gone.chmod(0o644)
    gone.write_bytes(b"changed on the disk")
    report = read_batch(plan_of(archive, keys, tmp_path / "work"))
    documents = {
        row["document"]: row["unreadable"] for row in warehouse.Batch.read(report.folder).documents.to_pylist()
    }
    assert documents["good.txt"] is None
    assert "empty" in documents["empty.txt"]
    assert documents["broken.pdf"]
    assert "changed" in documents["good too.txt"]
    assert (report.documents, report.unreadable, report.accepted) == (4, 3, 4)


def test_a_document_that_kills_its_process_is_quarantined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path / "archive")
    keys = [archived(archive, REPORT.encode()), archived(archive, b"x" * 100, "killer.txt")]
    good = Worker.answer

    def answer(worker: Worker, item: Request) -> object:
        return Lost("Its process was ended by SIGKILL") if item.key == keys[1] else good(worker, item)

    monkeypatch.setattr(Worker, "answer", answer)
    report = read_batch(plan_of(archive, keys, tmp_path / "work"))
    batch = warehouse.Batch.read(report.folder)
    assert [row["reason"] for row in batch.quarantine.to_pylist()] == ["Its process was ended by SIGKILL"]
    assert report.accepted == 4


def test_the_same_plan_gives_the_same_batch(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    keys = [archived(archive, path.read_bytes(), path.name) for path in sorted(SAMPLES.glob("h*.txt"))]
    first = read_batch(plan_of(archive, keys, tmp_path / "one"))
    second = read_batch(plan_of(archive, list(reversed(keys)), tmp_path / "two"))
    one, two = warehouse.Batch.read(first.folder), warehouse.Batch.read(second.folder)
    assert one.counts == two.counts
    assert one.content_hash == two.content_hash


def test_every_accepted_figure_re_reads_from_the_archived_file(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    for path in SAMPLES.glob("huiji-*.txt"):
        key = archived(archive, path.read_bytes(), path.name)
        text = archive.get(key).decode()
        report = read_batch(plan_of(archive, [key], tmp_path / path.name))
        rows = warehouse.Batch.read(report.folder).observations.to_pylist()
        assert len(rows) >= 15
        for row in rows:
            assert reread(text[row["char_start"] : row["char_end"]])[0] == row["obs_value"]


def test_the_newest_receipt_names_the_document_and_the_oldest_dates_it(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    key = archived(archive, REPORT.encode())
    later = datetime(2022, 1, 1, tzinfo=UTC)
    corrected = Receipt(name="b.txt", source="inbox", retrieved_at=later, sidecar={"place": "金水区"})
    assert archive.add_receipt(key, corrected)
    assert not archive.add_receipt(key, corrected)
    facts = document_facts(Request(archive.root, key, "test", Bounds()))
    assert (facts.document, facts.place, facts.first_seen_at) == ("b.txt", "金水区", NOW)


# archives of reports


def test_members_of_an_archive_become_documents_of_their_own(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("../../one.txt", REPORT)
        file.writestr("two.txt", REPORT.replace("118", "117"))
    key = archived(archive, packed.getvalue(), "both.zip", url="https://example.org/both.zip")
    keys = unpack(archive, [key])
    assert keys[0] == key
    assert len(keys) == 3
    assert unpack(archive, keys) == keys
    assert [archive.receipts(k)[0].url for k in keys[1:]] == [
        "https://example.org/both.zip#one.txt",
        "https://example.org/both.zip#two.txt",
    ]
    report = read_batch(plan_of(archive, keys, tmp_path / "work"))
    names = [row["document"] for row in warehouse.Batch.read(report.folder).documents.to_pylist()]
    assert sorted(names) == ["both.zip", "one.txt", "two.txt"]
    assert (report.unreadable, report.accepted) == (0, 8)


def test_an_archive_that_cannot_be_opened_is_quarantined(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    key = archived(archive, b"PK\x03\x04 cut off", "cut.zip")
    assert unpack(archive, [key]) == [key]
    report = read_batch(plan_of(archive, [key], tmp_path / "work"))
    assert report.unreadable == 1


# re-reading


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("118", "118"),
        ("2\n474", "2474"),
        ("12.5万", "125000"),
        ("８１％", "81"),
        ("-3.5", "3.5"),
        ("九千", "9000"),
        ("1,234.5", "1234.5"),
    ],
)
def test_a_numeral_reads_as_its_value(text: str, value: str) -> None:
    assert reread(text)[0] == Decimal(value)


def test_a_range_reads_as_both_ends() -> None:
    assert reread("3至5") == (Decimal(3), Decimal(5))


@pytest.mark.parametrize("text", ["", "件", "118件", "118 和 119个"])
def test_what_is_not_one_numeral_has_no_value(text: str) -> None:
    assert reread(text) == (None, None)


@given(st.integers(min_value=0, max_value=10**12), st.integers(min_value=0, max_value=12))
def test_a_line_break_anywhere_changes_no_value(number: int, at: int) -> None:
    digits = str(number)
    assert reread(digits[:at] + "\n" + digits[at:])[0] == Decimal(number)

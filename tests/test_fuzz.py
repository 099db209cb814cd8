"""Damaged and hostile files of every format, bounded; ``python -m bench.fuzz_formats`` does the same at length."""

from __future__ import annotations

import pytest

from bench import fuzz_formats
from flows.normalize import isolate


@pytest.fixture(autouse=True)
def _no_worker_left() -> object:
    yield None
    isolate.close()


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_a_hundred_damaged_files_are_read_or_refused_and_lose_no_other(seed: int) -> None:
    outcomes = fuzz_formats.run(100, seed, seconds=20, megabytes=1024, fixed=False)
    assert sum(outcomes.values()) == 100
    assert {kind for kind, _ in outcomes} == {"txt", "html", "pdf", "docx", "xlsx", "zip"}
    assert not [
        outcome for _, outcome in outcomes if outcome in ("The reader failed", "The reader did not survive the file")
    ]


EXPECTED = {
    "nested.html": "read",
    "nested-inline.html": "read",
    "loop.pdf": None,
    "bomb.zip": "The archive unpacks to more than it may",
    "bomb.docx": "The archive unpacks to more than it may",
    "entities.docx": "The Word file is damaged",
    "line.txt": "The file is too large",
    "names.zip": "read",
    "empty.pdf": "The PDF is damaged",
}


def test_hostile_files_end_as_they_should() -> None:
    seen = {}
    for name, data in fuzz_formats.hostile():
        seen[name] = fuzz_formats.attempt(data, name, 20, 1024)
    assert {name: seen[name] for name, end in EXPECTED.items() if end} == {n: e for n, e in EXPECTED.items() if e}
    assert "The reader failed" not in seen.values()


@pytest.mark.parametrize("name", list(fuzz_formats.SEEDS))
def test_the_undamaged_seeds_are_read(name: str) -> None:
    """Else the fuzz would only show that damage is refused."""
    assert fuzz_formats.attempt(fuzz_formats.SEEDS[name](), name, 20, 1024) == "read"


@pytest.mark.parametrize("name", list(fuzz_formats.SEEDS))
def test_a_file_cut_at_any_byte_is_read_or_refused(name: str) -> None:
    data = fuzz_formats.SEEDS[name]()
    for at in range(0, len(data), max(1, len(data) // 25)):
        assert fuzz_formats.attempt(data[:at], name, 20, 1024) not in ("The reader failed",)


def test_the_check_itself_fails_on_a_lost_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz_formats, "GOOD", "别的文字。".encode())
    with pytest.raises(AssertionError, match="good file was lost"):
        fuzz_formats.run(1, 1, seconds=20, megabytes=1024, fixed=False)

"""The archive by checksum: nothing lost, nothing overwritten, nothing read unverified."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.archive import Archive, key_of
from flows.errors import NotRetriable, Unreadable


def test_put_returns_the_checksum_and_get_returns_the_bytes(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    key = archive.put("办结118件".encode())
    assert key == hashlib.sha256("办结118件".encode()).hexdigest()
    assert archive.get(key) == "办结118件".encode()
    assert key in archive
    assert list(archive.all_keys()) == [key]


def test_the_same_bytes_are_written_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    key = archive.put(b"one")
    before = archive.path_of(key).stat()
    assert archive.put(b"one") == key
    after = archive.path_of(key).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_no_temporary_file_stays_behind(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    key = archive.put(b"x")
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [key]


def test_a_failed_write_leaves_nothing_under_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    archive = Archive(tmp_path)
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        archive.put(b"half")
    monkeypatch.undo()
    assert key_of(b"half") not in archive
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_changed_file_is_not_read(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    key = archive.put(b"118")
    _damage(archive.path_of(key), b"119")
    with pytest.raises(Unreadable, match="changed"):
        archive.get(key)


def test_a_damaged_file_is_set_aside_when_the_good_bytes_come_again(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    key = archive.put(b"118")
    for wrong in (b"119", b"120"):
        _damage(archive.path_of(key), wrong)
        assert archive.put(b"118") == key
        assert archive.get(key) == b"118"
    kept = sorted(p.read_bytes() for p in tmp_path.rglob("*.damaged*"))
    assert kept == [b"119", b"120"]
    assert list(archive.all_keys()) == [key]


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="Fetch the report again"):
        Archive(tmp_path).get("0" * 64)


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "/x"])
def test_only_a_checksum_is_a_key(tmp_path: Path, key: str) -> None:
    with pytest.raises(NotRetriable, match="archive key"):
        Archive(tmp_path).path_of(key)


def test_many_writers_of_the_same_bytes_agree(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: archive.put(b"same" * 1000), range(40)))
    assert len(keys) == 1
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == list(keys)


@given(st.binary(max_size=200))
def test_what_goes_in_comes_out(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    archive = Archive(tmp_path_factory.getbasetemp() / "archive")
    assert archive.get(archive.put(data)) == data


def _damage(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)

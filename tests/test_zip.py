"""Archives: members within bounds, harmless names, no bombs."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from flows.errors import Unreadable
from flows.normalize import archives
from flows.normalize.archives import members
from flows.normalize.isolate import close, members_isolated
from flows.normalize.read import kind_of, read_source

REPORT = "截至9月底，18个项目已开工15个。".encode()


def packed(*files: tuple[str, bytes]) -> bytes:
    """A .zip of the files, deflated."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


def test_members_come_in_the_order_of_the_archive() -> None:
    data = packed(
        ("b.txt", REPORT), ("folder/a.txt", b"x"), ("folder/", b""), ("__MACOSX/b.txt", b""), (".hidden", b"h")
    )
    assert members(data, "r.zip") == [("b.txt", REPORT), ("a.txt", b"x")]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..\\..\\passwd", "a/../../passwd", "C:\\x\\passwd"]
)
def test_a_path_in_a_name_is_only_a_name(name: str) -> None:
    assert [own for own, _ in members(packed((name, b"x")), "r.zip")] == ["passwd"]


def test_two_members_of_one_name_are_both_kept() -> None:
    data = packed(("a/r.txt", b"1"), ("b/r.txt", b"2"), ("c/r.txt", b"3"))
    assert members(data, "r.zip") == [("r.txt", b"1"), ("r-2.txt", b"2"), ("r-3.txt", b"3")]


def test_a_name_in_gbk_is_readable() -> None:
    data = packed(("AAAAAAAA.txt", b"x")).replace(b"AAAAAAAA", "年度报告".encode("gbk"))
    assert members(data, "r.zip")[0][0] == "年度报告.txt"


def test_a_bomb_is_refused_by_what_comes_out_of_it() -> None:
    with pytest.raises(Unreadable, match="unpacks to more"):
        members(packed(("bomb.txt", b"0" * 50_000_000)), "bomb.zip")


def test_a_false_size_in_the_directory_does_not_help_a_bomb() -> None:
    data = packed(("bomb.txt", b"0" * 50_000_000))
    data = data.replace(struct.pack("<I", 50_000_000), struct.pack("<I", 10))
    with pytest.raises(Unreadable):
        members(data, "bomb.zip")


def test_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    with pytest.raises(Unreadable, match="too many"):
        members(packed(*((f"{n}.txt", b"x") for n in range(4))), "many.zip")


def test_an_archive_in_an_archive_is_not_opened() -> None:
    with pytest.raises(Unreadable, match="another archive"):
        members(packed(("inner.zip", packed(("a.txt", REPORT)))), "outer.zip")


def test_an_empty_archive_says_so() -> None:
    with pytest.raises(Unreadable, match="no report"):
        members(packed(), "empty.zip")


@pytest.mark.parametrize("cut", [1, 4, 20, 60, -1])
def test_a_damaged_archive_is_refused(cut: int) -> None:
    with pytest.raises(Unreadable):
        members(packed(("a.txt", REPORT * 50))[:cut], "cut.zip")


def test_a_zip_is_never_read_as_one_text() -> None:
    data = packed(("a.txt", REPORT))
    assert kind_of(data, "report.txt") == "zip"
    with pytest.raises(Unreadable, match="archive"):
        read_source(data, "report.txt")


def test_members_are_the_same_through_the_child_process() -> None:
    data = packed(("a.txt", REPORT), ("b.txt", b"\x00\xff"))
    assert members_isolated(data, "r.zip", seconds=10, megabytes=512) == members(data, "r.zip")
    close()

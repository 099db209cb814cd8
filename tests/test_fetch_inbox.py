"""A folder as a source: what is taken, what is told apart, and that nothing in it is ever changed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from flows.fetch import Attempt, Fetched, FetchState, fetch_source, inbox_source
from flows.fetch.config import InboxSource

REPORT = "全区45位区级领导领办的145件实事已完成118件。"


def take(folder: Path, state: FetchState, **keys: object) -> tuple[list[Fetched], list[Attempt]]:
    config = inbox_source(folder).model_copy(update=keys)
    items = list(fetch_source(config, state=state))
    attempts = [item.attempt if isinstance(item, Fetched) else item for item in items]
    return [item for item in items if isinstance(item, Fetched)], [a for a in attempts if a.kind == "document"]


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    return {str(p): (p.stat().st_mtime_ns, p.stat().st_mode, p.read_bytes()) for p in folder.rglob("*") if p.is_file()}


def test_takes_every_report_with_its_sidecar_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "a.txt.meta.json").write_text('{"place": "惠济区"}', encoding="utf-8")
    (tmp_path / "b" / "c.html").write_text("<p>1</p>", encoding="utf-8")
    (tmp_path / "b" / "c.meta.json").write_text('{"title": "公报"}', encoding="utf-8-sig")
    before = snapshot(tmp_path)
    fetched, attempts = take(tmp_path, FetchState())
    assert [(f.name, f.sidecar) for f in fetched] == [("a.txt", {"place": "惠济区"}), ("c.html", {"title": "公报"})]
    assert fetched[0].data == REPORT.encode()
    assert fetched[0].url == (tmp_path / "a.txt").as_uri()
    assert fetched[1].media_type == "text/html"
    assert [a.outcome for a in attempts] == ["fetched", "fetched"]
    assert snapshot(tmp_path) == before


def test_the_full_name_of_a_sidecar_wins_over_the_stem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "a.meta.json").write_text('{"place": "stem"}')
    (tmp_path / "a.txt.meta.json").write_text('{"place": "full"}')
    fetched, attempts = take(tmp_path, FetchState())
    assert [f.sidecar for f in fetched] == [{"place": "full"}]
    assert len(attempts) == 1  # the sidecar that lost is no orphan


def test_a_second_night_takes_nothing_and_a_third_what_changed(tmp_path: Path) -> None:
    state = FetchState()
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.txt").write_text("另一份", encoding="utf-8")
    assert len(take(tmp_path, state)[0]) == 2
    fetched, attempts = take(tmp_path, state)
    assert not fetched
    assert [a.outcome for a in attempts] == ["not_modified", "not_modified"]
    (tmp_path / "b.txt").write_text("另一份，已更正", encoding="utf-8")
    assert [f.name for f in take(tmp_path, state)[0]] == ["b.txt"]


def test_the_state_can_be_rebuilt_from_the_rows_of_retrievals(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "a.meta.json").write_text("{}")
    config = inbox_source(tmp_path)
    items = list(fetch_source(config, state=FetchState()))
    rows = [(i.attempt if isinstance(i, Fetched) else i).as_row() for i in items]
    hashes = [i.sha256 for i in items if isinstance(i, Fetched)]
    assert not take(tmp_path, FetchState.from_rows(reversed(rows), hashes))[0]
    assert not take(tmp_path, FetchState.from_rows(rows))[0]


def test_a_report_fetched_but_never_archived_is_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    rows = [a.as_row() for a in take(tmp_path, FetchState())[1]]
    fetched, _ = take(tmp_path, FetchState.from_rows(rows, known_hashes=[]))
    assert [f.name for f in fetched] == ["a.txt"]


def test_the_same_bytes_under_two_names_are_one_document_with_two_attempts(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    fetched, attempts = take(tmp_path, FetchState())
    assert [f.name for f in fetched] == ["a.txt"]
    assert [a.outcome for a in attempts] == ["fetched", "duplicate"]
    assert attempts[0].sha256 == attempts[1].sha256
    assert attempts[1].message == f"The same bytes as {(tmp_path / 'a.txt').as_uri()}"


def test_a_changed_sidecar_makes_a_known_file_new_again(tmp_path: Path) -> None:
    state = FetchState()
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    take(tmp_path, state)
    (tmp_path / "a.txt.meta.json").write_text('{"published_on": "2021-11-24"}')
    fetched, _ = take(tmp_path, state)
    assert [f.sidecar for f in fetched] == [{"published_on": "2021-11-24"}]
    assert not take(tmp_path, state)[0]


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"{", "is not JSON"), (b"[1]", "is not a JSON object"), (b"\xff\xfe", "is not JSON"), (b"[" * 100_000, "is not")],
)
def test_a_broken_sidecar_is_told_of_and_loses_nothing(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "a.txt.meta.json").write_bytes(content)
    fetched, attempts = take(tmp_path, FetchState())
    assert [f.sidecar for f in fetched] == [{}]
    assert told in attempts[0].message


def test_a_sidecar_without_a_report_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "gone.txt.meta.json").write_text("{}")
    _, attempts = take(tmp_path, FetchState())
    assert [(a.outcome, a.message) for a in attempts] == [("missing", "A sidecar without its report")]


def test_links_out_of_the_folder_are_refused_and_links_within_are_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("不可读", encoding="utf-8")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(REPORT, encoding="utf-8")
    (inbox / "out.txt").symlink_to(secret)
    (inbox / "folder").symlink_to(tmp_path, target_is_directory=True)
    (inbox / "within.txt").symlink_to(inbox / "a.txt")
    (inbox / "a.txt.meta.json").symlink_to(secret)
    fetched, attempts = take(inbox, FetchState())
    assert [f.name for f in fetched] == ["a.txt"]
    assert fetched[0].sidecar == {}
    assert "leads out" in fetched[0].attempt.message
    outcomes = {a.url.rpartition("/")[2]: a.outcome for a in attempts}
    assert outcomes == {"a.txt": "fetched", "out.txt": "refused", "within.txt": "duplicate"}


def test_what_is_not_a_file_or_too_large_is_refused_with_the_reason(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "large.txt").write_bytes(b"x" * 2_000_000)
    _, attempts = take(tmp_path, FetchState(), max_megabytes=1)
    told = {a.url.rpartition("/")[2]: (a.outcome, a.message) for a in attempts}
    assert told["pipe.txt"] == ("refused", "Not a file")
    assert told["large.txt"][0] == "refused"
    assert "2000000 bytes" in told["large.txt"][1]


def test_globs_choose_and_unfinished_copies_are_left(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "sub/b.txt", "c.pdf", ".hidden.txt", "~$word.docx", "half.txt.part", "sub/draft.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    fetched, _ = take(tmp_path, FetchState(), include=("**/*.txt",), exclude=("**/draft*",))
    assert [f.name for f in fetched] == ["a.txt", "b.txt"]
    assert [f.name for f in take(tmp_path, FetchState(), include=("*.txt",))[0]] == ["a.txt"]


def test_a_folder_that_does_not_exist_is_an_attempt(tmp_path: Path) -> None:
    items = list(fetch_source(inbox_source(tmp_path / "none"), state=FetchState()))
    assert [(i.kind, i.outcome) for i in items if isinstance(i, Attempt)] == [("list", "missing")]


def test_the_defaults_of_the_entry_come_along_as_hints(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    config = InboxSource(kind="inbox", name="x", path=tmp_path, place="惠济区", issuer="区政府")
    (fetched,) = [i for i in fetch_source(config, state=FetchState()) if isinstance(i, Fetched)]
    assert fetched.hints == {"place": "惠济区", "issuer": "区政府", "language": "zh"}
    json.dumps(fetched.hints)

"""Remote folders, each against a real server on loopback: S3 (moto), SFTP (paramiko), an index page (http.server)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from flows.errors import ConfigurationError
from flows.fetch import Attempt, Fetched, FetchState, check_source, fetch_source, judge
from flows.fetch.config import RemoteSource
from tests.sites.sftp import PASSWORD, USER, serve_sftp

REPORT, OTHER = "全区145件实事已完成118件。".encode(), "新增学位6750个。".encode()


def entry(url: str, **keys: Any) -> RemoteSource:
    quick = {"rate": 1000, "backoff": 0, "retries": 1, "timeout": 10, "allow_private": True}
    return RemoteSource.model_validate({"name": "far", "kind": "remote", "url": url} | quick | keys)


def night(config: RemoteSource, state: FetchState, **more: Any) -> tuple[list[Fetched], list[Attempt]]:
    items = list(fetch_source(config, state=state, **more))
    return [i for i in items if isinstance(i, Fetched)], [i.attempt if isinstance(i, Fetched) else i for i in items]


def outcomes(attempts: list[Attempt]) -> list[tuple[str, str]]:
    return [(a.url.rpartition("/")[2], a.outcome) for a in attempts if a.kind == "document"]


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        yield "http://{}:{}".format(*server.get_host_and_port())
    finally:
        server.stop()


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, RemoteSource]]:
    monkeypatch.setenv("TEST_S3_ID", "reader")
    monkeypatch.setenv("TEST_S3_SECRET", "on-loopback-only")
    keys = {"aws_access_key_id": "reader", "aws_secret_access_key": "on-loopback-only", "region_name": "us-east-1"}
    client = boto3.client("s3", endpoint_url=s3, **keys)
    client.create_bucket(Bucket="reports")
    options = {
        "key": "${TEST_S3_ID}",
        "secret": "${TEST_S3_SECRET}",
        "client_kwargs": {"endpoint_url": s3, "region_name": "us-east-1"},
    }
    yield client, entry("s3://reports/daily", options=options)
    for item in client.list_objects_v2(Bucket="reports").get("Contents", []):
        client.delete_object(Bucket="reports", Key=item["Key"])
    client.delete_bucket(Bucket="reports")
    client.close()


def test_s3_gives_new_and_changed_reports_with_their_sidecars(bucket: tuple[Any, RemoteSource]) -> None:
    client, config = bucket
    state = FetchState()
    client.put_object(Bucket="reports", Key="daily/a.txt", Body=REPORT)
    client.put_object(Bucket="reports", Key="daily/sub/b.txt", Body=OTHER)
    client.put_object(Bucket="reports", Key="daily/sub/b.meta.json", Body='{"place": "惠济区"}'.encode())
    client.put_object(Bucket="reports", Key="other/c.txt", Body=b"c")
    fetched, attempts = night(config, state)
    assert [(f.name, f.data, f.sidecar) for f in fetched] == [
        ("a.txt", REPORT, {}),
        ("b.txt", OTHER, {"place": "惠济区"}),
    ]
    assert fetched[1].url == "s3://reports/daily/sub/b.txt"
    assert attempts[-1].kind == "list"
    assert attempts[-1].found == 2
    assert outcomes(night(config, state)[1]) == [("a.txt", "not_modified"), ("b.txt", "not_modified")]
    client.put_object(Bucket="reports", Key="daily/a.txt", Body=REPORT + OTHER)
    client.put_object(Bucket="reports", Key="daily/sub/b.meta.json", Body=b'{"place": "x"}')
    fetched, _ = night(config, state)
    assert [(f.name, f.sidecar) for f in fetched] == [("a.txt", {}), ("b.txt", {"place": "x"})]


def test_s3_without_the_bucket_is_fatal_and_names_the_source(bucket: tuple[Any, RemoteSource]) -> None:
    config = bucket[1].model_copy(update={"url": "s3://nowhere/daily"})
    state = FetchState()
    _, attempts = night(config, state)
    assert [a.outcome for a in attempts] == ["missing"]
    (problem,) = judge(config, attempts, state=state)
    assert problem.severity == "fatal"
    assert "'far'" in str(problem.error)


def test_credentials_come_from_the_environment_or_a_block(
    bucket: tuple[Any, RemoteSource], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, config = bucket
    client.put_object(Bucket="reports", Key="daily/a.txt", Body=REPORT)
    monkeypatch.delenv("TEST_S3_SECRET")
    with pytest.raises(ConfigurationError, match="TEST_S3_SECRET"):
        night(config, FetchState())
    plain = {key: value for key, value in config.options.items() if key == "client_kwargs"}
    blocked = config.model_copy(update={"options": plain, "block": "bucket-keys"})
    with pytest.raises(ConfigurationError, match="bucket-keys"):
        night(blocked, FetchState())
    blocks = {"bucket-keys": {"key": "reader", "secret": "on-loopback-only"}}
    assert [f.name for f in night(blocked, FetchState(), credentials=blocks.__getitem__)[0]] == ["a.txt"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "daily" / "sub").mkdir(parents=True)
    (tmp_path / "daily" / "a.txt").write_bytes(REPORT)
    (tmp_path / "daily" / "sub" / "报告 二.txt").write_bytes(OTHER)
    (tmp_path / "daily" / "sub" / "报告 二.txt.meta.json").write_text('{"issuer": "教育局"}', encoding="utf-8")
    (tmp_path / "daily" / "half.txt.part").write_bytes(b"unfinished")
    return tmp_path


@pytest.fixture
def _sftp_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_SFTP_PASSWORD", PASSWORD)


@pytest.mark.usefixtures("_sftp_password")
def test_sftp_gives_new_and_changed_reports_with_their_sidecars(folder: Path) -> None:
    with serve_sftp(folder) as site:
        options = {"username": USER, "password": "${TEST_SFTP_PASSWORD}", "host_key": site.host_key}
        config, state = entry(f"sftp://127.0.0.1:{site.port}/daily", options=options), FetchState()
        fetched, attempts = night(config, state)
        assert [(f.name, f.data, f.sidecar) for f in fetched] == [
            ("a.txt", REPORT, {}),
            ("报告 二.txt", OTHER, {"issuer": "教育局"}),
        ]
        assert fetched[0].url == f"sftp://127.0.0.1:{site.port}/daily/a.txt"
        assert PASSWORD not in str([a.as_row() for a in attempts])
        assert [outcome for _, outcome in outcomes(night(config, state)[1])] == ["not_modified"] * 2
        (folder / "daily" / "a.txt").write_bytes(REPORT + OTHER)
        assert [f.name for f in night(config, state)[0]] == ["a.txt"]
        assert check_source(config).would_fetch == ["a.txt", "sub/报告 二.txt"]


@pytest.mark.usefixtures("_sftp_password")
def test_sftp_refuses_an_unknown_host_key_and_a_wrong_password(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve_sftp(folder) as site:
        url = f"sftp://127.0.0.1:{site.port}/daily"
        options = {"username": USER, "password": "${TEST_SFTP_PASSWORD}", "known_hosts": str(tmp_path / "none")}
        for keys in (options, options | {"host_key": "ecdsa-sha2-nistp256 AAAA"}):
            config = entry(url, options=keys)
            _, attempts = night(config, FetchState())
            assert [a.outcome for a in attempts] == ["blocked"]
            assert site.host_key in attempts[0].message
        known = tmp_path / "known"
        known.write_text(f"[127.0.0.1]:{site.port} {site.host_key}\n")
        assert len(night(entry(url, options=options | {"known_hosts": str(known)}), FetchState())[0]) == 2
        monkeypatch.setenv("TEST_SFTP_PASSWORD", "wrong")
        _, attempts = night(entry(url, options=options | {"host_key": site.host_key}), FetchState())
        assert [a.outcome for a in attempts] == ["blocked"]
        assert "Authentication" in attempts[0].message


@pytest.mark.parametrize("url", ["sftp://127.0.0.1/x", "nosuchscheme://x/y"])
def test_options_or_a_scheme_that_cannot_work_are_a_mistake_of_the_entry(url: str) -> None:
    with pytest.raises(ConfigurationError, match="'far'"):
        night(entry(url, options={"no_such_option": 1}), FetchState())


def test_a_server_that_is_not_there_failed_and_was_tried_again() -> None:
    config = entry("sftp://127.0.0.1:1/daily", options={"username": "x"})
    _, attempts = night(config, FetchState())
    assert [(a.kind, a.outcome) for a in attempts] == [("list", "failed")]


class Logged(SimpleHTTPRequestHandler):
    asked: list[tuple[str, int]] = []  # noqa: RUF012  shared on purpose

    def log_request(self, code: Any = 0, size: Any = "-") -> None:
        self.asked.append((self.path, int(code)))

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def index_of(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Logged, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/daily/"
        server.shutdown()
        thread.join()


def test_an_index_page_gives_new_and_changed_reports_with_their_sidecars(folder: Path) -> None:
    with index_of(folder) as url:
        config, state = entry(url), FetchState()
        fetched, attempts = night(config, state)
        assert [(f.name, f.data, f.sidecar) for f in fetched] == [
            ("a.txt", REPORT, {}),
            ("报告 二.txt", OTHER, {"issuer": "教育局"}),
        ]
        assert [a.found for a in attempts if a.kind == "list"][-1] == 2
        Logged.asked.clear()
        assert [outcome for _, outcome in outcomes(night(config, state)[1])] == ["not_modified"] * 2
        assert ("/daily/a.txt", 304) in Logged.asked
        (folder / "daily" / "sub" / "报告 二.txt.meta.json").write_text("{}")
        assert [f.name for f in night(config, state)[0]] == ["报告 二.txt"]
        assert check_source(config).would_fetch == ["a.txt", "sub/报告 二.txt"]


def test_the_index_is_never_left_upwards(folder: Path) -> None:
    (folder / "secret.txt").write_text("x")
    (folder / "daily" / "sub" / "index.html").write_text('<a href="../../secret.txt">x</a><a href="c.txt">c</a>')
    (folder / "daily" / "sub" / "c.txt").write_text("c")
    with index_of(folder) as url:
        assert [f.name for f in night(entry(url), FetchState())[0]] == ["a.txt", "c.txt"]


def test_globs_and_depth_choose_on_a_remote_too(folder: Path) -> None:
    with index_of(folder) as url:
        assert [f.name for f in night(entry(url, depth=1), FetchState())[0]] == ["a.txt"]
        assert [f.name for f in night(entry(url, exclude=["sub/**"]), FetchState())[0]] == ["a.txt"]

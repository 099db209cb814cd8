"""sources.yaml: what an entry may say, and that every mistake is named with its source, its key and the way out."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from flows.errors import ConfigurationError, SourceRefused, SourceUnavailable
from flows.fetch import (
    Attempt,
    FetchState,
    SourceConfig,
    check_source,
    inbox_source,
    judge,
    load_sources,
    parse_sources,
)
from flows.fetch.config import KINDS, EpaperSource, InboxSource, WebSource

ROOT = Path(__file__).parent.parent
MANUAL = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")


def one(entry: str) -> SourceConfig:
    (source,) = parse_sources("sources:\n  daily:\n    " + entry.replace("; ", "\n    "))
    return source


def mistake(text: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        parse_sources(text)
    return str(caught.value)


def test_five_lines_make_a_source() -> None:
    source = one(
        "kind: epaper; url: https://p.example.cn/html/{yyyy}-{mm}/{dd}/node_1.htm; place: 惠济区; issuer: 日报"
    )
    assert isinstance(source, EpaperSource)
    assert (source.name, source.place, source.rate, source.robots) == ("daily", "惠济区", 1.0, True)
    assert source.hosts == ("p.example.cn",)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("kind: web; url: https://x.cn/; plce: 惠济区", ["'daily'", "'plce'", "'place'"]),
        ("kind: web; url: https://x.cn/; expect: {minimun: 3}", ["'expect.minimun'", "'minimum'"]),
        (
            "kind: web; url: https://x.cn/; expect: {minimum: 9, maximum: 3}",
            ["'expect'", "minimum 9 is over maximum 3"],
        ),
        ("kind: webb; url: https://x.cn/", ["'webb'", "'web'", "epaper"]),
        ("url: https://x.cn/", ["no 'kind'"]),
        ("kind: web", ["the key 'url' is missing"]),
        ("kind: web; url: www.x.cn", ["'url'", "http://"]),
        ("kind: web; url: https://me:secret@x.cn/", ["'url'", "password"]),
        ("kind: web; url: https://x.cn/; rate: fast", ["'rate'", "'fast'"]),
        ("kind: web; url: https://x.cn/; match: '('", ["'match'", "regular expression"]),
        ("kind: web; url: https://x.cn/; links: 'ul >> a['", ["'links'", "CSS selector"]),
        ("kind: web; url: https://x.cn/; allowed_hosts: ['https://y.cn/']", ["'allowed_hosts'", "host name"]),
        ("kind: epaper; url: 'https://x.cn/{yyyy}/node_1.htm'", ["'url'", "{mm}"]),
        ("kind: epaper; url: https://x.cn/; start: 2022-01-02; end: 2022-01-01", ["start 2022-01-02 is after"]),
        ("kind: remote; url: /srv/reports", ["'url'", "s3://"]),
        ("kind: remote; url: 'file:///srv'", ["inbox"]),
        ("kind: remote; url: 's3://b'; options: {secret: abc}", ["options", "secret", "${VARIABLE}"]),
        ("kind: remote; url: 'sftp://h/x'; options: {ssh: {password: abc}}", ["ssh.password"]),
        ("kind: inbox", ["'path'"]),
        ("- kind: inbox", ["keys and values"]),
    ],
)
def test_a_mistake_is_named_with_source_key_and_way_out(entry: str, told: list[str]) -> None:
    message = mistake("sources:\n  daily:\n    " + entry.replace("; ", "\n    "))
    assert "'daily'" in message
    for words in told:
        assert words in message
    assert "docs/sources.md" in message


def test_all_mistakes_are_told_at_once() -> None:
    message = mistake("sources:\n  a: {kind: inbox}\n  b: {kind: feed, url: x, nme: 1}\nsorces: 1\n")
    assert "4 mistake(s)" in message
    for words in ("'a'", "'b': 'url'", "'nme'", "'sorces'"):
        assert words in message


@pytest.mark.parametrize("text", ["", "sources:", "sources: []", "- a", "sources: {}", "a: [", "\tx"])
def test_a_file_without_sources_is_told_of(text: str) -> None:
    assert "sources.yaml" in mistake(text)


def test_a_key_that_stands_twice_is_no_silent_loss() -> None:
    assert "'a' stands twice" in mistake("sources:\n  a: {kind: inbox, path: x}\n  a: {kind: inbox, path: y}\n")


def test_yaml_builds_no_objects() -> None:
    assert "not YAML" in mistake("sources: !!python/object/apply:os.getcwd []")


def test_relative_folders_count_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text("sources:\n  a: {kind: inbox, path: reports}\n", encoding="utf-8-sig")
    (source,) = load_sources(file)
    assert isinstance(source, InboxSource)
    assert source.path == tmp_path / "reports"


def test_a_file_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.yaml"):
        load_sources(tmp_path / "none.yaml")


def test_the_file_in_the_repository_loads() -> None:
    assert [source.name for source in load_sources(ROOT / "sources.yaml")]


def example(text: str) -> list[SourceConfig]:
    return parse_sources(text if text.startswith("sources:") else "sources:\n" + indent(text, "  "))


def test_every_example_of_the_manual_is_valid_and_every_kind_has_one_of_five_lines() -> None:
    examples = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)
    assert all(example(text) for text in examples)
    short = [text for text in examples if len(text.strip().splitlines()) <= 5]
    assert {source.kind for text in short for source in example(text)} == set(KINDS)


def test_every_key_is_in_the_manual() -> None:
    for kind, model in KINDS.items():
        missing = [
            key for key in model.model_fields if not re.search(rf"`{key}\b", MANUAL) and key not in ("name", "kind")
        ]
        assert not missing, f"{kind}: {missing}"


def row(kind: Any, outcome: Any, **more: Any) -> Attempt:
    return Attempt("gov", kind, "https://x.cn/1", outcome, datetime.now(UTC), **more)


def gov(**expect: int) -> WebSource:
    return WebSource.model_validate({"name": "gov", "kind": "web", "url": "https://x.cn/", "expect": expect})


@pytest.mark.parametrize(
    ("attempts", "expect", "said"),
    [
        ([row("list", "fetched", found=5), row("document", "fetched")], {"minimum": 5, "maximum": 5}, []),
        ([row("list", "fetched", found=4)], {"minimum": 5}, [("fatal", SourceUnavailable, "fewer than the 5")]),
        ([row("list", "fetched", found=6)], {"maximum": 5}, [("warning", SourceUnavailable, "more than the 5")]),
        ([row("list", "not_modified")], {"minimum": 5}, []),
        ([row("list", "failed", message="m")], {}, [("fatal", SourceUnavailable, "could not be read")]),
        ([row("list", "refused")], {}, [("fatal", SourceRefused, "could not be read")]),
        ([row("document", "blocked", message="m")], {}, [("fatal", SourceRefused, "is blocked")]),
        ([row("document", "failed")], {}, [("warning", SourceUnavailable, "could not be had")]),
        ([row("robots", "missing"), row("document", "duplicate")], {}, []),
        ([row("issue", "missing", issue_day=date(2022, 1, 1), found=0)], {"minimum": 1}, []),
        ([row("issue", "failed", issue_day=date(2022, 1, 1))], {}, [("fatal", SourceUnavailable, "could not be read")]),
        (
            [row("issue", "fetched", issue_day=date(2022, 1, n), found=n) for n in (1, 2, 3)],
            {"minimum": 2, "maximum": 2},
            [("fatal", SourceUnavailable, "2022-01-01"), ("warning", SourceUnavailable, "2022-01-03")],
        ),
    ],
)
def test_a_night_is_judged(attempts: list[Attempt], expect: dict[str, int], said: list[tuple[str, type, str]]) -> None:
    problems = judge(gov(**expect), attempts, state=FetchState())
    assert [(p.severity, type(p.error)) for p in problems] == [(severity, kind) for severity, kind, _ in said]
    for problem, (_, _, words) in zip(problems, said, strict=True):
        assert words in str(problem.error)
        assert "'gov'" in str(problem.error)


def test_a_source_that_went_quiet_is_a_warning() -> None:
    state, today = FetchState(), date(2022, 1, 10)
    assert "never" in str(judge(gov(fresh_days=3), [], state=state, today=today)[0].error)
    for age, said in ((3, 0), (4, 1)):
        state.last_new["gov"] = datetime(2022, 1, 10, tzinfo=UTC) - timedelta(days=age)
        assert len(judge(gov(fresh_days=3), [], state=state, today=today)) == said


def test_check_tells_what_is_wrong_with_a_folder(tmp_path: Path) -> None:
    assert "does not exist" in check_source(inbox_source(tmp_path / "none")).problems[0]
    assert check_source(inbox_source(tmp_path)).problems == ["No file matches"]
    (tmp_path / "a.txt").write_text("x")
    report = check_source(inbox_source(tmp_path))
    assert (report.would_fetch, report.count, report.problems) == (["a.txt"], 1, [])


def test_fetching_needs_no_prefect_pandas_or_duckdb() -> None:

    code = "import flows.fetch, sys; print([m for m in ('prefect', 'pandas', 'duckdb') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"

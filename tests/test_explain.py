"""``taizhang extract --explain``: which rule found each field of a figure, so that a miss can be mended there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Answer
from tests.extraction import read

REPORT = (
    "截至11月23日，金水区受理事项145件，办结118件，办结率81%，其中网上办理超过60件，同比增长7.2%。力争全年办结140件。\n"
    "街道\t件数\n甲街道\t52\n乙街道\t48\n"
)


def test_every_figure_says_how_its_fields_were_found() -> None:
    for figure in read(REPORT, place="郑州市", explain=True).figures:
        assert set(figure.explain) >= {"indicator", "time", "place"}, figure.text
        assert all(isinstance(rule, str) and rule for rule in figure.explain.values()), figure.explain


def test_different_rules_are_told_apart() -> None:
    """An explanation that always says the same explains nothing."""
    found = {f.text: f.explain for f in read(REPORT, place="郑州市", explain=True).figures}
    assert found["118"]["indicator"] != found["7.2%"]["indicator"] != found["52"]["indicator"]
    assert found["60"]["qualifier"] != found["118"]["qualifier"]
    assert found["145"]["time"] == "stated"
    assert found["145"]["place"] == "stated"
    assert found["52"]["place"] == "document"
    assert "modality" in found["140"]
    assert "modality" not in found["118"]


def test_explaining_changes_nothing_else() -> None:
    plain, explained = read(REPORT), read(REPORT, explain=True)
    assert all(f.explain == {} for f in plain.figures)
    assert [f._replace(explain={}) for f in explained.figures] == list(plain.figures)
    assert plain.relations == explained.relations
    assert plain.ledger == explained.ledger


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_the_command_line_prints_it(taizhang: Callable[..., Answer], report: Path) -> None:
    answer = taizhang("extract", report, "--explain")
    assert (answer.code, answer.err) == (0, "")
    rows = [row for row in answer.rows() if "relation" not in row]
    assert rows
    assert all(set(row["explain"]) >= {"indicator", "time", "place"} for row in rows)


def test_without_the_option_nothing_is_explained(taizhang: Callable[..., Answer], report: Path) -> None:
    rows = [json.loads(line) for line in taizhang("extract", report).out.splitlines()]
    assert rows
    assert not any("explain" in row for row in rows)


def test_the_table_prints_it_below(taizhang: Callable[..., Answer], report: Path) -> None:
    plain = taizhang("extract", report, "--format", "table").out
    explained = taizhang("extract", report, "--format", "table", "--explain").out
    assert "←" not in plain
    assert explained.count("indicator ←") == len(read(REPORT).figures)

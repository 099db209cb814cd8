"""The evaluation gate itself: it must fail when a score falls, a floor is lowered, or the gold is another one."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gate", ROOT / ".ci" / "gate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gate"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


gate = _load()

TEXT = """\
# kept
[gold]
sha256 = "aa"

[floors]
figures_f1 = 0.90
strict_f1 = 0.60
"""


def test_scores_at_or_over_their_floors_pass() -> None:
    assert gate.under_floor(gate.parse(TEXT), {"figures_f1": 0.90, "strict_f1": 0.7, "other": 0.1}) == []


def test_a_score_under_its_floor_is_told_with_both_numbers() -> None:
    problems = gate.under_floor(gate.parse(TEXT), {"figures_f1": 0.8999, "strict_f1": 0.7})
    assert problems == ["figures_f1 is 0.8999, under its floor of 0.9."]


def test_a_score_that_was_not_measured_fails() -> None:
    assert gate.under_floor(gate.parse(TEXT), {"figures_f1": 1.0}) == ["strict_f1 has a floor and was not measured."]


def test_a_lowered_floor_fails_against_any_earlier_version() -> None:
    now = gate.parse(TEXT)
    oldest = gate.parse(TEXT.replace("0.90", "0.95"))
    assert gate.lowered(now, [now, now]) == []
    assert gate.lowered(now, [now, oldest]) == ["The floor of figures_f1 was lowered from 0.95 to 0.9."]
    assert gate.lowered(gate.parse(TEXT.replace("0.90", "0.96")), [now, oldest]) == []


def test_a_floor_that_is_gone_fails() -> None:
    now = gate.parse(TEXT.replace("strict_f1 = 0.60\n", ""))
    assert gate.lowered(now, [gate.parse(TEXT)]) == ["The floor of strict_f1 is gone; it was 0.6."]


def test_another_pinned_checksum_fails_and_a_first_one_passes() -> None:
    before = gate.parse(TEXT)
    assert gate.lowered(gate.parse(TEXT.replace('"aa"', '"bb"')), [before]) != []
    assert gate.lowered(before, [gate.parse(TEXT.replace('"aa"', '""'))]) == []


def test_gold_that_is_not_the_pinned_one_fails(tmp_path: Path) -> None:
    (tmp_path / "a.gold.json").write_text("{}")
    first = gate.checksum(tmp_path)
    assert gate.wrong_gold(gate.Pinned(first, {}), gate.checksum(tmp_path)) == []
    (tmp_path / "a.gold.json").write_text("{ }")
    assert gate.wrong_gold(gate.Pinned(first, {}), gate.checksum(tmp_path)) != []
    (tmp_path / "a.gold.json").rename(tmp_path / "b.gold.json")
    (tmp_path / "b.gold.json").write_text("{}")
    assert gate.checksum(tmp_path) != first


def test_raising_rounds_down_keeps_the_rest_and_never_lowers() -> None:
    text = gate.raised(TEXT, {"figures_f1": 0.98765, "strict_f1": 0.5})
    assert text == TEXT.replace("figures_f1 = 0.90", "figures_f1 = 0.987")
    assert gate.under_floor(gate.parse(text), {"figures_f1": 0.98765, "strict_f1": 0.6}) == []


def test_raising_a_value_of_three_digits_keeps_it() -> None:
    assert gate.parse(gate.raised(TEXT, {"figures_f1": 0.957})).floors["figures_f1"] == 0.957


def test_the_scores_are_read_from_what_the_scorer_prints() -> None:
    told = "fields 9  cells 794  found 0.9811  agreement 0.9700  identity 0.9887\n"
    assert gate.series_scores(told, "shanghai") == {
        "shanghai_found": 0.9811,
        "shanghai_agreement": 0.97,
        "shanghai_identity": 0.9887,
    }


def test_earlier_versions_come_from_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    floors = tmp_path / "floors.toml"
    git("init", "-q")
    for value in ("0.91", "0.95", "0.93"):
        floors.write_text(TEXT.replace("0.90", value))
        git("add", "floors.toml")
        git("commit", "-q", "-m", value)
    monkeypatch.setattr(gate, "ROOT", tmp_path)
    earlier = gate.earlier_versions(floors)
    assert [version.floors["figures_f1"] for version in earlier] == [0.93, 0.95, 0.91]
    assert gate.lowered(gate.parse(floors.read_text()), earlier) != []


def test_the_pinned_floors_are_at_least_what_the_project_promises() -> None:
    pinned = gate.parse((ROOT / ".ci" / "floors.toml").read_text(encoding="utf-8"))
    promised = {"figures_f1": 0.90, "strict_f1": 0.60, "seed_figures_f1": 0.97, "shanghai_found": 0.85}
    assert gate.under_floor(gate.Pinned("", promised), pinned.floors) == []
    assert len(pinned.sha256) == 64

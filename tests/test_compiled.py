"""Machine code of extraction: it is taken only where it was made of these very sources, and reads the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows import compiled
from flows.extract import engine
from flows.normalize import running
from tests.conftest import ROOT, SAMPLES, Answer


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The sources that are compiled, and what compiles them, at another place."""
    for folder in ("flows", "scripts"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.fixture
def sources(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of sources of a checkout whose environment holds no machine code yet."""
    monkeypatch.setattr(compiled, "FLOWS", checkout / "flows")
    monkeypatch.setattr(sys, "prefix", str(checkout / "environment"))
    monkeypatch.delenv("TAIZHANG_INTERPRETED", raising=False)
    compiled.made.cache_clear()
    yield checkout / "flows" / "extract"
    compiled.made.cache_clear()


def test_without_machine_code_the_sources_are_interpreted(sources: Path) -> None:
    assert compiled.modules("extract") is None


def test_machine_code_of_these_sources_is_taken(sources: Path) -> None:
    package = compiled.folder() / "flows" / "extract"
    package.mkdir(parents=True)
    assert compiled.modules("extract") == package


def test_after_an_edit_older_machine_code_is_left_aside(sources: Path) -> None:
    (compiled.folder() / "flows" / "extract").mkdir(parents=True)
    units = sources / "units.py"
    units.write_text(units.read_text(encoding="utf-8") + "\n# an edit\n", encoding="utf-8")
    assert compiled.modules("extract") is None


def test_a_new_module_is_an_edit_too(sources: Path) -> None:
    before = compiled.folder()
    (sources / "further.py").write_text('"""Another."""\n', encoding="utf-8")
    assert compiled.folder() != before


def test_it_can_be_left_aside(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (compiled.folder() / "flows" / "extract").mkdir(parents=True)
    monkeypatch.setenv("TAIZHANG_INTERPRETED", "1")
    assert compiled.modules("extract") is None


def test_without_a_compiler_it_says_what_to_install(checkout: Path) -> None:
    units = checkout / "flows" / "extract" / "units.py"
    units.write_text(units.read_text(encoding="utf-8") + "\n# an edit\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "scripts/compile.py"],
        cwd=checkout,
        env={**os.environ, "CC": "/nowhere/cc", "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("compile: no C compiler (on Debian: apt-get install gcc python3-dev)")
    assert "interpreted" in done.stderr


@pytest.mark.skipif(compiled.modules("extract") is None, reason="extraction is not compiled here: scripts/compile.py")
@pytest.mark.parametrize("sample", ["huiji-2021-11-25.txt", "bulletin.html", "education.docx", "budget-2023-01-18.pdf"])
def test_both_read_the_same(taizhang: Callable[..., Answer], sample: str) -> None:
    machine = taizhang("extract", SAMPLES / sample, "--explain")
    python = taizhang("extract", SAMPLES / sample, "--explain", TAIZHANG_INTERPRETED="1")
    assert machine.out
    assert machine == python


@pytest.mark.skipif(compiled.modules("extract") is None, reason="extraction is not compiled here: scripts/compile.py")
def test_it_is_the_machine_code_that_is_imported() -> None:
    assert engine.__file__ is not None
    assert not engine.__file__.endswith(".py")
    assert running.__file__ is not None
    assert not running.__file__.endswith(".py")

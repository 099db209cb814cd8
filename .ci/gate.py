"""The evaluation gate: what extraction scores on annotated reports must not fall.

    gate.py [--shared DIR] [--raise]

Measures with the scorers in DIR/tools (default ../shared), compares with the floors in floors.toml, and fails where a
score is under its floor, where a floor is lower than it was in any earlier commit, or where the gold is not the one
whose checksum is pinned. With --raise it writes what was measured, rounded down to three digits, where that is higher.
Where DIR does not exist, only the floors are compared with git: there is nothing to measure on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FLOORS = HERE / "floors.toml"
BIN = Path(sys.executable).parent
SEED = "huiji-2021-11"
_NUMBER = r"(\d\.\d+)"


@dataclass(frozen=True, slots=True)
class Pinned:
    """What floors.toml holds: the checksum of the gold and the floor of each score."""

    sha256: str
    floors: Mapping[str, float]


def parse(text: str) -> Pinned:
    """The floors in the text of a floors.toml."""
    content = tomllib.loads(text)
    return Pinned(content["gold"]["sha256"], {name: float(value) for name, value in content["floors"].items()})


def checksum(folder: Path) -> str:
    """SHA-256 over names and bytes of all files below ``folder``."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return total.hexdigest()


def under_floor(pinned: Pinned, measured: Mapping[str, float]) -> list[str]:
    """A sentence for each score that is under its floor or was not measured."""
    problems = []
    for name, floor in pinned.floors.items():
        if name not in measured:
            problems.append(f"{name} has a floor and was not measured.")
        elif measured[name] < floor:
            problems.append(f"{name} is {measured[name]:.4f}, under its floor of {floor}.")
    return problems


def lowered(pinned: Pinned, earlier: Iterable[Pinned]) -> list[str]:
    """A sentence for each floor, and for the checksum, that an earlier version held higher or otherwise."""
    problems: dict[str, None] = {}
    for before in earlier:
        for name, floor in before.floors.items():
            now = pinned.floors.get(name)
            if now is None:
                problems[f"The floor of {name} is gone; it was {floor}."] = None
            elif now < floor:
                problems[f"The floor of {name} was lowered from {floor} to {now}."] = None
        if before.sha256 and before.sha256 != pinned.sha256:
            problems[f"The pinned checksum of the gold was changed from {before.sha256[:12]}…"] = None
    return list(problems)


def wrong_gold(pinned: Pinned, actual: str) -> list[str]:
    """A sentence where the gold is not the pinned one."""
    if pinned.sha256 == actual:
        return []
    return [f"The gold has the checksum {actual}, not the pinned {pinned.sha256 or '(none)'}."]


def raised(text: str, measured: Mapping[str, float]) -> str:
    """The text of floors.toml with each floor raised to what was measured, rounded down; never lowered."""
    for name, floor in parse(text).floors.items():
        reached = math.floor(measured.get(name, 0.0) * 1000 + 1e-9) / 1000
        if reached > floor:
            text = re.sub(rf"^{re.escape(name)} *=.*$", f"{name} = {reached:.3f}", text, flags=re.MULTILINE)
    return text


def earlier_versions(path: Path) -> list[Pinned]:
    """Every version of ``path`` in the history of the current branch, newest first; none outside of git."""
    name = path.relative_to(ROOT).as_posix()
    commits = _git("log", "--format=%H", "--", name)
    texts = (_git("show", f"{commit}:{name}") for commit in commits.split())
    return [parse(text) for text in texts if text]


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def measure(shared: Path) -> dict[str, float]:
    """Run both scorers of ``shared`` on what this checkout makes of its reports."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        dev = _score(shared, shared / "gold" / "dev", work)
        seed = work / "seed"
        seed.mkdir()
        for path in (shared / "gold" / "dev").glob(f"{SEED}.*"):
            (seed / path.name).write_bytes(path.read_bytes())
        page = _score(shared, seed, work)
        series = shared / "series"
        found = _series(shared, series / "shanghai", series / "shanghai", work / "shanghai")
        found |= _series(shared, shared / "formats", series / "cities", work / "cities", "--by", "indicator")
    return {
        "figures_f1": dev["f1"],
        "strict_f1": dev["strict_f1"],
        "rate_f1": dev["rate_f1"],
        "sum_f1": dev["sum_f1"],
        "change_f1": dev["change_f1"],
        "seed_figures_f1": page["f1"],
        **found,
    }


def _score(shared: Path, gold: Path, work: Path) -> dict[str, float]:
    answer = work / "score.json"
    command = f"{BIN / 'taizhang'} extract --format jsonl"
    print(f"score.py on {gold.name}", flush=True)
    scorer = [sys.executable, shared / "tools" / "score.py", "--gold", gold, "--command", command, "--json", answer]
    subprocess.run([str(part) for part in scorer], check=True)
    return dict(json.loads(answer.read_text(encoding="utf-8")))


def _series(shared: Path, inbox: Path, truth: Path, data: Path, *options: str) -> dict[str, float]:
    """The scores of the curated table in ``truth`` on one run over ``inbox``, named after the table."""
    print(f"score_series.py on the {truth.name} series", flush=True)
    subprocess.run([str(BIN / "taizhang"), "run", "--inbox", str(inbox), "--data", str(data)], check=True)
    scorer = [sys.executable, str(shared / "tools" / "score_series.py"), *options]
    scorer += ["--warehouse", str(data / "warehouse.duckdb"), "--truth", str(truth / "truth.tsv")]
    told = subprocess.run(scorer, check=True, capture_output=True, text=True).stdout
    print(told, end="", flush=True)
    return series_scores(told, truth.name)


def series_scores(told: str, series: str) -> dict[str, float]:
    """The scores in the last line that score_series.py prints, named after the series."""
    scores = dict(re.findall(rf"(found|agreement|identity)\s+{_NUMBER}", told))
    return {f"{series}_{name}": float(value) for name, value in scores.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floors to what is measured")
    arguments = parser.parse_args()
    text = FLOORS.read_text(encoding="utf-8")
    pinned = parse(text)
    problems = lowered(pinned, earlier_versions(FLOORS))
    if arguments.shared.is_dir():
        problems += wrong_gold(pinned, checksum(arguments.shared / "gold" / "dev"))
        measured = measure(arguments.shared)
        problems += under_floor(pinned, measured)
        if arguments.lift:
            FLOORS.write_text(raised(text, measured), encoding="utf-8")
        for name, value in measured.items():
            print(f"gate: {name} {value:.4f}, floor {pinned.floors.get(name, 'none')}")
    else:
        print(f"gate: {arguments.shared} is not there, so nothing was measured")
    for problem in problems:
        print(f"gate: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

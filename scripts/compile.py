#!/usr/bin/env python3
"""Compile extraction to machine code with mypyc, into this environment: the same figures in about half the time.

    .venv/bin/python scripts/compile.py

Takes two or three minutes and 1 GB of memory, once for a state of the sources; done at once where that is done. Needs
a C compiler and the headers of Python (on Debian: apt-get install gcc python3-dev). Without them, or after an edit,
extraction is interpreted: slower, and the same in every other way.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from flows import compiled  # noqa: E402

# -O2: -O3 is no faster that could be measured, and takes longer to compile.
BUILD = """
import sys
from mypyc.build import mypycify
from setuptools import setup

work, *paths = sys.argv[1:]
setup(
    name="taizhang-extract",
    packages=[],
    ext_modules=mypycify(
        paths, opt_level="2", debug_level="0", group_name="flows.extract.machine", target_dir=f"{work}/c"
    ),
    script_args=["-q", "build_ext", "--build-lib", f"{work}/lib", "--build-temp", f"{work}/o"],
)
"""


def missing() -> str:
    """What this machine lacks to compile, in words; nothing where it lacks nothing."""
    compiler = os.environ.get("CC") or (sysconfig.get_config_var("CC") or "cc")
    if shutil.which(compiler.split()[0]) is None:
        return "no C compiler"
    if not Path(sysconfig.get_path("include"), "Python.h").is_file():
        return "no headers of Python"
    return ""


def build(target: Path) -> str:
    """Compile into ``target``, which is there whole or not at all; returns the end of what went wrong, or nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="building-") as work:
        paths = [path.relative_to(ROOT).as_posix() for path in compiled.sources()]
        done = subprocess.run(
            [sys.executable, "-c", BUILD, work, *paths],
            cwd=ROOT,
            env={**os.environ, "MYPY_CACHE_DIR": f"{work}/cache", "TAIZHANG_INTERPRETED": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            return "\n".join((done.stdout + done.stderr).splitlines()[-12:]) or f"exit code {done.returncode}"
        try:
            Path(work, "lib").rename(target)
        except OSError:
            if not target.is_dir():  # else another process was faster
                raise
    made = sorted(target.parent.glob("extract-*"), key=lambda path: path.stat().st_mtime)
    for old in made[:-2]:  # the one before may still be in use
        shutil.rmtree(old, ignore_errors=True)
    return ""


def main() -> int:
    target = compiled.folder()
    if target.is_dir():
        return 0
    if lack := missing():
        advice = "on Debian: apt-get install gcc python3-dev"
        print(f"compile: {lack} ({advice}); extraction is interpreted", file=sys.stderr)
        return 1
    print("compile: extraction, to machine code (two or three minutes, once)", file=sys.stderr)
    if fault := build(target):
        print(f"compile: failed; extraction is interpreted\n{fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

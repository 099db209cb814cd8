"""Fetch uv's wheel from PyPI and unpack its program: for a Python without pip. Standard library only.

    get_uv.py LOCK TARGET

LOCK holds one pinned requirement with its hashes; a file whose SHA-256 is not among them is not used.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import re
import sys
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

INDEX = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/")


def pinned(lock: str) -> tuple[str, set[str]]:
    """The version and the hashes in the text of a lock of one requirement."""
    version = re.search(r"^uv==(\S+)", lock, re.MULTILINE)
    if version is None:
        raise SystemExit("get_uv: the lock pins no uv")
    return version[1], set(re.findall(r"--hash=sha256:([0-9a-f]{64})", lock))


def wheel_tag() -> str:
    """What the name of this machine's wheel ends in; uv's wheels for glibc and musl are static enough for both."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    return f"{'musllinux' if platform.libc_ver()[0] != 'glibc' else 'manylinux'}.*_{machine}"


def fetch(url: str) -> bytes:
    """The bytes at ``url``, or the end of the program with what to do."""
    try:
        with urllib.request.urlopen(url, timeout=120) as answer:
            return bytes(answer.read())
    except OSError as error:
        raise SystemExit(
            f"get_uv: {url}: {error}\n"
            "get_uv: check the network; a missing certificate is mended by: apt-get install ca-certificates\n"
            "get_uv: with pip there (apt-get install python3-pip), scripts/setup uses it and its settings"
        ) from None


def links(index_page: str) -> list[tuple[str, str]]:
    """(address, sha256) of each file on a page of the simple index (PEP 503)."""
    return re.findall(r'href="([^"#]+)#sha256=([0-9a-f]{64})"', index_page)


def main(lock: str, target: str) -> None:
    version, hashes = pinned(Path(lock).read_text(encoding="utf-8"))
    name = re.compile(rf"/uv-{re.escape(version)}-py3-none-.*{wheel_tag()}\.whl$")
    listed = links(fetch(f"{INDEX}/uv/").decode("utf-8"))
    fitting = [address for address, digest in listed if digest in hashes and name.search(address)]
    if not fitting:
        raise SystemExit(f"get_uv: uv {version} has no wheel for {platform.platform()}")
    data = fetch(urllib.parse.urljoin(f"{INDEX}/uv/", fitting[0]))
    if hashlib.sha256(data).hexdigest() not in hashes:
        raise SystemExit("get_uv: the wheel does not match its pinned hash")
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        program = wheel.read(f"uv-{version}.data/scripts/uv")
    Path(target).write_bytes(program)
    Path(target).chmod(0o755)


if __name__ == "__main__":
    main(*sys.argv[1:])

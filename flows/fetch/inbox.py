"""A folder of files as a source. The folder is only read; nothing in it is moved, marked or changed."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from flows.fetch.config import InboxSource
from flows.fetch.model import Attempt, Fetched, FetchState, sha256_of
from flows.fetch.names import matches, media_type_of, safe_name

SIDECAR_SUFFIX = ".meta.json"
SIDECAR_BYTES = 1024 * 1024
SIDECAR_MARK = "sidecar="
TEMPORARY = re.compile(r"^(\.|~\$)|(\.part|\.tmp|\.crdownload|~)$")  # hidden, being copied, or an editor's back-up


def fetch_inbox(config: InboxSource, state: FetchState) -> Iterator[Fetched | Attempt]:
    """Every report in the folder that is new, or whose bytes or sidecar changed, in the order of the paths."""
    started, clock = datetime.now(UTC), monotonic()
    root = config.path
    if not root.is_dir():
        yield _told(config, root.absolute().as_uri(), "missing", f"The folder {root} does not exist", kind="list")
        return
    paths = list_reports(config)
    yield Attempt(
        config.name, "list", root.absolute().as_uri(), "fetched", started, monotonic() - clock, found=len(paths)
    )
    for path in paths:
        yield _read(config, root.resolve(), path, state)
    for orphan in _orphans(root, paths):
        yield _told(config, orphan.absolute().as_uri(), "missing", "A sidecar without its report")


def list_reports(config: InboxSource) -> list[Path]:
    """The reports of a folder: files that match, without sidecars, hidden files and unfinished copies."""
    found = []
    for path in _walk(config.path):
        name = path.relative_to(config.path).as_posix()
        if not path.name.endswith(SIDECAR_SUFFIX) and matches(name, config.include, config.exclude):
            found.append(path)
    return sorted(found)


def _walk(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root, followlinks=False):
        folders[:] = [name for name in folders if not TEMPORARY.search(name)]
        yield from (Path(folder, name) for name in files if not TEMPORARY.search(name))


def _read(config: InboxSource, root: Path, path: Path, state: FetchState) -> Fetched | Attempt:
    url, started, clock = path.absolute().as_uri(), datetime.now(UTC), monotonic()
    try:
        refusal = _refusal(config, root, path)
        if refusal:
            return _told(config, url, "refused", refusal)
        data = _bytes_at_rest(path)
    except OSError as error:
        return _told(config, url, "failed", f"Cannot be read: {error.strerror or error}")
    if data is None:
        return _told(config, url, "failed", "It changed while it was read; it is taken on the next night")
    sidecar, sidecar_sha, message = read_sidecar(path, root)
    attempt = Attempt(
        source=config.name,
        kind="document",
        url=url,
        outcome="fetched",
        started_at=started,
        seconds=monotonic() - clock,
        etag=f"{SIDECAR_MARK}{sidecar_sha}" if sidecar_sha else None,
        sha256=sha256_of(data),
        bytes=len(data),
        message=message,
    )
    attempt = known_again(attempt, state)
    if attempt.outcome != "fetched":
        return attempt
    name = safe_name(path.name)
    return Fetched(data, name, url, media_type_of(name), sidecar, config.defaults, started, config.name, attempt)


def known_again(attempt: Attempt, state: FetchState) -> Attempt:
    """The attempt, told apart: new bytes, the bytes this URL had before, or bytes known from another URL.

    A changed sidecar (marked in ``etag``) makes a known file new again, for its metadata is to be read anew.
    """
    before = state.have(attempt.source, attempt.url)
    if (
        before is not None
        and before.sha256 == attempt.sha256
        and sidecar_mark(before.etag) == sidecar_mark(attempt.etag)
    ):
        return replace(attempt, outcome="not_modified")
    if attempt.sha256 in state.hashes and (before is None or before.sha256 != attempt.sha256):
        first = state.hashes[attempt.sha256]
        told = f"The same bytes as {first}" if first else "These bytes are already archived"
        return replace(attempt, outcome="duplicate", message=" ".join(filter(None, [told, attempt.message])))
    return attempt


def sidecar_mark(etag: str | None) -> str:
    """The part of an ``etag`` that stands for the sidecar of a file."""
    return (etag or "").partition(SIDECAR_MARK)[2]


def _refusal(config: InboxSource, root: Path, path: Path) -> str:
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        return "A link that leads out of the folder"
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return "Not a file"
    if status.st_size > config.max_bytes:
        return f"{status.st_size} bytes, over the bound of {config.max_megabytes:g} MB (max_megabytes)"
    return ""


def _bytes_at_rest(path: Path) -> bytes | None:
    """The bytes of a file, or None where it changed meanwhile: somebody is still copying it in."""
    before = path.stat()
    data = path.read_bytes()
    after = path.stat()
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and len(data) == after.st_size
    return data if same else None


def sidecar_names(name: str) -> tuple[str, ...]:
    """The file names under which a report's sidecar may stand, the first that exists wins."""
    stem = name.rpartition(".")[0]
    return tuple(base + SIDECAR_SUFFIX for base in (name, stem) if base)


def read_sidecar(path: Path, root: Path) -> tuple[dict[str, Any], str | None, str]:
    """The sidecar of a report, its checksum, and what is wrong with it (a broken one is told of and left out)."""
    for name in sidecar_names(path.name):
        candidate = path.with_name(name)
        if not candidate.is_file():
            continue
        if not candidate.resolve().is_relative_to(root):
            return {}, None, f"The sidecar {name} is a link that leads out of the folder; it was left out."
        if candidate.stat().st_size > SIDECAR_BYTES:
            return {}, None, f"The sidecar {name} is over {SIDECAR_BYTES} bytes; it was left out."
        data = candidate.read_bytes()
        sidecar, wrong = parse_sidecar(data)
        return sidecar, sha256_of(data), f"The sidecar {name} {wrong}; it was left out." if wrong else ""
    return {}, None, ""


def parse_sidecar(data: bytes) -> tuple[dict[str, Any], str]:
    """The object that a sidecar holds, and what is wrong where it holds none."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return {}, f"is not JSON in UTF-8 ({str(error)[:80]})"
    return (value, "") if isinstance(value, dict) else ({}, "is not a JSON object")


def _orphans(root: Path, reports: Sequence[Path]) -> list[Path]:
    expected = {path.with_name(name) for path in reports for name in sidecar_names(path.name)}
    return sorted(path for path in _walk(root) if path.name.endswith(SIDECAR_SUFFIX) and path not in expected)


def _told(config: InboxSource, url: str, outcome: Any, message: str, kind: Any = "document") -> Attempt:
    return Attempt(config.name, kind, url, outcome, datetime.now(UTC), message=message)

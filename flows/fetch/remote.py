"""Files under a URL as a source: S3, SFTP and any other file system that fsspec knows. The web has http_index."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, TypeVar
from urllib.parse import urlsplit

import fsspec

from flows.errors import ConfigurationError
from flows.fetch.config import ENVIRONMENT, RemoteSource
from flows.fetch.inbox import (
    SIDECAR_BYTES,
    SIDECAR_MARK,
    SIDECAR_SUFFIX,
    TEMPORARY,
    known_again,
    parse_sidecar,
    sidecar_names,
)
from flows.fetch.model import Attempt, Fetched, FetchState, Outcome, sha256_of
from flows.fetch.names import matches, media_type_of, safe_name
from flows.fetch.politeness import RateLimiter
from flows.fetch.sftp import sftp_options

T = TypeVar("T")
REFUSED_WORDS = re.compile(
    r"auth|credential|permission|denied|forbidden|host key|InvalidAccessKey|Signature", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class File:
    """A file of a remote folder: its path below the folder, its size, and a mark that changes when it does."""

    path: str
    name: str
    size: int | None
    mark: str


def fetch_remote(config: RemoteSource, state: FetchState, options: Mapping[str, Any]) -> Iterator[Fetched | Attempt]:
    """Every report under the URL that is new or changed, in the order of the paths."""
    folder = Folder(config, options)
    started, clock = datetime.now(UTC), time.monotonic()
    try:
        files, outcome, message = folder.files()
        reports = reports_of(config, files)
        for name in reports:
            yield _read(config, state, folder, files, name)
    finally:
        folder.close()
    yield Attempt(
        source=config.name,
        kind="list",
        url=config.url,
        outcome=outcome,
        started_at=started,
        seconds=time.monotonic() - clock,
        found=len(reports) if outcome == "fetched" else None,
        message=message,
    )


def reports_of(config: RemoteSource, files: Mapping[str, File]) -> list[str]:
    """The names that match, without sidecars and unfinished copies."""
    return sorted(
        name
        for name in files
        if not name.endswith(SIDECAR_SUFFIX)
        and not any(TEMPORARY.search(part) for part in PurePosixPath(name).parts)
        and matches(name, config.include, config.exclude)
    )


def resolved_options(config: RemoteSource, block: Mapping[str, Any] | None) -> dict[str, Any]:
    """The options of an entry with ${VARIABLE} from the environment, those of its block under them.

    Raises ConfigurationError for a variable that is not set and for a block that nobody resolved.
    """
    if config.block and block is None:
        raise ConfigurationError(
            f"Source '{config.name}' names the block '{config.block}', which is not available here",
            "",
            "Run it as a Prefect flow, or give the credentials as options",
        )
    return dict(block or {}) | {key: _resolved(config, value) for key, value in config.options.items()}


def _resolved(config: RemoteSource, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _resolved(config, inner) for key, inner in value.items()}
    if not isinstance(value, str):
        return value
    for name in ENVIRONMENT.findall(value):
        if name not in os.environ:
            raise ConfigurationError(
                f"Source '{config.name}' needs the environment variable {name}, which is not set", "", f"Set {name}"
            )
    return ENVIRONMENT.sub(lambda found: os.environ[found.group(1)], value)


def sidecar_beside(files: Mapping[str, File], name: str) -> File | None:
    """The sidecar of a report among the files of a folder."""
    path = PurePosixPath(name)
    beside = (str(path.with_name(other)) for other in sidecar_names(path.name))
    return next((files[other] for other in beside if other in files), None)


def _read(
    config: RemoteSource, state: FetchState, folder: Folder, files: Mapping[str, File], name: str
) -> Fetched | Attempt:
    """One report with its sidecar, unless the marks of both are those of last time."""
    file, url = files[name], folder.url_of(files[name])
    started, clock = datetime.now(UTC), time.monotonic()
    sidecar_file = sidecar_beside(files, name)
    mark = file.mark + (f";{SIDECAR_MARK}{sidecar_file.mark}" if sidecar_file else "")
    row = Attempt(config.name, "document", url, "fetched", started, etag=mark or None)
    before = state.have(config.name, url)
    if before is not None and file.mark and before.etag == mark:
        return replace(row, outcome="not_modified", sha256=before.sha256)
    if file.size is not None and file.size > config.max_bytes:
        told = f"{file.size} bytes, over max_megabytes ({config.max_megabytes:g})"
        return replace(row, outcome="refused", message=told)
    data, outcome, message = folder.read(file, config.max_bytes)
    row = replace(row, outcome=outcome, seconds=time.monotonic() - clock, message=message)
    if outcome != "fetched":
        return replace(row, etag=None)
    sidecar, row = _with_sidecar(folder, sidecar_file, row)
    row = known_again(replace(row, sha256=sha256_of(data), bytes=len(data)), state)
    if row.outcome != "fetched":
        return row
    base = safe_name(file.path)
    return Fetched(data, base, url, media_type_of(base), sidecar, config.defaults, started, config.name, row)


def _with_sidecar(folder: Folder, file: File | None, row: Attempt) -> tuple[dict[str, Any], Attempt]:
    if file is None:
        return {}, row
    data, outcome, message = folder.read(file, SIDECAR_BYTES)
    sidecar, wrong = parse_sidecar(data) if outcome == "fetched" else ({}, f"could not be had ({message})")
    if not wrong:
        return sidecar, row
    told = f"The sidecar {PurePosixPath(file.path).name} {wrong}; it was left out."
    # Without the mark of the sidecar, the next night takes the pair for changed and tries it again.
    return sidecar, replace(row, message=told, etag=(row.etag or "").partition(f";{SIDECAR_MARK}")[0] or None)


class Folder:
    """A folder on a file system that fsspec knows."""

    def __init__(self, config: RemoteSource, options: Mapping[str, Any]) -> None:
        self._config = config
        parts = urlsplit(config.url)
        self._origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        self._limiter = RateLimiter(config.rate)
        self._given = options
        self._system: Any = None
        self._root = ""

    def files(self) -> tuple[dict[str, File], Outcome, str]:
        """The files by their names below the folder, how listing went, and what is to be told of it."""
        found, outcome, message = self._tried(self._list)
        return found or {}, outcome, message

    def read(self, file: File, limit: int) -> tuple[bytes, Outcome, str]:
        """The bytes of a file, how reading went, and what is to be told of it."""
        data, outcome, message = self._tried(lambda: self._bytes(file, limit + 1))
        if data is not None and len(data) > limit:
            return b"", "refused", f"Over the bound of {limit} bytes"
        return data or b"", outcome, message

    def close(self) -> None:
        """Hang up, where the file system holds a connection (SFTP does)."""
        connection = getattr(self._system, "client", None)
        if connection is not None and hasattr(connection, "close"):
            connection.close()

    def url_of(self, file: File) -> str:
        """The address of a file, without credentials."""
        scheme = urlsplit(self._config.url).scheme
        path = file.path.lstrip("/")
        return f"{self._origin}/{path}" if scheme in ("sftp", "ssh", "ftp") else f"{scheme}://{path}"

    def _list(self) -> dict[str, File]:
        if self._system is None:
            self._system, self._root = self._connected()
        found = self._system.find(self._root, maxdepth=self._config.depth, detail=True)
        if not found and not self._system.exists(self._root):
            raise FileNotFoundError(self._root)
        root = self._root.rstrip("/") + "/"
        files = [(path.removeprefix(root), info) for path, info in found.items() if path.startswith(root)]
        return {name: File(root + name, name, info.get("size"), _mark(info)) for name, info in files if name}

    def _connected(self) -> tuple[Any, str]:
        scheme = urlsplit(self._config.url).scheme
        if scheme in ("sftp", "ssh"):
            options = sftp_options(self._given, self._config.timeout)
        else:
            options = {"use_listings_cache": False} | dict(self._given)
        try:
            system, root = fsspec.core.url_to_fs(self._config.url, skip_instance_cache=True, **options)
        except (TypeError, ValueError, ImportError) as error:
            told = f"Source '{self._config.name}': {scheme}:// does not work with these options"
            raise ConfigurationError(told, str(error), "docs/sources.md lists the options") from error
        return system, str(root)

    def _bytes(self, file: File, limit: int) -> bytes:
        with self._system.open(file.path, "rb") as stream:
            return bytes(stream.read(limit))

    def _tried(self, work: Callable[[], T]) -> tuple[T | None, Outcome, str]:
        """Do the work, again where that is worth it."""
        outcome: Outcome = "failed"
        message = ""
        for number in range(self._config.retries + 1):
            self._limiter.wait(self._origin)
            try:
                return work(), "fetched", ""
            # Every file system raises errors of its own library, with no common base but Exception.
            except Exception as error:
                outcome, message = _judged(error)
            if outcome != "failed" or number == self._config.retries:
                break
            time.sleep(random.uniform(0.5, 1.0) * self._config.backoff * float(2**number))
        return None, outcome, message


def _mark(info: Mapping[str, Any]) -> str:
    """What changes when a file does: its ETag where there is one, else size and time of change."""
    etag = info.get("ETag") or info.get("etag")
    if etag:
        return str(etag).strip('"')
    changed = info.get("LastModified") or info.get("mtime") or info.get("created")
    return f"{info.get('size')}-{changed}" if changed is not None else ""


def _judged(error: Exception) -> tuple[Outcome, str]:
    """Outcome and message for an error of a file system; whatever it is, one source failed and no other."""
    told = f"{type(error).__name__}: {' '.join(str(error).split())[:1000]}"
    if isinstance(error, ConfigurationError):
        raise error
    if isinstance(error, FileNotFoundError):
        return "missing", told
    if isinstance(error, PermissionError) or REFUSED_WORDS.search(told):
        return "blocked", told
    return "failed", told

"""An index page on the web as a source, as http.server, nginx and Apache write it, with the folders below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from flows.fetch.config import RemoteSource
from flows.fetch.http import Ask, Client
from flows.fetch.inbox import SIDECAR_MARK, known_again, parse_sidecar, sidecar_mark
from flows.fetch.model import Attempt, Fetched, FetchState, Seen, sha256_of
from flows.fetch.names import media_type_of, safe_name
from flows.fetch.remote import File, reports_of, sidecar_beside
from flows.fetch.web_list import list_links


def fetch_index(config: RemoteSource, state: FetchState, client: Client) -> Iterator[Fetched | Attempt]:
    """Every report under the index that is new or changed, in the order of the paths."""
    files, attempts = walk_index(config, client)
    reports = reports_of(config, files)
    for name in reports:
        yield from _read(config, state, client, files, name)
        yield from client.robots_attempts()
    yield from attempts[:-1]
    yield replace(attempts[-1], found=len(reports) if attempts[-1].outcome == "fetched" else None)


def walk_index(config: RemoteSource, client: Client) -> tuple[dict[str, File], list[Attempt]]:
    """The files under the index by their names below it, and the attempts made, that at the index itself last."""
    root = config.url if config.url.endswith("/") else config.url + "/"
    files: dict[str, File] = {}
    attempts: list[Attempt] = []
    waiting, done = [(root, 1)], {root}
    while waiting:
        url, depth = waiting.pop(0)
        reply = client.get(Ask(url, "list"))
        attempts += [*client.robots_attempts(), reply.attempt(config.name)]
        for target in list_links(reply.text, reply.url) if reply.outcome == "fetched" else []:
            if not target.startswith(root) or target in done or "?" in target:
                continue  # above the index, seen, or a link that sorts the page
            done.add(target)
            if not target.endswith("/"):
                name = unquote(target.removeprefix(root))
                files[name] = File(target, name, None, "")
            elif depth < config.depth:
                waiting.append((target, depth + 1))
    attempts.sort(key=lambda attempt: attempt.url in (root, config.url) and attempt.kind == "list")
    return files, attempts


def _read(
    config: RemoteSource, state: FetchState, client: Client, files: Mapping[str, File], name: str
) -> Iterator[Fetched | Attempt]:
    """One report, asked for on condition that it or its sidecar changed."""
    url = files[name].path
    sidecar, mark, message = _sidecar(client, sidecar_beside(files, name))
    before = state.have(config.name, url)
    reply = client.get(_ask(url, before, mark))
    row = reply.attempt(config.name)
    if row.outcome in ("fetched", "not_modified"):
        row = replace(row, etag=_marked(row.etag, mark), message=message)
    if row.outcome == "fetched":
        row = known_again(row, state)
    if row.outcome != "fetched":
        yield row
        return
    base = safe_name(PurePosixPath(name).name)
    media_type = reply.media_type or media_type_of(base)
    yield Fetched(reply.data, base, url, media_type, sidecar, config.defaults, reply.started_at, config.name, row)


def _ask(url: str, before: Seen | None, mark: str) -> Ask:
    if before is None or sidecar_mark(before.etag) != mark:
        return Ask(url)
    etag = (before.etag or "").partition(f";{SIDECAR_MARK}")[0]
    return Ask(url, "document", etag or None, before.last_modified)


def _marked(etag: str | None, mark: str) -> str | None:
    plain = (etag or "").partition(f";{SIDECAR_MARK}")[0]
    return f"{plain};{SIDECAR_MARK}{mark}" if mark else plain or None


def _sidecar(client: Client, file: File | None) -> tuple[dict[str, Any], str, str]:
    """The sidecar, its checksum, and what is to be told of it."""
    if file is None:
        return {}, "", ""
    reply = client.get(Ask(file.path, "page"))
    name = PurePosixPath(file.name).name
    if reply.outcome != "fetched":
        return {}, "", f"The sidecar {name} could not be had ({reply.message}); it was left out."
    sidecar, wrong = parse_sidecar(reply.data)
    return sidecar, sha256_of(reply.data), f"The sidecar {name} {wrong}; it was left out." if wrong else ""

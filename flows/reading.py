"""From the bytes of one file to its figures: decode, date and place it, join its lines, extract.

The one way in which ``taizhang extract`` and the nightly run read a report, so that both say the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.errors import ConfigurationError
from flows.extract.engine import extract
from flows.extract.model import Context, Extraction
from flows.normalize.isolate import members_isolated, read_isolated
from flows.normalize.metadata import Metadata, resolve
from flows.normalize.model import RunningText, SourceText
from flows.normalize.read import kind_of, read_source
from flows.normalize.running import running_text

SIDECAR_SUFFIX = ".meta.json"
SIDECAR_LIMIT = 1_000_000  # bytes: a sidecar holds five short values


@dataclass(frozen=True, slots=True)
class Bounds:
    """What decoding one file may take: ``seconds`` of processor time, ``megabytes`` of memory."""

    seconds: float = 60.0
    megabytes: int = 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """One report, read."""

    source: SourceText
    metadata: Metadata
    running: RunningText
    extraction: Extraction


def read_report(
    data: bytes,
    name: str,
    *,
    sidecar: dict[str, Any] | None = None,
    defaults: dict[str, Any] | None = None,
    explain: bool = False,
    bounds: Bounds | None = None,
) -> Reading:
    """Read a report from its bytes and file name. Raises Unreadable where no reader can make text of it.

    ``sidecar`` wins over what the file says of itself; ``defaults`` (of the source entry) fill what is left open.
    """
    source = decode(data, name, bounds)
    metadata = resolve(source, name=name, sidecar=sidecar, defaults=defaults)
    running = running_text(source)
    context = Context(
        published_on=metadata.published_on, place=metadata.place, title=metadata.title, issuer=metadata.issuer
    )
    return Reading(source, metadata, running, extract(running, context, explain=explain))


def decode(data: bytes, name: str, bounds: Bounds | None = None) -> SourceText:
    """The text of a file, its reader run in a child process within ``bounds``. Raises Unreadable.

    Plain text is decoded here: that is Python alone, in linear time, and starting a child costs more.
    """
    if kind_of(data, name) == "text":
        return read_source(data, name)
    bounds = bounds or Bounds()
    return read_isolated(data, name, seconds=bounds.seconds, megabytes=bounds.megabytes)


def expand(data: bytes, name: str, bounds: Bounds | None = None) -> list[tuple[str, bytes]]:
    """(name, bytes) of each report in a file: its members where it is a .zip, else itself. Raises Unreadable."""
    if kind_of(data, name) != "zip":
        return [(name, data)]
    bounds = bounds or Bounds()
    return members_isolated(data, name, seconds=bounds.seconds, megabytes=bounds.megabytes)


def report_files(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """(name to print, path) of each report of ``paths``: a file as it is, a folder with all below it, in order.

    Sidecars, hidden files and links out of the folder are no reports. Raises ConfigurationError where a path is not
    there.
    """
    for path in paths:
        if path.is_dir():
            inside = path.resolve()
            for found in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in found.relative_to(path).parts)
                if not hidden and _is_report(found) and found.resolve().is_relative_to(inside):
                    yield found.relative_to(path).as_posix(), found
        elif path.is_file():
            yield path.name, path
        else:
            raise ConfigurationError("No such file or folder", str(path), "Name a report file or a folder of them")


def _is_report(path: Path) -> bool:
    return path.is_file() and not path.name.endswith(SIDECAR_SUFFIX)


def sidecar_of(path: Path) -> dict[str, Any] | None:
    """What ``NAME.meta.json`` beside the report says (NAME with or without its suffix), None where there is none.

    Raises ConfigurationError where the sidecar is not a JSON object.
    """
    for candidate in (path.with_name(path.name + SIDECAR_SUFFIX), path.with_name(path.stem + SIDECAR_SUFFIX)):
        if candidate.is_file():
            return parse_sidecar(candidate)
    return None


def parse_sidecar(path: Path) -> dict[str, Any]:
    """The object in a sidecar file. Raises ConfigurationError where it is none."""
    try:
        if path.stat().st_size > SIDECAR_LIMIT:
            raise ValueError(f"larger than {SIDECAR_LIMIT} bytes")
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError, RecursionError) as error:
        raise ConfigurationError("The sidecar cannot be read", f"{path.name}: {error}", "Write it as JSON") from None
    if not isinstance(content, Mapping):
        raise ConfigurationError("The sidecar is not a JSON object", path.name, 'Write it as {"published_on": …}')
    return dict(content)

"""sources.yaml: read, checked against the models of ``config``, every mistake named with its source and key."""

from __future__ import annotations

import difflib
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from flows.errors import ConfigurationError
from flows.fetch.config import KINDS, Expect, InboxSource, SourceConfig

DEFAULT_FILE = Path("sources.yaml")
MANUAL = "docs/sources.md describes every key"


class _Loader(yaml.SafeLoader):
    """YAML without the trap that the second of two equal keys silently replaces the first."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    seen: set[Hashable] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise ConfigurationError(f"The key {key!r} stands twice{key_node.start_mark}", "", "Keep one of the two")
        seen.add(key)
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def load_sources(path: Path | None = None) -> list[SourceConfig]:
    """The entries of a sources file in their order; relative inbox paths count from the folder of the file.

    ``path`` None means sources.yaml in the current folder. Raises ConfigurationError that names every mistake.
    """
    file = path or DEFAULT_FILE
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"Cannot read {file}", str(error), "Name the file of your sources") from None
    return parse_sources(text, file)


def parse_sources(text: str, file: Path = DEFAULT_FILE) -> list[SourceConfig]:
    """As ``load_sources``, from text; ``file`` is for messages and for relative paths."""
    try:
        # _Loader is a SafeLoader: it builds no Python objects.
        content = yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{file} is not YAML", " ".join(str(error).split()), "Check the indentation") from None
    entries = content.get("sources") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(entries, dict) or not entries:
        raise ConfigurationError(
            f"{file} names no sources", "It must hold the key 'sources', and below it one entry a source", MANUAL
        )
    problems = [f"unknown key '{key}' at the top{_meant(str(key), ['sources'])}" for key in content if key != "sources"]
    sources: list[SourceConfig] = []
    for name, entry in entries.items():
        source, wrong = _entry(str(name), entry)
        problems += [f"source '{name}': {problem}" for problem in wrong]
        sources += [source] if source else []
    if problems:
        raise ConfigurationError(f"{file} has {len(problems)} mistake(s)", "; ".join(problems), MANUAL)
    return [_anchored(source, file) for source in sources]


def inbox_source(folder: Path, name: str = "inbox") -> SourceConfig:
    """The source that ``taizhang run --inbox DIR`` stands for."""
    return InboxSource(kind="inbox", name=name, path=folder)


def _entry(name: str, entry: Any) -> tuple[SourceConfig | None, list[str]]:
    if not isinstance(entry, dict):
        return None, ["must be a list of keys and values"]
    kind = entry.get("kind")
    model = KINDS.get(kind) if isinstance(kind, str) else None
    if model is None:
        told = "no 'kind'" if kind is None else f"'kind' is {kind!r}{_meant(str(kind), KINDS)}"
        return None, [f"{told}; one of {', '.join(KINDS)}"]
    try:
        return model.model_validate({"name": name, **entry}), []  # type: ignore[return-value]
    except ValidationError as error:
        return None, [_sentence(dict(item), model.model_fields) for item in error.errors()]


def _sentence(item: dict[str, Any], known: Any) -> str:
    path = ".".join(str(part) for part in item["loc"]) or "the entry"
    if item["type"] == "extra_forbidden":
        names = Expect.model_fields if path.startswith("expect.") else known
        return f"unknown key '{path}'{_meant(path.rpartition('.')[2], names)}"
    if item["type"] == "missing":
        return f"the key '{path}' is missing"
    said = str(item["msg"]).removeprefix("Value error, ")
    return f"'{path}' {said}" if item["type"] == "value_error" else f"'{path}': {said} (it is {item['input']!r})"


def _meant(word: str, known: Any) -> str:
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f" (did you mean '{close[0]}'?)" if close else ""


def _anchored(source: SourceConfig, file: Path) -> SourceConfig:
    if isinstance(source, InboxSource) and not source.path.is_absolute():
        return source.model_copy(update={"path": file.resolve().parent / source.path})
    return source

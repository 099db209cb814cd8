"""Which sources a run fetches."""

from __future__ import annotations

from pathlib import Path

from flows.errors import ConfigurationError
from flows.fetch import SourceConfig, inbox_source, load_sources


def sources_of(data: Path, inbox: Path | None, source: str | None, sources_file: Path | None) -> list[SourceConfig]:
    """Which sources a run fetches: the inbox that is named, else those of sources.yaml, else the folder DATA/inbox.

    Raises ConfigurationError where the inbox or the source that is named does not exist.
    """
    if inbox is not None:
        if not inbox.is_dir():
            raise ConfigurationError("No such inbox", str(inbox), "Name a folder of reports")
        configs = [inbox_source(inbox)]
    elif sources_file is not None or Path("sources.yaml").is_file():
        configs = [config for config in load_sources(sources_file) if config.enabled or config.name == source]
    else:
        folder = data / "inbox"
        folder.mkdir(parents=True, exist_ok=True)
        configs = [inbox_source(folder)]
    chosen = [config for config in configs if source in (None, config.name)]
    if not chosen:
        names = ", ".join(config.name for config in configs) or "none"
        raise ConfigurationError("No such source", f"{source!r}; there are: {names}", "See `taizhang sources`")
    return chosen

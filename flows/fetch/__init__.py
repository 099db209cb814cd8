"""Fetching: sources.yaml in, reports as bytes out, each with where it came from and how the attempt went."""

from flows.fetch.config import SourceConfig
from flows.fetch.core import fetch_source
from flows.fetch.model import Attempt, Fetched, FetchState, Part
from flows.fetch.sources_file import inbox_source, load_sources, parse_sources

__all__ = [
    "Attempt",
    "FetchState",
    "Fetched",
    "Part",
    "SourceConfig",
    "fetch_source",
    "inbox_source",
    "load_sources",
    "parse_sources",
]

"""Fetching: sources.yaml in, reports as bytes out, each with where it came from and how the attempt went."""

from flows.fetch.check import CheckReport, check_source
from flows.fetch.config import SourceConfig
from flows.fetch.core import fetch_source
from flows.fetch.expect import Problem, judge
from flows.fetch.model import Attempt, Fetched, FetchState, Part
from flows.fetch.sources_file import inbox_source, load_sources, parse_sources

__all__ = [
    "Attempt",
    "CheckReport",
    "FetchState",
    "Fetched",
    "Part",
    "Problem",
    "SourceConfig",
    "check_source",
    "fetch_source",
    "inbox_source",
    "judge",
    "load_sources",
    "parse_sources",
]

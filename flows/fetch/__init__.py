"""Fetching: sources.yaml in, reports as bytes out, each with where it came from and how the attempt went."""

from flows.fetch.check import CheckReport, check_source
from flows.fetch.config import SourceConfig
from flows.fetch.core import fetch_source
from flows.fetch.expect import Problem, judge
from flows.fetch.model import Attempt, Fetched, FetchState, Part
from flows.fetch.reprints import Link, ReprintIndex, ReprintText, Signature, link, numerals_of, reprint_text, signature
from flows.fetch.sources_file import inbox_source, load_sources, parse_sources

__all__ = [
    "Attempt",
    "CheckReport",
    "FetchState",
    "Fetched",
    "Link",
    "Part",
    "Problem",
    "ReprintIndex",
    "ReprintText",
    "Signature",
    "SourceConfig",
    "check_source",
    "fetch_source",
    "inbox_source",
    "judge",
    "link",
    "load_sources",
    "numerals_of",
    "parse_sources",
    "reprint_text",
    "signature",
]

"""File names: what a source calls a file becomes a harmless base name, and names are matched by globs."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

NAME_BYTES = 200  # common file systems take 255; the archive may add a suffix
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069\ufeff]')
EXTENSIONS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/zip": ".zip",
}
REPORT_SUFFIXES = (".html", ".htm", ".shtml", ".txt", ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".zip")


def safe_name(name: str) -> str:
    """A base name without path, control and direction characters, at most ``NAME_BYTES`` bytes, never empty."""
    base = re.split(r"[/\\]", name)[-1]
    base = FORBIDDEN.sub("_", base).encode("utf-8", "replace").decode("utf-8").strip(" .")
    stem, dot, suffix = base.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, dot, suffix = base, "", ""
    room = NAME_BYTES - len((dot + suffix).encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore")
    return (stem + dot + suffix) or "report"


def absolute(base: str, href: str) -> str:
    """The address that a link on the page ``base`` leads to, without fragment; empty where it is no address at all."""
    try:
        joined = urldefrag(urljoin(base, href.strip())).url
        return joined if urlsplit(joined).hostname else ""
    except ValueError:
        return ""


def name_of_url(url: str, media_type: str | None) -> str:
    """A file name for what a URL gave: the last part of its path, with the suffix that the media type asks for."""
    parts = urlsplit(url)
    tail = unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or "report"
    if parts.query:
        tail = f"{tail}_{unquote(parts.query)[:60]}"
    wanted = EXTENSIONS.get(media_type or "")
    lower = tail.lower()
    if lower.endswith(REPORT_SUFFIXES) and (wanted != ".html" or lower.endswith((".htm", ".html", ".shtml"))):
        return safe_name(tail)
    return safe_name(tail + (wanted or ""))


def media_type_of(name: str) -> str | None:
    """The media type that a file name promises."""
    return mimetypes.guess_type(name)[0]


def matches(name: str, include: Sequence[str], exclude: Sequence[str] = ()) -> bool:
    """Whether a relative path matches one of the globs and none of the excluded ones; ``**/`` also matches nothing."""
    return any(_glob(p).fullmatch(name) for p in include) and not any(_glob(p).fullmatch(name) for p in exclude)


@lru_cache(maxsize=256)
def _glob(pattern: str) -> re.Pattern[str]:
    """A glob as a regular expression: ``*`` and ``?`` stay within a folder, ``**`` crosses folders."""
    tokens = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return re.compile("".join(tokens.get(part) or re.escape(part) for part in parts), re.DOTALL)

"""The records between bytes and running text.

``SourceText`` is what a reader makes of a file's bytes; ``RunningText`` is what extraction reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Role = Literal["title", "byline", "heading", "paragraph", "caption", "table_head", "table_row", "note", "furniture"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text with its role; ``bbox`` is (x0, y0, x1, y1) in PDF points where the format has one."""

    start: int
    end: int
    role: Role
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value for one metadata field with where it was found: sidecar, url, meta, text, filename."""

    value: str
    basis: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file decoded.

    For .txt, ``text`` is the decoded file, character for character (without a byte order mark), and ``spans`` is empty
    (roles are found later, from the text alone). For other formats ``text`` is what ``taizhang text`` prints: one
    block a line, blocks set apart by a blank line, a table row as its cells joined by tabs with the caption and the
    unit line above; ``spans`` then gives the role and page of each block.
    """

    text: str
    media_type: str
    encoding: str | None = None
    spans: tuple[Span, ...] = ()
    candidates: tuple[
        tuple[str, Candidate], ...
    ] = ()  # (field, candidate): published_on, title, issuer, place, url ...
    findings: tuple[str, ...] = ()  # conflicts and repairs, in full sentences


@dataclass(frozen=True, slots=True)
class RunningText:
    """Text with broken lines joined and characters unified, and the way back.

    ``offsets[i]`` is the index in ``source`` of the character that became ``text[i]``; ``offsets`` has one more entry
    than ``text`` (the length of the source). The map is one to one on characters that are not white space.
    ``blocks`` cover the text in order.
    """

    text: str
    offsets: Sequence[int]
    source: str
    blocks: tuple[Span, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the source of ``text[start:end]`` (end exclusive, not empty)."""
        return self.offsets[start], self.offsets[end - 1] + 1

"""From an archive key to the facts of a document: what one worker makes of one report."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from flows.archive import Archive, Receipt
from flows.errors import Unreadable
from flows.extract.numerals import scan_numerals
from flows.extract.place_table import code_of
from flows.fingerprints import fingerprint
from flows.normalize.characters import fold
from flows.normalize.model import RunningText, Span
from flows.normalize.read import kind_of
from flows.reading import Bounds, Reading, expand, read_report
from schemas.facts import DocumentFacts, FigureFact, LedgerFact, RelationFact


@dataclass(frozen=True, slots=True)
class Request:
    """Which document to read, by its archive key, and by which version of the extractor."""

    archive: Path
    key: str
    extractor_version: str
    bounds: Bounds


def reread(text: str) -> tuple[Decimal | None, Decimal | None]:
    """The value and upper value of a numeral as it stands in a source text, broken lines and all, in the base unit.

    A sign is left out: which way a change goes, words may say. (None, None) where it is not one numeral.
    """
    plain = "".join(fold(text).split()).lstrip("-−+")
    found = scan_numerals(plain)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(plain)):
        return None, None
    return found[0].value, found[0].high


def document_facts(request: Request) -> DocumentFacts:
    """All facts of one archived document. Raises Unreadable where no reader can make text of it."""
    archive = Archive(request.archive)
    data = archive.get(request.key)
    receipt = latest_receipt(archive, request.key)
    if kind_of(data, receipt.name) == "zip":
        return _container(request, archive, data, len(expand(data, receipt.name, request.bounds)))
    reading = read_report(
        data, receipt.name, sidecar=receipt.sidecar, defaults=receipt.hints or None, bounds=request.bounds
    )
    return _facts(request, archive, reading, len(data))


def latest_receipt(archive: Archive, key: str) -> Receipt:
    """The newest receipt of ``key``. Raises Unreadable where it has none."""
    receipts = archive.receipts(key)
    if not receipts:
        raise Unreadable("The file has no receipt", key, "Fetch it again")
    return receipts[-1]


def _facts(request: Request, archive: Archive, reading: Reading, size: int) -> DocumentFacts:
    receipts = archive.receipts(request.key)
    meta, source, found = reading.metadata, reading.source, reading.extraction
    area = code_of(meta.place, on=meta.published_on) if meta.place else None
    blocks = _Blocks(reading.running)
    pages = {span.page for span in source.spans if span.page is not None}
    return DocumentFacts(
        document_id=request.key,
        document=receipts[-1].name,
        source=receipts[-1].source,
        media_type=source.media_type,
        first_seen_at=receipts[0].retrieved_at,
        extractor_version=request.extractor_version,
        text=source.text,
        url=meta.url or receipts[-1].url,
        title=meta.title,
        issuer=meta.issuer,
        place=meta.place,
        ref_area=area,
        published_on=date.fromisoformat(meta.published_on) if meta.published_on else None,
        published_on_basis=meta.published_on_basis,
        bytes=size,
        encoding=source.encoding,
        pages=len(pages) or None,
        text_hash=text_hash(reading.running.text),
        minhash=fingerprint(reading.running.text),
        notes=meta.findings,
        figures=tuple(_figures(reading, blocks, area)),
        relations=tuple(map(RelationFact.of, found.relations)),
        ledger=tuple(map(LedgerFact.of, found.ledger)),
    )


def _figures(reading: Reading, blocks: _Blocks, area: str | None) -> Iterator[FigureFact]:
    day = reading.metadata.published_on
    codes: dict[str, str | None] = {}
    for figure in reading.extraction.figures:
        place = figure.place
        if place and place not in codes:
            codes[place] = code_of(place, within=area, on=day) or code_of(place, on=day)
        block = blocks.at(figure.start)
        fact = FigureFact.of(
            figure,
            ref_area=codes[place] if place else None,
            page=block.page if block else None,
            role=block.role if block else "paragraph",
        )
        yield replace(fact, unit=fold(fact.unit)) if "(" in fact.unit else fact  # 台(套) is 台（套）: one series


class _Blocks:
    """The blocks of a running text by their place in the source."""

    def __init__(self, running: RunningText) -> None:
        placed = [(running.source_span(b.start, b.end)[0], b) for b in running.blocks if b.end > b.start]
        self._placed = sorted(placed, key=lambda pair: pair[0])
        self._starts = [start for start, _ in self._placed]

    def at(self, offset: int) -> Span | None:
        """The block that holds the character at ``offset`` of the source."""
        index = bisect_right(self._starts, offset) - 1
        return self._placed[index][1] if index >= 0 else None


def text_hash(running: str) -> str:
    """A checksum of the words alone: the same for two layouts of one text."""
    return hashlib.sha256("".join(running.split()).encode("utf-8", "surrogatepass")).hexdigest()


def _container(request: Request, archive: Archive, data: bytes, members: int) -> DocumentFacts:
    """A .zip is a document without figures: its members are documents of their own (``unpack``)."""
    receipts = archive.receipts(request.key)
    return DocumentFacts(
        document_id=request.key,
        document=receipts[-1].name,
        source=receipts[-1].source,
        media_type="application/zip",
        first_seen_at=receipts[0].retrieved_at,
        extractor_version=request.extractor_version,
        url=receipts[-1].url,
        bytes=len(data),
        notes=(f"{receipts[-1].name} is an archive of {members} files, which are documents of their own.",),
    )


def without_text(request: Request, reason: str) -> DocumentFacts:
    """The document that could not be read, with the reason."""
    archive = Archive(request.archive)
    receipts = archive.receipts(request.key)
    last = receipts[-1]
    return DocumentFacts(
        document_id=request.key,
        document=last.name,
        source=last.source,
        media_type=last.media_type or "application/octet-stream",
        first_seen_at=receipts[0].retrieved_at,
        extractor_version=request.extractor_version,
        url=last.url,
        bytes=size_of(archive, request.key),
        unreadable=reason,
    )


def size_of(archive: Archive, key: str) -> int:
    """Bytes of an archived file, 0 where it is missing."""
    path = archive.path_of(key)
    return path.stat().st_size if path.exists() else 0

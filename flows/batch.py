"""A batch: from archive keys to checked facts in files, without a database.

A pure function of its plan: the same keys read by the same extractor give the same files, so a batch can run in any
process on any machine that sees the archive. Each document is read in a worker process of its own time and memory; one
that cannot be read becomes a document with its reason, and the others go on.

Memory: a batch holds the facts of its documents until it writes them, about 2 kB a figure and 0.6 kB a numeral;
``plan_batches`` keeps it under 64 documents or 16 MB of files, which is some 100 MB at the worst.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from flows.archive import Archive
from flows.documents import Request, document_facts, reread, size_of, without_text
from flows.errors import TaizhangError
from flows.reading import Bounds
from flows.workers import Limits, Lost, borrowed_worker
from schemas.corrections import Correction, read_corrections
from schemas.facts import DocumentFacts

if TYPE_CHECKING:
    from warehouse.assessment import Assessed

DOCUMENTS_A_BATCH = 64
BYTES_A_BATCH = 16_000_000
MOST_BATCHES = 80  # two task runs each, and a night stays under 200
CORRECTIONS = Path(__file__).resolve().parent.parent / "reference" / "corrections.csv"


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """Which documents to read, by archive key, and the folder that gets the result."""

    number: int
    archive: Path
    keys: tuple[str, ...]
    folder: Path
    extractor_version: str
    limits: Limits = field(default_factory=Limits)
    bounds: Bounds = field(default_factory=Bounds)


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What came of a batch: the folder with its tables, and counts for the people who wait."""

    number: int
    folder: Path
    documents: int
    unreadable: int
    accepted: int
    quarantined: int
    findings: int


def plan_batches(
    archive: Archive, keys: Sequence[str], work: Path, extractor_version: str, *, at_least: int = 1
) -> list[BatchPlan]:
    """Cut ``keys`` into at most MOST_BATCHES batches, and into ``at_least`` so many where there are enough keys."""
    per_batch = min(DOCUMENTS_A_BATCH, -(-len(keys) // max(1, at_least)))
    per_batch = max(per_batch, -(-len(keys) // MOST_BATCHES), 1)
    size_limit = max(BYTES_A_BATCH, sum(size_of(archive, key) for key in keys) // (MOST_BATCHES // 2))
    plans: list[BatchPlan] = []
    for group in _groups(archive, keys, per_batch, size_limit):
        number = len(plans) + 1
        plans.append(BatchPlan(number, archive.root, tuple(group), work / f"batch-{number:04d}", extractor_version))
    return plans


def _groups(archive: Archive, keys: Sequence[str], count: int, size_limit: int) -> Iterator[list[str]]:
    group: list[str] = []
    size = 0
    for key in keys:
        weight = size_of(archive, key)
        if group and (len(group) >= count or size + weight > size_limit):
            yield group
            group, size = [], 0
        group.append(key)
        size += weight
    if group:
        yield group


def read_batch(plan: BatchPlan) -> BatchReport:
    """Read, check and write the documents of ``plan``; never fails for what a document holds."""
    from warehouse import Batch

    assessed = list(_assessed(plan))
    batch = Batch.of(assessed)
    batch.write(plan.folder)
    return BatchReport(
        number=plan.number,
        folder=plan.folder,
        documents=len(assessed),
        unreadable=sum(a.document["unreadable"] is not None for a in assessed),
        accepted=sum(len(a.accepted) for a in assessed),
        quarantined=sum(len(a.quarantined) for a in assessed),
        findings=sum(len(a.findings) for a in assessed),
    )


def _assessed(plan: BatchPlan) -> Iterator[Assessed]:
    with borrowed_worker("flows.batch:read_one", plan.limits) as worker:
        for key in plan.keys:
            request = Request(plan.archive, key, plan.extractor_version, plan.bounds)
            answer = worker.answer(request)
            yield _assess(without_text(request, answer.reason)) if isinstance(answer, Lost) else answer


def read_one(request: Request) -> Assessed:
    """Read and check one document: what a worker does."""
    try:
        facts = document_facts(request)
    except TaizhangError as error:
        facts = without_text(request, str(error))
    return _assess(facts)


def corrections() -> tuple[Correction, ...]:
    """The entries of reference/corrections.csv, none where there is no such file. Raises CorrectionsError."""
    return tuple(read_corrections(CORRECTIONS)) if CORRECTIONS.exists() else ()


def _assess(facts: DocumentFacts) -> Assessed:
    from warehouse import assess

    return assess(facts, parse=reread, corrections=corrections())

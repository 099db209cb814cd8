"""Facts for the tests of rules and warehouse, made by hand: short reports in our own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from schemas.corrections import Correction
from schemas.facts import DocumentFacts, FigureFact, LedgerFact, RelationFact
from warehouse import Batch, Published, assess, connect_read_only, load_batch, open_run, publish

SEEN = datetime(2022, 1, 1, 8, 0)


def parse(text: str) -> tuple[Decimal | None, Decimal | None]:
    """A small reader of numerals: digits with 万, 亿, % and ranges with 至."""
    low, _, high = "".join(text.split()).replace("%", "").partition("至")
    return _one(low), _one(high) if high else None


def _one(text: str) -> Decimal:
    magnitude = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}.get(text[-1:], Decimal(1))
    try:
        return Decimal(text.rstrip("万亿").replace(",", "")) * magnitude
    except ArithmeticError as fault:
        raise ValueError(text) from fault


def figure(text: str, sentence: str, **more: Any) -> FigureFact:
    """The figure that ``text`` is in ``sentence`` (its first occurrence); ``more`` overrides any field."""
    start = more.pop("start", sentence.index(text))
    value, high = parse(text)
    assert value is not None
    decimals = len(text.rstrip("万亿%").partition(".")[2])
    magnitude = 10**8 if "亿" in text else 10**4 if "万" in text else 1
    rate = text.endswith("%")
    fact = FigureFact(
        start=start,
        end=start + len(text),
        text=text,
        value=value,
        value_high=high,
        ulp=Decimal(magnitude).scaleb(-decimals),
        decimals=decimals,
        unit="%" if rate else "件",
        qualifier="range" if high else "exact",
        measure="rate" if rate else "count",
        indicator="实事完成率" if rate else "实事",
        time_start="2021-11-23",
        time_end="2021-11-23",
        time_basis="stated",
        place="惠济区",
        place_basis="document",
        modality="actual",
        obs_status="A",
        quote=sentence,
    )
    return replace(fact, **more)


def document(name: str, text: str, *figures: FigureFact, **more: Any) -> DocumentFacts:
    """A document of that name and text; its id is the hash of both."""
    facts = DocumentFacts(
        document_id=sha256(f"{name}\n{text}".encode()).hexdigest(),
        document=name,
        source="inbox",
        media_type="text/plain",
        first_seen_at=SEEN,
        extractor_version="1",
        text=text,
        place="惠济区",
        published_on=date(2021, 12, 1),
        published_on_basis="sidecar",
        figures=figures,
        ledger=tuple(ledger(f) for f in figures),
    )
    return replace(facts, **more)


def ledger(fact: FigureFact) -> LedgerFact:
    """The row of the number ledger that a figure has."""
    return LedgerFact(
        fact.start, fact.end, fact.text, fact.value, fact.value_high, fact.unit, "figure", "a quantity with its unit"
    )


def completion(total: str = "145", done: str = "118", rate: str = "81%", **more: Any) -> DocumentFacts:
    """A report of one sentence: so many of so many done, and the rate that it states."""
    text = f"全区{total}件实事已完成{done}件，完成率{rate}。"
    figures = (
        figure(total, text, indicator="实事"),
        figure(done, text, indicator="实事已完成", start=text.index("完成") + 2),
        figure(rate, text, start=text.index("率") + 1),
    )
    starts = [f.start for f in figures]
    relation = RelationFact("rate", numerator=starts[1], denominator=starts[0], rate=starts[2])
    name = more.pop("name", "report.txt")
    return document(name, text, *figures, **{"relations": (relation,), **more})


def level(name: str, value: str, published: str, *, day: str = "2021-11-23", **more: Any) -> DocumentFacts:
    """A report of one figure, 累计接种 so many 剂次, for a day."""
    text = f"截至{day}，累计接种{value}剂次。"
    fact = figure(
        value, text, start=text.index("种") + 1, unit="剂次", indicator="累计接种", time_start=day, time_end=day
    )
    fact = replace(fact, **more.pop("figure", {}))
    return document(name, text, fact, **{"published_on": date.fromisoformat(published), **more})


def book(
    data_dir: Path, *documents: DocumentFacts, corrections: Sequence[Correction] = (), **publishing: Any
) -> Published:
    """One run: assess and load the documents in one batch, publish."""
    with open_run(data_dir, extractor_version="1") as run:
        load_batch(run, Batch.of(assess(d, parse=parse, corrections=corrections) for d in documents))
        return publish(run, **publishing)


def ask(data_dir: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query on the published warehouse."""
    con = connect_read_only(data_dir / "warehouse.duckdb")
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


FACTS = (
    "SELECT * FROM observations ORDER BY ALL",
    "SELECT * FROM latest ORDER BY ALL",
    "SELECT * FROM trend ORDER BY ALL",
    "SELECT * FROM relations ORDER BY ALL",
    "SELECT * FROM findings ORDER BY ALL",
    "SELECT * FROM quarantine ORDER BY ALL",
    "SELECT * FROM ledger ORDER BY ALL",
    "SELECT * FROM revisions ORDER BY ALL",
    "SELECT * FROM documents ORDER BY ALL",
    "SELECT * FROM booked.loads ORDER BY ALL",
)


def everything(con: Any) -> list[list[tuple[Any, ...]]]:
    """All that a warehouse says, apart from its runs."""
    return [con.execute(sql).fetchall() for sql in FACTS]

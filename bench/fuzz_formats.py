"""Damage files of every format at random, and see that each is read or refused within its bounds.

    python -m bench.fuzz_formats --count 20000 [--seed 1] [--seconds 20] [--megabytes 1024]

The files are made here, in our own words: text, HTML, PDF, Word, Excel, zip. A mutation cuts a file, flips bits,
writes bytes over it, doubles a stretch, changes its encoding, or gives it another's name. Hostile files of fixed shape
(a zip bomb, 60,000 nested tags, a PDF whose pages loop, a line of 100 MB, ``../`` names) run first. After every damaged
file a good one goes through the same worker: none may lose another. Prints what came of each kind; exits with 1 where
an answer was neither a text nor a refusal of ours, or a good file was lost.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator

import docx
import openpyxl
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from flows.errors import Unreadable
from flows.normalize.isolate import members_isolated, read_isolated
from flows.normalize.read import kind_of

SENTENCE = "截至6月底，全区为民办实事项目共32件，已完成25件，完成率78.1%，投入资金1.86亿元，惠及居民4300余户。"
GOOD = SENTENCE.encode()


def text_file() -> bytes:
    """A report as plain text."""
    return ("某区实事项目进展通报\r\n" + (SENTENCE + "\r\n") * 20).encode()


def html_file() -> bytes:
    """A page with metas, prose and a table."""
    row = "<tr><td>新建学校</td><td>4</td><td>12.5</td></tr>"
    return (
        '<html><head><meta charset="utf-8"><meta name="PubDate" content="2024-07-03 09:15">'
        "<title>进展通报</title></head>"
        f"<body><div><h1>某区实事项目进展通报</h1>{f'<p>{SENTENCE}</p>' * 12}<table><caption>单位：万元</caption>"
        f"<tr><th>项目</th><th>数量</th><th>投资</th></tr>{row * 8}</table></div></body></html>"
    ).encode()


def pdf_file() -> bytes:
    """A PDF of two pages with prose and columns of numbers."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    for page in range(2):
        canvas.setFont("STSong-Light", 12)
        for line in range(30):
            canvas.drawString(
                72, 770 - 20 * line, SENTENCE[:33] if line < 20 else f"项目{line}      {line * 3}      {line}.5"
            )
        canvas.drawCentredString(300, 30, f"— {page + 1} —")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def docx_file() -> bytes:
    """A Word file with prose and a table."""
    document = docx.Document()
    for _ in range(8):
        document.add_paragraph(SENTENCE)
    table = document.add_table(rows=3, cols=3)
    for y, row in enumerate(table.rows):
        for x, cell in enumerate(row.cells):
            cell.text = ("项目", "数量", "投资")[x] if y == 0 else str(y * 10 + x)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def xlsx_file() -> bytes:
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "进展情况"
    for row in (["单位：万元", None, None], ["项目", "数量", "投资"], ["学校", 4, 12.5], ["道路", 7, 30.25]):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def zip_file() -> bytes:
    """An archive of a text and a page, one under a path that climbs."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", text_file())
        archive.writestr("../../b.html", html_file())
    return buffer.getvalue()


SEEDS: dict[str, Callable[[], bytes]] = {
    "report.txt": text_file,
    "report.html": html_file,
    "report.pdf": pdf_file,
    "report.docx": docx_file,
    "report.xlsx": xlsx_file,
    "report.zip": zip_file,
}


def looping_pdf() -> bytes:
    """A PDF whose page tree holds itself."""
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    tree = b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 4>>endobj\n"
    return body + tree + b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF\n"


def bomb() -> bytes:
    """A zip member of 200 MB out of 200 kB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 200_000_000)
    return buffer.getvalue()


def entity_docx() -> bytes:
    """A Word file whose XML defines entities that grow without end."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    part = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "x">{entities}]><d>&e11;</d>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", part)
    return buffer.getvalue()


def hostile() -> Iterator[tuple[str, bytes]]:
    """Files of fixed shape that break readers."""
    yield "nested.html", b"<html><body>" + b"<div>" * 60_000 + SENTENCE.encode() * 3 + b"</div>" * 60_000
    yield "nested-inline.html", b"<html><body><p>" + b"<b><i>" * 60_000 + SENTENCE.encode() * 3
    yield "nested-tables.html", b"<html><body>" + b"<table><tr><td>" * 5_000 + SENTENCE.encode() * 3
    yield (
        "spans.html",
        b"<table>" + b"<tr><td colspan=1000 rowspan=65534>1</td></tr>" * 3_000 + b"</table><p></p><p></p>",
    )
    yield "comments.html", b"<html><body>" + b"<!--" * 200_000 + SENTENCE.encode()
    yield "attributes.html", b"<html><body><p " + b"a=1 " * 300_000 + b">" + SENTENCE.encode()
    yield "loop.pdf", looping_pdf()
    yield "bomb.zip", bomb()
    yield "bomb.docx", bomb()
    yield "entities.docx", entity_docx()
    yield "line.txt", "完成118件，".encode() * 6_600_000
    yield "digits.txt", b"1" * 20_000_000
    yield "names.zip", zip_file()
    yield "wide.csv", b"1," * 2_000_000
    yield "empty.pdf", b"%PDF-1.7\n"


def mutate(data: bytes, rng: random.Random) -> bytes:
    """The bytes with one to three kinds of damage."""
    for _ in range(rng.randint(1, 3)):
        data = rng.choice((_cut, _flip, _overwrite, _double, _recode, _drop))(data, rng)
    return data


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _flip(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 4, 32))):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _overwrite(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    junk = rng.choice((b"\x00" * 64, b"\xff" * 64, rng.randbytes(64), b"99999999999", b"<" * 64, b"-1"))
    return data[:at] + junk + data[at + len(junk) :]


def _double(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:end] + data[start:end] + data[end:]


def _drop(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[min(end, start + 200) :]


def _recode(data: bytes, rng: random.Random) -> bytes:
    encoding = rng.choice(("gb18030", "utf-16", "big5", "utf-8-sig"))
    return data.decode("utf-8", "ignore").encode(encoding, "ignore") if b"PK" not in data[:2] else data


def attempt(data: bytes, name: str, seconds: float, megabytes: int) -> str:
    """What came of a file: ``read``, or the title of its refusal. Anything else is raised."""
    try:
        if kind_of(data, name) == "zip":
            for member, content in members_isolated(data, name, seconds=seconds, megabytes=megabytes):
                if "/" in member or "\\" in member or member.startswith("."):
                    raise AssertionError(f"a member keeps a path: {member!r}")
                if kind_of(content, member) != "zip":
                    attempt(content, member, seconds, megabytes)
            return "read"
        source = read_isolated(data, name, seconds=seconds, megabytes=megabytes)
    except Unreadable as error:
        return error.title
    if "\ufffd" in source.text:
        raise AssertionError("a replacement character came through")
    for span in source.spans:
        if not 0 <= span.start <= span.end <= len(source.text):
            raise AssertionError(f"a span lies outside of the text: {span}")
    return "read"


def run(count: int, seed: int, seconds: float, megabytes: int, *, fixed: bool = True) -> Counter[tuple[str, str]]:
    """Try the hostile files and ``count`` mutations; how often each (kind, outcome). Raises on a broken promise."""
    rng = random.Random(seed)
    seeds = {name: make() for name, make in SEEDS.items()}
    outcomes: Counter[tuple[str, str]] = Counter()
    names = list(seeds)
    for name, data in _files(rng, names, seeds, count, fixed):
        outcomes[name.rpartition(".")[2], attempt(data, name, seconds, megabytes)] += 1
        if read_isolated(GOOD, "good.txt", seconds=seconds, megabytes=megabytes).text != SENTENCE:
            raise AssertionError(f"a good file was lost after {name}")
    return outcomes


def _files(
    rng: random.Random, names: list[str], seeds: dict[str, bytes], count: int, fixed: bool
) -> Iterator[tuple[str, bytes]]:
    if fixed:
        yield from hostile()
    for index in range(count):
        name = names[index % len(names)]
        alias = rng.choice(names) if rng.random() < 0.1 else name
        yield alias, mutate(seeds[name], rng)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=20_000, help="mutated files (default 20000)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the mutations (default 1)")
    parser.add_argument("--seconds", type=float, default=20, help="processor time of a file (default 20)")
    parser.add_argument("--megabytes", type=int, default=1024, help="memory of a file (default 1024)")
    options = parser.parse_args()
    started = time.monotonic()
    outcomes = run(options.count, options.seed, options.seconds, options.megabytes)
    for (kind, outcome), number in sorted(outcomes.items()):
        print(f"{kind:6} {number:7}  {outcome}")
    took = time.monotonic() - started
    print(f"{sum(outcomes.values())} files in {took:.0f} s; each was read or refused, none lost another")
    return 0


if __name__ == "__main__":
    sys.exit(main())

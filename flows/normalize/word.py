"""Word files to ``SourceText``: .docx by its own parts, .doc and .rtf by a converter where one is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from flows.errors import Unreadable
from flows.normalize.archives import MAX_MEMBERS, ZIP_ERRORS, inflate
from flows.normalize.blocks import Block, attach_captions, compose, paragraph, rebuild_tables, table_blocks
from flows.normalize.merged import MergedRow, unmerged
from flows.normalize.model import Candidate, SourceText
from flows.normalize.pdf import with_title

MAX_PART = 48 * 1024 * 1024
MAX_CELLS = 400_000
CONVERTER_SECONDS = 50
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_NO_CONVERTER = "Install LibreOffice, antiword or catdoc, or save the file as .docx"


def read_docx(data: bytes, name: str) -> SourceText:
    """Paragraphs and tables of the body in their order; notes and text boxes of a shape are not of the body.

    Read with lxml from ``word/document.xml`` within bounds, rather than with python-docx, which unpacks every part of
    the package first. Raises Unreadable for a damaged, locked or oversized file.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if len(archive.infolist()) > MAX_MEMBERS:
            raise Unreadable("The Word file has too many parts", name, "Save it again as .docx")
        part = inflate(archive, archive.getinfo("word/document.xml"), name, MAX_PART)
        core = (
            inflate(archive, archive.getinfo("docProps/core.xml"), name)
            if "docProps/core.xml" in archive.namelist()
            else b""
        )
    except ZIP_ERRORS as error:
        raise Unreadable("The Word file is damaged", f"{name}: {error}", "Fetch it again; it may be cut off") from None
    body = _parse(part, name).find(f"{_W}body")
    if body is None:
        raise Unreadable("The Word file is damaged", f"{name} has no body", "Fetch it again")
    blocks = with_title(attach_captions(rebuild_tables(list(_blocks(body)))))
    text, spans = compose(blocks)
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return SourceText(text, media, None, spans, _core_candidates(core), ())


def _parse(part: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("The Word file is damaged", f"{name}: {error}", "Fetch it again") from None


def _core_candidates(core: bytes) -> tuple[tuple[str, Candidate], ...]:
    """The title that the author gave the file; creation dates are those of a template as often as not."""
    try:
        root = etree.fromstring(core, etree.XMLParser(resolve_entities=False, no_network=True)) if core else None
    except etree.XMLSyntaxError:
        return ()
    title = (root.findtext(f"{_DC}title") or "").strip() if root is not None else ""
    return (("title", Candidate(title, "filename")),) if 6 <= len(title) <= 80 else ()


def _blocks(body: etree._Element) -> Iterator[Block]:
    for child in body.iter(f"{_W}p", f"{_W}tbl"):
        if child.tag == f"{_W}tbl":
            if not _inside(child, body, f"{_W}tbl"):
                yield from _table(child)
        elif not _inside(child, body, f"{_W}tbl") and not _inside(child, body, f"{_W}txbxContent"):
            block = paragraph(_text(child))
            if block is not None:
                yield _styled(child, block)


def _inside(element: etree._Element, root: etree._Element, tag: str) -> bool:
    parent = element.getparent()
    while parent is not None and parent is not root:
        if parent.tag == tag:
            return True
        parent = parent.getparent()
    return False


def _styled(element: etree._Element, block: Block) -> Block:
    """A paragraph in a heading style is a heading; one in the style Title is the title."""
    style = element.find(f"{_W}pPr/{_W}pStyle")
    named = (style.get(f"{_W}val") or "").lower() if style is not None else ""
    level = element.find(f"{_W}pPr/{_W}outlineLvl")
    if block.role != "paragraph" or len(block.text) > 80 or block.text.endswith("。"):
        return block
    if named == "title":
        return Block("title", block.text)
    return Block("heading", block.text) if named.startswith("heading") or level is not None else block


def _text(element: etree._Element) -> str:
    """The text of a paragraph: inserted runs in, deleted ones and raised note marks out."""
    parts: list[str] = []
    for node in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if node.tag == f"{_W}t":
            if not _is_mark(node):
                parts.append(node.text or "")
        else:
            parts.append({f"{_W}tab": " ", f"{_W}br": "\n"}.get(node.tag, "-"))
    return "".join(parts)


def _is_mark(node: etree._Element) -> bool:
    run = node.getparent()
    raised = run.find(f"{_W}rPr/{_W}vertAlign") if run is not None else None
    if raised is None or raised.get(f"{_W}val") != "superscript":
        return False
    return (node.text or "").strip("[]［］()（）").isdigit() and (node.text or "").strip() not in ("2", "3")


def _table(table: etree._Element) -> Iterator[Block]:
    rows: list[MergedRow] = []
    cells = 0
    for row in table.iterchildren(f"{_W}tr", f"{_W}sdt"):
        line = MergedRow([], [])
        for cell in row.iter(f"{_W}tc"):
            if _inside(cell, row, f"{_W}tc"):
                continue
            text = "".join(_text(p) for p in cell.iter(f"{_W}p"))
            if _merged_down(cell) and rows and len(line.texts) < len(rows[-1].texts):
                text = rows[-1].texts[len(line.texts)]
            line.starts.append(len(line.texts))
            line.texts += [" ".join(text.split())] * _across(cell)
        cells += len(line.texts)
        if cells > MAX_CELLS:
            break
        rows.append(line)
    for grid in unmerged(rows):
        if max(map(len, grid), default=0) > 1:
            yield from table_blocks(grid)
            continue
        for text in (text for row in grid for text in row):
            if block := paragraph(text):
                yield block


def _across(cell: etree._Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = (span.get(f"{_W}val") or "1") if span is not None else "1"
    return min(100, max(1, int(value))) if value.isascii() and value.isdigit() else 1


def _merged_down(cell: etree._Element) -> bool:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def read_doc(data: bytes, name: str) -> SourceText:
    """An old Word or RTF file by LibreOffice (to .docx), antiword or catdoc (to text), the first that is installed.

    The converter runs on a private copy under a name of ours, without a shell, with a time limit. Raises Unreadable
    where none is installed or it fails.
    """
    suffix = ".rtf" if data.startswith(b"{\\rtf") else ".doc"
    with tempfile.TemporaryDirectory(prefix="taizhang-") as folder:
        path = Path(folder) / f"report{suffix}"
        path.write_bytes(data)
        office = shutil.which("soffice") or shutil.which("libreoffice")
        if office:
            profile = f"-env:UserInstallation=file://{folder}/profile"
            command = [office, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(path)]
            _run(command, name)
            made = path.with_suffix(".docx")
            if not made.exists():
                raise Unreadable(
                    "The Word file could not be converted", f"{name}: {office} gave no file", _NO_CONVERTER
                )
            return read_docx(made.read_bytes(), name)
        for program, options in (("antiword", ["-m", "UTF-8.txt", "-w", "0"]), ("catdoc", ["-d", "utf-8", "-w"])):
            if suffix == ".doc" and (found := shutil.which(program)):
                return _from_text(_run([found, *options, str(path)], name), name)
    kind = "an RTF" if suffix == ".rtf" else "an old Word (.doc)"
    raise Unreadable(f"The file is {kind} file and no converter is installed", name, _NO_CONVERTER)


def _run(command: list[str], name: str) -> bytes:
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=CONVERTER_SECONDS, stdin=subprocess.DEVNULL, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("The converter took too long", f"{name}: {Path(command[0]).name}", _NO_CONVERTER) from None
    if done.returncode:
        message = done.stderr.decode("utf-8", "backslashreplace").strip()[:200]
        raise Unreadable("The Word file could not be converted", f"{name}: {message}", _NO_CONVERTER)
    return done.stdout


def _from_text(output: bytes, name: str) -> SourceText:
    """The text that antiword or catdoc gave; they draw tables with bars."""
    blocks: list[Block] = []
    rows: list[list[str]] = []
    for line in output.decode("utf-8", "ignore").splitlines():
        if line.startswith("|") and line.count("|") > 2:
            rows.append([" ".join(text.split()) for text in line.strip().strip("|").split("|")])
            continue
        if rows:
            width = max(map(len, rows))
            blocks += table_blocks([row + [""] * (width - len(row)) for row in rows])
            rows = []
        if block := paragraph(line):
            blocks.append(block)
    if rows:
        blocks += table_blocks(rows)
    text, spans = compose(with_title(attach_captions(rebuild_tables(blocks))))
    if not text:
        raise Unreadable("The Word file could not be converted", f"{name}: the converter gave no text", _NO_CONVERTER)
    return SourceText(text, "application/msword", None, spans, (), ())

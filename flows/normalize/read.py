"""Bytes of any supported format to ``SourceText``.

The kind of a file is told from its bytes, not from its name: pages arrive as ``.txt``, spreadsheets as ``.doc``. The
name only decides between kinds that share a container. A .txt file is decoded and otherwise left alone, because its
offsets are those of the file.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import PurePosixPath
from typing import cast

from flows.errors import Unreadable
from flows.normalize.archives import kind_of_zip
from flows.normalize.decode import declared_encoding, decode
from flows.normalize.model import SourceText

MAX_BYTES = 64 * 1024 * 1024  # of a file; the longest report in the reference folders has 0.7 MB
MAX_CHARACTERS = 32_000_000  # of a text: extraction is measured to be linear up to here
OCR_PACKAGE = "rapidocr_onnxruntime"  # the optional extra taizhang[ocr]
OCR_MEGABYTES = 2048  # address space that the recognizer and its models take; with 1,024 it fails

_TAG = re.compile(r"</(?:p|div|td|tr|table|span|li|a|body|html|title|h[1-6])\s*>|<br\s*/?>", re.I)
_PAGE_START = re.compile(r"\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<(?:!doctype )?html|<!--|<[a-z]+[\s>/])", re.I)


def kind_of(data: bytes, name: str) -> str:
    """The kind of a file: pdf, docx, xlsx, zip, doc, xls, rtf, image, html, csv or text."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return kind_of_zip(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls" if _ole_has(data, "Workbook") or _ole_has(data, "Book") else "doc"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")) and b"\x00" in head:
        return "image"
    if looks_like_page(data):
        return "html"
    return "csv" if PurePosixPath(name.lower()).suffix in (".csv", ".tsv") else "text"


def _ole_has(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") + b"\x00\x00" in data


def looks_like_page(data: bytes) -> bool:
    """Whether the bytes are HTML, whatever the file is called; a plain text that quotes a tag or two is not."""
    sample = data[:200_000]
    encoding = "utf-16" if sample.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    text = sample.decode(encoding, "ignore").removeprefix("\xef\xbb\xbf")
    if not _PAGE_START.match(text) and "<html" not in text[:4000].lower():
        return False
    return len(_TAG.findall(text)) >= 3 or "<html" in text[:4000].lower()


def read_source(data: bytes, name: str) -> SourceText:
    """The text of one file with the roles of its blocks and what it says of itself.

    ``name`` is used in messages and to tell apart kinds that share a container; it never reaches the file system.
    Raises Unreadable, with the reason and the next step, for everything that cannot be read whole.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            "The file is too large", f"{name}: {len(data):,} bytes, at most {MAX_BYTES:,} are read", "Split the report"
        )
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise Unreadable("The file is empty", name, "Fetch the report again")
    source = _read(data, name, kind_of(data, name))
    if len(source.text) > MAX_CHARACTERS:
        raise Unreadable(
            "The text is too long",
            f"{name}: {len(source.text):,} characters, at most {MAX_CHARACTERS:,} are read",
            "Split the report",
        )
    if not source.text.strip():
        raise Unreadable("The file holds no text", name, "See whether the report is an image or loaded by a script")
    return source


# Readers are imported when they are needed: a text file must not pay for the PDF library.
_READERS = {
    "text": ("flows.normalize.read", "_read_text"),
    "html": ("flows.normalize.html", "read_html"),
    "pdf": ("flows.normalize.pdf", "read_pdf"),
    "docx": ("flows.normalize.word", "read_docx"),
    "doc": ("flows.normalize.word", "read_doc"),
    "rtf": ("flows.normalize.word", "read_doc"),
    "xlsx": ("flows.normalize.sheets", "read_xlsx"),
    "xls": ("flows.normalize.sheets", "read_xls"),
    "csv": ("flows.normalize.sheets", "read_csv"),
    "image": ("flows.normalize.ocr", "read_image"),
}


def _read(data: bytes, name: str, kind: str) -> SourceText:
    if kind == "zip":
        raise Unreadable(
            "The file is an archive", f"{name}: a .zip holds several reports", "Expand it with archives.members first"
        )
    module, function = _READERS[kind]
    return cast(SourceText, getattr(import_module(module), function)(data, name))


def _read_text(data: bytes, name: str) -> SourceText:
    text, encoding = decode(data, declared_encoding(data), name)
    findings = []
    if "\x00" in text:
        findings.append(f"The text of {name} holds {text.count(chr(0))} NUL characters, which are kept and not read.")
    return SourceText(text=text, media_type="text/plain", encoding=encoding, findings=tuple(findings))

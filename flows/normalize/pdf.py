"""PDF files to ``SourceText``.

Pages are read with pdfium, bounded in number, characters and paths. A page without characters, or whose fonts map to
none, is a picture: it is read by OCR where that extra is installed (``pip install taizhang[ocr]``), else the file is
Unreadable with that advice. A file of which only some pages are pictures is read without them, with a finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from flows.errors import Unreadable
from flows.normalize.articles import in_articles
from flows.normalize.blocks import Block, attach_captions, compose, heal, rebuild_tables
from flows.normalize.dates import day_of
from flows.normalize.model import Candidate, SourceText
from flows.normalize.ocr import page_lines
from flows.normalize.pdf_chars import Char, characters, lines_of
from flows.normalize.pdf_layout import Page, blocks_of
from flows.normalize.pdf_tables import rules_of

MAX_PAGES = 600
_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_NOT_PICTURE = 0.3  # share of letters among the characters of a page that has a usable character map
_TITLE_START = re.compile(r"关于\S|(?:19|20)\d\d\s*年|２０[０-９]{2}年")
_TITLE_END = re.compile(
    r"(?:公报|报告|公告|通报|通知|说明|情况|草案|决算|预算|纪要|意见|方案|公开|总结|计划|分析|解读|综述)(?:[（(][^）)]{1,12}[）)])?$"
)
_NO_TITLE = re.compile(r"^\s*(?:[—\-─]{1,3}|[（(])|会议文件|^[^关于]{0,20}\d{1,2}日$")


def read_pdf(data: bytes, name: str) -> SourceText:
    """The text of a PDF. Raises Unreadable where it is damaged, locked, too long, or made of pictures."""
    document = _open(data, name)
    try:
        if len(document) > MAX_PAGES:
            raise Unreadable(
                "The PDF is too long",
                f"{name}: {len(document)} pages, at most {MAX_PAGES} are read",
                "Split the report",
            )
        pages, pictures, recognized = _pages(document, name)
    finally:
        document.close()
    findings = _mend_decimal_points(pages) + _mend_stops(pages)
    if not any(page.lines for page in pages):
        raise Unreadable(
            "The PDF holds no text",
            f"{name}: {len(pages)} pages, all of them pictures or in fonts without a character map",
            "Install the extra taizhang[ocr] to read scanned pages, or give the report as text",
        )
    if 2 * len(pictures) > len(pages):
        raise Unreadable(
            "Most pages of the PDF are pictures",
            f"{name}: {len(pictures)} of {len(pages)} pages are pictures or in fonts without a character map",
            "Install the extra taizhang[ocr] to read scanned pages, or give the report as text",
        )
    if pictures:
        numbers = ", ".join(map(str, pictures[:20]))
        findings.append(f"Page {numbers} of {name} is a picture and was not read; the extra taizhang[ocr] reads it.")
    if recognized:
        numbers = ", ".join(map(str, recognized[:20]))
        findings.append(f"Page {numbers} of {name} was read by OCR; its figures may be misread.")
    blocks = with_title(attach_captions(heal(rebuild_tables(in_articles(blocks_of(pages))))))
    text, spans = compose(blocks)
    return SourceText(text, "application/pdf", None, spans, _candidates(blocks), tuple(findings))


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("The PDF is encrypted", f"{name} needs a password", "Give it unlocked") from None
        cut = b"%%EOF" not in data[-2048:]
        reason = "it ends before its end mark, so it was cut off" if cut else str(error)
        raise Unreadable("The PDF is damaged", f"{name}: {reason}", "Fetch it again") from None


def _pages(document: pdfium.PdfDocument, name: str) -> tuple[list[Page], list[int], list[int]]:
    """The pages, and the numbers of those that are pictures: not read, and read by OCR."""
    pages: list[Page] = []
    pictures: list[int] = []
    recognized: list[int] = []
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError as error:
            raise Unreadable("The PDF is damaged", f"{name}: page {index + 1}: {error}", "Fetch it again") from None
        width, height = page.get_size()
        chars = characters(page)
        if _is_picture(page, chars):
            lines = page_lines(page, index + 1)
            (pictures if lines is None else recognized).append(index + 1)
        else:
            lines = lines_of(chars, index + 1)
        pages.append(Page(index + 1, width, height, lines or [], rules_of(page)))
        page.close()
    return pages, pictures, recognized


def _is_picture(page: pdfium.PdfPage, chars: Sequence[Char]) -> bool:
    if len(chars) >= 20:
        letters = sum(bool(_LETTER.match(char.text)) for char in chars)
        digits = sum(char.text.isdigit() for char in chars)
        return letters + digits < _NOT_PICTURE * len(chars)
    return any(True for _ in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3))


def _mend_decimal_points(pages: Sequence[Page]) -> list[str]:
    """Give back the decimal point where a font has none in its map: one private character between digits throughout.

    Only where the document has no other decimal point, and the character stands between digits three times or more.
    """
    text = "\n".join(line.text for page in pages for line in page.lines)
    private = Counter(re.findall(r"(?<=[0-9０-９])([\ue000-\uf8ff\U000f0000-\U0010ffff])(?=[0-9０-９])", text))
    if not private or re.search(r"[0-9０-９][.．][0-9０-９]", text):
        return []
    point, count = private.most_common(1)[0]
    if count < 3:
        return []
    for page in pages:
        for line in page.lines:
            for chunk in line.chunks:
                chunk.text = chunk.text.replace(point, ".")
    return [f"The decimal point has no character in the fonts of the file (U+{ord(point):X}); {count} were given back."]


def _mend_stops(pages: Sequence[Page]) -> list[str]:
    """Give back 。 where a font maps it to a full stop: no 。 in the file, and stops after Chinese characters."""
    text = "\n".join(line.text for page in pages for line in page.lines)
    stop = re.compile(r"(?<=[\u4e00-\u9fff”）)％%])\.(?![\d.])")
    count = len(stop.findall(text))
    if "。" in text or count < 5:
        return []
    for page in pages:
        for line in page.lines:
            for chunk in line.chunks:
                chunk.text = stop.sub("。", chunk.text)
    return [f"The Chinese full stop is written as “.” in the fonts of the file; {count} were given back."]


def with_title(blocks: list[Block]) -> list[Block]:
    """The same blocks with the title marked: the first lines that name a report, up to the word for one (…的报告)."""
    if any(block.role == "title" for block in blocks):
        return blocks
    for index, block in enumerate(blocks[:10]):
        if not _may_be_title(block) or not (_TITLE_START.search(block.text) or _TITLE_END.search(block.text)):
            continue
        text, end = block.text, index + 1
        while not _TITLE_END.search(text) and end < min(len(blocks), index + 4) and _may_be_title(blocks[end]):
            text, end = text + blocks[end].text, end + 1
        if _TITLE_END.search(text) and len(text) <= 100:
            return [*blocks[:index], replace(block, role="title", text=text), *blocks[end:]]
    for index, block in enumerate(blocks[:4]):
        if block.role == "heading" and _may_be_title(block):
            return [*blocks[:index], replace(block, role="title"), *blocks[index + 1 :]]
    return blocks


def _may_be_title(block: Block) -> bool:
    if block.role not in ("heading", "paragraph") or block.tight or len(block.text) > 80:
        return False
    return not block.text.endswith(("。", "：", ":", "；")) and not _NO_TITLE.search(block.text)


def _candidates(blocks: Sequence[Block]) -> tuple[tuple[str, Candidate], ...]:
    """The date of issue in the head line of a newspaper page (2025年1月23日 星期四)."""
    for block in blocks[:4]:
        if "星期" in block.text and (day := day_of(block.text)):
            return (("published_on", Candidate(day, "meta")),)
    return ()

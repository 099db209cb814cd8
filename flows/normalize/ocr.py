"""Scanned pages and pictures, read by OCR where the optional extra is installed (``pip install taizhang[ocr]``).

rapidocr-onnxruntime ships its models in its package, so nothing is fetched at run time. Without it a picture is
Unreadable, with that advice.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from statistics import median
from typing import Any

import pypdfium2 as pdfium

from flows.errors import Unreadable
from flows.normalize.blocks import attach_captions, compose, rebuild_tables
from flows.normalize.model import SourceText
from flows.normalize.pdf_chars import Chunk, Line
from flows.normalize.pdf_layout import Page, blocks_of
from flows.normalize.pdf_tables import Rules
from flows.normalize.read import OCR_MEGABYTES, OCR_PACKAGE

_SCALE = 2.0  # 144 dots an inch: the recognizer's lines are then 20 to 40 pixels high
_SURE = 0.6  # confidence of a line, below which it is left out
MAX_PIXELS = 40_000_000


def installed() -> bool:
    """Whether the extra is there."""
    return find_spec(OCR_PACKAGE) is not None


@lru_cache(maxsize=1)
def _engine() -> Any:
    return import_module(OCR_PACKAGE).RapidOCR()


def page_lines(page: pdfium.PdfPage, number: int) -> list[Line] | None:
    """The lines of a page that is a picture, in PDF points; None where OCR is not installed."""
    if not installed():
        return None
    width, height = page.get_size()
    scale = min(_SCALE, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    image = page.render(scale=scale).to_pil().convert("RGB")
    boxes = [(text, x0 / scale, height - y1 / scale, x1 / scale, height - y0 / scale) for text, x0, y0, x1, y1 in
             _recognize(image)]  # fmt: skip
    return _lines(boxes, number)


def _lines(boxes: list[tuple[str, float, float, float, float]], number: int) -> list[Line]:
    """Boxes (text, x0, y0, x1, y1; y upwards) as lines: those on one height are the chunks of one, left to right.

    A table's cells are boxes of their own; run together they would be other numbers. All lines get one size, since the
    height of a box depends on the letters in it.
    """
    size = median(y1 - y0 for _, _, y0, _, y1 in boxes) if boxes else 0.0
    rows: list[list[tuple[str, float, float, float, float]]] = []
    for box in sorted(boxes, key=lambda box: -(box[2] + box[4])):
        middle = (box[2] + box[4]) / 2
        if rows and abs((rows[-1][0][2] + rows[-1][0][4]) / 2 - middle) < 0.5 * size:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [
        Line(
            [Chunk(text, x0, x1) for text, x0, _, x1, _ in sorted(row, key=lambda box: box[1])],
            min(box[1] for box in row),
            max(box[3] for box in row),
            min(box[2] for box in row),
            max(box[4] for box in row),
            0.8 * size,
            number,
        )
        for row in rows
    ]


def _recognize(image: Any) -> list[tuple[str, float, float, float, float]]:
    """(text, x0, y0, x1, y1) of every line in pixels, top first."""
    try:
        found, _ = _engine()(import_module("numpy").asarray(image))
    except Exception as error:  # the recognizer fails in any way where memory is short
        reason = f"{type(error).__name__}: {str(error)[:120]}"
        raise Unreadable("The picture could not be recognized", reason, f"Allow {OCR_MEGABYTES} MB of memory") from None
    lines = []
    for corners, text, score in found or ():
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        if float(score) >= _SURE:
            lines.append((str(text), min(xs), min(ys), max(xs), max(ys)))
    return sorted(lines, key=lambda line: (round(line[2] / 12), line[1]))


def read_image(data: bytes, name: str) -> SourceText:
    """A picture of a report. Raises Unreadable where OCR is not installed, or the picture is damaged or too large."""
    if not installed():
        raise Unreadable(
            "The file is a picture", f"{name} holds no text", "Install the extra taizhang[ocr] to read pictures"
        )
    pillow, io = import_module("PIL.Image"), import_module("io")
    try:
        image = pillow.open(io.BytesIO(data))
        if image.width * image.height > MAX_PIXELS:
            raise Unreadable("The picture is too large", f"{name}: {image.width} x {image.height}", "Scale it down")
        height = float(image.height)
        boxes = [(text, x0, height - y1, x1, height - y0) for text, x0, y0, x1, y1 in _recognize(image.convert("RGB"))]
    except (OSError, ValueError, SyntaxError) as error:
        raise Unreadable("The picture is damaged", f"{name}: {error}", "Fetch it again") from None
    page = Page(1, float(image.width), height, _lines(boxes, 1), Rules())
    text, spans = compose(attach_captions(rebuild_tables(blocks_of([page]))))
    return SourceText(text, "image", None, spans, (), (f"{name} was read by OCR; its figures may be misread.",))

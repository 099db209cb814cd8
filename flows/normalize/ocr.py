"""Scanned pages and pictures, read by OCR where the optional extra is installed (``pip install taizhang[ocr]``).

rapidocr-onnxruntime ships its models in its package, so nothing is fetched at run time. Without it a picture is
Unreadable, with that advice.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pypdfium2 as pdfium

from flows.errors import Unreadable
from flows.normalize.blocks import compose, paragraph
from flows.normalize.model import SourceText
from flows.normalize.pdf_chars import Chunk, Line

_SCALE = 2.0  # 144 dots an inch: the recognizer's lines are then 20 to 40 pixels high
_SURE = 0.6  # confidence of a line, below which it is left out
MAX_PIXELS = 40_000_000


def installed() -> bool:
    """Whether the extra is there."""
    return find_spec("rapidocr_onnxruntime") is not None


@lru_cache(maxsize=1)
def _engine() -> Any:
    return import_module("rapidocr_onnxruntime").RapidOCR()


def page_lines(page: pdfium.PdfPage, number: int) -> list[Line] | None:
    """The lines of a page that is a picture, in PDF points; None where OCR is not installed."""
    if not installed():
        return None
    width, height = page.get_size()
    scale = min(_SCALE, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    image = page.render(scale=scale).to_pil().convert("RGB")
    return [
        Line([Chunk(text, x0 / scale, x1 / scale)], x0 / scale, x1 / scale, height - y1 / scale, height - y0 / scale,
             (y1 - y0) / scale, number)
        for text, x0, y0, x1, y1 in _recognize(image)
    ]  # fmt: skip


def _recognize(image: Any) -> list[tuple[str, float, float, float, float]]:
    """(text, x0, y0, x1, y1) of every line in pixels, top first."""
    found, _ = _engine()(import_module("numpy").asarray(image))
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
        lines = _recognize(image.convert("RGB"))
    except (OSError, ValueError, SyntaxError) as error:
        raise Unreadable("The picture is damaged", f"{name}: {error}", "Fetch it again") from None
    blocks = [block for line in lines if (block := paragraph(line[0])) is not None]
    text, spans = compose(blocks)
    return SourceText(text, "image", None, spans, (), (f"{name} was read by OCR; its figures may be misread.",))

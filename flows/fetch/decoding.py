"""HTML bytes to text for finding links and titles; a report itself is decoded, strictly, by ``flows.normalize``."""

from __future__ import annotations

import codecs
import re

DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
# GB18030 holds GBK and GB2312 whole, and pages that declare these use characters beyond them.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}


def decode_html(data: bytes, header_charset: str | None = None) -> str:
    """The text of a page: byte order mark, UTF-8 if it is valid, then what header or page declare, then GB18030."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace")
    found = DECLARED.search(data[:4096])
    declared = [found.group(1).decode("ascii") if found else None, header_charset]
    for name in ["utf-8", *filter(None, declared), "gb18030"]:
        try:
            return data.decode(WIDER.get(name.lower(), name))
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("gb18030", "replace")

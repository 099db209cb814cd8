"""What of a text is kept to tell its reprints, as text for the column ``documents.minhash``."""

from __future__ import annotations

import base64
import json
import zlib

from flows.fetch.reprints import Signature, numerals_of, signature


def fingerprint(running: str) -> str:
    """What of a running text is kept to tell its reprints: signature and numerals, as text for a column."""
    numerals = json.dumps(numerals_of(running), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return f"{signature(running).to_bytes().hex()}:{base64.b85encode(zlib.compress(numerals)).decode()}"


def read_fingerprint(kept: str) -> tuple[Signature, tuple[str, ...]]:
    """Signature and numerals from what ``fingerprint`` gave."""
    words, _, numerals = kept.partition(":")
    found = json.loads(zlib.decompress(base64.b85decode(numerals)).decode("utf-8", "surrogatepass"))
    return Signature.from_bytes(bytes.fromhex(words)), tuple(found)

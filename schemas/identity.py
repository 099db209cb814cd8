"""Who is who: content hashes, the normal form of an indicator, and the identity of a series.

No hash holds a time of ours, so that the same content has the same key in every run.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date, datetime
from decimal import Context, Decimal
from functools import lru_cache

from opencc import OpenCC

EXACT = Context(prec=1000)
"""For taking zeros off a decimal: the usual 28 digits would round a long one in silence."""

_CONVERT = OpenCC("t2s").convert

DIGEST_BYTES = 16  # 128 bits: a collision among 10**12 keys has a chance of about 10**-15

_SCOPE_WORDS = re.compile(r"^(?:全市|全区|全县|全省|我市|我区|我县|我省|本市|本区|本县|本省|辖区)(?:的)?(?=.)")
_NOT_WORDS = re.compile(r"[^\w.%]|_|(?<!\d)\.|\.(?!\d)")  # PM2.5 keeps its point


def _plain(part: object) -> str:
    """A value as text: the same for 1, 1.0 and 1.00."""
    if type(part) is str:  # most are; the exact type is the fast test
        return part
    if part is None:
        return "\x00"
    if isinstance(part, Decimal):
        return str(EXACT.normalize(part)) if part.is_finite() else str(part)
    if isinstance(part, date | datetime):
        return part.isoformat()
    return str(part)


def digest(*parts: object) -> str:
    """The hash of a row of values, in hexadecimal; the order counts."""
    joined = "\x1f".join([_plain(part) for part in parts])
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).hexdigest()


@lru_cache(maxsize=4096)
def simplified(text: str) -> str:
    """A text in simplified characters, for the search of words in it."""
    return str(_CONVERT(text))


@lru_cache(maxsize=65536)
def normal_form(indicator: str) -> str:
    """The words of an indicator without what does not tell two of them apart.

    Compatibility forms are unified (ＧＤＰ is GDP), traditional characters become simplified, spaces and punctuation
    go, Latin letters become capitals, and a leading 全市, 我区 … goes because the place is kept apart.
    """
    words = _NOT_WORDS.sub("", unicodedata.normalize("NFKC", _CONVERT(indicator)).upper())
    return _SCOPE_WORDS.sub("", words)


@lru_cache(maxsize=65536)
def series_key(
    words: str,
    ref_area: str | None,
    place: str | None,
    unit: str,
    measure: str,
    modality: str,
    issuer: str | None,
) -> str:
    """The key of what a figure measures; the period is no part of it, results and targets are apart.

    The code of the place counts where it is known, else its name.
    """
    return digest("series", words, ref_area or place, unit, measure, modality, issuer)

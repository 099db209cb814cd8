"""Reprints and corrected re-issues: the same report under another address, on another page, in another script.

Two questions are asked apart. Is it the same *text*? MinHash over four-character shingles, script folded to
simplified, digits left out: so the bulletins of two days, which differ in nothing but figures, count as the same text.
Are they the same *figures*? The numerals, as multisets. The same text with the same figures is a reprint: its figures
corroborate those known and do not double them. The same text of the same title, place and period with other figures is
a re-issue: a new document that supersedes the known one. Everything else (the next day's bulletin) is no link at all.

Pure functions over texts; running text is meant, in which broken lines are joined.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from datasketch import MinHash, MinHashLSH
from opencc import OpenCC

PERMUTATIONS = 128
SEED = 1
SHINGLE = 4  # characters
CONTEXT = 4  # letters before a numeral
# Measured (docs/sources.md): reprints in the other script and with other page furniture stay over 0.85; so do, without
# their figures, the bulletins of two days, of which at most 0.94 of the figures agree.
SAME_TEXT = 0.5  # of both
CONTAINED_TEXT = 0.85  # of the shorter one, for page furniture makes a short report a good deal longer
RELATED_TEXT = 0.4
SAME_FIGURES = 0.97  # part of the smaller set of numerals that the other has too: furniture adds numerals, none go
SHORT = 40  # shingles
TELLING = 5  # figures, each with the letters before it, that hardly agree by accident
CORRECTED = re.compile(r"更正|勘误|修订|修正|重新发布|重发|更新版|订正")
DAY = re.compile(r"(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*日")
DAY_MARK = "@"
SENTENCE = re.compile(r"[。!?;\n]")  # as NFKC leaves them
NUMERAL = re.compile(r"\d+(?:\.\d+)?%?")
THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Signature:
    """The MinHash of a text; ``size`` is the number of its shingles."""

    values: bytes
    size: int

    def to_bytes(self) -> bytes:
        """For storage: the size in four bytes, then the hash values."""
        return self.size.to_bytes(4, "little") + self.values

    @classmethod
    def from_bytes(cls, data: bytes) -> Signature:
        """What ``to_bytes`` gave. Raises ValueError for bytes of another length."""
        if len(data) != 4 + PERMUTATIONS * 4:
            raise ValueError(f"a signature has {4 + PERMUTATIONS * 4} bytes, not {len(data)}")
        return cls(data[4:], int.from_bytes(data[:4], "little"))

    def similarity(self, other: Signature) -> float:
        """The estimated Jaccard similarity of two texts, 0 to 1; good to about 0.09."""
        if not self.size or not other.size:
            return 0.0
        return float(np.mean(_array(self.values) == _array(other.values)))

    def containment(self, other: Signature) -> float:
        """The estimated part of the shorter text that stands in the longer one, 0 to 1."""
        similarity = self.similarity(other)
        if not similarity:
            return 0.0
        common = similarity / (1 + similarity) * (self.size + other.size)
        return min(1.0, common / min(self.size, other.size))


@dataclass(frozen=True, slots=True)
class ReprintText:
    """What is known of a document for linking. ``figures`` come from ``numerals_of``.

    ``period`` is the time the report is about, in any form that is equal for equal periods; without it, a year in the
    title or the same day of publication must tell.
    """

    document_id: str
    signature: Signature
    title: str | None
    place: str | None
    published_on: str | None
    issuer: str | None = None
    figures: tuple[str, ...] = ()
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """What a new document is to a known one (``document_id``), and why."""

    kind: Literal["reprint", "supersedes"]
    document_id: str
    similarity: float
    reason: str


def fold(text: str) -> str:
    """A text in simplified characters and half width, without anything but letters and digits."""
    folded = unicodedata.normalize("NFKC", str(_converter().convert(text)))
    return re.sub(r"[\W_]+", "", folded).lower()


def signature(text: str) -> Signature:
    """The signature of a running text; the same for both scripts, whatever its figures and punctuation are."""
    letters = re.sub(r"\d+", "", fold(text))
    shingles = (
        {letters[i : i + SHINGLE].encode() for i in range(max(1, len(letters) - SHINGLE + 1))} if letters else set()
    )
    minhash = _minhash()
    if shingles:
        minhash.update_batch(sorted(shingles))
    return Signature(np.asarray(minhash.hashvalues, dtype=np.uint32).tobytes(), len(shingles))


def numerals_of(text: str) -> tuple[str, ...]:
    """The Arabic numerals of a running text, each with the letters before it (完成|118), sorted.

    The letters tell apart what a bare number does not: in a long list, the numbers of two days are the same few. The
    days the text names (3月23日) come once more, marked, for they must agree wholly.
    """
    plain = THOUSANDS.sub("", str(_converter().convert(unicodedata.normalize("NFKC", text))))
    found, last = [], 0
    for match in NUMERAL.finditer(plain):
        before = SENTENCE.split(plain[max(last, match.start() - 4 * CONTEXT) : match.start()])[-1]
        before = re.sub(r"[\W_\d]+", "", before)
        found.append(f"{before[-CONTEXT:]}|{match.group()}")
        last = match.end()
    days = {f"{DAY_MARK}{int(month)}-{int(day)}" for month, day in DAY.findall(plain)}
    return tuple(sorted([*found, *days]))


def reprint_text(document_id: str, text: str, **known: Any) -> ReprintText:
    """A ReprintText from a running text and what is known of it (title, place, published_on, issuer, period)."""
    fields = {"title": None, "place": None, "published_on": None} | known
    return ReprintText(document_id, signature(text), figures=numerals_of(text), **fields)


def link(new: ReprintText, known: Iterable[ReprintText]) -> Link | None:
    """The strongest link from a new document to one of the known: a reprint before a re-issue, then by similarity."""
    links = [found for other in known if (found := _link(new, other)) is not None]
    return min(links, key=lambda found: (found.kind != "reprint", -found.similarity, found.document_id), default=None)


def _link(new: ReprintText, known: ReprintText) -> Link | None:
    if new.document_id == known.document_id:
        return None
    similarity = new.signature.similarity(known.signature)
    shared = _shared(new.figures, known.figures)
    contained = new.signature.containment(known.signature)
    same = similarity >= SAME_TEXT and contained >= CONTAINED_TEXT and shared >= SAME_FIGURES
    if same and not _told_apart(new, known):
        reason = f"The same text ({similarity:.0%}) with the same figures"
        return Link("reprint", known.document_id, similarity, reason)
    if similarity < RELATED_TEXT or not _same_report(new, known) or _older(new, known) or shared == 1.0:
        return None
    said = " and says that it is corrected" if CORRECTED.search(new.title or "") else ""
    reason = f"The same title, place and period{said}, with other figures ({shared:.0%} agree)"
    return Link("supersedes", known.document_id, similarity, reason)


def _told_apart(new: ReprintText, known: ReprintText) -> bool:
    """Whether place, period or the days they name say that these are different reports, though text and figures agree.

    A reprint may name a day more (its own, at the head), but not another one. A line or two may well be the same on
    two days: short texts must be of one day of publication. Place and period are guesses that may differ between two
    sites, so they count only where few figures speak.
    """
    days, other = ({f for f in text.figures if f.startswith(DAY_MARK)} for text in (new, known))
    if not (days <= other or other <= days):
        return True
    if min(new.signature.size, known.signature.size) < SHORT and new.published_on != known.published_on:
        return True
    if min(len(new.figures), len(known.figures)) >= TELLING:
        return False
    return any(a and b and a != b for a, b in ((new.period, known.period), (new.place, known.place)))


def _same_report(new: ReprintText, known: ReprintText) -> bool:
    """Whether title, place and period are the same; a title without its own period needs one from elsewhere."""
    title = _bare_title(new.title)
    if not title or title != _bare_title(known.title) or (new.place and known.place and new.place != known.place):
        return False
    if new.period and known.period:
        return new.period == known.period
    if YEAR.search(title) or CORRECTED.search(new.title or ""):
        return True
    return new.published_on is not None and new.published_on == known.published_on


def _bare_title(title: str | None) -> str:
    """A title without words of correction and what stands in brackets around them."""
    plain = re.sub(
        r"[（(\[【][^）)\]】]{0,20}[）)\]】]", lambda m: "" if CORRECTED.search(m.group()) else m.group(), title or ""
    )
    return CORRECTED.sub("", fold(plain)).removeprefix("关于").removesuffix("公告版")


def _older(new: ReprintText, known: ReprintText) -> bool:
    return bool(new.published_on and known.published_on and new.published_on < known.published_on)


def _shared(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """The part of the smaller multiset of numerals that the other one holds too; 1.0 where there are none."""
    small, large = sorted((Counter(first), Counter(second)), key=lambda counter: counter.total())
    return (small & large).total() / small.total() if small else float(not large)


class ReprintIndex:
    """Known documents by signature and by title, so that a new one is compared with few of them."""

    def __init__(self) -> None:
        self._lsh = MinHashLSH(threshold=RELATED_TEXT, num_perm=PERMUTATIONS)
        self._texts: dict[str, ReprintText] = {}
        self._titles: dict[str, list[str]] = {}

    def add(self, text: ReprintText) -> None:
        """Add a document; one that is known already is left as it is."""
        if text.document_id in self._texts:
            return
        self._texts[text.document_id] = text
        self._titles.setdefault(_bare_title(text.title), []).append(text.document_id)
        if text.signature.size:
            self._lsh.insert(text.document_id, _minhash(text.signature), check_duplication=False)

    def candidates(self, new: ReprintText) -> list[ReprintText]:
        """The documents that may be linked with a new one, in the order of their ids."""
        found = set(self._lsh.query(_minhash(new.signature))) if new.signature.size else set()
        title = _bare_title(new.title)
        found |= set(self._titles.get(title, [])) if title else set()
        return [self._texts[key] for key in sorted(found)]


def _minhash(known: Signature | None = None) -> Any:
    values = _array(known.values) if known else None
    return MinHash(num_perm=PERMUTATIONS, seed=SEED, hashvalues=values, scheme="affine32")


def _array(values: bytes) -> Any:
    return np.frombuffer(values, dtype=np.uint32)


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")

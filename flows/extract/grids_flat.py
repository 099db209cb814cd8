"""Tables run together in a paragraph, as a scan flattens them: words and bare numbers in a row, row by row or column by
column; labels that ran together are cut at the names of known products."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from flows.extract.grid_model import STOP, Cell, Grid, unit_with_magnitude
from flows.extract.reference import reference_path
from flows.normalize.model import Span

_FLAT_TOKEN: Final = re.compile(r"[^\s]+")
_WORD_AND_NUMBER: Final = r"(?:[^\s\d，。；：、]{2,14} ){1,2}-?\d[\d,]*(?:\.\d+)?"
_PAIRS: Final = re.compile(rf"(?:(?<= )|^)(?:{_WORD_AND_NUMBER} ){{4,}}{_WORD_AND_NUMBER}(?= |$|\n)")
_PAIR: Final = re.compile(r"([^\s\d]+) (-?\d[\d,]*(?:\.\d+)?)")


def flat(text: str, blocks: Sequence[Span]) -> Iterator[Grid]:
    """A table in a paragraph: words and bare numbers in a row, set apart by spaces."""
    run = re.compile(r"(?<= )-?\d[\d,]*(?:\.\d+)?(?: -?\d[\d,]*(?:\.\d+)?)+(?= |$|\n)")
    for block in blocks:
        words = text[block.start : block.end]
        if "\t" in words or words.count(" ") < 6:
            continue
        for match in _PAIRS.finditer(words):
            yield _grid_of_pairs(text, block.start + match.start(), block.start + match.end(), block.start)
        groups = [(m.start() + block.start, m.end() + block.start) for m in run.finditer(words)]
        if len(groups) >= 2 or any(text[a:b].count(" ") >= 3 for a, b in groups):
            yield from _grids_of_flat(text, block, groups)


def _grid_of_pairs(text: str, start: int, end: int, floor: int) -> Grid:
    """Words and bare numbers in turn: one column, headed by the words before that are no label (在院治疗确诊病例)."""
    before = text[max(floor, start - 60) : start].split()
    heads = [
        w for w in before if 4 <= len(w) <= 14 and not w.startswith("（") and re.search(r"[病人数量额值率户件]", w)
    ]
    rows: list[tuple[str, str | None, list[Cell]]] = []
    for match in _PAIR.finditer(text, start, end):
        rows.append((match[1], None, [Cell(match.start(2), match.end(2), match[2])]))
    return Grid(["", heads[0] if heads else ""], rows, "", "", [[1] for _ in rows], {}, start, end)


def _grids_of_flat(text: str, block: Span, groups: list[tuple[int, int]]) -> Iterator[Grid]:
    stop = block.start
    heads: list[str] = []
    caption = ""
    rows: list[tuple[str, str | None, list[Cell]]] = []
    columns: list[list[int]] = []
    children: dict[int, int] = {}
    for start, end in groups:
        marks = [m.end() for m in STOP.finditer(text, stop, start)]
        lead = text[max(marks[-1] if marks else stop, start - 220) : start]
        numbers = [Cell(m.start() + start, m.end() + start, m[0]) for m in _FLAT_TOKEN.finditer(text[start:end])]
        head, body = _split_head(lead)
        if head:
            caption, heads = head
        labels, units = _labels_and_units(body)
        stop = end
        if not labels:
            continue
        if len(units) > 1 and len(numbers) % len(units) == 0:
            parents = _parents(body)
            for n, unit in enumerate(units):
                if len(labels) == len(units) and n in parents:
                    children[len(rows)] = len(rows) - n + parents[n]
                label = labels[n] if len(labels) == len(units) else ""
                rows.append((label, unit, numbers[n :: len(units)]))
                columns.append(list(range(len(rows[-1][2]))))
        else:
            rows.append((labels[-1], units[-1] if units else None, numbers))
            columns.append(list(range(len(numbers))))
    if rows:
        width = max(len(r[2]) for r in rows)
        kept = heads[-width:] if len(heads) >= width else [""] * width
        grid = Grid(kept, rows, caption, "", columns, children)
        grid.start = max(
            block.start,
            groups[0][0] - 220,
            max((m.end() for m in STOP.finditer(text, block.start, groups[0][0])), default=0),
        )
        grid.end = rows[-1][2][-1].end
        yield grid


# 指标 2020年 2019年 一般公共预算收入（亿元） 85.6 80.2: years over the columns.
_YEAR_HEADS: Final = re.compile(
    r"(?:产品名称|指标名称|指标|项目|名称|地区)\s+(?P<heads>(?:(?:19|20)\d\d年(?:[^\s\d，。；]{0,6})\s+){2,6})"
)


def _split_head(lead: str) -> tuple[tuple[str, list[str]] | None, str]:
    """Caption and column heads at the front of the words before the first numbers, if they stand there."""
    if years := _YEAR_HEADS.search(lead):
        return (lead[: years.start()].strip(), years["heads"].split()), lead[years.end() :]
    match = re.search(
        r"(?:产品名称|指标名称|指标|项目|名称|地区)\s+(?:(?:计量)?单位\s+)?(?P<heads>(?:[^\s]*(?:产量|绝对数|增长|增速|比上年|数值|总量|金额|实绩|%|％|（)[^\s]*\s*(?:（?\s*[%％]\s*）?\s*)?)+)",
        lead,
    )
    if match is None:
        return None, lead
    heads = [h for h in re.split(r"\s+", re.sub(r"\s*（\s*%\s*）?", "%", match["heads"]).strip()) if h and h != "%"]
    return (lead[: match.start()].strip(), heads), lead[match.end() :]


def _labels_and_units(words: str) -> tuple[list[str], list[str]]:
    """Row labels and, after them, units; several of each where the table was flattened column by column."""
    labels: list[str] = []
    units: list[str] = []
    for token in words.replace("#", " #").split():
        found = _only_units(token) if labels else []
        if found:
            units += found
        elif token not in (".", "·"):
            if units:
                labels, units = [], []
            labels.append(token)
    if len(units) > 1:
        named = _under(labels)
        return named if len(named) == len(units) else _cut(labels), units
    return ["".join(labels[-3:])] if labels else [], units


@lru_cache(maxsize=1)
def _products() -> re.Pattern[str]:
    """Names of products as yearbooks list them (reference/products.csv), the longest first."""
    with reference_path("products.csv").open(encoding="utf-8", newline="") as file:
        names = sorted((row["product"] for row in csv.DictReader(file)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def _cut(labels: list[str]) -> list[str]:
    """Row labels that ran together, cut at the names of known products; what is between two names is a label too."""
    cut: list[str] = []
    for label in labels:
        at = 0
        for match in _products().finditer(label.lstrip("#")):
            if match.start() > at:
                cut.append(label.lstrip("#")[at : match.start()])
            cut.append(match[0])
            at = match.end()
        if at < len(label.lstrip("#")):
            cut.append(label.lstrip("#")[at:])
    return cut


def _parents(words: str) -> dict[int, int]:
    """For labels written out with a #: which is part of which, by position."""
    found: dict[int, int] = {}
    parent = -1
    tokens = [t for t in words.replace("#", " #").split() if not _only_units(t) and t not in (".", "·")]
    for n, token in enumerate(tokens):
        if token.startswith("#") and n:
            parent = n - 1 if parent < 0 else parent
        if parent >= 0:
            found[n] = parent
    return found


def _under(labels: list[str]) -> list[str]:
    """Labels after a # belong under the one before it."""
    named: list[str] = []
    parent = ""
    for label in labels:
        if label.startswith("#"):
            parent = parent or (named[-1] if named else "")
            named.append(label.lstrip("#") + parent)
        elif parent:
            named.append(label + parent)
        else:
            named.append(label)
    return named


def _only_units(token: str) -> list[str]:
    """The units that a token is made of, none where it is anything else."""
    found, at = [], 0
    while at < len(token):
        whole = unit_with_magnitude(token[at:])[1]
        if not whole:
            return []
        found.append(whole)
        at += len(whole)
    return found

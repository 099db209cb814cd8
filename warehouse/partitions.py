"""Which series are the parts of which: 本土 and 境外输入 cases make up the cases, 进口 and 出口 the 进出口.

A report may give the parts of a number and leave the number itself to the reader. A series of the whole then has a gap
on that day. The view ``trend`` fills it from the parts, and says so; the parts of a series are found here, from the
words of ``reference/partitions.csv`` and the names of the series that are booked.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.concepts import Synonyms
from schemas.ddl import arrow_schema, arrow_table
from schemas.identity import normal_form
from schemas.tables import TABLES
from warehouse.errors import WarehouseError

_COLUMNS = ("partition", "absent", "whole", "part")
_ABSENT = {"zero": True, "unknown": False}
_ADDS = ("count", "money", "amount")
_OF_ONE = re.compile("人均|户均|平均|均价|单价|中位|每|指数|价格|[率比]$")
"""What is said of one head or as a ratio does not add up: 城镇居民人均收入 and 乡村居民人均收入 make no total."""

_NAMES = "SELECT DISTINCT series_id, indicator, ref_area, place, unit_measure, measure, modality, issuer"


@dataclass(frozen=True, slots=True)
class Partition:
    """Words that divide a whole: every ``part`` stands in the name of its part where ``whole`` stands in the whole's.

    ``absent_is_zero``: reports of this kind leave out a part that is zero.
    """

    name: str
    whole: str
    parts: tuple[str, ...]
    absent_is_zero: bool


def read_partitions(path: Path) -> list[Partition]:
    """The partitions of a table with the columns partition, absent (zero or unknown), whole and part, a row a part.

    Raises WarehouseError where columns are missing, or a partition has one part, or rows that differ in what is one
    for the whole partition.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not set(_COLUMNS) <= set(reader.fieldnames or ()):
            raise _refused(path, f"its columns are {', '.join(reader.fieldnames or ())}")
        rows = [tuple((row[name] or "").strip() for name in _COLUMNS) for row in reader]
    found = []
    for name in dict.fromkeys(row[0] for row in rows):
        own = [row for row in rows if row[0] == name]
        if len({row[1:3] for row in own}) > 1 or len(own) < 2 or own[0][1] not in _ABSENT or not all(r[3] for r in own):
            raise _refused(path, f"the rows of {name or 'a partition without a name'} do not make one")
        found.append(Partition(name, own[0][2], tuple(row[3] for row in own), _ABSENT[own[0][1]]))
    return found


def _refused(path: Path, why: str) -> WarehouseError:
    return WarehouseError(
        f"{path} is no table of partitions",
        why,
        f"Give it the columns {', '.join(_COLUMNS)}, two or more rows a partition that differ in part, absent being"
        " zero or unknown",
    )


def find_parts(con: Any, partitions: Sequence[Partition], synonyms: Synonyms) -> int:
    """Write anew which booked series are parts of which; returns how many rows came or went."""
    wanted = arrow_table(sorted(_parts(con, partitions, synonyms)), arrow_schema(TABLES["series_parts"]))
    con.register("wanted_parts", wanted)
    gone = con.execute("DELETE FROM booked.series_parts WHERE series_parts NOT IN (SELECT w FROM wanted_parts AS w)")
    changed = int(gone.fetchone()[0])
    come = con.execute(
        "INSERT INTO booked.series_parts BY NAME SELECT * FROM wanted_parts EXCEPT SELECT * FROM booked.series_parts"
    )
    changed += int(come.fetchone()[0])
    con.unregister("wanted_parts")
    return changed


def _parts(
    con: Any, partitions: Iterable[Partition], synonyms: Synonyms
) -> Iterator[tuple[str, str, str, str, int, bool]]:
    """(part's series, whole's series, partition, part, number of parts, absent is zero)."""
    named: dict[str, tuple[str, tuple[Any, ...]]] = {}
    series: dict[tuple[Any, ...], str] = {}
    for series_id, indicator, *what in con.execute(f"{_NAMES} FROM booked.series_labels").fetchall():
        if what[3] in _ADDS and not _OF_ONE.search(indicator) and "/" not in what[2]:
            kept = (what[0] or what[1], *what[2:])
            named[series_id] = normal_form(indicator), kept
            series[synonyms.concept(normal_form(indicator)), *kept] = series_id
    for series_id, (words, kept) in named.items():
        for partition in partitions:
            for part in partition.parts:
                if words.count(part) == 1 and (not partition.whole or partition.whole not in words):
                    whole = series.get((synonyms.concept(words.replace(part, partition.whole)), *kept))
                    if whole:
                        yield series_id, whole, partition.name, part, len(partition.parts), partition.absent_is_zero

"""From drafts to the records that leave the extractor: offsets of the source, signed values, plain fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from flows.extract.classes import NonFigure
from flows.extract.draft import Draft
from flows.extract.model import Figure, Numeral, ObsStatus
from flows.extract.numerals import Number
from flows.normalize.model import RunningText

_ESTIMATE: Final = re.compile("预[计估]|初步|快报|测算")


def figures_of(running: RunningText, plain: str, drafts: Sequence[Draft], explain: bool) -> tuple[Figure, ...]:
    """The public records of all drafts, in their order; ``plain`` is the running text in simplified characters, which
    the drafts were read from. The unit is given as written."""
    figures: list[Figure] = []
    span, quote = (0, 0), ""
    for draft in drafts:
        quote_start, quote_end = _row(running, draft) if draft.table else draft.sentence
        quote_end = max(quote_end, draft.number.end)
        if span != (quote_start, quote_end):  # the figures of a sentence share its quote, not copies of it
            span, quote = (quote_start, quote_end), running.text[quote_start:quote_end].strip()
        figures.append(_figure(running, plain, draft, span, quote, explain))
    return tuple(figures)


def _figure(running: RunningText, plain: str, draft: Draft, span: tuple[int, int], quote: str, explain: bool) -> Figure:
    number, offsets, time = draft.number, running.offsets, draft.time
    value, high = number.value, number.high
    if draft.negative:
        value = -value if value is not None else None
        high = -high if high is not None else None
    return Figure(
        offsets[number.start],
        offsets[number.end - 1] + 1,
        running.text[number.start : number.end],
        value,
        high,
        number.ulp,
        number.decimals,
        _as_written(running, plain, draft),
        draft.qualifier,
        draft.measure,
        draft.indicator,
        time[0] if time else None,
        time[1] if time else None,
        draft.time_basis,
        draft.place,
        draft.place_basis,
        draft.modality,
        _status(running, draft),
        quote,
        offsets[span[0]],
        offsets[span[1] - 1] + 1,
        _explanation(draft) if explain else {},
    )


def _explanation(draft: Draft) -> dict[str, str]:
    """Field → the rule that found it."""
    read = "counting word or unit after the number" if draft.unit else "no unit stands there"
    found = {
        "value": f"{draft.number.form} numeral",
        "unit": read,
        "measure": f"{draft.kind} in {draft.dimension}",
        "time": draft.time_basis,
        "place": draft.place_basis,
    }
    return found | draft.rules | {"time": draft.time_basis, "place": draft.place_basis}


def _row(running: RunningText, draft: Draft) -> tuple[int, int]:
    """The row of a table that a cell stands in, at most 300 characters."""
    block = running.blocks[draft.block]
    if block.end - block.start <= 300:
        return block.start, block.end
    return max(block.start, draft.number.start - 60), min(block.end, draft.number.end + 20)


def _as_written(running: RunningText, plain: str, draft: Draft) -> str:
    """The unit in the characters of the source: 萬元, 台(套)."""
    if not draft.unit or (running.text is plain and "（" not in draft.unit):
        return draft.unit
    at = plain.find(draft.unit, draft.number.end, draft.number.end + len(draft.unit) + 2)
    if at < 0:
        return draft.unit
    start, end = running.source_span(at, at + len(draft.unit))
    written = "".join(running.source[start:end].split()) if "（" in draft.unit else ""
    return written if len(written) == len(draft.unit) else running.text[at : at + len(draft.unit)]


def _status(running: RunningText, draft: Draft) -> ObsStatus:
    """SDMX CL_OBS_STATUS: F where it is a target or forecast, E where the words estimate, else A."""
    if draft.modality == "target":
        return "F"
    return "E" if _ESTIMATE.search(running.text, max(0, draft.lead - 14), draft.lead) else "A"


def ledger_of(
    running: RunningText, drafts: Sequence[Draft], others: Sequence[tuple[Number, str, NonFigure]]
) -> tuple[Numeral, ...]:
    """Every numeral of the text with its class and reason, in order."""
    rows = [(d.number, d.unit, "figure", f"counts {d.base}{d.suffix}") for d in drafts]
    rows += [(number, unit, why[0], why[1]) for number, unit, why in others]
    rows.sort(key=lambda row: row[0].start)
    text, offsets = running.text, running.offsets
    return tuple(
        [
            Numeral(
                offsets[n.start], offsets[n.end - 1] + 1, text[n.start : n.end], n.value, n.high, unit, name, reason
            )
            for n, unit, name, reason in rows
        ]
    )

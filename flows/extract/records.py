"""From drafts to the records that leave the extractor: offsets of the source, signed values, plain fields."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flows.extract.classes import NonFigure
from flows.extract.draft import Draft
from flows.extract.model import Figure, Numeral, ObsStatus
from flows.extract.numerals import Number
from flows.normalize.model import RunningText

_ESTIMATE = ("预计", "初步", "快报", "预估", "测算")


def figure_of(running: RunningText, plain: str, draft: Draft, explain: bool) -> Figure:
    """The public record of a draft; ``plain`` is the running text in simplified characters, which the draft was read
    from. The unit is given as written."""
    number = draft.number
    start, end = running.source_span(number.start, number.end)
    value, high = number.value, number.high
    if draft.negative:
        value = -value if value is not None else None
        high = -high if high is not None else None
    quote_start, quote_end = draft.sentence if draft.sentence[1] else _row(running, draft)
    quote_end = max(quote_end, number.end)
    source_quote = (running.offsets[quote_start], running.offsets[quote_end - 1] + 1)
    time = draft.time
    return Figure(
        start=start,
        end=end,
        text=running.text[number.start : number.end],
        value=value,
        value_high=high,
        ulp=number.ulp,
        decimals=number.decimals,
        unit=_as_written(running.text, plain, draft),
        qualifier=draft.qualifier,
        measure=draft.measure,
        indicator=draft.indicator,
        time_start=time[0] if time else None,
        time_end=time[1] if time else None,
        time_basis=draft.time_basis,
        place=draft.place,
        place_basis=draft.place_basis,
        modality=draft.modality,
        obs_status=_status(running, draft),
        quote=running.text[quote_start:quote_end].strip(),
        quote_start=source_quote[0],
        quote_end=source_quote[1],
        explain=dict(draft.rules, time=draft.time_basis, place=draft.place_basis) if explain else {},
    )


def _row(running: RunningText, draft: Draft) -> tuple[int, int]:
    """The row of a table that a cell stands in, at most 300 characters."""
    block = running.blocks[draft.block]
    if block.end - block.start <= 300:
        return block.start, block.end
    return max(block.start, draft.number.start - 60), min(block.end, draft.number.end + 20)


def _as_written(text: str, plain: str, draft: Draft) -> str:
    if text is plain or not draft.unit:
        return draft.unit
    at = plain.find(draft.unit, draft.number.end, draft.number.end + len(draft.unit) + 2)
    return text[at : at + len(draft.unit)] if at >= 0 else draft.unit


def _status(running: RunningText, draft: Draft) -> ObsStatus:
    """SDMX CL_OBS_STATUS: F where it is a target or forecast, E where the words estimate, else A."""
    if draft.modality == "target":
        return "F"
    words = running.text[max(0, draft.lead - 14) : draft.lead]
    return "E" if any(w in words for w in _ESTIMATE) else "A"


def ledger_of(
    running: RunningText, drafts: Sequence[Draft], others: Sequence[tuple[Number, str, NonFigure]]
) -> tuple[Numeral, ...]:
    """Every numeral of the text with its class and reason, in order."""
    rows: list[Numeral] = []
    for draft in drafts:
        rows.append(_numeral(running, draft.number, draft.unit, "figure", f"counts {draft.indicator}"))
    for number, unit, why in others:
        rows.append(_numeral(running, number, unit, why.numeral_class, why.reason))
    rows.sort(key=lambda row: row.start)
    return tuple(rows)


def _numeral(running: RunningText, number: Number, unit: str, name: str, reason: str) -> Numeral:
    start, end = running.source_span(number.start, number.end)
    value: Decimal | None = number.value
    return Numeral(start, end, running.text[number.start : number.end], value, number.high, unit, name, reason)

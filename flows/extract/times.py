"""Time expressions of Chinese government reports: where they stand, and which days they mean.

The public surface of the times concern; the parts are ``times_scan`` (find), ``times_reader`` (read),
``times_resolve`` (days) and ``times_document`` (what the whole report is about).
"""

from __future__ import annotations

from flows.extract.times_document import day_of_writing, document_period, event_day
from flows.extract.times_model import Anchor, Moment, Period, TimeForm, TimeMention
from flows.extract.times_resolve import resolve
from flows.extract.times_scan import scan_times

__all__ = [
    "Anchor",
    "Moment",
    "Period",
    "TimeForm",
    "TimeMention",
    "day_of_writing",
    "document_period",
    "event_day",
    "resolve",
    "scan_times",
]

"""Every error that Taizhang raises.

    TaizhangError
    ├── Retriable            worth another attempt: a time-out, a 503, a lock held by another run
    │   ├── SourceUnavailable
    │   └── WarehouseBusy
    └── NotRetriable         the same input gives the same error
        ├── Unreadable       a file that no reader can turn into text: it goes to quarantine
        ├── SourceRefused    blocked, challenge or login page, 403, host not allowed, robots.txt
        ├── ConfigurationError
        └── LoadFailed       a batch that could not be booked: nothing of it was

Each error says what happened (``title``), to which file, row or source (``detail``), and the next step.
"""

from __future__ import annotations


class TaizhangError(Exception):
    """An error with a title, a detail and the next step for the reader."""

    def __init__(self, title: str, detail: str = "", next_step: str = "") -> None:
        self.title, self.detail, self.next_step = title, detail, next_step
        super().__init__(". ".join(part.rstrip(".") for part in (title, detail, next_step) if part) + ".")


class Retriable(TaizhangError):
    """Worth another attempt."""


class NotRetriable(TaizhangError):
    """The same input gives the same error."""


class SourceUnavailable(Retriable):
    """A source did not answer, or answered that it cannot now."""


class WarehouseBusy(Retriable):
    """Another run holds the warehouse."""


class Unreadable(NotRetriable):
    """A file that no reader can turn into text."""


class SourceRefused(NotRetriable):
    """A source that will not give the report: blocked, challenged, not allowed."""


class ConfigurationError(NotRetriable):
    """sources.yaml, a reference table or an option is wrong."""


class LoadFailed(NotRetriable):
    """A batch that could not be booked; nothing of it was."""

"""The errors of the warehouse, each with what happened, to what, and the next step.

WarehouseError
├── WarehouseBusy    another run holds the warehouse; worth another attempt later
├── LoadFailed       a batch could not be booked; nothing of it was
└── PublishFailed    the result could not be put in place; readers still see the last good one
"""

from __future__ import annotations


class WarehouseError(Exception):
    """An error with a title, a detail and the next step for the reader."""

    def __init__(self, title: str, detail: str = "", next_step: str = "") -> None:
        self.title, self.detail, self.next_step = title, detail, next_step
        super().__init__(". ".join(part.rstrip(".") for part in (title, detail, next_step) if part) + ".")


class WarehouseBusy(WarehouseError):
    """Another run holds the warehouse."""


class LoadFailed(WarehouseError):
    """A batch could not be booked; nothing of it was."""


class PublishFailed(WarehouseError):
    """The result of a run could not be put in place."""

"""Level 1: a result cannot be about days after its publication."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.rules.model import Problem, View, day, printed


def date_after_publication(view: View) -> Iterator[Problem]:
    """The period of a result starts on or before the day of publication; one that is not over yet is a warning."""
    published = view.document.published_on
    if published is None:
        return
    sure = view.document.published_on_basis != "assumed"
    for figure in view.document.figures:
        start, end = day(figure.time_start), day(figure.time_end)
        if figure.modality != "actual" or figure.obs_status == "F" or end is None or end <= published:
            continue
        wholly = start is None or start > published
        if wholly:
            message = (
                f"{printed(figure)} is reported as a result for {start or end}, after the report was published "
                f"on {published}."
            )
        else:
            message = (
                f"{printed(figure)} is reported as a result for a period that ends on {end}, which was not over when "
                f"the report was published on {published}."
            )
        yield Problem(message, (figure.start,), None if wholly and sure else "warning")

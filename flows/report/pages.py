"""Static report pages: quarantine, completion, trends. No script, no address outside the folder, all text escaped."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.commands.output import cell_text, decimal_text
from flows.report.questions import (
    COMPLETION,
    FINDINGS,
    QUARANTINE,
    REASONS,
    RUNS,
    TOTALS,
    Questions,
    Series,
    ask,
)

MOST_ROWS, MOST_SERIES = 2000, 60
WIDTH, HEIGHT, MARGIN = 320, 64, 4


def line_points(series: Series) -> str:
    """The points of an SVG polyline for a series: time to the right, the value upwards, scaled to the box."""
    days = [day.toordinal() for day, _ in series.points]
    values = [value for _, value in series.points]
    long, high = max(days[-1] - days[0], 1), max(values) - min(values) or Decimal(1)
    inner = HEIGHT - 2 * MARGIN
    return " ".join(
        f"{MARGIN + (WIDTH - 2 * MARGIN) * (day - days[0]) / long:.1f},"
        f"{HEIGHT - MARGIN - float((value - min(values)) / high) * inner:.1f}"
        for day, value in zip(days, values, strict=True)
    )


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return cell_text(round(value, 4) if isinstance(value, Decimal) and value.as_tuple().exponent not in (0,) else value)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = _shown
    environment.filters["decimal"] = decimal_text
    environment.globals["line_points"] = line_points
    environment.globals["box"] = f"0 0 {WIDTH} {HEIGHT}"
    return environment


def _contents(warehouse: Questions) -> dict[str, dict[str, object]]:
    """What each page shows."""
    return {
        "index.html": {
            "totals": warehouse.rows(TOTALS)[0],
            "runs": warehouse.rows(RUNS, 30),
            "reasons": warehouse.rows(REASONS),
            "findings": warehouse.rows(FINDINGS),
        },
        "quarantine.html": {"rows": warehouse.rows(QUARANTINE, MOST_ROWS), "most": MOST_ROWS},
        "completion.html": {"rows": warehouse.rows(COMPLETION, MOST_ROWS), "most": MOST_ROWS},
        "trends.html": {"series": warehouse.series(MOST_SERIES), "most": MOST_SERIES},
    }


def write_pages(data: Path) -> list[Path]:
    """Write the report pages of the published warehouse to DATA/report; the pages whose content changed."""
    folder = data / "report"
    folder.mkdir(parents=True, exist_ok=True)
    environment = _environment()
    with ask(data) as warehouse:
        rendered = {
            name: environment.get_template(name).render(values) for name, values in _contents(warehouse).items()
        }
    return [folder / name for name, html in rendered.items() if _replace(folder / name, html)]


def _replace(path: Path, html: str) -> bool:
    """Put ``html`` in the place of ``path`` at once; False where it says the same already."""
    content = html.encode("utf-8", "backslashreplace")
    if path.exists() and path.read_bytes() == content:
        return False
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)
    return True

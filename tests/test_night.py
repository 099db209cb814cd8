"""The steps of a run without Prefect: what is linked, what is told, which version read it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from flows.batch import read_batch
from flows.errors import ConfigurationError
from flows.fetch import inbox_source
from flows.night import open_night
from flows.report import markdown_summary, text_summary
from flows.report.pages import line_points
from flows.report.questions import Series
from flows.report.story import Story
from flows.sources import sources_of
from flows.version import extractor_version

PROSE = (
    "2022年上半年，全县聚焦群众所盼，持续推进为民实事。截至6月30日，共征集群众诉求{asked}条，已办结{done}条。"
    "新建口袋公园{parks}处，改造老旧小区{homes}个，惠及居民{people}户，城乡面貌持续改善，群众满意度稳步提升。"
)
FIRST = {"asked": 1240, "done": 1116, "parks": 14, "homes": 23, "people": 5120}


def night(inbox: Path, data: Path) -> Story:
    with open_night(data, "nightly") as run:
        run.fetch(inbox_source(inbox))
        run.book_retrievals()
        for plan in run.plans(run.keys_to_read()):
            run.book(read_batch(plan))
        run.publish()
        return run.story()


def ask(data: Path, statement: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(statement).fetchall()


def put(folder: Path, name: str, text: str, published: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    sidecar = f'{{"published_on": "{published}", "title": "安平县上半年为民实事办理情况", "place": "安平县"}}'
    (folder / f"{name}.meta.json").write_text(sidecar, encoding="utf-8")


def test_a_reprint_is_linked_and_its_figures_do_not_double(tmp_path: Path) -> None:
    put(tmp_path / "in", "paper.txt", PROSE.format(**FIRST), "2022-07-05")
    put(tmp_path / "in", "site.txt", PROSE.format(**FIRST) + "\n（来源：县政府网站）\n", "2022-07-06")
    night(tmp_path / "in", tmp_path / "data")
    documents = dict(ask(tmp_path / "data", "SELECT document, document_id FROM documents"))  # type: ignore[arg-type]
    links = ask(tmp_path / "data", "SELECT document, reprint_of FROM booked.documents WHERE reprint_of IS NOT NULL")
    assert links == [("site.txt", documents["paper.txt"])]
    assert ask(tmp_path / "data", "SELECT count(*) FROM latest WHERE text = '1240'") == [(1,)]


def test_a_reprint_of_an_earlier_night_is_linked_too(tmp_path: Path) -> None:
    put(tmp_path / "in", "paper.txt", PROSE.format(**FIRST), "2022-07-05")
    night(tmp_path / "in", tmp_path / "data")
    put(tmp_path / "in", "site.txt", PROSE.format(**FIRST) + "\n（来源：县政府网站）\n", "2022-07-06")
    story = night(tmp_path / "in", tmp_path / "data")
    assert (story.read, story.changed) == (1, True)
    assert ask(tmp_path / "data", "SELECT count(*) FROM booked.documents WHERE reprint_of IS NOT NULL") == [(1,)]


def test_other_figures_are_no_reprint(tmp_path: Path) -> None:
    put(tmp_path / "in", "june.txt", PROSE.format(**FIRST), "2022-07-05")
    other = {"asked": 1310, "done": 1290, "parks": 17, "homes": 29, "people": 6011}
    put(tmp_path / "in", "july.txt", PROSE.format(**other).replace("6月30日", "7月31日"), "2022-08-05")
    night(tmp_path / "in", tmp_path / "data")
    assert ask(tmp_path / "data", "SELECT count(*) FROM booked.documents WHERE reprint_of IS NOT NULL") == [(0,)]


def test_a_night_without_news_says_that_nothing_changed(tmp_path: Path) -> None:
    put(tmp_path / "in", "paper.txt", PROSE.format(**FIRST), "2022-07-05")
    assert night(tmp_path / "in", tmp_path / "data").changed
    story = night(tmp_path / "in", tmp_path / "data")
    assert not story.changed
    assert "Nothing changed" in text_summary(story)
    assert "1 known already" in text_summary(story)


def test_words_of_documents_are_escaped_in_the_markdown_of_an_artifact(tmp_path: Path) -> None:
    put(tmp_path / "in", "[x](javascript:1)|<b>.txt", "", "2022-07-05")
    story = night(tmp_path / "in", tmp_path / "data")
    markdown = markdown_summary(story)
    assert "[x](" not in markdown
    assert "<b>" not in markdown


def test_a_line_goes_from_left_to_right_and_higher_values_are_higher() -> None:
    days = (date(2022, 1, 1), date(2022, 1, 2), date(2022, 1, 5))
    series = Series("s", "i", None, "", tuple(zip(days, map(Decimal, (1, 3, 2)), strict=True)))
    points = [tuple(map(float, point.split(","))) for point in line_points(series).split()]
    assert [x for x, _ in points] == [4.0, 82.0, 316.0]
    assert [y for _, y in points] == [60.0, 4.0, 32.0]


def test_a_level_line_is_drawn(tmp_path: Path) -> None:
    days = (date(2022, 1, 1), date(2022, 1, 2))
    assert line_points(Series("s", "i", None, "", tuple((day, Decimal(7)) for day in days))) == "4.0,60.0 316.0,60.0"


def test_the_version_of_the_extractor_follows_what_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("flows/normalize/a.py", "flows/extract/b.py", "reference/units.csv", "reference/corrections.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1")
    monkeypatch.setattr("flows.version._ROOT", tmp_path)

    def version() -> str:
        extractor_version.cache_clear()
        return extractor_version()

    first = version()
    assert version() == first
    (tmp_path / "reference/corrections.csv").write_text("2")
    assert version() == first
    (tmp_path / "reference/units.csv").write_text("2")
    assert version() != first
    monkeypatch.undo()
    extractor_version.cache_clear()


def test_without_a_sources_file_reports_come_from_the_inbox_of_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (config,) = sources_of(tmp_path / "data", None, None, None)
    assert (config.name, config.kind) == ("inbox", "inbox")
    assert (tmp_path / "data" / "inbox").is_dir()
    with pytest.raises(ConfigurationError, match="there are: inbox"):
        sources_of(tmp_path / "data", None, "other", None)

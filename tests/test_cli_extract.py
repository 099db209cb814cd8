"""``taizhang extract``, ``ledger`` and ``text``: the contracts that outside programs rely on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.commands.output import decimal_text, shorten, sparkline, table, width
from flows.reading import report_files, sidecar_of
from tests.conftest import SAMPLES, Answer

Taizhang = Callable[..., Answer]

REPORT = "截至11月 23日，全区 36位区级\n领导领办的145件实事已完成\n118件，完成率81%；累计走访\n群众10500余户。\n"
KEYS = {"file", "start", "end", "text", "value", "value_high", "unit", "qualifier", "measure", "indicator"}
LEDGER_KEYS = {"file", "start", "end", "text", "value", "value_high", "unit", "class", "reason"}
KEYS |= {"time_start", "time_end", "place", "modality"}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "inbox" / "a.txt"
    path.parent.mkdir()
    path.write_text(REPORT, encoding="utf-8")
    sidecar = {"published_on": "2021-11-25", "place": "惠济区"}
    (path.parent / "a.txt.meta.json").write_text(json.dumps(sidecar), encoding="utf-8")
    return path


def test_extract_prints_each_figure_with_every_key(taizhang: Taizhang, report: Path) -> None:
    answer = taizhang("extract", report)
    assert (answer.code, answer.err) == (0, "")
    figures = [row for row in answer.rows() if "relation" not in row]
    assert all(row.keys() >= KEYS for row in figures)
    assert [row["value"] for row in figures] == ["36", "145", "118", "81", "10500"]
    assert [row["qualifier"] for row in figures] == ["exact"] * 4 + ["at_least"]
    assert {row["place"] for row in figures} == {"惠济区"}
    assert {row["file"] for row in figures} == {"a.txt"}
    assert (figures[2]["time_end"], figures[2]["unit"]) == ("2021-11-23", "件")


def test_offsets_count_characters_of_the_file(taizhang: Taizhang, report: Path) -> None:
    for row in taizhang("extract", report).rows():
        if "relation" not in row:
            assert REPORT[row["start"] : row["end"]].replace("\n", "") == row["text"]


def test_relations_name_their_members_by_start(taizhang: Taizhang, report: Path) -> None:
    rows = taizhang("extract", report).rows()
    start = {row["text"]: row["start"] for row in rows if "relation" not in row}
    rates = [row for row in rows if row.get("relation") == "rate"]
    assert len(rates) == 1
    assert (rates[0]["numerator"], rates[0]["denominator"], rates[0]["rate"]) == (
        start["118"],
        start["145"],
        start["81%"],
    )


def test_a_folder_gives_every_report_below_it_with_its_sidecar(taizhang: Taizhang, report: Path) -> None:
    (report.parent / "sub").mkdir()
    (report.parent / "sub" / "b.txt").write_text("2020年末全市共有公园12个。", encoding="utf-8")
    (report.parent / ".hidden.txt").write_text("99个", encoding="utf-8")
    rows = taizhang("extract", report.parent).rows()
    assert {row["file"] for row in rows} == {"a.txt", "sub/b.txt"}
    assert next(row["place"] for row in rows if row["file"] == "a.txt") == "惠济区"


def test_a_bad_file_of_a_folder_is_told_and_loses_no_other(taizhang: Taizhang, report: Path) -> None:
    (report.parent / "0.txt").write_bytes(b"")
    answer = taizhang("extract", report.parent)
    assert answer.code == 0
    assert "0.txt" in answer.err
    assert "empty" in answer.err
    assert "Traceback" not in answer.err
    assert {row["file"] for row in answer.rows()} == {"a.txt"}


def test_a_bad_file_that_was_named_fails(taizhang: Taizhang, report: Path) -> None:
    bad = report.with_name("bad.txt")
    bad.write_bytes(b"")
    answer = taizhang("extract", bad, report)
    assert answer.code == 1
    assert {row["file"] for row in answer.rows()} == {"a.txt"}


def test_a_missing_path_says_what_to_do(taizhang: Taizhang) -> None:
    answer = taizhang("extract", "nowhere.txt")
    assert answer.code == 1
    assert answer.err == "taizhang: No such file or folder. nowhere.txt. Name a report file or a folder of them.\n"


def test_a_broken_sidecar_is_told_by_name(taizhang: Taizhang, report: Path) -> None:
    report.with_name("a.txt.meta.json").write_text("{published_on: yesterday")
    answer = taizhang("extract", report)
    assert answer.code == 1
    assert "a.txt.meta.json" in answer.err


def test_reports_in_an_archive_are_read(taizhang: Taizhang, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("../x.txt", "2020年末全市共有公园12个。")
        archive.writestr("y.txt", "2021年末全市共有公园14个。")
    rows = taizhang("extract", tmp_path / "two.zip").rows()
    assert [(row["file"], row["value"]) for row in rows if "relation" not in row] == [
        ("two.zip/x.txt", "12"),
        ("two.zip/y.txt", "14"),
    ]


def test_explain_names_a_rule_for_every_field(taizhang: Taizhang, report: Path) -> None:
    figures = [row for row in taizhang("extract", report, "--explain").rows() if "relation" not in row]
    assert figures
    for row in figures:
        assert row["explain"].keys() >= {"qualifier", "indicator", "time", "place"}
        assert all(row["explain"].values())


def test_the_table_shows_figures_and_relations(taizhang: Taizhang, report: Path) -> None:
    answer = taizhang("extract", report, "--format", "table")
    assert "5 figures" in answer.out
    assert any(line.startswith("rate:") for line in answer.out.splitlines())


def test_the_ledger_holds_every_numeral_with_class_and_reason(taizhang: Taizhang, report: Path) -> None:
    rows = taizhang("ledger", report).rows()
    assert all(row["class"] and row["reason"] for row in rows)
    assert all(row.keys() == LEDGER_KEYS for row in rows)
    digits = {i for i, c in enumerate(REPORT) if c.isdigit()}
    covered = {i for row in rows for i in range(row["start"], row["end"])}
    assert digits <= covered
    figures = [row for row in taizhang("extract", report).rows() if "relation" not in row]
    assert [r["start"] for r in rows if r["class"] == "figure"] == [f["start"] for f in figures]


def test_text_prints_the_running_text_of_a_page(taizhang: Taizhang, report: Path) -> None:
    answer = taizhang("text", report)
    assert "领导领办的145件实事已完成118件，完成率81%" in answer.out


def test_offsets_of_other_formats_count_what_text_prints(taizhang: Taizhang, tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    page.write_text(
        "<html><head><meta charset='utf-8'><title>公报</title></head><body><div><h1>2023年统计公报</h1>"
        "<p>全年地区生产总值<span>12</span><span>86.4</span>亿元，比上年增长5.8%。</p></div></body></html>",
        encoding="utf-8",
    )
    text = taizhang("text", page).out
    figures = [row for row in taizhang("extract", page).rows() if "relation" not in row]
    assert [text[row["start"] : row["end"]] for row in figures] == ["1286.4亿", "5.8%"]


def test_roles_are_shown_with_their_place(taizhang: Taizhang) -> None:
    answer = taizhang("text", SAMPLES / "huiji-2021-11-25.txt", "--roles")
    roles = [line.split("\t")[0] for line in answer.out.splitlines()]
    assert "paragraph" in roles
    assert "title" in roles
    assert "byline" in roles


@pytest.mark.parametrize("command", ["extract", "ledger", "text", "sql", "sources", "rules"])
def test_commands_that_need_no_flow_do_not_load_prefect(command: str, report: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    duckdb.connect(str(tmp_path / "data" / "warehouse.duckdb")).close()
    arguments = {"sql": ["sql", "SELECT 1"], "sources": ["sources"], "rules": ["rules"]}.get(
        command, [command, str(report)]
    )
    heavy = ["prefect"] if command == "rules" else ["prefect", "pandas", "pandera"]
    if command in ("extract", "ledger", "text"):
        heavy += ["duckdb", "pyarrow"]
    program = f"import sys; from flows.cli import main; main({arguments!r}); print({{*{heavy!r}}} & {{*sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True, env=os.environ.copy()
    )
    assert done.stdout.splitlines()[-1] == "set()"


@pytest.mark.parametrize(
    "command",
    [[], ["run"], ["fetch"], ["reprocess"], ["extract"], ["ledger"], ["text"], ["sql"], ["sources"], ["rules"]],
)
def test_every_command_teaches_by_example(taizhang: Taizhang, command: list[str]) -> None:
    answer = taizhang(*command, "--help")
    assert answer.code == 0
    assert f"  taizhang {command[0] if command else 'run'}" in answer.out


def test_a_reader_that_stops_early_is_no_error(report: Path) -> None:
    many = report.parent / "many.txt"
    many.write_text("\n".join(f"2020年{i}号公园有树{i}棵。" for i in range(5000)), encoding="utf-8")
    command = f"{sys.executable} -m flows.cli ledger {many} | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_sidecars_are_found_with_and_without_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    assert sidecar_of(path) is None
    (tmp_path / "a.meta.json").write_text('{"place": "惠济区"}')
    assert sidecar_of(path) == {"place": "惠济区"}
    (tmp_path / "a.pdf.meta.json").write_text('{"place": "中原区"}')
    assert sidecar_of(path) == {"place": "中原区"}


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("1个")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "link.txt").symlink_to(tmp_path / "secret.txt")
    (inbox / "a.txt").write_text("1个")
    assert [name for name, _ in report_files([inbox])] == ["a.txt"]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**14), max_value=10**14))
def test_decimals_are_plain_and_exact(value: Decimal) -> None:
    text = decimal_text(value)
    assert text is not None
    assert Decimal(text) == value
    assert "E" not in text
    assert not (text.endswith("0") and "." in text)


def test_decimals_without_exponent() -> None:
    assert [decimal_text(Decimal(v)) for v in ("1E+5", "0.50", "-0.0", "118")] == ["100000", "0.5", "0", "118"]


@given(st.lists(st.tuples(st.text(max_size=30), st.integers()), max_size=8))
def test_tables_keep_one_line_a_row_whatever_the_cells(rows: list[tuple[str, int]]) -> None:
    assert len(table(("文本", "n"), rows).split("\n")) == len(rows) + 2


@given(st.text(alphabet="a中１é件", max_size=30), st.integers(min_value=2, max_value=20))
def test_shortened_text_fits(text: str, columns: int) -> None:
    assert width(shorten(text, columns)) <= columns


def test_a_sparkline_has_the_shape_of_its_values() -> None:
    assert sparkline([Decimal(1), Decimal(2), Decimal(8)]) == "▁▂█"
    assert sparkline([Decimal(3)] * 3) == "▄▄▄"
    assert sparkline([]) == ""

"""Word files and spreadsheets."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from flows.errors import Unreadable
from flows.normalize.metadata import resolve
from flows.normalize.model import SourceText
from flows.normalize.read import kind_of, read_source

PROSE = "截至6月底，26件实事已完成15件，完成率57.7%，投入资金3.42亿元。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def roles(source: SourceText, role: str) -> list[str]:
    """The texts of the blocks of a role."""
    return [source.text[span.start : span.end] for span in source.spans if span.role == role]


def saved(document: object) -> bytes:
    """The bytes of a document or workbook."""
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def word() -> docx.document.Document:
    """A Word file with a title of two lines, prose around a table, and a note mark."""
    document = docx.Document()
    document.add_paragraph("惠济区2024年国民经济和社会发展")
    document.add_paragraph("统计公报")
    document.add_paragraph("2025年3月27日")
    document.add_paragraph("一、综合")
    paragraph = document.add_paragraph("全年完成地区生产总值")
    mark = paragraph.add_run("[1]")
    mark.font.superscript = True
    paragraph.add_run("812.5亿元。")
    document.add_paragraph("表1 主要指标")
    table = document.add_table(rows=3, cols=3)
    for y, row in enumerate([["指标", "单位", "数额"], ["税收", "万元", "2350"], ["非税", "万元", "186"]]):
        for x, value in enumerate(row):
            table.cell(y, x).text = value
    document.add_paragraph(PROSE)
    return document


def test_paragraphs_and_tables_come_in_the_order_of_the_body() -> None:
    source = read_source(saved(word()), "r.docx")
    assert source.text.split("\n\n") == [
        "惠济区2024年国民经济和社会发展统计公报",
        "2025年3月27日",
        "一、综合",
        "全年完成地区生产总值812.5亿元。",
        "表1 主要指标\n指标\t单位\t数额\n税收\t万元\t2350\n非税\t万元\t186",
        PROSE,
    ]
    assert roles(source, "title") == ["惠济区2024年国民经济和社会发展统计公报"]
    assert roles(source, "table_head") == ["指标\t单位\t数额"]
    metadata = resolve(source, name="r.docx")
    assert (metadata.published_on, metadata.place) == ("2025-03-27", "惠济区")


def test_merged_cells_are_repeated() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for y, row in enumerate([["区域", "2024年", ""], ["区域", "计划", "完成"], ["全区", "26", "15"]]):
        for x, value in enumerate(row):
            table.cell(y, x).text = value
    table.cell(0, 1).merge(table.cell(0, 2))
    lines = read_source(saved(document), "r.docx").text.split("\n")
    assert lines == ["区域\t2024年\t2024年", "区域\t计划\t完成", "全区\t26\t15"]


def drawn(rows: list[list[tuple[str, int]]], width: int) -> bytes:
    """A Word file with one table of ``width`` grid columns; every cell says over how many of them it stretches."""
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=width)
    for y, row in enumerate(rows):
        x = 0
        for text, span in row:
            cell = table.cell(y, x)
            if span > 1:
                cell = cell.merge(table.cell(y, x + span - 1))
            cell.text = text
            x += span
    return saved(document)


def test_a_number_that_stretches_over_columns_stands_once() -> None:
    rows = [
        [("科目", 2), ("预算数", 2), ("完成数", 3), ("占预算%", 1)],
        [("税收收入", 2), ("927210", 2), ("848910", 3), ("91.6", 1)],
        [("非税收入", 2), ("521275", 2), ("599267", 3), ("115.0", 1)],
    ]
    source = read_source(drawn(rows, 8), "r.docx")
    assert roles(source, "table_head") == ["科目\t预算数\t完成数\t占预算%"]
    assert roles(source, "table_row") == ["税收收入\t927210\t848910\t91.6", "非税收入\t521275\t599267\t115.0"]


def test_two_tables_under_their_own_titles_in_one_grid() -> None:
    rows = [
        [("附表1", 6)],
        [("收入完成情况表", 6)],
        [("科目", 2), ("预算数", 2), ("完成数", 2)],
        [("税收收入", 2), ("927210", 2), ("848910", 2)],
        [("附表2", 6)],
        [("支出完成情况表", 6)],
        [("科目", 1), ("调整预算数", 3), ("完成数", 2)],
        [("教育支出", 1), ("510771", 3), ("488081", 2)],
    ]
    source = read_source(drawn(rows, 6), "r.docx")
    assert roles(source, "table_row") == ["税收收入\t927210\t848910", "教育支出\t510771\t488081"]
    assert roles(source, "table_head")[-1] == "科目\t调整预算数\t完成数"


def test_a_word_file_is_told_from_a_workbook_and_an_archive() -> None:
    assert kind_of(saved(word()), "r.zip") == "docx"
    assert kind_of(saved(openpyxl.Workbook()), "r.zip") == "xlsx"


def test_a_damaged_word_file_is_refused() -> None:
    data = saved(word())
    for damaged in (data[: len(data) // 2], data.replace(b"word/document.xml", b"word/documenT.xml")):
        with pytest.raises(Unreadable):
            read_source(damaged, "r.docx")


def test_entities_are_not_expanded() -> None:
    buffer = io.BytesIO()
    part = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d xmlns="x">&a;</d>'
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", part)
    with pytest.raises(Unreadable):
        read_source(buffer.getvalue(), "r.docx")


def test_an_old_word_file_without_a_converter_tells_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    with pytest.raises(Unreadable) as error:
        read_source(OLE, "r.doc")
    assert "LibreOffice" in error.value.next_step
    with pytest.raises(Unreadable, match="RTF"):
        read_source(b"{\\rtf1 text}", "r.rtf")


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        ("echo '惠济区通报'; echo; echo '截至6月底完成15件。'", None),
        ("echo broken >&2; exit 3", "broken"),
        ("exit 0", "no text"),
    ],
)
def test_an_old_word_file_goes_through_an_installed_converter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, outcome: str | None
) -> None:
    """A stand-in for antiword: what counts is how it is called and what is made of its answers."""
    program = tmp_path / "antiword"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(program) if name == "antiword" else None)
    if outcome is None:
        assert roles(read_source(OLE, "../r.doc"), "paragraph")[-1] == "截至6月底完成15件。"
        return
    with pytest.raises(Unreadable, match=outcome):
        read_source(OLE, "../r.doc")


def workbook() -> openpyxl.Workbook:
    """A workbook with a named sheet of two tables, a hidden sheet and numbers in several formats."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "实事进展"
    rows = [
        ["民生实事进展表"],
        ["单位：万元"],
        ["项目", "投资", "完成率"],
        ["学校", 12.5, 0.813],
        ["道路", 0.1 + 0.2, 1],
        [],
    ]
    for row in [*rows, ["分类", "数量"], ["社区", 45], ["合计", None]]:
        sheet.append(row)
    for cell in (sheet["C4"], sheet["C5"]):
        cell.number_format = "0.0%"
    hidden = book.create_sheet("草稿")
    hidden.append(["旧数", 999])
    hidden.sheet_state = "hidden"
    return book


def test_sheets_are_tables_under_their_name() -> None:
    source = read_source(saved(workbook()), "r.xlsx")
    assert roles(source, "heading") == ["实事进展"]
    assert roles(source, "caption") == ["民生实事进展表", "单位：万元"]
    assert roles(source, "table_head") == ["项目\t投资\t完成率", "分类\t数量"]
    assert roles(source, "table_row") == ["学校\t12.5\t81.3%", "道路\t0.3\t100%", "社区\t45", "合计\t"]
    assert "999" not in source.text


def test_a_damaged_workbook_is_refused() -> None:
    data = saved(workbook())
    with pytest.raises(Unreadable, match="damaged"):
        read_source(data[: len(data) // 2], "r.xlsx")
    with pytest.raises(Unreadable, match="damaged"):
        read_source(OLE + "Workbook".encode("utf-16-le") + bytes(80), "r.xls")


def test_a_csv_is_a_table_in_any_encoding() -> None:
    data = '项目,数量,说明\r\n学校,4,"含""新建""2所"\r\n道路,7,\r\n'.encode("gb18030")
    source = read_source(data, "r.csv")
    assert source.text == '项目\t数量\t说明\n学校\t4\t含"新建"2所\n道路\t7\t'
    assert source.encoding == "gb18030"

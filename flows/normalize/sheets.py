"""Spreadsheets to ``SourceText``: each sheet is a heading (its name) and the tables on it.

Numbers come out as they are stored, without the binary noise of floats (0.1 + 0.2 shows as 0.3); percentages by their
format (0.813 in a cell of format 0.0% is 81.3%), dates as ISO days. Empty rows part the tables of a sheet.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
import xlrd
from openpyxl.utils.exceptions import InvalidFileException

from flows.errors import Unreadable
from flows.normalize.archives import MAX_MEMBERS, ZIP_ERRORS, inflate
from flows.normalize.blocks import Block, cell, compose, paragraph, table_blocks
from flows.normalize.decode import decode
from flows.normalize.model import SourceText

MAX_SHEETS = 100
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 50_000, 300, 1_000_000
_PERCENT = re.compile(r"0(?:\.(0+))?%")
_DEFAULT_NAME = re.compile(r"^(?:Sheet|工作表)\s*\d*$", re.I)
Row = list[str]


def read_xlsx(data: bytes, name: str) -> SourceText:
    """The visible sheets of a workbook. Raises Unreadable for a damaged, locked or oversized one."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if len(archive.infolist()) > MAX_MEMBERS:
            raise Unreadable("The workbook has too many parts", name, "Save it again as .xlsx")
        for info in archive.infolist():
            inflate(archive, info, name)  # a bomb is found before openpyxl unpacks it
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [
            (sheet.title, list(_xlsx_rows(sheet)))
            for sheet in book.worksheets[:MAX_SHEETS]
            if sheet.sheet_state == "visible"
        ]
    except (*ZIP_ERRORS, InvalidFileException, ParseError, TypeError, AttributeError) as error:
        raise Unreadable("The workbook is damaged", f"{name}: {error}", "Fetch it again; it may be cut off") from None
    return _source(sheets, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def _xlsx_rows(sheet: Any) -> Iterator[Row]:
    cells = 0
    for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS):
        cells += len(row)
        if cells > MAX_CELLS:
            return
        yield [_shown(item.value, str(item.number_format or "") if item.value is not None else "") for item in row]


def read_xls(data: bytes, name: str) -> SourceText:
    """The visible sheets of an old workbook, as ``read_xlsx``."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        sheets = [
            (sheet.name, list(_xls_rows(book, sheet))) for sheet in book.sheets()[:MAX_SHEETS] if not sheet.visibility
        ]
    except Exception as error:  # xlrd fails on damaged records in every way there is
        if isinstance(error, MemoryError):
            raise
        reason = "it is locked" if "encrypted" in str(error).lower() else f"{type(error).__name__}: {error}"
        raise Unreadable(
            "The workbook is damaged", f"{name}: {reason}", "Fetch it again, or save it as .xlsx"
        ) from None
    return _source(sheets, "application/vnd.ms-excel")


def _xls_rows(book: Any, sheet: Any) -> Iterator[Row]:
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for y0, y1, x0, x1 in sheet.merged_cells:
        for y in range(y0, min(y1, MAX_ROWS)):
            for x in range(x0, min(x1, MAX_COLUMNS)):
                if len(merged) < MAX_CELLS:
                    merged[y, x] = y0, x0
    for y in range(min(sheet.nrows, MAX_ROWS)):
        yield [_xls_cell(book, sheet, *merged.get((y, x), (y, x))) for x in range(min(sheet.ncols, MAX_COLUMNS))]


def _xls_cell(book: Any, sheet: Any, y: int, x: int) -> str:
    item = sheet.cell(y, x)
    if item.ctype == xlrd.XL_CELL_ERROR:
        return ""
    if item.ctype == xlrd.XL_CELL_DATE:
        return str(xlrd.xldate_as_datetime(item.value, book.datemode).date())
    shape = book.format_map[book.xf_list[item.xf_index].format_key].format_str if item.xf_index is not None else ""
    return _shown(item.value, shape)


def read_csv(data: bytes, name: str) -> SourceText:
    """A comma- or tab-separated table as one sheet."""
    text, encoding = decode(data, None, name)
    head = text[:4096]
    delimiter = max(",\t;", key=head.count)
    csv.field_size_limit(1_000_000)
    try:
        rows = []
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([cell(value) for value in row[:MAX_COLUMNS]])
            if len(rows) >= MAX_ROWS:
                break
    except csv.Error as error:
        raise Unreadable("The table cannot be read", f"{name}: {error}", "Save it again as CSV") from None
    return _source([("", rows)], "text/csv", encoding)


def _shown(value: object, shape: str) -> str:
    """A cell's value as text."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, int | float):
        percent = _PERCENT.search(shape)
        if percent:
            return f"{round(value * 100, 10):.15g}%"
        return f"{value:.15g}" if abs(value) < 1e15 else str(value)
    return cell(str(value))


def _source(sheets: Iterable[tuple[str, list[Row]]], media_type: str, encoding: str | None = None) -> SourceText:
    blocks: list[Block] = []
    for name, rows in sheets:
        tables = [block for table in _tables(rows) for block in _table_blocks(table)]
        if tables and name and not _DEFAULT_NAME.match(name):
            blocks.append(Block("heading", cell(name)))
        blocks += tables
    text, spans = compose(blocks)
    return SourceText(text, media_type, encoding, spans, (), ())


def _tables(rows: list[Row]) -> Iterator[list[Row]]:
    """The tables of a sheet: rows without a gap between them, without the columns that none of them fills."""
    table: list[Row] = []
    for row in [*rows, []]:
        if any(row):
            table.append(row)
        elif table:
            width = max(map(len, table))
            full = [line + [""] * (width - len(line)) for line in table]
            kept = [x for x in range(width) if any(line[x] for line in full)]
            yield [[line[x] for x in kept] for line in full]
            table = []


def _table_blocks(table: list[Row]) -> list[Block]:
    """The lines of a table; rows of one filled cell before it are its names, and a sheet of such rows is prose."""
    names: list[Block] = []
    while (table and sum(map(bool, table[0])) == 1) or (table and len({text for text in table[0] if text}) == 1):
        line = paragraph(next(text for text in table[0] if text))
        table = table[1:]
        if line is not None:
            names.append(line)
    if not table:
        return names
    captions = [Block("caption", line.text, tight=index > 0) for index, line in enumerate(names)]
    rows = table_blocks(table)
    if captions and rows:
        rows[0] = Block(rows[0].role, rows[0].text, tight=True)
    return captions + rows

"""This file writes a paper's tables as a workbook: a sheet a table, ready to sort and filter.

Text is always written as text, so that a name that begins with "=" is never a formula.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from linter.messages import N_, format_date, translate
from linter.reports.office.paper import Paper, Table
from linter.reports.office.plain import cell_text

_FONT = "Times New Roman"
_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
# Widths of columns in letters, and the height of a line in points.
_NARROW, _WIDE, _ABOUT, _LINE = 14, 48, 100, 16


def write(paper: Paper, lang: str) -> bytes:
    """The whole workbook: first what the paper is and what it leaves open, then its tables."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = translate(N_("About"), lang, domain="reports")
    about = [paper.kind, paper.abstract, format_date(paper.day.isoformat(), lang), *paper.notes]
    if paper.letterhead.issuer:
        about.insert(0, paper.letterhead.issuer)
    for number, text in enumerate(about, 1):
        cell = _put(sheet, number, 1, text, bold=number <= 3)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[number].height = _LINE * _lines(text, _ABOUT)
    sheet.column_dimensions["A"].width = _ABOUT
    _fit(sheet)
    taken = {sheet.title}
    for table in paper.tables:
        title = _free_name(table.sheet, taken)
        _sheet(book.create_sheet(title), table)
    moment = datetime(paper.day.year, paper.day.month, paper.day.day)
    book.properties.created = book.properties.modified = moment
    book.properties.title = cell_text(paper.abstract)
    book.properties.creator = cell_text(paper.letterhead.issuer)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(sheet: Any, table: Table) -> None:
    widths = [_WIDE if index in table.wide else _NARROW for index in range(len(table.headings))]
    for column, text in enumerate(table.headings, 1):
        cell = _put(sheet, 1, column, text, bold=True)
        cell.fill = PatternFill("solid", fgColor="EDEBE6")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(column)].width = widths[column - 1]
    rows = [table.headings, *table.rows]
    for number, row in enumerate(rows, 1):
        most = max(_lines(str(cell), width) for cell, width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = _LINE * most
    for number, row in enumerate(table.rows, 2):
        for column, value in enumerate(row, 1):
            cell = _put(sheet, number, column, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    last = get_column_letter(len(table.headings))
    sheet.auto_filter.ref = f"A1:{last}{max(2, len(table.rows) + 1)}"
    _fit(sheet)
    sheet.print_title_rows = "1:1"


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; not every program reckons that by itself."""
    return max(1, sum(-(-len(line) // (width - 1)) for line in text.split("\n")))


def _fit(sheet: Any) -> None:
    """Printed, no column falls on a page of its own."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _put(sheet: Any, row: int, column: int, value: Any, *, bold: bool = False) -> Any:
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = cell_text(value)
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@\t\r" if value else False
    else:
        cell.value = value
        if isinstance(value, float):
            cell.number_format = "0.0##"
    cell.font = Font(name=_FONT, size=12, bold=bold)
    cell.border = _GRID
    return cell


def _free_name(wanted: str, taken: set[str]) -> str:
    """A sheet's name: at most 31 characters, none that the format forbids, each once."""
    short = "".join(" " if char in "[]:*?/\\'" else char for char in wanted)[:28].strip() or "–"
    name, number = short, 1
    while name in taken:
        number += 1
        name = f"{short} {number}"
    taken.add(name)
    return name

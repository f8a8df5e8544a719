"""This file writes a paper as a Word document in the layout of Decree 30/2020, Annex I.

A4, Times New Roman, national title and motto on the right, the issuing body on the left, number,
place and date, type and abstract in the middle, signature on the right, recipients on the left;
page numbers in the middle of the top margin, none on the first page.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as _Paragraph

from linter.messages import N_, say, translate
from linter.reports.office.paper import Block, Cell, Heading, Paper, Paragraph, Table
from linter.reports.office.plain import plain, say_number

_FONT = "Times New Roman"
_BODY, _SMALL, _TINY = Pt(14), Pt(12), Pt(11)
_CENTRE, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
_DOTS = "…………"
_BLANK = "……"
_RULE_UNDER_TEXT = "──────────"
# Tables of more columns go on a page of their own that lies on its side.
_MOST_UPRIGHT = 6
# A table of so few rows is not torn apart.
_SHORT = 20
# In letters: what a column holds unbroken, what it keeps where a word is longer (an address), and
# how much more text asks for room. One letter is so wide.
_LONGEST_WORD, _BROKEN_WORD, _WIDEST = 17, 16, 40
_LETTER = Mm(2)


def write(paper: Paper, lang: str) -> bytes:
    """The whole document."""
    document = begin(paper, lang)
    sign(document, paper, lang)
    if paper.annexes:
        _turn(document, sideways=any(len(t.headings) > _MOST_UPRIGHT for t in paper.tables))
        for block in paper.annexes:
            _block(document, block, lang)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def begin(paper: Paper, lang: str) -> Any:
    """A document that has all of the paper down to its signature."""
    document = Document()
    _set_up(document, paper)
    _letterhead(document, paper, lang)
    for note in paper.notes:
        _line(document.add_paragraph(), note, bold=True, italic=True)
    for block in paper.body:
        _block(document, block, lang)
    return document


def _set_up(document: Any, paper: Paper) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, _BODY
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), _FONT)
    style.paragraph_format.space_after = Pt(6)
    style.paragraph_format.line_spacing = 1.15
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    _page_number(number)
    properties = document.core_properties
    properties.title, properties.author = plain(paper.abstract), plain(paper.letterhead.issuer)
    properties.language = "vi-VN"
    moment = datetime(paper.day.year, paper.day.month, paper.day.day)
    properties.created = properties.modified = moment


def _page_number(paragraph: Any) -> None:
    run = paragraph.add_run()
    run.font.size = _BODY
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _letterhead(document: Any, paper: Paper, lang: str) -> None:
    head = paper.letterhead
    table = document.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = (Mm(65), Mm(100))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    left, right = table.rows[0].cells
    _lines(left, [(head.parent.upper(), _SMALL, False, False)])
    _lines(left, [((head.issuer or _DOTS).upper(), _SMALL, True, False)])
    _lines(left, [(_RULE_UNDER_TEXT, Pt(6), False, False)])
    _lines(right, [(_say("SOCIALIST REPUBLIC OF VIET NAM", lang), _SMALL, True, False)])
    _lines(right, [(_say("Independence – Freedom – Happiness", lang), Pt(13), True, False)])
    _lines(right, [(_RULE_UNDER_TEXT * 2, Pt(6), False, False)])
    number, place = table.rows[1].cells
    if not paper.form:
        symbol = {"symbol": head.symbol or _DOTS}
        text = say(N_("No.      /BC-{symbol}"), symbol, lang, "reports")
        _lines(number, [(text, Pt(13), False, False)])
    where = {
        "place": head.place or _DOTS,
        "day": _BLANK if paper.form else f"{paper.day.day:02d}",
        "month": _BLANK if paper.form else f"{paper.day.month:02d}",
        "year": _BLANK if paper.form else paper.day.year,
    }
    dated = say(N_("{place}, day {day} month {month} year {year}"), where, lang, "reports")
    _lines(place, [(dated, Pt(13), False, True)])
    for text, size in ((paper.kind.upper(), _BODY), (paper.abstract, _BODY)):
        title = document.add_paragraph()
        title.alignment = _CENTRE
        title.paragraph_format.space_before = Pt(6)
        _line(title, text, bold=True, size=size)
    rule = document.add_paragraph()
    rule.alignment = _CENTRE
    _line(rule, _RULE_UNDER_TEXT, size=Pt(6))


def _hold_end(document: Any) -> None:
    """The last of the body goes with the signature, which never stands on a page by itself."""
    *_, last = document.iter_inner_content()
    if isinstance(last, _Paragraph):
        last.paragraph_format.keep_with_next = True
    if isinstance(last, _Paragraph) and not last.text and document.tables:  # what follows a table
        rows = document.tables[-1].rows
        # Word heeds each row; LibreOffice moves a table only as a whole.
        hold_rows(rows if len(rows) <= _SHORT else rows[-2:])


def hold_rows(rows: Iterable[Any]) -> None:
    """No page ends between these rows, nor after them."""
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def sign(document: Any, paper: Paper, lang: str) -> None:
    """Adds who gets the paper and who signs it, never alone on a page."""
    _hold_end(document)
    head = paper.letterhead
    document.add_paragraph().paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = table.rows[0].cells
    if head.recipients:
        _lines(left, [(_say("Recipients:", lang), _SMALL, True, True)], _LEFT)
    for recipient in head.recipients:
        _lines(left, [(f"- {recipient}", _TINY, False, False)], _LEFT)
    _lines(right, [((head.signer_title or _DOTS).upper(), _BODY, True, False)])
    _lines(right, [("", _BODY, False, False)] * 3)
    _lines(right, [(head.signer_name or _DOTS, _BODY, True, False)])


def _say(text: str, lang: str) -> str:
    return translate(text, lang, domain="reports")


# Texts of the frame that every administrative document has.
FRAME = (
    N_("SOCIALIST REPUBLIC OF VIET NAM"),
    N_("Independence – Freedom – Happiness"),
    N_("Recipients:"),
)


def _lines(
    cell: Any, lines: Sequence[tuple[str, Any, bool, bool]], alignment: Any = _CENTRE
) -> None:
    for text, size, bold, italic in lines:
        first = cell.paragraphs[0]
        untouched = len(cell.paragraphs) == 1 and not first.runs
        paragraph = first if untouched else cell.add_paragraph()
        paragraph.alignment = alignment
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = 1.0
        _line(paragraph, text, bold=bold, italic=italic, size=size)


def _line(
    paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: Any = None
) -> None:
    run = paragraph.add_run(plain(text))
    run.bold, run.italic = bold, italic
    if size is not None:
        run.font.size = size


def _block(document: Any, block: Block, lang: str) -> None:
    match block:
        case Heading():
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_before = Pt(8)
            _line(paragraph, block.text, bold=True)
        case Paragraph():
            paragraph = document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Mm(10)
            _line(paragraph, block.text, bold=block.grave)
        case Table():
            _table(document, block, lang)


def _table(document: Any, block: Table, lang: str) -> None:
    caption = document.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    _line(caption, block.caption, italic=True, size=Pt(13))
    section = document.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    widths = _widths(block, int(room))
    table = document.add_table(rows=1, cols=len(block.headings))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for cell, text, width in zip(table.rows[0].cells, block.headings, widths, strict=True):
        cell.width = width
        _lines(cell, [(text, _TINY, True, False)])
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(head)
    for row in block.rows:
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, value, width in zip(added.cells, row, widths, strict=True):
            cell.width = width
            centred = _CENTRE if isinstance(value, (int, float)) else _LEFT
            _lines(cell, [(_shown(value, lang), _TINY, False, False)], centred)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _widths(block: Table, room: int) -> list[int]:
    """Each column holds its longest word unbroken; what room is left goes where text is long."""
    least, wanted = [], []
    for index, heading in enumerate(block.headings):
        cells = [row[index] for row in block.rows]
        texts = [heading, *(plain(say_number(c, "vi")) for c in cells if c is not None)]
        longest = max((len(word) for text in texts for word in text.split()), default=1)
        least.append((longest if longest <= _LONGEST_WORD else _BROKEN_WORD) + 3)
        wanted.append(min(max(map(len, texts)), _WIDEST if index in block.wide else 1))
    spare = max(0.0, room / _LETTER - sum(least))
    shares = [low + spare * want / sum(wanted) for low, want in zip(least, wanted, strict=True)]
    return [int(room * share / sum(shares)) for share in shares]


def _shown(value: Cell, lang: str) -> str:
    return "" if value is None else say_number(value, lang)


def _turn(document: Any, *, sideways: bool) -> None:
    """Begins a new page for the annexes, on its side where their tables are wide."""
    section = document.add_section()
    section.different_first_page_header_footer = False
    if sideways:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)

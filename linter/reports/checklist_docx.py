"""This file writes the form of linter.reports.checklist as DOCX, and reads a filled-in one back.

A question is one table. Its first cell bears the clause's id, so that the answers find their way
back; a committee ticks a box by writing anything into its cell beside the word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from linter.messages import format_date, say, translate
from linter.reports.checklist import CHOICES, FIELDS, Checklist, Question
from linter.reports.office.as_docx import begin, hold_rows, sign
from linter.reports.office.paper import Letterhead, Paper, Paragraph

_DOMAIN = "checklist"
_SITE = "congtin:"
# The columns of a question: the box, and what its words, labels and answers fill.
_WIDTHS = (Mm(12), Mm(63), Mm(45), Mm(45))


@dataclass(frozen=True)
class Filled:
    """One answered question as it stands in the form; texts are as the committee wrote them."""

    requirement: str
    site: str
    outcome: str
    evidence: str
    who: str
    when: str
    until: str


def write_docx(form: Checklist, head: Letterhead, lang: str) -> bytes:
    """The form as a DOCX in the layout of administrative documents, one table a question."""
    params = {"name": form.name, "day": format_date(form.as_of.isoformat(), lang)}
    paper = Paper(
        translate("Form of questions", lang, _DOMAIN),
        form.name,
        replace(
            head,
            signer_title=translate("Who answers", lang, _DOMAIN),
            signer_name="",
            recipients=(head.issuer,) if head.issuer else (),
        ),
        form.as_of,
        (),
        (
            Paragraph(
                say(
                    "What no machine can judge on {name}, by the law of {day}.",
                    params,
                    lang,
                    _DOMAIN,
                )
            ),
            Paragraph(
                translate(
                    "Write an x beside one answer a question, name the evidence, who answers and "
                    "the day (for example 17/12/2015). Then run: congtin report answers FORM.docx",
                    lang,
                    _DOMAIN,
                )
            ),
        ),
        form=True,
    )
    document = begin(paper, lang)
    document.core_properties.subject = f"{_SITE}{form.site}"
    for number, chapter in enumerate(form.chapters, 1):
        title = document.add_paragraph()
        title.paragraph_format.keep_with_next = True
        title.add_run(f"{number}. {chapter.number}: {chapter.title}").bold = True
        for index, question in enumerate(chapter.questions, 1):
            _ask(document, f"{number}.{index}", question, lang)
    sign(document, paper, lang)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _ask(document: Docx, number: str, question: Question, lang: str) -> None:
    table = document.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    head = _wide(table)
    _write(head, f"{number}. {question.cite} [{question.requirement}]", bold=True)
    _write(head, question.duty, more=True)
    _write(head, question.asks, bold=True, more=True)
    given = question.given
    for outcome, words in CHOICES.items():
        box, text = _pair(table)
        _write(box, "x" if given and given.outcome == outcome else "")
        box.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(text, translate(words, lang, _DOMAIN))
    said = {
        "evidence": given.evidence if given else "",
        "who": given.who if given else "",
        "when": format_date(given.when.isoformat(), "vi") if given else "",
        "until": format_date(given.until.isoformat(), "vi") if given and given.until else "",
    }
    for key, label in FIELDS.items():
        left, right = _halves(table)
        _write(left, translate(label, lang, _DOMAIN))
        _write(right, said[key])
    for row in table.rows:
        _keep_whole(row._tr)
    hold_rows(list(table.rows)[:-1])
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _wide(table: Table) -> _Cell:
    return _merge(_cells(table), 0, 3)


def _pair(table: Table) -> tuple[_Cell, _Cell]:
    cells = _cells(table)
    return cells[0], _merge(cells, 1, 3)


def _halves(table: Table) -> tuple[_Cell, _Cell]:
    cells = _cells(table)
    return _merge(cells, 0, 1), _merge(cells, 2, 3)


def _cells(table: Table) -> tuple[_Cell, ...]:
    """The cells of a new row: the first is a box to tick."""
    row: Any = table.add_row()  # type: ignore[no-untyped-call]  # python-docx's own gap
    for cell, width in zip(row.cells, _WIDTHS, strict=True):
        cell.width = width
    return tuple(row.cells)


def _merge(cells: tuple[_Cell, ...], first: int, last: int) -> _Cell:
    merged: _Cell = cells[first].merge(cells[last])
    return merged


def _write(cell: _Cell, text: str, bold: bool = False, more: bool = False) -> None:
    paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = 1.0
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(13)


def _keep_whole(row: Any) -> None:
    """Keeps a row on one page."""
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def read_docx(path: Path) -> tuple[Filled, ...]:
    """The questions of a form that were answered: those with exactly one box filled.

    Raises ValueError for a file that is no such form, or with a question that bears two answers.
    """
    try:
        document = Document(str(path))
    except Exception as error:  # python-docx raises whatever zip and XML raise
        raise ValueError(str(error)) from error
    subject = document.core_properties.subject or ""
    if not subject.startswith(_SITE):
        raise ValueError(path.name)
    site = subject.removeprefix(_SITE)
    return tuple(filled for table in document.tables if (filled := _read(table, site)))


def _read(table: Table, site: str) -> Filled | None:
    head = table.rows[0].cells[0].paragraphs[0].text
    if len(table.columns) != len(_WIDTHS):  # the letterhead, or the signature
        return None
    clause = head.rpartition("[")[2].rstrip("] ")
    rows = table.rows[1:]
    boxes = {key: rows[index].cells[0].text.strip() for index, key in enumerate(CHOICES)}
    ticked = [key for key, mark in boxes.items() if mark]
    if not ticked:
        return None
    if len(ticked) > 1:
        raise ValueError(clause)
    texts = [rows[len(CHOICES) + index].cells[3].text.strip() for index in range(len(FIELDS))]
    return Filled(clause, site, ticked[0], *texts)

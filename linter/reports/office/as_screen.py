"""This file writes a paper as plain text, for a screen."""

from __future__ import annotations

import io

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from linter.reports.office.paper import Heading, Paper, Paragraph, Table
from linter.reports.office.plain import plain, say_number


def write(paper: Paper, lang: str, width: int = 100) -> str:
    """Title, notes, body and annexes; tables are drawn with lines."""
    stream = io.StringIO()
    console = Console(file=stream, width=width, highlight=False, color_system=None)
    console.print(escape(plain(f"{paper.kind} {paper.abstract}")))
    for note in paper.notes:
        console.print(escape(plain(f"! {note}")))
    for block in (*paper.body, *paper.annexes):
        console.print()
        match block:
            case Heading():
                console.print(escape(plain(block.text.upper())))
            case Paragraph():
                console.print(escape(plain(block.text)))
            case Table():
                console.print(escape(plain(block.caption)))
                console.print(_grid(block, lang))
    return "\n".join(line.rstrip() for line in stream.getvalue().split("\n"))


def _grid(table: Table, lang: str) -> Grid:
    grid = Grid(box=SIMPLE_HEAD)
    for index, heading in enumerate(table.headings):
        numbers = all(isinstance(row[index], (int, float, type(None))) for row in table.rows)
        grid.add_column(escape(plain(heading)), justify="right" if numbers else "left")
    for row in table.rows:
        grid.add_row(
            *("–" if cell is None else escape(plain(say_number(cell, lang))) for cell in row)
        )
    return grid

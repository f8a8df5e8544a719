"""This file reads a table into cells that know their rows and columns, as HTML lays them out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from linter.page import Element
from linter.semantics import role_of

# HTML lets no cell span more.
_MOST_COLUMNS = 1000
_MOST_ROWS = 65534
_HEADERS = ("columnheader", "rowheader")
_CELLS = ("cell", "gridcell", *_HEADERS)


@dataclass(frozen=True)
class Cell:
    """One cell: the rows and columns that it covers, counted from 0.

    `scope` is what it heads when it says so, `headers` the ids of the cells that head it.
    """

    element: Element
    rows: frozenset[int]
    columns: frozenset[int]
    is_header: bool
    scope: str
    headers: tuple[str, ...]


def read_grid(table: Element) -> list[Cell]:
    """The cells of a <table> or of an element with a table's role, in document order."""
    rows = list(_rows(table))
    taken: dict[int, set[int]] = {}
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        place = 0
        for element in _cells(row):
            while place in taken.get(number, ()):
                place += 1
            wide = min(_span(element, "colspan"), _MOST_COLUMNS)
            # A span of 0 rows goes on to the end.
            high = _span(element, "rowspan", none=0) or len(rows)
            covered = range(number, min(number + min(high, _MOST_ROWS), len(rows)))
            columns = range(place, place + wide)
            for one in covered:
                taken.setdefault(one, set()).update(columns)
            cells.append(_cell(element, frozenset(covered), frozenset(columns)))
            place += wide
    return cells


def _cell(element: Element, rows: frozenset[int], columns: frozenset[int]) -> Cell:
    role = role_of(element)
    scope = element.get("scope", "").strip().lower()
    if element.get("role") == "columnheader":
        scope = "col"
    elif element.get("role") == "rowheader":
        scope = "row"
    is_header = role in _HEADERS
    return Cell(element, rows, columns, is_header, scope, tuple(element.get("headers", "").split()))


def _span(element: Element, name: str, none: int = 1) -> int:
    """HTML's own number, or ARIA's; 1 where there is none, `none` for a zero."""
    text = (element.get(name) or element.get(f"aria-{name}") or "1").strip()
    number = int(text) if text.isdigit() else 1
    return number or none


def _rows(table: Element) -> Iterator[Element]:
    """The rows of this table, not those of one inside it."""
    for child in table:
        if not isinstance(child.tag, str):
            continue
        role = role_of(child)
        if role == "row":
            yield child
        elif role in ("rowgroup", "", "none", "generic") and child.tag != "table":
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if not isinstance(child.tag, str):
            continue
        if role_of(child) in _CELLS:
            yield child
        elif child.tag not in ("table", "td", "th") and role_of(child) in ("", "none", "generic"):
            yield from _cells(child)

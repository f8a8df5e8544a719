"""Every header cell of a table heads something.

Why: A screen reader speaks the header with each cell below or beside it; a header over nothing
announces a column that is not there, or belongs to cells that name another one.
Whom it hurts: Blind people, everyone who reads a long table.
Mend: Leave no column and no row empty of cells; make a header that heads nothing a <td>, or the
table's <caption>.
Mend in Markdown: Give each row as many | as the first, and write at least one row below the header.
What names the whole table stands above it: Bảng: tên bảng.
Limits: Follows the way in which HTML assigns header cells; cells added by scripts are not seen.
"""

from collections.abc import Iterator, Sequence

from linter.elements import text_of
from linter.grids import Cell, read_grid
from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, role_of


@page_rule(
    "warning",
    wcag=("1.3.1",),
    act=("d0f69e",),
    supersedes=("axe/th-has-data-cells",),
    messages={"heads-nothing": "No cell belongs to the header “{text}”."},
)
def rule(page: Page) -> Iterator[Observation]:
    for table in page.outline.pick("table", or_bearing=("role",)):
        if role_of(table) not in ("table", "grid", "treegrid") or not is_exposed(table):
            continue
        cells = read_grid(table)
        for header in cells:
            if not header.is_header or not is_exposed(header.element):
                continue
            kind = _kind(header, cells)
            if any(_heads(header, kind, cell) for cell in cells if cell is not header):
                yield page.passes(header.element)
            else:
                text = text_of(header.element)
                yield page.fails(header.element, "heads-nothing", text=text)


def _kind(header: Cell, cells: Sequence[Cell]) -> str:
    """Whether it heads its column or its row; empty where neither is sure."""
    if header.scope:
        return header.scope
    data = [cell for cell in cells if not cell.is_header]
    if not any(cell.rows & header.rows for cell in data):
        return "col"
    return "" if any(cell.columns & header.columns for cell in data) else "row"


def _heads(header: Cell, kind: str, cell: Cell) -> bool:
    """Whether the cell, which may be a header too, belongs to the header."""
    if cell.headers:
        return header.element.get("id") in cell.headers
    below = bool(header.columns & cell.columns) and min(cell.rows) > max(header.rows)
    beside = bool(header.rows & cell.rows)
    if kind in ("row", "rowgroup"):
        return beside
    return below if kind in ("col", "colgroup") else below or beside

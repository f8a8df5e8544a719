"""A data table has header cells.

Why: Without headers a screen reader reads a row of bare numbers; nobody can tell what they count.
Whom it hurts: Blind people, everyone who reads a long table.
Mend: Write the cells of the first row, or the first cell of each row, as <th scope="col"> or <th
scope="row">.
Mend in Markdown: Write the names of the columns in the first row: | Tên | Số lượng |, then | --- |
--- |.
Limits: A table counts as data when it has at least two rows and columns and no role of its own.
"""

from collections.abc import Iterator

from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, role_of


@page_rule(
    "error",
    wcag=("1.3.1",),
    messages={
        "none": "The table has no header cell.",
        "only": "The table has header cells only, and no data.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    for table in page.outline.pick("table"):
        if table in page.outline.around("table"):
            continue  # it lays out others
        if role_of(table) != "table" or not is_exposed(table) or not _is_data(table):
            continue
        headers = table.xpath(".//th | .//td[@scope] | .//*[contains(@role, 'header')]")
        cells = table.xpath(".//td[not(@scope)]")
        if not headers:
            yield page.fails(table, "none")
        elif not cells:
            yield page.fails(table, "only")
        else:
            yield page.passes(table)


def _is_data(table: Element) -> bool:
    """At least two rows of at least two cells."""
    rows = [sum(cell.tag in ("td", "th") for cell in row) for row in table.iter("tr")]
    return sum(cells >= 2 for cells in rows) >= 2

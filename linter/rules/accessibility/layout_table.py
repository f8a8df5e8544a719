"""Tables hold data; they do not lay out a page.

Why: Read cell by cell, a layout table scatters what belongs together, and it cannot fold on a
phone.
Whom it hurts: Blind people, people who enlarge the page, people on phones.
Mend: Place the parts with <div> and the style sheet (grid, flex) instead of a table; where it
cannot be changed soon, write role="presentation" on the table.
Mend in Markdown: Write paragraphs and lists instead of a table; the theme lays out the page.
Limits: Finds tables inside tables, and tables without any header cell that have no lines and
layout attributes, or hold paragraphs, lists and pictures in one row.
"""

from collections.abc import Iterator

from linter.elements import text_of
from linter.outline import around
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import role_of


@page_rule(
    "warning",
    wcag=("1.3.1", "1.3.2"),
    messages={"layout": "The table lays out the page instead of holding data."},
)
def rule(page: Page) -> Iterator[Observation]:
    outline = page.outline
    full_cells = [cell for cell in outline.pick("td") if cell in outline.around("table")]
    nesting = around(full_cells)
    for table in outline.pick("table"):
        nested = table in nesting
        bare = table not in outline.around("th", "caption") and role_of(table) == "table"
        if nested or (bare and (_is_spaced(table) or _is_one_row_of_blocks(table))):
            yield page.fails(table, "layout")
        else:
            yield page.passes(table)


def _is_spaced(table: Element) -> bool:
    """Whether attributes say how far cells are apart, and none draws lines between them."""
    if table.get("border", "0").strip() not in ("", "0"):
        return False
    return any(table.get(name) is not None for name in ("cellspacing", "cellpadding", "border"))


def _is_one_row_of_blocks(table: Element) -> bool:
    rows = list(table.iter("tr"))
    return len(rows) == 1 and any(
        text_of(block) if block.tag == "p" else True
        for block in rows[0].iterdescendants("p", "ul", "ol", "img", "h2", "h3", "form")
    )

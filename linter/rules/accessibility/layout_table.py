"""Tables hold data; they do not lay out a page.

Why: Read cell by cell, a layout table scatters what belongs together, and it cannot fold on a
phone.
Whom it hurts: Blind people, people who enlarge the page, people on phones.
Mend: Place the parts with <div> and the style sheet (grid, flex) instead of a table; where it
cannot be changed soon, write role="presentation" on the table.
Mend in Markdown: Write paragraphs and lists instead of a table; the theme lays out the page.
Limits: Finds tables inside tables, and tables with layout attributes and no header cell.
"""

from collections.abc import Iterator

from linter.model import Observation, Page
from linter.outline import around
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
        drawn = any(
            table.get(name) is not None for name in ("cellspacing", "cellpadding", "border")
        )
        bare = table not in outline.around("th", "caption")
        if nested or (drawn and bare and role_of(table) == "table"):
            yield page.fails(table, "layout")
        else:
            yield page.passes(table)

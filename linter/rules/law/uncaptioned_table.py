"""A table of data has a caption or a summary.

Why: Who hears the page must know what a table is about before hearing forty numbers.
Whom it hurts: People who use a screen reader, and everyone who comes to the table from a search.
Mend: Write <caption> as the first thing in the table.
Mend in Markdown: Write a line “Bảng: what the table tells” right above the table.
Limits: A table with header cells is taken for data. A label by aria-label or aria-labelledby
counts.
"""

from collections.abc import Iterator
from datetime import date

from linter.elements import text_of
from linter.model import Snapshot
from linter.page import Element, Observation
from linter.rules.rule import site_rule


@site_rule(
    "error",
    messages={"missing": "The table has neither caption nor summary."},
)
def rule(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
    for page in snapshot.html_pages:
        for table in page.outline.pick("table"):
            if table.get("role") in ("presentation", "none") or not table.xpath(".//th"):
                continue
            if _named(table):
                yield page.passes(table)
            else:
                yield page.fails(table, "missing")


def _named(table: Element) -> bool:
    caption = table.find("caption")
    if caption is not None and text_of(caption):
        return True
    return any(table.get(key, "").strip() for key in ("summary", "aria-label", "aria-labelledby"))

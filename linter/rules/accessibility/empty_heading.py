"""Every heading has text.

Why: Screen reader users move from heading to heading; an empty one is a door without a room.
Whom it hurts: Blind people.
Mend: Write text into the heading, or delete it; for space between parts use the style sheet.
Mend in Markdown: Delete the line that has nothing but # signs, or write the heading behind them: ##
Hồ sơ cần có.
Limits: None known.
"""

from collections.abc import Iterator

from linter.blocks import headings_of
from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import name_of


@page_rule(
    "error",
    wcag=("1.3.1", "2.4.6"),
    act=("ffd0e9",),
    supersedes=("axe/empty-heading",),
    messages={"empty": "The heading is empty."},
)
def rule(page: Page) -> Iterator[Observation]:
    for heading in headings_of(page):
        if name_of(heading):
            yield page.passes(heading)
        else:
            yield page.fails(heading, "empty")

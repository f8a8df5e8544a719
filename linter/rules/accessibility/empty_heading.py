"""Every heading has text.

Why: Screen reader users move from heading to heading; an empty one is a door without a room.
Whom it hurts: Blind people.
Mend: Delete the empty line that starts with #, or write the heading behind it.
Limits: None known.
"""

from collections.abc import Iterator

from linter.blocks import headings_of
from linter.model import Observation, Page
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

"""Every heading has text.

Why: Screen reader users move from heading to heading; an empty one is a door without a room.
Whom it hurts: Blind people.
Mend: Delete the empty line that starts with #, or write the heading behind it.
Limits: None known.
"""

from collections.abc import Iterator

from linter.model import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, name_of, role_of


@page_rule(
    "error",
    wcag=("1.3.1", "2.4.6"),
    act=("ffd0e9",),
    supersedes=("axe/empty-heading",),
    messages={"empty": "The heading is empty."},
)
def rule(page: Page) -> Iterator[Observation]:
    for heading in page.tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6|//*[@role='heading']"):
        if role_of(heading) != "heading" or not is_exposed(heading):
            continue
        if name_of(heading):
            yield page.passes(heading)
        else:
            yield page.fails(heading, "empty")

"""Headings go down one level at a time.

Why: A jump from the second to the fourth level makes readers look for a part that is not there.
Whom it hurts: Blind people who move by headings.
Mend: Give the heading the level below the one before it: after <h2> comes <h3>, not <h4>. Letters
are made smaller by the style sheet.
Mend in Markdown: Start a part with ##, its sub-part with ###, never with #### at once.
Limits: Going up several levels at once is fine.
"""

from collections.abc import Iterator

from linter.blocks import headings_of
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule


@page_rule(
    "warning",
    wcag=("1.3.1",),
    supersedes=("axe/heading-order",),
    messages={"skipped": "A heading of level {level} follows one of level {before}."},
)
def rule(page: Page) -> Iterator[Observation]:
    before = 0
    for heading in headings_of(page):
        level = _level(heading)
        if before and level > before + 1:
            yield page.fails(heading, "skipped", level=level, before=before)
        else:
            yield page.passes(heading)
        before = level


def _level(heading: Element) -> int:
    written = heading.get("aria-level", "")
    if written.isdigit():
        return int(written)
    tag = str(heading.tag)
    return int(tag[1]) if len(tag) == 2 and tag[1].isdigit() else 2

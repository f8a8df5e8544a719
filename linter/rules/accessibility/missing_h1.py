"""Every page has one heading of the first level.

Why: The first heading names the page; who arrives by a link checks there whether they are right.
Whom it hurts: Blind people, people with memory or attention difficulties.
Mend: Give the page one <h1> that names it, usually with the words of its title; start parts with
<h2>.
Mend in Markdown: The theme makes it from the key title. Start parts with ##, not with #.
Limits: Says nothing of what the heading reads.
"""

from collections.abc import Iterator

from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed


@page_rule(
    "warning",
    wcag=("1.3.1", "2.4.6"),
    supersedes=("axe/page-has-heading-one",),
    messages={
        "missing": "The page has no heading of the first level.",
        "second": "The page has more than one heading of the first level.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    if page.is_empty:
        return
    shown = [
        heading
        for heading in page.outline.pick("h1", or_bearing=("aria-level",))
        if (heading.tag == "h1" or _is_first(heading)) and is_exposed(heading)
    ]
    if not shown:
        yield page.fails(page.tree, "missing")
        return
    yield page.passes(shown[0])
    for heading in shown[1:]:
        yield page.fails(heading, "second")


def _is_first(element: Element) -> bool:
    return bool(element.get("role") == "heading" and element.get("aria-level") == "1")

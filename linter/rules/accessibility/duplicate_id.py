"""Each id stands once on a page.

Why: Labels, links within the page and ARIA find their target by id; with two they find the wrong
one.
Whom it hurts: Blind people, people who use the keyboard.
Mend: Give the second element another id, and let what points to it follow.
Limits: None known.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule


@page_rule(
    "error",
    wcag=("4.1.2",),
    act=("3ea0c8",),
    supersedes=("axe/duplicate-id-aria",),
    messages={"twice": "The id “{id}” stands on the page already."},
)
def rule(page: Page) -> Iterator[Observation]:
    seen: set[str] = set()
    for element in page.outline.pick(or_bearing=("id",)):
        name = element.get("id")
        if name.strip() and name in seen:
            yield page.fails(element, "twice", id=name)
        elif name.strip():
            yield page.passes(element)
        seen.add(name)

"""Every page says where its main content begins.

Why: With one key a screen reader jumps to <main>, past the banner and the menu.
Whom it hurts: Blind people, people who use the keyboard.
Mend: Put the content of the page, without banner, menu and footer, into one <main>.
Limits: Looks at the page itself, not into frames.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_rendered


@page_rule(
    "warning",
    wcag=("1.3.1", "2.4.1"),
    supersedes=("axe/landmark-one-main", "axe/landmark-no-duplicate-main"),
    messages={
        "missing": "The page has no main landmark.",
        "second": "The page has more than one main landmark.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    if page.is_empty:
        return
    found = [
        element
        for element in page.outline.pick("main", or_bearing=("role",))
        if (element.tag == "main" or element.get("role") == "main") and is_rendered(element)
    ]
    if not found:
        yield page.fails(page.tree, "missing")
        return
    yield page.passes(found[0])
    for extra in found[1:]:
        yield page.fails(extra, "second")

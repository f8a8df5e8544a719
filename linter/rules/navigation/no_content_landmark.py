"""What the page is read for lies in a landmark.

Why: With one key a screen reader jumps to a landmark; one that is hidden or missing leaves
the content between the menus.
Whom it hurts: Blind people, people who use the keyboard.
Mend: Put the content into one <main>; nothing around it bears aria-hidden.
Limits: Speaks only of pages that begin with a menu, a banner or links.
"""

from collections.abc import Iterator

from linter.blocks import begins_with_repeated, content_landmarks
from linter.page import Observation, Page
from linter.rules.rule import page_rule


@page_rule(
    "warning",
    wcag=("1.3.1", "2.4.1"),
    act=("b40fd1",),
    supersedes=("missing-main", "axe/landmark-one-main"),
    messages={"none": "The content of the page lies in no landmark that a screen reader meets."},
)
def rule(page: Page) -> Iterator[Observation]:
    if page.is_empty or not begins_with_repeated(page):
        return
    landmarks = content_landmarks(page)
    yield page.passes(landmarks[0]) if landmarks else page.fails(page.tree, "none")

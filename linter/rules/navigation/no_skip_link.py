"""A link at the top of the page leads to its content.

Why: Headings and landmarks help those whose program can jump to them; a link helps everyone who has
a keyboard only.
Whom it hurts: People who cannot use a mouse and use no screen reader.
Mend: Begin the page with <a href="#noi-dung">Đến nội dung chính</a>, and give the content that id.
Limits: Speaks only of pages that begin with a menu, a banner or links. A heading and <main> satisfy
WCAG 2.4.1 as well; this is the way that needs no special program.
"""

from collections.abc import Iterator

from linter.blocks import begins_with_repeated, skips_to_content
from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, is_focusable


@page_rule(
    "notice",
    wcag=("2.4.1",),
    act=("ye5d6e",),
    messages={"none": "No link leads past the beginning of the page to its content."},
)
def rule(page: Page) -> Iterator[Observation]:
    if page.is_empty or not begins_with_repeated(page):
        return
    for link in page.outline.pick("a", bearing="href"):
        if is_exposed(link) and skips_to_content(page, link):
            yield page.passes(link)
            return
    # What a script does when something is pressed cannot be read from the page.
    if not any(is_focusable(e) for e in page.outline.pick("button", or_bearing=("onclick",))):
        yield page.fails(page.tree, "none")

"""What the page is read for begins with a heading.

Why: With one key a screen reader jumps from heading to heading; where the content has none, it is
found only by reading everything before it.
Whom it hurts: Blind people.
Mend: Begin the content with a heading: <main><h1>Tên trang</h1> ...
Mend in Markdown: Fill in the key title, which the theme makes the first heading; start parts with
##.
Limits: Headings inside navigation, banner, footer and complementary landmarks do not count. Pages
that begin with their content need none.
"""

from collections.abc import Iterator

from linter.blocks import begins_with_repeated, content_headings
from linter.page import Observation, Page
from linter.rules.rule import page_rule


@page_rule(
    "warning",
    wcag=("1.3.1", "2.4.1"),
    act=("047fe0",),
    supersedes=("missing-h1", "axe/page-has-heading-one"),
    messages={"none": "The content of the page has no heading."},
)
def rule(page: Page) -> Iterator[Observation]:
    if page.is_empty or not begins_with_repeated(page):
        return
    headings = content_headings(page)
    yield page.passes(headings[0]) if headings else page.fails(page.tree, "none")

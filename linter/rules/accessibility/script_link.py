"""A link leads to an address.

Why: A link to “#” or “javascript:” goes nowhere without scripts, in a new tab and from a bookmark.
Whom it hurts: Blind people, people who use the keyboard, people with old telephones.
Mend: Link to the page itself: <a href="/tin-tuc/">; what acts on the page is a <button
type="button">.
Mend in Markdown: Write the address of the document between the round brackets: [Bảng giá
đất](bang-gia-dat.md); where there is none yet, write the words without a link.
Limits: A link to “#” with the role button is judged as a button.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_rendered, role_of


@page_rule(
    "warning",
    wcag=("2.1.1", "4.1.2"),
    messages={"nowhere": "The link leads to “{href}” and not to an address."},
)
def rule(page: Page) -> Iterator[Observation]:
    for link in page.outline.pick("a", bearing="href"):
        if role_of(link) != "link" or not is_rendered(link):
            continue
        href = link.get("href").strip()
        if href in ("", "#", "#!") or href.lower().startswith("javascript:"):
            yield page.fails(link, "nowhere", href=href[:60])
        else:
            yield page.passes(link)

"""Every page has a title that says what it is about.

Why: The title is the first thing that a screen reader speaks, the name of the tab and of the
bookmark.
Whom it hurts: Blind people, people with many tabs open, everyone who finds the page by a search
engine.
Mend: Write <title>Tên trang - Tên cổng</title> into <head>.
Mend in Markdown: Fill in the key title at the head of the document: the theme makes the title of
the page from it.
Limits: Whether the title fits the page is for a person to judge.
"""

from collections.abc import Iterator

import lxml.html

from linter.elements import text_of, titles_of
from linter.page import Observation, Page
from linter.rules.rule import page_rule


@page_rule(
    "error",
    wcag=("2.4.2",),
    act=("2779a5",),
    supersedes=("axe/document-title",),
    messages={"missing": "The page has no title.", "empty": "The title of the page is empty."},
)
def rule(page: Page) -> Iterator[Observation]:
    if page.is_empty:
        return
    titles = titles_of(page)
    if (not titles or not text_of(titles[0])) and _is_written_by_script(page):
        yield page.passes(page.tree)
    elif not titles:
        yield page.fails(page.tree, "missing")
    elif not text_of(titles[0]):
        yield page.fails(titles[0], "empty")
    else:
        yield page.passes(titles[0])


def _is_written_by_script(page: Page) -> bool:
    """Whether a browser has shown a title that is not in the source."""
    if page.rendered is None or not page.rendered.html:
        return False
    title = lxml.html.document_fromstring(page.rendered.html).find("head/title")
    return title is not None and bool((title.text or "").strip())

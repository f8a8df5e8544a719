"""Space between paragraphs is made by the stylesheet, not by empty paragraphs.

Why: A screen reader stops at each empty paragraph and says “blank”.
Whom it hurts: Blind people.
Mend: Delete the empty <p>, <br> and <div>; give the paragraphs a margin in the style sheet.
Mend in Markdown: One empty line between two paragraphs is enough; delete the lines that hold only
&nbsp;.
Limits: One empty paragraph alone passes; two in a row do not.
"""

from collections.abc import Iterator

from linter.elements import text_of
from linter.model import Element, Observation, Page
from linter.rules.rule import page_rule


@page_rule(
    "notice",
    wcag=("1.3.1",),
    messages={"spacing": "Empty paragraphs are used as space."},
)
def rule(page: Page) -> Iterator[Observation]:
    for paragraph in page.outline.pick("p"):
        before = paragraph.getprevious()
        if not _is_empty(paragraph):
            yield page.passes(paragraph)
        elif before is not None and before.tag == "p" and _is_empty(before):
            yield page.fails(paragraph, "spacing")


def _is_empty(paragraph: Element) -> bool:
    if text_of(paragraph):
        return False
    return next(paragraph.iterdescendants("img", "input", "svg", "iframe"), None) is None

"""Space between paragraphs is made by the stylesheet, not by empty paragraphs.

Why: A screen reader stops at each empty paragraph and says “blank”.
Whom it hurts: Blind people.
Mend: Delete the empty <p>, <br> and <div>; give the paragraphs a margin in the style sheet.
Mend in Markdown: One empty line between two paragraphs is enough; delete the lines that hold only
&nbsp;.
Limits: One empty paragraph alone passes, and so do two <br> in a row; two paragraphs and three <br>
do not. Of <div> only those with a blank (&nbsp;) in them count: the others may be there for looks.
"""

from collections.abc import Iterator

from linter.elements import text_of
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule

_MOST_BREAKS = 2


@page_rule(
    "notice",
    wcag=("1.3.1",),
    messages={
        "spacing": "Empty paragraphs are used as space.",
        "breaks": "{count} line breaks in a row are used as space.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    for paragraph in page.outline.pick("p"):
        if not _is_empty(paragraph):
            yield page.passes(paragraph)
            continue
        before = paragraph.getprevious()
        if before is not None and before.tag == "p" and _is_empty(before):
            yield page.fails(paragraph, "spacing")
    for box in filter(_is_blank, page.outline.pick("div")):
        before = box.getprevious()
        if before is not None and before.tag == "div" and _is_blank(before):
            yield page.fails(box, "spacing")
    for line in page.outline.pick("br"):
        if _follows_break(line):
            continue  # the first of a row speaks for all
        count = _breaks_from(line)
        if count > _MOST_BREAKS:
            yield page.fails(line, "breaks", count=count)


def _is_blank(box: Element) -> bool:
    """Whether nothing but a blank that does not break stands in a <div>."""
    return len(box) == 0 and "\xa0" in (box.text or "") and not box.text.strip()


def _follows_break(line: Element) -> bool:
    before = line.getprevious()
    return before is not None and before.tag == "br" and not (before.tail or "").strip()


def _breaks_from(line: Element) -> int:
    """How many line breaks stand in a row from this one on, with nothing but blanks between."""
    count = 1
    while not (line.tail or "").strip():
        after = line.getnext()
        if after is None or after.tag != "br":
            break
        line, count = after, count + 1
    return count


def _is_empty(paragraph: Element) -> bool:
    if text_of(paragraph):
        return False
    return next(paragraph.iterdescendants("img", "input", "svg", "iframe"), None) is None

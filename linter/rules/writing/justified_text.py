"""Text starts at the left and ends where its words end.

Why: Text stretched to both edges has gaps between its words that run down the page like rivers,
and on a narrow screen two words stand at the two ends of a line.
Whom it hurts: People with dyslexia, people with low vision, people with a phone.
Mend: Paste text without its formatting, or remove align="justify" and text-align: justify.
Limits: Reads attributes, not style sheets; judges text of more than a hundred characters.
"""

import re
from collections.abc import Iterator

from linter.elements import text_of
from linter.outline import all_the_way_up
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed

_LONG = 100
_ALIGN = re.compile(r"text-align\s*:\s*(\w+)", re.I)


@page_rule(
    "warning",
    wcag=("1.4.8",),
    messages={"justified": "The text is stretched to both edges."},
)
def rule(page: Page) -> Iterator[Observation]:
    for element in page.outline.pick(or_bearing=("align", "style")):
        align = _align(element)
        if not align or len(text_of(element)) < _LONG or not is_exposed(element):
            continue
        parent = element.getparent()
        if align != "justify":
            yield page.passes(element)
        elif parent is None or _is_loose(parent):
            yield page.fails(element, "justified")


@all_the_way_up(or_bearing=("style", "align"))
def _is_loose(element: Element) -> bool:
    """Whether the element neither is nor stands in text that is justified."""
    return _align(element) != "justify"


def _align(element: Element) -> str:
    style = element.get("style")
    match = _ALIGN.search(style) if style else None
    return (match[1] if match else element.get("align", "")).strip().lower()

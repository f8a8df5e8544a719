"""There is a way past what every page repeats.

Why: Who moves by keyboard or hears a page would otherwise go through the same menu on every page
before the first new word comes.
Whom it hurts: People who cannot use a mouse, blind people.
Mend: Put the content into <main> under a heading, and begin the page with a link that skips to it.
Limits: One page does not tell what others repeat: landmarks such as <nav>, <header> and <aside>
and links outside any text count as repeated. A button that hides them counts as a way past.
"""

from collections.abc import Iterator

from linter.blocks import (
    begins_with_repeated,
    content_headings,
    content_landmarks,
    skips_to_content,
)
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, role_of

_PRESSED = ("onclick", "aria-expanded")


@page_rule(
    "error",
    wcag=("2.4.1",),
    act=("cf77f2", "3e12e1"),
    supersedes=("axe/bypass",),
    messages={
        "none": "Nothing leads past the part that comes before the content: no link that skips it, "
        "no heading, no <main>, no button that hides it."
    },
)
def rule(page: Page) -> Iterator[Observation]:
    if page.is_empty or not begins_with_repeated(page):
        return
    ways = (
        *content_headings(page),
        *(one for one in content_landmarks(page) if role_of(one) == "main"),
        *(link for link in page.outline.pick("a", bearing="href") if skips_to_content(page, link)),
        *_scripted(page),
    )
    yield page.passes(ways[0]) if ways else page.fails(page.tree, "none")


def _scripted(page: Page) -> Iterator[Element]:
    """What may hide a part of the page, or jump, when it is pressed."""
    may_be = page.outline.pick("button", "summary", or_bearing=("role", *_PRESSED))
    for element in may_be:
        plain = element.tag not in ("button", "summary") and element.get("role") != "button"
        if plain and not any(element.get(name) is not None for name in _PRESSED):
            continue
        if is_exposed(element):
            yield element

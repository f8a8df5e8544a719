"""No page boasts that the site was broken into.

Why: It was; and whoever could change one page could change or copy all.
Whom it hurts: Everyone who relies on the site; the agency.
Mend: Take the site off line, keep its files and logs as evidence, restore it from a clean copy,
change every password, report the incident.
Limits: Knows the usual boasts where they are a page's title or heading, or most of its text.
"""

from collections.abc import Iterator

from linter.elements import text_of
from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.rules.spam import defacement, visible_text, weigh

_SHORT = 1500


@page_rule(
    "error",
    messages={"boast": "The page says “{words}”."},
)
def rule(page: Page) -> Iterator[Observation]:
    if page.is_empty:
        return
    text = visible_text(page)
    for element in page.outline.pick("title", "h1", "h2", "center", "marquee"):
        if element.tag == "title" and next(element.iterancestors("head"), None) is None:
            continue  # of a drawing
        said = text_of(element)
        if len(said) < 200 and (words := defacement(said)) and not weigh(text).about_it:
            yield page.fails(element, "boast", words=words)
            return
    words = defacement(text) if len(text) < _SHORT else ""
    if words and not weigh(text).about_it:
        yield page.fails(None, "boast", words=words)
    else:
        yield page.passes()

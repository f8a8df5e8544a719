"""Long text is not written in capitals.

Why: Words in capitals all have the same outline and are read letter by letter, Vietnamese marks
are harder to tell apart above capitals, and some screen readers spell them out.
Whom it hurts: People with dyslexia, people with low vision, blind people.
Mend: Write the text in small letters. What matters is said first, or is <strong>bold</strong>.
Mend in Markdown: Write the text in small letters. What matters is said first, or is **bold**.
Limits: No success criterion of WCAG asks for it: this is advice on readability, as in the Dyslexia
Style Guide of the British Dyslexia Association. Judges one block of text from a hundred letters
on; the name of an agency or of a document may be in capitals. Capitals that only a style sheet
makes are not seen.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from linter.elements import text_of
from linter.outline import all_the_way_up
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed

_LONG = 100  # letters
_BLOCKS = ("p", "li", "dd", "dt", "td", "th", "blockquote", "figcaption", "caption", "div")
_BLOCKS_AND_HEADINGS = (*_BLOCKS, "h1", "h2", "h3", "h4", "h5", "h6")
_STYLED = re.compile(r"text-transform\s*:\s*uppercase", re.I)


@page_rule(
    "notice",
    messages={"capitals": "{count} letters in a row are capitals."},
)
def rule(page: Page) -> Iterator[Observation]:
    for block in page.outline.pick(*_BLOCKS_AND_HEADINGS):
        if len(block) and any(child.tag in _BLOCKS_AND_HEADINGS for child in block):
            continue
        text = text_of(block)
        if len(text) < _LONG:
            continue
        letters, capitals = _count(text)
        if letters < _LONG or not is_exposed(block):
            continue
        if not _is_plain(block) or capitals * 10 >= letters * 8:
            yield page.fails(block, "capitals", count=letters)
        else:
            yield page.passes(block)


@lru_cache(maxsize=1 << 12)  # a site's foot stands on each of its pages
def _count(text: str) -> tuple[int, int]:
    """How many letters a text has, and how many of them are capitals."""
    letters = [char for char in text if char.isalpha()]
    return len(letters), sum(char.isupper() for char in letters)


@all_the_way_up(or_bearing=("style",))
def _is_plain(element: Element) -> bool:
    """Whether no style attribute up to the root turns the letters into capitals."""
    style = element.get("style")
    return not style or not _STYLED.search(style)

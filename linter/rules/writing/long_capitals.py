"""Long text is not written in capitals.

Why: Words in capitals all have the same outline and are read letter by letter, Vietnamese marks
are harder to tell apart above capitals, and some screen readers spell them out.
Whom it hurts: People with dyslexia, people with low vision, blind people.
Mend: Write the text in small letters. What matters is said first, or is **bold**.
Limits: Judges one block of text from a hundred letters on; the name of an agency or of a
document may be in capitals. Capitals that only a style sheet makes are not seen.
"""

import re
from collections.abc import Iterator

from linter.elements import text_of
from linter.model import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed

_LONG = 100  # letters
_BLOCKS = ("p", "li", "dd", "dt", "td", "th", "blockquote", "figcaption", "caption", "div")
_BLOCKS_AND_HEADINGS = (*_BLOCKS, "h1", "h2", "h3", "h4", "h5", "h6")
_STYLED = re.compile(r"text-transform\s*:\s*uppercase", re.I)


@page_rule(
    "warning",
    messages={"capitals": "{count} letters in a row are capitals."},
)
def rule(page: Page) -> Iterator[Observation]:
    for block in page.tree.iter(*_BLOCKS_AND_HEADINGS):
        if any(child.tag in _BLOCKS_AND_HEADINGS for child in block):
            continue
        letters = [char for char in text_of(block) if char.isalpha()]
        if len(letters) < _LONG or not is_exposed(block):
            continue
        capitals = sum(char.isupper() for char in letters)
        if _is_styled(block) or capitals * 10 >= len(letters) * 8:
            yield page.fails(block, "capitals", count=len(letters))
        else:
            yield page.passes(block)


def _is_styled(block: Element) -> bool:
    return any(_STYLED.search(node.get("style", "")) for node in (block, *block.iterancestors()))

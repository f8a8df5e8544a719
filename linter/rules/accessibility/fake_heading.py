"""A heading is a heading, not a bold paragraph.

Why: Bold letters are seen, not heard: the part cannot be found by moving from heading to heading.
Whom it hurts: Blind people.
Mend: Write <h2>Tên phần</h2> instead of <p><b>Tên phần</b></p>; <h3> for a part of that part.
Mend in Markdown: Write ## Tên phần instead of **Tên phần**; ### for a part of that part.
Limits: Takes a short paragraph, or a first line, that is bold as a whole and followed by text for a
heading; a bold sentence that ends with a full stop, and the name of a person, pass. Bold letters of
a style sheet are for the browser rules.
"""

import re
from collections.abc import Iterator

from linter.elements import text_of
from linter.outline import all_the_way_up
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed

_LONGEST = 90
_LEAST_BELOW = 60  # letters of text under a first line that is bold
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_WITHIN = ("td", "th", "li", "figure")
_INLINE = ("b", "strong", "span", "font", "u", "i", "em")
_AFTER = ("p", "ul", "ol", "table", "dl", "div")


@page_rule(
    "warning",
    wcag=("1.3.1",),
    supersedes=("axe/p-as-heading",),
    messages={"fake": "“{text}” looks like a heading but is a bold paragraph."},
)
def rule(page: Page) -> Iterator[Observation]:
    for paragraph in page.outline.pick("p", "div"):
        if not _stands_free(paragraph):
            continue
        text = _bold_line(paragraph) or _bold_text(paragraph)
        if not text:
            continue
        if len(text) > _LONGEST or text.endswith((".", "!", "?", ";", ",")) or _is_name(text):
            yield page.passes(paragraph)
        elif is_exposed(paragraph):
            yield page.fails(paragraph, "fake", text=text)


@all_the_way_up(*_WITHIN)
def _stands_free(element: Element) -> bool:
    """Whether the element neither is nor stands in a cell, an entry or a figure."""
    return element.tag not in _WITHIN


def _bold_text(paragraph: Element) -> str:
    """The text of a block that is bold as a whole, where a block that is not follows."""
    after = paragraph.getnext()
    if after is None or after.tag not in _AFTER or not _is_bold(paragraph):
        return ""
    if after.tag in ("p", "div") and (_is_bold(after) or not text_of(after)):
        return ""
    return text_of(paragraph)


def _bold_line(paragraph: Element) -> str:
    """The first line of a block, where it is bold as a whole and <br> and other text follow."""
    parts = [child for child in paragraph if isinstance(child.tag, str)]
    if len(parts) < 2 or parts[1].tag != "br" or (paragraph.text or "").strip():
        return ""
    line, rest = parts[0], text_of(paragraph)
    if not _makes_bold(line) or (line.tail or "").strip():
        return ""
    if any(part.tag == "br" or _makes_bold(part) for part in parts[2:]):
        return ""  # several lines are an address, or lines of a form
    text = text_of(line)
    return text if len(rest) - len(text) > _LEAST_BELOW else ""


def _is_bold(element: Element) -> bool:
    """Whether all text of the element stands in <b>, <strong>, or what a style makes bold."""
    if not text_of(element):
        return False
    if _makes_bold(element):
        return True
    children = [child for child in element if isinstance(child.tag, str) and text_of(child)]
    loose = (element.text or "") + "".join(child.tail or "" for child in element)
    if loose.strip() or any(child.tag not in _INLINE for child in children):
        return False
    return bool(children) and all(map(_is_bold, children))


def _makes_bold(element: Element) -> bool:
    return element.tag in ("b", "strong") or bool(_BOLD.search(element.get("style", "")))


def _is_name(text: str) -> bool:
    """Two to five words that all begin with a capital: Vietnamese headings capitalise the first."""
    words = text.split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() and word[1:].islower() for word in words)

"""This file tells what a page repeats from page to page from what it is read for.

One page alone does not say so for certain: navigation, banner, footer and complementary landmarks
count as repeated, and so does a link outside any text. What comes after them is the content.
"""

from __future__ import annotations

from collections.abc import Iterator

from linter.elements import text_of
from linter.model import Element, Page
from linter.semantics import is_exposed, is_rendered, role_of

_REPEATED = frozenset("navigation banner contentinfo complementary search".split())
_TEXT_BLOCKS = frozenset("p li dd dt td th blockquote figcaption h1 h2 h3 h4 h5 h6".split())
_IGNORED = frozenset("script style template noscript".split())


def is_repeated(element: Element) -> bool:
    """Whether the element stands in, or is, a part that pages repeat."""
    return any(role_of(node) in _REPEATED for node in (element, *element.iterancestors()))


def begins_with_repeated(page: Page) -> bool:
    """Whether the first thing on the page that can be read stands in a part that pages repeat."""
    for element in _in_order(page):
        if _is_control(element):
            continue
        if is_repeated(element) or _is_lone_link(element):
            return True
        if (element.text or "").strip():
            return False
    return False


def content_headings(page: Page) -> list[Element]:
    """The headings that assistive technology meets in what the page is read for."""
    found = page.tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6|//*[@role='heading']")
    return [
        heading
        for heading in found
        if role_of(heading) == "heading"
        and is_exposed(heading)
        and text_of(heading)
        and not is_repeated(heading)
    ]


def content_landmarks(page: Page) -> list[Element]:
    """The landmarks that assistive technology meets and that hold more than is repeated."""
    found = page.tree.xpath("//main|//section|//form|//*[@role]")
    return [
        element
        for element in found
        if role_of(element) in ("main", "region", "form")
        and is_exposed(element)
        and not is_repeated(element)
    ]


def skips_to_content(page: Page, link: Element) -> bool:
    """Whether the link leads to a place of this page at which what it is read for begins."""
    name = link.get("href", "").strip()
    if not name.startswith("#") or len(name) < 2:
        return False
    targets = page.tree.xpath("//*[@id=$name or (self::a and @name=$name)]", name=name[1:])
    if not targets or not is_rendered(targets[0]):
        return False
    target = targets[0]
    if not is_repeated(target):
        return True
    return not text_of(target)  # an empty mark may stand at the end of what is repeated


def _in_order(page: Page) -> Iterator[Element]:
    for body in page.tree.iter("body"):
        for element in body.iter():
            if not isinstance(element.tag, str) or element.tag in _IGNORED:
                continue
            if is_exposed(element) and (text_of(element) or element.tag == "img"):
                yield element


def _is_control(element: Element) -> bool:
    """Whether the element is, or is inside, a button or a link to another place of this page."""
    return any(
        node.get("href", "").startswith("#") or role_of(node) == "button"
        for node in (element, *element.iterancestors())
    )


def _is_lone_link(element: Element) -> bool:
    """A link to another page outside any text, as menus without markup are."""
    if role_of(element) != "link":
        return False
    return not any(node.tag in _TEXT_BLOCKS for node in element.iterancestors())

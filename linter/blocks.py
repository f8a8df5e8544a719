"""This file tells what a page repeats from page to page from what it is read for.

One page alone does not say so for certain: navigation, banner, footer and complementary landmarks
count as repeated, and so does a link outside any text. What comes after them is the content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from linter.elements import text_of, texts_in
from linter.outline import all_the_way_up, remembered
from linter.page import Element, Page
from linter.semantics import is_exposed, is_rendered, role_of

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_REPEATED = frozenset("navigation banner contentinfo complementary search".split())
_TEXT_BLOCKS = frozenset("p li dd dt td th blockquote figcaption h1 h2 h3 h4 h5 h6".split())
_IGNORED = frozenset("script style template noscript".split())


def is_repeated(element: Element) -> bool:
    """Whether the element stands in, or is, a part that pages repeat."""
    return not _is_once(element)


@all_the_way_up("nav", "header", "footer", "aside", "search", or_bearing=("role",))
def _is_once(element: Element) -> bool:
    return role_of(element) not in _REPEATED


@remembered
def headings_of(page: Page) -> Sequence[Element]:
    """The headings that assistive technology meets."""
    return [
        heading
        for heading in page.outline.pick(*_HEADINGS, or_bearing=("role",))
        if role_of(heading) == "heading" and is_exposed(heading)
    ]


@remembered
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


@remembered
def content_headings(page: Page) -> Sequence[Element]:
    """The headings that assistive technology meets in what the page is read for."""
    return [
        heading for heading in headings_of(page) if text_of(heading) and not is_repeated(heading)
    ]


@remembered
def content_landmarks(page: Page) -> Sequence[Element]:
    """The landmarks that assistive technology meets and that hold more than is repeated."""
    return [
        element
        for element in page.outline.pick("main", "section", "form", or_bearing=("role",))
        if role_of(element) in ("main", "region", "form")
        and is_exposed(element)
        and not is_repeated(element)
    ]


def skips_to_content(page: Page, link: Element) -> bool:
    """Whether the link leads to a place of this page at which what it is read for begins."""
    name = link.get("href", "").strip()
    if not name.startswith("#") or len(name) < 2:
        return False
    target = _place_called(page, name[1:])
    if target is None or not is_rendered(target):
        return False
    if not is_repeated(target):
        return True
    return not text_of(target)  # an empty mark may stand at the end of what is repeated


def _place_called(page: Page, name: str) -> Element | None:
    """What a fragment leads to: the element with that id, or the link that bears that name."""
    places = page.outline.valued("id", name)
    named = [one for one in page.outline.valued("name", name) if one.tag == "a"]
    if places and named:
        return min((places[0], named[0]), key=page.outline.elements.index)
    return next(iter((*places, *named)), None)


def _in_order(page: Page) -> Iterator[Element]:
    for body in page.outline.pick("body"):
        for element in body.iter():
            if not isinstance(element.tag, str) or element.tag in _IGNORED:
                continue
            if is_exposed(element) and (element.tag == "img" or _says_something(element)):
                yield element


def _says_something(element: Element) -> bool:
    """Whether there is any text in the element; a large one need not be read to its end."""
    return any(not text.isspace() for text in texts_in(element))


def _is_control(element: Element) -> bool:
    """Whether the element is, or is inside, a button or a link to another place of this page."""
    return not _is_no_control(element)


@all_the_way_up("button", "summary", "input", or_bearing=("href", "role"))
def _is_no_control(element: Element) -> bool:
    return not element.get("href", "").startswith("#") and role_of(element) != "button"


def _is_lone_link(element: Element) -> bool:
    """A link to another page outside any text, as menus without markup are."""
    if role_of(element) != "link":
        return False
    parent = element.getparent()
    return parent is None or _is_in_no_text(parent)


@all_the_way_up(*sorted(_TEXT_BLOCKS))
def _is_in_no_text(element: Element) -> bool:
    return element.tag not in _TEXT_BLOCKS

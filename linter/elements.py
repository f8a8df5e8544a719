"""This file says what an element of a page is and where it stands, in words a report can use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

import lxml.etree

from linter.outline import outline_of, remembered
from linter.page import Element, Page

_SNIPPET = 200
# What is in an element and no text for readers.
_CODE = ("script", "style", "template")

# What is in the source and never on the screen of who runs scripts.
_UNSEEN = ("script", "style", "noscript", "template", "head", "title")
# Characters; a page that shows less than this and runs scripts shows nothing without them.
_LEAST_TEXT = 120


def selector(element: Element) -> str:
    """A CSS selector that finds this element alone: from the nearest unique id down."""
    steps: list[str] = []
    node: Element | None = element
    while node is not None and isinstance(node.tag, str):
        name = node.get("id")
        if name and _plain(name) and _is_unique(node, name):
            steps.append(f"#{name}")
            break
        parent = node.getparent()
        place = 0 if parent is None else _places_in(parent).get(node, 0)
        steps.append(f"{node.tag}:nth-of-type({place})" if place else str(node.tag))
        node = parent
    return " > ".join(reversed(steps))


def path_of(element: Element) -> str:
    """The element's place as Page.find takes it."""
    return str(element.getroottree().getpath(element))


@remembered
def _places_in(parent: Element) -> Mapping[Element, int]:
    """Which of its name each child is, counted from 1; none where it is the only one."""
    same: dict[str, list[Element]] = defaultdict(list)
    for child in parent:
        same[child.tag].append(child)
    return {
        child: place
        for children in same.values()
        if len(children) > 1
        for place, child in enumerate(children, 1)
    }


def _plain(name: str) -> bool:
    """Whether an id can stand in a selector as it is."""
    letters = name.replace("-", "").replace("_", "")
    return name.isascii() and letters.isalnum() and not name[0].isdigit()


def _is_unique(element: Element, name: str) -> bool:
    return len(outline_of(element).valued("id", name)) == 1


def snippet(element: Element) -> str:
    """The element's start tag as it may be shown, at most 200 characters."""
    attributes = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
    text = f"<{element.tag}{attributes}>"
    return text if len(text) <= _SNIPPET else text[: _SNIPPET - 1] + "…"


@remembered
def text_of(element: Element) -> str:
    """All text inside that is written for readers, white space as one space."""
    if len(element) == 0:
        text = element.text or ""
    elif element not in outline_of(element).around(*_CODE):
        text = lxml.etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    else:
        text = "".join(_texts(element))
    return " ".join(text.split())


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from texts_in(child)
        yield child.tail or ""


def texts_in(element: Element, without: Container[str] = _CODE) -> Iterator[str]:
    """Each piece of text inside, in order, but what is inside elements of these names; one walk."""
    way = outline_of(element).way(element)
    last = len(way) - 1
    place = 0
    while place < last:
        _, tag, text, length = way[place]
        if length and tag in without:
            place += length
            continue
        if text:
            yield text
        place += 1


@remembered
def titles_of(page: Page) -> Sequence[Element]:
    """The <title> elements of the page itself; a drawing may have its own."""
    found = page.outline.pick("title")
    return [title for title in found if next(title.iterancestors("svg"), None) is None]


def head_titles(page: Page) -> Sequence[Element]:
    """The <title> elements in the head of the page."""
    return [title for title in page.outline.pick("title") if title.getparent().tag == "head"]


def what(element: Element) -> str:
    """What the element is, wherever it stands: tag, role, name or text; for fingerprints."""
    naming = (
        "role",
        "type",
        "name",
        "alt",
        "aria-label",
        "title",
        "href",
        "src",
        "lang",
    )
    parts = [str(element.tag)]
    parts += [f"{key}={value}" for key in naming if (value := element.get(key)) is not None]
    parts.append(text_of(element)[:120].casefold())
    return "|".join(parts)


def shown_text(page: Page, most: int) -> str:
    """About the first `most` characters of text that a page shows without scripts."""
    pieces: list[str] = []
    size = 0
    body = page.tree.find("body")
    for element in () if body is None else body.iter():
        seen = isinstance(element.tag, str) and element.tag not in _UNSEEN
        for text in (element.text if seen else "", element.tail):
            if text and not text.isspace():
                pieces.append(text)
                size += len(text)
        if size > most:
            break
    return " ".join(" ".join(pieces).split())


def is_shell(page: Page) -> bool:
    """Whether the page shows next to nothing before its scripts have run."""
    if len(shown_text(page, _LEAST_TEXT)) >= _LEAST_TEXT:
        return False
    scripts = page.outline.pick("script")
    return any(script.get("src") is not None or len(script.text or "") > 200 for script in scripts)

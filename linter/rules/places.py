"""This file turns what a browser says of an element into what a rule says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cssselect
import lxml.etree
import lxml.html

from linter.elements import snippet, what
from linter.page import Element, Observation, Page, Params
from linter.terms import Outcome

Node = Mapping[str, Any]


def say(
    page: Page, outcome: Outcome, node: Node, message: str = "", params: Params | None = None
) -> Observation:
    """An observation on the element that `node` (as in page.Rendered) describes."""
    shown = _read_tag(node["html"])
    found = find_element(page, node, shown)
    if found is not None:
        # A page as a whole is not named by all of its text.
        name = found.tag if found is page.tree else ""
        return Observation(outcome, page, found, message, params or {}, what=name)
    if shown is None:
        return Observation(outcome, page, node["css"], message, params or {}, what=node["css"])
    if not shown.text and not len(shown):
        shown.text = node["text"]
    return Observation(
        outcome, page, node["css"], message, params or {}, snippet(shown), what(shown)
    )


def element_of(page: Page, node: Node) -> Element | None:
    """The element that a browser's node is; where it is not in the source, its start tag alone."""
    shown = _read_tag(node["html"])
    found = find_element(page, node, shown)
    return shown if found is None else found


def find_element(page: Page, node: Node, shown: Element | None) -> Element | None:
    """The element of the page's source that a browser's node is, None where that is not sure."""
    if shown is None or not node["path"]:
        return None
    if shown.tag == "html":
        return page.tree
    name = shown.get("id")
    if name:
        same = page.tree.xpath("//*[@id=$name]", name=name)
        return same[0] if len(same) == 1 and _alike(same[0], shown) else None
    # Browsers put a <tbody> where the source may have none.
    for path in (node["path"], node["path"].replace("/tbody[1]", "")):
        for found in page.tree.getroottree().xpath(path):
            if _alike(found, shown):
                return found
    return _select(page, node["css"], shown)


def _select(page: Page, css: str, shown: Element) -> Element | None:
    try:
        found = page.tree.cssselect(css)
    except (cssselect.SelectorError, lxml.etree.XPathError):
        return None
    return found[0] if len(found) == 1 and _alike(found[0], shown) else None


def _alike(element: Element, shown: Element) -> bool:
    """Whether tag and attributes agree; long values were cut by world.js."""
    if element.tag != shown.tag or element.keys() != shown.keys():
        return False
    return all(element.get(key, "").startswith(value) for key, value in shown.items())


def _read_tag(html: str) -> Element | None:
    """The element that a start tag (or a little more) speaks of; None for what is no HTML."""
    if html[:5].lower() in ("<html", "<body", "<head"):
        tag = html[1:5].lower()
        root = lxml.html.document_fromstring(html or "<html>")
        found = root if tag == "html" else root.find(tag)
        return None if found is None else _childless(found)
    # Parts of a table are dropped where no table is around them.
    found = lxml.html.fragment_fromstring(html, create_parent="div") if html.strip() else None
    return found[0] if found is not None and len(found) else None


def _childless(element: Element) -> Element:
    for child in list(element):
        element.remove(child)
    element.text = None
    return element

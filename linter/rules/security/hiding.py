"""This file finds out how an element is hidden from readers though it stands in the page.

By inline style and by the page's own <style> sheets: that is as much as the page alone decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import cssselect
from lxml.cssselect import CSSSelector

from linter.model import Element, Page

Declarations = Mapping[str, str]
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_MAX_SHEET = 200_000
_FAR = re.compile(r"-\s*(\d+(?:\.\d+)?)\s*(px|em|rem|%|vw|pt)?")
_ENOUGH = {"px": 500, "pt": 400, "em": 40, "rem": 40, "%": 100, "vw": 100, "": 500}
_COLOURS = {"white": "#ffffff", "black": "#000000", "#fff": "#ffffff", "#000": "#000000"}
# Parts of a page that open on a click or a hover; closed, they hide what they hold in good faith.
_FOLDS = re.compile(
    r"menu|nav|drop|modal|popup|pop-up|dialog|tab|collapse|accordion|toggle|slide|carousel|swiper|"
    r"widget|chat|cookie|share|social|tooltip|banner|mobile|responsive|overlay|lightbox|fancybox|"
    r"sidebar|offcanvas|panel|template|weblink|lien-?ket|submenu|sub_|hidden-(xs|sm|md|lg)|d-none",
    re.I,
)


def sheets_of(page: Page) -> Mapping[Element, dict[str, str]]:
    """What the page's <style> elements declare for elements that they may hide, by element."""
    found: dict[Element, dict[str, str]] = {}
    for style in page.outline.pick("style"):
        if "print" in style.get("media", ""):
            continue
        text = _COMMENT.sub("", style.text or "")[:_MAX_SHEET]
        for selectors, body in _RULE.findall(text):
            declared = declarations(body)
            if not _reason(declared):
                continue
            for element in _select(selectors, page):
                found.setdefault(element, {}).update(declared)
    return found


def _select(selectors: str, page: Page) -> Sequence[Element]:
    try:
        matches: Any = CSSSelector(selectors.strip(), translator="html")(page.tree)
    except (cssselect.SelectorError, cssselect.ExpressionError, ValueError):
        return ()
    return list(matches)


def declarations(style: str) -> dict[str, str]:
    """The declarations of a style attribute or a rule's body, lower case."""
    found = {}
    for part in style.lower().split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def how_hidden(link: Element, sheets: Mapping[Element, Declarations]) -> tuple[str, Element]:
    """By which declaration a link or one of its ancestors is hidden, and which; empty if none is.

    A device that moves text out of sight is named before a mere display:none.
    """
    weak: tuple[str, Element] | None = None
    for node in (link, *link.iterancestors()):
        if node.tag in ("body", "html"):
            break
        if link_text_is_clipped(node, link):
            continue
        declared = {**sheets.get(node, {}), **declarations(node.get("style", ""))}
        how = _reason(declared)
        if how and how not in ("display:none", "visibility:hidden"):
            return how, node
        if how and weak is None:
            weak = ("display:none", node)
    return weak or ("", link)


def link_text_is_clipped(node: Element, link: Element) -> bool:
    """Whether a node is a wrapper for screen readers, such as .sr-only, and holds little else."""
    words = node.get("class", "").lower()
    return bool(re.search(r"sr-only|visually-?hidden|screen-reader", words)) and node is not link


def is_fold_out(link: Element, holder: Element) -> bool:
    """Whether a hidden part is a menu, a dialog or another part that opens."""
    for node in (link, *link.iterancestors()):
        names = f"{node.get('id', '')} {node.get('class', '')} {node.get('role', '')}"
        if node.tag in ("nav", "dialog", "details", "template", "noscript") or _FOLDS.search(names):
            return True
        if node is holder:
            break
    if holder.tag in ("ul", "ol", "li") or len(holder.xpath("ancestor::li | ancestor::nav")):
        return True
    controlled = holder.get("id")
    if not controlled:
        return False
    opener = (
        "//*[@aria-controls=$id or @data-target=$hash or @href=$hash or contains(@onclick, $id)]"
    )
    return bool(holder.xpath(opener, id=controlled, hash="#" + controlled))


def _reason(declared: Declarations) -> str:
    """The declaration that hides, in CSS's words; empty when nothing does."""
    if declared.get("display") == "none":
        return "display:none"
    if declared.get("visibility") in ("hidden", "collapse"):
        return "visibility:hidden"
    for name in ("left", "right", "top", "text-indent", "margin-left", "margin-top"):
        if match := _FAR.match(declared.get(name, "")):
            moved = name in ("text-indent", "margin-left", "margin-top") or declared.get(
                "position", ""
            ) in ("absolute", "fixed", "relative")
            if moved and float(match[1]) >= _ENOUGH[match[2] or ""]:
                return f"{name}:{declared[name]}"
    if re.fullmatch(r"[01](px|pt|em|%)?", declared.get("font-size", "")):
        return f"font-size:{declared['font-size']}"
    clipped = "hidden" in declared.get("overflow", "") and "clip" not in declared
    for name in ("height", "width", "max-height"):
        if clipped and re.fullmatch(r"[01](px|pt)?", declared.get(name, "")):
            return f"{name}:{declared[name]}"
    if re.fullmatch(r"0?\.0\d*|0", declared.get("opacity", "")):
        return "opacity:0"
    colour, ground = declared.get("color", ""), declared.get("background-color", "")
    ground = ground or declared.get("background", "").split(" ")[0]
    if colour and _COLOURS.get(colour, colour) == _COLOURS.get(ground, ground):
        return f"color:{colour}"
    return ""

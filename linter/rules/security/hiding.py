"""This file finds out how an element is hidden from readers though it stands in the page.

By inline style, by the page's own <style> sheets, and by the site's style sheets where they are
known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from linter.cascade import (
    Cascade,
    Declared,
    Wrappers,
    inline,
    is_for_screens,
    style_of,
)
from linter.page import Element, Page

_FAR = re.compile(r"-\s*(\d+(?:\.\d+)?)\s*(px|em|rem|%|vw|pt)?")
_ENOUGH = {"px": 500, "pt": 400, "em": 40, "rem": 40, "%": 100, "vw": 100, "": 500}
_COLOURS = {"white": "#ffffff", "black": "#000000", "#fff": "#ffffff", "#000": "#000000"}
# What a descendant has from the nearest that declares it.
_INHERITED = ("font-size", "visibility", "text-indent")
_CUT_AWAY = re.compile(r"rect\((0(px)?|1px)[ ,]|inset\((50|100)%")
# What parts that open are hidden by as well.
WEAK = ("display:none", "visibility:hidden")
# How far around a link its background is looked for.
_NEAR = 3
# Parts of a page that open on a click or a hover; closed, they hide what they hold in good faith.
_FOLDS = re.compile(
    r"menu|nav|drop|modal|popup|pop-up|dialog|tab|collapse|accordion|toggle|slide|carousel|swiper|"
    r"widget|chat|cookie|share|social|tooltip|banner|mobile|responsive|overlay|lightbox|fancybox|"
    r"sidebar|offcanvas|panel|template|weblink|lien-?ket|submenu|sub_|hidden-(xs|sm|md|lg)|d-none",
    re.I,
)


class Hiding:
    """Tells how links of a page are hidden, by its own styles and by sheets that it links to."""

    def __init__(self, page: Page, linked: Sequence[Cascade] = ()) -> None:
        own = [
            style.text or ""
            for style in page.outline.pick("style")
            if is_for_screens(style.get("media", ""))
        ]
        self.cascades = (*linked, *([Cascade(own)] if own else ()))
        self.wrappers = Wrappers(page.tree)
        self.styles: dict[Element, Mapping[str, Declared]] = {}

    def style(self, element: Element) -> Mapping[str, Declared]:
        """All that is declared for an element; what stands in the page outweighs the sheets."""
        known = self.styles.get(element)
        if known is None:
            found = style_of(self.wrappers.of(element), self.cascades) if self.cascades else {}
            known = self.styles[element] = {**found, **inline(element.get("style", ""))}
        return known

    def how(self, link: Element) -> tuple[str, Element]:
        """By which declaration a link or one of its ancestors is hidden, and which; else empty.

        A device that moves text out of sight is named before a mere display:none.
        """
        chain = [link]
        for node in link.iterancestors():
            if node.tag in ("body", "html"):
                break
            if not link_text_is_clipped(node, link):
                chain.append(node)
        weak: tuple[str, Element] | None = None
        inherited: set[str] = set()
        for node in chain:
            style = {key: d for key, d in self.style(node).items() if key not in inherited}
            inherited |= style.keys() & set(_INHERITED)
            how = _reason(style)
            if how and self._is_meant_to_be_seen(how, style):
                continue
            if how and how not in WEAK:
                return how, node
            if how and weak is None:
                weak = how, node
        return weak or self._same_colour(chain) or ("", link)

    def _is_meant_to_be_seen(self, how: str, style: Mapping[str, Declared]) -> bool:
        """Whether another rule for the same class or id undoes it: on other screens, on hover."""
        key, _, _ = how.partition(":")
        declared = style[key]
        for cascade in self.cascades:
            for name in declared.names:
                for value, selector in cascade.anywhere.get(name, {}).get(key, ()):
                    other = selector != declared.selector
                    if other and not _reason({**style, key: Declared(value)}):
                        return True
        return False

    def _same_colour(self, chain: Sequence[Element]) -> tuple[str, Element] | None:
        """A link whose own colour is that of the nearest background right around it."""
        colour = self.style(chain[0]).get("color")
        for node in chain[:_NEAR] if colour else ():
            style = self.style(node)
            ground = _ground(style)
            if ground or "background-image" in style:
                assert colour is not None
                same = _colour(colour.value) == _colour(ground)
                return (f"color:{colour.value}", chain[0]) if same else None
        return None


def _ground(style: Mapping[str, Declared]) -> str:
    """The plain background colour that a style gives; empty for none, and for a picture."""
    background = style.get("background", Declared("")).value
    if "url(" in background or "gradient" in background:
        return ""
    return style["background-color"].value if "background-color" in style else (
        background.split(" ")[0]
    )  # fmt: skip


def _colour(name: str) -> str:
    short = re.fullmatch("#([0-9a-f])([0-9a-f])([0-9a-f])", name)
    return (
        "#" + "".join(2 * digit for digit in short.groups()) if short else _COLOURS.get(name, name)
    )


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


def _reason(style: Mapping[str, Declared]) -> str:
    """The declaration that hides, in CSS's words; empty when nothing does."""

    def said(name: str) -> str:
        return style[name].value if name in style else ""

    if said("display") == "none":
        return "display:none"
    if said("visibility") in ("hidden", "collapse"):
        return "visibility:hidden"
    picture = "url(" in said("background") + said("background-image")
    for name in ("left", "right", "top", "text-indent", "margin-left", "margin-top"):
        if match := _FAR.match(said(name)):
            moved = said("position") in ("absolute", "fixed", "relative")
            moved = not picture if name == "text-indent" else moved or name.startswith("margin")
            if moved and float(match[1]) >= _ENOUGH[match[2] or ""]:
                return f"{name}:{said(name)}"
    if re.fullmatch(r"[01](px|pt|em|%)?", said("font-size")) and said("font-size") != "1em":
        return f"font-size:{said('font-size')}"
    cut = "hidden" in said("overflow") + said("overflow-x") + said("overflow-y")
    for name in ("height", "width", "max-height"):
        if cut and "clip" not in style and re.fullmatch(r"[01](px|pt)?", said(name)):
            return f"{name}:{said(name)}"
    if re.fullmatch(r"0?\.0\d*|0", said("opacity")):
        return "opacity:0"
    if said("position") in ("absolute", "fixed") and _CUT_AWAY.match(
        said("clip") or said("clip-path")
    ):
        return f"clip:{said('clip')}" if said("clip") else f"clip-path:{said('clip-path')}"
    colour, ground = said("color"), _ground(style)
    if colour and _colour(colour) == _colour(ground):
        return f"color:{colour}"
    return ""

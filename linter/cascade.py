"""This file tells what style sheets declare for an element, of what may hide it, and what text
they write before and after it.

Sheets for paper are left out. What a sheet says for some screens only, or for a state such as
:hover, is no declaration here, but a sign that the part is meant to be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import cssselect2
import tinycss2

from linter.outline import Element

# What no designer writes: it is there to keep us busy, and is left out.
_LONGEST = 500_000
_LONGEST_SELECTOR = 2_000
_DEEPEST = 20
_EVERYWHERE = ("", "all", "screen")
_ADDRESSES = ("string", "url")
_COMBINATORS = (">", "+", "~")
PROPERTIES = frozenset(
    """display visibility position left right top text-indent margin-left margin-top font-size
    overflow overflow-x overflow-y height width max-height opacity color background
    background-color background-image clip clip-path content""".split()
)


@dataclass(frozen=True, slots=True)
class Declared:
    """The value of a property, the selector that gives it, its classes and ids, its sheet."""

    value: str
    selector: str = ""
    names: Set[str] = frozenset()
    sheet: str = ""


class Cascade:
    """Style sheets that count as one, after whose address it is called."""

    def __init__(self, texts: Iterable[str], name: str = "") -> None:
        self.name = name
        self.imports: list[str] = []
        self.matcher = cssselect2.Matcher()
        self.writer = cssselect2.Matcher()  # of ::before and ::after
        # By class or id: the values that any rule gives, on whatever screen and in whatever state,
        # each with its selector.
        self.anywhere: dict[str, dict[str, set[tuple[str, str]]]] = {}
        for text in texts:
            self._read(tinycss2.parse_stylesheet(text[:_LONGEST], True, True), everywhere=True)

    def _read(self, rules: Iterable[Any], everywhere: bool, depth: int = 0) -> None:
        for rule in rules if depth < _DEEPEST else ():
            if rule.type == "qualified-rule" and len(rule.prelude) <= _LONGEST_SELECTOR:
                self._add(rule, everywhere)
            elif rule.type == "at-rule" and rule.lower_at_keyword == "import":
                self.imports += [part.value for part in rule.prelude if part.type in _ADDRESSES]
                self.imports += [_argument(part) for part in rule.prelude if _is_url(part)]
            elif rule.type == "at-rule" and rule.content is not None:
                where = _screens(rule)
                if where != "print":
                    inner = tinycss2.parse_rule_list(rule.content, True, True)
                    self._read(inner, everywhere and where in _EVERYWHERE, depth + 1)

    def _add(self, rule: Any, everywhere: bool) -> None:
        given = dict(_declarations(rule.content))
        if not given:
            return
        names = _names(rule.prelude)
        selector = ("" if everywhere else "@") + tinycss2.serialize(rule.prelude).strip()
        for name in names:
            known = self.anywhere.setdefault(name, {})
            for key, (value, _) in given.items():
                known.setdefault(key, set()).add((value, selector))
        if not everywhere:
            return
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except (cssselect2.SelectorError, ValueError, RecursionError):
            return
        for one in selectors:
            if one.pseudo_element is None:
                self.matcher.add_selector(one, (given, selector, names))
            elif one.pseudo_element in ("before", "after") and "content" in given:
                self.writer.add_selector(one, given["content"][0])


def style_of(wrapper: Any, cascades: Sequence[Cascade]) -> dict[str, Declared]:
    """What sheets declare for an element: of each property what the weightiest rule says."""
    matches = [
        (specificity, place, order, cascade.name, *payload)
        for place, cascade in enumerate(cascades)
        for specificity, order, _, payload in cascade.matcher.match(wrapper)
    ]
    found: dict[str, Declared] = {}
    weighty: set[str] = set()
    for *_, name, given, selector, names in sorted(matches, key=lambda match: match[:3]):
        for key, (value, important) in given.items():
            if important or key not in weighty:
                found[key] = Declared(value, selector, names, name)
            if important:
                weighty.add(key)
    return found


def _is_url(part: Any) -> bool:
    return bool(part.type == "function" and part.lower_name == "url")


def _argument(part: Any) -> str:
    return "".join(token.value for token in part.arguments if token.type == "string")


def _screens(rule: Any) -> str:
    """For which media an at-rule holds; "" for what holds everywhere."""
    if rule.lower_at_keyword in ("supports", "layer"):
        return ""
    said = tinycss2.serialize(rule.prelude).strip().lower()
    return said if rule.lower_at_keyword == "media" else "print"


def is_for_screens(media: str) -> bool:
    """Whether the media attribute of a sheet lets it hold on every screen."""
    return media.strip().lower() in _EVERYWHERE


def _declarations(content: Sequence[Any]) -> Iterator[tuple[str, tuple[str, bool]]]:
    for item in tinycss2.parse_blocks_contents(content, True, True):
        if item.type == "declaration" and item.lower_name in PROPERTIES:
            value = tinycss2.serialize(item.value).strip().lower()
            yield item.lower_name, (value, item.important)


def inline(style: str) -> Mapping[str, Declared]:
    """What a style attribute declares."""
    items = tinycss2.parse_blocks_contents(style, True, True)
    return {
        item.lower_name: Declared(tinycss2.serialize(item.value).strip().lower())
        for item in items
        if item.type == "declaration" and item.lower_name in PROPERTIES
    }


def _names(prelude: Sequence[Any]) -> frozenset[str]:
    """The classes and ids of the elements that a selector is about, without those around them."""
    names: set[str] = set()
    part: set[str] = set()
    dot = ended = False
    for token in prelude:
        kind = token.type
        comma = kind == "literal" and token.value == ","
        if comma or kind == "whitespace" or (kind == "literal" and token.value in _COMBINATORS):
            names |= part if comma else set()
            ended = True
        else:
            if ended:
                part.clear()
            ended = False
            if kind == "hash":
                part.add("#" + token.value)
            elif kind == "ident" and dot:
                part.add("." + token.value)
        dot = kind == "literal" and token.value == "."
    return frozenset(names | part)


class Wrappers:
    """The elements of one page as cssselect2 wants them, made as they are asked for."""

    def __init__(self, root: Element) -> None:
        self._known: dict[Element, Any] = {root: cssselect2.ElementWrapper.from_html_root(root)}

    def of(self, element: Element) -> Any:
        """The element with what stands around it."""
        missing = []
        node: Element | None = element
        while node is not None and node not in self._known:
            missing.append(node)
            node = node.getparent()
        for child in reversed(missing):
            parent = self._known[child.getparent()]
            for wrapper in parent.iter_children():
                self._known[wrapper.etree_element] = wrapper
        return self._known[element]

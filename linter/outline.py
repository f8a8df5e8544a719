"""This file reads a page's tree once, so that no rule walks the whole of it again.

lxml makes an element anew each time that it is asked for one, and forgets it when nobody holds it.
An outline holds them all, so that what was once found out of an element can be kept with it: the
answers of `remembered` and `all_the_way_up` live and die with their element. Trees do not change
while they are judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import wraps
from typing import TypeAlias, TypeVar

import lxml.html

Element: TypeAlias = lxml.html.HtmlElement
T = TypeVar("T")
A = TypeVar("A")


class Outline:
    """The elements of a tree in document order, by name and by what they bear."""

    def __init__(self, root: Element) -> None:
        self.elements: list[Element] = []
        self._held = list(root.iter())
        self._named: dict[str, list[int]] = defaultdict(list)
        self._bearing: dict[str, list[int]] = defaultdict(list)
        self._around: dict[tuple[str, ...], Set[Element]] = {}
        self._valued: dict[str, Mapping[str, Sequence[Element]]] = {}
        self._picked: dict[tuple[tuple[str, ...], str, tuple[str, ...]], Sequence[Element]] = {}
        for element in self._held:
            if not isinstance(element.tag, str):
                continue
            place = len(self.elements)
            self.elements.append(element)
            self._named[element.tag].append(place)
            for name in element.keys():  # noqa: SIM118  # faster than .attrib
                self._bearing[name].append(place)

    def pick(
        self, *tags: str, bearing: str = "", or_bearing: tuple[str, ...] = ()
    ) -> Sequence[Element]:
        """In document order, the elements of any of these names, if need be with an attribute.

        `or_bearing`: and beside them all elements with any of these attributes.
        """
        asked = (tags, bearing, or_bearing)
        known = self._picked.get(asked)
        if known is None:
            known = self._picked[asked] = [self.elements[place] for place in self._places(*asked)]
        return known

    def _places(
        self, tags: tuple[str, ...], bearing: str, or_bearing: tuple[str, ...]
    ) -> Sequence[int]:
        lists = [self._named[tag] for tag in tags if tag in self._named]
        if bearing:
            bearers = set(self._bearing.get(bearing, ()))
            lists = [[place for place in places if place in bearers] for places in lists]
        lists += [self._bearing[name] for name in or_bearing if name in self._bearing]
        return lists[0] if len(lists) == 1 else sorted(set().union(*lists))

    def around(self, *tags: str) -> Set[Element]:
        """All elements within which one of these names stands, at any depth."""
        known = self._around.get(tags)
        if known is None:
            known = self._around[tags] = around(self.pick(*tags))
        return known

    def valued(self, attribute: str, value: str) -> Sequence[Element]:
        """In document order, the elements whose attribute reads so: those of an id."""
        if attribute not in self._valued:
            found: dict[str, list[Element]] = defaultdict(list)
            for element in self.pick(or_bearing=(attribute,)):
                found[element.get(attribute, "")].append(element)
            self._valued[attribute] = found
        return self._valued[attribute].get(value, ())


def outline_of(element: Element) -> Outline:
    """The outline of the tree that the element stands in; made once, kept with its root."""
    root = element.getroottree().getroot()
    known: Outline | None = vars(root).get("_outline")
    if known is None:
        known = vars(root)["_outline"] = Outline(root)
    return known


def around(elements: Iterable[Element]) -> Set[Element]:
    """All elements within which one of these stands, at any depth."""
    found: set[Element] = set()
    for element in elements:
        node = element.getparent()
        while node is not None and node not in found:
            found.add(node)
            node = node.getparent()
    return found


def forget(root: Element) -> None:
    """Lets go of the outline, and of what was found out of elements that nobody else holds."""
    vars(root).pop("_outline", None)


def remembered(ask: Callable[[A], T]) -> Callable[[A], T]:
    """Asks once of each element, or of each page, and keeps the answer with it."""
    key = f"_{ask.__module__}.{ask.__qualname__}"

    @wraps(ask)
    def answer(about: A) -> T:
        known = vars(about)
        try:
            said: T = known[key]
        except KeyError:
            said = known[key] = ask(about)
        return said

    return answer


def all_the_way_up(own: Callable[[Element], bool]) -> Callable[[Element], bool]:
    """Whether something holds for the element and for all that it stands in; one step each."""
    key = f"_{own.__module__}.{own.__qualname__}"

    @wraps(own)
    def answer(element: Element) -> bool:
        known: bool | None = vars(element).get(key)
        if known is not None:
            return known
        unknown = [element]
        node = element.getparent()
        while node is not None and (known := vars(node).get(key)) is None:
            unknown.append(node)
            node = node.getparent()
        holds = known is not False
        for node in reversed(unknown):
            holds = holds and own(node)
            vars(node)[key] = holds
        return holds

    return answer

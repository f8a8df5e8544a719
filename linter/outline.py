"""This file reads a page's tree once, so that no rule walks the whole of it again.

lxml makes an element anew each time that it is asked for one, and forgets it when nobody holds it.
An outline holds them all, so that what was once found out of an element can be kept with it: the
answers of `remembered` live and die with their element. Trees do not change while they are judged.
Elements know their outline weakly: who holds it (a page) lets go of all at once, and nothing is
left for the collector of garbage.
"""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cached_property, wraps
from itertools import chain
from typing import TypeAlias, TypeVar

import lxml.html

Element: TypeAlias = lxml.html.HtmlElement
T = TypeVar("T")
A = TypeVar("A")
# A reader passes each node twice. Entering: the node, its name, the text behind its start tag, and
# how many steps later it is left; leaving: the same with the text behind its end tag, and 0. What
# is no element (a comment) has no name and nothing inside.
Step: TypeAlias = tuple[Element, str, str, int]


class Outline:
    """The elements of a tree in document order, by name and by what they bear."""

    def __init__(self, root: Element) -> None:
        # What style sheets hide or write, see linter.sheets.
        self.marked: Sequence[Element] = vars(root).get("_marked", ())
        self._held = list(root.iter())
        self._tags = [tag if isinstance(tag, str) else "" for tag in (n.tag for n in self._held)]
        self.elements = (
            self._held
            if all(self._tags)
            else [node for node, tag in zip(self._held, self._tags, strict=True) if tag]
        )
        self._named: dict[str, list[int]] = defaultdict(list)
        self._bearing: dict[str, list[int]] = defaultdict(list)
        self._bearers: dict[str, Set[Element]] = {}
        self._around: dict[tuple[str, ...], Set[Element]] = {}
        self._valued: dict[str, Mapping[str, Sequence[Element]]] = {}
        self._picked: dict[tuple[tuple[str, ...], str, tuple[str, ...]], Sequence[Element]] = {}
        self._beneath: dict[Callable[[Element], bool], Set[Element]] = {}
        for place, tag in enumerate(filter(None, self._tags)):
            self._named[tag].append(place)
        for place, element in enumerate(self.elements):
            for name in element.keys():  # noqa: SIM118  # faster than .attrib
                self._bearing[name].append(place)
        itself = weakref.ref(self)
        for node in self._held:
            vars(node)["_outline"] = itself

    @cached_property
    def _steps(self) -> Sequence[Step]:
        """The way of a reader through the whole tree."""
        steps: list[Step] = []
        waiting: list[tuple[int, Element, str]] = []
        parents = [node.getparent() for node in self._held]
        for node, tag, parent in zip(self._held, self._tags, parents, strict=True):
            while waiting and waiting[-1][1] is not parent:
                _leave(steps, *waiting.pop())
            vars(node)["_step"] = len(steps)
            waiting.append((len(steps), node, tag))
            steps.append((node, tag, "", 0))
        while waiting:
            _leave(steps, *waiting.pop())
        return steps

    def way(self, element: Element) -> Sequence[Step]:
        """The way of a reader through an element: from entering it to leaving it."""
        steps = self._steps
        start = vars(element)["_step"]
        return steps[start : start + steps[start][3] + 1]

    def pick(
        self, *tags: str, bearing: str = "", or_bearing: tuple[str, ...] = ()
    ) -> Sequence[Element]:
        """In document order, the elements of any of these names, if need be with an attribute.

        `or_bearing`: and beside them all elements with any of these attributes.
        """
        asked = (tags, bearing, or_bearing)
        known = self._picked.get(asked)
        if known is None:
            places = self._places(*asked)
            known = self._picked[asked] = [*map(self.elements.__getitem__, places)]
        return known

    def _places(
        self, tags: tuple[str, ...], bearing: str, or_bearing: tuple[str, ...]
    ) -> Sequence[int]:
        named = [self._named[tag] for tag in tags if tag in self._named]
        places = named[0] if len(named) == 1 else sorted(chain.from_iterable(named))
        if bearing:
            bearers = set(self._bearing.get(bearing, ()))
            places = [place for place in places if place in bearers]
        others = [self._bearing[name] for name in or_bearing if name in self._bearing]
        if not others:
            return places
        return others[0] if len(others) == 1 and not places else sorted({*places}.union(*others))

    def bearers(self, attribute: str) -> Set[Element]:
        """The elements with an attribute."""
        known = self._bearers.get(attribute)
        if known is None:
            known = self._bearers[attribute] = frozenset(self.pick(or_bearing=(attribute,)))
        return known

    def around(self, *tags: str) -> Set[Element]:
        """All elements within which one of these names stands, at any depth."""
        known = self._around.get(tags)
        if known is None:
            known = self._around[tags] = around(self.pick(*tags))
        return known

    def beneath(self, holds: Callable[[Element], bool]) -> Set[Element]:
        """All elements for which something that is asked `all_the_way_up` does not hold."""
        known = self._beneath.get(holds)
        if known is None:
            found: set[Element] = set()
            own, suspects = vars(holds)["own"], vars(holds)["suspects"]
            for suspect in suspects(self):
                if suspect not in found and not own(suspect):
                    found.update(suspect.iter())
            known = self._beneath[holds] = found
        return known

    def valued(self, attribute: str, value: str) -> Sequence[Element]:
        """In document order, the elements whose attribute reads so: those of an id."""
        if attribute not in self._valued:
            found: dict[str, list[Element]] = defaultdict(list)
            for element in self.pick(or_bearing=(attribute,)):
                found[element.get(attribute, "")].append(element)
            self._valued[attribute] = found
        return self._valued[attribute].get(value, ())


def _leave(steps: list[Step], start: int, node: Element, tag: str) -> None:
    text = (node.text or "") if tag else ""
    steps[start] = (node, tag, text, len(steps) - start)
    steps.append((node, tag, node.tail or "", 0))


def outline_of(element: Element) -> Outline:
    """The outline of the tree that the element stands in; made once."""
    known = vars(element).get("_outline")
    outline: Outline | None = None if known is None else known()
    if outline is None:  # no page's, or of a page that was forgotten: the tree itself holds it
        root = element.getroottree().getroot()
        outline = vars(root)["_held_outline"] = Outline(root)
    return outline


def around(elements: Iterable[Element]) -> Set[Element]:
    """All elements within which one of these stands, at any depth."""
    found: set[Element] = set()
    for element in elements:
        node = element.getparent()
        while node is not None and node not in found:
            found.add(node)
            node = node.getparent()
    return found


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


def all_the_way_up(
    *tags: str,
    or_bearing: tuple[str, ...] = (),
    within: tuple[str, ...] = (),
    or_marked: bool = False,
) -> Callable[[Callable[[Element], bool]], Callable[[Element], bool]]:
    """Whether something holds for the element and for all that it stands in.

    It is asked once of those elements alone for which it may not hold: of these names, with any of
    these attributes, what stands right `within` elements of those names, and if need be what is
    marked.
    """

    def declare(own: Callable[[Element], bool]) -> Callable[[Element], bool]:
        def suspects(outline: Outline) -> Iterable[Element]:
            yield from outline.pick(*tags, or_bearing=or_bearing)
            for holder in outline.pick(*within):
                yield from (child for child in holder if isinstance(child.tag, str))
            yield from outline.marked if or_marked else ()

        @wraps(own)
        def answer(element: Element) -> bool:
            return element not in outline_of(element).beneath(answer)

        vars(answer).update(own=own, suspects=suspects)
        return answer

    return declare

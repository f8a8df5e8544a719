"""This file groups pages by structure, so that a browser need not look at all of them.

A page is the set of contexts that its elements stand in: what an element is (name, attributes,
role, classes), what its ancestors are, and how headings and landmarks follow one another. Pages are
chosen until every context of the site stands on one of them; what a browser finds depends on
contexts, so a kind of fault that is on any page is on a chosen one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from linter.page import Element, Page

# Attributes whose very value decides how an element looks or what it is.
_TELLING = frozenset({"role", "type", "style", "dir", "tabindex", "aria-hidden", "hidden", "align"})
_LANDMARKS = frozenset({"header", "nav", "main", "aside", "footer", "form", "section", "search"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def representatives(
    pages: Iterable[Page],
    like: Callable[[Page], Mapping[str, frozenset[int]]] = lambda _page: {},
) -> dict[str, str]:
    """For each page's address the address of the page to look at in its stead, or its own.

    `like` answers with pages, of other sites too, that were found well and look as this page does,
    and their contexts: these need not be seen again. One page of the site is looked at in any case.
    The choice is the same for the same pages in the same order.
    """
    contexts, new, elsewhere = {}, {}, {}
    for page in pages:
        contexts[page.url] = contexts_of(page)
        elsewhere[page.url] = like(page)
        new[page.url] = contexts[page.url].difference(*elsewhere[page.url].values())
    chosen = _cover(new)

    def stand_in(url: str) -> str:
        seen = {**elsewhere[url], **{other: contexts[other] for other in chosen}}
        return max(seen, key=lambda other: _likeness(contexts[url], seen[other]))

    return {url: url if url in chosen else stand_in(url) for url in contexts}


def _cover(contexts: Mapping[str, frozenset[int]]) -> list[str]:
    """Few pages on which every context stands: always the one that adds most (lazy greedy)."""
    chosen: list[str] = []
    covered: set[int] = set()
    gains = {url: len(own) for url, own in contexts.items()}
    order = {url: -number for number, url in enumerate(contexts)}
    while gains:
        best = max(gains, key=lambda url: (gains[url], order[url]))
        gain = len(contexts[best] - covered)
        if gain < gains[best]:
            gains[best] = gain
            if gain == 0:
                del gains[best]
            continue
        if gain == 0 and chosen:
            break
        chosen.append(best)
        covered |= contexts[best]
        del gains[best]
    return chosen


def _likeness(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / (len(one | other) or 1)


def contexts_of(page: Page) -> frozenset[int]:
    """The page's contexts as numbers; equal numbers mean equal contexts, today and tomorrow."""
    found: set[int] = set()
    root = page.tree
    _walk(root, 0, found)
    found.update(_number(fact) for fact in _page_facts(root))
    return frozenset(found)


def _number(said: object) -> int:
    """Python's own hash is another one in each process."""
    return int.from_bytes(hashlib.blake2b(repr(said).encode(), digest_size=8).digest())


def _walk(root: Element, above: int, found: set[int]) -> None:
    waiting = [(root, above)]
    while waiting:
        element, path = waiting.pop()
        here = _number((path, element.tag, element.get("class", ""), element.get("role", "")))
        found.add(_number((here, _shape(element))))
        waiting.extend((child, here) for child in element if isinstance(child.tag, str))


def _shape(element: Element) -> tuple[object, ...]:
    """What an element is beside its path: attributes, empty or telling ones by value, and text."""
    attributes = tuple(
        sorted(
            f"{name}={value}" if name in _TELLING or not value.strip() else name
            for name, value in element.attrib.items()
        )
    )
    has_text = bool((element.text or "").strip())
    return (attributes, has_text, len(element) > 0)


def _page_facts(root: Element) -> Iterator[tuple[object, ...]]:
    """What a browser rule asks of a page as a whole."""
    levels = [element.tag for element in root.iter(*_HEADINGS)]
    yield from (("heading", above, below) for above, below in pairwise(["", *levels]))
    yield ("h1", min(levels.count("h1"), 2))
    marks = [element.get("role") or element.tag for element in root.iter(*_LANDMARKS)]
    yield from (("landmark", mark, min(marks.count(mark), 2)) for mark in set(marks))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    yield ("ids", len(ids) == len(set(ids)))
    yield ("lang", root.get("lang", ""))
    yield ("title", bool((root.findtext(".//title") or "").strip()))
    names = [element.get("accesskey") for element in root.iter() if element.get("accesskey")]
    yield ("accesskeys", len(names) == len(set(names)))

"""This file gives every kind of fact the same start: where to look, and lines of text there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, wraps
from pathlib import Path
from typing import Any

from linter.compiled import compiled
from linter.model import Fact, Snapshot
from linter.outline import outline_of, remembered
from linter.page import Element, Page
from linter.vietnamese import fold

_HERE = Path(__file__).parent
Reader = Callable[[Snapshot], tuple[Fact, ...]]

_BODIES = (
    "Organization",
    "GovernmentOffice",
    "School",
    "University",
    "Hospital",
    "LocalBusiness",
    "CityHall",
    "Courthouse",
    "PoliceStation",
)
BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details dialog div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol
    option p pre section select summary table tbody td tfoot th thead tr ul""".split()
)
SILENT = frozenset("head noscript script style template title".split())


def reads(
    kind: str, same: Callable[[str], str] = fold
) -> Callable[[Callable[[Snapshot], Iterable[Fact]]], Reader]:
    """Makes a reader of facts remember, on the snapshot, what it read: each is read once.

    Two values that are alike under `same` are one.
    """

    def declare(read: Callable[[Snapshot], Iterable[Fact]]) -> Reader:
        @wraps(read)
        def once(snapshot: Snapshot) -> tuple[Fact, ...]:
            if kind not in snapshot.facts:
                snapshot.facts[kind] = _distinct(read(snapshot), same)
            known: tuple[Fact, ...] = snapshot.facts[kind]
            return known

        return once

    return declare


def _distinct(facts: Iterable[Fact], same: Callable[[str], str]) -> tuple[Fact, ...]:
    """The surest fact of each value, surest first."""
    best: dict[str, Fact] = {}
    for fact in facts:
        known = best.setdefault(same(fact.value), fact)
        if fact.confidence > known.confidence:
            best[same(fact.value)] = fact
    return tuple(sorted(best.values(), key=lambda fact: -fact.confidence))


def read_words(path: Path) -> Mapping[str, Any]:
    """A list of words beside the code, as plain data; its schema is held against it by a test."""
    written = path.read_bytes()
    data: Mapping[str, Any] = compiled(path.parent, path.stem, written, lambda: _parse(written))
    return data


def _parse(written: bytes) -> Any:
    import yaml  # noqa: PLC0415  # slow to load; its answer is kept

    return yaml.load(written, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both safe


@cache
def phrases() -> Mapping[str, Any]:
    """The phrase lists of phrases.yml: words by which Vietnamese sites say what is what."""
    return read_words(_HERE / "phrases.yml")


@cache
def identity_words() -> Mapping[str, Any]:
    """The patterns of identity.yml: how sites say who they are."""
    return read_words(_HERE / "identity.yml")


@cache
def pattern(*path: str) -> re.Pattern[str]:
    """One pattern of identity.yml, by its keys."""
    words: Any = identity_words()
    for key in path:
        words = words[key]
    return re.compile("|".join(words) if isinstance(words, list) else str(words).strip())


def identity_pages(snapshot: Snapshot) -> tuple[Page, ...]:
    """Where a site says who it is: the home page, then contact pages, then any others' footers."""
    words = tuple(identity_words()["contact_pages"])
    home = [snapshot.home] if snapshot.home else []
    contact: list[Page] = []
    others: list[Page] = []
    for page in snapshot.html_pages:
        if page is snapshot.home:
            continue
        path = fold(page.url.removeprefix(snapshot.site.url))
        (contact if any(word in path for word in words) else others).append(page)
    return (*home, *contact[:5], *others[:2])


@remembered
def json_ld(page: Page) -> Sequence[tuple[dict[str, Any], Element]]:
    """Every JSON-LD object of a page, nested ones too, with its <script>; broken ones are none."""
    found = []
    for script in page.outline.pick("script", bearing="type"):
        if script.get("type") == "application/ld+json":
            with suppress(ValueError):
                found += [(entry, script) for entry in _objects(json.loads(script.text or ""))]
    return found


def entries(page: Page) -> Iterator[tuple[dict[str, Any], Element]]:
    """What a page says in schema.org's words: its JSON-LD objects, then its microdata items."""
    yield from json_ld(page)
    typed = page.outline.bearers("itemtype")
    items = [item for item in page.outline.pick(or_bearing=("itemscope",)) if item in typed]
    for item in reversed(items):
        _microdata(item)  # those within first, so that none is read by way of all around it
    for item in items:
        yield _microdata(item), item


@remembered
def _microdata(item: Element) -> dict[str, Any]:
    """A microdata item in the shape of a JSON-LD object; items within are objects too."""
    found: dict[str, Any] = {"@type": item.get("itemtype").rsplit("/", 1)[-1]}
    waiting = list(item)
    while waiting:
        element = waiting.pop(0)
        if not isinstance(element.tag, str):
            continue
        inner = element.get("itemscope") is not None
        if name := element.get("itemprop"):
            value = _microdata(element) if inner and element.get("itemtype") else _said(element)
            found.setdefault(name, []).append(value)
        if not inner:
            waiting.extend(element)
    return {name: v[0] if len(v) == 1 and name != "@type" else v for name, v in found.items()}


def _said(element: Element) -> str:
    for name in ("content", "href", "datetime"):
        if element.get(name):
            return str(element.get(name)).removeprefix("tel:").removeprefix("mailto:")
    return " ".join(element.text_content().split())


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _objects(item)
    elif isinstance(data, dict):
        yield data
        for item in data.values():
            if isinstance(item, (dict, list)):
                yield from _objects(item)


def is_type(entry: Mapping[str, Any], ending: str) -> bool:
    """Whether a JSON-LD object is of a type whose name ends so (Organization: all of them)."""
    types = entry.get("@type", "")
    names = types if isinstance(types, list) else [types]
    return any(str(name).endswith(ending) for name in names)


def is_body(entry: Mapping[str, Any]) -> bool:
    """Whether a schema.org entry is an organisation of any kind."""
    return any(is_type(entry, ending) for ending in _BODIES)


def texts(value: Any) -> Iterator[str]:
    """The non-empty texts of a JSON-LD value that may be one or a list."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            yield item.strip()


def lines(page: Page, root: Element | None = None) -> Sequence[tuple[str, Element]]:
    """The page's text by line, as blocks and <br> break it, each with its innermost block."""
    return _page_lines(page) if root is None else tuple(_drawn(root))


@remembered
def _page_lines(page: Page) -> Sequence[tuple[str, Element]]:
    body = page.tree.find("body")
    return () if body is None else tuple(_drawn(body))


def _drawn(root: Element) -> Iterator[tuple[str, Element]]:
    pieces: list[str] = []
    holder = root
    around: list[Element] = []
    way = outline_of(root).way(root)
    place, last = 0, len(way) - 1
    while place < last:
        element, tag, text, length = way[place]
        place += 1
        if length:
            around.append(element)
            if not tag or tag in SILENT:
                place += length - 1
                continue
        else:
            around.pop()
            element = around[-1]
        if tag in BLOCKS:
            if pieces and (line := " ".join("".join(pieces).split())):
                yield line, holder
            pieces, holder = [], element
        if text:
            pieces.append(text)
    if line := " ".join("".join(pieces).split()):
        yield line, holder


def is_placeholder(value: str) -> bool:
    """Whether a value only waits to be filled in: dots, xxx, example.com, “đang cập nhật”."""
    return bool(pattern("placeholders").search(fold(value)))

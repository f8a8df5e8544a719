"""This file gives every kind of fact the same start: where to look, and lines of text there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, wraps
from pathlib import Path
from typing import Any

import yaml

from linter.model import Element, Fact, Page, Snapshot
from linter.vietnamese import fold

_HERE = Path(__file__).parent
Reader = Callable[[Snapshot], tuple[Fact, ...]]

_BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details dialog div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol
    option p pre section select summary table tbody td tfoot th thead tr ul""".split()
)
_SILENT = frozenset("head noscript script style template title".split())


def reads(kind: str) -> Callable[[Callable[[Snapshot], Iterable[Fact]]], Reader]:
    """Makes a reader of facts remember, on the snapshot, what it read: each is read once."""

    def declare(read: Callable[[Snapshot], Iterable[Fact]]) -> Reader:
        @wraps(read)
        def once(snapshot: Snapshot) -> tuple[Fact, ...]:
            if kind not in snapshot.facts:
                snapshot.facts[kind] = _distinct(read(snapshot))
            known: tuple[Fact, ...] = snapshot.facts[kind]
            return known

        return once

    return declare


def _distinct(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The surest fact of each value, surest first."""
    best: dict[str, Fact] = {}
    for fact in facts:
        known = best.setdefault(fold(fact.value), fact)
        if fact.confidence > known.confidence:
            best[fold(fact.value)] = fact
    return tuple(sorted(best.values(), key=lambda fact: -fact.confidence))


@cache
def phrases() -> Mapping[str, Any]:
    """The phrase lists of phrases.yml: words by which Vietnamese sites say what is what."""
    data: Mapping[str, Any] = yaml.safe_load((_HERE / "phrases.yml").read_text("utf-8"))
    return data


def identity_pages(snapshot: Snapshot) -> tuple[Page, ...]:
    """Where a site says who it is: the home page, then contact and editorial pages."""
    words = tuple(phrases()["contact_pages"])
    pages = [snapshot.home] if snapshot.home else []
    for page in snapshot.html_pages:
        path = page.url.removeprefix(snapshot.site.url)
        if page is not snapshot.home and any(word in fold(path) for word in words):
            pages.append(page)
    return tuple(pages[:6])


def json_ld(page: Page) -> Iterator[tuple[dict[str, Any], Element]]:
    """Every JSON-LD object of a page, nested ones too, with its <script>; broken ones are none."""
    for script in page.tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except ValueError:
            continue
        for entry in _objects(data):
            yield entry, script


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


def texts(value: Any) -> Iterator[str]:
    """The non-empty texts of a JSON-LD value that may be one or a list."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            yield item.strip()


def lines(page: Page, root: Element | None = None) -> Iterator[tuple[str, Element]]:
    """The page's text by line, as blocks and <br> break it, each with its innermost block."""
    body = page.tree.find("body") if root is None else root
    if body is None:
        return
    pieces: list[str] = []
    holder = body
    for text, element, breaks in _walk(body):
        if breaks:
            line = " ".join("".join(pieces).split())
            if line:
                yield line, holder
            pieces, holder = [], element
        pieces.append(text)
    line = " ".join("".join(pieces).split())
    if line:
        yield line, holder


def _walk(element: Element) -> Iterator[tuple[str, Element, bool]]:
    block = element.tag in _BLOCKS
    yield element.text or "", element, block
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SILENT:
            yield from _walk(child)
            breaks = child.tag in _BLOCKS
        else:
            breaks = False
        yield child.tail or "", element, breaks


def landmark(page: Page, name: str) -> Iterator[Element]:
    """Elements that are, or by id or class call themselves, a landmark: header or footer."""
    roles = {"header": "banner", "footer": "contentinfo"}
    yield from page.tree.xpath(f"//{name} | //*[@role='{roles[name]}']")
    pattern = re.compile(rf"(^|[-_ ]|top|page|site){name}", re.I)
    for element in page.tree.xpath("//div[@id or @class] | //td[@id or @class]"):
        if pattern.search(f"{element.get('id', '')} {element.get('class', '')}"):
            yield element


def is_placeholder(value: str) -> bool:
    """Whether a value only waits to be filled in: dots, xxx, example.com, “đang cập nhật”."""
    folded = fold(value)
    return any(re.search(pattern, folded) for pattern in phrases()["placeholders"])

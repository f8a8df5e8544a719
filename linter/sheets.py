"""This file marks in a page's tree what style sheets hide from everyone, and what they write.

Where a browser has seen the page, it says so (the probe "shown"); else the page's own <style>
elements are read. A sheet that hides nothing and writes nothing costs no more than a look at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from linter.outline import Element, around

_UNSEEN, _WRITTEN = "_unseen", "_written"
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.I)
_WRITES = re.compile(r"content\s*:\s*[\"']", re.I)
_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'")
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?", re.I)
# Letters of a font's own, which draw a sign and say nothing.
_SIGNS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def is_hidden_by_sheet(element: Element) -> bool:
    """Whether a style sheet hides the element itself, whatever stands around it."""
    return _UNSEEN in vars(element)


def is_within_hidden(element: Element) -> bool:
    """Whether a style sheet hides the element or something that it stands in."""
    return any(map(is_hidden_by_sheet, (element, *element.iterancestors())))


def written_by_sheet(element: Element) -> str:
    """The text that style sheets put before and after what the element holds."""
    return str(vars(element).get(_WRITTEN, ""))


def mark(root: Element, shown: Mapping[str, Any] | None) -> None:
    """Marks the elements of a tree; `shown` is the probe of that name, None without a browser."""
    if shown is None or "failed" in shown:
        marked = list(_mark_declared(root))
    else:
        marked = [*_mark(root, shown["unseen"], _UNSEEN), *_mark(root, shown["written"], _WRITTEN)]
    if marked:
        vars(root)["_marked"] = marked  # an element that nobody holds forgets what was noted of it


def _mark(root: Element, nodes: Sequence[Mapping[str, str]], key: str) -> Iterator[Element]:
    for node in nodes:
        element = _find(root, node)
        if element is not None:
            vars(element)[key] = _SIGNS.sub("", node["text"])
            yield element


def _find(root: Element, node: Mapping[str, str]) -> Element | None:
    """The element of the source that a browser names; None where scripts have moved it."""
    # Browsers put a <tbody> where the source may have none.
    for path in (node["path"], node["path"].replace("/tbody[1]", "")):
        for found in root.getroottree().xpath(path):
            if found.get("id", "") == node["id"] and found.get("class", "") == node["class"]:
                return found
    return None


def _mark_declared(root: Element) -> Iterator[Element]:
    sheets = [style.text for style in root.iter("style") if style.text]
    if not any(_HIDES.search(text) or _WRITES.search(text) for text in sheets):
        return
    from linter.cascade import (  # noqa: PLC0415  # reading style sheets is slow to load
        Wrappers,
        inline,
        is_for_screens,
        style_of,
    )

    held = [style for style in root.iter("style") if style.text]
    cascade = _read(tuple(one.text or "" for one in held if is_for_screens(one.get("media", ""))))
    wrappers = Wrappers(root)
    # What a page is read for is hidden by its sheet until a script has run, and not for good.
    core = around(element for name in ("main", "h1") for element in root.iter(name))
    for body in root.iter("body"):
        for element in body.iter():
            if not isinstance(element.tag, str):
                continue
            wrapper = wrappers.of(element)
            style = {**style_of(wrapper, (cascade,)), **inline(element.get("style", ""))}
            value = {name: declared.value for name, declared in style.items()}
            gone = value.get("display") == "none"
            gone = gone or value.get("visibility") in ("hidden", "collapse")
            if gone and element not in core and element.tag not in ("body", "main"):
                vars(element)[_UNSEEN] = ""
                yield element
            elif text := _written(cascade.writer.match(wrapper)):
                vars(element)[_WRITTEN] = text
                yield element


@lru_cache(maxsize=64)  # the pages of a site have the same
def _read(texts: tuple[str, ...]) -> Any:
    from linter.cascade import Cascade  # noqa: PLC0415  # as above

    return Cascade(texts)


def _written(matches: Sequence[tuple[Any, Any, str | None, str]]) -> str:
    """The strings of all that is written around an element, read as text."""
    strings = [one or other for *_, value in matches for one, other in _STRING.findall(value)]
    read = [_ESCAPE.sub(lambda code: chr(min(int(code[1], 16), 0x10FFFF)), one) for one in strings]
    return _SIGNS.sub("", "".join(read)).strip()

"""This file tells in which language a text is written, or that it cannot tell.

Vietnamese that says so is told by its letters; for the rest py3langid's model is asked, which is
loaded only when a text needs it. A verdict needs words enough and a clear distance to the language
that the text is said to be in; languages that look alike on paper count as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import islice

from linter.elements import text_of
from linter.outline import Outline, outline_of
from linter.page import Element, Page
from linter.semantics import INLINE, shut
from linter.vietnamese import looks_vietnamese

# Those that stand on public pages; an odd guess among three hundred is worth nothing.
_KNOWN = (
    "ar bg ca cs da de el en es et fa fi fr he hi hr hu id it ja km ko lo lt lv ms nb nl nn no pl "
    "pt ro ru sk sl sr sv th tr uk vi zh"
).split()
_ALIKE = (
    {"da", "nb", "nn", "no", "sv"}, {"cs", "sk"}, {"id", "ms"}, {"hr", "sr", "sl"},
    {"es", "ca", "pt"}, {"ru", "uk", "bg"}, {"zh", "ja"}, {"et", "fi"}, {"ar", "fa"}, {"lo", "th"},
)  # fmt: skip
_MODERN = {"iw": "he", "in": "id", "cmn": "zh", "yue": "zh"}
# Words without which no two English sentences get along; they spare the model most of its work.
_ENGLISH = frozenset(
    "not the of and to in is that for with are this be as on by it from or".split()
)
_SILENT = frozenset("script style template noscript code pre kbd samp".split())
_UNREAD = _SILENT | frozenset("address textarea select svg math q cite".split())
_WITH_ALT = ("img", "area", "input")
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{1,80}[\"”»]")
_QUOTE = re.compile('["“„«]')
_LEAST_WORDS = 3
_LEAST_LETTERS = 15


def primary(tag: str) -> str:
    """The language of a language tag: “vi” of “vi-VN”."""
    subtag = tag.strip().lower().replace("_", "-").split("-")[0]
    return _MODERN.get(subtag, subtag)


def other_language(text: str, tag: str, distance: float) -> str:
    """The language that `text` is in when that is clearly not the one of `tag`; else empty.

    `distance` is how much likelier (as a natural logarithm) the other language must be.
    """
    said = primary(tag)
    unquoted = _QUOTED.sub(" ", text) if _QUOTE.search(text) else text
    if len([*islice(_WORD.finditer(unquoted), _LEAST_WORDS)]) == _LEAST_WORDS:
        text = unquoted  # words in quotation marks are often spoken of, not spoken
    if said == "vi" and looks_vietnamese(text):
        return ""
    words = _WORD.findall(text)
    if said not in _KNOWN or len(words) < _LEAST_WORDS or sum(map(len, words)) < _LEAST_LETTERS:
        return ""
    if said == "en" and 10 * sum(word.lower() in _ENGLISH for word in words) >= len(words):
        return ""
    from py3langid import langid  # noqa: PLC0415  # the model takes long to load

    scores = {tag: float(score) for tag, score in langid.rank(text) if tag in _KNOWN}
    best = max(scores, key=lambda language: scores[language])
    if best == said or any({best, said} <= group for group in _ALIKE):
        return ""
    return best if scores[best] - scores.get(said, -1e9) >= distance else ""


def lang_holder(element: Element) -> Element | None:
    """The element whose lang attribute holds for `element`: itself or the nearest ancestor."""
    for node in (element, *element.iterancestors()):
        if node.get("lang") is not None:
            return node
    return None


def texts_of(element: Element) -> Iterator[tuple[str, Element | None]]:
    """What is read of the element and its parts, each with the element that says its language.

    Of each part its own text is given as one, before that of what stands in it. A hidden text that
    names something (aria-labelledby) is in the language of its own place.
    """
    outline = outline_of(element)
    unread = _passed_over(outline, _SILENT)
    marked = outline.bearers("lang")
    told: list[tuple[Element, str, Element | None, list[str]]] = []
    around: list[tuple[list[str], Element | None]] = []
    pieces: list[str] = []
    holder = lang_holder(element)
    way = outline.way(element)
    place = 0
    while place < len(way) - 1:
        node, tag, text, length = way[place]
        if not length:
            pieces, holder = around.pop()
            pieces.append(text)
            place += 1
            continue
        around.append((pieces, holder))
        if not tag or node in unread:
            place += length
            continue
        if node in marked:
            holder = node
        pieces = [text]
        told.append((node, tag, holder, pieces))
        place += 1
    naming = outline.bearers("aria-label") | outline.bearers("aria-labelledby")
    for node, tag, holder, pieces in told:
        if tag in _WITH_ALT:
            pieces.append(node.get("alt") or "")
        if node not in naming:
            yield " ".join(pieces), holder
            continue
        pieces.append(node.get("aria-label") or "")
        yield " ".join(pieces), holder
        for source in _hidden(node, (node.get("aria-labelledby") or "").split()):
            yield text_of(source), lang_holder(source)


def passages_of(page: Page) -> Iterator[tuple[Element, Element, str]]:
    """Each block of text, with the element around it that says its language, and what is read.

    A part with a lang of its own is left out: it says what it is in. So are code and addresses.
    """
    for body in page.outline.pick("body"):
        for block, holder, parts in _read_blocks(body):
            if holder is not None and (text := " ".join("".join(parts).split())):
                yield block, holder, text


def _read_blocks(body: Element) -> list[tuple[Element, Element | None, list[str]]]:
    """The blocks in the order in which they begin, each with its holder and its pieces of text.

    Where no pieces are kept, a lang is around: that text is part-in-other-language's.
    """
    outline = outline_of(body)
    unread = _passed_over(outline, _UNREAD)
    marked = outline.bearers("lang")
    way = outline.way(body)
    holder = lang_holder(body)
    first = [way[0][2]]
    blocks = [(body, holder, first)]
    parts: list[str] | None = first
    around: list[tuple[list[str] | None, Element | None]] = []
    place = 1
    while place < len(way) - 1:
        node, tag, text, length = way[place]
        if not length:
            parts, holder = around.pop()
            if parts is not None:
                parts.append(text)
            place += 1
            continue
        around.append((parts, holder))
        if not tag or node in unread:
            place += length
            continue
        if tag == "br" and parts is not None:
            parts.append(". ")
            place += length
            continue
        if node in marked:
            parts, holder = None, node
        elif tag not in INLINE:
            if parts is not None:
                parts.append(". ")
            blocks.append((node, holder, [text]))
            parts = blocks[-1][2]
        elif parts is not None:
            parts.append(text)
        place += 1
    return blocks


def _passed_over(outline: Outline, silent: Set[str]) -> Set[Element]:
    """What is not read: elements of these names, and what is hidden."""
    return {*shut(outline), *outline.pick(*sorted(silent))}


def _hidden(node: Element, names: list[str]) -> Iterator[Element]:
    for name in names:
        for source in outline_of(node).valued("id", name)[:1]:
            if source.get("hidden") is not None:
                yield source

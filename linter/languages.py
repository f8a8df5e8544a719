"""This file tells in which language a text is written, or that it cannot tell.

Vietnamese that says so is told by its letters; for the rest py3langid's model is asked, which is
loaded only when a text needs it. A verdict needs words enough and a clear distance to the language
that the text is said to be in; languages that look alike on paper count as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from linter.elements import text_of
from linter.outline import outline_of
from linter.page import Element, Page
from linter.semantics import INLINE, is_exposed_within
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

    A hidden text that names something (aria-labelledby) is in the language of its own place.
    """
    waiting = [(element, lang_holder(element))]
    while waiting:
        node, holder = waiting.pop()
        if not isinstance(node.tag, str) or node.tag in _SILENT or not is_exposed_within(node):
            continue
        if node.get("lang") is not None:
            holder = node
        if node.text:
            yield node.text, holder
        children = list(node)
        for child in children:
            if child.tail:
                yield child.tail, holder
        if node.tag in _WITH_ALT and (alt := node.get("alt")):
            yield alt, holder
        if label := node.get("aria-label"):
            yield label, holder
        if names := node.get("aria-labelledby"):
            for source in _hidden(node, names.split()):
                yield text_of(source), lang_holder(source)
        waiting.extend((child, holder) for child in reversed(children))


def passages_of(page: Page) -> Iterator[tuple[Element, Element, str]]:
    """Each block of text, with the element around it that says its language, and what is read.

    A part with a lang of its own is left out: it says what it is in. So are code and addresses.
    """
    for body in page.outline.pick("body"):
        waiting = [(body, lang_holder(body))]
        while waiting:
            block, holder = waiting.pop()
            parts: list[str] = []
            inside = _read_block(block, holder, parts)
            if holder is not None and (text := " ".join("".join(parts).split())):
                yield block, holder, text
            waiting.extend(reversed(inside))


def _read_block(
    block: Element, holder: Element | None, parts: list[str]
) -> list[tuple[Element, Element | None]]:
    """Collects the text of the block, and gives the blocks within, each with its holder."""
    inside: list[tuple[Element, Element | None]] = []
    if block.text:
        parts.append(block.text)
    for child in block:
        if isinstance(child.tag, str) and child.tag not in _UNREAD and is_exposed_within(child):
            if child.tag == "br":
                parts.append(". ")
            elif child.get("lang") is not None:
                inside += _within(child, child)
            elif child.tag in INLINE:
                inside += _read_block(child, holder, parts)
            else:
                parts.append(". ")
                inside.append((child, holder))
        if child.tail:
            parts.append(child.tail)
    return inside


def _within(element: Element, holder: Element) -> list[tuple[Element, Element | None]]:
    """The blocks in an element that says its language; its own text is part-in-other-language's."""
    return [
        pair
        for child in element
        if isinstance(child.tag, str) and child.tag not in _UNREAD and is_exposed_within(child)
        for pair in (
            _within(child, child if child.get("lang") is not None else holder)
            if child.tag in INLINE or child.get("lang") is not None
            else [(child, holder)]
        )
    ]


def _hidden(node: Element, names: list[str]) -> Iterator[Element]:
    for name in names:
        for source in outline_of(node).valued("id", name)[:1]:
            if source.get("hidden") is not None:
                yield source

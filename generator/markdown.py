"""This file is our profile of Markdown: HTML that our security policy allows, source lines kept.

Python-Markdown forgets lines. So each line of text ends, before it is parsed, with a mark from
Unicode's private area that holds its number; the marks are taken out of the finished tree, and the
first mark inside or behind an element tells where it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from linter.vietnamese import slugify

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_UNMARKED = re.compile(
    r"(\s{0,3}>)*\s*$"  # nothing there, or nothing but marks of a quotation
    r"|\s{0,3}([-*_]\s*){3,}$"  # a rule, or the line under a heading
    r"|\s{0,3}=+\s*$"
    r"|\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$"  # the line under a table's header
    r"|\s{0,3}\[[^\]]+\]:\s"  # a link's address
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What a paragraph above a table begins with, to name it.
_CAPTION = re.compile(r"(?:Bảng|Table):\s+")
_ITEM = re.compile(r"(?:[-*+]|\d+(\.))\s")


@dataclass(frozen=True)
class Heading:
    """A heading of the rendered text: 2 to 6, its id on the page, its words."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Markup:
    """Rendered Markdown: what stands inside the element that holds it.

    `lines[i]` is the source line of the i-th descendant element of the holder in document order.
    """

    html: str
    lines: tuple[int, ...]
    headings: tuple[Heading, ...]


def render(text: str, first_line: int, folder: str, links: Mapping[str, str]) -> Markup:
    """Renders Markdown whose first line is `first_line` of a file in `folder`.

    `folder` is relative to content/; `links` maps paths relative to content/ to public addresses.
    """
    engine = _engine()
    engine.reset()
    collector = engine.treeprocessors["congtin"]
    assert isinstance(collector, _Collector)
    collector.start(folder, links, first_line)
    html = engine.convert("\n".join(mark_lines(text.split("\n"), first_line)))
    return Markup(html, tuple(collector.lines), tuple(collector.headings))


def mark_lines(lines: list[str], first_line: int) -> Iterator[str]:
    """The lines with their numbers hidden at the end, where a mark cannot change the meaning."""
    kind = ""
    for number, line in enumerate(lines, first_line):
        if _UNMARKED.match(line):
            kind = kind if line.strip() else ""
            yield line
            continue
        item = _ITEM.match(line)
        if item and kind and _kind(item) != kind:
            yield ""  # "- a" then "1. b" are two lists, not one
        kind = _kind(item) if item else kind
        yield _marked(_indented(line), f"{_OPEN}{number}{_CLOSE}")


def _kind(item: re.Match[str]) -> str:
    return "ordered" if item[1] else "unordered"


def _marked(line: str, mark: str) -> str:
    """The mark stands inside the last table cell, before a closing row of # and a hard break."""
    text = line.rstrip()
    tail = line[len(text) :]
    if text.endswith("|") and not text.endswith("\\|"):
        return text[:-1] + mark + "|" + tail
    closing = re.search(r"\s#+$", text) if text.startswith("#") else None
    if closing:
        return text[: closing.start()] + mark + text[closing.start() :]
    return text + mark + tail


def _indented(line: str) -> str:
    """Two or three blanks before a list item mean a nested one, as everyone writes it."""
    match = re.match(r"( {2,3})([-*+]|\d+\.)\s", line)
    return "    " + line.lstrip() if match else line


@cache
def _engine() -> markdown.Markdown:
    """One engine a process, reset between documents; raw HTML is text to it."""
    engine = markdown.Markdown(
        extensions=["tables", "sane_lists", _Profile()], output_format="html"
    )
    engine.preprocessors.deregister("html_block")
    engine.inlinePatterns.deregister("html")
    return engine


class _Profile(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Puts our step last, when the tree stands and no text is a placeholder any more."""
        md.treeprocessors.register(_Plain(md), "congtin-plain", 21)
        md.treeprocessors.register(_Collector(md), "congtin", -10)


class _Plain(Treeprocessor):
    """Spares text without any sign of inline Markdown the search for each kind of it."""

    signs = re.compile(r"[`\\\[<&*_]|  \n")

    def run(self, root: Element) -> None:
        """Runs right before Python-Markdown's own inline step."""
        for element in root.iter():
            if element.text and not self.signs.search(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not self.signs.search(element.tail):
                element.tail = AtomicString(element.tail)


class _Collector(Treeprocessor):
    """Takes out the marks, gives headings ids, resolves links, names tables, unstyles them."""

    def start(self, folder: str, links: Mapping[str, str], first_line: int) -> None:
        self.folder, self.links, self.first_line = folder, links, first_line
        self.lines: list[int] = []
        self.headings: list[Heading] = []

    def run(self, root: Element) -> None:
        """Walks the finished tree once."""
        ids: set[str] = set()
        _name_tables(root)
        inside = list(root.iter())[1:]
        self.lines.extend([0] * len(inside))
        self._number(root)
        for element in inside:
            element.attrib.pop("style", None)
            if element.tag in ("a", "img"):
                self._resolve(element)
            elif element.tag in _HEADINGS:
                text = "".join(element.itertext())
                name = _unique(slugify(text) or "muc", ids)
                element.set("id", name)
                self.headings.append(Heading(int(element.tag[1]), name, text))
            elif element.tag == "th":
                element.set("scope", "col")

    def _number(self, root: Element) -> None:
        """Finds each element's line: the first mark in it, else the first behind it."""
        waiting: list[int] = []
        index = -1
        last = self.first_line

        def take(text: str | None) -> str | None:
            nonlocal last
            if not text or _OPEN not in text:
                return text
            last = int(_MARK.findall(text)[0])
            for position in waiting:
                self.lines[position] = last
            waiting.clear()
            last = int(_MARK.findall(text)[-1])
            return _MARK.sub("", text)

        def walk(element: Element) -> None:
            nonlocal index
            if element is not root:
                index += 1
                waiting.append(index)
            element.text = take(element.text)
            for child in element:
                walk(child)
                child.tail = take(child.tail)

        walk(root)
        for position in waiting:
            self.lines[position] = last

    def _resolve(self, element: Element) -> None:
        key = "href" if element.tag == "a" else "src"
        target = _MARK.sub("", element.get(key, ""))
        path, _, fragment = target.partition("#")
        if urlsplit(target).scheme or target.startswith(("#", "/")):
            element.set(key, target)
            return
        public = self.links.get(content_path(self.folder, path))
        if public is not None:
            element.set(key, public + (f"#{fragment}" if fragment else ""))


def _name_tables(root: Element) -> None:
    """A paragraph "Bảng: ..." right above a table becomes the table's caption."""
    for parent in list(root.iter()):
        for before, table in list(pairwise(parent)):
            words = _CAPTION.match(before.text or "")
            if before.tag == "p" and table.tag == "table" and words:
                parent.remove(before)
                before.tag, before.tail = "caption", "\n"
                before.text = (before.text or "")[words.end() :]
                table.insert(0, before)


def _unique(name: str, taken: set[str]) -> str:
    candidate, count = name, 1
    while candidate in taken:
        count += 1
        candidate = f"{name}-{count}"
    taken.add(candidate)
    return candidate


def content_path(folder: str, link: str) -> str:
    """A link's path relative to content/, dots resolved; "" when it leaves content/."""
    parts: list[str] = folder.split("/") if folder else []
    for part in link.split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\s{0,3}\[[^\]]+\]:\s*(\S+)")
_TAG = re.compile(r"</?[a-zA-Z][\w-]*(\s[^<>]*)?/?>|<!--")
_QUOTED = re.compile(r"`[^`]*`")


def links_in(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    """The targets of links and pictures in Markdown text, with their lines."""
    for number, line in _prose(text, first_line, "]"):
        for match in _LINK.finditer(line):
            yield number, match[1] or match[2]


def raw_html_in(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    """HTML tags written into Markdown text, with their lines."""
    for number, line in _prose(text, first_line, "<"):
        for match in _TAG.finditer(line):
            yield number, match[0]


def _prose(text: str, first_line: int, sign: str) -> Iterator[tuple[int, str]]:
    """The numbered lines that hold a sign, without what stands in back quotes."""
    if sign in text:
        for number, line in enumerate(text.split("\n"), first_line):
            if sign in line:
                yield number, _QUOTED.sub("", line)

"""This file reads a section's items: which pages they are, and what their labels say.

A label stands before its value in a definition list, a row, a column or a line; values that only
wait to be filled in are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from linter.elements import text_of
from linter.facts.reading import is_placeholder, lines, read_words
from linter.facts.sections import sections
from linter.model import Snapshot
from linter.page import Element, Page
from linter.vietnamese import fold

_HERE = Path(__file__).parent
_LONGEST_LABEL = 60
_BETWEEN_LABELS = re.compile(r"\s*[,;]\s+|\s+(?:và|and)\s+")
# What a reader downloads to read or to fill in.
DOCUMENTS = frozenset("pdf doc docx odt rtf txt xls xlsx ods csv ppt pptx odp".split())


@cache
def words() -> Mapping[str, Any]:
    """The word lists of labels.yml."""
    return read_words(_HERE / "labels.yml")


def says(text: str, patterns: Sequence[str]) -> bool:
    """Whether a text, folded, holds one of the patterns at the start of a word."""
    return _says(fold(text), tuple(patterns))


@lru_cache(maxsize=1 << 14)  # a site's menu stands on each of its pages
def _says(folded: str, patterns: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?:\b|^){pattern}", folded) for pattern in patterns)


def main_of(page: Page) -> Element | None:
    """The page's own content: <main>, or the body where there is none."""
    for element in page.outline.pick("main", or_bearing=("role",)):
        if element.tag == "main" or element.get("role") == "main":
            return element
    return page.tree.find("body")


def landmark(page: Page, name: str) -> list[Element]:
    """Elements that are, or by id or class call themselves, a landmark: header or footer."""
    role = {"header": "banner", "footer": "contentinfo"}[name]
    found = [
        element
        for element in page.outline.pick(name, or_bearing=("role",))
        if element.tag == name or element.get("role") == role
    ]
    called = re.compile(rf"(^|[-_ ]|top|page|site){name}", re.I)
    for element in page.outline.pick("div", "td"):
        if called.search(f"{element.get('id', '')} {element.get('class', '')}"):
            found.append(element)
    return found


def section_items(snapshot: Snapshot, section: str) -> tuple[Page, ...]:
    """The items of a section: its pages that are no lists of others."""
    seen = sections(snapshot).get(section)
    if seen is None:
        return ()
    addresses = {page.url for page in seen.pages}
    return tuple(
        page for page in seen.pages if page.url != seen.url and not _is_list(page, addresses)
    )


def _is_list(page: Page, addresses: set[str]) -> bool:
    """Whether a heading or an entry of the page leads to another page of the section."""
    root = main_of(page)
    if root is None:
        return False
    entries = root.xpath(".//article//h2//a[@href] | .//h2/a[@href] | .//h3/a[@href]")
    targets = {page.resolve(link.get("href")) for link in entries}
    return bool(targets & (addresses - {page.url}))


def value_of(page: Page, field: str) -> Element | None:
    """Where the page states a field of labels.yml, with a value; None where it does not."""
    root = main_of(page)
    if root is None:
        return None
    if field in _SPECIAL:
        return _SPECIAL[field](page, root)
    return _labelled(page, root, field)


def _labelled(page: Page, root: Element, field: str) -> Element | None:
    patterns = words()["fields"][field]
    for label, value, element in pairs(page, root):
        folded = fold(label).strip(" :*.()")
        if len(folded) <= _LONGEST_LABEL and any(re.fullmatch(p, folded) for p in patterns):
            shown = value.strip(" :–-")
            if shown and not is_placeholder(shown):
                return element
    return None


def pairs(page: Page, root: Element) -> Iterator[tuple[str, str, Element]]:
    """Label and value as lists, rows, columns and lines put them."""
    for term in root.iter("dt", "th"):
        value = term.getnext()
        if value is not None and value.tag in ("dd", "td"):
            yield text_of(term), text_of(value), value
    for table in root.iter("table"):
        yield from _columns(table)
    for line, element in lines(page, root):
        label, colon, value = line.partition(":")
        if colon:
            yield label, value, element


def _columns(table: Element) -> Iterator[tuple[str, str, Element]]:
    """Each column's heading with its cells; one empty cell makes the column's value empty.

    A heading may name several things, “Phone, e-mail”: then each cell needs as many texts.
    """
    rows = [row for row in table.iter("tr") if len(row)]
    if len(rows) < 2 or any(cell.tag != "th" for cell in rows[0]):
        return
    for index, heading in enumerate(rows[0]):
        cells = [row[index] for row in rows[1:] if index < len(row)]
        texts = [[text for text in cell.itertext() if text.strip()] for cell in cells]
        value = " ".join(text_of(cell) for cell in cells)
        label = text_of(heading)
        parts = _BETWEEN_LABELS.split(label)
        for names in ([label], parts if len(parts) > 1 else []):
            whole = len(cells) == len(rows) - 1 and all(len(found) >= len(names) for found in texts)
            for name in names:
                yield name, value if whole else "", heading


def _heading(_page: Page, root: Element) -> Element | None:
    found = [h for h in root.iter("h1") if text_of(h)]
    return found[0] if found else None


def download_of(page: Page) -> Element | None:
    """The first link of the page's content to a document."""
    root = main_of(page)
    links = root.xpath(".//a[@href]") if root is not None else []
    return next((link for link in links if extension(page, link) in DOCUMENTS), None)


def extension(page: Page, link: Element) -> str:
    """The lower-case ending of the address that a link leads to, without the dot."""
    path = page.resolve(link.get("href")).partition("?")[0]
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def _abstract(page: Page, root: Element) -> Element | None:
    """Labelled so, or the sentence that the page's heading is."""
    heading = _heading(page, root)
    named = heading is not None and len(text_of(heading).split()) >= 4
    labelled = _labelled(page, root, "abstract")
    return heading if labelled is None and named else labelled


def _kind(page: Page, root: Element) -> Element | None:
    """Labelled so, or the heading where it names a kind of document: “12/QĐ-UBND: Quyết định”."""
    labelled = _labelled(page, root, "kind")
    heading = _heading(page, root)
    if labelled is None and heading is not None:
        return heading if says(text_of(heading), words()["document_kinds"]) else None
    return labelled


def _data(page: Page, root: Element) -> Element | None:
    tables = list(root.iter("table"))
    return tables[0] if tables else download_of(page)


def _person_title(page: Page, root: Element) -> Element | None:
    """The post of officials in a directory, the heading of anything else."""
    post = _labelled(page, root, "title-of-person")
    return _heading(page, root) if post is None else post


_SPECIAL: Mapping[str, Callable[[Page, Element], Element | None]] = {
    "title": _person_title,
    "file": lambda page, _root: download_of(page),
    "abstract": _abstract,
    "kind": _kind,
    "data": _data,
}

"""This file recognises a site's sections: which link of the home page leads to which of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from linter.facts.reading import phrases
from linter.model import Snapshot
from linter.page import Element, Page
from linter.semantics import name_of
from linter.vietnamese import fold


@dataclass(frozen=True)
class SectionSeen:
    """A section as a site shows it: the link that names it, and its pages as far as seen.

    `id` is the word of the laws' data. `root` is the section's list page, None where it was not
    seen. `pages` are the pages below the section's address, list pages included.
    """

    id: str
    name: str
    url: str
    page: Page
    link: Element
    root: Page | None
    pages: tuple[Page, ...]


@cache
def section_words() -> Mapping[str, Sequence[re.Pattern[str]]]:
    """The patterns by which each section is recognised, in folded text."""
    return {
        name: [re.compile(rf"\b(?:{pattern})\b") for pattern in patterns]
        for name, patterns in phrases()["sections"].items()
    }


def sections(snapshot: Snapshot) -> Mapping[str, SectionSeen]:
    """The sections of a site by id: links of the home page whose words name one.

    A link in <nav> or <header> counts before others, and a short name before a long one.
    """
    if "sections" not in snapshot.memo:
        snapshot.memo["sections"] = dict(_find(snapshot))
    known: Mapping[str, SectionSeen] = snapshot.memo["sections"]
    return known


def _find(snapshot: Snapshot) -> Iterator[tuple[str, SectionSeen]]:
    home = snapshot.home
    if home is None:
        return
    found: dict[str, tuple[tuple[int, int], Element]] = {}
    for link in home.outline.pick("a", bearing="href"):
        name = fold(name_of(link))
        section = _section_of(name)
        if section is None:
            continue
        menu = any(node.tag in ("nav", "header") for node in link.iterancestors())
        rank = (0 if menu else 1, len(name))
        if section not in found or rank < found[section][0]:
            found[section] = (rank, link)
    for section, (_, link) in found.items():
        url = home.resolve(link.get("href"))
        below = tuple(
            page
            for page in snapshot.html_pages
            if url != snapshot.site.url and page.url.startswith(url)
        )
        root = snapshot.by_url.get(url)
        yield section, SectionSeen(section, name_of(link), url, home, link, root, below)


def _section_of(name: str) -> str | None:
    """The section that a folded name names; long texts are titles of items, not of sections."""
    if not name or len(name) > 60:
        return None
    for section, patterns in section_words().items():
        if any(pattern.search(name) for pattern in patterns):
            return section
    return None

"""This file gives the texts that a site publishes, pages and attachments alike, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from linter.facts.reading import lines, read_words
from linter.model import Element, Observation, Page, Params, Snapshot
from linter.terms import Outcome
from linter.vietnamese import fold_in_place, nfc


@dataclass(frozen=True)
class Text:
    """A page or an attached document: its lines with their element, None in a document.

    `page` is the page itself, or one that links to the document; `url` is the text's address.
    """

    url: str
    page: Page | None
    lines: tuple[tuple[str, Element | None], ...]

    @cached_property
    def folded(self) -> str:
        """All lines folded, one below the other."""
        return fold_in_place("\n".join(line for line, _ in self.lines))

    @property
    def is_page(self) -> bool:
        """Whether it is a page and no attached document."""
        return self.page is not None and self.page.url == self.url

    def say(
        self, outcome: Outcome, message: str, target: Element | None = None, **params: str | int
    ) -> Observation:
        """An observation on the text; on a document it stands at the link that leads there."""
        said: Params = {"document": self.url, **params}
        if self.is_page:
            return Observation(outcome, self.page, target, message, said)
        return Observation(outcome, self.page, target, message, said, what=f"{message}|{self.url}")


def texts_of(snapshot: Snapshot) -> tuple[Text, ...]:
    """Each page, then each attached document that could be read."""
    if "texts" not in snapshot.memo:
        snapshot.memo["texts"] = tuple(_read(snapshot))
    known: tuple[Text, ...] = snapshot.memo["texts"]
    return known


def _read(snapshot: Snapshot) -> Iterator[Text]:
    for page in snapshot.html_pages:
        found = tuple((nfc(line), element) for line, element in lines(page))
        yield Text(page.url, page, found)
    where = _links(snapshot)
    for url, text in snapshot.texts.items():
        written = [" ".join(nfc(line).split()) for line in text.splitlines()]
        yield Text(url, where.get(url, snapshot.home), tuple((w, None) for w in written if w))


def _links(snapshot: Snapshot) -> Mapping[str, Page]:
    """For each attached document the first page that links to it."""
    found: dict[str, Page] = {}
    for page in snapshot.html_pages:
        for link in page.outline.pick("a", bearing="href"):
            found.setdefault(page.resolve(link.get("href", "")), page)
    return found


@cache
def words(name: str) -> re.Pattern[str]:
    """A pattern of documents.yml."""
    return re.compile(_patterns()[name], re.M)


@cache
def _patterns() -> Mapping[str, str]:
    return read_words(Path(__file__).with_name("documents.yml"))

"""This file gives the texts that a site publishes, pages and attachments alike, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from linter.facts.reading import lines, read_words
from linter.model import Snapshot
from linter.page import Element, Observation, Page, Params, gathered
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


def texts_of(snapshot: Snapshot) -> Iterator[Text]:
    """Each page that bears one of the words that the rules look for, and each document."""
    for page in snapshot.html_pages:
        if _may_matter(page):
            yield _text_of(page)
    for url, written in snapshot.texts.items():
        whole = [" ".join(nfc(line).split()) for line in written.splitlines()]
        where = snapshot.linked_from.get(url) or snapshot.home
        yield Text(url, where, tuple((line, None) for line in whole if line))


def _text_of(page: Page) -> Text:
    return Text(page.url, page, tuple((nfc(line), element) for line, element in lines(page)))


@gathered
def _may_matter(page: Page) -> bool:
    """Whether a page bears the head of a document, or words of a list of persons."""
    return any(_line_matters(line) for line, _ in lines(page))


@lru_cache(maxsize=1 << 14)  # what frames a site's pages comes again on each
def _line_matters(line: str) -> bool:
    """None of these patterns reaches over the end of a line."""
    written = nfc(line)
    folded = fold_in_place(written)
    return bool(
        words("heads").search(written)
        or words("plain_heads").search(written)
        or words("identity_labels").search(folded)
        or words("birth_labels").search(folded)
    )


@cache
def words(name: str) -> re.Pattern[str]:
    """A pattern of documents.yml."""
    return re.compile(_patterns()[name], re.M)


@cache
def _patterns() -> Mapping[str, str]:
    return read_words(Path(__file__).with_name("documents.yml"))

"""This file holds what was seen of a site, and what facts say of it at once.

Everything here is frozen data without I/O. A collector (linter.sites, linter.browser) makes
Snapshots of pages (linter.page), a rule turns a Page or a Snapshot into Observations, the judge
makes a Report of them (linter.findings).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from linter.page import Element, Observation, Page, Params
from linter.terms import Outcome, Site


@dataclass(frozen=True, slots=True)
class Unreached:
    """An address that should have been judged and could not be: `reason` as in Page.untested."""

    url: str
    reason: str
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Omission:
    """Addresses that a crawl left out on purpose: why (a key of wording.OMISSIONS), how many."""

    reason: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Pdf:
    """What a PDF file says of itself (linter.sites.attachments).

    `has_text`: letters can be taken out of it. `tagged`: it says what is a heading, a paragraph, a
    table. Of its first `pages`, so many hold `pictures` and hardly a word; `drawn`: something is to
    be seen on them. `unreadable`: it is broken, locked, too large to look into, or a cover that
    files are packed into; all else is then empty.
    """

    title: str = ""
    language: str = ""
    tagged: bool = False
    has_text: bool = False
    pages: int = 0
    pictures: int = 0
    drawn: bool = False
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a browser finds when it asks a host for its certificate.

    `problem` is "" where a browser trusts it, else expired, other-host, self-signed, untrusted, or
    unknown where we could not tell; `error` is then what the TLS library says. `expires` is its
    last day.
    """

    host: str
    problem: str = ""
    error: str = ""
    expires: date | None = None


class Canary(StrEnum):
    """Whether the page with known faults, sent along with every browser run, was found faulty."""

    SEEN = "seen"
    MISSED = "missed"
    NOT_RUN = "not-run"


@dataclass(frozen=True, slots=True)
class Appearance:
    """When an address came to be, by others than the site itself; date.min and date.max are open.

    `kind` is manifest (the builder's earlier publications), git (the history of the file that the
    page is made of) or seen (an earlier snapshot).
    """

    kind: str
    earliest: date
    latest: date


@dataclass(frozen=True)
class Snapshot:
    """One site as it stood at one moment.

    `origin` is folder, urls, crawl or archive: it is for the reader of the report, no rule asks.
    `files` are the addresses of the site that are not pages (pictures, attachments) with their
    size in bytes; `complete` says that pages and files are all there is, so that an internal link
    to none of them is broken. `browser` and `axe` are versions, empty when nothing was rendered.
    `texts` is what could be read of attached documents, by address (linter.sites.attachments).
    `pdfs` is what attached PDF files say of themselves, by address.
    `known_hosts` are the hosts that the site linked to when it was audited before; None when it
    was not, or nobody remembers. `appeared` is what others know of when an address came to be.
    `omitted` is what a crawl knew of and did not visit.
    `doors` are the answers for addresses that no page links to and that we asked for on purpose
    (linter.doors), with status 0 where nothing answered; `certificate` is the site's own.
    `sheets` are the site's style sheets, by address.
    """

    site: Site
    pages: tuple[Page, ...]
    unreached: tuple[Unreached, ...] = ()
    files: Mapping[str, int] = field(default_factory=dict)
    complete: bool = False
    origin: str = "folder"
    taken_at: datetime | None = None
    canary: Canary = Canary.NOT_RUN
    browser: str = ""
    axe: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    pdfs: Mapping[str, Pdf] = field(default_factory=dict)
    known_hosts: frozenset[str] | None = None
    appeared: Mapping[str, tuple[Appearance, ...]] = field(default_factory=dict)
    omitted: tuple[Omission, ...] = ()
    doors: Mapping[str, Page] = field(default_factory=dict)
    certificate: Certificate | None = None
    sheets: Mapping[str, Page] = field(default_factory=dict)

    @cached_property
    def html_pages(self) -> tuple[Page, ...]:
        """The pages that page rules judge."""
        return tuple(page for page in self.pages if page.is_html)

    @cached_property
    def by_url(self) -> Mapping[str, Page]:
        """Each page by its address."""
        return {page.url: page for page in self.pages}

    @cached_property
    def home(self) -> Page | None:
        """The page at the site's own address, else the one with the shortest address."""
        exact = self.by_url.get(self.site.url)
        return exact or min(self.html_pages, key=lambda page: len(page.url), default=None)

    @cached_property
    def linked_from(self) -> Mapping[str, Page]:
        """For each file the first page that links to it."""
        found: dict[str, Page] = {}
        for page in self.html_pages if self.files else ():
            for href in page.tree.xpath("//a/@href"):
                if (url := page.resolve(href)) in self.files:
                    found.setdefault(url, page)
        return found

    @cached_property
    def facts(self) -> dict[str, tuple[Fact, ...]]:
        """Where linter.facts keeps what it has read of this snapshot, by kind."""
        return {}

    @cached_property
    def memo(self) -> dict[str, Any]:
        """Where linter.facts keeps what is no fact of its own but costly to find."""
        return {}

    def fails(self, message: str, **params: str | int) -> Observation:
        """The site as a whole breaks the rule."""
        return Observation(Outcome.FAIL, self.home, None, message, params)

    def passes(self) -> Observation:
        """The site as a whole is in order."""
        return Observation(Outcome.PASS, self.home)

    def wants_review(self, message: str, **params: str | int) -> Observation:
        """A person must look at the site."""
        return Observation(Outcome.REVIEW, self.home, None, message, params)

    def untested(self, reason: str, **params: str | int) -> Observation:
        """The site could not be looked at."""
        return Observation(Outcome.UNTESTED, self.home, None, reason, params)


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim that a site makes of itself, and where it makes it.

    `kind` is one of the report contract's kinds (organisation, phone, ...). `confidence` is
    between 0 and 1. `element` is None where the place is not an element.
    """

    kind: str
    value: str
    page: Page
    element: Element | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Statement:
    """A Fact as a report tells it: `page` is an address, `selector` empty for no element."""

    kind: str
    value: str
    page: str
    selector: str
    confidence: float

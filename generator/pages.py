"""This file lays out a portal: which pages it has, at which address, made of which documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from linter.messages import N_
from linter.registry import Alert, Portal, Registry, Section

if TYPE_CHECKING:
    from generator.documents import Document
    from generator.markdown import Markup
    from linter.law.duties import Duty

# Speaks the theme's texts in one language: say("Home"), say("Page {number}", number=2).
Say = Callable[..., str]

PER_PAGE = 20
NEWEST = 6


@dataclass(frozen=True)
class Item:
    """A document as another page lists it, its own portal's or the main portal's."""

    portal: str
    source: str
    url: str
    title: str
    summary: str
    section: str
    published: datetime


@dataclass(frozen=True)
class PortalJob:
    """All that one portal is built from; the same job gives the same bytes.

    `documents` are the public ones only, `markups` their text by file, `files` public addresses
    by path relative to content/, `latest` the newest items of other portals (main portal only).
    `now` is local time. `duties` is what the law says of the time of its sections. `compiled` is
    an existing folder that remembers compiled templates.
    """

    registry: Registry
    portal: Portal
    documents: tuple[Document, ...]
    markups: Mapping[str, Markup]
    files: Mapping[str, str]
    latest: tuple[Item, ...]
    now: datetime
    theme: Path
    content: Path
    compiled: Path
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True)
class Crumb:
    """A step of the way from the home page to this one."""

    title: str
    url: str


@dataclass(frozen=True)
class Turn:
    """Where a page of a list stands among its fellows; None where there is no neighbour."""

    number: int
    count: int
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Page:
    """One page before it is rendered: what the templates see as `page`.

    `template` is the file below templates/pages or templates/types. `url` is the path on the
    portal. `twin` is the path of the same page in the other language, if there is one.
    """

    template: str
    url: str
    lang: str
    title: str
    summary: str
    updated: datetime
    keywords: tuple[str, ...] = ()
    crumbs: tuple[Crumb, ...] = ()
    section: Section | None = None
    document: Document | None = None
    documents: tuple[Document, ...] = ()
    turn: Turn | None = None
    year: int | None = None
    twin: str | None = None

    @property
    def file(self) -> str:
        """Where the page lies below the output folder."""
        path = self.url.lstrip("/")
        return path + "index.html" if path == "" or path.endswith("/") else path


@dataclass(frozen=True)
class Edition:
    """One language of a portal: its sections in order, each with its documents, newest first."""

    lang: str
    home: str
    sections: tuple[Section, ...]
    documents: Mapping[str, tuple[Document, ...]]
    alerts: tuple[Alert, ...]
    years: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def title_of(self, section: Section) -> str:
        """The section's name in this language."""
        return section.title if self.lang == "vi" else section.title_en

    def url_of(self, section: Section) -> str:
        """The path of the section's list."""
        return f"{self.home}{section.slug}/"

    def newest(self, section_id: str, count: int = NEWEST) -> tuple[Document, ...]:
        """The newest documents of a section; none where the edition has no such section."""
        return self.documents.get(section_id, ())[:count]


# Pages that every edition has, beside those of its documents: template, slug, title, summary.
SERVICE_PAGES = (
    (
        "contact",
        "lien-he",
        N_("Contact and editorial board"),
        N_("How to reach {name}, who is responsible, and who sits on the editorial board."),
    ),
    (
        "sitemap",
        "so-do-cong",
        N_("Site map"),
        N_("Every section and page of the portal of {name} at a glance."),
    ),
    (
        "freshness",
        "tinh-hinh-cap-nhat",
        N_("How up to date this portal is"),
        N_("When each section of the portal of {name} was last updated, and what the law asks."),
    ),
    (
        "accessibility",
        "tro-nang",
        N_("Accessibility"),
        N_("How the portal of {name} serves everyone, and whom to tell about a barrier."),
    ),
    (
        "search",
        "tim-kiem",
        N_("Search"),
        N_("Search the news, documents and procedures of {name}."),
    ),
)


def edition(job: PortalJob, lang: str) -> Edition:
    """The portal's documents in one language, by section."""
    by_section: dict[str, list[Document]] = defaultdict(list)
    for document in job.documents:
        if document.lang == lang:
            by_section[document.section.id].append(document)
    ordered = {name: tuple(_in_order(found)) for name, found in by_section.items()}
    required = {s.id for s in job.registry.sections if job.portal.kind in s.required_for}
    shown = [
        section
        for section in job.registry.sections
        if section.id in ordered or (lang == "vi" and section.id in required)
    ]
    today = job.now.date()
    alerts = job.registry.alerts + job.portal.alerts
    return Edition(
        lang=lang,
        home="/" if lang == job.portal.languages[0] else f"/{lang}/",
        sections=tuple(shown),
        documents=ordered,
        alerts=tuple(alert for alert in alerts if alert.start <= today <= alert.end),
        years={
            name: tuple(sorted({d.published.year for d in found}, reverse=True))
            for name, found in ordered.items()
        },
    )


def _in_order(documents: Iterable[Document]) -> list[Document]:
    """Guides by their order, all else newest first; equal ones by address."""
    by_url = sorted(documents, key=lambda document: document.url)
    newest = sorted(by_url, key=lambda document: document.published, reverse=True)
    return sorted(newest, key=lambda document: document.fields.get("order", 1000))


def lay_out(job: PortalJob, edition: Edition, say: Say) -> Iterator[Page]:
    """Every page of an edition. `say(text, **params)` speaks its language."""
    name = job.portal.name if edition.lang == "vi" else job.portal.name_en
    newest = max((document.changed for document in job.documents), default=job.now)
    home = Crumb(say("Home"), edition.home)
    twins = {document.file for document in job.documents}
    other = len(job.portal.languages) > 1
    yield Page(
        "home",
        edition.home,
        edition.lang,
        name,
        say("The portal of {name}: news, documents, procedures and answers.", name=name),
        newest,
        twin=_other_home(edition) if other else None,
    )
    for template, slug, title, summary in SERVICE_PAGES:
        url = f"{edition.home}{slug}/"
        yield Page(
            template,
            url,
            edition.lang,
            say(title),
            say(summary, name=name),
            newest,
            crumbs=(home, Crumb(say(title), url)),
            twin=f"{_other_home(edition)}{slug}/" if other else None,
        )
    for section in edition.sections:
        yield from _section_pages(edition, section, home, name, newest, say)
        for document in edition.documents.get(section.id, ()):
            crumb = Crumb(edition.title_of(section), edition.url_of(section))
            yield Page(
                document.type,
                document.url,
                edition.lang,
                document.title,
                document.summary,
                document.changed,
                document.keywords,
                (home, crumb, Crumb(document.title, document.url)),
                section,
                document,
                twin=_twin(document, twins),
            )
    if edition.lang == job.portal.languages[0]:
        title = say("Page not found")
        yield Page("404", "/404.html", edition.lang, title, title + ".", newest, crumbs=(home,))


def _other_home(edition: Edition) -> str:
    return "/en/" if edition.lang == "vi" else "/"


def _twin(document: Document, files: set[str]) -> str | None:
    """The address of the same document in the other language."""
    stem = document.file.removesuffix(".md").removesuffix(".en")
    if document.lang == "en":
        vietnamese = f"/{document.section.slug}/{document.slug}/"
        return vietnamese if f"{stem}.md" in files else None
    return f"/en{document.url}" if f"{stem}.en.md" in files else None


def _section_pages(
    edition: Edition, section: Section, home: Crumb, name: str, newest: datetime, say: Say
) -> Iterator[Page]:
    """The section's list, page by page, and a list for each year where there is more than one."""
    documents = edition.documents.get(section.id, ())
    title = edition.title_of(section)
    url = edition.url_of(section)
    crumbs = (home, Crumb(title, url))
    summary = say("{section} of {name}, newest first.", section=title, name=name)
    yield from _turns(
        "section", url, title, summary, documents, crumbs, edition, section, newest, say
    )
    years = edition.years.get(section.id, ())
    for year in years if len(years) > 1 else ():
        own = tuple(document for document in documents if document.published.year == year)
        head = say("{section}, year {year}", section=title, year=year)
        place = f"{url}nam-{year}/"
        text = say("{section} of {name} in the year {year}.", section=title, name=name, year=year)
        steps = (*crumbs, Crumb(str(year), place))
        yield from _turns(
            "section", place, head, text, own, steps, edition, section, newest, say, year
        )


def _turns(
    template: str,
    url: str,
    title: str,
    summary: str,
    documents: Sequence[Document],
    crumbs: tuple[Crumb, ...],
    edition: Edition,
    section: Section,
    newest: datetime,
    say: Say,
    year: int | None = None,
) -> Iterator[Page]:
    """One list, cut into pages of PER_PAGE; an empty list is one page."""
    count = max(1, -(-len(documents) // PER_PAGE))
    places = [url, *(f"{url}trang-{number}/" for number in range(2, count + 1))]
    for number, place in enumerate(places, 1):
        own = tuple(documents[(number - 1) * PER_PAGE : number * PER_PAGE])
        later = number > 1
        yield Page(
            template,
            place,
            edition.lang,
            say("{title}, page {number}", title=title, number=number) if later else title,
            say("{summary} Page {number}.", summary=summary, number=number) if later else summary,
            max((document.changed for document in own), default=newest),
            (),
            crumbs,
            section,
            documents=own,
            turn=Turn(
                number,
                count,
                places[number - 2] if later else None,
                places[number] if number < count else None,
            ),
            year=year,
        )

"""This file reads which helps a site offers: search, site map, feed, languages."""

from __future__ import annotations

from collections.abc import Iterator

from linter.facts.reading import identity_pages, phrases, reads
from linter.model import Element, Fact, Page, Snapshot
from linter.semantics import is_rendered, name_of
from linter.vietnamese import fold

_FEEDS = ("application/rss+xml", "application/atom+xml")


@reads("search")
def searches(snapshot: Snapshot) -> Iterator[Fact]:
    """A field or a page to search the site with."""
    for page in identity_pages(snapshot)[:1]:
        for field in page.tree.xpath("//input | //*[@role='searchbox']"):
            said = " ".join(
                [field.get(key, "") for key in ("name", "id", "placeholder", "value", "title")]
                + [name_of(field)]
            )
            if field.get("type", "text") in ("search", "text") and _says(said, "search"):
                yield Fact("search", name_of(field) or said.strip(), page, field, 0.9)
        for link in page.tree.xpath("//a[@href] | //form[@role='search'] | //search"):
            if link.tag != "a" or _says(name_of(link), "search"):
                yield Fact("search", name_of(link) or "search", page, link, 0.8)


@reads("sitemap")
def sitemaps(snapshot: Snapshot) -> Iterator[Fact]:
    """A site map for readers; an organisation chart is none."""
    for page, link in _links(snapshot):
        name = fold(name_of(link))
        chart = any(phrase in name for phrase in phrases()["not_a_sitemap"])
        if not chart and len(name) <= 40 and _says(name, "sitemap"):
            yield Fact("sitemap", page.resolve(link.get("href")), page, link, 0.9)


@reads("feed")
def feeds(snapshot: Snapshot) -> Iterator[Fact]:
    """Real feeds: announced as such by type, or an address that answers with one."""
    for page in identity_pages(snapshot)[:1]:
        for link in page.tree.xpath("//link[@rel][@href][@type]"):
            if link.get("type").lower() in _FEEDS:
                yield Fact("feed", page.resolve(link.get("href")), page, link, 0.95)


@reads("language")
def languages(snapshot: Snapshot) -> Iterator[Fact]:
    """The languages that the site's pages declare, the commonest first in the pages' order."""
    for page in snapshot.html_pages:
        lang = page.tree.get("lang", "").strip().lower().split("-")[0]
        if lang:
            yield Fact("language", lang, page, page.tree, 0.9)


def _links(snapshot: Snapshot) -> Iterator[tuple[Page, Element]]:
    for page in identity_pages(snapshot)[:1]:
        for link in page.tree.xpath("//a[@href]"):
            if is_rendered(link):
                yield page, link


def _says(text: str, what: str) -> bool:
    folded = fold(text)
    return any(phrase in folded for phrase in phrases()[what])

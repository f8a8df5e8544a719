"""This file reads which helps a site offers: search, site map, feed, languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from linter.elements import texts_in
from linter.facts.reading import identity_pages, pattern, reads
from linter.model import Fact, Snapshot
from linter.page import Element, Page, gathered
from linter.semantics import name_of
from linter.vietnamese import fold, looks_vietnamese

_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_TYPED = ("text", "search", "")
_PRESSED = ("submit", "button", "image")
_WIDGETS = "gcse-search gcse-searchbox gcse-searchbox-only gsc-control-cse gsc-search-box".split()


@reads("search")
def searches(snapshot: Snapshot) -> Iterator[Fact]:
    """A field or a page to search the site with."""
    for page in identity_pages(snapshot)[:1]:
        for form in page.tree.xpath("//form[@role='search'] | //search | //*[@role='searchbox']"):
            yield Fact("search", name_of(form) or "search", page, form, 0.95)
        for box in page.tree.xpath("//*[contains(@class, 'gsc') or contains(@class, 'gcse')]"):
            if set(box.get("class", "").split()) & set(_WIDGETS):
                yield Fact("search", "Google", page, box, 0.9)
        for field in page.outline.pick("input"):
            if sure := _is_search_field(field):
                yield Fact("search", name_of(field) or _hint(field) or "search", page, field, sure)
        for link in page.outline.pick("a", bearing="href"):
            name = fold(name_of(link))
            short = re.fullmatch(r"\W*(tim kiem( nang cao| chi tiet)?|search)\W*", name)
            if short and not _leads_nowhere(link):
                yield Fact("search", name_of(link), page, link, 0.8)


def _is_search_field(field: Element) -> float:
    """How surely a field is for searching the site; 0 for another field."""
    if field.get("type", "text").lower() not in _TYPED:
        return 0
    said = fold(f"{_hint(field)} {name_of(field)}")
    if pattern("not_a_search").search(said):
        return 0
    if field.get("type", "").lower() == "search" or pattern("search_words").search(said):
        return 0.9
    name = fold(field.get("name", "").rsplit("$", 1)[-1])
    ident = fold(f"{field.get('name', '')} {field.get('id', '')} {field.get('class', '')}")
    if pattern("search_words").search(ident.replace("_", " ")) or "search" in ident:
        return 0.85
    form = next((node for node in field.iterancestors() if node.tag == "form"), None)
    action = "" if form is None else fold(form.get("action", ""))
    if re.search(r"search|tim-?kiem", action) or pattern("search_names").match(name):
        return 0.8
    return 0.75 if _has_search_button(field) else 0


def _has_search_button(field: Element) -> bool:
    """Whether the nearest box around a field holds one field, and a button that says search."""
    for box in list(field.iterancestors())[:4]:
        written = (one for one in box.iter("input") if one.get("type", "text") == "text")
        if len([*islice(written, 2)]) > 1:
            return False
        for button in box.iterdescendants("input", "button", "a"):
            if button.tag == "input" and button.get("type") not in _PRESSED:
                continue
            said = fold(name_of(button) or button.get("value", "") or button.get("alt", ""))
            if re.match(r"\W*(tim|tim kiem|search|go)\W*$", said):
                return True
    return False


def _hint(field: Element) -> str:
    keys = ("placeholder", "value", "title", "aria-label")
    return " ".join(field.get(key, "") for key in keys).strip()


@reads("sitemap")
def sitemaps(snapshot: Snapshot) -> Iterator[Fact]:
    """A site map for readers; an organisation chart is none."""
    for page, link in _links(snapshot):
        name = fold(name_of(link) or link.get("title", ""))
        if len(name) > 50 or not pattern("sitemap_words").search(name):
            continue
        address = fold(link.get("href")).replace("-", " ")
        if pattern("not_a_sitemap").search(f"{name} {address}") or _leads_nowhere(link):
            continue
        target = snapshot.by_url.get(page.resolve(link.get("href")))
        if target is None or target.status == 200:
            sure = 0.6 if name == "so do" else 0.9
            yield Fact("sitemap", page.resolve(link.get("href")), page, link, sure)


@reads("feed")
def feeds(snapshot: Snapshot) -> Iterator[Fact]:
    """Real feeds: announced as such by type, or linked by name with an address of a feed."""
    for page in identity_pages(snapshot)[:1]:
        for link in page.tree.xpath("//link[@rel][@href][@type]"):
            address = link.get("href").lower()
            if link.get("type").lower() in _FEEDS and "comments" not in address:
                yield from _feed(snapshot, page, link, 0.95)
        for link in page.outline.pick("a", bearing="href"):
            pictures = " ".join(
                f"{image.get('alt', '')} {image.get('src', '').rsplit('/', 1)[-1]}"
                for image in link.iter("img")
            )
            icons = " ".join(node.get("class", "") for node in link.iter("i", "span", "em"))
            said = fold(f"{name_of(link)} {link.get('title', '')} {pictures} {icons}")
            if pattern("feed_names").search(re.sub(r"[-_.]", " ", said)):
                yield from _feed(snapshot, page, link, 0.85)


def _feed(snapshot: Snapshot, page: Page, link: Element, sure: float) -> Iterator[Fact]:
    url = page.resolve(link.get("href"))
    place = urlsplit(url)
    address = fold(f"{place.path}?{place.query}")
    if pattern("not_a_feed").search(address) or _leads_nowhere(link):
        return
    if sure < 0.9 and not pattern("feed_addresses").search(address):
        return
    target = snapshot.by_url.get(url)
    if target is None or _offers_feed(target):
        yield Fact("feed", url, page, link, sure)


def _offers_feed(target: Page) -> bool:
    """Whether what was seen at a feed's address is a feed, or a page that lists feeds."""
    if target.status != 200:
        return False
    if not target.is_html or re.search(rb"<(rss|feed|rdf:RDF)[\s>]", target.body[:2000]):
        return True
    links = [fold(href) for href in target.tree.xpath("//a/@href | //link/@href")]
    return sum(bool(pattern("feed_addresses").search(href)) for href in links) >= 1


@reads("language")
def languages(snapshot: Snapshot) -> Iterator[Fact]:
    """The languages that the site's pages are in, by their text; the commonest first."""
    seen: Counter[str] = Counter()
    first: dict[str, Page] = {}
    for page in snapshot.html_pages:
        lang = _detected(page)
        if lang:
            seen[lang] += 1
            first.setdefault(lang, page)
    for lang, _ in seen.most_common():
        yield Fact("language", lang, first[lang], first[lang].tree, 0.9)


@reads("declared-language")
def declared_languages(snapshot: Snapshot) -> Iterator[Fact]:
    """What the pages' lang attributes say, whatever the text is in."""
    told: set[str] = set()
    for page in snapshot.html_pages:
        lang = _declared(page)
        if lang and lang not in told:
            told.add(lang)
            yield Fact("declared-language", lang, page, page.tree, 1.0)


@gathered
def _declared(page: Page) -> str:
    return str(page.tree.get("lang", "").strip())


@gathered
def _detected(page: Page) -> str:
    """vi, or en for text in Latin letters without Vietnamese ones; empty where there is little."""
    body = page.tree.find("body")
    if body is None:
        return ""
    text = " ".join(" ".join(texts_in(body, ("script", "style"))).split())[:20_000]
    if looks_vietnamese(text):
        return "vi"
    common = re.findall(r"\b(the|of|and|for|to|in|is|on|with)\b", text.lower())
    words = re.findall(r"[A-Za-z]+", text)
    return "en" if len(words) >= 20 and len(common) * 12 >= len(words) else ""


def _leads_nowhere(link: Element) -> bool:
    href = link.get("href", "").strip().lower()
    return href in ("", "#") or re.match(r"javascript:\s*(void|;|$|//)", href) is not None


def _links(snapshot: Snapshot) -> Iterator[tuple[Page, Element]]:
    for page in identity_pages(snapshot)[:1]:
        for link in page.outline.pick("a", bearing="href"):
            yield page, link

"""This file reads what only some laws ask of a site: fax, feedback, rules, labels, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from linter.elements import text_of
from linter.facts.contacts import emails
from linter.facts.fields import fields
from linter.facts.items import says, words
from linter.facts.reading import identity_pages, is_placeholder, lines, reads
from linter.facts.zones import own_lines
from linter.model import Fact, Snapshot
from linter.page import Element, Page, gathered
from linter.semantics import name_of
from linter.vietnamese import fold

_FORM = "//form[.//textarea]"
_FAX = re.compile(r"[+(]*\d[\d .()-]{5,16}\d")


@reads("fax")
def faxes(snapshot: Snapshot) -> Iterator[Fact]:
    """Fax numbers of the organisation."""
    for page in identity_pages(snapshot):
        for field in fields(own_lines(snapshot, page)):
            match = _FAX.search(field.value.text) if field.kind == "fax" else None
            if match and not is_placeholder(match[0]):
                yield Fact("fax", match[0], page, field.value.element, 0.9)


@reads("feedback")
def feedbacks(snapshot: Snapshot) -> Iterator[Fact]:
    """Where questions may be sent: a form with a field for text, or the body's own e-mail."""
    for page in filter(_has_form, snapshot.html_pages):
        yield Fact("feedback", page.url, page, page.tree.xpath(_FORM)[0], 0.95)
        return
    for fact in emails(snapshot)[:1]:
        yield Fact("feedback", fact.value, fact.page, fact.element, 0.9)


@reads("moderation-rules")
def moderation_rules(snapshot: Snapshot) -> Iterator[Fact]:
    """Where the site names its rules of moderation: “quy chế ... kiểm duyệt, biên tập”."""
    for page in identity_pages(snapshot):
        for line, element in lines(page):
            if len(line) <= 400 and says(line, words()["moderation_rules"]):
                yield Fact("moderation-rules", line[:160], page, element, 0.9)


@reads("emc-label")
def emc_labels(snapshot: Snapshot) -> Iterator[Fact]:
    """The label of the ministry's measuring system: a picture, a link or a script of it."""
    for page in identity_pages(snapshot)[:1]:
        for element in page.outline.pick("a", "img", "script"):
            bare = element.get("href" if element.tag == "a" else "src") is None
            if bare and element.tag != "img":
                continue
            said = " ".join(element.get(key, "") for key in ("href", "src", "alt", "title"))
            if says(said, words()["emc_label"]):
                yield Fact("emc-label", said.strip()[:120], page, element, 0.9)


@reads("rating")
def ratings(snapshot: Snapshot) -> Iterator[Fact]:
    """Where readers may say how satisfied they are: a form, or a link that names it."""
    for page in filter(_has_rating, snapshot.html_pages):
        said, element = next(_ratings(page))
        yield Fact("rating", said[:120], page, element, 0.9)
        return


def _ratings(page: Page) -> Iterator[tuple[str, Element]]:
    for element in page.outline.pick("form", "fieldset", or_bearing=("href",)):
        if element.tag not in ("form", "fieldset", "a"):
            continue
        said = name_of(element) if element.tag == "a" else text_of(element)
        if len(said) <= 400 and says(said, words()["rating"]):
            yield said, element


@gathered
def _has_rating(page: Page) -> bool:
    return next(_ratings(page), None) is not None


@gathered
def _has_form(page: Page) -> bool:
    return bool(page.tree.xpath(_FORM))


@reads("national-services")
def national_services(snapshot: Snapshot) -> Iterator[Fact]:
    """A link to the National Public Service Portal."""
    yield from _links_to(snapshot, "national-services", words()["national_services"])


@reads("government-portal")
def government_portals(snapshot: Snapshot) -> Iterator[Fact]:
    """A link to the Government's portal."""
    yield from _links_to(snapshot, "government-portal", words()["government_portal"])


def _links_to(snapshot: Snapshot, kind: str, hosts: list[str]) -> Iterator[Fact]:
    for page in snapshot.html_pages:
        if not set(hosts).intersection(_hosts(page)):
            continue
        for link in page.outline.pick("a", bearing="href"):
            host = _host(page.resolve(link.get("href", "")))
            if fold(host).removeprefix("www.") in hosts:
                yield Fact(kind, host, page, link, 0.95)
                return


@gathered
def _hosts(page: Page) -> tuple[str, ...]:
    """The hosts that a page links to, without www."""
    links = page.outline.pick("a", bearing="href")
    hosts = {_host(page.resolve(link.get("href", ""))) for link in links}
    return tuple(fold(host).removeprefix("www.") for host in hosts if host)


@lru_cache(maxsize=1 << 14)  # a site's menu stands on each of its pages
def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""

"""This file reads phones, e-mail addresses and the postal address that a site gives as its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linter.facts.reading import (
    identity_pages,
    is_placeholder,
    is_type,
    json_ld,
    landmark,
    lines,
    phrases,
    reads,
    texts,
)
from linter.model import Element, Fact, Page, Snapshot
from linter.vietnamese import fold

# A number as people write it: an area code in brackets or not, groups by dots, blanks, hyphens.
_PHONE = re.compile(r"(?<![\d/])(\+?\(?\+?[\d]{2,4}\)?[\d .()-]{5,14}\d)(?![\d/])")
_PHONE_WORD = re.compile(r"\b(dien thoai|dt|sdt|tel|phone|hotline|duong day nong|truc ban|fax)\b")
_EMAIL = re.compile(r"[\w+-]+(?:\.[\w+-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_ADDRESS_SIGNS = re.compile(
    r"\b(duong|pho|phuong|xa|quan|huyen|thi xa|thanh pho|tp|tinh|thi tran|ap|khu pho|so \d)\b"
)


@reads("phone")
def phones(snapshot: Snapshot) -> Iterator[Fact]:
    """Telephone numbers of the organisation; faxes and placeholders are none."""
    for page in identity_pages(snapshot):
        for entry, script in json_ld(page):
            if is_type(entry, "Organization") or is_type(entry, "ContactPoint"):
                for value in texts(entry.get("telephone")):
                    yield from _phone(value, page, script, 1.0)
        for link in page.tree.xpath("//a[starts-with(@href, 'tel:')]"):
            yield from _phone(link.get("href")[4:], page, link, 0.95)
        for line, element in _own_lines(page):
            words = list(_PHONE_WORD.finditer(fold(line)))
            if not words:
                continue
            for match in _PHONE.finditer(line):
                before = [word[0] for word in words if word.start() <= match.start()]
                if before and before[-1] != "fax":
                    yield from _phone(match[1], page, element, 0.8)


def _phone(text: str, page: Page, element: Element, sure: float) -> Iterator[Fact]:
    digits = re.sub(r"\D", "", text)
    plausible = 8 <= len(digits) <= 12 and len(set(digits[-6:])) > 1
    if plausible and not is_placeholder(text):
        yield Fact("phone", " ".join(text.split()), page, element, sure)


@reads("email")
def emails(snapshot: Snapshot) -> Iterator[Fact]:
    """E-mail addresses of the organisation."""
    for page in identity_pages(snapshot):
        for entry, script in json_ld(page):
            if is_type(entry, "Organization") or is_type(entry, "ContactPoint"):
                for value in texts(entry.get("email")):
                    yield from _email(value.removeprefix("mailto:"), page, script, 1.0)
        for link in page.tree.xpath("//a[starts-with(@href, 'mailto:')]"):
            address = link.get("href")[7:].split("?")[0]
            yield from _email(address, page, link, 0.95)
        for line, element in _own_lines(page):
            for match in _EMAIL.finditer(line):
                yield from _email(match[0], page, element, 0.8)


def _email(text: str, page: Page, element: Element, sure: float) -> Iterator[Fact]:
    match = _EMAIL.fullmatch(text.strip())
    if match and not is_placeholder(text):
        yield Fact("email", match[0].lower(), page, element, sure)


@reads("address")
def addresses(snapshot: Snapshot) -> Iterator[Fact]:
    """The body's own postal address; venues in running text and form labels are none."""
    for page in identity_pages(snapshot):
        for entry, script in json_ld(page):
            if is_type(entry, "Organization"):
                value = entry.get("address")
                parts = [value.get("streetAddress")] if isinstance(value, dict) else [value]
                for text in texts(parts):
                    if not is_placeholder(text):
                        yield Fact("address", text, page, script, 1.0)
        for line, element in _own_lines(page):
            yield from _address(line, page, element)


def _address(line: str, page: Page, element: Element) -> Iterator[Fact]:
    folded = fold(line)
    if any(phrase in folded for phrase in phrases()["not_an_address"]):
        return
    for phrase in phrases()["address"]:
        match = re.search(rf"\b{phrase}\b[^:]{{0,20}}:\s*", folded)
        if not match or len(folded) != len(line):
            continue
        value = re.split(r"\s(?:Điện thoại|ĐT|Tel|Email|Fax|Website)\b", line[match.end() :])[0]
        if len(value) >= 10 and _ADDRESS_SIGNS.search(fold(value)) and not is_placeholder(value):
            yield Fact("address", value.strip(" .;,"), page, element, 0.85)
        return


def _own_lines(page: Page) -> Iterator[tuple[str, Element]]:
    """Lines where a site speaks of itself: header, footer, <address>, a contact page's text."""
    roots = [*landmark(page, "footer"), *landmark(page, "header"), *page.tree.iter("address")]
    if any(word in fold(page.url) for word in phrases()["contact_pages"]):
        roots.extend(page.tree.xpath("//main | //body[not(.//main)]"))
    for root in roots:
        yield from lines(page, root)

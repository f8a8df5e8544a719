"""This file finds the addresses that a page, a site map or a feed leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.etree

from linter.page import Page, safe_join

_IMPORT = re.compile(r"@import\s+(?:url\(\s*)?[\"']?([^\"')\s;]+)", re.I)
_LINKS = "//a/@href | //area/@href | //iframe/@src | //frame/@src | //link[@rel='alternate']/@href"


def links_of_page(page: Page) -> Iterator[str]:
    """Where the page leads, absolute, each as often as it is written differently."""
    base = page.base_url
    for link in dict.fromkeys(page.tree.xpath(_LINKS)):
        yield safe_join(base, str(link).strip())


def sheets_of_page(page: Page) -> Iterator[str]:
    """The style sheets that the page loads, absolute."""
    for link in page.tree.iter("link"):
        if "stylesheet" in link.get("rel", "").lower().split() and link.get("href"):
            yield safe_join(page.base_url, link.get("href").strip())


def imports_of_sheet(page: Page) -> Iterator[str]:
    """The style sheets that a sheet imports, absolute."""
    for match in _IMPORT.finditer(page.text):
        yield safe_join(page.url, match[1].strip())


def links_of_xml(body: bytes) -> Iterator[str]:
    """The addresses in a site map or a feed."""
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = lxml.etree.fromstring(body, parser) if body.strip() else None
    for element in () if root is None else root.iter():
        if not isinstance(element.tag, str):
            continue
        name = lxml.etree.QName(element).localname
        if name in ("loc", "link"):
            link = (element.text or "").strip() or element.get("href", "")
            if link:
                yield link

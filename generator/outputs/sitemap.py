"""This file makes sitemap.xml and robots.txt: what a search engine may visit, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from generator.outputs.feeds import moment
from generator.pages import Page
from linter.registry import Portal

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap(portal: Portal, pages: Iterable[Page]) -> bytes:
    """Every page but the one for wrong addresses, with its last change."""
    urlset = Element("urlset", {"xmlns": _SITEMAP})
    for page in pages:
        if page.template == "404":
            continue
        entry = SubElement(urlset, "url")
        SubElement(entry, "loc").text = portal.url.rstrip("/") + page.url
        SubElement(entry, "lastmod").text = moment(page.updated)
    data: bytes = tostring(urlset, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def write_robots(portal: Portal) -> bytes:
    """Everything is open, and the site map is here."""
    return f"User-agent: *\nDisallow:\n\nSitemap: {portal.url}sitemap.xml\n".encode()

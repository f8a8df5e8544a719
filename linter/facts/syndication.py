"""This file reads a site's feeds (Atom, RSS) and site map: which address is of which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import lxml.etree

from linter.facts.days import Written, read_day, read_http_day
from linter.model import Snapshot
from linter.page import Page, safe_join

_PARSER = lxml.etree.XMLParser(resolve_entities=False, no_network=True, recover=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed or a site map says of one address; `kind` is feed or sitemap."""

    kind: str
    written: Written


def read_feeds(snapshot: Snapshot) -> Mapping[str, tuple[Entry, ...]]:
    """The dated entries of every feed and site map that was seen, by address."""
    if "feeds" not in snapshot.memo:
        found: dict[str, list[Entry]] = defaultdict(list)
        for page in snapshot.pages:
            if "xml" in page.media_type and not page.is_html:
                for url, entry in _entries(page):
                    found[url].append(entry)
        snapshot.memo["feeds"] = {url: tuple(entries) for url, entries in found.items()}
    known: Mapping[str, tuple[Entry, ...]] = snapshot.memo["feeds"]
    return known


def _entries(page: Page) -> Iterator[tuple[str, Entry]]:
    try:
        root = lxml.etree.fromstring(page.body, _PARSER)
    except (lxml.etree.XMLSyntaxError, ValueError):
        return
    name = _name(root) if root is not None else ""
    if name == "urlset":
        yield from _site_map(page, root)
    elif name in ("feed", "rss", "RDF"):
        for node in root.iter():
            if _name(node) in ("entry", "item"):
                yield from _feed_entry(page, node)


def _site_map(page: Page, root: lxml.etree._Element) -> Iterator[tuple[str, Entry]]:
    """None where every page has the same day: that is when the map was made."""
    found = []
    for node in root:
        texts = {_name(child): (child.text or "").strip() for child in node}
        written = read_day(texts.get("lastmod", ""))
        if written and texts.get("loc"):
            found.append((safe_join(page.url, texts["loc"]), Entry("sitemap", written)))
    if len({(entry.written.earliest, entry.written.latest) for _, entry in found}) > 1:
        yield from found


def _feed_entry(page: Page, node: lxml.etree._Element) -> Iterator[tuple[str, Entry]]:
    link, written = "", None
    for child in node:
        text = (child.text or "").strip()
        match _name(child):
            case "link" if child.get("rel", "alternate") == "alternate":
                link = link or child.get("href") or text
            case "published":
                written = read_day(text)
            case "pubDate" | "date":
                written = written or read_http_day(text) or read_day(text)
    if link and written:
        yield safe_join(page.url, link), Entry("feed", written)


def _name(node: lxml.etree._Element) -> str:
    return lxml.etree.QName(node).localname if isinstance(node.tag, str) else ""

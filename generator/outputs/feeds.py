"""This file makes the Atom feed of a section (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from generator.documents import Document
from linter.registry import Portal

_ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 20


def write_feed(portal: Portal, title: str, path: str, documents: Iterable[Document]) -> bytes:
    """The newest documents of a list whose feed lies at `path`, as UTF-8 XML."""
    newest = sorted(documents, key=lambda d: (d.published, d.url), reverse=True)[:ENTRIES]
    home = portal.url.rstrip("/")
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": newest[0].lang if newest else "vi"})
    SubElement(feed, "title").text = f"{title} – {portal.name}"
    SubElement(feed, "id").text = home + path
    SubElement(feed, "link", {"rel": "self", "href": home + path})
    SubElement(feed, "link", {"href": home + path.rpartition("/")[0] + "/"})
    changed = max((document.changed for document in newest), default=datetime(2015, 7, 16))
    SubElement(feed, "updated").text = moment(changed)
    SubElement(SubElement(feed, "author"), "name").text = portal.name
    for document in newest:
        entry = SubElement(feed, "entry")
        SubElement(entry, "title").text = document.title
        SubElement(entry, "id").text = home + document.url
        SubElement(entry, "link", {"href": home + document.url})
        SubElement(entry, "published").text = moment(document.published)
        SubElement(entry, "updated").text = moment(document.changed)
        SubElement(entry, "summary").text = document.summary
    data: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def moment(time: datetime) -> str:
    """A local time of Vietnam as RFC 3339 writes it."""
    return time.isoformat(timespec="seconds") + "+07:00"

"""This file reads when a site's items happened and when they were put online.

A date counts where the page says what it is the date of: <time>, JSON-LD, a labelled line or cell,
or the date beside a link in a list. Header clocks, licences and file names are no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from linter.elements import text_of
from linter.facts.reading import json_ld, lines, phrases
from linter.facts.sections import sections
from linter.model import Element, Page, Snapshot
from linter.vietnamese import fold

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WRITTEN = re.compile(
    r"(?<![\d/])(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?![\d/])"
    r"|ngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that a page claims. `kind` says how: time, json-ld, label or list."""

    day: date
    kind: str
    page: Page
    element: Element


def parse_day(text: str) -> date | None:
    """The first day written in a text: ISO, dd/mm/yyyy and its kin, or in words."""
    if match := _ISO.search(text):
        return _day(*match.groups())
    if match := _WRITTEN.search(fold(text)):
        day, month, year = [part for part in match.groups() if part]
        return _day(year, month, day)
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def section_dates(snapshot: Snapshot, section: str) -> tuple[Dated, ...]:
    """Every day on which something appeared in a section, newest first."""
    seen = sections(snapshot).get(section)
    if seen is None:
        return ()
    found: list[Dated] = []
    for page in seen.pages:
        posted_day = posted(page)
        if posted_day:
            found.append(posted_day)
        elif page is seen.root:
            found.extend(_list_dates(page))
    return tuple(sorted(found, key=lambda dated: dated.day, reverse=True))


def posted(page: Page) -> Dated | None:
    """When an item was put online, by what its own page says."""
    for entry, script in json_ld(page):
        written = entry.get("datePublished")
        if isinstance(written, str) and (day := parse_day(written)):
            return Dated(day, "json-ld", page, script)
    return labelled(page, "posted")


def labelled(page: Page, event: str) -> Dated | None:
    """The day that a label of that event stands before: “Ngày ký: 12/05/2015”."""
    starts = tuple(phrases()["date_labels"][event])
    for label, value, element in _pairs(page):
        if fold(label).strip(" :").startswith(starts):
            inner = element.xpath(".//time/@datetime") or element.xpath("self::time/@datetime")
            day = parse_day(inner[0]) if inner else parse_day(value)
            if day:
                return Dated(day, "label", page, element)
    return None


def _pairs(page: Page) -> Iterator[tuple[str, str, Element]]:
    """Label and value as definition lists, table rows and lines with a colon put them."""
    for term in page.tree.iter("dt", "th"):
        value = term.getnext()
        if value is not None and value.tag in ("dd", "td"):
            yield text_of(term), text_of(value), value
    for line, element in lines(page):
        label, colon, value = line.partition(":")
        if colon and len(label) <= 40:
            yield label, value, element


def _list_dates(page: Page) -> Iterator[Dated]:
    """The dates beside the links of a list page."""
    roots = page.tree.xpath("//main") or page.tree.xpath("//body")
    for root in roots[:1]:
        for item in root.iter("li", "article", "tr"):
            if not item.xpath(".//a[@href]"):
                continue
            times = item.xpath(".//time[@datetime]")
            day = parse_day(times[0].get("datetime")) if times else parse_day(text_of(item))
            if day:
                yield Dated(day, "time" if times else "list", page, item)


def event_and_done(page: Page, event: str) -> tuple[Dated | None, Dated | None]:
    """When something happened and when it was answered or put online; None where unsaid."""
    done: Mapping[str, str] = phrases()["done_labels"]
    answered = labelled(page, done[event]) if event in done else None
    return labelled(page, event), answered or posted(page)

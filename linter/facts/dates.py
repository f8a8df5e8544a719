"""This file gathers the evidence of when a site's items happened and were put online.

Evidence is a span of days and the kind of its source, in order of trust: what the item's own page
says (JSON-LD, <meta>, a labelled line), its feed entry, what the builder knows of earlier
publications and of the history of the file, a date beside the link in a list, the site map, and
whether an earlier snapshot had the page. Header clocks, licences and file names are no evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from linter.elements import path_of, text_of
from linter.facts.days import Written, read_day
from linter.facts.reading import json_ld, lines, phrases
from linter.facts.sections import SectionSeen, sections
from linter.facts.syndication import read_feeds
from linter.messages import N_
from linter.model import Snapshot
from linter.page import Element, Page
from linter.semantics import name_of
from linter.vietnamese import fold

# Kinds of evidence, most trusted first, and what a report calls each.
KINDS = {
    "json-ld": N_("the data of the page"),
    "meta": N_("the head of the page"),
    "label": N_("the text of the page"),
    "feed": N_("the feed"),
    "manifest": N_("earlier publications"),
    "git": N_("the history of the file"),
    "list": N_("the list of the section"),
    "sitemap": N_("the site map"),
    "seen": N_("an earlier visit"),
}
_TRUST = {kind: place for place, kind in enumerate(KINDS)}
# A shorter text of a link in a list ("2", "Xem thêm") names no item.
_TITLE = 12


@dataclass(frozen=True, slots=True)
class Dated:
    """That something happened no earlier than `earliest` and no later than `latest`.

    date.min and date.max stand for an open end. `written` is the date as the site writes it, None
    where others than the site say it. `path` is where the page says it (Page.find), empty where
    the place is no element of the page: an element would keep its whole page in memory.
    """

    earliest: date
    latest: date
    kind: str
    page: Page
    path: str = ""
    written: Written | None = None

    @property
    def element(self) -> Element | None:
        """The place on the page."""
        return self.page.find(self.path) if self.path else None

    @property
    def day(self) -> date | None:
        """The day where it is known exactly."""
        return self.earliest if self.earliest == self.latest else None

    @property
    def usable(self) -> bool:
        """Whether it means any day at all."""
        return self.written is None or not self.written.fault

    def known_by(self, day: date) -> bool:
        """Whether it says anything to who judges as of that day: later witnesses do not count."""
        told = self.written is not None or self.latest in (date.max, min(self.latest, day))
        return self.usable and told and self.earliest <= day


@dataclass(frozen=True)
class Item:
    """One item of a section: its own page as far as it was seen, else the list that names it.

    `evidence` says when it was put online, most trusted first.
    """

    url: str
    title: str
    page: Page
    element: Element | None
    own: bool
    evidence: tuple[Dated, ...]


def items(snapshot: Snapshot, section: str) -> tuple[Item, ...]:
    """The items of a section; list pages are none. Empty where there is no such section."""
    key = f"items:{section}"
    if key not in snapshot.memo:
        seen = sections(snapshot).get(section)
        snapshot.memo[key] = tuple(_find(snapshot, seen)) if seen else ()
    known: tuple[Item, ...] = snapshot.memo[key]
    return known


def _find(snapshot: Snapshot, seen: SectionSeen) -> Iterator[Item]:
    listed = _listed(seen)
    for page in seen.pages:
        if page is seen.root:
            continue
        own = tuple(posted(snapshot, page))
        if own or page.url in listed or labels(snapshot, page) or _is_article(page):
            evidence = (*own, *_said_elsewhere(snapshot, page.url, page, listed))
            titles = page.outline.pick("h1") or page.outline.pick("title")
            title = text_of(titles[0])[:120] if titles else page.url
            yield Item(page.url, title, page, None, True, _by_trust(evidence))
    for url, (link, _) in listed.items():
        if url not in snapshot.by_url or not url.startswith(seen.url):
            assert seen.root is not None
            evidence = tuple(_said_elsewhere(snapshot, url, seen.root, listed))
            yield Item(url, name_of(link)[:120], seen.root, link, False, _by_trust(evidence))


def _by_trust(evidence: tuple[Dated, ...]) -> tuple[Dated, ...]:
    return tuple(sorted(evidence, key=lambda dated: _TRUST[dated.kind]))


def _is_article(page: Page) -> bool:
    headed = page.outline.around("h1")
    return any(article in headed for article in page.outline.pick("article"))


def _said_elsewhere(
    snapshot: Snapshot, url: str, page: Page, listed: Mapping[str, tuple[Element, Written | None]]
) -> Iterator[Dated]:
    """What all but the item's own page say of it."""
    for entry in read_feeds(snapshot).get(url, ()):
        written = entry.written
        earliest = date.min if entry.kind == "sitemap" else written.earliest
        yield Dated(earliest, written.latest, entry.kind, page, "", written)
    for known in snapshot.appeared.get(url, ()):
        yield Dated(known.earliest, known.latest, known.kind, page)
    if url in listed:
        link, beside = listed[url]
        if beside is not None:
            place = path_of(link) if page is not snapshot.by_url.get(url) else ""
            yield Dated(beside.earliest, beside.latest, "list", page, place, beside)


def _listed(seen: SectionSeen) -> dict[str, tuple[Element, Written | None]]:
    """The items that the section's list names, each with its link and the date beside it."""
    found: dict[str, tuple[Element, Written | None]] = {}
    if seen.root is None:
        return found
    roots = seen.root.tree.xpath("//main") or seen.root.tree.xpath("//body")
    for root in roots[:1]:
        for block in root.iter("li", "article", "tr"):
            links = [a for a in block.xpath(".//a[@href]") if _names_item(a)]
            if not links:
                continue
            times = block.xpath(".//time[@datetime]")
            written = read_day(times[0].get("datetime")) if times else read_day(text_of(block))
            url = seen.root.resolve(links[0].get("href"))
            if url != seen.url and (written or url.startswith(seen.url)):
                found.setdefault(url, (links[0], written))
    return found


def _names_item(link: Element) -> bool:
    in_nav = any(ancestor.tag in ("nav", "header", "footer") for ancestor in link.iterancestors())
    return not in_nav and len(name_of(link)) >= _TITLE


def posted(snapshot: Snapshot, page: Page) -> Iterator[Dated]:
    """When an item was put online, by what its own page says; each source that says it."""
    for entry, script in json_ld(page):
        text = entry.get("datePublished")
        if isinstance(text, str) and (written := read_day(text)):
            yield _dated(written, "json-ld", page, script)
            break
    for meta in page.outline.pick("meta", bearing="content"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in phrases()["published_meta"] and (written := read_day(meta.get("content"))):
            yield _dated(written, "meta", page, meta)
            break
    if label := labelled(snapshot, page, "posted"):
        yield label


def modified(page: Page) -> Dated | None:
    """When an item was last changed, by the data or the head of its own page."""
    for entry, script in json_ld(page):
        text = entry.get("dateModified")
        if isinstance(text, str) and (written := read_day(text)):
            return _dated(written, "json-ld", page, script)
    for meta in page.outline.pick("meta", bearing="content"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name in phrases()["modified_meta"] and (written := read_day(meta.get("content"))):
            return _dated(written, "meta", page, meta)
    return None


def labelled(snapshot: Snapshot, page: Page, event: str) -> Dated | None:
    """The day that a label of that event stands before: “Ngày ký: 12/05/2015”."""
    return labels(snapshot, page).get(event)


def labels(snapshot: Snapshot, page: Page) -> Mapping[str, Dated]:
    """The first labelled day of each event that a page names."""
    key = f"labels:{page.url}"
    if key not in snapshot.memo:
        snapshot.memo[key] = _read_labels(page)
    known: Mapping[str, Dated] = snapshot.memo[key]
    return known


def _read_labels(page: Page) -> dict[str, Dated]:
    found: dict[str, Dated] = {}
    for label, value, element in _pairs(page):
        events = [name for name in _events(label) if name not in found]
        if not events:
            continue
        inner = element.xpath(".//time/@datetime") or element.xpath("self::time/@datetime")
        written = (read_day(inner[0]) if inner else None) or read_day(value)
        if written:
            found.update({event: _dated(written, "label", page, element) for event in events})
    return found


@lru_cache(maxsize=1 << 14)  # a site's items bear the same labels
def _events(label: str) -> Sequence[str]:
    folded = fold(label).strip(" :")
    starts = phrases()["date_labels"]
    return [name for name, words in starts.items() if folded.startswith(tuple(words))]


def _dated(written: Written, kind: str, page: Page, element: Element) -> Dated:
    return Dated(written.earliest, written.latest, kind, page, path_of(element), written)


def _pairs(page: Page) -> Iterator[tuple[str, str, Element]]:
    """Label and value as definition lists, table rows and lines with a colon put them."""
    for term in page.outline.pick("dt", "th"):
        value = term.getnext()
        if value is not None and value.tag in ("dd", "td"):
            yield text_of(term), text_of(value), value
    for line, element in lines(page):
        label, colon, value = line.partition(":")
        if colon and len(label) <= 40:
            yield label, value, element


def answered(snapshot: Snapshot, page: Page) -> Dated | None:
    """When a question was answered, or its asker told how far the answer is."""
    found = [labelled(snapshot, page, event) for event in ("answered", "told")]
    usable = [dated for dated in found if dated and dated.usable]
    return min(usable, key=lambda dated: dated.earliest, default=None)


def claims(snapshot: Snapshot) -> Iterator[Dated]:
    """Every date by which the site's items, or lists and feeds for them, say when something was."""
    for section in sections(snapshot):
        for item in items(snapshot, section):
            yield from (dated for dated in item.evidence if dated.kind != "label")
            if item.own:
                yield from labels(snapshot, item.page).values()

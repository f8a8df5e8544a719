"""This file is the spider: which address is asked next, and what is kept of the answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DownloadCancelledError, DownloadTimeoutError
from scrapy.http import Response
from scrapy.utils.asyncio import call_later

from linter.doors import ENOUGH, exposures, other_door
from linter.page import DOOR, Page, safe_join
from linter.sites.addresses import canonical, is_guess, is_same_site, section_of
from linter.sites.archive import Answered, ArchiveWriter, Note, answer_at, records
from linter.sites.crawl import CrawlOrder
from linter.sites.links import imports_of_sheet, links_of_page, links_of_xml, sheets_of_page
from linter.sites.settings import MOST_BYTES, SLOT, take_enough
from linter.sites.traps import Traps, dropped_parameters
from linter.terms import Site

MOST_REDIRECTS = 10
_PAGES = re.compile(r"\.(html?|xhtml|php\d?|aspx?|jsp|jsf|do|cgi|xml|rss|cfm|shtml|portal)$", re.I)
_FILE = re.compile(r"\.([a-z0-9]{2,5})$", re.I)
# How others would ask, who may be shown another page; ours is added, so that nobody is deceived.
_DISGUISES = {
    "crawler": {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1) {agent}"},
    "search": {"Referer": "https://www.google.com/"},
    "phone": {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile Safari/537.36 {agent}"},
}
_MOST_DISGUISED = 4
_MOST_SHEETS = 12
_BUSY = (429, 503)
_MOST_WAIT = 300
_TRIES = 3


class SiteSpider(Spider):
    """Visits one site. All that it learns goes to the archive.

    `refused` are hosts that turned out to lie in a private network.
    """

    name = "congtin"

    def __init__(
        self,
        site: Site,
        order: CrawlOrder,
        step: Callable[[str], object],
        refused: Collection[str],
    ) -> None:
        super().__init__()
        self.refused = refused
        self.site, self.order, self.step = site, order, step
        self.limits, self.agent = order.limits, order.agent
        self.archive = ArchiveWriter(order.archive)
        self.traps = Traps()
        self.links: set[str] = set()
        self.seen: set[str] = set()
        self.ranks: Counter[str] = Counter()
        self.omitted: dict[str, list[Any]] = {}
        self.old = _index(order.previous) if order.previous else {}
        self.robots = Protego.parse("")
        self.pages = self.bytes = self.waiting = self.files = self.disguised = 0
        self.hosts: set[str] = set()
        self.knocked: set[str] = set()
        self.sheets: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SiteSpider:
        """Scrapy's way to make a spider that listens to what comes in."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(take_enough, signals.bytes_received)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """robots.txt first; all else follows from what it says."""
        call_later(self.limits.seconds, self._out_of_time)
        robots = canonical(safe_join(self.site.url, "/robots.txt"))
        yield self._request(robots, 0, callback=self.on_robots, errback=self.on_no_robots)

    def on_robots(self, response: Response) -> Iterator[Request]:
        """Obeys what came; a server that cannot say forbids all (RFC 9309)."""
        url = response.request.url if response.request else response.url
        if response.status >= 500:
            yield from self._forbidden("robots-unavailable", {"status": response.status})
            return
        text = response.body[:500_000].decode("utf-8", errors="replace")
        if response.status == 200 and "<html" not in text[:1000].lower():
            self.robots = Protego.parse(text)
        self._keep(url, response)
        delay = self.robots.crawl_delay(self.agent)
        if delay and self.crawler.engine:
            slot = self.crawler.engine.downloader.slots[SLOT]
            slot.delay = max(slot.delay, min(float(delay), 60.0))
            slot.concurrency = 1
        if not self.robots.can_fetch(self.site.url, self.agent):
            yield from self._forbidden("robots-forbid", {})
            return
        yield from self._go_on()

    def on_no_robots(self, failure: Any) -> Iterator[Request]:
        """No answer at all: then the home page would not answer either."""
        reason, params = self._name(failure)
        yield from self._forbidden(reason, params)

    def _forbidden(self, reason: str, params: dict[str, str | int]) -> Iterator[Request]:
        self._unreached(self.site.url, reason, params)
        yield from ()

    def _go_on(self) -> Iterator[Request]:
        """What earlier runs left to do, then the site's own lists of its pages."""
        yield from self._replay()
        yield from self._doors()
        yield from self._ask(self.site.url, 0)
        for path in (*self.robots.sitemaps, "/sitemap.xml"):
            yield from self._ask(safe_join(self.site.url, path), 1)

    def _replay(self) -> Iterator[Request]:
        end = self.order.archive.stat().st_size  # the crawl goes on to write while we read
        for record in records(self.order.archive, 0, end):
            if isinstance(record, Answered) or (
                isinstance(record, Note) and "unreached" in record.data
            ):
                self.seen.add(canonical(record.url, dropped_parameters()))
        for record in records(self.order.archive, 0, end):  # again: at once they fill the memory
            if isinstance(record, Answered) and record.visitor == DOOR:
                self.knocked.add(record.url)
            elif isinstance(record, Answered) and record.visitor:
                self.disguised = _MOST_DISGUISED
            elif isinstance(record, Answered):
                yield from self._take(record, 1)
            elif isinstance(record, Note) and "rendered" in record.data:
                html = str(record.data["rendered"].get("html", ""))
                page = Page(record.url, html.encode(), headers={"content-type": "text/html"})
                yield from self._links(page, 1)

    def _ask(self, link: str, depth: int, hops: int = 0) -> Iterator[Request]:
        """A request for the address, unless there is a reason against it; then that is noted."""
        if link in self.links:
            return
        self.links.add(link)
        url = canonical(link, dropped_parameters())
        if not url or url in self.seen:
            return
        if not is_same_site(url, self.site.url):
            self.hosts.add(urlsplit(url).netloc)
            return
        self.seen.add(url)
        reason = self._reason_against(url, depth)
        if reason:
            self._omit(reason, url)
            return
        self.waiting += 1
        yield self._request(url, depth, hops)

    def _reason_against(self, url: str, depth: int) -> str:
        if not self.robots.can_fetch(url, self.agent):
            return "robots"
        path = urlsplit(url).path
        if (match := _FILE.search(path)) and not _PAGES.search(path):
            if match[1].lower() != "pdf" or self.files >= self.limits.files:
                return "files"
            self.files += 1
            return ""
        if depth > self.limits.depth:
            return "depth"
        if trap := self.traps.name(url):
            return trap
        many = self.ranks[section_of(url)] >= self.limits.pages
        return "frontier" if many or self.waiting > self.limits.pages * 10 else ""

    def _request(self, url: str, depth: int, hops: int = 0, **how: Any) -> Request:
        """Sections take turns: the nth page of one goes before the n+1st of any."""
        section = section_of(url)
        self.ranks[section] += 1
        headers = {}
        if old := self.old.get(url):
            _, tag, modified = old
            headers = {"If-None-Match": tag} if tag else {}
            if modified:
                headers["If-Modified-Since"] = modified
        return Request(
            url,
            callback=how.get("callback", self.on_answer),
            errback=how.get("errback", self.on_failure),
            headers=headers,
            priority=how.get("priority", -self.ranks[section] - hops),
            dont_filter=True,
            meta={
                "download_slot": SLOT,
                "depth_here": depth,
                "hops": hops,
                "address": url,
                "handle_httpstatus_all": True,
            },
        )

    def on_answer(self, response: Response) -> Iterator[Request]:
        """Keeps the answer and follows its links."""
        meta = response.meta
        url = meta["address"]
        if response.status in _BUSY and meta.get("tries", 1) < _TRIES:
            yield from self._wait_and_retry(response)
            return
        self.waiting -= 1
        answered = self._keep(url, response)
        self.step(url)
        yield from self._take(answered, meta["depth_here"] + 1, meta["hops"])
        if response.status == 200 and b"text/html" in (response.headers.get("Content-Type") or b""):
            yield from self._disguises(url)
        if self.bytes > self.limits.megabytes * 1_000_000:
            raise CloseSpider("bytes")
        if self.pages >= self.limits.pages:
            raise CloseSpider("pages")

    def _disguises(self, url: str) -> Iterator[Request]:
        """The same page as others would ask for it, for the home page and the first few."""
        if self.disguised >= _MOST_DISGUISED:
            return
        self.disguised += 1
        for visitor, headers in _DISGUISES.items():
            yield Request(
                url,
                callback=self.on_disguise,
                errback=lambda _failure: None,
                headers={k: v.format(agent=self.agent) for k, v in headers.items()},
                priority=-100_000,
                dont_filter=True,
                meta={
                    "download_slot": SLOT,
                    "address": url,
                    "visitor": visitor,
                    "cookiejar": visitor,
                },
            )

    def _doors(self) -> Iterator[Request]:
        """What no page links to (linter.doors), at sites that the inventory lists."""
        if not self.order.listed:
            return
        files = [safe_join(self.site.url, exposure.path) for exposure in exposures()]
        headers = {"Range": f"bytes=0-{ENOUGH - 1}", "Accept-Encoding": "identity"}
        for url in dict.fromkeys((other_door(self.site.url), *files)):
            if not url or url in self.knocked or not self.robots.can_fetch(url, self.agent):
                continue
            yield Request(
                url,
                callback=self.on_door,
                errback=self.on_closed_door,
                headers=headers,
                priority=1,
                dont_filter=True,
                meta={
                    "download_slot": SLOT,
                    "address": url,
                    "door": True,
                    "max_retry_times": 0,
                    "download_maxsize": 0,  # take_enough stops it
                },
            )

    def on_door(self, response: Response) -> None:
        """Keeps how the answer begins."""
        self._keep_door(response.meta["address"], response.status, response)

    def on_closed_door(self, failure: Any) -> None:
        """Keeps that nothing answered."""
        self._keep_door(failure.request.meta["address"], 0, None)

    def _keep_door(self, url: str, status: int, response: Response | None) -> None:
        headers = _lines(response) if response else []
        body = response.body[:ENOUGH] if response else b""
        self.archive.answer(url, status, headers, body, datetime.now(UTC), visitor=DOOR)
        self.step(url)

    def on_disguise(self, response: Response) -> None:
        """Keeps what another visitor would have got."""
        self._keep(response.meta["address"], response)

    def _keep(self, url: str, response: Response) -> Answered:
        """The answer as it came goes to the archive; returned is what it says, unpacked."""
        old = self.old.get(url)
        if response.status == 304 and old and self.order.previous:
            before = answer_at(self.order.previous, old[0])
            if before:
                self.archive.unchanged(url, before)
                return before
        came = response.meta.get("came", response)
        headers = _lines(came)
        cut = "dataloss" in response.flags or "partial" in response.flags
        date = datetime.now(UTC)
        visitor = response.meta.get("visitor", "")
        self.archive.answer(url, response.status, headers, came.body, date, cut, visitor)
        self.bytes += len(came.body)
        lower = {name.lower(): value for name, value in headers}
        return Answered(url, response.status, lower, response.body, date, cut=cut)

    def _take(self, answered: Answered, depth: int, hops: int = 0) -> Iterator[Request]:
        """What follows from an answer, whether it came now or in an earlier run."""
        page = Page(answered.url, answered.body, answered.status, answered.headers)
        if 300 <= answered.status < 400 and "location" in answered.headers:
            if hops < MOST_REDIRECTS:
                target = safe_join(answered.url, answered.headers["location"])
                yield from self._ask(target, depth - 1, hops + 1)
        elif page.is_html and not is_guess(page.url):
            self.pages += 1
            yield from self._sheets(sheets_of_page(page))
            yield from self._links(page, depth)
        elif answered.status == 200 and page.media_type == "text/css":
            yield from self._sheets(imports_of_sheet(page))
        elif answered.status == 200 and "xml" in page.media_type:
            for link in links_of_xml(answered.body):
                yield from self._ask(safe_join(answered.url, link), depth)

    def _links(self, page: Page, depth: int) -> Iterator[Request]:
        for link in links_of_page(page):
            yield from self._ask(link, depth)

    def _sheets(self, links: Iterator[str]) -> Iterator[Request]:
        """The site's style sheets: they say what of a page a reader sees."""
        for link in links:
            url = canonical(link, dropped_parameters())
            if not url or url in self.sheets or len(self.sheets) >= _MOST_SHEETS:
                continue
            if not is_same_site(url, self.site.url) or not self.robots.can_fetch(url, self.agent):
                continue
            self.sheets.add(url)
            if url not in self.seen:
                self.seen.add(url)
                yield self._request(
                    url, 0, callback=self.on_sheet, errback=self.on_no_sheet, priority=1
                )

    def on_sheet(self, response: Response) -> Iterator[Request]:
        """Keeps a sheet, unless the server sent a page in its stead, and asks for its imports."""
        if response.status == 200 and b"css" not in (response.headers.get("Content-Type") or b""):
            return
        answered = self._keep(response.meta["address"], response)
        self.step(answered.url)
        if answered.status == 200:
            yield from self._take(answered, 0)

    def on_no_sheet(self, failure: Any) -> None:
        """A sheet that does not come is no page that is missing."""
        self.step(failure.request.meta["address"])

    def _wait_and_retry(self, response: Response) -> Iterator[Request]:
        """A server that is too busy names the time to wait; the whole crawl waits."""
        assert response.request is not None
        again = response.request.copy()
        again.meta["tries"] = response.meta.get("tries", 1) + 1
        said = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
        wait = min(int(said) if said.isdigit() else 10, _MOST_WAIT)
        engine = self.crawler.engine
        assert engine is not None
        engine.pause()
        call_later(wait, engine.unpause)
        yield again

    def on_failure(self, failure: Any) -> None:
        """Notes why an address gave no answer."""
        self.waiting -= 1
        url = failure.request.meta["address"]
        reason, params = self._name(failure)
        self._unreached(url, reason, params)
        self.step(url)

    def _name(self, failure: Any) -> tuple[str, dict[str, str | int]]:
        """Which of our reasons an error of Scrapy or Twisted is."""
        error = failure.value
        text = str(error) or type(error).__name__
        if urlsplit(failure.request.url).hostname in self.refused:
            return "private-address", {}
        if isinstance(error, DownloadTimeoutError) or "took longer than" in text:
            return "too-slow", {"seconds": int(self.limits.patience)}
        if isinstance(error, DownloadCancelledError) or "DOWNLOAD_MAXSIZE" in text:
            return "too-large", {"limit": MOST_BYTES}
        return "unreachable", {"error": text.splitlines()[0][:200]}

    def _unreached(self, url: str, reason: str, params: dict[str, str | int]) -> None:
        self.archive.note(url, {"unreached": {"reason": reason, "params": params}})

    def _omit(self, reason: str, url: str) -> None:
        known = self.omitted.setdefault(reason, [0, url])
        known[0] += 1

    def _out_of_time(self) -> None:
        engine = self.crawler.engine
        if engine is not None and engine.running:
            engine.close_spider(self, "seconds")

    def closed(self, reason: str) -> None:
        """Notes what was left out and why, and lets go of the archive."""
        if reason != "finished":
            self.omitted[reason] = [max(self.waiting, 0), self.site.url]
        said = {"omitted": self.omitted, "hosts": sorted(self.hosts)}
        self.archive.note(self.site.url, said)
        self.archive.stream.close()


def _lines(response: Response) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1", errors="replace"))
        for name, values in response.headers.items()
        for value in values
    ]


def _index(previous: Any) -> dict[str, tuple[int, str, str]]:
    """Where the answers of the last archive stand that a server can be asked about by a tag."""
    found = {}
    for record in records(previous):
        if isinstance(record, Answered) and record.status == 200 and not record.cut:
            tag = record.headers.get("etag", "")
            modified = record.headers.get("last-modified", "")
            if tag or modified:
                found[record.url] = (record.offset, tag, modified)
    return found

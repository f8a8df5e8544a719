"""This file crawls one site into an archive, politely, with Scrapy; it may be broken off and go on.

The archive is the only memory: what stands in it is not asked again, and the links of its pages are
where the crawl goes on. Scrapy's reactor cannot start twice, so one runs in a thread of its own
for as long as the process lives.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerRunner
from twisted.internet import asyncioreactor
from twisted.internet.base import ThreadedResolver
from twisted.internet.defer import succeed
from twisted.internet.error import DNSLookupError
from twisted.internet.threads import deferToThreadPool

from linter.hosts import PrivateAddress, is_local_name, resolve
from linter.terms import Site


@dataclass(frozen=True)
class Limits:
    """How far a crawl goes: pages, links from the home page, megabytes, seconds for the site.

    `delay` are seconds between two requests to the site, which its robots.txt may lengthen;
    `patience` seconds for one answer; `files` how many PDF files are read as a sample.
    """

    pages: int = 200
    depth: int = 8
    megabytes: int = 200
    seconds: int = 3600
    delay: float = 1.0
    patience: float = 30
    files: int = 5


@dataclass(frozen=True)
class CrawlOrder:
    """How one site is crawled. `archive` is added to; `previous` is its last whole archive.

    `contact` is an address at which the owner of a site reaches who sent us. `known` gives the
    addresses of hosts that do not stand in the DNS. `listed`: the site stands in the inventory, so
    that its owner answers to us, and what no page links to is asked for too (linter.doors).
    """

    archive: Path
    previous: Path | None = None
    limits: Limits = field(default_factory=Limits)
    contact: str = ""
    known: Mapping[str, str] = field(default_factory=dict)
    listed: bool = False

    @property
    def agent(self) -> str:
        """How we introduce ourselves to servers."""
        return f"congtin/{version('congtin')} (site audit; {self.contact or 'no contact'})"


def crawl(site: Site, order: CrawlOrder, step: Callable[[str], object] = lambda _url: None) -> None:
    """Visits the site as far as the order's limits allow, or to where they were reached before.

    `step` is called with each address answered, from another thread. One site at a time in a
    process.
    """
    _reactor().run(site, order, step)


@cache
def _reactor() -> _Reactor:
    return _Reactor()


class _Reactor:
    """Twisted's reactor, in a thread that ends with the process, and its look-up of hosts."""

    def __init__(self) -> None:
        asyncio.set_event_loop(asyncio.new_event_loop())
        asyncioreactor.install(asyncio.get_event_loop())  # type: ignore[no-untyped-call]
        from twisted.internet import reactor  # noqa: PLC0415  # is what was installed last

        self.reactor: Any = reactor
        self.loop: asyncio.AbstractEventLoop = self.reactor._asyncioEventloop
        self.resolver = _Resolver(self.reactor)
        self.reactor.installResolver(self.resolver)
        threading.Thread(target=self._work, daemon=True, name="reactor").start()

    def _work(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.reactor.run(installSignalHandlers=False)

    def run(self, site: Site, order: CrawlOrder, step: Callable[[str], object]) -> None:
        self.resolver.serve(urlsplit(site.url).hostname or "", order.known)
        work = _crawl(site, order, step, self.resolver.refused)
        asyncio.run_coroutine_threadsafe(work, self.loop).result()


class _Resolver(ThreadedResolver):
    """Looks each host up once, so that it cannot change its address on the way."""

    def serve(self, host: str, known: Mapping[str, str]) -> None:
        """From now on the site of that host is visited."""
        self.found: dict[str, str] = {}
        self.refused: set[str] = set()
        self.known, self.local = known, is_local_name(host)

    def getHostByName(self, name: str, timeout: Any = ()) -> Any:  # noqa: N802  # Twisted's name
        if name in self.found:
            return succeed(self.found[name])
        reactor: Any = self.reactor
        return deferToThreadPool(reactor, reactor.getThreadPool(), self._look_up, name)

    def _look_up(self, name: str) -> str:
        try:
            self.found[name] = resolve(name, self.known, self.local)
        except PrivateAddress as error:
            self.refused.add(name)
            raise DNSLookupError(name) from error
        except OSError as error:
            raise DNSLookupError(str(error)) from error
        return self.found[name]


async def _crawl(
    site: Site, order: CrawlOrder, step: Callable[[str], object], refused: Collection[str]
) -> None:
    from linter.sites.settings import settings_for  # noqa: PLC0415  # after the reactor
    from linter.sites.spider import SiteSpider  # noqa: PLC0415

    runner = AsyncCrawlerRunner(settings_for(order))
    crawler = runner.create_crawler(SiteSpider)
    await runner.crawl(crawler, site=site, order=order, step=step, refused=refused)
    assert crawler.stats is not None
    if broken := crawler.stats.get_value("spider_exceptions/count"):
        # Scrapy goes on after a bug of ours; a crawl with holes that nobody knows of must not.
        raise RuntimeError(f"the spider broke {broken} times on {site.url}; see the log")

"""This file shows the pages of a snapshot to Chromium and leaves on each what was seen there.

A page is shown alone in a warm tab, as to a first visitor. A page with known faults goes the same
way before any other: where it comes back clean, nothing that this browser says counts.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html

from linter.browser.at_rest import measure_at_rest
from linter.browser.axe import PreloadedAxe
from linter.browser.axe_script import AxeScript, find_axe
from linter.browser.cache import EvidenceCache
from linter.browser.chromium import (
    BrowserGone,
    Fleet,
    PageTrouble,
    View,
    find_programs,
    give_back,
    take_browser,
)
from linter.browser.grid import find_grid
from linter.browser.guard import Guard
from linter.browser.known_faults import ORIGIN, canary_answers, missed_faults
from linter.browser.probes import run_probes
from linter.browser.program import OLDEST, is_too_old
from linter.browser.proven import Proven
from linter.browser.serve import Answers, Loopback
from linter.browser.structure import representatives
from linter.errors import UserError
from linter.model import Canary, Snapshot
from linter.page import Page, Params, Rendered

log = logging.getLogger(__name__)

MODES = ("changed", "representative", "all", "none")
MOST_BYTES = 5_000_000
# Troubles that leave no page behind which could still be at work in the browser.
_CALM = ("status", "not-html", "download", "redirects", "unreachable")


@dataclass(frozen=True)
class Order:
    """How pages are looked at: the same for all of a run.

    `jobs` browsers work at once. `seconds` is the time for a page to load, and again for axe.
    `cache` is a folder for evidence, None for none; `anew` only writes to it. `guard` stands
    between the browser and a stranger's site. `grid` is the address of a Selenium Grid whose
    browsers look, empty for those of this machine. `chromium`, `driver` and `axe` are paths that
    win over what is installed.
    """

    jobs: int = 1
    seconds: float = 30
    view: View = field(default_factory=View)
    cache: Path | None = None
    anew: bool = False
    guard: Guard | None = None
    grid: str = ""
    chromium: Path | None = None
    driver: Path | None = None
    axe: Path | None = None


def find_fleet(order: Order) -> Fleet:
    """Where the order's browsers come from. Raises UserError where there are none."""
    return find_grid(order.grid) if order.grid else find_programs(order.chromium, order.driver)


def plan_pages(snapshot: Snapshot, mode: str, proven: Proven | None = None) -> dict[str, str]:
    """For each HTML page's address the address that a browser looks at in its stead.

    `mode` is one of MODES: "all" and "changed" look at every page (and differ in what the cache
    may answer, see Order), "representative" at pages of every structure that is not `proven` to be
    well, "none" at nothing.
    """
    if mode == "none":
        return {}
    if mode == "representative":
        pages = snapshot.html_pages
        return representatives(pages, proven.like) if proven else representatives(pages)
    return {page.url: page.url for page in snapshot.html_pages}


def open_proven(order: Order, answers: Answers, rules: str) -> Proven | None:
    """What is known to be well in the order's cache, by rules of that digest; None without one."""
    if order.cache is None or not (version := _version(order)):
        return None
    looks = (find_axe(order.axe).digest, version, rules, order.view)
    return Proven(order.cache / "proven", *looks, answers)


def open_evidence(order: Order, answers: Answers) -> EvidenceCache | None:
    """What was seen and is kept in the order's cache; None without one."""
    if order.cache is None or not (version := _version(order)):
        return None
    return EvidenceCache(order.cache, find_axe(order.axe).digest, version, order.view, answers)


def _version(order: Order) -> str:
    """Which browser the order's is; empty where there is none, of which render says more."""
    try:
        return find_fleet(order).version
    except (UserError, BrowserGone):
        return ""


def render(
    snapshot: Snapshot,
    plan: Mapping[str, str],
    order: Order,
    answers: Answers | None = None,
    step: Callable[[str], object] = lambda _url: None,
) -> Snapshot:
    """The snapshot with evidence on each page of the plan (see plan_pages).

    `answers` serves the site from here (see serve.answers_of_folder); without it the browser goes
    to the addresses themselves and nothing is cached. `step` is called with each address done,
    from several threads. Raises UserError for a named program or script that is not usable; where
    none is named and none is found, the pages say so in their evidence.
    """
    wanted = [page for page in snapshot.html_pages if plan.get(page.url) == page.url]
    if not wanted:
        return snapshot
    axe = find_axe(order.axe)
    try:
        fleet = find_fleet(order)
        version = fleet.version
    except UserError:
        if order.grid or order.chromium or order.driver:
            raise
        missing = {page.url: Rendered(failed="browser-missing") for page in wanted}
        return _with_evidence(snapshot, plan, missing)
    except BrowserGone as gone:
        broken = {page.url: Rendered(failed=gone.reason, why=gone.params) for page in wanted}
        return _with_evidence(snapshot, plan, broken)
    if is_too_old(version):
        why: Params = {"version": version, "oldest": OLDEST}
        old = {page.url: Rendered(failed="browser-old", why=why) for page in wanted}
        return replace(_with_evidence(snapshot, plan, old), browser=version)
    run = _Run(snapshot, order, answers, axe, fleet, step)
    evidence = run.look_at(wanted)
    return replace(
        _with_evidence(snapshot, plan, evidence),
        canary=run.canary,
        browser=version,
        axe=axe.version,
    )


def _with_evidence(
    snapshot: Snapshot, plan: Mapping[str, str], evidence: Mapping[str, Rendered]
) -> Snapshot:
    def seen(page: Page) -> Page:
        if page.url in evidence:
            return replace(page, rendered=evidence[page.url])
        return replace(page, represented_by=plan.get(page.url, ""))

    return replace(snapshot, pages=tuple(seen(page) for page in snapshot.pages))


@dataclass
class _Run:
    """One rendering of one snapshot: what its workers share."""

    snapshot: Snapshot
    order: Order
    answers: Answers | None
    axe: AxeScript
    fleet: Fleet
    step: Callable[[str], object]
    seen: bool = False
    known: bool = False
    missed: bool = False
    evidence: dict[str, Rendered] = field(default_factory=dict)

    def look_at(self, pages: list[Page]) -> Mapping[str, Rendered]:
        """Evidence by address: from the cache what it knows, the rest from browsers."""
        self.cache = open_evidence(self.order, self.answers) if self.answers else None
        waiting: queue.SimpleQueue[Page] = queue.SimpleQueue()
        for page in pages:
            known = self.cache.get(page) if self.cache and not self.order.anew else None
            if known is None:
                waiting.put(page)
            else:
                self.known = True
                self.note(page, known)
        jobs = min(self.order.jobs, waiting.qsize())
        threads = [
            threading.Thread(target=_Worker(self).work, args=(waiting,)) for _ in range(jobs)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.evidence

    @property
    def canary(self) -> Canary:
        """Seen also where all evidence is from the cache: only what a good run saw is kept."""
        if self.missed:
            return Canary.MISSED
        return Canary.SEEN if self.seen or self.known else Canary.NOT_RUN

    def note(self, page: Page, rendered: Rendered) -> None:
        self.evidence[page.url] = rendered
        self.step(page.url)


class _Worker:
    """One thread with one browser and, for a site served from here, one server."""

    def __init__(self, run: _Run) -> None:
        self.run = run
        self.offline = run.answers is not None
        guard = run.order.guard
        self.proxy = guard.address if guard and not self.offline else ""
        self.page: PreloadedAxe | None = None

    def work(self, waiting: queue.SimpleQueue[Page]) -> None:
        """Looks at pages until none waits."""
        with ExitStack() as stack:
            known = Loopback(ORIGIN, canary_answers, False, self.run.fleet.here)
            self.canary = stack.enter_context(known)
            self.site = self._serve(stack)
            if self.run.order.guard:
                self.run.order.guard.trust(urlsplit(self.canary.base).netloc)
            try:
                while True:
                    try:
                        page = waiting.get_nowait()
                    except queue.Empty:
                        break
                    self.run.note(page, self._look_twice(page))
            finally:
                if self.page is not None:
                    browser = self.page.browser
                    give_back(self.run.fleet, self.offline, browser, self.proxy)

    def _serve(self, stack: ExitStack) -> Loopback | None:
        if self.run.answers is None:
            return None
        parts = urlsplit(self.run.snapshot.site.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        return stack.enter_context(Loopback(origin, self.run.answers, here=self.run.fleet.here))

    def _look_twice(self, page: Page) -> Rendered:
        """A second look with a new browser where the first one broke. Never raises."""
        if len(page.body) > MOST_BYTES:
            return Rendered(failed="too-large", why={"limit": MOST_BYTES})
        seen = Rendered(failed="browser-crashed")
        for _attempt in range(2):
            try:
                ready = self.page or self._start()
                if self.run.missed:
                    return Rendered(failed="canary-missed")
                seen = self._look(ready, page)
            except PageTrouble as trouble:
                seen = Rendered(failed=trouble.reason, why=trouble.params)
                if trouble.reason not in _CALM:
                    self._kill()
            except BrowserGone as gone:
                log.warning("the browser is gone (%s) on %s", gone.reason, page.url)
                self._kill()
                seen = Rendered(failed=gone.reason, why=gone.params)
                if gone.reason != "browser-broken":
                    continue
            break
        if self.page is not None and self.page.browser.is_lost:
            self._kill()
        return seen

    def _start(self) -> PreloadedAxe:
        """A browser that has found every fault of the canary; else the run is void."""
        browser = take_browser(self.run.fleet, self.offline, self.proxy)
        key = self.run.axe.digest
        if key not in browser.prepared:
            fresh = PreloadedAxe(browser, self.run.axe)
            browser.prepared[key] = fresh
            fresh.inject()
        ready: PreloadedAxe = browser.prepared[key]
        self.page = ready
        browser.show(self.run.order.view)
        if ready.proven != self.run.order.view:
            self._prove(ready)
        self.run.seen = True
        return ready

    def _prove(self, ready: PreloadedAxe) -> None:
        """Shows the canary, once a browser and view: nothing else changes what a browser finds."""
        try:
            address = self.canary.look_at(f"{ORIGIN}/index.html")
            # It is no test of speed.
            patient = replace(self.run.order, seconds=max(self.run.order.seconds, 30))
            missed = missed_faults(gather(ready, address, patient))
        except PageTrouble as trouble:
            missed = [trouble.reason]
        if missed:
            log.error("the canary came back without %s", ", ".join(missed))
            self.run.missed = True
        else:
            ready.proven = self.run.order.view

    def _look(self, ready: PreloadedAxe, page: Page) -> Rendered:
        address = self.site.look_at(page.url) if self.site else page.url
        if self.site is None:
            ready.forget(address, self.run.order.seconds)
        try:
            rendered = gather(ready, address, self.run.order)
        except PageTrouble as trouble:
            # Under load, a page that was cut off by its script may never have loaded.
            if trouble.reason == "too-slow" and self.site and self.site.refused:
                raise PageTrouble("moved", address=self.site.refused) from trouble
            raise
        # A script that goes elsewhere while the page is being read leaves half a page.
        if self.site and self.site.refused and _is_cut(page, rendered):
            raise PageTrouble("moved", address=self.site.refused)
        if self.run.cache and self.site:
            self.run.cache.put(page, rendered, self.site.trace())
        return rendered

    def _kill(self) -> None:
        if self.page is not None:
            self.page.browser.kill()
            self.page = None


def gather(page: PreloadedAxe, address: str, order: Order) -> Rendered:
    """What Chromium sees at an address. Raises PageTrouble or BrowserGone."""
    _check_arrival(page.open(address, order.seconds), address)
    said = page.run(seconds=order.seconds)
    rest = measure_at_rest(page)
    probes = run_probes(page, order.view, rest)
    return Rendered(axe=said, probes=probes, html=rest.html)


def _is_cut(page: Page, rendered: Rendered) -> bool:
    """Whether the browser shows fewer elements than the source has."""
    shown = lxml.html.document_fromstring(rendered.html)
    return sum(1 for _ in shown.iter()) < sum(1 for _ in page.tree.iter())


def _check_arrival(arrival: Mapping[str, Any], address: str) -> None:
    """Raises PageTrouble unless the document shown is the one that was asked for."""
    if arrival["status"] >= 400:
        raise PageTrouble("status", status=arrival["status"])
    if arrival["type"] not in ("text/html", "application/xhtml+xml"):
        raise PageTrouble("not-html", type=arrival["type"])
    here, there = _plainly(address), _plainly(arrival["document"])
    if here != there and not arrival["redirects"]:
        raise PageTrouble("moved", address=arrival["document"])


def _plainly(address: str) -> tuple[str, str]:
    """Host and path without what servers change by themselves."""
    parts = urlsplit(address)
    return parts.netloc.removeprefix("www."), parts.path.rstrip("/")

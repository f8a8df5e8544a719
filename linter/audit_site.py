"""This file audits one site: crawl, show to a browser, judge; all evidence in one archive.

It is what a worker process does, on this machine or another. Broken off, it goes on where its
archive ends.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from linter.ahead import Ahead, end_with_master
from linter.errors import Mistake, UserError
from linter.findings import Report
from linter.lint import Terms, judge_archive
from linter.messages import N_
from linter.model import Snapshot
from linter.sites.appeared import seen_since
from linter.sites.archive import ArchiveWriter, Note, Picture, records
from linter.sites.archived_site import digest_of, read_archive
from linter.sites.certificate import read_certificate
from linter.sites.crawl import CrawlOrder, Limits, crawl
from linter.terms import Outcome, Site

if TYPE_CHECKING:  # selenium is slow to load, and many audits need no browser
    from linter.browser.guard import Guard
    from linter.browser.render import Order

# After how many looks at pages that scripts write the crawl is over.
_MOST_ROUNDS = 3
_MOST_SHELLS = 50
_WORST = 2
# How many places of findings are shown.
_PLACES = 20
# Scrapy and the guard of the browser serve one site at a time.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Task:
    """One site to audit. `folder` holds the archives of all sites; `run` names this run's.

    `contact`, `known` and `listed` as in CrawlOrder; `pictures` says whether the worst pages are
    shown; `jobs` how many processes judge pages while the crawl goes on.
    """

    site: Site
    terms: Terms
    folder: Path
    run: str
    limits: Limits = field(default_factory=Limits)
    contact: str = ""
    known: Mapping[str, str] = field(default_factory=dict)
    pictures: bool = False
    listed: bool = False
    jobs: int = 0

    @property
    def archive(self) -> Path:
        """The whole archive, which is there when the site has been seen to the end."""
        return self.folder / self.site.id / f"{self.run}.warc.gz"

    @property
    def unfinished(self) -> Path:
        """The archive while it grows."""
        return self.archive.with_suffix(".gz.part")

    @property
    def previous(self) -> Path | None:
        """The newest archive of an earlier run."""
        others = sorted(self.archive.parent.glob("*.warc.gz"))
        return next((path for path in reversed(others) if path.name < self.archive.name), None)


@dataclass(frozen=True)
class Audited:
    """What came of it: the report, the archive with its digest, and pictures by address."""

    report: Report
    archive: Path
    digest: str
    pictures: tuple[Picture, ...] = ()


def audit_site(task: Task, step: Callable[[str], object] = lambda _url: None) -> Audited:
    """Audits a site, or goes on with it. `step` is called with each address as it is done.

    Raises UserError when another audit is at work on the same site.
    """
    task.archive.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(task.archive.parent / ".lock")
    ahead = Ahead(task.unfinished, task.site, task.terms, task.jobs)
    try:
        with _ONE_AT_A_TIME, lock.acquire(timeout=0), ahead:
            if not task.archive.exists():
                _see(task, step, ahead)
    except Timeout as error:
        message = N_("Another audit is at work on {site}.")
        params = {"site": task.site.id}
        raise UserError(Mistake(str(task.archive.parent), 0, message, params)) from error
    pictures = tuple(record for record in records(task.archive) if isinstance(record, Picture))
    snapshot = read_archive(task.archive)
    if task.previous:
        snapshot = seen_since(read_archive(task.previous), snapshot)
    ahead.note(snapshot)
    report = judge_archive(snapshot, task.terms)
    return Audited(report, task.archive, digest_of(task.archive), pictures)


_tell: Callable[[str], object] = lambda _url: None  # noqa: E731  # a worker's way to its master


def start_worker(tell: Callable[[str], object]) -> None:
    """Makes this process a worker: it tells each address, and leaves Ctrl-C to its master.

    When the master is killed it ends too, so that the site is free for who takes it up.
    """
    global _tell  # noqa: PLW0603  # set once, when the process starts
    _tell = tell
    end_with_master()


def audit_group(tasks: Sequence[Task]) -> list[Audited]:
    """Audits sites one after another, in a worker."""
    return [audit_site(task, _tell) for task in tasks]


def _see(task: Task, step: Callable[[str], object], ahead: Ahead) -> None:
    """Fills the archive, and gives it its name when nothing is left to see."""
    if not task.unfinished.exists():
        with ArchiveWriter(task.unfinished) as archive:
            archive.note(task.site.url, {"site": asdict(task.site)})
            if task.previous:
                archive.note(task.site.url, {"known_hosts": _hosts_of(task.previous)})
            if task.listed and (certificate := read_certificate(task.site.url, task.known)):
                archive.note(task.site.url, {"certificate": certificate})
    order = CrawlOrder(
        task.unfinished, task.previous, task.limits, task.contact, task.known, task.listed
    )

    def step_ahead(url: str) -> None:
        step(url)
        ahead.step()

    crawl(task.site, order, step_ahead)
    if task.terms.browser != "none":
        _show(task, order, step)
    ahead.finish()
    task.unfinished.rename(task.archive)


def _hosts_of(archive: Path) -> list[str]:
    """The hosts that the site linked to when it was seen before."""
    hosts: set[str] = set()
    for record in records(archive):
        if isinstance(record, Note):
            hosts.update(record.data.get("hosts", ()))
    return sorted(hosts)


def _show(task: Task, order: CrawlOrder, step: Callable[[str], object]) -> None:
    """Lets a browser look: at pages that scripts write, for their links, then as the terms say."""
    from linter.browser.render import plan_pages  # noqa: PLC0415  # selenium is slow to load

    for _ in range(_MOST_ROUNDS):
        snapshot = read_archive(task.unfinished)
        shells = [lost.url for lost in snapshot.unreached if lost.reason == "needs-scripts"]
        if not shells:
            break
        with_shells = read_archive(task.unfinished, shells_too=True)
        if not _render(task, with_shells, {url: url for url in shells[:_MOST_SHELLS]}, step):
            break
        crawl(task.site, order, step)
    snapshot = read_archive(task.unfinished)
    plan = plan_pages(snapshot, task.terms.browser)
    seen = {page.url for page in snapshot.pages if page.rendered}
    _render(task, snapshot, {url: by for url, by in plan.items() if url not in seen}, step)
    if task.pictures:
        _take_pictures(task)


def _render(
    task: Task, snapshot: Snapshot, plan: Mapping[str, str], step: Callable[[str], object]
) -> bool:
    """Shows pages to a browser and archives what it saw; whether it saw any page."""
    from linter.browser.render import render  # noqa: PLC0415

    order = _order(task)
    assert order.guard is not None
    order.guard.serve(urlsplit(task.site.url).hostname or "", task.known)
    shown = render(snapshot, plan, order, None, step)
    looked_at = [page for page in shown.pages if page.rendered and plan.get(page.url) == page.url]
    with ArchiveWriter(task.unfinished) as archive:
        for page in looked_at:
            archive.note(page.url, {"rendered": asdict(page.rendered)})  # type: ignore[arg-type]
        stands_for = {url: by for url, by in plan.items() if by != url}
        seen = {"canary": shown.canary, "browser": shown.browser, "axe": shown.axe}
        archive.note(task.site.url, {"represented": stands_for, "browser": seen})
    return any(page.rendered and page.rendered.html for page in looked_at)


def _take_pictures(task: Task) -> None:
    """The home page, the pages with the most that is wrong, and the places of the gravest findings
    go into the archive as pictures; a place is named by its page and the fingerprint after #."""
    from linter.browser.pictures import take_pictures, take_places  # noqa: PLC0415

    snapshot = read_archive(task.unfinished)
    report = judge_archive(snapshot, task.terms)
    fails = Counter(f.page for f in report.findings if f.outcome is Outcome.FAIL)
    home = [snapshot.home.url] if snapshot.home else []
    worst = [url for url, _ in fails.most_common(_WORST + 1) if url in snapshot.by_url]
    wanted = list(dict.fromkeys([*home, *worst]))[: _WORST + 1]
    with ArchiveWriter(task.unfinished) as archive:
        for url, png in take_pictures(wanted, _order(task)):
            archive.picture(url, png)
        places = {
            f"{f.page}#{f.fingerprint}": (f.page, f.selector)
            for f in report.findings
            if f.outcome in (Outcome.FAIL, Outcome.REVIEW) and f.selector
        }
        asked = [(name, *place) for name, place in list(places.items())[:_PLACES]]
        for name, png in take_places(asked, _order(task)):
            archive.picture(name, png)


def _order(task: Task) -> Order:
    from linter.browser.render import Order  # noqa: PLC0415

    grid = task.terms.grid
    return Order(seconds=task.limits.patience, guard=_guard(grid), grid=grid)


@cache
def _guard(grid: str) -> Guard:
    """Where the browsers of that grid, or of this machine, find it."""
    from linter.browser.grid import find_grid  # noqa: PLC0415
    from linter.browser.guard import Guard  # noqa: PLC0415

    return Guard(find_grid(grid).here) if grid else Guard()

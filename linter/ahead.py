"""This file judges the pages of a site in processes of its own, before the site as a whole.

What most rules say of a page depends on its source alone, so that nobody need wait for the last
page of a crawl, and a large folder is shared out. Of a crawl both sides share the archive alone:
each lot of records is a range of bytes.
"""

from __future__ import annotations

import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from linter.errors import UserError
from linter.judge import Bench, PageHeard, hear
from linter.lint import Terms, bench
from linter.model import Page, Snapshot
from linter.sites.archive import Answered, Stored, records
from linter.terms import Site

log = logging.getLogger(__name__)

# A smaller site is judged sooner than processes for it have started.
_FIRST = 100
_LOT = 40
# A site read from a folder is there at once, so that starting processes is all that it waits for.
_LARGE = 400


class Ahead:
    """Listens to pages as they come in; `jobs` processes at once, none for 0. A context manager."""

    def __init__(self, archive: Path, site: Site, terms: Terms, jobs: int) -> None:
        self.archive, self.site, self.terms, self.jobs = archive, site, terms, jobs
        self.pool: ProcessPoolExecutor | None = None
        self.lots: list[Future[Mapping[int, PageHeard]]] = []
        self.heard: dict[int, PageHeard] = {}
        self.answers = self.end = 0

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)

    def step(self) -> None:
        """One more answer is in the archive, which ends with a whole record."""
        self.answers += 1
        if self.jobs and self.answers >= _FIRST and self.answers % _LOT == 0:
            self._hand_over()

    def _hand_over(self) -> None:
        if self.pool is None:
            spawn = multiprocessing.get_context("spawn")
            asked = (self.site, self.terms)
            self.pool = ProcessPoolExecutor(self.jobs, spawn, _start, asked)
        start, self.end = self.end, self.archive.stat().st_size
        self.lots.append(self.pool.submit(_hear_lot, self.archive, start, self.end))

    def finish(self) -> None:
        """Waits for what is not judged yet; while that lasts, the archive must keep its name."""
        if self.pool is not None and self.archive.stat().st_size > self.end:
            self._hand_over()
        for lot in self.lots:
            try:
                self.heard.update(lot.result())
            except (BrokenProcessPool, UserError):
                log.exception("pages of %s are judged later", self.site.id)

    def note(self, snapshot: Snapshot) -> None:
        """Notes on each page what was heard of it."""
        for page in snapshot.html_pages:
            if isinstance(page.content, Stored) and page.content.offset in self.heard:
                page.notes["heard"] = self.heard[page.content.offset]


def hear_together(snapshot: Snapshot, terms: Terms) -> None:
    """Notes on each page of a large site what is heard of it, by `terms.jobs` processes at once.

    Pages whose process was ended are left to the judge.
    """
    pages = [page for page in snapshot.html_pages if page.is_text]
    if terms.jobs < 2 or len(pages) < _LARGE:
        return
    lots = [pages[start : start + _LOT] for start in range(0, len(pages), _LOT)]
    spawn = multiprocessing.get_context("spawn")
    asked = (snapshot.site, terms)
    with ProcessPoolExecutor(min(terms.jobs, len(lots)), spawn, _start, asked) as pool:
        said = [pool.submit(_hear_pages, [replace(page) for page in lot]) for lot in lots]
        for lot, heard in zip(lots, said, strict=True):
            with suppress(BrokenProcessPool):
                for page, words in zip(lot, heard.result(), strict=True):
                    if words is not None:
                        page.notes["heard"] = words


def _hear_pages(pages: Sequence[Page]) -> list[PageHeard | None]:
    return [None if page.is_too_deep else hear(page, *_bench) for page in pages]


_bench: tuple[Site, Bench]  # of a process that listens


def _start(site: Site, terms: Terms) -> None:
    global _bench  # noqa: PLW0603  # set once, when the process starts
    end_with_master()
    _bench = site, bench(terms)


def end_with_master() -> None:
    """Leaves Ctrl-C to the master of this process, and ends when that one is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if (master := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_end_with, args=(master.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _hear_lot(archive: Path, start: int, end: int) -> Mapping[int, PageHeard]:
    """What rules say of the pages within a range of the archive, by where their record is."""
    heard: dict[int, PageHeard] = {}
    for record in records(archive, start):
        if isinstance(record, Answered):
            if record.offset >= end:
                break
            page = Page(record.url, record.body, record.status, record.headers)
            if page.is_html and not record.visitor and not page.is_too_deep:
                heard[record.offset] = hear(page, *_bench)
    return heard

"""This file judges the pages of a site in processes of its own, before the site as a whole.

What most rules say of a page depends on its source alone, so that nobody need wait for the last
page of a crawl, and a large folder is shared out. Of a crawl both sides share the archive alone:
each lot of records is a range of bytes.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import multiprocessing.connection
import multiprocessing.context
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from linter.errors import UserError
from linter.hearing import Heard, PageHeard, gather
from linter.judge import Bench, hear
from linter.lint import Terms, bench
from linter.model import Snapshot
from linter.page import Page
from linter.sites.archive import Answered, Stored, records
from linter.terms import Outcome, Site

log = logging.getLogger(__name__)

# A smaller site is judged sooner than processes for it have started.
_FIRST = 100
_LOT = 40
# A site read from a folder is there at once, so that starting processes is all that it waits for.
_LARGE = 400


# What was heard and gathered of pages, by where their record is.
Lot: TypeAlias = dict[int, tuple[PageHeard, Mapping[str, Any]]]


class Ahead:
    """Listens to pages as they come in; `jobs` processes at once, none for 0. A context manager."""

    def __init__(self, archive: Path, site: Site, terms: Terms, jobs: int) -> None:
        self.archive, self.site, self.terms, self.jobs = archive, site, terms, jobs
        self.pool: ProcessPoolExecutor | None = None
        self.lots: deque[Future[Lot]] = deque()
        self.heard: dict[int, tuple[PageHeard, Mapping[str, Any]]] = {}
        self.known: dict[Any, Any] = {}
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
        while self.lots and self.lots[0].done():
            self._take(self.lots.popleft())
        start, self.end = self.end, self.archive.stat().st_size
        try:
            self.lots.append(self.pool.submit(_hear_lot, self.archive, start, self.end))
        except BrokenProcessPool:  # the crawl goes on; what is not heard now is judged later
            log.warning("a process that judged pages of %s was killed", self.site.id)
            self.jobs = 0

    def finish(self) -> None:
        """Waits for what is not judged yet; while that lasts, the archive must keep its name."""
        if self.pool is not None and self.jobs and self.archive.stat().st_size > self.end:
            self._hand_over()
        while self.lots:
            self._take(self.lots.popleft())

    def _take(self, lot: Future[Lot]) -> None:
        try:
            for offset, (heard, notes) in lot.result().items():
                same = {name: self._same(value) for name, value in notes.items()}
                self.heard[offset] = tuple(map(self._same, heard)), same
        except (BrokenProcessPool, UserError):
            log.exception("pages of %s are judged later", self.site.id)

    def _same(self, value: Any) -> Any:
        """The value that we have already, where it is equal: most pages say the same."""
        if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], Heard):
            place, said = value
            alike = said.outcome is Outcome.PASS
            return self.known.setdefault((place, said.times), value) if alike else value
        if isinstance(value, tuple):
            value = tuple(map(self._same, value))
        return self.known.setdefault(value, value)

    def note(self, snapshot: Snapshot) -> None:
        """Notes on each page what was heard of it, unless a browser has seen it since."""
        for page in snapshot.html_pages:
            content = page.content
            if not isinstance(content, Stored) or page.rendered is not None:
                continue
            if (known := self.heard.pop(content.offset, None)) is not None:
                heard, notes = known
                page.notes.update(notes, heard=heard)
        self.known.clear()


def hear_together(snapshot: Snapshot, terms: Terms) -> None:
    """Notes on each page of a large site what is heard of it, by `terms.jobs` processes at once.

    Pages whose process was ended are left to the judge.
    """
    pages = [page for page in snapshot.html_pages if page.is_text]
    if terms.jobs < 2 or len(pages) < _LARGE:
        return
    lots = [pages[start : start + _LOT] for start in range(0, len(pages), _LOT)]
    asked = (snapshot.site, terms)
    context = quick_context()
    with ProcessPoolExecutor(min(terms.jobs, len(lots)), context, _start, asked) as pool:
        said = [pool.submit(_hear_pages, [replace(page) for page in lot]) for lot in lots]
        for lot, heard in zip(lots, said, strict=True):
            with suppress(BrokenProcessPool):
                for page, known in zip(lot, heard.result(), strict=True):
                    if known is not None:
                        words, notes = known
                        page.notes.update(notes, heard=words)


def quick_context() -> multiprocessing.context.BaseContext:
    """How a command that has no threads starts processes: with all that it has loaded."""
    # Elsewhere than on Linux, libraries of the system do not survive a fork.
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _hear_pages(pages: Sequence[Page]) -> list[tuple[PageHeard, Mapping[str, Any]] | None]:
    return [None if page.is_too_deep else (hear(page, *_bench), gather(page)) for page in pages]


_bench: tuple[Site, Bench]  # of a process that listens


def _start(site: Site, terms: Terms) -> None:
    global _bench  # noqa: PLW0603  # set once, when the process starts
    end_with_master()
    _bench = site, bench(terms)
    gc.disable()  # as linter.lint.undisturbed


def end_with_master() -> None:
    """Leaves Ctrl-C to the master of this process, and ends when that one is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if (master := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_end_with, args=(master.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _hear_lot(archive: Path, start: int, end: int) -> Lot:
    """What rules say of the pages within a range of the archive."""
    heard: Lot = {}
    for record in records(archive, start, end):
        if isinstance(record, Answered):
            page = Page(record.url, record.body, record.status, record.headers)
            if page.is_html and not record.visitor and not page.is_too_deep:
                heard[record.offset] = hear(page, *_bench), gather(page)
    return heard

"""This file audits many sites: in parallel, in bounded memory, and on from where a run stopped.

A run is named by what it was asked. Each finished site leaves a small file, its row; a run that
was killed finds the rows, goes on with the sites that have none, and forgets them at the end.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from linter.atomic import write_file
from linter.audit_site import Audited, Task, audit_group
from linter.findings import Report
from linter.judge import judge
from linter.lint import bench
from linter.model import Canary, Snapshot, Unreached
from linter.terms import Outcome, Severity, Verdict

log = logging.getLogger(__name__)

_TRIES = 3


@dataclass(frozen=True)
class Row:
    """One site in the table at the end. `why` says, as a reason with data, what could not be told.

    `archive` is relative to the archives' folder, `digest` its SHA-256.
    """

    id: str
    url: str
    name: str
    verdict: Verdict
    judged: int
    planned: int
    errors: int
    warnings: int
    notices: int
    reviews: int
    untested: int
    archive: str
    digest: str
    why: str = ""
    params: dict[str, str | int] | None = None
    law: tuple[str, ...] = ()
    canary: str = Canary.NOT_RUN
    browser: str = ""
    axe: str = ""


def row_of(audited: Audited, folder: Path) -> Row:
    """What the table tells of a site."""
    report = audited.report
    said = report.sites[0]
    fails = [f for f in report.findings if f.outcome is Outcome.FAIL and not f.waived]
    unjudged = next((page for page in report.pages if page.why), None)
    return Row(
        said.site.id,
        said.site.url,
        said.site.name,
        said.verdict,
        said.judged,
        said.planned,
        sum(f.severity is Severity.ERROR for f in fails),
        sum(f.severity is Severity.WARNING for f in fails),
        sum(f.severity is Severity.NOTICE for f in fails),
        sum(f.outcome is Outcome.REVIEW for f in report.findings),
        sum(f.outcome is Outcome.UNTESTED for f in report.findings),
        audited.archive.relative_to(folder).as_posix(),
        audited.digest,
        unjudged.why if unjudged else "",
        dict(unjudged.params) if unjudged else None,
        report.law,
        report.canary,
        report.browser,
        report.axe,
    )


class Run:
    """The memory of one run, in a folder that is gone when the run is complete."""

    def __init__(self, folder: Path, asked: str, now: datetime) -> None:
        self.folder = folder / ".runs" / hashlib.sha256(asked.encode()).hexdigest()[:16]
        self.folder.mkdir(parents=True, exist_ok=True)
        head = self.folder / "run"
        if not head.exists():
            write_file(head, now.strftime("%Y%m%dT%H%M%S").encode())
        self.name = head.read_text("utf-8")

    @property
    def started(self) -> datetime:
        """When the run was asked for first."""
        return datetime.strptime(self.name, "%Y%m%dT%H%M%S")  # Vietnam's clock

    def rows(self) -> dict[str, Row]:
        """What is done, by site."""
        return {row.id: row for row in map(_read_row, sorted(self.folder.glob("*.json")))}

    def keep(self, row: Row) -> None:
        """Notes that a site is done."""
        text = json.dumps(asdict(row), ensure_ascii=False)
        write_file(self.folder / f"{row.id}.json", text.encode("utf-8"))

    def forget(self) -> None:
        """The run is complete: the same command starts anew."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _read_row(path: Path) -> Row:
    data = json.loads(path.read_text("utf-8"))
    known = {field.name for field in fields(Row)}
    row = Row(**{key: value for key, value in data.items() if key in known})
    return replace(row, verdict=Verdict(row.verdict))


def audit_all(
    tasks: Sequence[Task],
    executors: Callable[[], contextlib.AbstractContextManager[Executor]],
    at_once: int,
    a_pool: int = 100,
) -> Iterator[Audited]:
    """Audits each site, and hands each over as it is done; never more than `at_once` wait.

    `executors` opens a pool; where a worker dies, a new pool takes up what the dead one had, one
    site after another. A site at which workers die again and again could not be told. After
    `a_pool` hosts a new pool is opened, so that nothing that workers pile up grows for ever.
    """
    waiting = deque(_Job(tuple(group)) for group in _by_host(tasks))
    while waiting:
        with executors() as pool:
            running: dict[Future[list[Audited]], _Job] = {}
            left = a_pool
            while running or (waiting and left and not _is_broken(pool)):
                while waiting and left and _may_start(waiting[0], running, at_once, pool):
                    job = waiting.popleft()
                    left -= 1
                    running[pool.submit(audit_group, job.tasks)] = job
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    job = running.pop(future)
                    error = future.exception()
                    if error is None:
                        yield from future.result()
                    elif isinstance(error, BrokenProcessPool) and job.tried < _TRIES:
                        waiting.append(replace(job, tried=job.tried + 1))
                    else:
                        log.error("the audit of %s broke", job.tasks[0].site.id, exc_info=error)
                        yield from (gave_up(task, error) for task in job.tasks)


@dataclass(frozen=True)
class _Job:
    """The sites of one host, and how often we have tried."""

    tasks: tuple[Task, ...]
    tried: int = 1


def _may_start(
    job: _Job, running: Mapping[Future[list[Audited]], _Job], at_once: int, pool: Executor
) -> bool:
    """One that was there when a worker died runs alone, so that the culprit is known."""
    alone = job.tried > 1 or any(other.tried > 1 for other in running.values())
    return not _is_broken(pool) and len(running) < (1 if alone else at_once)


def _is_broken(pool: Executor) -> bool:
    return bool(getattr(pool, "_broken", False))


def _by_host(tasks: Sequence[Task]) -> list[list[Task]]:
    """Sites of one host together, so that the host is asked at one polite rate."""
    hosts: dict[str, list[Task]] = {}
    for task in tasks:
        host = (urlsplit(task.site.url).netloc).removeprefix("www.")
        hosts.setdefault(host, []).append(task)
    return list(hosts.values())


def gave_up(task: Task, error: BaseException) -> Audited:
    """A site whose audit broke: nothing can be told of it, and that is what is told."""
    why = Unreached(task.site.url, "audit-broke", {"error": str(error) or type(error).__name__})
    terms = replace(task.terms, browser="none")
    report: Report = judge(Snapshot(task.site, (), (why,)), bench(terms))
    return Audited(report, task.archive, "")

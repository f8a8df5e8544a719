"""This file holds what every generator command does first: find the project, choose portals."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import ParamSpec, TypeVar

from filelock import FileLock, Timeout

from generator.build import Project
from linter.cli.options import now_in_vietnam
from linter.errors import Mistake, UserError
from linter.law.choice import CHOICE
from linter.messages import N_
from linter.registry import Portal, Registry, read_registry

P = ParamSpec("P")
T = TypeVar("T")


def open_project() -> tuple[Project, Registry]:
    """The project in the working directory and its registry. Raises UserError."""
    project = Project(Path.cwd())
    return project, read_registry(project.content)


def choose_portals(registry: Registry, ids: Sequence[str]) -> tuple[Portal, ...]:
    """The portals of these ids, or all that can be read; a wrong id is a mistake.

    A portal that is named and broken is not returned: its mistakes stand in `registry.broken`.
    """
    known = {portal.id: portal for portal in registry.portals}
    if not ids:
        return registry.portals
    for portal_id in ids:
        if portal_id not in known and portal_id not in registry.broken:
            near = difflib.get_close_matches(portal_id, known, 1)
            message = (
                N_("There is no portal {id}; did you mean {near}?")
                if near
                else N_("There is no portal {id}.")
            )
            params = {"id": portal_id, "near": near[0] if near else ""}
            raise UserError(Mistake("congtin", 0, message, params))
    return tuple(known[portal_id] for portal_id in dict.fromkeys(ids) if portal_id in known)


def law_mistakes(project: Project, registry: Registry) -> list[Mistake]:
    """What is wrong with the province's own laws, and with the registry's choice of a law."""
    from generator.duties import law_on_time  # noqa: PLC0415  # slow to load

    day = registry.as_of or now_in_vietnam().date()
    try:
        law_on_time(registry.law, day, project.work / "cache", project.own_laws)
    except UserError as error:
        file, line = f"{project.content.name}/registry.yml", registry.law_line
        return [
            replace(found, file=file, line=line) if found.file == CHOICE else found
            for found in error.mistakes
        ]
    return []


def broken_portals(registry: Registry, ids: Sequence[str]) -> list[Mistake]:
    """The mistakes of the portal.yml files that could not be read, among those asked for."""
    return [
        mistake
        for portal_id, found in registry.broken.items()
        if not ids or portal_id in ids
        for mistake in found
    ]


def moment_of(day: date) -> datetime:
    """Local time to build for: now when the day is today, else the end of that day."""
    now = now_in_vietnam()
    return now if day == now.date() else datetime.combine(day, time(23, 59))


@contextmanager
def locked(project: Project) -> Iterator[None]:
    """Holds the project against a second build or publication, which says so and stops."""
    project.work.mkdir(parents=True, exist_ok=True)
    lock = FileLock(project.work / "lock")
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        message = N_("Another build or publication of this project is running. Wait for its end.")
        raise UserError(Mistake("congtin", 0, message)) from error
    try:
        yield
    finally:
        lock.release()


class Workers(Executor):
    """A pool of processes that start clean, so that the engines' global state cannot leak.

    It starts with the first piece of work: a run that finds nothing stale needs none.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.pool: Executor | None = None

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """As any Executor does."""
        if self.pool is None:
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # slow to load
            from multiprocessing import get_context  # noqa: PLC0415

            self.pool = ProcessPoolExecutor(self.jobs, mp_context=get_context("forkserver"))
        return self.pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As any Executor does."""
        if self.pool is not None:
            self.pool.shutdown(wait, cancel_futures=cancel_futures)

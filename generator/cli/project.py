"""This file holds what every generator command does first: find the project, choose portals."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from generator.build import Project
from linter.cli.options import now_in_vietnam
from linter.errors import Mistake, UserError
from linter.law.library import CHOICE
from linter.messages import N_
from linter.registry import Portal, Registry, read_registry

if TYPE_CHECKING:
    from concurrent.futures import Executor


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
        return [replace(m, file=file, line=line) if m.file == CHOICE else m for m in error.mistakes]
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


@contextmanager
def workers(jobs: int) -> Iterator[Executor]:
    """A pool of processes that start clean, so that the engines' global state cannot leak."""
    # Slow to load, and a run that finds nothing stale needs no pool.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    with ProcessPoolExecutor(jobs, mp_context=get_context("forkserver")) as pool:
        yield pool

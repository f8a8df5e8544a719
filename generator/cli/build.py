"""This file is `congtin build`: content to staging, portal by portal, without judging it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

import click

from generator.build import Build, Project, build, fresh_build, staged_items
from generator.cli.project import (
    Workers,
    broken_portals,
    choose_portals,
    locked,
    moment_of,
    open_project,
)
from generator.pages import Item
from linter.cli.command import Command, Option, say_mistakes, tell
from linter.cli.options import as_of_option, jobs_option, say_progress
from linter.errors import Exit
from linter.messages import N_
from linter.registry import Portal, Registry


@click.command("build", cls=Command, help=N_("Build portals into .congtin/staging."))
@click.argument("portals", nargs=-1, metavar="[PORTAL...]")
@click.option("--clean", cls=Option, is_flag=True, help=N_("Build anew even what is fresh."))
@as_of_option
@jobs_option
@click.pass_context
def command(
    context: click.Context, portals: Sequence[str], clean: bool, as_of: date, jobs: int
) -> None:
    """Builds what is stale; the main portal last, for it lists the newest of the others."""
    project, registry = open_project()
    chosen = choose_portals(registry, portals)
    mistakes = broken_portals(registry, portals)
    now = moment_of(as_of)
    with locked(project), say_progress("build", len(chosen)) as step:
        builds = build_all(project, registry, chosen, now, clean, jobs, step)
    mistakes += [mistake for result in builds for mistake in result.mistakes]
    say_mistakes(mistakes, context.obj)
    built = [result for result in builds if not result.mistakes]
    params = {
        "portals": len(built),
        "fresh": sum(result.fresh for result in built),
        "pages": sum(result.pages for result in built),
    }
    text = N_("{portals} portals stand in staging ({fresh} unchanged), {pages} pages.")
    tell(text, params, context.obj)
    context.exit(Exit.WRONG_USE if mistakes else Exit.PASS)


def build_all(
    project: Project,
    registry: Registry,
    portals: Sequence[Portal],
    now: datetime,
    clean: bool,
    jobs: int,
    step: Callable[[str], None],
) -> list[Build]:
    """Builds `portals`, `jobs` at once; the main portal last, for it lists what others have newest.

    Portals that are not among `portals` count with what of them stands in staging.
    """
    builds: list[Build] = []

    def take(built: Build) -> None:
        builds.append(built)
        step(built.portal)

    def run(stale: Sequence[Portal], latest: Sequence[Item]) -> None:
        """A single portal is built here: workers would take longer to start than it takes."""
        if not stale:
            return
        with Workers(jobs) as pool:
            if len(stale) == 1:
                take(build(project, registry, stale[0], now, latest, clean, pool=pool))
                return
            from concurrent.futures import as_completed  # noqa: PLC0415  # slow to load

            tasks = [
                pool.submit(build, project, registry, portal, now, latest, clean)
                for portal in stale
            ]
            for future in as_completed(tasks):
                take(future.result())

    def stale_ones(these: Sequence[Portal], latest: Sequence[Item]) -> Iterator[Portal]:
        for portal in these:
            known = None if clean else fresh_build(project, portal, now, latest)
            if known is None:
                yield portal
            else:
                take(known)

    others = [portal for portal in portals if portal.id != registry.main_portal]
    main = [portal for portal in portals if portal.id == registry.main_portal]
    run(list(stale_ones(others, ())), ())
    if main:
        rest = [portal for portal in registry.portals if portal.id != registry.main_portal]
        items = staged_items(project, rest)
        run(list(stale_ones(main, items)), items)
    return builds

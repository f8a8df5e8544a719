"""This file is `congtin doctor`: what is installed, what is missing, how to get it."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import click

from linter.cli.command import Command, say_mistakes, tell
from linter.errors import Exit, Mistake, UserError
from linter.messages import N_

PACKAGES = ("pelican", "markdown", "lxml", "selenium", "axe-selenium-python", "holidays")


@click.command(
    "doctor",
    cls=Command,
    help=N_("Say what is installed, what is missing, how to get it."),
)
@click.pass_context
def command(context: click.Context) -> None:
    """One line for each part; exit 2 when one is missing."""
    click.echo(f"Python {platform.python_version()}")
    missing = list(_packages())
    missing.extend(_browser())
    say_mistakes(missing, context.obj)
    if missing:
        context.exit(Exit.WRONG_USE)
    tell(N_("All that is needed is here."), {}, context.obj)


def _packages() -> Iterator[Mistake]:
    for name in PACKAGES:
        try:
            click.echo(f"{name} {version(name)}")
        except PackageNotFoundError:
            message = N_("The package {name} is missing; install the project again.")
            yield Mistake("congtin doctor", 0, message, {"name": name})


def _browser() -> Iterator[Mistake]:
    from linter.browser.axe_script import find_axe  # noqa: PLC0415  # selenium is slow to load
    from linter.browser.chromium import find_programs  # noqa: PLC0415

    try:
        click.echo(f"axe-core {find_axe().version}")
        programs = find_programs()
        click.echo(f"{programs.version} ({programs.chromium}, {programs.driver})")
    except UserError as error:
        yield from error.mistakes

"""This file holds the options and the progress display that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from linter.cli.command import Option
from linter.errors import Mistake, UserError
from linter.messages import N_
from linter.registry import read_registry
from linter.terms import Severity
from linter.vietnamese import YEARS

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
DEFAULT_LAW = "P2015-TG"
# Where a project's runs are remembered unless --history says otherwise.
DEFAULT_HISTORY = ".congtin/history.sqlite"


def now_in_vietnam() -> datetime:
    """The present, as a clock on a wall in Mỹ Tho shows it; the only clock of the tool."""
    return datetime.now(VIETNAM).replace(tzinfo=None)


def default_day() -> date:
    """The registry's fixed day, where the command runs in a project with one; else today."""
    content = Path("content")
    if (content / "registry.yml").exists():
        as_of = read_registry(content).as_of
        if as_of:
            return as_of
    return now_in_vietnam().date()


def _read_day(_context: click.Context, option: click.Parameter, value: str | None) -> date:
    return default_day() if value is None else parse_day(option, value)


def parse_day(option: click.Parameter, value: str) -> date:
    """The day that an option was given. Raises UserError where there is none such."""
    said = {"value": value, "first": str(YEARS[0]), "last": str(YEARS[-1])}
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        message = N_("“{value}” is no date; write it as 2015-12-18.")
        raise UserError(Mistake(option.opts[0], 0, message, said)) from error
    if day.year not in YEARS:
        message = N_("“{value}” lies outside the years that are reckoned with: {first} to {last}.")
        raise UserError(Mistake(option.opts[0], 0, message, said))
    return day


def _read_threshold(
    _context: click.Context, _option: click.Parameter, value: str
) -> Severity | None:
    return None if value == "never" else Severity(value)


law_option: Callable[[Any], Any] = click.option(
    "--law",
    cls=Option,
    default=DEFAULT_LAW,
    help=N_("A profile (P2015-TG), instruments (ct11-2015,nd43-2011), or in-force."),
)
as_of_option: Callable[[Any], Any] = click.option(
    "--as-of",
    cls=Option,
    metavar="DATE",
    callback=_read_day,
    help=N_("The day to judge for; default: the registry's, else today."),
)
fail_on_option: Callable[[Any], Any] = click.option(
    "--fail-on",
    cls=Option,
    type=click.Choice([*(str(severity) for severity in Severity if severity != "notice"), "never"]),
    default="error",
    callback=_read_threshold,
    help=N_("The mildest severity that fails a page."),
)
baseline_option: Callable[[Any], Any] = click.option(
    "--baseline",
    cls=Option,
    type=click.Path(path_type=Path),
    help=N_("The JSON report of an earlier run: its faults are told, and fail nothing."),
)
jobs_option: Callable[[Any], Any] = click.option(
    "--jobs",
    cls=Option,
    type=click.IntRange(1, 64),
    default=2,
    help=N_("How many work at once."),
)
grid_option: Callable[[Any], Any] = click.option(
    "--grid",
    cls=Option,
    metavar="URL",
    default="",
    help=N_("A Selenium Grid whose browsers look at pages, instead of those of this machine."),
)


def demand_grid(address: str) -> None:
    """Raises UserError where no grid answers, before any work is done."""
    from linter.browser.grid import find_grid  # noqa: PLC0415  # selenium is slow to load

    find_grid(address)


history_option: Callable[[Any], Any] = click.option(
    "--history",
    cls=Option,
    metavar="FILE|URL",
    help=N_("Where runs are remembered: a SQLite file, or postgresql://user@host/name."),
)


@contextmanager
def say_progress(label: str, total: int | None = None) -> Iterator[Callable[[str], None]]:
    """A bar on standard error while the block runs, and nothing where that is no terminal.

    The block calls what it gets after each step, with a word on what comes next.
    """
    if not sys.stderr.isatty():
        yield lambda _text: None
        return
    # Slow to load, and of no use where nobody looks.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[step]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=total, step="")

        def step(text: str) -> None:
            progress.update(task, advance=1, step=text)

        yield step

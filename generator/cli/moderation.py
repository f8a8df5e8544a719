"""This file is `congtin moderation`: owners of the portals' folders, and the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from generator.cli.project import choose_portals, open_project
from generator.documents import Document, read_documents
from generator.moderation import codeowners, read_commits, trail, write_trail
from linter.atomic import write_file
from linter.cli.command import Command, Group, Option, say_mistakes, tell
from linter.errors import Exit, Mistake, UserError
from linter.messages import N_, say

_OWNERS = Path(".github", "CODEOWNERS")


@click.command(
    "codeowners",
    cls=Command,
    help=N_("Write .github/CODEOWNERS: each portal's folder belongs to its editorial board."),
)
@click.option("--check", cls=Option, is_flag=True, help=N_("Write nothing; say if it is old."))
@click.pass_context
def owners(context: click.Context, check: bool) -> None:
    """The platform then asks the board before a change is taken."""
    project, registry = open_project()
    if registry.broken:
        raise UserError([m for found in registry.broken.values() for m in found])
    path, text = project.root / _OWNERS, codeowners(registry)
    if check:
        current = path.exists() and path.read_text("utf-8") == text
        if not current:
            message = N_("The file is old. Write it again: congtin moderation codeowners")
            raise UserError(Mistake(_OWNERS.as_posix(), 0, message))
    else:
        write_file(path, text.encode("utf-8"))
        tell(N_("Written: {path}"), {"path": _OWNERS.as_posix()}, context.obj)
    context.exit(Exit.PASS)


@click.command(
    "trail",
    cls=Command,
    help=N_("Export who wrote, who approved, when and in which commit, for a period."),
)
@click.argument("portals", nargs=-1, metavar="[PORTAL...]")
@click.option("--from", "start", cls=Option, required=True, help=N_("The first day."))
@click.option("--until", "end", cls=Option, required=True, help=N_("The last day."))
@click.option(
    "--format",
    "form",
    cls=Option,
    type=click.Choice(("csv", "xlsx", "json")),
    default="csv",
    help=N_("How to write the table."),
)
@click.option(
    "--output",
    "-o",
    cls=Option,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("The file to write."),
)
@click.pass_context
def export(
    context: click.Context,
    portals: Sequence[str],
    start: str,
    end: str,
    form: str,
    output: Path,
) -> None:
    """Documents with mistakes are told, and left out."""
    project, registry = open_project()
    first, last = _day(start), _day(end)
    if last < first:
        message = N_("The period ends on {last}, before it begins on {first}.")
        raise UserError(Mistake("congtin", 0, message, {"first": start, "last": end}))
    commits = read_commits(project.root)
    if commits is None:
        text = N_("There is no Git history here: the columns of commits stay empty.")
        click.echo(say(text, {}, context.obj), err=True)
    documents: list[Document] = []
    mistakes: list[Mistake] = []
    for portal in choose_portals(registry, portals):
        found, wrong = read_documents(project.content, registry, portal, project.work / "cache")
        documents += found
        mistakes += wrong
    entries = trail(documents, commits or {}, first, last)
    write_file(output, write_trail(entries, form, context.obj))
    say_mistakes(mistakes, context.obj)
    params = {"path": str(output), "count": len(entries)}
    tell(N_("Written: {path}, {count} documents."), params, context.obj)
    context.exit(Exit.WRONG_USE if mistakes else Exit.PASS)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = N_("“{value}” is no date; write it as 2015-12-18.")
        raise UserError(Mistake("congtin", 0, message, {"value": text})) from error


class _Moderation(Group):
    def summaries(self) -> Sequence[tuple[str, str]]:
        """The two commands, in the reader's words."""
        return [(name, command.help or "") for name, command in self.commands.items()]


@click.group(
    "moderation",
    cls=_Moderation,
    help=N_("Owners of the portals' folders, and the audit trail of a period."),
)
def command(**_options: Any) -> None:
    """The group itself does nothing."""


command.add_command(owners)
command.add_command(export)

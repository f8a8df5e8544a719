"""This file is `congtin due`: what falls due in the next days, what is late, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from generator.cli.project import broken_portals, choose_portals, moment_of, open_project
from generator.documents import read_documents
from generator.due import Task, agenda, plan, urgency
from generator.duties import law_on_time
from generator.outputs.agenda import Words, write_atom, write_ics, write_json, write_text
from linter.atomic import write_file
from linter.cli.command import Command, Option, say_mistakes
from linter.cli.options import as_of_option
from linter.errors import Exit
from linter.messages import N_

FORMATS = ("text", "json", "ics", "atom")


@click.command(
    "due",
    cls=Command,
    help=N_("Say what falls due in the next working days, what is late, and whose it is."),
)
@click.argument("portals", nargs=-1, metavar="[PORTAL...]")
@click.option(
    "--days",
    cls=Option,
    type=click.IntRange(0, 250),
    default=5,
    help=N_("How many working days to look ahead; 5 by default."),
)
@click.option("--law", cls=Option, help=N_("The law to reckon by; default: the registry's."))
@as_of_option
@click.option(
    "--format",
    "form",
    cls=Option,
    type=click.Choice(FORMATS),
    default="text",
    help=N_("text, json, ics (a calendar) or atom (a feed)."),
)
@click.option(
    "--output",
    cls=Option,
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("The file to write to; default: the screen."),
)
@click.pass_context
def command(
    context: click.Context,
    portals: Sequence[str],
    days: int,
    law: str | None,
    as_of: date,
    form: str,
    output: Path | None,
) -> None:
    """Reads the content, drafts too, and builds nothing."""
    project, registry = open_project()
    chosen = choose_portals(registry, portals)
    mistakes = broken_portals(registry, portals)
    cache = None if law else project.work / "cache"
    on_time = law_on_time(law or registry.law, as_of, cache, project.own_laws)
    tasks: list[Task] = []
    for portal in chosen:
        documents, found = read_documents(project.content, registry, portal, project.work / "cache")
        mistakes.extend(found)
        own = agenda(documents, moment_of(as_of))
        tasks.extend(plan(portal, own, on_time.of(portal.site), as_of, days))
    tasks.sort(key=urgency)
    words = Words(chosen, registry.sections, context.obj)
    match form:
        case "json":
            text = write_json(tasks, words, as_of, days)
        case "ics":
            text = write_ics(tasks, words, as_of)
        case "atom":
            main = [portal for portal in registry.portals if portal.id == registry.main_portal]
            text = write_atom(tasks, words, as_of, (main or list(registry.portals))[0].url)
        case _:
            text = write_text(tasks, words, as_of, days)
    if output:
        write_file(output, text.encode("utf-8"))
    else:
        click.echo(text, nl=False)
    say_mistakes(mistakes, context.obj)
    context.exit(Exit.WRONG_USE if mistakes else Exit.PASS)

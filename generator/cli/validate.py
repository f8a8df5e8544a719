"""This file is `congtin validate`: content against its schemas, all mistakes at once."""

from __future__ import annotations

from collections.abc import Sequence

import click

from generator.cli.project import broken_portals, choose_portals, law_mistakes, open_project
from generator.documents import read_documents
from linter.answers import read_answers
from linter.cli.command import Command, say_mistakes, tell
from linter.errors import Exit
from linter.messages import N_
from linter.waivers import read_waivers


@click.command("validate", cls=Command, help=N_("Check the content and the registry."))
@click.argument("portals", nargs=-1, metavar="[PORTAL...]")
@click.pass_context
def command(context: click.Context, portals: Sequence[str]) -> None:
    """Reads everything and builds nothing."""
    project, registry = open_project()
    read_waivers(project.content / "waivers.yml")
    read_answers(project.content / "answers.yml")
    mistakes = [*law_mistakes(project, registry), *broken_portals(registry, portals)]
    chosen = choose_portals(registry, portals)
    count = 0
    for portal in chosen:
        documents, found = read_documents(project.content, registry, portal, project.work / "cache")
        count += len(documents)
        mistakes.extend(found)
    say_mistakes(mistakes, context.obj)
    params = {
        "documents": count,
        "portals": len(chosen),
        "mistakes": len(mistakes),
        "files": len({mistake.file for mistake in mistakes}),
    }
    if mistakes:
        text = N_("{mistakes} mistakes in {files} files; {documents} documents are in order.")
    else:
        text = N_("{documents} documents of {portals} portals are in order.")
    tell(text, params, context.obj)
    context.exit(Exit.WRONG_USE if mistakes else Exit.PASS)

"""This file is `congtin guide`: the guides for editors, the portal team and developers."""

from __future__ import annotations

import click

from generator.cli.project import open_project
from generator.guide import write_guides
from linter.atomic import write_files
from linter.cli.command import Command, tell
from linter.errors import Exit
from linter.messages import N_


@click.command("guide", cls=Command, help=N_("Build the guides into .congtin/guide."))
@click.pass_context
def command(context: click.Context) -> None:
    """A site of its own, outside the portals."""
    project, _ = open_project()
    folder = project.work / "guide"
    write_files(folder, write_guides(project.theme))
    path = str((folder / "index.html").relative_to(project.root))
    tell(N_("Written: {path}"), {"path": path}, context.obj)
    context.exit(Exit.PASS)

"""This file is `congtin guide`: the guides for editors, the portal team and developers."""

from __future__ import annotations

from collections.abc import Mapping

import click

from generator.build import Project
from generator.cli.project import moment_of, open_project
from generator.guide import write_guides
from generator.guide_pictures import picture_guides
from linter.atomic import write_files
from linter.cli.command import Command, say_mistakes, tell
from linter.cli.options import now_in_vietnam
from linter.errors import Exit, UserError
from linter.lint import Terms
from linter.messages import N_, say
from linter.registry import Portal, Registry


@click.command("guide", cls=Command, help=N_("Build the guides into .congtin/guide."))
@click.pass_context
def command(context: click.Context) -> None:
    """A site of its own, outside the portals, with pictures of real pages where it can."""
    project, registry = open_project()
    folder = project.work / "guide"
    write_files(folder, write_guides(project.theme, _pictures(project, registry, context.obj)))
    path = str((folder / "index.html").relative_to(project.root))
    tell(N_("Written: {path}"), {"path": path}, context.obj)
    context.exit(Exit.PASS)


def _pictures(project: Project, registry: Registry, lang: str) -> Mapping[str, bytes]:
    """Pictures of a component portal; none, and the reason told, where they cannot be taken."""
    as_of = registry.as_of or now_in_vietnam().date()
    portal = _shown(registry)
    terms = Terms(as_of, registry.law, browser="none")
    try:
        return picture_guides(project, portal, moment_of(as_of), terms)
    except UserError as error:
        say_mistakes(error.mistakes, lang)
        text = N_("The guides were built without pictures, for the reason above.")
        click.echo(say(text, {}, lang), err=True)
        return {}


def _shown(registry: Registry) -> Portal:
    """The first portal of a component; the main portal where there is no other."""
    others = [portal for portal in registry.portals if portal.id != registry.main_portal]
    return others[0] if others else registry.portal(registry.main_portal)

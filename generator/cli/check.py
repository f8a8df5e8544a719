"""This file is `congtin check`: what a hook asks before a commit, of the changed files alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

import click

from generator.cli.project import choose_portals, law_mistakes, moment_of, open_project
from generator.preview import Preview
from linter.cli.command import Command, say_mistakes, tell
from linter.cli.options import as_of_option
from linter.errors import Exit
from linter.findings import Report
from linter.judge import merge
from linter.lint import Terms
from linter.messages import N_
from linter.reports import as_text
from linter.terms import Verdict
from linter.waivers import read_waivers


@click.command(
    "check",
    cls=Command,
    help=N_("Check changed files quickly: their portals' content, and the pages made of them."),
)
@click.argument("files", nargs=-1, metavar="FILE...")
@as_of_option
@click.pass_context
def command(context: click.Context, files: Sequence[str], as_of: date) -> None:
    """Files outside content/ are passed over: a hook hands over whatever changed."""
    project, registry = open_project()
    names = {_inside(file, project.root) for file in files}
    touched = {name.split("/")[1] for name in names if name.startswith("content/")}
    known = {portal.id for portal in registry.portals}
    waivers = read_waivers(project.content / "waivers.yml")
    mistakes = law_mistakes(project, registry)
    say_mistakes(mistakes, context.obj)
    if mistakes:
        context.exit(Exit.WRONG_USE)
    terms = Terms(as_of, registry.law, browser="none", waivers=waivers, own_laws=project.own_laws)
    mistakes = [mistake for portal_id in touched for mistake in registry.broken.get(portal_id, ())]
    reports: list[Report] = []
    for portal in choose_portals(registry, sorted(touched & known)) if touched & known else ():
        preview = Preview(project, portal.id, moment_of(as_of), terms)
        preview.build()
        mistakes += preview.shown.mistakes
        report = preview.judge_pages_of(names)
        reports += [report] if report else []
    say_mistakes(mistakes, context.obj)
    report = merge(reports, as_of) if reports else None
    if report is not None:
        click.echo(as_text.write(replace(report, law=()), context.obj), nl=False)
    if not mistakes and report is None:
        tell(N_("No page was made of these files."), {}, context.obj)
    failed = report is not None and report.verdict is Verdict.FAIL
    context.exit(Exit.FINDINGS if failed else Exit.WRONG_USE if mistakes else Exit.PASS)


def _inside(file: str, root: Path) -> str:
    """The file relative to the project, with forward slashes, whether it exists or not."""
    path = (root / file).resolve()
    inside = path.relative_to(root.resolve()) if path.is_relative_to(root.resolve()) else path
    return str(PurePosixPath(*inside.parts))

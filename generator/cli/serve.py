"""This file is `congtin serve`: an editor's preview that follows each save."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import click
from watchfiles import watch

from generator.build import Project
from generator.cli.project import choose_portals, moment_of, open_project
from generator.preview import Preview
from generator.serve import PreviewServer
from linter.answers import read_answers
from linter.cli.command import Command, Option, say_mistakes, tell
from linter.cli.options import as_of_option, now_in_vietnam
from linter.errors import Exit
from linter.lint import Terms
from linter.messages import N_
from linter.reports import as_text
from linter.waivers import read_waivers

# Findings that fit on a screen; the panel has those of each page.
_SHOWN = 8


@click.command(
    "serve",
    cls=Command,
    help=N_("Show a portal while you write: built, judged and shown again after each save."),
)
@click.argument("portal", required=False)
@click.option(
    "--port",
    cls=Option,
    type=click.IntRange(0, 65535),
    default=8000,
    help=N_("The port on this machine; 0 takes a free one."),
)
@as_of_option
@click.pass_context
def command(context: click.Context, portal: str | None, port: int, as_of: date) -> None:
    """Serves until it is interrupted; the main portal when none is named."""
    project, registry = open_project()
    chosen = portal or registry.main_portal
    choose_portals(registry, [chosen])
    terms = Terms(
        as_of=as_of,
        law=registry.law,
        waivers=read_waivers(project.content / "waivers.yml"),
        answers=read_answers(project.content / "answers.yml"),
        own_laws=project.own_laws,
    )
    preview = Preview(project, chosen, moment_of(as_of), terms)
    lang = context.obj
    with PreviewServer(preview, port, lang) as server:
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        tell(
            N_("{portal}: {address} (Ctrl+C ends it)"),
            {"portal": chosen, "address": server.address},
            lang,
        )
        with suppress(KeyboardInterrupt):
            for _ in _occasions(project, chosen):
                preview.build()
                _tell_build(preview, lang)
                preview.judge()
                _tell_findings(preview, lang)
    context.exit(Exit.PASS)


def _occasions(project: Project, portal_id: str) -> Iterator[None]:
    """Once at the start, then after each change of what the portal is made of.

    The watch runs beside the builds, so that a file saved during one is not missed.
    """
    paths = [project.content / portal_id, project.content / "registry.yml", project.theme]
    changed = threading.Event()

    def look() -> None:
        for _ in watch(*paths, step=20, debounce=200):
            changed.set()

    threading.Thread(target=look, daemon=True).start()
    while True:
        changed.clear()
        yield
        changed.wait()


def _tell_build(preview: Preview, lang: str) -> None:
    shown = preview.shown
    if shown.mistakes:
        say_mistakes(shown.mistakes, lang)
        return
    params = {
        "time": f"{now_in_vietnam():%H:%M:%S}",
        "pages": len(shown.digests),
        "seconds": f"{shown.seconds:.2f}",
    }
    tell(N_("{time}: {pages} pages built in {seconds} seconds."), params, lang)


def _tell_findings(preview: Preview, lang: str) -> None:
    """What was found, in the same words as everywhere; nothing when it was not judged anew."""
    if not preview.shown.mistakes and preview.report is not None:
        click.echo(as_text.write(preview.report, lang, most=_SHOWN))

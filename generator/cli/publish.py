"""This file is `congtin publish`: the main job, from content to portals that the public sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from generator.build import Project
from generator.cli.project import (
    Workers,
    broken_portals,
    choose_portals,
    locked,
    moment_of,
    open_project,
)
from generator.due import plan, urgency
from generator.duties import law_on_time
from generator.outputs.agenda import Words, most_urgent
from generator.publish import Order, Publication, left_over, publish, sweep
from linter.answers import read_answers
from linter.atomic import write_file, write_files
from linter.baseline import Baseline, read_baseline
from linter.cli.command import Command, Option, say_mistake, say_mistakes, tell
from linter.cli.options import (
    DEFAULT_HISTORY,
    as_of_option,
    baseline_option,
    demand_grid,
    fail_on_option,
    grid_option,
    history_option,
    jobs_option,
    say_progress,
)
from linter.errors import Exit, Mistake, UserError
from linter.findings import Report
from linter.history.background import Background, look_back
from linter.history.criteria import read_criteria
from linter.history.store import open_history
from linter.lint import BROWSER_MODES, Terms, conclude
from linter.messages import N_, say, translate
from linter.places import picture_places
from linter.registry import Registry
from linter.reports import (
    as_github,
    as_html,
    as_json,
    as_junit,
    as_markdown,
    as_sarif,
    as_text,
)
from linter.reports.as_html import Evidence
from linter.reports.wording import VERDICTS
from linter.terms import Severity, Verdict
from linter.waivers import read_waivers

# Causes that fit on a screen; the report has them all.
_SHOWN = 12
_FILES: Mapping[str, Callable[[Report, str], str]] = {
    "report.json": as_json.write,
    "report.sarif": as_sarif.write,
    "junit.xml": as_junit.write,
    "summary.md": as_markdown.write,
}
# How many working days the summary looks ahead.
_DUE_DAYS = 2
# How a verdict is shown; what failed, or was not even built, is red.
_STYLES: Mapping[Verdict | None, str] = {
    Verdict.PASS: "green",
    Verdict.COULD_NOT_TELL: "yellow",
}
_LEFT_OVER = N_(
    "public/{portal} is still published, and content/ has no such portal; "
    "delete public/{portal} if it is to go."
)
_PAST = N_("Urgent, past the closed gate: {file}")


@click.command(
    "publish",
    cls=Command,
    help=N_("Build, judge and publish portals; what does not pass keeps its last version."),
)
@click.argument("portals", nargs=-1, metavar="[PORTAL...]")
@click.option("--clean", cls=Option, is_flag=True, help=N_("Build and judge anew all of it."))
@click.option("--law", cls=Option, help=N_("The law to judge by; default: the registry's."))
@click.option(
    "--browser",
    cls=Option,
    type=click.Choice(BROWSER_MODES),
    default="representative",
    help=N_(
        "Which pages a browser looks at: all that changed since it last looked, one of each "
        "structure, all, or none."
    ),
)
@click.option(
    "--release",
    cls=Option,
    is_flag=True,
    help=N_("Judge as fit for the public: sample data is then an error."),
)
@as_of_option
@fail_on_option
@baseline_option
@click.option(
    "--format",
    "form",
    cls=Option,
    type=click.Choice(["text", "github"]),
    default="text",
    help=N_("What the screen is told: text, or GitHub's notes on the lines of a change."),
)
@grid_option
@history_option
@jobs_option
@click.pass_context
def command(
    context: click.Context,
    portals: Sequence[str],
    clean: bool,
    law: str | None,
    browser: str,
    release: bool,
    as_of: date,
    fail_on: Severity | None,
    baseline: Path | None,
    form: str,
    grid: str,
    history: str | None,
    jobs: int,
) -> None:
    """Publishes each portal on its own, then writes report/ and says how it ended."""
    project, registry = open_project()
    chosen = choose_portals(registry, portals)
    terms = Terms(
        as_of=as_of,
        law=law or registry.law,
        browser=browser,
        fail_on=fail_on,
        release=release,
        waivers=read_waivers(project.content / "waivers.yml"),
        answers=read_answers(project.content / "answers.yml"),
        baseline=read_baseline(baseline) if baseline else Baseline(),
        cache=project.work / "browser",
        own_laws=project.own_laws,
        grid=grid,
    )
    if grid:
        demand_grid(grid)
    order = Order(moment_of(as_of), terms, clean)
    lang = context.obj
    with locked(project):
        sweep(project)
        with Workers(jobs) as pool, say_progress("publish", len(chosen)) as step:
            results = publish(
                project, registry, chosen, order, pool, lambda result: step(result.portal)
            )
        mistakes = broken_portals(registry, portals)
        mistakes += [mistake for result in results for mistake in result.build.mistakes]
        report = conclude([result.report for result in results if result.report], terms)
        behind, untold = remember(results, report, history or DEFAULT_HISTORY, project, terms)
        mistakes += untold
        held = [mistake for result in results for mistake in result.held]
        urgent = [notice for result in results for notice in result.urgent]
        past = [say(_PAST, {"file": notice}, lang) for notice in urgent]
        folders = {portal.site.id: project.staging(portal.id) for portal in chosen}
        pictures = picture_places(report, folders, terms)
        write_report(project, report, [*mistakes, *held], lang, behind, past, pictures)
    say_mistakes([*mistakes, *held], lang)
    if form == "github":
        click.echo(as_github.write(report, lang, mistakes), nl=False)
    else:
        click.echo(as_text.write(report, lang, most=_SHOWN), nl=False)
    Console().print(_table(results, lang))
    tell_due(project, registry, results, as_of, lang)
    for line in past:
        click.echo(line)
    for name in left_over(project, registry):
        tell(_LEFT_OVER, {"portal": name}, lang)
    tell(N_("Report: {path}"), {"path": str(Path("report", "index.html"))}, lang)
    context.exit(exit_code(report, mistakes))


def tell_due(
    project: Project,
    registry: Registry,
    results: Sequence[Publication],
    as_of: date,
    lang: str,
) -> None:
    """The three most urgent duties of the portals that were built, and where the rest stands."""
    on_time = law_on_time(registry.law, as_of, project.work / "cache", project.own_laws)
    portals = {portal.id: portal for portal in registry.portals}
    tasks = [
        task
        for result in results
        for task in plan(
            portals[result.portal],
            result.build.agenda,
            on_time.of(portals[result.portal].site),
            as_of,
            _DUE_DAYS,
        )
    ]
    if not tasks:
        return
    tell(N_("Most urgent of {count} duties (congtin due shows all):"), {"count": len(tasks)}, lang)
    words = Words(registry.portals, registry.sections, lang)
    for line in most_urgent(sorted(tasks, key=urgency), words):
        click.echo(f"  {line}")


def write_report(
    project: Project,
    report: Report,
    mistakes: Sequence[Mistake],
    lang: str,
    behind: Mapping[str, Background],
    past: Sequence[str] = (),
    pictures: Mapping[str, Evidence] | None = None,
) -> None:
    """report/index.html with a page a portal, and the same for machines beside it.

    `past` are lines on what went past the gate; no finding names it where nothing was built.
    """
    lines = [*past, *(f"{m.file}: {say_mistake(m, lang)}" for m in sorted(mistakes))]
    for name, write in _FILES.items():
        write_file(project.report / name, write(report, lang).encode("utf-8"))
    files = as_html.write(report, lang, lines, behind, pictures)
    write_files(project.report, files)
    for path in project.report.glob("site-*"):  # pages and pictures of an earlier run
        if path.name not in files:
            path.unlink()


def remember(
    results: Sequence[Publication], report: Report, history: str, project: Project, terms: Terms
) -> tuple[Mapping[str, Background], Sequence[Mistake]]:
    """Adds what was said of each portal to the history, and looks back on what it knew.

    A history that cannot be written is told as a mistake, for the portals are published.
    """
    criteria = read_criteria(project.content)
    try:
        runs = open_history(history)
        for result in results:
            if result.report is not None:
                runs.add(result.report)
        return look_back(report, runs, terms.answers, criteria), []
    except UserError as error:
        return look_back(report, None, terms.answers, criteria), error.mistakes


def exit_code(report: Report, mistakes: Sequence[Mistake]) -> Exit:
    """Findings win over mistakes, and these over doubt."""
    if report.verdict is Verdict.FAIL:
        return Exit.FINDINGS
    if mistakes:
        return Exit.WRONG_USE
    return Exit.PASS if report.verdict is Verdict.PASS else Exit.COULD_NOT_TELL


def _table(results: Sequence[Publication], lang: str) -> Table:
    """One row a portal: what came of it, and how many pages were judged."""
    table = Table()
    for heading in (N_("Portal"), N_("Pages"), N_("Verdict"), N_("Published"), N_("Seconds")):
        table.add_column(
            translate(heading, lang),
            justify="left" if heading in ("Portal", "Verdict") else "right",
        )
    for result in results:
        said = result.report.verdict if result.report else None
        verdict = (
            translate(VERDICTS[said], lang, "reports") if said else translate("not built", lang)
        )
        published = (
            N_("yes")
            if result.promoted
            else N_("urgent notices only")
            if result.urgent
            else N_("no, the last version stays")
        )
        style = _STYLES.get(said, "red")
        table.add_row(
            result.portal,
            str(result.build.pages),
            f"[{style}]{verdict}[/]",
            translate(published, lang),
            f"{result.seconds:.1f}",
        )
    return table

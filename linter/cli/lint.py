"""This file is `congtin lint`: judge folders and addresses, and say what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

import click

from linter.ahead import hear_together, quick_context
from linter.answers import read_answers
from linter.atomic import write_file, write_files
from linter.baseline import Baseline, read_baseline
from linter.cli.command import Command, Option
from linter.cli.options import (
    as_of_option,
    baseline_option,
    fail_on_option,
    grid_option,
    history_option,
    law_option,
    say_progress,
)
from linter.errors import Exit, Mistake, UserError
from linter.findings import Report
from linter.judge import judge
from linter.law.choice import own_laws
from linter.lint import BROWSER_MODES, Terms, bench, conclude, judge_archive, lint, undisturbed
from linter.messages import N_
from linter.model import Snapshot, Unreached
from linter.reports import (
    as_github,
    as_json,
    as_junit,
    as_markdown,
    as_sarif,
    as_text,
)
from linter.sites.archive import ENDINGS
from linter.sites.archived_site import read_archive
from linter.sites.folder import read_folder, site_of
from linter.terms import Severity, Site, Verdict
from linter.waivers import read_waivers

if TYPE_CHECKING:
    from linter.history.store import History

# What a site is, in one word, as (kind, body) of a Site.
KINDS: Mapping[str, tuple[str, str]] = {
    "main": ("main", "province"),
    "department": ("component", "department"),
    "district": ("component", "district"),
    "commune": ("component", "commune"),
    "vertical": ("vertical", "agency"),
    "aggregated": ("aggregated", ""),
    "other": ("other", ""),
}
# How a report is written as one text; html is a folder.
WRITERS: Mapping[str, Callable[[Report, str], str]] = {
    "text": as_text.write,
    "json": as_json.write,
    "sarif": as_sarif.write,
    "junit": as_junit.write,
    "github": as_github.write,
    "markdown": as_markdown.write,
}
# What a browser has seen, below the folder that the command runs in; publish keeps it there too.
_CACHE = Path(".congtin", "browser")
FORMATS = (*WRITERS, "html")


def _read_also(value: str) -> tuple[str, Path]:
    form, equals, path = value.partition("=")
    if form not in WRITERS or not equals or not path:
        message = N_("--also wants FORMAT=FILE, with one of these formats: {known}.")
        params = {"known": ", ".join(WRITERS)}
        raise UserError(Mistake("congtin lint", 0, message, params))
    return form, Path(path)


@click.command(
    "lint",
    cls=Command,
    help=N_("Judge folders of pages and addresses: accessibility, content and law."),
)
@click.argument("targets", nargs=-1, metavar="TARGET...")
@click.option(
    "--urls-from",
    cls=Option,
    type=click.Path(path_type=Path),
    help=N_("A file with an address on each line; they are judged too, no link is followed."),
)
@click.option(
    "--kind",
    cls=Option,
    type=click.Choice(list(KINDS)),
    default="other",
    help=N_("What the site is, for the laws that bind it; a folder that we built says so itself."),
)
@click.option(
    "--browser",
    cls=Option,
    type=click.Choice(BROWSER_MODES),
    help=N_(
        "Which pages a browser looks at: all that changed since it last looked, one of each "
        "structure, all, or none; by default all addresses that are named, and of a folder one "
        "page of each structure."
    ),
)
@law_option
@as_of_option
@fail_on_option
@baseline_option
@click.option(
    "--release",
    cls=Option,
    is_flag=True,
    help=N_("Judge as fit for the public: sample data is then an error."),
)
@click.option(
    "--format",
    "form",
    cls=Option,
    type=click.Choice(FORMATS),
    default="text",
    help=N_("How the report is written; html wants a folder as --output."),
)
@click.option(
    "--output",
    cls=Option,
    type=click.Path(path_type=Path),
    help=N_("The file, or for html the folder, that the report is written to."),
)
@click.option(
    "--also",
    cls=Option,
    multiple=True,
    metavar="FORMAT=FILE",
    callback=lambda _context, _option, values: [_read_also(value) for value in values],
    help=N_("Another format of the same report, written to a file; may be given again."),
)
@click.option(
    "--jobs", cls=Option, type=click.IntRange(1, 64), default=2, help=N_("How many work at once.")
)
@grid_option
@history_option
@click.pass_context
def command(
    context: click.Context,
    targets: Sequence[str],
    urls_from: Path | None,
    kind: str,
    browser: str | None,
    law: str,
    as_of: date,
    fail_on: Severity | None,
    baseline: Path | None,
    release: bool,
    form: str,
    output: Path | None,
    also: Sequence[tuple[str, Path]],
    jobs: int,
    grid: str,
    history: str | None,
) -> None:
    """Collect, judge, tell; the exit code says how it ended."""
    wanted = [*targets, *(_read_list(urls_from) if urls_from else ())]
    if not wanted:
        raise UserError(Mistake("congtin lint", 0, N_("Name a folder or an address to judge.")))
    if form == "html" and output is None:
        raise UserError(Mistake("congtin lint", 0, N_("--format html needs --output FOLDER.")))
    runs = _open_history(history) if history else None
    content = Path("content")
    terms = Terms(
        as_of=as_of,
        law=law,
        browser=browser or "representative",
        fail_on=fail_on,
        release=release,
        waivers=read_waivers(content / "waivers.yml"),
        answers=read_answers(content / "answers.yml"),
        baseline=read_baseline(baseline) if baseline else Baseline(),
        cache=_CACHE if browser == "changed" or content.is_dir() else None,
        jobs=jobs,
        own_laws=own_laws(content),
        grid=grid,
    )
    here = [target for target in wanted if not _is_address(target)]
    reports: list[tuple[Report, Path | None]] = []
    with undisturbed(terms):
        if browser == "none" and len(here) > jobs > 1:
            reports = _judge_in_parallel(here, kind, terms)
            wanted = [target for target in wanted if _is_address(target)]
        if browser == "none":  # starts processes: no bar, for what moves it is a thread
            reports += _judge(wanted, kind, terms, browser)
        else:
            with say_progress("lint") as step:
                reports += _judge(wanted, kind, terms, browser, step)
    report = conclude([one for one, _ in reports], terms)
    origins = {site.site.id: origin for one, origin in reports for site in one.sites}
    for other, path in also:
        write_file(path, WRITERS[other](report, context.obj).encode("utf-8"))
    if runs:
        runs.add(report)
    if form == "html":
        assert output is not None
        _write_html(report, output, runs, terms, origins, context.obj)
        click.echo(as_text.sum_up(report, context.obj), nl=False)
    else:
        tell(report, form, output, context.obj)
    context.exit(exit_code(report))


def _judge(
    wanted: Sequence[str],
    kind: str,
    terms: Terms,
    browser: str | None,
    step: Callable[[str], object] = lambda _text: None,
) -> list[tuple[Report, Path | None]]:
    """A report on each site, one after the other, with the folder or archive that it came from."""
    found: list[tuple[Report, Path | None]] = []
    for snapshot, folder in collect(wanted, kind, terms.jobs):
        if snapshot.origin == "archive":
            found.append((judge_archive(snapshot, terms), folder))
            continue
        if browser == "none":
            hear_together(snapshot, terms)
        found.append((lint(snapshot, _looking(terms, browser, folder), folder, step), folder))
    return found


def _judge_in_parallel(
    here: Sequence[str], kind: str, terms: Terms
) -> list[tuple[Report, Path | None]]:
    """The same, without a browser, for folders and archives: each in a process of several."""
    found: dict[str, list[tuple[Report, Path | None]]] = {}
    many = list(dict.fromkeys(here))
    # A process that is ended takes the others of its pool with it; those are then judged alone.
    for group in (many, *([one] for one in many)):
        if waiting := [one for one in group if one not in found]:
            found.update(_judge_in_pool(waiting, kind, terms))
    return [
        report for one in many for report in found.get(one) or [(_ended(one, kind, terms), None)]
    ]


def _judge_in_pool(
    here: Sequence[str], kind: str, terms: Terms
) -> Mapping[str, list[tuple[Report, Path | None]]]:
    """The reports on those whose process was not ended from outside."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # slow to load
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    alone = replace(terms, jobs=1)
    found = {}
    with ProcessPoolExecutor(min(terms.jobs, len(here)), mp_context=quick_context()) as pool:
        largest_first = sorted(here, key=_size, reverse=True)
        asked = {
            one: pool.submit(_judge, [one], kind, alone, terms.browser) for one in largest_first
        }
        for one, said in asked.items():
            with suppress(BrokenProcessPool):
                found[one] = said.result()
    return found


def _size(target: str) -> int:
    """How much there is to judge, roughly: so that no process is left with the largest."""
    path = Path(target)
    return sum(1 for _ in path.rglob("*.htm*")) if path.is_dir() else path.stat().st_size


def _ended(target: str, kind: str, terms: Terms) -> Report:
    """What is said of a site whose judge was ended: nothing could be told."""
    site = site_of(Path(target), *KINDS[kind])
    return judge(Snapshot(site, (), (Unreached(site.url, "judge-ended"),)), bench(terms))


def _is_address(target: str) -> bool:
    return target.startswith(("http://", "https://"))


def _split(address: str) -> SplitResult:
    """The parts of an address. Raises UserError for what names no host."""
    try:
        parts = urlsplit(address)
        if parts.hostname and parts.port != 0:
            return parts
    except ValueError:
        pass
    message = N_("“{address}” is no address that can be asked for.")
    raise UserError(Mistake("congtin lint", 0, message, {"address": address[:80]}))


def _looking(terms: Terms, browser: str | None, folder: Path | None) -> Terms:
    """Addresses that someone has named one by one are each looked at."""
    return terms if browser or folder else replace(terms, browser="all")


def collect(targets: Sequence[str], kind: str, jobs: int) -> Iterator[tuple[Snapshot, Path | None]]:
    """A snapshot for each folder and archive, with its path, and for the addresses of each host."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for target in targets:
        if _is_address(target):
            parts = _split(target)
            hosts[f"{parts.scheme}://{parts.netloc}/"].append(target)
        elif target.endswith(ENDINGS):
            yield read_archive(Path(target)), Path(target)
        else:
            folder = Path(target)
            yield read_folder(folder, site_of(folder, *KINDS[kind])), folder
    from linter.sites.urls import read_urls  # noqa: PLC0415  # slow to load

    for home, urls in hosts.items():
        yield read_urls(urls, Site(urlsplit(home).netloc, home, *KINDS[kind]), jobs), None


def _write_html(
    report: Report,
    output: Path,
    runs: History | None,
    terms: Terms,
    origins: Mapping[str, Path | None],
    lang: str,
) -> None:
    from linter.history.background import look_back  # noqa: PLC0415  # slow to load
    from linter.history.criteria import read_criteria  # noqa: PLC0415
    from linter.places import picture_places  # noqa: PLC0415
    from linter.reports import as_html  # noqa: PLC0415

    behind = look_back(report, runs, terms.answers, read_criteria(Path("content")))
    pictures = picture_places(report, origins, terms)
    write_files(output, as_html.write(report, lang, behind=behind, evidence=pictures))


def _open_history(where: str) -> History:
    from linter.history.store import open_history  # noqa: PLC0415  # slow to load

    return open_history(where)


def tell(report: Report, form: str, output: Path | None, lang: str) -> None:
    """Writes the report where it is wanted, or to the screen."""
    text = WRITERS[form](report, lang)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_file(output, text.encode("utf-8"))
        if form != "text":
            click.echo(as_text.sum_up(report, lang), nl=False)


def exit_code(report: Report) -> Exit:
    """What the shell is told of a report."""
    return {
        Verdict.PASS: Exit.PASS,
        Verdict.FAIL: Exit.FINDINGS,
        Verdict.COULD_NOT_TELL: Exit.COULD_NOT_TELL,
    }[report.verdict]


def _read_list(path: Path) -> list[str]:
    """The addresses of a list file; empty lines and lines that start with # are passed over."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        message = N_("The list {path} cannot be read ({error}).")
        params = {"path": str(path), "error": str(error)}
        raise UserError(Mistake(str(path), 0, message, params)) from error
    found = []
    for number, line in enumerate(lines, 1):
        address = line.strip()
        if not address or address.startswith("#"):
            continue
        if not address.startswith(("http://", "https://")):
            message = N_("“{line}” is no address that starts with http:// or https://.")
            raise UserError(Mistake(str(path), number, message, {"line": address[:80]}))
        found.append(address)
    return found

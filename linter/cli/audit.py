"""This file is `congtin audit`: crawl sites, keep the evidence, judge, remember, tell."""

from __future__ import annotations

import json
import multiprocessing
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from click.core import ParameterSource
from rich.console import Console
from rich.table import Table

from linter.answers import read_answers
from linter.atomic import write_files
from linter.audit import Row, Run, audit_all, row_of
from linter.audit_site import Audited, Task, start_worker
from linter.cli.command import Command, Option, tell
from linter.cli.options import (
    DEFAULT_HISTORY,
    as_of_option,
    fail_on_option,
    history_option,
    jobs_option,
    law_option,
    now_in_vietnam,
    say_progress,
)
from linter.errors import Exit, Mistake, UserError
from linter.history.store import History, open_history
from linter.hosts import is_local_name
from linter.inventory import KINDS, read_inventory, write_inventory
from linter.law.library import own_laws
from linter.lint import BROWSER_MODES, Terms
from linter.messages import N_, say_reason, translate
from linter.model import Canary, Report, Site, SiteVerdict, Verdict, fold_verdicts
from linter.registry import read_registry
from linter.reports import as_html
from linter.reports.wording import VERDICTS
from linter.sites.addresses import canonical
from linter.sites.crawl import Limits
from linter.vietnamese import slugify
from linter.waivers import read_waivers

DEFAULT_FOLDER = Path(".congtin/audit")
_DEFAULTS = Limits()
_COLUMNS = (
    N_("Site"),
    N_("Verdict"),
    N_("Pages judged"),
    N_("Errors"),
    N_("Warnings"),
    N_("For a person"),
    N_("Not judged"),
    N_("Remark"),
)


@click.command(
    "audit",
    cls=Command,
    help=N_("Crawl sites politely, keep what was seen as evidence, judge it and remember."),
)
@click.argument("urls", nargs=-1, metavar="URL...")
@click.option(
    "--inventory",
    cls=Option,
    type=click.Path(path_type=Path),
    help=N_("An inventory file; each of its sites that is not closed is audited."),
)
@click.option(
    "--kind",
    cls=Option,
    type=click.Choice(list(KINDS)),
    default="other",
    help=N_("What the named sites are, for the laws that bind them; an inventory says so itself."),
)
@click.option(
    "--browser",
    cls=Option,
    type=click.Choice(BROWSER_MODES),
    default="representative",
    help=N_("Which pages a browser looks at: one of each structure, all, or none."),
)
@law_option
@as_of_option
@fail_on_option
@click.option(
    "--pages",
    cls=Option,
    type=click.IntRange(1),
    default=_DEFAULTS.pages,
    help=N_("How many pages of a site are visited at most."),
)
@click.option(
    "--depth",
    cls=Option,
    type=click.IntRange(0),
    default=_DEFAULTS.depth,
    help=N_("How many links from the home page at most."),
)
@click.option(
    "--megabytes",
    cls=Option,
    type=click.IntRange(1),
    default=_DEFAULTS.megabytes,
    help=N_("How many megabytes are taken from a site at most."),
)
@click.option(
    "--seconds",
    cls=Option,
    type=click.IntRange(1),
    default=_DEFAULTS.seconds,
    help=N_("How many seconds a site is visited at most."),
)
@click.option(
    "--delay",
    cls=Option,
    type=click.FloatRange(0),
    default=_DEFAULTS.delay,
    help=N_("Seconds between two requests to a host; its robots.txt may ask for more."),
)
@click.option(
    "--patience",
    cls=Option,
    type=click.FloatRange(0.1),
    default=_DEFAULTS.patience,
    help=N_("Seconds that one answer may take."),
)
@click.option(
    "--contact",
    cls=Option,
    default="",
    help=N_("An address for the owners of the sites, told to every server that we ask."),
)
@click.option(
    "--resolve",
    cls=Option,
    multiple=True,
    metavar="HOST=ADDRESS",
    help=N_("The IP address of a host that is not in the DNS yet; may be given again."),
)
@click.option(
    "--archives",
    cls=Option,
    type=click.Path(path_type=Path),
    default=DEFAULT_FOLDER,
    help=N_("The folder for the archives; with --scheduler one that all workers share."),
)
@click.option(
    "--html",
    cls=Option,
    type=click.Path(path_type=Path),
    help=N_("A folder for a report of each site, with pictures of its worst pages."),
)
@jobs_option
@history_option
@click.option(
    "--scheduler",
    cls=Option,
    metavar="ADDRESS",
    help=N_("The scheduler of a Dask cluster that does the work, such as tcp://10.0.0.5:8786."),
)
@click.pass_context
def command(context: click.Context, /, **given: Any) -> None:
    """Audits what is named; the exit code says how it ended."""
    plan = _plan(context, given)
    finished: dict[str, Row] = {}
    try:
        for row in _rows(plan):
            finished[row.id] = row
    except KeyboardInterrupt:
        params = {"done": len(finished), "all": len(plan.tasks)}
        tell(
            N_("Stopped after {done} of {all} sites. The same command goes on."),
            params,
            context.obj,
        )
        context.exit(Exit.COULD_NOT_TELL)
    rows = [finished[task.site.id] for task in plan.tasks]
    if plan.html:
        _write_overview(plan, rows)
    _show(rows, context.obj)
    if plan.inventory is not None:
        _note_audits(plan, rows)
    plan.run.forget()
    context.exit(_exit_code(rows))


@dataclass(frozen=True)
class _Plan:
    """What is to be done, and where it goes."""

    tasks: tuple[Task, ...]
    run: Run
    folder: Path
    html: Path | None
    jobs: int
    scheduler: str | None
    lang: str
    inventory: Path | None
    as_of: date
    history: History


def _plan(context: click.Context, given: Mapping[str, Any]) -> _Plan:
    sites = [*_named(given["urls"], given["kind"])]
    if given["inventory"]:
        entries = read_inventory(given["inventory"]).entries
        sites += [entry.site for entry in entries if entry.status != "closed"]
    if not sites:
        raise UserError(Mistake("congtin audit", 0, N_("Name a site, or an --inventory.")))
    content = Path("content")
    limits = Limits(**{name: given[name] for name in asdict(_DEFAULTS) if name in given})
    explicit = context.get_parameter_source("as_of") is ParameterSource.COMMANDLINE
    asked = {
        "sites": sorted(f"{site.id} {site.url}" for site in sites),
        "limits": asdict(limits),
        "as_of": str(given["as_of"]) if explicit else "",
        **{name: str(given[name]) for name in ("law", "fail_on", "browser", "html")},
    }
    folder = given["archives"].resolve()
    run = Run(folder, json.dumps(asked, sort_keys=True), now_in_vietnam())
    terms = Terms(
        as_of=given["as_of"],
        law=given["law"],
        browser=given["browser"],
        fail_on=given["fail_on"],
        waivers=read_waivers(content / "waivers.yml"),
        answers=read_answers(content / "answers.yml"),
        own_laws=own_laws(content),
    )
    task = Task(
        sites[0],
        terms,
        folder,
        run.name,
        limits,
        given["contact"] or _contact(sites),
        _addresses(given["resolve"]),
        pictures=given["html"] is not None and given["browser"] != "none",
    )
    return _Plan(
        tuple(replace(task, site=site) for site in sites),
        run,
        folder,
        given["html"],
        given["jobs"],
        given["scheduler"],
        context.obj,
        given["inventory"],
        given["as_of"],
        open_history(given["history"] or DEFAULT_HISTORY),
    )


def _named(urls: Sequence[str], kind: str) -> Iterator[Site]:
    for url in urls:
        address = canonical(url)
        if not address:
            message = N_("“{line}” is no address that starts with http:// or https://.")
            raise UserError(Mistake("congtin audit", 0, message, {"line": url[:80]}))
        parts = urlsplit(address)
        yield Site(slugify(parts.netloc), address, *KINDS[kind], parts.netloc)


def _contact(sites: Sequence[Site]) -> str:
    """The main portal's address and mailbox; who audits others must say who he is."""
    content = Path("content")
    if (content / "registry.yml").exists():
        registry = read_registry(content)
        if registry.main_portal not in registry.broken:
            portal = registry.portal(registry.main_portal)
            return f"{portal.url} {portal.email}"
    if all(is_local_name(urlsplit(site.url).hostname or "") for site in sites):
        return ""
    message = N_("Say with --contact at which address the owners of the sites reach you.")
    raise UserError(Mistake("congtin audit", 0, message))


def _addresses(given: Sequence[str]) -> Mapping[str, str]:
    pairs = [entry.partition("=") for entry in given]
    wrong = [
        entry
        for entry, (host, _, address) in zip(given, pairs, strict=True)
        if not host or not address
    ]
    if wrong:
        message = N_("--resolve wants HOST=ADDRESS, not “{value}”.")
        raise UserError(Mistake("congtin audit", 0, message, {"value": wrong[0]}))
    return {host: address for host, _, address in pairs}


def _rows(plan: _Plan) -> Iterator[Row]:
    """What is done already, then what is done now, each noted before the next."""
    known = plan.run.rows()
    yield from known.values()
    todo = [task for task in plan.tasks if task.site.id not in known]
    with say_progress("audit", None) as step:
        done = len(known)

        def tell_step(url: str) -> None:
            step(f"{done}/{len(plan.tasks)} {url}")

        executors = _cluster(plan) if plan.scheduler else _processes(plan, tell_step)
        for audited in audit_all(todo, executors, max(2 * plan.jobs, 2)):
            yield _remember(plan, audited)
            done += 1


def _remember(plan: _Plan, audited: Audited) -> Row:
    """The report goes where it is wanted before the site counts as done."""
    row = row_of(audited, plan.folder)
    plan.history.add(audited.report, audited.digest)
    if plan.html:
        _write_site(plan, audited)
    plan.run.keep(row)
    return row


@contextmanager
def open_pool(jobs: int, tell_step: Callable[[str], object]) -> Iterator[Executor]:
    """Worker processes that tell each address; they are killed when the block is left early."""
    spawn = multiprocessing.get_context("spawn")
    steps = spawn.Queue()

    def listen() -> None:
        while (url := steps.get()) is not None:
            tell_step(url)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    pool = ProcessPoolExecutor(jobs, spawn, start_worker, (steps.put,))
    try:
        yield pool
        pool.shutdown()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in spawn.active_children():
            worker.kill()
        raise
    finally:
        steps.put(None)


def _processes(plan: _Plan, tell_step: Callable[[str], object]) -> Callable[[], Any]:
    return lambda: open_pool(plan.jobs, tell_step)


def _cluster(plan: _Plan) -> Callable[[], Any]:
    """An existing Dask cluster; it starts lost work again by itself."""
    try:
        from distributed import Client  # noqa: PLC0415  # an extra: pip install congtin[cluster]
    except ImportError as error:
        message = N_("--scheduler needs the package distributed: pip install congtin[cluster].")
        raise UserError(Mistake("congtin audit", 0, message)) from error

    @contextmanager
    def open_cluster() -> Iterator[Executor]:
        try:
            client: Any = Client(plan.scheduler, timeout=15)  # type: ignore[no-untyped-call]
        except (OSError, TimeoutError) as error:
            message = N_("No Dask scheduler answers at {address} ({error}).")
            params = {"address": plan.scheduler or "", "error": str(error)}
            raise UserError(Mistake("congtin audit", 0, message, params)) from error
        with client:
            yield client.get_executor(pure=False, retries=3)

    return open_cluster


def _write_site(plan: _Plan, audited: Audited) -> None:
    assert plan.html is not None
    pictures = [(picture.url, picture.png) for picture in audited.pictures]
    write_files(plan.html, as_html.write_site(audited.report, plan.lang, pictures))


def _write_overview(plan: _Plan, rows: Sequence[Row]) -> None:
    """The first page of the report, made of rows: the sites' own pages stand beside it."""
    assert plan.html is not None
    kinds = {task.site.id: task.site for task in plan.tasks}
    said = [
        SiteVerdict(kinds[row.id], row.verdict, row.planned, row.judged, Canary(row.canary))
        for row in rows
    ]
    report = Report(
        as_of=plan.as_of,
        law=rows[0].law,
        verdict=fold_verdicts(row.verdict for row in rows),
        rules=(),
        sites=tuple(said),
        pages=(),
        findings=(),
        axe=next((row.axe for row in rows if row.axe), ""),
        browser=next((row.browser for row in rows if row.browser), ""),
    )
    lines = [
        as_html.Row(
            one,
            as_html.file_of(row.id),
            row.errors,
            row.warnings,
            row.notices,
            row.reviews,
            row.untested,
        )
        for one, row in zip(said, rows, strict=True)
    ]
    write_files(plan.html, as_html.write_overview(report, lines, plan.lang))


def _show(rows: Sequence[Row], lang: str) -> None:
    """The table at the end, in the order of the inventory."""
    table = Table(show_lines=False)
    for number, heading in enumerate(_COLUMNS):
        table.add_column(
            translate(heading, lang, "reports"), justify="right" if 2 <= number <= 6 else "left"
        )
    for row in rows:
        table.add_row(
            row.name or row.id,
            translate(VERDICTS[row.verdict], lang, "reports"),
            f"{row.judged}/{row.planned}",
            *(str(count) for count in (row.errors, row.warnings, row.reviews, row.untested)),
            say_reason(row.why, row.params or {}, lang) if row.why else "",
        )
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=160)
    console.print(table)
    params = {
        "sites": len(rows),
        **{str(verdict): sum(row.verdict is verdict for row in rows) for verdict in Verdict},
    }
    params["unknown"] = params.pop("could-not-tell")
    tell(N_("{sites} sites: {pass} pass, {fail} fail, {unknown} could not be told."), params, lang)


def _note_audits(plan: _Plan, rows: Sequence[Row]) -> None:
    """The inventory learns when its sites were audited, and which do not answer."""
    assert plan.inventory is not None
    inventory = read_inventory(plan.inventory)
    seen = {row.id: row for row in rows}
    entries = []
    for entry in inventory.entries:
        row = seen.get(entry.id)
        if row is None or not row.digest:
            entries.append(entry)
            continue
        dead = row.why == "unreachable" and row.judged == 0
        moved = row.why == "moved-away" and row.judged == 0
        status = "dead" if dead else "moved" if moved else "active"
        entries.append(replace(entry, status=status, last_audit=plan.run.started.date()))
    write_inventory(plan.inventory, inventory.with_entries(tuple(entries)))


def _exit_code(rows: Sequence[Row]) -> Exit:
    return {
        Verdict.PASS: Exit.PASS,
        Verdict.FAIL: Exit.FINDINGS,
        Verdict.COULD_NOT_TELL: Exit.COULD_NOT_TELL,
    }[fold_verdicts(row.verdict for row in rows)]

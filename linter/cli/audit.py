"""This file is `congtin audit`: crawl sites, keep the evidence, judge, remember, tell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from linter.answers import read_answers
from linter.atomic import write_files
from linter.audit import Row, Run, audit_all, row_of
from linter.audit_site import Audited, Task
from linter.cli.audit_pools import cluster, open_pool
from linter.cli.audit_table import show, write_overview
from linter.cli.command import Command, Option, tell
from linter.cli.options import (
    DEFAULT_HISTORY,
    as_of_option,
    demand_grid,
    fail_on_option,
    grid_option,
    history_option,
    jobs_option,
    law_option,
    now_in_vietnam,
    say_progress,
)
from linter.errors import Exit, Mistake, UserError
from linter.history.background import Background, look_back, look_back_on
from linter.history.criteria import read_criteria
from linter.history.store import History, open_history
from linter.hosts import is_local_name
from linter.inventory import KINDS, read_inventory, write_inventory
from linter.law.choice import own_laws
from linter.lint import BROWSER_MODES, Terms
from linter.messages import N_
from linter.places import evidence_of
from linter.registry import read_registry
from linter.reports import as_html
from linter.sites.addresses import canonical
from linter.sites.crawl import Limits
from linter.terms import Site, Verdict, fold_verdicts
from linter.vietnamese import slugify
from linter.waivers import read_waivers

DEFAULT_FOLDER = Path(".congtin/audit")
_DEFAULTS = Limits()


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
@grid_option
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
        sites = [task.site for task in plan.tasks]
        behind = {row.id: _look_back_on(plan, row.id) for row in rows}
        write_overview(plan.html, rows, sites, plan.as_of, context.obj, behind)
    show(rows, context.obj)
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
    named = [*_named(given["urls"], given["kind"])]
    listed = []
    if given["inventory"]:
        entries = read_inventory(given["inventory"]).entries
        listed = [entry.site for entry in entries if entry.status != "closed"]
    sites = [*named, *listed]
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
        grid=given["grid"],
    )
    if terms.grid:
        demand_grid(terms.grid)
    task = Task(
        sites[0],
        terms,
        folder,
        run.name,
        limits,
        given["contact"] or _contact(sites),
        _addresses(given["resolve"]),
        pictures=given["html"] is not None and given["browser"] != "none",
        jobs=given["jobs"] // len(sites) if given["jobs"] >= 2 and not given["scheduler"] else 0,
    )
    return _Plan(
        (
            *(replace(task, site=site) for site in named),
            *(replace(task, site=site, listed=True) for site in listed),
        ),
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

        def processes() -> AbstractContextManager[Executor]:
            return open_pool(plan.jobs, tell_step)

        executors = cluster(plan.scheduler) if plan.scheduler else processes
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


def _write_site(plan: _Plan, audited: Audited) -> None:
    assert plan.html is not None
    answers, criteria = plan.tasks[0].terms.answers, read_criteria(Path("content"))
    behind = look_back(audited.report, plan.history, answers, criteria)
    (site,) = (said.site.id for said in audited.report.sites)
    evidence = evidence_of(audited.pictures)
    write_files(plan.html, as_html.write_site(audited.report, plan.lang, behind[site], evidence))


def _look_back_on(plan: _Plan, site: str) -> Background:
    answers, criteria = plan.tasks[0].terms.answers, read_criteria(Path("content"))
    return look_back_on(site, plan.as_of, plan.history, answers, criteria)


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

"""This file holds the kinds of `congtin report` that are written from the history of a period."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from linter.answers import Answers, read_answers
from linter.atomic import write_file
from linter.cli.command import Command, Option, tell
from linter.cli.inventory import LICENCE_WORDS
from linter.cli.options import DEFAULT_HISTORY, as_of_option, history_option
from linter.errors import Exit, Mistake, UserError
from linter.history.account import Account, take_account
from linter.history.background import look_back_on
from linter.history.criteria import read_criteria
from linter.history.period import Period, period_of, read_period
from linter.history.store import History, open_history
from linter.inventory import read_inventory
from linter.law.choice import own_laws
from linter.law.library import all_laws
from linter.messages import N_, format_date, translate
from linter.registry import Portal, Registry, read_registry
from linter.reports.office import as_docx, as_screen, as_xlsx
from linter.reports.office.aggregated import aggregated
from linter.reports.office.data import read_letterhead, say_due
from linter.reports.office.inventory import Listed, inventory
from linter.reports.office.paper import Letterhead, Paper, Words
from linter.reports.office.periodic import notes_of, periodic
from linter.reports.office.scores import ranking, scores
from linter.reports.office.trends import trends
from linter.rules.catalogue import all_rules

_CONTENT = Path("content")
_WRITERS = {".docx": as_docx.write, ".xlsx": as_xlsx.write}


@dataclass(frozen=True)
class Desk:
    """What lies on the desk when a paper is written: the period's account and how to word it."""

    history: History
    account: Account
    words: Words
    head: Letterhead
    day: date
    notes: tuple[str, ...]
    listed: tuple[Listed, ...]
    sample: bool
    answers: Answers


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    """What every kind of paper takes: --period, --history, --as-of and --output."""
    period = click.option(
        "--period",
        cls=Option,
        metavar="2015-H2|2015",
        help=N_("A half-year or a year; default: the one that the day lies in."),
    )
    output = click.option(
        "--output",
        cls=Option,
        type=click.Path(path_type=Path),
        help=N_("The file to write; its ending says how: .docx or .xlsx."),
    )
    decorated: Callable[..., Any] = output(click.pass_context(function))
    decorated = as_of_option(decorated)
    decorated = history_option(decorated)
    return period(decorated)


@click.command("half-year", cls=Command, help=N_("The half-yearly report, as DOCX or XLSX."))
@_options
def half_year(context: click.Context, output: Path | None, **order: Any) -> None:
    """The Department's report on a half-year."""
    desk = lay_out(context, **order, lengths=(1, 2))
    due = say_due("half-year", desk.account.period, desk.words)
    paper = periodic(desk.account, desk.words, desk.head, desk.day, due, desk.notes)
    deliver(paper, output or _default("bao-cao-6-thang", desk), context)


@click.command("year", cls=Command, help=N_("The yearly report, as DOCX or XLSX."))
@_options
def year(context: click.Context, output: Path | None, **order: Any) -> None:
    """The Department's report on a year."""
    desk = lay_out(context, **order, lengths=(0,))
    due = say_due("year", desk.account.period, desk.words)
    paper = periodic(desk.account, desk.words, desk.head, desk.day, due, desk.notes)
    deliver(paper, output or _default("bao-cao-nam", desk), context)


@click.command(
    "aggregated-site",
    cls=Command,
    help=N_("The yearly report of an aggregated information site."),
)
@click.argument("site")
@_options
def aggregated_site(context: click.Context, site: str, output: Path | None, **order: Any) -> None:
    """One site's report on a year, from what its pages say."""
    desk = lay_out(context, **order, lengths=(0,))
    _demand_site(site, desk)
    placed = next(p for p in desk.account.placed if p.score.standing.site.id == site)
    facts: dict[str, tuple[str, str]] = {}
    for kind, value, page in desk.history.facts(placed.score.standing):
        facts.setdefault(kind, (value, page))
    due = say_due("aggregated-site", desk.account.period, desk.words)
    notes = tuple(note for note in desk.notes if desk.sample and note == desk.notes[-1])
    period = desk.account.period
    own = {standing.run for standing in desk.history.standings(period, site)}
    account = replace(desk.account, runs=tuple(r for r in desk.account.runs if r.id in own))
    paper = aggregated(account, placed, facts, desk.words, desk.day, due, notes)
    deliver(paper, output or _default(f"trang-tong-hop-{site}", desk), context)


@click.command("inventory", cls=Command, help=N_("All sites, and how each stands."))
@_options
def inventory_paper(context: click.Context, output: Path | None, **order: Any) -> None:
    """Every site of the registry, with its last judgement in the period."""
    desk = lay_out(context, **order, lengths=(0, 1, 2), may_be_empty=True)
    paper = inventory(desk.listed, desk.account, desk.words, desk.head, desk.day, desk.notes)
    deliver(paper, output, context)


@click.command("ranking", cls=Command, help=N_("Sites by points, with proposals for commendation."))
@_options
def ranking_paper(context: click.Context, output: Path | None, **order: Any) -> None:
    """All judged sites by place."""
    desk = lay_out(context, **order, lengths=(0, 1, 2))
    deliver(ranking(desk.account, desk.words, desk.head, desk.day, desk.notes), output, context)


@click.command("scores", cls=Command, help=N_("Points by criterion, and why they were lost."))
@click.argument("site", required=False, default="")
@_options
def scores_paper(context: click.Context, site: str, output: Path | None, **order: Any) -> None:
    """One site's points, or those of all."""
    desk = lay_out(context, **order, lengths=(0, 1, 2))
    if site:
        _demand_site(site, desk)
    deliver(scores(desk.account, desk.words, desk.day, desk.notes, site), output, context)


@click.command(
    "trends", cls=Command, help=N_("What was found and mended, who moved, what goes stale.")
)
@_options
def trends_paper(context: click.Context, output: Path | None, **order: Any) -> None:
    """What moved in the period."""
    desk = lay_out(context, **order, lengths=(0, 1, 2))
    end, criteria = desk.account.period.end, desk.account.criteria
    courses = {
        one.site.id: look_back_on(one.site.id, end, desk.history, desk.answers, criteria).points
        for one in desk.account.standings
    }
    deliver(trends(desk.account, desk.words, desk.day, desk.notes, courses), output, context)


def lay_out(
    context: click.Context,
    period: str | None,
    history: str | None,
    as_of: date,
    lengths: Sequence[int],
    may_be_empty: bool = False,
) -> Desk:
    """Reads history, registry, criteria and answers. Raises UserError.

    `lengths` are the halves that the paper takes, 0 for a whole year. A period without a run is a
    mistake, for nothing can be reported of it, unless the paper `may_be_empty`: then there need be
    no history yet either.
    """
    chosen = _period(period, as_of, lengths)
    past = open_history(history or DEFAULT_HISTORY, create=may_be_empty and not history)
    registry = read_registry(_CONTENT) if (_CONTENT / "registry.yml").exists() else None
    portals = _portals_of(registry, chosen)
    answers = read_answers(_CONTENT / "answers.yml")
    account = take_account(
        past,
        chosen,
        read_criteria(_CONTENT),
        answers,
        [portal.site for portal in portals],
    )
    if not account.runs and not may_be_empty:
        known = sorted({str(period_of(run.as_of)) for run in past.runs()})
        message = N_("Nothing was judged in {period}, so nothing can be reported. Judged: {known}.")
        params = {"period": str(chosen), "known": ", ".join(known) or "–"}
        raise UserError(Mistake(history or DEFAULT_HISTORY, 0, message, params))
    words = _words(context.obj)
    sample = any(portal.sample for portal in portals)
    return Desk(
        past,
        account,
        words,
        read_letterhead(_CONTENT / "office.yml"),
        as_of,
        notes_of(account, words, sample=sample),
        (*(_listed(portal, words) for portal in portals), *_others(portals, words)),
        sample,
        answers,
    )


def deliver(paper: Paper, output: Path | None, context: click.Context) -> None:
    """Writes the paper where it is wanted, whole or not at all, or shows it on the screen."""
    lang = context.obj
    if output is None:
        width = max(80, min(shutil.get_terminal_size((100, 24)).columns, 160))
        click.echo(as_screen.write(paper, lang, width))
        context.exit(Exit.PASS)
    writer = _WRITERS.get(output.suffix.lower())
    if writer is None:
        message = N_("A paper is written as .docx or .xlsx, not as “{ending}”.")
        raise UserError(Mistake(str(output), 0, message, {"ending": output.suffix}))
    try:
        write_file(output, writer(paper, lang))
    except OSError as error:
        message = N_("The paper cannot be written, and nothing was changed ({error}).")
        params = {"error": error.strerror or str(error)}
        raise UserError(Mistake(str(output), 0, message, params)) from error
    for note in paper.notes:
        click.echo(f"! {note}")
    tell(N_("Report: {path}"), {"path": output.as_posix()}, lang)


def _default(name: str, desk: Desk) -> Path:
    return Path("report", f"{name}-{desk.account.period}.docx")


def _period(text: str | None, day: date, lengths: Sequence[int]) -> Period:
    period = read_period(text) if text else period_of(day, halves=1 in lengths)
    if period is None or period.half not in lengths:
        forms = [f"{day.year}-H{half}" if half else str(day.year) for half in lengths]
        message = N_("“{value}” is no period of this report; write it as {forms}.")
        params = {"value": text or "", "forms": ", ".join(forms)}
        raise UserError(Mistake("--period", 0, message, params))
    return period


def _portals_of(registry: Registry | None, period: Period) -> tuple[Portal, ...]:
    """The portals that were valid on any day of the period."""
    return tuple(
        portal
        for portal in (registry.portals if registry else ())
        if portal.valid_from <= period.end
        and (portal.valid_to is None or portal.valid_to >= period.start)
    )


def _words(lang: str) -> Words:
    """What rules, every known instrument and its clauses say, a clause by the rule that checks it.

    A clause with several duties for one rule names its gravest first.
    """
    rules = all_rules()
    params_of = {name: rule.params for name, rule in rules.items()}
    laws = all_laws(params_of, own_laws(Path("content")))
    said: dict[tuple[str, str], str] = {}
    cites = {law.id: law.card.short[lang] for law in laws.values()}
    for law in laws.values():
        for clause in law.requirements:
            said.setdefault((clause.id, clause.rule), clause.says[lang])
            cites[clause.id] = clause.cite[lang]
    return Words(lang, rules, said, cites)


def _listed(portal: Portal, words: Words) -> Listed:
    licence = ""
    if portal.licence:
        day = format_date(portal.licence.issued.isoformat(), words.lang)
        licence = f"{portal.licence.number}, {day}, {portal.licence.authority}"
    contact = ", ".join(filter(None, (portal.responsible.name, *portal.phones[:1], portal.email)))
    return Listed(portal.site, portal.parent, licence, contact)


def _others(portals: Sequence[Portal], words: Words) -> Iterator[Listed]:
    """What content/inventory.yml lists beside our own portals; closed sites are no longer sites."""
    path = _CONTENT / "inventory.yml"
    if not path.exists():
        return
    own = {portal.id for portal in portals}
    for entry in read_inventory(path).entries:
        if entry.id in own or entry.status == "closed":
            continue
        licence = entry.licence
        parts = [translate(LICENCE_WORDS[licence.state], words.lang), licence.number]
        if licence.issued:
            parts.append(format_date(licence.issued.isoformat(), words.lang))
        contacts = [f"{c.name} {c.phone}".strip() for c in entry.contacts]
        listed = ", ".join(filter(None, parts)), ", ".join(contacts)
        yield Listed(entry.site, entry.owner, *listed)


def _demand_site(site: str, desk: Desk) -> None:
    known = [standing.site.id for standing in desk.account.standings]
    if site not in known:
        message = N_("{site} was not judged in {period}. Judged were: {known}.")
        params = {
            "site": site,
            "period": str(desk.account.period),
            "known": ", ".join(sorted(known)),
        }
        raise UserError(Mistake("congtin report", 0, message, params))

"""This file is `congtin inventory`: the sites that must be inspected, kept, carried and found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.table import Table

from linter.atomic import write_file
from linter.cli.audit import DEFAULT_FOLDER
from linter.cli.command import Command, Group, Option, tell
from linter.cli.options import parse_day
from linter.errors import Mistake, UserError
from linter.inventory import (
    KINDS,
    LICENCE_STATES,
    Contact,
    Entry,
    Inventory,
    SiteLicence,
    read_inventory,
    write_inventory,
)
from linter.inventory_tables import read_table, write_table
from linter.messages import N_, format_date, say_reason, translate
from linter.model import Unreached
from linter.page import Page
from linter.sites.addresses import canonical
from linter.sites.candidates import find_candidates
from linter.sites.urls import fetch
from linter.vietnamese import slugify

KIND_WORDS = {
    "main": N_("main portal"),
    "department": N_("department"),
    "district": N_("district"),
    "vertical": N_("vertical agency"),
    "aggregated": N_("aggregated information site"),
    "press": N_("press"),
    "school": N_("school"),
    "hospital": N_("hospital"),
    "company": N_("company"),
    "other": N_("other"),
}
LICENCE_WORDS = {
    "licensed": N_("licensed"),
    "unlicensed": N_("unlicensed"),
    "trial": N_("on trial"),
    "not-needed": N_("needs none"),
}
STATUS_WORDS = {
    "active": N_("active"),
    "dead": N_("does not answer"),
    "moved": N_("moved"),
    "closed": N_("closed"),
}


class _Inventory(Group):
    """The group of the commands below, with their summaries."""

    def summaries(self) -> Sequence[tuple[str, str]]:
        return [(name, command.help or "") for name, command in self.commands.items()]


@click.group("inventory", cls=_Inventory, help=N_("The sites that must be inspected."))
def command(**_options: Any) -> None:
    """The group itself does nothing."""


file_option = click.option(
    "--file",
    cls=Option,
    type=click.Path(path_type=Path),
    default=Path("content/inventory.yml"),
    help=N_("The inventory file."),
)


def _read_date(_context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    return None if value is None else parse_day(option, value)


@command.command("add", cls=Command, help=N_("Add a site."))
@click.argument("url")
@click.option("--name", cls=Option, required=True, help=N_("The site's name."))
@click.option("--owner", cls=Option, required=True, help=N_("Who runs it."))
@click.option(
    "--kind",
    cls=Option,
    type=click.Choice(list(KINDS)),
    required=True,
    help=N_("What kind of site it is."),
)
@click.option(
    "--licence",
    cls=Option,
    type=click.Choice(LICENCE_STATES),
    required=True,
    help=N_("Whether it has a licence."),
)
@click.option("--number", cls=Option, default="", help=N_("The licence's number."))
@click.option(
    "--issued", cls=Option, callback=_read_date, metavar="DATE", help=N_("The licence's first day.")
)
@click.option(
    "--expires", cls=Option, callback=_read_date, metavar="DATE", help=N_("The licence's last day.")
)
@click.option(
    "--contact",
    cls=Option,
    nargs=3,
    metavar="NAME PHONE EMAIL",
    help=N_("A person to call; write '' for what is not known."),
)
@file_option
@click.pass_obj
def add(lang: str, /, url: str, file: Path, **given: Any) -> None:
    """Adds one site, unless it is there already."""
    address = canonical(url)
    if not address:
        message = N_("“{line}” is no address that starts with http:// or https://.")
        raise UserError(Mistake("congtin inventory add", 0, message, {"line": url[:80]}))
    inventory = read_inventory(file) if file.exists() else Inventory()
    contact = given["contact"]
    entry = Entry(
        id=slugify(urlsplit(address).netloc.removeprefix("www.")),
        url=address,
        name=given["name"],
        kind=given["kind"],
        owner=given["owner"],
        licence=SiteLicence(given["licence"], given["number"], given["issued"], given["expires"]),
        contacts=(Contact(*contact),) if contact else (),
    )
    write_inventory(file, inventory.with_entries((*inventory.entries, entry)))
    tell(N_("Added {id}."), {"id": entry.id}, lang)


@command.command(
    "list", cls=Command, help=N_("List the sites; --check asks each whether it lives.")
)
@click.option("--kind", cls=Option, type=click.Choice(list(KINDS)), help=N_("Only this kind."))
@click.option(
    "--check",
    cls=Option,
    is_flag=True,
    help=N_("Ask each home page once: finds dead hosts and twins."),
)
@file_option
@click.pass_obj
def list_sites(lang: str, /, kind: str | None, check: bool, file: Path) -> None:
    """A table of the inventory, with what --check found."""
    entries = [e for e in read_inventory(file).entries if kind in (None, e.kind)]
    remarks = _check(entries, lang) if check else {}
    table = Table()
    for heading in (
        N_("Code"),
        N_("Name"),
        N_("Kind"),
        N_("Licence"),
        N_("Status"),
        N_("Last audit"),
        N_("Remark"),
    ):
        table.add_column(translate(heading, lang))
    for entry in entries:
        table.add_row(
            entry.id,
            entry.name,
            translate(KIND_WORDS[entry.kind], lang),
            " ".join(
                filter(
                    None,
                    [translate(LICENCE_WORDS[entry.licence.state], lang), entry.licence.number],
                )
            ),
            translate(STATUS_WORDS[entry.status], lang),
            format_date(entry.last_audit.isoformat(), lang) if entry.last_audit else "",
            remarks.get(entry.id, ""),
        )
    console = Console(highlight=False)
    (console if console.is_terminal else Console(highlight=False, width=160)).print(table)
    tell(N_("{count} sites."), {"count": len(entries)}, lang)


def _check(entries: Sequence[Entry], lang: str) -> dict[str, str]:
    """What is wrong with each site's home page today: no answer, or another site's twin."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda entry: fetch(entry.url), entries))
    remarks: dict[str, str] = {}
    twins: dict[bytes, list[str]] = defaultdict(list)
    for entry, answer in zip(entries, answers, strict=True):
        if isinstance(answer, Unreached):
            remarks[entry.id] = say_reason(answer.reason, answer.params, lang)
        elif isinstance(answer, Page):
            twins[answer.body].append(entry.id)
    for same in twins.values():
        for one in same[1:]:
            text = translate("the same home page as {other}", lang)
            remarks[one] = text.format(other=same[0])
    return remarks


@command.command("import", cls=Command, help=N_("Take sites from a CSV or XLSX table."))
@click.argument("table", type=click.Path(path_type=Path, exists=False))
@file_option
@click.pass_obj
def import_table(lang: str, /, table: Path, file: Path) -> None:
    """Known sites (by code) take the table's values, others are added."""
    inventory = read_inventory(file) if file.exists() else Inventory()
    known = {entry.id: entry for entry in inventory.entries}
    found = [_keeping(entry, known.get(entry.id)) for entry in read_table(table)]
    changed = sum(entry.id in known and known[entry.id] != entry for entry in found)
    added = sum(entry.id not in known for entry in found)
    known.update((entry.id, entry) for entry in found)
    write_inventory(file, inventory.with_entries(tuple(known.values())))
    tell(N_("{added} sites added, {changed} changed."), {"added": added, "changed": changed}, lang)


def _keeping(entry: Entry, before: Entry | None) -> Entry:
    """A site as a table has it, with what an old table cannot know or has no column for."""
    if before is None:
        return entry
    days = [day for day in (entry.last_audit, before.last_audit) if day]
    contacts = (*entry.contacts, *before.contacts[1:])
    return replace(entry, last_audit=max(days, default=None), contacts=contacts)


@command.command("export", cls=Command, help=N_("Write the sites as a CSV or XLSX table."))
@click.argument("table", type=click.Path(path_type=Path))
@file_option
@click.pass_obj
def export_table(lang: str, /, table: Path, file: Path) -> None:
    """One row a site."""
    entries = read_inventory(file).entries
    write_file(table, write_table(entries, table))
    tell(N_("{count} sites written to {path}."), {"count": len(entries), "path": str(table)}, lang)


@command.command(
    "discover",
    cls=Command,
    help=N_("List hosts that audited sites link to and that are in no inventory."),
)
@click.option(
    "--archives",
    cls=Option,
    type=click.Path(path_type=Path),
    default=DEFAULT_FOLDER,
    help=N_("The folder of the audits' archives."),
)
@click.option(
    "--reject",
    cls=Option,
    multiple=True,
    metavar="HOST",
    help=N_("Leave this host out from now on; may be given again."),
)
@file_option
@click.pass_obj
def discover(lang: str, /, archives: Path, reject: Sequence[str], file: Path) -> None:
    """Candidates for a person to accept, with `congtin inventory add`, or to reject."""
    inventory = read_inventory(file) if file.exists() else Inventory()
    if reject:
        rejected = tuple(dict.fromkeys([*inventory.rejected, *reject]))
        inventory = Inventory(inventory.entries, rejected, inventory.sample)
        write_inventory(file, inventory)
    known = {entry.host for entry in inventory.entries} | set(inventory.rejected)
    found = find_candidates(archives, known)
    table = Table()
    for heading in (N_("Host"), N_("Linked from"), N_("Sites")):
        table.add_column(translate(heading, lang))
    for candidate in found:
        sites = ", ".join(candidate.sites[:3]) + (" …" if len(candidate.sites) > 3 else "")
        table.add_row(candidate.host, str(len(candidate.sites)), sites)
    if found:
        console = Console(highlight=False)
        (console if console.is_terminal else Console(highlight=False, width=120)).print(table)
    tell(
        N_("{count} candidates. Accept one with `congtin inventory add`, or --reject it."),
        {"count": len(found)},
        lang,
    )

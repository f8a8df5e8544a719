"""This file makes the inventory as a paper: every site to inspect, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linter.history.account import Account
from linter.messages import N_, format_date
from linter.reports.office.paper import Cell, Heading, Letterhead, Paper, Paragraph, Table, Words
from linter.reports.office.periodic import KINDS
from linter.reports.office.scores import say_period
from linter.reports.wording import VERDICTS
from linter.terms import Site

_SUMMARY = N_(
    "The annex lists {count} sites of the registry and the inventory; {judged} of them were judged"
    " in the period, each with the run that judged it last."
)


@dataclass(frozen=True)
class Listed:
    """One site of the registry or the inventory; `licence` in words, empty where it needs none."""

    site: Site
    owner: str
    licence: str = ""
    contact: str = ""


def inventory(
    listed: Sequence[Listed],
    account: Account,
    words: Words,
    head: Letterhead,
    day: date,
    notes: tuple[str, ...],
) -> Paper:
    """All listed sites with owner, licence, contact, and their last judgement in the period."""
    last = {standing.site.id: standing for standing in account.standings}
    rows: list[tuple[Cell, ...]] = []
    for number, entry in enumerate(listed, 1):
        standing = last.get(entry.site.id)
        kind = KINDS.get(entry.site.kind, KINDS[""])
        rows.append(
            (
                number,
                entry.site.name or entry.site.id,
                entry.site.url,
                words.t(kind),
                entry.owner,
                entry.licence,
                entry.contact,
                words.word(VERDICTS[standing.verdict] if standing else N_("not judged")),
                format_date(standing.as_of.isoformat(), words.lang) if standing else None,
                standing.run if standing else None,
            )
        )
    table = Table(
        words.t(N_("Inventory")),
        words.t(N_("Sites of the province")),
        (
            words.t(N_("No.")),
            words.t(N_("Site")),
            words.t(N_("Site address")),
            words.t(N_("Kind of site")),
            words.t(N_("Owner")),
            words.t(N_("Licence")),
            words.t(N_("Contact")),
            words.t(N_("Verdict")),
            words.t(N_("Last judged")),
            words.t(N_("Run")),
        ),
        tuple(rows),
        frozenset({1, 2, 4, 6}),
    )
    judged = sum(entry.site.id in last for entry in listed)
    return Paper(
        words.t(N_("Inventory")),
        words.t(N_("Of portals and sites, {period}"), period=say_period(account, words)),
        head,
        day,
        notes,
        (Paragraph(words.t(_SUMMARY, count=len(listed), judged=judged)),),
        (Heading(words.t(N_("Sites of the province"))), table),
    )

"""This file makes the yearly report of an aggregated information site (Circular 09/2014, 9.3).

The circular's own form could not be had; its fields here are a placeholder, and the paper says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from linter.history.account import Account
from linter.history.score import Placed
from linter.messages import N_
from linter.reports.office.paper import Cell, Heading, Letterhead, Paper, Paragraph, Table, Words
from linter.reports.office.periodic import runs_table
from linter.reports.office.scores import name_of, say_period

# The fields of the form: those that the site's own pages answer, by kind of fact, then the others.
FIELDS: Sequence[tuple[str, str]] = (
    (N_("Managing organisation"), "organisation"),
    (N_("Supervising body"), "governing-body"),
    (N_("Address"), "address"),
    (N_("Phone"), "phone"),
    (N_("E-mail"), "email"),
    (N_("Person responsible for content"), "responsible-person"),
    (N_("Licence: number, date, authority"), "licence"),
    (N_("Domains; where the servers stand"), ""),
    (N_("Content staff; technical staff (persons)"), ""),
    (N_("Items posted in the year"), ""),
    (N_("Sources quoted from"), ""),
    (N_("Visits in the year"), ""),
    (N_("Violations handled"), ""),
    (N_("Proposals"), ""),
)


def aggregated(
    account: Account,
    placed: Placed,
    facts: Mapping[str, tuple[str, str]],
    words: Words,
    day: date,
    due: str,
    notes: tuple[str, ...],
) -> Paper:
    """The report of one site; `facts` are value and page by kind of fact, as its last run saw."""
    standing = placed.score.standing
    rows: list[tuple[Cell, ...]] = []
    for number, (title, kind) in enumerate(FIELDS, 1):
        value, page = facts.get(kind, ("", ""))
        if kind == "":
            value = standing.site.url if number == _DOMAIN else "……"
        rows.append((number, words.t(title), value or words.t(N_("not seen on the site")), page))
    form = Table(
        words.t(N_("Form")),
        words.t(
            N_("Read from the site by run {run}; dots are filled in by hand"), run=standing.run
        ),
        (
            words.t(N_("No.")),
            words.t(N_("Field")),
            words.t(N_("Value")),
            words.t(N_("Seen on page")),
        ),
        tuple(rows),
        frozenset({1, 2, 3}),
    )
    provisional = words.t(
        N_("The fields of the circular's own form were not to be had: this form is provisional.")
    )
    return Paper(
        words.t(N_("Report")),
        words.t(
            N_("On the activity of the aggregated information site {site}, {period}"),
            site=name_of(placed.score),
            period=say_period(account, words),
        ),
        Letterhead(issuer=facts.get("organisation", ("", ""))[0]),
        day,
        (provisional, *notes),
        (*((Paragraph(due),) if due else ()), form),
        (
            Heading(words.t(N_("Annex: runs that the numbers come from"))),
            runs_table(account, words),
        ),
    )


_DOMAIN = 1 + next(i for i, (title, _) in enumerate(FIELDS) if title.startswith("Domains"))

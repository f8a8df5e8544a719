"""This file is `congtin report`: it names each kind of report and loads only the one asked for."""

from __future__ import annotations

from typing import Any

import click

from linter.cli.command import LazyGroup
from linter.messages import N_

# Each kind of report by name: where it lives, and what the list of kinds says of it.
KINDS = {
    "half-year": ("linter.cli.papers:half_year", N_("The half-yearly report, as DOCX or XLSX.")),
    "year": ("linter.cli.papers:year", N_("The yearly report, as DOCX or XLSX.")),
    "aggregated-site": (
        "linter.cli.papers:aggregated_site",
        N_("The yearly report of an aggregated information site."),
    ),
    "inventory": ("linter.cli.papers:inventory_paper", N_("All sites, and how each stands.")),
    "ranking": (
        "linter.cli.papers:ranking_paper",
        N_("Sites by points, with proposals for commendation."),
    ),
    "scores": (
        "linter.cli.papers:scores_paper",
        N_("Points by criterion, and why they were lost."),
    ),
    "trends": (
        "linter.cli.papers:trends_paper",
        N_("What was found and mended, who moved, what goes stale."),
    ),
    "checklist": (
        "linter.cli.checklist",
        N_("Write what only a person can judge as a form to fill in."),
    ),
}


@click.command(
    "report",
    cls=LazyGroup,
    known=KINDS,
    help=N_("Write the forms and reports that the law asks for."),
)
def command(**_options: Any) -> None:
    """The group itself does nothing."""

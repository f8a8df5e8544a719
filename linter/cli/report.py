"""This file is `congtin report`: it names each kind of report and loads only the one asked for."""

from __future__ import annotations

from typing import Any

import click

from linter.cli.command import LazyGroup
from linter.messages import N_

# Each kind of report by name: where it lives, and what the list of kinds says of it.
KINDS = {
    "checklist": (
        "linter.cli.checklist",
        N_("Write what only a person can judge as a form to fill in."),
    ),
    "answers": (
        "linter.cli.take_answers",
        N_("Take the answers of filled-in forms (.docx) into content/answers.yml."),
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

"""This file is the command `congtin`: it names each command and loads only the one that is run."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from linter.cli.command import Group
from linter.messages import N_, speak_for

# Each command by name: where it lives, and what the list of commands says of it.
COMMANDS = {
    "validate": ("generator.cli.validate", N_("Check the content and the registry.")),
    "build": ("generator.cli.build", N_("Build portals into .congtin/staging.")),
    "publish": ("generator.cli.publish", N_("Build, judge and publish portals.")),
    "lint": ("linter.cli.lint", N_("Judge folders of pages and addresses.")),
    "rules": ("linter.cli.rules", N_("List the rules, or explain one of them.")),
    "doctor": ("linter.cli.doctor", N_("Say what is installed, what is missing, how to get it.")),
}


class _Lazy(Group):
    """A group that knows its commands by name only."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def summaries(self) -> Sequence[tuple[str, str]]:
        return [(name, text) for name, (_, text) in COMMANDS.items()]


@click.command(
    cls=_Lazy,
    help=N_("Publishes a province's portals and proves that they are lawful and accessible."),
)
@click.version_option(package_name="congtin", message="%(package)s %(version)s")
def main(**_options: Any) -> None:
    """The group itself does nothing."""


speak_for(Path(__file__).parent.parent / "locale")

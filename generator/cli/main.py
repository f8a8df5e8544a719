"""This file is the command `congtin`: it names each command and loads only the one that is run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from linter.cli.command import LazyGroup
from linter.messages import N_, speak_for

# Each command by name: where it lives, and what the list of commands says of it.
COMMANDS = {
    "validate": ("generator.cli.validate", N_("Check the content and the registry.")),
    "build": ("generator.cli.build", N_("Build portals into .congtin/staging.")),
    "publish": ("generator.cli.publish", N_("Build, judge and publish portals.")),
    "serve": ("generator.cli.serve", N_("Show a portal while you write.")),
    "new": ("generator.cli.new", N_("Make a document or a portal that passes validation.")),
    "due": ("generator.cli.due", N_("Say what falls due and what is late, by person.")),
    "check": ("generator.cli.check", N_("Check changed files before a commit, quickly.")),
    "moderation": ("generator.cli.moderation", N_("Who answers for what: owners and trail.")),
    "editor": ("generator.cli.editor", N_("Write the form editor of a portal.")),
    "guide": ("generator.cli.guide", N_("Build the guides for editors and developers.")),
    "lint": ("linter.cli.lint", N_("Judge folders of pages and addresses.")),
    "waive": ("linter.cli.waive", N_("Accept a finding of the last report for a time.")),
    "report": ("linter.cli.report", N_("Write the forms and reports that the law asks for.")),
    "audit": ("linter.cli.audit", N_("Crawl sites, keep the evidence, judge, remember.")),
    "inventory": ("linter.cli.inventory", N_("The sites that must be inspected.")),
    "rules": ("linter.cli.rules", N_("List the rules, or explain one of them.")),
    "doctor": ("linter.cli.doctor", N_("Say what is installed, what is missing, how to get it.")),
}


@click.command(
    cls=LazyGroup,
    known=COMMANDS,
    help=N_("Publishes a province's portals and proves that they are lawful and accessible."),
)
@click.version_option(package_name="congtin", message="%(package)s %(version)s")
def main(**_options: Any) -> None:
    """The group itself does nothing."""


speak_for(Path(__file__).parent.parent / "locale")

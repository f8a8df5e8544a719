"""This file lets click say its own words in the reader's language.

click brings no translations. It looks its words up by the names `_` and `ngettext` of its modules,
so these are what is put in place; the words go through our catalogue like all others.
"""

from __future__ import annotations

from collections.abc import Callable

import click.core
import click.exceptions
import click.parser
import click.types

from linter.messages import N_

# What a user may come to read of click's, as it stands in its source.
WORDS = (
    N_("Options"),
    N_("Commands"),
    N_("Usage:"),
    N_("Show this message and exit."),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Aborted!"),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Did you mean {possibility}?"),
    N_("(Did you mean one of: {possibilities}?)"),
    N_("Got unexpected extra argument ({args})"),
    N_("Got unexpected extra arguments ({args})"),
    N_("Option {name!r} requires an argument."),
    N_("Option {name!r} does not take a value."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Choose from:\n\t{choices}"),
    N_("{value!r} is not one of {choices}."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("file"),
    N_("directory"),
    N_("path"),
)


def speak_by(translate: Callable[[str], str]) -> None:
    """From now on click says what `translate` makes of its words."""

    def one_or_many(one: str, many: str, count: int) -> str:
        return translate(one if count == 1 else many)

    for module in (click.core, click.exceptions, click.parser, click.types):
        vars(module).update(_=translate, ngettext=one_or_many)

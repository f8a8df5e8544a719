"""Every command that README or a guide names exists, with every option that it is given there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from generator.cli.main import main

ROOT = Path(__file__).parent.parent
TEXTS = (ROOT / "README.md", *sorted((ROOT / "generator/guides").glob("*.md")))
# A code span, or a line of a code block, that begins with the program's name.
NAMED = re.compile(r"`(?:\.venv/bin/)?(congtin [^`\n]+)`|^(?:\$ |.*&& )?(congtin [^\n`]+)$", re.M)


def commands() -> Iterator[tuple[str, str]]:
    for path in TEXTS:
        for span, line in NAMED.findall(path.read_text("utf-8")):
            text = (span or line).split("  #")[0].split(" > ")[0].strip()
            for one in _each(text.replace("[", "").replace("]", "")):
                yield path.name, one


def _each(text: str) -> Iterator[str]:
    """`inventory add|list` is two commands."""
    head, _, last = text.rpartition(" ")
    for word in last.split("\\|"):
        yield f"{head} {word}"


def find(words: list[str]) -> tuple[click.Command, click.Context, list[str]]:
    """The command that the words name, and the words that it is given."""
    command: click.Command = main
    context = click.Context(command, info_name="congtin")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        known = command.get_command(context, words[0])
        assert known, f"there is no {' '.join(words)}"
        command, words = known, words[1:]
        context = click.Context(command, parent=context, info_name=command.name)
    return command, context, words


@pytest.mark.parametrize(("file", "text"), sorted(set(commands())))
def test_the_command_exists_and_knows_its_options(file: str, text: str) -> None:
    command, context, given = find(shlex.split(text)[1:])
    command.make_parser(context).parse_args(given)  # raises for an option that it does not know


def test_a_command_that_is_gone_would_be_seen() -> None:
    assert len(set(commands())) > 50
    command, context, given = find(["publish", "--khong-co"])
    with pytest.raises(click.NoSuchOption):
        command.make_parser(context).parse_args(given)
    with pytest.raises(AssertionError, match="khong-co"):
        find(["khong-co"])

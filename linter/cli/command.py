"""This file makes click speak the reader's language and tell a user's mistakes by file and line."""

from __future__ import annotations

import errno
import importlib
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from itertools import groupby, pairwise
from typing import Any

import click

from linter.atomic import NotWritten
from linter.cli.click_words import speak_by
from linter.errors import Exit, Mistake, UserError
from linter.messages import LANGUAGES, N_, say, translate

# A full disk, a limit, a place that is read-only or no folder: nobody's mistake in the code.
_NO_ROOM = (
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM),
    *(errno.ENOTDIR, errno.EISDIR, errno.EEXIST),
)

# What --lang said last: click words a mistake of use where no context is at hand.
_heard = ContextVar("heard", default=LANGUAGES[0])
speak_by(lambda text: translate(text, _heard.get()))


def language(context: click.Context) -> str:
    """What --lang says, before or after the command's name; Vietnamese when it says nothing."""
    return str(context.find_root().meta.get("congtin.lang", LANGUAGES[0]))


def _remember_language(context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value:
        _hear(context, value)


def _hear(context: click.Context, lang: str) -> None:
    context.find_root().meta["congtin.lang"] = lang
    _heard.set(lang)


class Option(click.Option):
    """An option whose help is looked up when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option as the help page shows it."""
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return record[0], record[1].replace(self.help, translate(self.help, language(ctx)))


def _hear_language(context: click.Context, args: Sequence[str]) -> None:
    """Heeds --lang wherever it stands, for a --help before it would be shown without it."""
    _heard.set(language(context))
    for word, following in pairwise([*args, ""]):
        name, _, value = word.partition("=")
        if name == "--lang" and (chosen := value or following) in LANGUAGES:
            _hear(context, chosen)


def lang_option() -> Option:
    """--lang, which every command takes, before or after its name."""
    return Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        is_eager=True,
        expose_value=False,
        callback=_remember_language,
        help=N_("The language of messages and reports; Vietnamese by default."),
    )


class Command(click.Command):
    """A command that takes --lang, and tells a UserError instead of raising it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(lang_option())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the arguments, the language first."""
        _hear_language(ctx, args)
        try:
            return super().parse_args(ctx, args)
        except UserError as error:
            say_mistakes(error.mistakes, language(ctx))
            ctx.exit(Exit.WRONG_USE)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command with the language as its object."""
        ctx.obj = language(ctx)
        try:
            return super().invoke(ctx)
        except UserError as error:
            say_mistakes(error.mistakes, ctx.obj)
            ctx.exit(Exit.WRONG_USE)
        except OSError as error:
            if not isinstance(error, NotWritten) and error.errno not in _NO_ROOM:
                raise
            message = N_("It cannot be written, and what was there before stays ({error}).")
            params = {"error": error.strerror or ""}
            say_mistakes([Mistake(str(error.filename or self.name), 0, message, params)], ctx.obj)
            ctx.exit(Exit.WRONG_USE)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """--help, in the reader's language."""
        return _translated_help(super().get_help_option(ctx), ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first line of the help, whole: it is one sentence."""
        context = click.get_current_context(silent=True)
        text = self.help or ""
        return translate(text, language(context)) if context else text

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        _write_help(self.help, ctx, formatter)


class Group(click.Group):
    """A group whose commands are listed without loading them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(lang_option())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the arguments, the language first."""
        _hear_language(ctx, args)
        return super().parse_args(ctx, args)

    def summaries(self) -> Sequence[tuple[str, str]]:
        """Each command's name and what it does, in English."""
        return [(name, "") for name in self.list_commands(click.get_current_context())]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands."""
        rows = [(name, translate(text, language(ctx))) for name, text in self.summaries()]
        with formatter.section(translate("Commands", language(ctx))):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """--help, in the reader's language."""
        return _translated_help(super().get_help_option(ctx), ctx)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the program does."""
        _write_help(self.help, ctx, formatter)


class LazyGroup(Group):
    """A group that knows its commands by name only: where each lives, and what it does."""

    def __init__(self, *args: Any, known: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names, as they were given."""
        return list(self.known)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name: its module's `command`, or the one named after a colon."""
        if cmd_name not in self.known:
            return None
        module, _, name = self.known[cmd_name][0].partition(":")
        found: click.Command = getattr(importlib.import_module(module), name or "command")
        return found

    def summaries(self) -> Sequence[tuple[str, str]]:
        """Each command's name and what it does, in English."""
        return [(name, text) for name, (_, text) in self.known.items()]

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first line of the help, whole: it is one sentence."""
        context = click.get_current_context(silent=True)
        text = self.help or ""
        return translate(text, language(context)) if context else text


def _translated_help(option: click.Option | None, ctx: click.Context) -> click.Option | None:
    if option is not None:
        option.help = translate("Show this message and exit.", language(ctx))
    return option


def _write_help(text: str | None, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(translate(text or "", language(ctx)))


def say_mistakes(mistakes: Iterable[Mistake], lang: str) -> None:
    """Tells mistakes on standard error, by file: line, what is wrong, which clause asks for it."""
    if not (found := sorted(mistakes)):
        return
    from rich.console import Console  # noqa: PLC0415  # slow to load, and mistakes are rare
    from rich.markup import escape  # noqa: PLC0415

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for file, group in groupby(found, key=lambda mistake: mistake.file):
        console.print(f"[bold]{escape(file)}[/]")
        for mistake in group:
            console.print("  " + escape(say_mistake(mistake, lang)))


def say_mistake(mistake: Mistake, lang: str) -> str:
    """One mistake in a line: where in the file, what is wrong, by which law."""
    text = say(mistake.message, mistake.params, lang)
    where = f"{mistake.line}: " if mistake.line else ""
    return f"{where}{text}" + (f" ({mistake.law})" if mistake.law else "")


def tell(text: str, params: Mapping[str, Any], lang: str) -> None:
    """A line on standard output in the reader's language."""
    click.echo(say(text, params, lang))

"""This file asks a person for the fields of a schema on the terminal, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from generator.fields import Field
from linter.messages import N_, say
from linter.schemas import accepts


class Asker:
    """Asks in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def tell(self, text: str, **params: Any) -> None:
        """A line between two questions."""
        click.echo(say(text, params, self.lang))

    def question(self, field: Field) -> str:
        """A field's key and what its schema says of it."""
        return say("{key}: {hint:wanted}", {"key": field.key, "hint": field.hint}, self.lang)

    def ask(self, field: Field, suggested: Any = None, choices: Sequence[str] = ()) -> Any:
        """The value of a field, asked again until the field's schema takes it."""
        if field.form == "object":
            click.echo(self.question(field))
            return {f.key: self.ask(f) for f in field.fields if f.required}
        if field.form == "list":
            return self._ask_list(field, suggested)
        if options := tuple(choices) or field.choices:
            return self.choose(self.question(field), options, suggested)
        while True:
            answer = click.prompt(self.question(field), default=suggested, type=str).strip()
            value = _typed(field, answer)
            if accepts(field.schema, value):
                return value
            self.tell(
                N_("“{value}” is not taken: {wanted:wanted}"), value=answer, wanted=field.hint
            )

    def ask_or_skip(self, field: Field) -> str:
        """The text of a field that need not be filled in; empty for none."""
        hint = say(N_("{hint:wanted}; Enter for none"), {"hint": field.hint}, self.lang)
        while True:
            answer = click.prompt(f"{field.key}: {hint}", default="", show_default=False).strip()
            if not answer or accepts(field.schema, answer):
                return str(answer)
            self.tell(
                N_("“{value}” is not taken: {wanted:wanted}"), value=answer, wanted=field.hint
            )

    def choose(self, question: str, options: Sequence[str], suggested: str | None = None) -> str:
        """One of some texts, by its number or as it is written."""
        click.echo(question)
        for number, option in enumerate(options, 1):
            click.echo(f"  {number}. {option}")
        default = options.index(suggested) + 1 if suggested in options else None
        while True:
            asked = say(N_("Number"), {}, self.lang)
            answer = str(click.prompt(asked, default=default, type=str)).strip()
            if answer in options:
                return answer
            if answer.isdecimal() and 0 < int(answer) <= len(options):
                return options[int(answer) - 1]
            self.tell(N_("Choose a number from 1 to {count}."), count=len(options))

    def _ask_list(self, field: Field, suggested: Any) -> list[Any]:
        """Texts on one line with ; between, objects one by one."""
        item = field.item
        assert item is not None
        least = int(field.schema.get("minItems", 1))
        if item.form != "object":
            hint = say(N_("{hint:wanted}; with ; between"), {"hint": field.hint}, self.lang)
            default = "; ".join(suggested) if suggested else None
            while True:
                text = click.prompt(f"{field.key}: {hint}", default=default, type=str)
                values = split_list(text)
                if len(values) >= least and all(accepts(item.schema, value) for value in values):
                    return list(values)
                self.tell(
                    N_("“{value}” is not taken: {wanted:wanted}"), value=text, wanted=field.hint
                )
        found = [self.ask(item)]
        while len(found) < least or click.confirm(
            say(N_("One more entry?"), {}, self.lang), default=False
        ):
            found.append(self.ask(item))
        return found


def split_list(text: str) -> list[str]:
    """Texts that stand on one line with ; between."""
    return [part.strip() for part in text.split(";") if part.strip()]


def _typed(field: Field, text: str) -> Any:
    if field.form == "integer" and text.lstrip("-").isdecimal():
        return int(text)
    if field.form == "flag" and text in ("true", "false"):
        return text == "true"
    return text

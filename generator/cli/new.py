"""This file is `congtin new`: the first draft of a document or a portal."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from generator.cli.ask import Asker, split_list
from generator.cli.project import choose_portals, moment_of, open_project
from generator.fields import Field, document_fields, document_types, portal_fields
from generator.scaffold import (
    Draft,
    check_draft,
    check_portal,
    due_days,
    events_on_time,
    portal_text,
    questions,
    sections_for,
    suggest,
    suggest_portal,
    suggest_slug,
    write_draft,
    write_portal,
)
from linter.cli.command import Command, Option, say_mistakes, tell
from linter.cli.options import as_of_option
from linter.errors import Exit, Mistake, UserError
from linter.law.choice import own_laws
from linter.lint import Terms, bench
from linter.messages import N_, say, translate
from linter.registry import Portal, Registry, Section

_PORTAL = "portal"


@click.command(
    "new",
    cls=Command,
    help=N_(
        "Make a document of any type, or a portal, with all it must have: asks what is missing,"
        " suggests the address, the approver and the legal deadline, and never overwrites."
    ),
)
@click.argument("kind", type=click.Choice([_PORTAL, *document_types()]), metavar="KIND")
@click.argument("portal")
@click.option("--title", cls=Option, help=N_("The title of the document."))
@click.option("--section", cls=Option, help=N_("The section's folder, where there is a choice."))
@click.option("--slug", cls=Option, help=N_("The address; default: made of the title."))
@click.option(
    "--set",
    "given",
    cls=Option,
    multiple=True,
    metavar="KEY=VALUE",
    help=N_("A field: key=value, key=a; b for lists, people.0.name=value, or JSON. Repeatable."),
)
@click.option("--no-input", cls=Option, is_flag=True, help=N_("Ask nothing."))
@as_of_option
@click.pass_context
def command(
    context: click.Context,
    kind: str,
    portal: str,
    title: str | None,
    section: str | None,
    slug: str | None,
    given: Sequence[str],
    no_input: bool,
    as_of: date,
) -> None:
    """Asks on a terminal, and takes the options alone elsewhere."""
    project, registry = open_project()
    lang = context.obj
    asker = Asker(lang) if sys.stdin.isatty() and not no_input else None
    if kind == _PORTAL:
        values = read_given(given, portal_fields())
        path = _new_portal(project.content, registry, portal, values, asker, as_of)
    else:
        values = read_given([*([f"title={title}"] if title else []), *given], document_fields(kind))
        chosen = _choose_portal(registry, portal)
        where = _choose_section(registry, kind, section, asker)
        draft = Draft(chosen, where, kind, slug or "", values)
        path = _new_document(project.content, registry, draft, asker, as_of, lang)
    tell(N_("Written: {path}"), {"path": str(path.relative_to(project.root))}, lang)
    tell(N_("Next: congtin serve {portal}"), {"portal": portal}, lang)
    context.exit(Exit.PASS)


def read_given(given: Sequence[str], fields: Sequence[Field]) -> dict[str, Any]:
    """What --set says, as nested data. Raises UserError for a text without =."""
    by_key = {field.key: field for field in fields}
    values: dict[str, Any] = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals or not key:
            message = N_("--set {text} needs the form key=value.")
            raise UserError(Mistake("congtin", 0, message, {"text": text}))
        first, *rest = key.split(".")
        field = by_key.get(first)
        if rest:
            _put(values, [first, *rest], value)
        elif value[:1] in ("[", "{") and field is not None and field.form in ("list", "object"):
            values[first] = _from_json(text, value)
        else:
            values[first] = value
    return {key: _shaped(by_key.get(key), _listed(value)) for key, value in values.items()}


def _shaped(field: Field | None, value: Any) -> Any:
    """A text that stands where the schema wants a list is one with ; between."""
    if field is None:
        return value
    if field.form == "list" and isinstance(value, str):
        return split_list(value)
    if isinstance(value, list):
        return [_shaped(field.item, inner) for inner in value]
    if isinstance(value, dict):
        inner = {one.key: one for one in field.fields}
        return {key: _shaped(inner.get(key), one) for key, one in value.items()}
    return value


def _from_json(text: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError as error:
        message = N_("--set {text} is not valid JSON ({error}).")
        params = {"text": text, "error": str(error)}
        raise UserError(Mistake("congtin", 0, message, params)) from error


def _put(values: dict[str, Any], path: Sequence[str], value: str) -> None:
    """Puts a value at a path of keys; numbers stay keys until _listed()."""
    for step in path[:-1]:
        inner = values.get(step)
        if not isinstance(inner, dict):
            inner = values[step] = {}
        values = inner
    values[path[-1]] = value


def _listed(value: Any) -> Any:
    """Objects whose keys are all numbers are lists."""
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(item) for key, item in value.items()}
    if inner and all(key.isdecimal() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


def _choose_portal(registry: Registry, portal_id: str) -> Portal:
    chosen = choose_portals(registry, [portal_id])
    if not chosen:
        raise UserError(registry.broken[portal_id])
    return chosen[0]


def _choose_section(
    registry: Registry, kind: str, asked: str | None, asker: Asker | None
) -> Section:
    """The section named, the one that a person chooses, or the one for this type alone."""
    fitting = {section.slug: section for section in sections_for(registry, kind)}
    if asked in fitting:
        return fitting[asked]
    own = [slug for slug, section in fitting.items() if section.types == (kind,)] or [*fitting]
    if asked is None and asker is not None and len(fitting) > 1:
        question = say(N_("In which section?"), {}, asker.lang)
        return fitting[asker.choose(question, tuple(fitting), own[0])]
    if asked is None and len(own) == 1:
        return fitting[own[0]]
    message = N_("A document of the type {type} stands in one of: {known}. Say which by --section.")
    params = {"type": kind, "known": ", ".join(fitting)}
    raise UserError(Mistake("congtin", 0, message, params))


def _new_document(
    content: Path,
    registry: Registry,
    draft: Draft,
    asker: Asker | None,
    as_of: date,
    lang: str,
) -> Path:
    """Fills the draft until nothing is wrong with it, then writes it."""
    now = moment_of(as_of)
    values = dict(draft.values)
    laws = bench(Terms(as_of, registry.law, browser="none", own_laws=own_laws(content))).laws
    told: set[str] = set()

    def tell_due() -> None:
        for due in due_days(laws, draft.portal, draft.section, draft.kind, values, as_of):
            if due.clause not in told:
                told.add(due.clause)
                text = (
                    N_("The law wants this online by {day:date} ({clause}).")
                    if as_of <= due.day
                    else N_("Late: the law wanted this online by {day:date} ({clause}).")
                )
                tell(text, {"day": due.day.isoformat(), "clause": due.clause}, lang)

    for field in questions(draft.kind, events_on_time(laws, draft.portal, draft.section, as_of)):
        if field.key not in values and asker is not None and not field.required:
            if answer := asker.ask_or_skip(field):
                values[field.key] = answer
        elif field.key not in values and asker is not None:
            suggested = suggest(draft.portal, values, now).get(field.key)
            values[field.key] = asker.ask(field, suggested, _approvers(draft, field, values))
        elif field.key not in values:
            values |= {
                k: v for k, v in suggest(draft.portal, values, now).items() if k == field.key
            }
        tell_due()
    values = _status_last(values, now, draft)
    folder = content / draft.portal.id / draft.section.slug
    slug = draft.slug or suggest_slug(str(values.get("title", "")), folder)
    if asker is not None and not draft.slug:
        slug = click.prompt(translate(N_("Address"), lang), default=slug)
    draft = replace(draft, slug=slug, values=values)
    while mistakes := check_draft(content, registry, draft):
        if asker is None:
            raise UserError(mistakes)
        say_mistakes(mistakes, lang)
        draft = _ask_again(draft, mistakes, asker)
    return write_draft(content, draft)


def _approvers(draft: Draft, field: Field, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Who may be chosen as approver: the board without the author. Nothing for other fields."""
    if field.key != "approver":
        return ()
    return tuple(p.name for p in draft.portal.board.people if p.name != values.get("author"))


def _status_last(values: Mapping[str, Any], now: Any, draft: Draft) -> dict[str, Any]:
    """A first draft is no publication unless somebody says so."""
    return {**values, "status": values.get("status", suggest(draft.portal, {}, now)["status"])}


def _ask_again(draft: Draft, mistakes: Sequence[Mistake], asker: Asker) -> Draft:
    """The draft with new answers to the questions whose answers were wrong."""
    keys = {draft.key_at(mistake.line) for mistake in mistakes if mistake.line}
    values = dict(draft.values)
    if not keys & values.keys():
        return replace(draft, slug=click.prompt(translate(N_("Address"), asker.lang)))
    for field in document_fields(draft.kind):
        if field.key in keys:
            values[field.key] = asker.ask(field, None, _approvers(draft, field, values))
    return replace(draft, values=values)


def _new_portal(
    content: Path,
    registry: Registry,
    portal_id: str,
    values: Mapping[str, Any],
    asker: Asker | None,
    as_of: date,
) -> Path:
    """Fills a portal.yml until nothing is wrong with it, then writes it."""
    suggested = suggest_portal(registry, portal_id, as_of)
    filled: dict[str, Any] = {}
    for field in portal_fields():
        if field.key in values:
            filled[field.key] = values[field.key]
        elif field.required and asker is not None:
            filled[field.key] = asker.ask(field, suggested.get(field.key))
        elif field.required and field.key in suggested:
            filled[field.key] = suggested[field.key]
    filled |= {key: value for key, value in values.items() if key not in filled}
    text = portal_text(filled)
    if mistakes := check_portal(registry, portal_id, text):
        raise UserError(mistakes)
    return write_portal(content, portal_id, text)

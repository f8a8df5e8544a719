"""This file makes the first draft of a document or a portal, and refuses what validation would.

What must be said comes from the schemas; what can be guessed is suggested: the address from the
title, the approver from the board, the deadline from the law.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from generator.documents import (
    Document,
    mistakes_among,
    read_document,
    read_documents,
)
from generator.fields import Field, document_fields
from linter.atomic import write_new
from linter.errors import Mistake, UserError
from linter.law.calendar import deadline
from linter.law.instrument import Instrument, Requirement
from linter.messages import N_
from linter.registry import Portal, Registry, Section, read_portal
from linter.vietnamese import slugify

_SLUG_LENGTH = 60
# Asked last: the text and its facts come first, then who answers for it and when.
_LAST = ("author", "approver", "approved", "published", "status")


@dataclass(frozen=True)
class Due:
    """The last day that a clause allows for putting a document online."""

    clause: str
    day: date


@dataclass(frozen=True)
class Draft:
    """A document in the making: `values` are its header without the type."""

    portal: Portal
    section: Section
    kind: str
    slug: str
    values: Mapping[str, Any]

    @property
    def file(self) -> str:
        """Where it will stand, relative to the project root."""
        return f"content/{self.portal.id}/{self.section.slug}/{self.slug}.md"

    def text(self) -> str:
        """The whole file. The summary stands for the text until somebody writes it."""
        header = "".join(dump_key(key, value) for key, value in self.header().items())
        body = str(self.values.get("summary") or self.values.get("title") or self.slug)
        return f"---\n{header}---\n{body}\n"

    def header(self) -> dict[str, Any]:
        """The keys in the order in which they are written."""
        return {"type": self.kind, **self.values}

    def key_at(self, line: int) -> str:
        """The key of the header that stands on a line of the text; empty for none."""
        number = 2
        for key, value in self.header().items():
            number += dump_key(key, value).count("\n")
            if line < number:
                return key
        return ""


def questions(kind: str, events: Collection[str] = ()) -> tuple[Field, ...]:
    """The required fields of a type and the days of some events, in the order to ask for them."""
    fields = document_fields(kind)
    needed = [one for one in fields if one.required or one.schema.get("x-event") in events]
    first = [field for field in needed if field.key not in _LAST]
    return (
        *first,
        *sorted((f for f in needed if f.key in _LAST), key=lambda f: _LAST.index(f.key)),
    )


def sections_for(registry: Registry, kind: str) -> tuple[Section, ...]:
    """The sections in which a document of that type may stand."""
    return tuple(section for section in registry.sections if kind in section.types)


def suggest_slug(title: str, folder: Path) -> str:
    """An address made of the title, cut between words, that no file has yet."""
    whole = slugify(title)
    cut = whole[: _SLUG_LENGTH + 1].rpartition("-")[0] if len(whole) > _SLUG_LENGTH else whole
    name = cut or "tai-lieu"
    number = 1
    while (folder / f"{name if number == 1 else f'{name}-{number}'}.md").exists():
        number += 1
    return name if number == 1 else f"{name}-{number}"


def suggest(portal: Portal, values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What may be taken where nothing was said: who else can approve, and now."""
    moment = f"{now:%Y-%m-%dT%H:%M}"
    found: dict[str, Any] = {"approved": moment, "published": moment, "status": "draft"}
    approvers = [p.name for p in portal.board.people if p.name != values.get("author")]
    if values.get("author") and approvers:
        found["approver"] = approvers[0]
    return found


def due_days(
    laws: Sequence[Instrument],
    portal: Portal,
    section: Section,
    kind: str,
    values: Mapping[str, Any],
    as_of: date,
) -> list[Due]:
    """By when the law wants the document online, earliest first: counted from its own dates."""
    found = set()
    for event, day in _events(kind, values):
        for clause in _clauses_on_time(laws, portal, section, as_of):
            if clause.params.event == event:
                due = deadline(day, clause.params.days, clause.params.working).day
                found.add(Due(clause.id, due))
    return sorted(found, key=lambda due: (due.day, due.clause))


def events_on_time(
    laws: Sequence[Instrument], portal: Portal, section: Section, as_of: date
) -> set[str]:
    """The events from which the law counts, of the documents of a section."""
    return {one.params.event for one in _clauses_on_time(laws, portal, section, as_of)}


def _clauses_on_time(
    laws: Sequence[Instrument], portal: Portal, section: Section, as_of: date
) -> Iterator[Requirement]:
    for law in laws:
        for clause in law.requirements:
            if (
                clause.rule == "late-item"
                and clause.binds_site(portal.site, as_of)
                and clause.params.section == section.id
            ):
                yield clause


def _events(kind: str, values: Mapping[str, Any]) -> Iterator[tuple[str, date]]:
    """The dates of the document from which a law counts, by the event's name."""
    for field in document_fields(kind):
        event = field.schema.get("x-event")
        if event and field.key in values:
            try:
                yield str(event), date.fromisoformat(str(values[field.key]))
            except ValueError:
                continue  # validation speaks of it


def check_draft(content: Path, registry: Registry, draft: Draft) -> tuple[Mistake, ...]:
    """All that validation would say of the draft, before there is a file."""
    if (content.parent / draft.file).exists():
        message = N_("The file {file} is there already; choose another name with --slug.")
        return (Mistake(draft.file, 0, message, {"file": draft.file}),)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{draft.slug}.md")
        path.write_text(draft.text(), "utf-8")
        document, found = read_document(path, draft.file, draft.portal, draft.section, "")
    if document is None:
        return found
    others, _ = read_documents(content, registry, draft.portal)
    among: Sequence[Document] = (*others, document)
    clashes = mistakes_among(content / draft.portal.id, draft.portal, among)
    return tuple(mistake for mistake in clashes if mistake.file == draft.file)


def write_draft(content: Path, draft: Draft) -> Path:
    """Writes the file; never over another. Raises UserError."""
    return _write_new(content.parent / draft.file, draft.file, draft.text())


def portal_text(values: Mapping[str, Any]) -> str:
    """A portal.yml, whose first line lets editors complete its keys and mark mistakes."""
    schema = "# yaml-language-server: $schema=../../linter/portal.schema.json\n"
    return schema + "".join(dump_key(key, value) for key, value in values.items())


def suggest_portal(registry: Registry, portal_id: str, today: date) -> dict[str, Any]:
    """What a new portal most likely says, after the example of the main portal."""
    main = registry.portal(registry.main_portal) if not registry.broken else None
    found = {
        "kind": "component",
        "body": "department",
        "source": "directive",
        "valid_from": today.isoformat(),
        "languages": ["vi"],
    }
    if main is not None:
        found |= {"host": f"{portal_id}.{main.host.removeprefix('www.')}"}
    return found


def check_portal(registry: Registry, portal_id: str, text: str) -> tuple[Mistake, ...]:
    """All that validation would say of a portal.yml, before there is one."""
    file = f"content/{portal_id}/portal.yml"
    if portal_id != slugify(portal_id):
        message = N_("{id} cannot be a portal's folder; call it {better}.")
        params = {"id": portal_id, "better": slugify(portal_id) or "socong"}
        return (Mistake(file, 0, message, params),)
    if portal_id in registry.broken or portal_id in {portal.id for portal in registry.portals}:
        message = N_("The portal {id} is there already.")
        return (Mistake(file, 0, message, {"id": portal_id}),)
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder, "content")
        path = content / portal_id / "portal.yml"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        portal, found = read_portal(content, portal_id)
    if portal is None:
        return found
    for other in registry.portals:
        if other.host == portal.host:
            message = N_("The host {host} already belongs to the portal {other}.")
            params = {"host": portal.host, "other": other.id}
            return (Mistake(file, portal.lines[("host",)], message, params),)
    return ()


def write_portal(content: Path, portal_id: str, text: str) -> Path:
    """Writes the portal.yml; never over another. Raises UserError."""
    return _write_new(content / portal_id / "portal.yml", f"content/{portal_id}/portal.yml", text)


def dump_key(key: str, value: Any) -> str:
    """A key with its value as YAML lines."""
    plain = yaml.safe_dump(
        {key: value}, allow_unicode=True, sort_keys=False, width=1_000_000, default_flow_style=False
    )
    return str(plain)


def _write_new(path: Path, file: str, text: str) -> Path:
    try:
        write_new(path, text.encode("utf-8"))
    except FileExistsError as error:
        message = N_("The file {file} is there already; choose another name with --slug.")
        raise UserError(Mistake(file, 0, message, {"file": file})) from error
    except OSError as error:
        message = N_("The file {file} cannot be written ({error}).")
        params: dict[str, str | int] = {"file": file, "error": error.strerror or str(error)}
        raise UserError(Mistake(file, 0, message, params)) from error
    return path

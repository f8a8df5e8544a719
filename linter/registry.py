"""This file reads content/registry.yml and each portal.yml: who publishes, under whose name.

The registry is what the Directive orders and the auditor's first input; the generator takes its
portals from here too, so there is one reader and one schema.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linter.atomic import write_file
from linter.errors import Mistake, UserError
from linter.messages import N_
from linter.terms import Site

if TYPE_CHECKING:
    from linter.strict_yaml import Yaml

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Section:
    """A part of every portal. `id` is the word of the laws' data, `slug` the folder and path."""

    id: str
    slug: str
    title: str
    title_en: str
    types: tuple[str, ...]
    required_for: tuple[str, ...]


@dataclass(frozen=True)
class Alert:
    """A notice on top of every page from one day until another, both included."""

    text: str
    text_en: str
    level: str
    start: date
    end: date


@dataclass(frozen=True)
class Link:
    """A link to another body's site at the foot of every page, from one day on."""

    text: str
    text_en: str
    url: str
    start: date


@dataclass(frozen=True)
class Person:
    """A named person in a post; empty text where a field is not published."""

    name: str
    title: str
    phone: str = ""
    email: str = ""
    skills: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """A numbered act of the agency; `title` is empty for the board's founding decision."""

    number: str
    signed: date
    title: str = ""


@dataclass(frozen=True)
class Board:
    """The editorial board: who may approve a document."""

    decision: Decision
    head: Person
    members: tuple[Person, ...]
    email: str

    @property
    def people(self) -> tuple[Person, ...]:
        """Head first, then the members."""
        return (self.head, *self.members)


@dataclass(frozen=True)
class Licence:
    """The licence of an aggregated information site."""

    number: str
    issued: date
    authority: str
    expires: date | None


@dataclass(frozen=True)
class Portal:
    """A site that we build: one agency, its contacts, its board.

    `sample` says that persons, numbers and addresses are sample data. `file` is the portal.yml,
    relative to the project root, and `lines` where each of its keys stands.
    """

    id: str
    kind: str
    body: str
    name: str
    name_en: str
    short_name: str
    parent: str
    parent_en: str
    host: str
    source: str
    valid_from: date
    valid_to: date | None
    successor: str
    sample: bool
    languages: tuple[str, ...]
    address: str
    phones: tuple[str, ...]
    fax: str
    email: str
    responsible: Person
    board: Board
    moderation_rules: Decision
    technical_staff: tuple[Person, ...]
    licence: Licence | None
    alerts: tuple[Alert, ...]
    file: str
    lines: Mapping[tuple[str | int, ...], int] = field(repr=False, compare=False)

    @property
    def url(self) -> str:
        """The address of the home page."""
        return f"https://{self.host}/"

    @property
    def site(self) -> Site:
        """The portal as the linter sees it, without the others."""
        return Site(self.id, self.url, self.kind, self.body, self.name, (), self.valid_to)

    def lives_on(self, day: date) -> bool:
        """Whether the body that the portal belongs to exists on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Registry:
    """All portals of the province and what is common to them.

    `broken` holds the mistakes of portals that could not be read, by portal id: nothing of those
    is built, the others go on. `law_line` is where registry.yml chooses the law.
    """

    province: str
    province_en: str
    main_portal: str
    as_of: date | None
    law: str
    alerts: tuple[Alert, ...]
    sections: tuple[Section, ...]
    portals: tuple[Portal, ...]
    broken: Mapping[str, tuple[Mistake, ...]]
    law_line: int = 0
    links: tuple[Link, ...] = ()

    def portal(self, portal_id: str) -> Portal:
        """The portal of that id; KeyError when there is none."""
        return {portal.id: portal for portal in self.portals}[portal_id]

    def site(self, portal: Portal, day: date) -> Site:
        """The portal as the linter sees it, with those that it must link on that day."""
        main = portal.id == self.main_portal
        kin = tuple(
            other.url
            for other in self.portals
            if other.id != portal.id
            and (main or other.id == self.main_portal)
            and other.lives_on(day)
        )
        return replace(portal.site, kin=kin)

    def section(self, slug: str) -> Section:
        """The section of that folder name; KeyError when there is none."""
        return {section.slug: section for section in self.sections}[slug]


def read_registry(content: Path) -> Registry:
    """Reads content/registry.yml and all portal.yml beside it.

    What was read before, byte for byte, comes from .congtin/ where a build has made that folder.
    Raises UserError when the registry itself cannot be used; a portal's mistakes are kept in
    `broken` instead.
    """
    path = content / "registry.yml"
    if not path.exists():
        message = N_("There is no registry. Run the command from the folder that holds content/.")
        raise UserError(Mistake(_relative(content, path), 0, message))
    name = _name_of_bytes(content)
    store = content.parent / ".congtin" / "cache" / "registry.pickle"
    known = _recall(store, name)
    if known is None:
        known = _read_all(content, path)
        if store.parent.parent.is_dir():
            write_file(store, pickle.dumps((name, known)))
    return known


def _name_of_bytes(content: Path) -> str:
    """Names all that a registry is read from, our own code included."""
    digest = hashlib.sha256(sys.version.encode())
    own = ("registry.py", "strict_yaml.py", "schemas.py", "*.schema.json")
    code = (path for pattern in own for path in sorted(_HERE.glob(pattern)))
    folders = sorted(path for path in content.iterdir() if path.is_dir())
    for path in (*code, content / "registry.yml", *(f / "portal.yml" for f in folders)):
        there = path.is_file()
        digest.update(f"{path.relative_to(path.parent.parent)}{there}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes() if there else b"").digest())
    return digest.hexdigest()


def _recall(store: Path, name: str) -> Registry | None:
    try:
        known, registry = pickle.loads(store.read_bytes())  # noqa: S301  # our own cache
    except (OSError, pickle.UnpicklingError, AttributeError, EOFError, ValueError, TypeError):
        return None
    return registry if known == name and isinstance(registry, Registry) else None


def _read_yaml(path: Path, file: str, kind: str) -> Yaml:
    from linter.strict_yaml import read_yaml  # noqa: PLC0415  # slow, and seldom needed

    return read_yaml(path, file, _HERE / f"{kind}.schema.json")


def _read_all(content: Path, path: Path) -> Registry:
    file = _relative(content, path)
    yaml = _read_yaml(path, file, "registry")
    if yaml.mistakes:
        raise UserError(yaml.mistakes)
    data = yaml.value
    if twice := _same_section(yaml, file):
        raise UserError(twice)
    portals: list[Portal] = []
    broken: dict[str, tuple[Mistake, ...]] = {}
    for folder in sorted(p for p in content.iterdir() if p.is_dir()):
        portal, mistakes = read_portal(content, folder.name)
        if portal is None:
            broken[folder.name] = mistakes
        else:
            portals.append(portal)
    known = {portal.id for portal in portals} | set(broken)
    if data["main_portal"] not in known:
        message = N_("The main portal {id} has no folder in content/.")
        line = yaml.line("main_portal")
        raise UserError(Mistake(file, line, message, {"id": data["main_portal"]}))
    clash = _same_host(portals)
    if clash:
        raise UserError(clash)
    return Registry(
        province=data["province"],
        province_en=data["province_en"],
        main_portal=data["main_portal"],
        as_of=_day(data.get("as_of")),
        law=data["law"],
        alerts=_alerts(data),
        sections=tuple(
            Section(
                entry["id"],
                entry["slug"],
                entry["title"],
                entry["title_en"],
                tuple(entry["types"]),
                tuple(entry["required_for"]),
            )
            for entry in data["sections"]
        ),
        portals=tuple(portals),
        broken=broken,
        law_line=yaml.line("law"),
        links=tuple(
            Link(one["text"], one["text_en"], one["url"], date.fromisoformat(one["from"]))
            for one in data.get("links", ())
        ),
    )


def read_portal(content: Path, portal_id: str) -> tuple[Portal | None, tuple[Mistake, ...]]:
    """Reads one portal.yml; None with its mistakes when it cannot be used."""
    path = content / portal_id / "portal.yml"
    file = _relative(content, path)
    if not path.exists():
        message = N_("The folder {id} has no portal.yml. Every portal needs one.")
        return None, (Mistake(file, 0, message, {"id": portal_id}),)
    yaml = _read_yaml(path, file, "portal")
    mistakes = list(yaml.mistakes)
    if not mistakes:
        mistakes.extend(_contradictions(yaml, file))
    if mistakes:
        return None, tuple(mistakes)
    return _portal(portal_id, file, yaml), ()


def _contradictions(yaml: Yaml, file: str) -> list[Mistake]:
    data = yaml.value
    found: list[Mistake] = []
    board = data["editorial_board"]
    names = [board["head"]["name"], *(member["name"] for member in board["members"])]
    for index, name in enumerate(names):
        if name in names[:index]:
            message = N_("{name} stands twice on the editorial board.")
            line = yaml.line("editorial_board", "members", index - 1, "name")
            found.append(Mistake(file, line, message, {"name": name}, "ct11-2015/5.c.1"))
    if "valid_to" in data and data["valid_to"] < data["valid_from"]:
        message = N_("valid_to lies before valid_from.")
        found.append(Mistake(file, yaml.line("valid_to"), message))
    return found


def _same_section(yaml: Yaml, file: str) -> list[Mistake]:
    """Sections that share an id or an address with one before them."""
    found = []
    for key in ("id", "slug"):
        seen: set[str] = set()
        for index, section in enumerate(yaml.value["sections"]):
            value = section[key]
            if value in seen:
                message = N_(
                    "The section {key} “{value}” stands twice: sections need names of their own."
                )
                line = yaml.line("sections", index, key)
                found.append(Mistake(file, line, message, {"key": key, "value": value}))
            seen.add(value)
    return found


def _same_host(portals: list[Portal]) -> list[Mistake]:
    by_host: dict[str, Portal] = {}
    found = []
    for portal in portals:
        other = by_host.setdefault(portal.host, portal)
        if other is not portal:
            message = N_("The host {host} already belongs to the portal {other}.")
            params = {"host": portal.host, "other": other.id}
            found.append(Mistake(portal.file, portal.lines[("host",)], message, params))
    return found


def _portal(portal_id: str, file: str, yaml: Yaml) -> Portal:
    data = yaml.value
    board = data["editorial_board"]
    rules = data["moderation_rules"]
    licence = data.get("licence")
    return Portal(
        id=portal_id,
        kind=data["kind"],
        body=data["body"],
        name=data["name"],
        name_en=data["name_en"],
        short_name=data["short_name"],
        parent=data["parent"],
        parent_en=data["parent_en"],
        host=data["host"],
        source=data["source"],
        valid_from=date.fromisoformat(data["valid_from"]),
        valid_to=_day(data.get("valid_to")),
        successor=data.get("successor", ""),
        sample=data.get("sample_data", False),
        languages=tuple(data["languages"]),
        address=data["address"],
        phones=tuple(data["phones"]),
        fax=data.get("fax", ""),
        email=data["email"],
        responsible=_person(data["responsible"]),
        board=Board(
            decision=Decision(
                board["decision"]["number"],
                date.fromisoformat(board["decision"]["date"]),
            ),
            head=_person(board["head"]),
            members=tuple(_person(member) for member in board["members"]),
            email=board["email"],
        ),
        moderation_rules=Decision(
            rules["number"], date.fromisoformat(rules["date"]), rules["title"]
        ),
        technical_staff=tuple(_person(person) for person in data["technical_staff"]),
        licence=Licence(
            licence["number"],
            date.fromisoformat(licence["date"]),
            licence["authority"],
            _day(licence.get("expires")),
        )
        if licence
        else None,
        alerts=_alerts(data),
        file=file,
        lines=yaml.lines,
    )


def _person(data: Mapping[str, Any]) -> Person:
    return Person(
        name=data["name"],
        title=data["title"],
        phone=data.get("phone", ""),
        email=data.get("email", ""),
        skills=tuple(data.get("skills", ())),
    )


def _alerts(data: Mapping[str, Any]) -> tuple[Alert, ...]:
    return tuple(
        Alert(
            entry["text"],
            entry["text_en"],
            entry["level"],
            date.fromisoformat(entry["from"]),
            date.fromisoformat(entry["until"]),
        )
        for entry in data.get("alerts", ())
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _relative(content: Path, path: Path) -> str:
    return path.relative_to(content.parent).as_posix()

"""This file reads and writes content/inventory.yml: every site that must be inspected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from linter.atomic import write_file
from linter.errors import Mistake, UserError
from linter.messages import N_
from linter.strict_yaml import parse_yaml, read_yaml
from linter.terms import Site

_SCHEMA = Path(__file__).parent / "inventory.schema.json"

# What an entry is, in one word, as (kind, body) of a Site; laws bind by either word.
KINDS: Mapping[str, tuple[str, str]] = {
    "main": ("main", "province"),
    "department": ("component", "department"),
    "district": ("component", "district"),
    "vertical": ("vertical", "agency"),
    "aggregated": ("aggregated", ""),
    "press": ("press", ""),
    "school": ("school", ""),
    "hospital": ("hospital", ""),
    "company": ("company", ""),
    "other": ("other", ""),
}
LICENCE_STATES = ("licensed", "unlicensed", "trial", "not-needed")
STATUSES = ("active", "dead", "moved", "closed")


@dataclass(frozen=True)
class Contact:
    """A person to call; empty text where a field is not known."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class SiteLicence:
    """`state` is one of LICENCE_STATES; the others are empty where they do not apply."""

    state: str
    number: str = ""
    issued: date | None = None
    expires: date | None = None


@dataclass(frozen=True)
class Entry:
    """One site of the inventory. `status` is one of STATUSES."""

    id: str
    url: str
    name: str
    kind: str
    owner: str
    licence: SiteLicence
    contacts: tuple[Contact, ...] = ()
    status: str = "active"
    last_audit: date | None = None
    note: str = ""

    @property
    def site(self) -> Site:
        """The site as it is judged."""
        return Site(self.id, self.url, *KINDS[self.kind], self.name)

    @property
    def host(self) -> str:
        """The host without www., with its port: what makes two entries one."""
        return urlsplit(self.url).netloc.lower().removeprefix("www.")


@dataclass(frozen=True)
class Inventory:
    """All entries in their order; `rejected` are hosts that a person has seen and left out."""

    entries: tuple[Entry, ...] = ()
    rejected: tuple[str, ...] = ()
    sample: bool = False

    def with_entries(self, entries: tuple[Entry, ...]) -> Inventory:
        """The same inventory with other entries."""
        return replace(self, entries=entries)


def read_inventory(path: Path) -> Inventory:
    """Reads the file. Raises UserError for every mistake in it, duplicates among them."""
    if not path.exists():
        message = N_("There is no inventory {path}. `congtin inventory add` makes one.")
        raise UserError(Mistake(str(path), 0, message, {"path": str(path)}))
    read = read_yaml(path, str(path), _SCHEMA)
    mistakes = list(read.mistakes)
    if not mistakes:
        mistakes.extend(_twins(read.value["sites"], read.lines, str(path)))
    if mistakes:
        raise UserError(mistakes)
    return _inventory(read.value)


def _inventory(data: Mapping[str, Any]) -> Inventory:
    return Inventory(
        tuple(entry_of(site) for site in data["sites"]),
        tuple(data.get("rejected", ())),
        data.get("sample_data", False),
    )


def entry_of(data: Mapping[str, Any]) -> Entry:
    """An entry of data that obeys the schema."""
    licence = data["licence"]
    return Entry(
        id=data["id"],
        url=data["url"],
        name=data["name"],
        kind=data["kind"],
        owner=data["owner"],
        licence=SiteLicence(
            licence["state"],
            licence.get("number", ""),
            _day(licence.get("issued")),
            _day(licence.get("expires")),
        ),
        contacts=tuple(
            Contact(contact["name"], contact.get("phone", ""), contact.get("email", ""))
            for contact in data.get("contacts", ())
        ),
        status=data.get("status", "active"),
        last_audit=_day(data.get("last_audit")),
        note=data.get("note", ""),
    )


def data_of(entry: Entry) -> dict[str, Any]:
    """An entry as plain data, without what is empty."""
    licence = entry.licence
    data: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "name": entry.name,
        "kind": entry.kind,
        "owner": entry.owner,
        "licence": _filled(
            state=licence.state,
            number=licence.number,
            issued=licence.issued and licence.issued.isoformat(),
            expires=licence.expires and licence.expires.isoformat(),
        ),
        "contacts": [_filled(name=c.name, phone=c.phone, email=c.email) for c in entry.contacts],
        "status": entry.status,
        "last_audit": entry.last_audit and entry.last_audit.isoformat(),
        "note": entry.note,
    }
    return _filled(**data)


def _filled(**data: Any) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


def write_inventory(path: Path, inventory: Inventory) -> None:
    """Writes the file anew, after holding it against its schema. Raises UserError."""
    data: dict[str, Any] = {"sample_data": True} if inventory.sample else {}
    data["sites"] = [data_of(entry) for entry in inventory.entries]
    if inventory.rejected:
        data["rejected"] = list(inventory.rejected)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
    text = "# Danh mục trang phải kiểm tra; `congtin inventory` đọc và ghi tệp này.\n" + text
    read = parse_yaml(text, str(path), _SCHEMA)
    mistakes = [*read.mistakes, *_twins(data["sites"], read.lines, str(path))]
    if mistakes:
        raise UserError(mistakes)
    write_file(path, text.encode("utf-8"))


def _twins(sites: list[Mapping[str, Any]], lines: Mapping[Any, int], file: str) -> list[Mistake]:
    """Entries that are the same site, by id or by host."""
    found = []
    ids: dict[str, int] = {}
    places: dict[str, int] = {}
    for index, site in enumerate(sites):
        parts = urlsplit(site["url"])
        place = parts.netloc.lower().removeprefix("www.") + parts.path
        first = min(ids.setdefault(site["id"], index), places.setdefault(place, index))
        if first != index:
            message = N_("{id} is the same site as {other}; keep one of them.")
            params = {"id": site["id"], "other": sites[first]["id"]}
            found.append(Mistake(file, lines.get(("sites", index), 0), message, params))
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

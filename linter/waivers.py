"""This file holds findings that a named person accepts for a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from linter.errors import Mistake, UserError
from linter.messages import N_
from linter.strict_yaml import read_yaml

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Waiver:
    """A finding that a named person accepts until a day, with reason and legal basis."""

    id: str
    fingerprint: str
    owner: str
    reason: str
    basis: str
    expires: date


def waived(waivers: Mapping[str, Waiver], fingerprint: str, as_of: date) -> str:
    """The id of the waiver in force for a fingerprint, else empty text."""
    waiver = waivers.get(fingerprint)
    return waiver.id if waiver and as_of <= waiver.expires else ""


def read_waivers(path: Path) -> Mapping[str, Waiver]:
    """Waivers by fingerprint; none when there is no such file. Raises UserError."""
    return {
        entry["fingerprint"]: Waiver(
            entry["id"],
            entry["fingerprint"],
            entry["owner"],
            entry["reason"],
            entry["basis"],
            date.fromisoformat(entry["expires"]),
        )
        for entry in _entries(path)
    }


def _entries(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    file = f"{path.parent.name}/{path.name}"
    yaml = read_yaml(path, file, _HERE / "waivers.schema.json")
    mistakes = list(yaml.mistakes)
    if not mistakes:
        seen: set[str] = set()
        for index, entry in enumerate(yaml.value["waivers"]):
            name = entry["fingerprint"]
            if name in seen:
                message = N_("The fingerprint {value} stands twice.")
                line = yaml.line("waivers", index, "fingerprint")
                mistakes.append(Mistake(file, line, message, {"value": name}))
            seen.add(name)
    if mistakes:
        raise UserError(mistakes)
    entries: list[dict[str, Any]] = yaml.value["waivers"]
    return entries

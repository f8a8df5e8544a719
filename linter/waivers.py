"""This file holds findings accepted for a time, and answers that persons gave to questions."""

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


@dataclass(frozen=True)
class Answer:
    """What a person said of a finding with outcome review: pass or fail, until a day."""

    rule: str
    fingerprint: str
    outcome: str
    who: str
    when: date
    until: date | None


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
        for entry in _entries(path, "waivers")
    }


def read_answers(path: Path) -> Mapping[str, Answer]:
    """Answers by fingerprint; none when there is no such file. Raises UserError."""
    return {
        entry["fingerprint"]: Answer(
            entry["rule"],
            entry["fingerprint"],
            entry["outcome"],
            entry["who"],
            date.fromisoformat(entry["when"]),
            date.fromisoformat(entry["until"]) if "until" in entry else None,
        )
        for entry in _entries(path, "answers")
    }


def _entries(path: Path, key: str) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    yaml = read_yaml(path, f"{path.parent.name}/{path.name}", _HERE / f"{key}.schema.json")
    mistakes = list(yaml.mistakes)
    if not mistakes:
        seen: set[str] = set()
        for index, entry in enumerate(yaml.value[key]):
            name = entry["fingerprint"]
            if name in seen:
                message = N_("The fingerprint {value} stands twice.")
                line = yaml.line(key, index, "fingerprint")
                mistakes.append(
                    Mistake(f"{path.parent.name}/{path.name}", line, message, {"value": name})
                )
            seen.add(name)
    if mistakes:
        raise UserError(mistakes)
    entries: list[dict[str, Any]] = yaml.value[key]
    return entries

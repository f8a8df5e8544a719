"""This file holds findings accepted for a time, and answers that persons gave to questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


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

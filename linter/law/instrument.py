"""This file says what a law is to the linter: instruments, clauses, and who is bound when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from linter.model import Severity, Site

# How surely a clause is known caps how grave a breach of it may be called.
CAP_BY_CERTAINTY = {
    "full": Severity.ERROR,
    "excerpt": Severity.WARNING,
    "memory": Severity.NOTICE,
    "inferred": Severity.NOTICE,
}


@dataclass(frozen=True)
class Requirement:
    """One clause of one instrument.

    `id` is "instrument/clause". `says` is the duty in our own words by language. Exactly one of
    these holds: `rule` names the rule that checks it with `params` (an instance of the rule's
    parameter type), `person` says by language what a person must look at, or `status` says why
    nobody checks it ("not-available": the text could not be had; "not-applicable": it does not
    concern a static site). `binds` holds kinds and bodies of sites. `severity` is the gravest
    that a breach may be called.
    """

    id: str
    says: Mapping[str, str]
    binds: tuple[str, ...]
    severity: Severity
    sure: str
    in_force: tuple[date, date | None]
    rule: str = ""
    params: Any = None
    person: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    decided_by: str = ""

    def binds_site(self, site: Site, day: date) -> bool:
        """Whether the clause is in force on that day and binds a site of that kind."""
        start, end = self.in_force
        alive = start <= day and (end is None or day <= end)
        return alive and (site.kind in self.binds or site.body in self.binds)


@dataclass(frozen=True)
class Instrument:
    """One law, decree, circular or directive, as one file of this folder holds it."""

    id: str
    number: str
    title: Mapping[str, str]
    in_force: tuple[date, date | None]
    requirements: tuple[Requirement, ...]

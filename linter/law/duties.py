"""This file reads out of the laws how often and how soon each section of a site must be updated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from linter.law.calendar import add_working_days, deadline
from linter.law.instrument import CAP_BY_CERTAINTY, Instrument, Requirement
from linter.terms import Severity, Site

# The rules whose clauses set such duties, as the instruments name them.
_RHYTHM, _DEADLINE = "stale-section", "late-item"


@dataclass(frozen=True, slots=True)
class Duty:
    """One clause on time: a rhythm (no `event`) or a deadline after an `event`.

    `days` is how many working days may pass without anything new, or how many days an item may take
    after the event, working days or not. `clause` is the requirement's id.
    """

    section: str
    event: str
    days: int
    working: bool
    severity: Severity
    clause: str

    def due(self, start: date) -> date:
        """The last day in time, after the newest item or after the event."""
        if self.event:
            return deadline(start, self.days, self.working).day
        return add_working_days(start, self.days + 1)


def duties(laws: Iterable[Instrument], site: Site, day: date) -> tuple[Duty, ...]:
    """The duties on time that bind a site on a day, in the order of the laws."""
    return tuple(
        _duty(requirement)
        for law in laws
        for requirement in law.requirements
        if requirement.rule in (_RHYTHM, _DEADLINE) and requirement.binds_site(site, day)
        # Of a reading that stays open another clause holds the day that is sure.
        if not getattr(requirement.params, "but_within", 0)
    )


def turning_days(laws: Iterable[Instrument]) -> Iterator[date]:
    """The days on which a clause on time begins to bind, or has just ceased to."""
    for law in laws:
        for requirement in law.requirements:
            if requirement.rule in (_RHYTHM, _DEADLINE):
                start, end = requirement.in_force
                yield start
                if end is not None:
                    yield end + timedelta(days=1)


def _duty(requirement: Requirement) -> Duty:
    params = requirement.params
    severity = requirement.severity
    if not requirement.decided_by:
        severity = severity.capped(CAP_BY_CERTAINTY[requirement.sure])
    if requirement.rule == _RHYTHM:
        return Duty(params.section, "", params.most, True, severity, requirement.id)
    return Duty(params.section, params.event, params.days, params.working, severity, requirement.id)

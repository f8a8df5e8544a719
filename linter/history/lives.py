"""This file follows faults through the runs of a site: since when, until when, how often.

A fault is mended when a later run looked, by the same rule, and did not find it. A run that left
the rule out (no browser), or could not judge the page where the fault stood, says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class Moment:
    """One run of a site: its id and its day."""

    run: str
    day: date


@dataclass(frozen=True)
class Sighting:
    """A fault as one run found it; `text` is its message id, `params` the message's data."""

    fingerprint: str
    rule: str
    severity: str
    requirements: tuple[str, ...]
    page: str
    message: str
    params: Mapping[str, str | int]
    waived: str


@dataclass(frozen=True)
class Look:
    """What one run saw of a site: its faults, the rules that looked, the pages not judged."""

    moment: Moment
    faults: tuple[Sighting, ...]
    rules: Set[str]
    unjudged: Set[str]


@dataclass(frozen=True)
class Life:
    """A fault from the run that first found it to the one that no longer did.

    A fault that comes back begins a new life. `mended` is None while it is open; `last` is then
    the last run that found it.
    """

    site: str
    fault: Sighting
    first: Moment
    last: Moment
    mended: Moment | None = None

    def days(self, until: date) -> int:
        """How long it stood: to the run that found it mended, else to `until`."""
        end = self.mended.day if self.mended else max(until, self.last.day)
        return (end - self.first.day).days


def follow(site: str, looks: Iterable[Look]) -> Iterator[Life]:
    """The life of every fault of a site, given its runs in order; open ones come last."""
    alive: dict[str, Life] = {}
    for look in looks:
        seen = {fault.fingerprint: fault for fault in look.faults}
        for fingerprint, life in list(alive.items()):
            if fingerprint in seen or life.fault.rule not in look.rules:
                continue
            if life.fault.page in look.unjudged:
                continue
            yield replace(alive.pop(fingerprint), mended=look.moment)
        for fingerprint, fault in seen.items():
            known = alive.get(fingerprint)
            first = known.first if known else look.moment
            alive[fingerprint] = Life(site, fault, first, look.moment)
    yield from alive.values()

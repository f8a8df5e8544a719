"""This file holds the words that every room uses, the builder's too: verdicts, weights, sites.

It stands on nothing, so that it costs a quick command nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What a rule says of one target (W3C EARL; silence is its fifth value, inapplicable)."""

    PASS = "pass"
    FAIL = "fail"
    REVIEW = "review"
    UNTESTED = "untested"


class Verdict(StrEnum):
    """What is said of a rule, a clause, a page, a site or a run as a whole."""

    PASS = "pass"
    FAIL = "fail"
    COULD_NOT_TELL = "could-not-tell"


class Severity(StrEnum):
    """How much a failed target weighs; a gate's threshold is one of these."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """0 for the gravest, so that sorted() puts errors first."""
        return list(Severity).index(self)

    def capped(self, cap: Severity) -> Severity:
        """The milder of the two."""
        return max(self, cap, key=lambda severity: severity.rank)


@dataclass(frozen=True, slots=True)
class Site:
    """Who is judged.

    `kind`: main, component, vertical, or other for a site of no registry. `body`: province,
    department, district, agency, or empty. Laws bind by either word.
    `kin` are the addresses of the portals that this one must link, as a registry says; `valid_to`
    is the last day of the body that it belonged to.
    """

    id: str
    url: str
    kind: str = "other"
    body: str = ""
    name: str = ""
    kin: tuple[str, ...] = ()
    valid_to: date | None = None


def fold_verdicts(verdicts: Iterable[Verdict]) -> Verdict:
    """Kleene's conjunction: one fail fails, else one doubt leaves doubt, else pass."""
    seen = set(verdicts)
    for worst in (Verdict.FAIL, Verdict.COULD_NOT_TELL):
        if worst in seen:
            return worst
    return Verdict.PASS

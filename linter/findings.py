"""This file holds what a run says: findings, verdicts, and the cards that explain them.

Everything here is frozen data without I/O. The judge (linter.judge) makes it of Snapshots, reports
tell it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from linter.model import Canary, Omission, Statement
from linter.page import Params, Place
from linter.terms import Outcome, Severity, Site, Verdict


@dataclass(frozen=True)
class RuleCard:
    """What a reader must know of a rule.

    `id` is the file's name with hyphens ("axe/..." for axe-core's own). `engine` is static,
    browser or law. `wcag` are success criteria, `act` the ids of ACT rules, `sources` the clauses
    that asked for it in a run. `messages` are English templates by message id, `duty` is the
    manual's first line and `manual` its sections by heading, in English. `translations` holds, by
    language, what English texts are called that come from an engine and stand in no .po file.
    """

    id: str
    family: str
    severity: Severity
    engine: str
    wcag: tuple[str, ...]
    act: tuple[str, ...]
    messages: Mapping[str, str]
    duty: str
    manual: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LawCard:
    """An instrument that a run judged by: `short` is its name by language, `in_force` its days."""

    id: str
    short: Mapping[str, str]
    in_force: tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class ClauseCard:
    """What a reader must know of a clause that a run judged by.

    `cite` is how a lawyer names it and `says` the duty, both by language. `sure` is full, excerpt,
    memory or inferred; `decided_by` names a decision that counts it for more. `fine` is what a
    breach may cost, in million dong from and to. `person` says, by language, what a person must
    look at; empty where nobody need.
    """

    id: str
    cite: Mapping[str, str]
    says: Mapping[str, str]
    sure: str
    decided_by: str = ""
    fine: tuple[int, int] | None = None
    person: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One target that failed, wants a person, or could not be tested, ready to be told.

    `requirements` are clauses ("nd43-2011/17.1.c") that demand it, none for a plain standard.
    `severity` is the rule's, capped by how surely the clause is known. `fingerprint` names the
    fault by what it is, not by where it stands, so it survives a change of theme. `waived` is the
    id of the waiver that accepts it; `known` says that the baseline has it already.
    """

    rule: str
    requirements: tuple[str, ...]
    outcome: Outcome
    severity: Severity
    site: str
    page: str
    selector: str
    snippet: str
    source: Place | None
    message: str
    params: Params
    fingerprint: str
    waived: str = ""
    known: bool = False

    @property
    def cause(self) -> tuple[object, ...] | None:
        """What findings that one change mends have in common; None where no file is known."""
        if self.source is None or self.outcome is Outcome.UNTESTED:
            return None
        where = self.snippet if self.source.line else self.selector
        return self.rule, self.outcome, self.message, self.source, where


@dataclass(frozen=True, slots=True)
class PageVerdict:
    """What is said of one page; `why`, with its data, is set when it could not be told."""

    url: str
    site: str
    verdict: Verdict
    why: str = ""
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SiteVerdict:
    """What is said of one site, with the facts it states and how many targets passed.

    `passed` counts targets by (rule, clause or ""); `questions` are the clauses that wait for a
    person; `omitted` is what a crawl did not visit.
    """

    site: Site
    verdict: Verdict
    planned: int
    judged: int
    canary: Canary
    facts: tuple[Statement, ...] = ()
    passed: Mapping[tuple[str, str], int] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    omitted: tuple[Omission, ...] = ()


@dataclass(frozen=True)
class Report:
    """All that one run says, of one or more sites; the JSON contract is made of this alone.

    `rules` are the cards of every rule that could have spoken, `clauses` those of every clause that
    bound a site, `instruments` those of every law. `mended` says in words what stood in the
    baseline and was looked for again in vain.
    """

    as_of: date
    law: tuple[str, ...]
    verdict: Verdict
    rules: tuple[RuleCard, ...]
    sites: tuple[SiteVerdict, ...]
    pages: tuple[PageVerdict, ...]
    findings: tuple[Finding, ...]
    axe: str = ""
    browser: str = ""
    mended: tuple[str, ...] = ()
    clauses: tuple[ClauseCard, ...] = ()
    instruments: tuple[LawCard, ...] = ()

    @cached_property
    def card_of_rule(self) -> Mapping[str, RuleCard]:
        """The rules by id; kept, as a report of 200,000 findings asks for each."""
        return {card.id: card for card in self.rules}

    @cached_property
    def card_of_clause(self) -> Mapping[str, ClauseCard]:
        """The clauses by id."""
        return {card.id: card for card in self.clauses}

    @property
    def planned(self) -> int:
        """How many pages should have been judged."""
        return sum(site.planned for site in self.sites)

    @property
    def judged(self) -> int:
        """How many pages were."""
        return sum(site.judged for site in self.sites)

    @property
    def canary(self) -> Canary:
        """Missed if any site's run missed it, seen if one saw it."""
        seen = {site.canary for site in self.sites}
        for worst in (Canary.MISSED, Canary.SEEN):
            if worst in seen:
                return worst
        return Canary.NOT_RUN


def fingerprint(rule: str, site: str, what: str, ordinal: int) -> str:
    """16 hexadecimal digits that name a fault; `ordinal` counts equal faults of one site."""
    data = "\0".join((rule, site, what, str(ordinal)))
    return hashlib.sha256(data.encode("utf-8", errors="replace")).hexdigest()[:16]

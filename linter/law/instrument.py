"""This file says what a law is to the linter: instruments, clauses, and who is bound when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from linter.findings import ClauseCard, LawCard
from linter.terms import Severity, Site

# How surely a clause is known caps how grave a breach of it may be called.
CAP_BY_CERTAINTY = {
    "full": Severity.ERROR,
    "excerpt": Severity.WARNING,
    "memory": Severity.NOTICE,
    "inferred": Severity.NOTICE,
}


@dataclass(frozen=True)
class Requirement:
    """One duty of one clause of one instrument; a clause with several duties has several.

    `id` is "instrument/clause". `says` is the duty in our own words by language, `cite` how a
    lawyer names the clause. Exactly one of these holds: `rule` names the rule that checks it with
    `params` (an instance of the rule's parameter type), `person` says by language what a person
    must look at, or `status` says why nobody checks it ("not-available": the text could not be
    had; "not-applicable": it does not concern a static site). `binds` holds kinds and bodies of
    sites. `severity` is the gravest that a breach may be called. `fine` is what a breach may cost,
    in million dong from and to.
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
    evidence: str = ""
    cite: Mapping[str, str] = field(default_factory=dict)
    fine: tuple[int, int] | None = None

    @property
    def article(self) -> str:
        """The article that the clause belongs to."""
        return article_of(self.id.partition("/")[2])

    @property
    def card(self) -> ClauseCard:
        """What a reader of a report must know of the clause."""
        return ClauseCard(
            self.id, self.cite, self.says, self.sure, self.decided_by, self.fine, self.person
        )

    def alive_on(self, day: date) -> bool:
        """Whether the clause is in force on that day."""
        start, end = self.in_force
        return start <= day and (end is None or day <= end)

    def binds_site(self, site: Site, day: date) -> bool:
        """Whether the clause is in force on that day and binds a site of that kind."""
        return self.alive_on(day) and (site.kind in self.binds or site.body in self.binds)


@dataclass(frozen=True)
class Instrument:
    """One law, decree, circular or directive, as one file of data holds it.

    `short` is its name in a citation by language. `articles` are those that the data must speak
    of; `whole` says that the instrument has no other. `superseded_by` is an id, or the number of a
    law that no file describes. `amended_by` are numbers with the day from which each counts.
    """

    id: str
    number: str
    title: Mapping[str, str]
    in_force: tuple[date, date | None]
    requirements: tuple[Requirement, ...]
    short: Mapping[str, str] = field(default_factory=dict)
    read: str = ""
    articles: tuple[str, ...] = ()
    whole: bool = False
    superseded_by: str = ""
    amended_by: tuple[tuple[str, date], ...] = ()

    @property
    def card(self) -> LawCard:
        """What a reader of a report must know of the instrument."""
        return LawCard(self.id, self.short or {"vi": self.number, "en": self.number}, self.in_force)


def article_of(at: str) -> str:
    """The article of a clause: "10.1.e" -> "10"; "thong-tin.van-ban" -> "thong-tin"."""
    return at.partition(".")[0]


def cite_clause(at: str, short: Mapping[str, str]) -> Mapping[str, str]:
    """How a lawyer names a clause, by language: điểm c khoản 1 Điều 17 Nghị định ..."""
    article, *steps = at.split(".")
    clause = [step for step in steps if step.isdigit()]
    points = [step for step in steps if not step.isdigit()]
    if not re.fullmatch(r"[0-9]+[a-zđ]?", article) or len(clause) > 1:
        return {lang: f"{at}, {name}" for lang, name in short.items()}
    vietnamese = [f"điểm {point}" for point in reversed(points)]
    vietnamese += [f"khoản {number}" for number in clause]
    vietnamese.append(f"Điều {article}")
    english = f"Article {article}" + "".join(f"({step})" for step in steps)
    return {
        "vi": f"{' '.join(vietnamese)} {short['vi']}",
        "en": f"{english} of {short['en']}",
    }

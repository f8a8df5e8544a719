"""This file is the rule protocol: what a rule is, and the three ways to declare one.

A rule is one file. Its module docstring is the manual: the first line is the duty, then the
sections Why, Whom it hurts, Mend and Limits, and Mend in Markdown where editors can write the
fault. Its function looks at a page or a snapshot and yields one Observation for each target it
looked at; yielding nothing means inapplicable.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeAlias, TypeVar

from linter.findings import RuleCard
from linter.model import Snapshot
from linter.page import Observation, Page
from linter.terms import Severity

PageCheck: TypeAlias = Callable[[Page], Iterator[Observation]]
SiteCheck: TypeAlias = Callable[[Snapshot, Any, date], Iterator[Observation]]
C = TypeVar("C", PageCheck, SiteCheck)

# Mend is for HTML, be it a template's or another site's.
SECTIONS = ("Why", "Whom it hurts", "Mend", "Mend in Markdown", "Limits")
OPTIONAL = ("Mend in Markdown",)


@dataclass(frozen=True)
class NoParams:
    """The parameters of a site rule that takes none."""


@dataclass(frozen=True)
class Rule(RuleCard):
    """One rule as the judge runs it.

    `supersedes` names rules whose finding on the same element is dropped when this rule fails it.
    `at_release` is the severity in a run that judges a site as fit for the public.
    Exactly one of `page_check` and `site_check` is set; a rule with a `params` type other than
    NoParams runs only when a clause gives values.
    """

    supersedes: tuple[str, ...] = ()
    at_release: Severity | None = None
    params: type = NoParams
    page_check: PageCheck | None = None
    site_check: SiteCheck | None = None

    def card(self, sources: tuple[str, ...]) -> RuleCard:
        """The rule without its machinery, for a report."""
        shown = {name.name: getattr(self, name.name) for name in fields(RuleCard)}
        return RuleCard(**{**shown, "sources": sources})

    @property
    def needs_clause(self) -> bool:
        """Whether the rule runs only where a law in force asks for it."""
        return self.family == "law" or self.params is not NoParams


def page_rule(
    severity: str,
    *,
    messages: Mapping[str, str],
    wcag: tuple[str, ...] = (),
    act: tuple[str, ...] = (),
    supersedes: tuple[str, ...] = (),
) -> Callable[[PageCheck], Rule]:
    """Declares a rule that looks at one page's DOM: `def rule(page)`."""

    def declare(check: PageCheck) -> Rule:
        return _rule(check, severity, "static", messages, wcag, act, supersedes, page_check=check)

    return declare


def browser_rule(
    severity: str,
    *,
    messages: Mapping[str, str],
    wcag: tuple[str, ...] = (),
    act: tuple[str, ...] = (),
    supersedes: tuple[str, ...] = (),
) -> Callable[[PageCheck], Rule]:
    """Declares a rule over a page's `rendered` evidence: `def rule(page)`.

    The judge answers for pages without evidence, so the function may rely on `page.rendered`.
    """

    def declare(check: PageCheck) -> Rule:
        return _rule(
            check,
            severity,
            "browser",
            messages,
            wcag,
            act,
            supersedes,
            page_check=check,
        )

    return declare


def site_rule(
    severity: str,
    *,
    messages: Mapping[str, str],
    wcag: tuple[str, ...] = (),
    act: tuple[str, ...] = (),
    params: type = NoParams,
    at_release: Severity | None = None,
) -> Callable[[SiteCheck], Rule]:
    """Declares a rule that looks at a whole site: `def rule(snapshot, params, as_of)`."""

    def declare(check: SiteCheck) -> Rule:
        return _rule(
            check,
            severity,
            "static",
            messages,
            wcag,
            act,
            (),
            params=params,
            at_release=at_release,
            site_check=check,
        )

    return declare


def _rule(
    check: Callable[..., Iterator[Observation]],
    severity: str,
    engine: str,
    messages: Mapping[str, str],
    wcag: tuple[str, ...],
    act: tuple[str, ...],
    supersedes: tuple[str, ...],
    **more: Any,
) -> Rule:
    family, name = check.__module__.split(".")[-2:]
    duty, manual = read_manual(sys.modules[check.__module__].__doc__ or "")
    return Rule(
        id=name.replace("_", "-"),
        family=family,
        severity=Severity(severity),
        engine="law" if family == "law" else engine,
        wcag=wcag,
        act=act,
        messages=messages,
        duty=duty,
        manual=manual,
        supersedes=supersedes,
        **more,
    )


def known_words(given: Iterable[str], known: Collection[str]) -> None:
    """Raises ValueError with the words of a parameter that the rule does not know, and the known.

    A word that no rule knows would name nothing on any site, so the duty would be judged nowhere.
    """
    unknown = [word for word in given if word not in known]
    if unknown:
        raise ValueError(", ".join(unknown), ", ".join(known))


def read_manual(docstring: str) -> tuple[str, Mapping[str, str]]:
    """The duty and the sections of a rule's docstring; each section is one paragraph of text."""
    text = inspect.cleandoc(docstring)
    duty, _, rest = text.partition("\n")
    parts = re.split(rf"^({'|'.join(SECTIONS)}):\s*", rest, flags=re.MULTILINE)
    manual = {
        heading: " ".join(body.split())
        for heading, body in zip(parts[1::2], parts[2::2], strict=True)
    }
    return duty.strip(), manual

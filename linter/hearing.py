"""This file asks the rules: each once for the clauses that want it, of every page and of the site.

What they say of a page's own source depends on that page alone, so it may be heard ahead, in
another process, and kept among the page's notes.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from linter.elements import selector, snippet, what
from linter.law.instrument import CAP_BY_CERTAINTY, Requirement
from linter.model import Snapshot
from linter.page import GATHERED, Observation, Page, Params, Place
from linter.rules.rule import NoParams, Rule
from linter.sheets import is_within_hidden
from linter.terms import Outcome, Severity

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Charge:
    """A rule to run once: with these parameters, for these clauses, at this severity."""

    rule: Rule
    params: Any
    clauses: tuple[str, ...]
    severity: Severity


def charges(rules: Iterable[Rule], binding: Sequence[Requirement]) -> Iterator[Charge]:
    """Each rule with its clauses; clauses that ask the same of one rule share a charge."""
    by_rule: dict[str, list[Requirement]] = defaultdict(list)
    for requirement in binding:
        by_rule[requirement.rule].append(requirement)
    for rule in rules:
        clauses = by_rule.get(rule.id, [])
        if not rule.needs_clause:
            ids = tuple(clause.id for clause in clauses)
            yield Charge(rule, rule.params(), ids, rule.severity)
            continue
        alike: dict[Any, list[Requirement]] = defaultdict(list)
        for clause in clauses:
            alike[clause.params].append(clause)
        for params, group in alike.items():
            gravest = min((_severity(clause) for clause in group), key=lambda s: s.rank)
            ids = tuple(clause.id for clause in group)
            yield Charge(rule, params or NoParams(), ids, gravest.capped(rule.severity))


def _severity(clause: Requirement) -> Severity:
    """What the clause allows; a decision of the project may lift the cap of its certainty."""
    if clause.decided_by:
        return clause.severity
    return clause.severity.capped(CAP_BY_CERTAINTY[clause.sure])


@dataclass(frozen=True, slots=True)
class Heard:
    """An observation without its page and element, so that it may be kept or sent.

    `identity` names the target for its fingerprint. `times` counts targets of which the same is
    said: all that passed, as nothing more is told of them.
    """

    outcome: Outcome
    page: str = ""
    selector: str = ""
    snippet: str = ""
    identity: str = ""
    source: Place | None = None
    message: str = ""
    params: Params = field(default_factory=dict)
    times: int = 1


# What the rules for a page's own source say of it, by the place of the rule among them.
PageHeard = tuple[tuple[int, Heard], ...]


def hear_page(page: Page, rules: Iterable[Rule], binding: Sequence[Requirement]) -> PageHeard:
    """What page rules say that need no browser: it depends on the page alone."""
    return _hear_all(page, _static(charges(rules, binding)))


def _hear_all(page: Page, asked: Sequence[Charge]) -> PageHeard:
    places = {id(charge): place for place, charge in enumerate(asked)}
    passing = Outcome.PASS
    rest: list[tuple[int, Heard]] = []
    passed: list[tuple[int, Heard]] = []
    for charge, told in _ask_on_page(page, asked):
        place = places[id(charge)]
        others = [one for one in told if one.outcome is not passing]
        rest += [(place, _hear(one)) for one in others]
        if count := len(told) - len(others):
            passed.append((place, Heard(Outcome.PASS, times=count)))
    return (*rest, *passed)


def _static(asked: Iterable[Charge]) -> list[Charge]:
    return [one for one in asked if one.rule.page_check and one.rule.engine != "browser"]


def observe(
    snapshot: Snapshot,
    rules: Iterable[Rule],
    unlooked: Iterable[Rule],
    binding: Sequence[Requirement],
    as_of: date,
) -> Iterator[tuple[Charge, Heard]]:
    """What every rule says of every target; rules for which no browser was asked are `unlooked`."""
    for charge in charges(unlooked, binding):
        if charge.clauses:
            yield charge, _hear(snapshot.untested("not-rendered"))
    asked = list(charges(rules, binding))
    for charge in asked:
        if charge.rule.site_check:
            for observation in _ask_site_rule(charge, snapshot, as_of):
                yield charge, _hear(observation)
    static = _static(asked)
    browser = [charge for charge in asked if charge.rule.engine == "browser"]
    for page in snapshot.html_pages:
        if page.rendered is not None:
            for charge, told in _ask_on_page(page, [*static, *browser]):
                yield from ((charge, _hear(observation)) for observation in told)
            continue
        heard: PageHeard | None = page.notes.get("heard")
        for place, said in _hear_all(page, static) if heard is None else heard:
            yield static[place], said
        for charge, told in _ask_on_page(page, browser):
            yield from ((charge, _hear(observation)) for observation in told)


def _ask_on_page(page: Page, asked: Sequence[Charge]) -> Iterator[tuple[Charge, list[Observation]]]:
    """All observations on one page, less those that a better rule made superfluous."""
    seen: list[tuple[Charge, list[Observation]]] = []
    better: set[tuple[str, int]] = set()
    unlooked = _why_not_rendered(page)
    browser_untested = False
    for charge in asked:
        if charge.rule.engine == "browser":
            if page.represented_by:
                continue
            if unlooked:
                if not browser_untested:
                    why = page.rendered.why if page.rendered else {}
                    seen.append((charge, [page.untested(unlooked, **why)]))
                browser_untested = True
                continue
        said = _ask_page_rule(charge, page)
        if charge.rule.family in _PERCEIVED and charge.rule.engine != "browser":
            said = [observation for observation in said if not _is_unperceived(observation)]
        seen.append((charge, said))
        for observation in said if charge.rule.supersedes else ():
            if observation.outcome is Outcome.FAIL and observation.target is not None:
                target = id(observation.target)
                better.update((name, target) for name in charge.rule.supersedes)
    worse = {name for name, _ in better}
    for charge, told in seen:
        name = charge.rule.id
        if name in worse:
            yield charge, [one for one in told if (name, id(one.target)) not in better]
        else:
            yield charge, told


# What these families find fault with in a page's source harms nobody where nobody meets it; sound
# is met wherever it comes from.
_PERCEIVED = frozenset("accessibility aria language navigation wording writing".split())
_HEARD = ("audio", "video", "embed", "iframe")


def _is_unperceived(observation: Observation) -> bool:
    target = observation.target
    unwell = observation.outcome in (Outcome.FAIL, Outcome.REVIEW)
    if not unwell or target is None or isinstance(target, str) or target.tag in _HEARD:
        return False
    return is_within_hidden(target)


def _why_not_rendered(page: Page) -> str:
    """Empty when a browser has left its evidence, else why not."""
    if page.rendered is None:
        return "not-rendered"
    return page.rendered.failed


def _ask_page_rule(charge: Charge, page: Page) -> list[Observation]:
    """A rule that breaks never stops the others: it could not tell, and says so."""
    assert charge.rule.page_check
    try:
        return list(charge.rule.page_check(page))
    except Exception as error:
        log.exception("rule %s broke on %s", charge.rule.id, page.url)
        return [page.untested("rule-broke", rule=charge.rule.id, error=type(error).__name__)]


def _ask_site_rule(charge: Charge, snapshot: Snapshot, as_of: date) -> Iterator[Observation]:
    """One by one: an element that is kept keeps the whole tree of its page in memory."""
    assert charge.rule.site_check
    try:
        yield from charge.rule.site_check(snapshot, charge.params, as_of)
    except Exception as error:
        log.exception("rule %s broke on %s", charge.rule.id, snapshot.site.id)
        yield snapshot.untested("rule-broke", rule=charge.rule.id, error=type(error).__name__)


def _hear(observation: Observation) -> Heard:
    if observation.outcome is Outcome.PASS:
        return _PASSED
    page, target = observation.page, observation.target
    source: Place | None = None
    where = shown = ""
    identity = observation.what or observation.message
    if page is not None and page.source is not None:
        source = Place(page.source.file, 0)
    if isinstance(target, str):
        where, shown = target, observation.snippet
    elif target is not None:
        where, shown = selector(target), snippet(target)
        identity = observation.what or what(target)
        if page is not None and page.source is not None:
            source = page.source.locate(target) or source
    elif page is not None:
        identity += "|" + page.url
    return Heard(
        observation.outcome,
        page.url if page else "",
        where,
        shown,
        identity,
        source,
        observation.message,
        observation.params,
    )


_PASSED = Heard(Outcome.PASS)


def gather(page: Page) -> dict[str, Any]:
    """What rules and facts of a whole site want to know of the page, for the page's notes."""
    found = {}
    for name, ask in GATHERED.items():
        try:
            found[name] = ask(page)
        except Exception:  # who needs it asks again, and then says so
            log.exception("gathering %s broke on %s", name, page.url)
    return found

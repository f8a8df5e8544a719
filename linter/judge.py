"""This file is the judge: a snapshot, the rules and the laws in, a report out, and nothing else.

No clock, network, browser or environment: judging last year's snapshot again gives last year's
report, and another law or date gives another one.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from linter.answers import Answers
from linter.elements import selector, snippet, what
from linter.facts.all import READERS
from linter.findings import (
    ClauseCard,
    Finding,
    PageVerdict,
    Report,
    RuleCard,
    SiteVerdict,
    fingerprint,
)
from linter.law.instrument import CAP_BY_CERTAINTY, Instrument, Requirement
from linter.model import (
    DEEPEST,
    Canary,
    Observation,
    Page,
    Params,
    Place,
    Snapshot,
    Statement,
    Unreached,
)
from linter.rules.law import answered_clause
from linter.rules.rule import NoParams, Rule
from linter.terms import Outcome, Severity, Site, Verdict, fold_verdicts
from linter.waivers import Waiver, accept

log = logging.getLogger(__name__)

# Answers after which a clause waits for nobody.
_SETTLES = ("pass", "fail")


@dataclass(frozen=True)
class Bench:
    """All that a judgement depends on beside the snapshot: the same for every site of a run.

    `fail_on` is the mildest severity whose failed targets fail a page; None fails nothing.
    `baseline` are the fingerprints of faults that stood before: they are told and fail nothing.
    `unlooked` are the rules for which no browser was asked: of a clause that rests on one nothing
    can be told. Without `facts` what the site says is not told.
    """

    rules: Mapping[str, Rule]
    laws: Sequence[Instrument]
    as_of: date
    fail_on: Severity | None = Severity.ERROR
    waivers: Sequence[Waiver] = ()
    answers: Answers = field(default_factory=Answers)
    baseline: frozenset[str] = frozenset()
    unlooked: Mapping[str, Rule] = field(default_factory=dict)
    facts: bool = True


def judge(snapshot: Snapshot, bench: Bench) -> Report:
    """Judges one site. Reports of several sites are put together by merge()."""
    snapshot = _readable(snapshot)
    site = snapshot.site
    binding = _binding(site, bench)
    passed: Counter[tuple[str, str]] = Counter()
    findings: list[Finding] = []
    ordinals: Counter[tuple[str, str]] = Counter()
    untested: dict[str, str] = {}
    asked = [clause for clause in binding if clause.person]
    answered = [*_answers(bench, site.id, asked)]
    for charge, heard in _observe(snapshot, bench, [*binding, *answered]):
        if heard.outcome is Outcome.PASS:
            for clause in charge.clauses or ("",):
                passed[charge.rule.id, clause] += heard.times
            continue
        finding = _finding(snapshot, charge, heard, ordinals)
        settled = _answered(finding, bench)
        if settled is None:
            passed[charge.rule.id, ""] += 1
            continue
        findings.append(replace(settled, known=settled.fingerprint in bench.baseline))
        if heard.outcome is Outcome.UNTESTED:
            untested.setdefault(settled.page, heard.message)
    findings = list(accept(findings, bench.waivers, bench.as_of))
    pages = _page_verdicts(snapshot, findings, untested, bench.fail_on)
    judged = sum(verdict.why == "" for verdict in pages)
    verdicts = [page.verdict for page in pages] + [
        Verdict.FAIL for finding in findings if _blocks(finding, bench.fail_on)
    ]
    if snapshot.canary is Canary.MISSED or not pages:
        verdicts.append(Verdict.COULD_NOT_TELL)
    verdict = fold_verdicts(verdicts)
    sources: dict[str, set[str]] = defaultdict(set)
    for requirement in binding:
        sources[requirement.rule].add(requirement.id)
    settled_clauses = {clause.id for clause in answered if clause.params.outcome in _SETTLES}
    questions = tuple(clause.id for clause in asked if clause.id not in settled_clauses)
    planned = len(pages)
    said = SiteVerdict(
        site,
        verdict,
        planned,
        judged,
        snapshot.canary,
        _statements(snapshot) if bench.facts else (),
        dict(passed),
        questions,
        snapshot.omitted,
    )
    return Report(
        as_of=bench.as_of,
        law=tuple(law.id for law in bench.laws),
        verdict=verdict,
        rules=tuple(
            rule.card(tuple(sorted(sources[rule.id])))
            for rule in (*bench.rules.values(), *bench.unlooked.values())
            if rule.id in bench.rules or sources[rule.id]
        ),
        sites=(said,),
        pages=pages,
        findings=tuple(sorted(findings, key=_gravest_first)),
        axe=snapshot.axe,
        browser=snapshot.browser,
        clauses=_clause_cards(binding),
        instruments=tuple(law.card for law in bench.laws),
    )


def _binding(site: Site, bench: Bench) -> list[Requirement]:
    return [
        requirement
        for law in bench.laws
        for requirement in law.requirements
        if requirement.binds_site(site, bench.as_of)
    ]


def _readable(snapshot: Snapshot) -> Snapshot:
    """The snapshot without the pages that nobody can read as they are written; these are named."""
    told = [
        Unreached(page.url, "no-text")
        if not page.is_text
        else Unreached(page.url, "too-deep", {"limit": DEEPEST})
        for page in snapshot.html_pages
        if not page.is_text or page.is_too_deep
    ]
    if not told:
        return snapshot
    unread = {unreached.url for unreached in told}
    return replace(
        snapshot,
        pages=tuple(page for page in snapshot.pages if page.url not in unread),
        unreached=(*snapshot.unreached, *told),
        files={
            **snapshot.files,
            **{page.url: len(page.body) for page in snapshot.pages if page.url in unread},
        },
    )


def _answers(bench: Bench, site: str, asked: Iterable[Requirement]) -> Iterator[Requirement]:
    """Each clause that a person has answered for the site, as a rule judges the answer."""
    for clause in asked:
        answer = bench.answers.to_clause(site, clause.id, bench.as_of)
        if answer is not None:
            said = answered_clause.Params(
                answer.outcome, answer.who, answer.when.isoformat(), answer.evidence
            )
            yield replace(clause, rule=answered_clause.rule.id, params=said)


def _clause_cards(binding: Iterable[Requirement]) -> tuple[ClauseCard, ...]:
    """Each clause once, with the weakest certainty that any of its duties has."""
    certainties = list(CAP_BY_CERTAINTY)
    cards: dict[str, ClauseCard] = {}
    for requirement in binding:
        card = requirement.card
        known = cards.setdefault(card.id, card)
        if certainties.index(card.sure) > certainties.index(known.sure):
            cards[card.id] = replace(known, sure=card.sure)
    return tuple(cards.values())


def _statements(snapshot: Snapshot) -> tuple[Statement, ...]:
    """The facts that the site states, as a report tells them."""
    told: list[Statement] = []
    for kind, read in READERS.items():
        try:
            facts = read(snapshot)
        except Exception:
            log.exception("reading %s broke on %s", kind, snapshot.site.id)
            continue
        for fact in facts:
            where = "" if fact.element is None else selector(fact.element)
            told.append(Statement(kind, fact.value, fact.page.url, where, fact.confidence))
    return tuple(told)


def merge(reports: Sequence[Report], as_of: date, law: tuple[str, ...] = ()) -> Report:
    """One report of many sites; a run without any site could not tell."""
    return Report(
        as_of=as_of,
        law=reports[0].law if reports else law,
        verdict=fold_verdicts([report.verdict for report in reports] or [Verdict.COULD_NOT_TELL]),
        rules=_merge_cards(reports),
        sites=tuple(site for report in reports for site in report.sites),
        pages=tuple(page for report in reports for page in report.pages),
        findings=tuple(
            sorted((f for report in reports for f in report.findings), key=_gravest_first)
        ),
        axe=next((report.axe for report in reports if report.axe), ""),
        browser=next((report.browser for report in reports if report.browser), ""),
        mended=tuple(text for report in reports for text in report.mended),
        clauses=tuple({card.id: card for report in reports for card in report.clauses}.values()),
        instruments=reports[0].instruments if reports else (),
    )


def _merge_cards(reports: Sequence[Report]) -> tuple[RuleCard, ...]:
    """Each rule once, with the clauses of every kind of site that asked for it."""
    cards: dict[str, RuleCard] = {}
    for report in reports:
        for card in report.rules:
            known = cards.setdefault(card.id, card)
            if not set(card.sources) <= set(known.sources):
                both = tuple(sorted({*known.sources, *card.sources}))
                cards[card.id] = replace(known, sources=both)
    return tuple(cards.values())


@dataclass(frozen=True)
class _Charge:
    """A rule to run once: with these parameters, for these clauses, at this severity."""

    rule: Rule
    params: Any
    clauses: tuple[str, ...]
    severity: Severity


def _charges(rules: Iterable[Rule], binding: Sequence[Requirement]) -> Iterator[_Charge]:
    """Each rule with its clauses; clauses that ask the same of one rule share a charge."""
    by_rule: dict[str, list[Requirement]] = defaultdict(list)
    for requirement in binding:
        by_rule[requirement.rule].append(requirement)
    for rule in rules:
        clauses = by_rule.get(rule.id, [])
        if not rule.needs_clause:
            ids = tuple(clause.id for clause in clauses)
            yield _Charge(rule, rule.params(), ids, rule.severity)
            continue
        alike: dict[Any, list[Requirement]] = defaultdict(list)
        for clause in clauses:
            alike[clause.params].append(clause)
        for params, group in alike.items():
            gravest = min((_severity(clause) for clause in group), key=lambda s: s.rank)
            ids = tuple(clause.id for clause in group)
            yield _Charge(rule, params or NoParams(), ids, gravest.capped(rule.severity))


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


def hear(page: Page, site: Site, bench: Bench) -> PageHeard:
    """What page rules say that need no browser: it depends on the page alone.

    Kept among the page's notes ("heard"), it spares judge() to ask them again.
    """
    charges = _static(_charges(bench.rules.values(), _binding(site, bench)))
    places = {id(charge): place for place, charge in enumerate(charges)}
    passed: Counter[int] = Counter()
    rest: list[tuple[int, Heard]] = []
    for charge, observation in _judge_page(page, charges):
        if observation.outcome is Outcome.PASS:
            passed[places[id(charge)]] += 1
        else:
            rest.append((places[id(charge)], _hear(observation)))
    return (*rest, *((place, Heard(Outcome.PASS, times=n)) for place, n in passed.items()))


def _static(charges: Iterable[_Charge]) -> list[_Charge]:
    return [one for one in charges if one.rule.page_check and one.rule.engine != "browser"]


def _observe(
    snapshot: Snapshot, bench: Bench, binding: Sequence[Requirement]
) -> Iterator[tuple[_Charge, Heard]]:
    for charge in _charges(bench.unlooked.values(), binding):
        if charge.clauses:
            yield charge, _hear(snapshot.untested("not-rendered"))
    charges = list(_charges(bench.rules.values(), binding))
    for charge in charges:
        if charge.rule.site_check:
            for observation in _run_site(charge, snapshot, bench.as_of):
                yield charge, _hear(observation)
    static = _static(charges)
    browser = [charge for charge in charges if charge.rule.engine == "browser"]
    for page in snapshot.html_pages:
        heard: PageHeard | None = page.notes.get("heard")
        known = heard is not None and page.rendered is None
        for place, said in heard if heard is not None and known else ():
            yield static[place], said
        for charge, observation in _judge_page(page, browser if known else [*static, *browser]):
            yield charge, _hear(observation)


def _judge_page(page: Page, charges: Sequence[_Charge]) -> Iterator[tuple[_Charge, Observation]]:
    """All observations on one page, less those that a better rule made superfluous."""
    seen: list[tuple[_Charge, Observation]] = []
    better: set[tuple[str, int]] = set()
    unlooked = _why_not_rendered(page)
    browser_untested = False
    for charge in charges:
        if charge.rule.engine == "browser":
            if page.represented_by:
                continue
            if unlooked:
                if not browser_untested:
                    why = page.rendered.why if page.rendered else {}
                    seen.append((charge, page.untested(unlooked, **why)))
                browser_untested = True
                continue
        for observation in _run_page(charge, page):
            seen.append((charge, observation))
            if observation.outcome is Outcome.FAIL and observation.target is not None:
                target = id(observation.target)
                better.update((name, target) for name in charge.rule.supersedes)
    for charge, observation in seen:
        if (charge.rule.id, id(observation.target)) not in better:
            yield charge, observation


def _why_not_rendered(page: Page) -> str:
    """Empty when a browser has left its evidence, else why not."""
    if page.rendered is None:
        return "not-rendered"
    return page.rendered.failed


def _run_page(charge: _Charge, page: Page) -> list[Observation]:
    """A rule that breaks never stops the others: it could not tell, and says so."""
    assert charge.rule.page_check
    try:
        return list(charge.rule.page_check(page))
    except Exception as error:
        log.exception("rule %s broke on %s", charge.rule.id, page.url)
        return [page.untested("rule-broke", rule=charge.rule.id, error=type(error).__name__)]


def _run_site(charge: _Charge, snapshot: Snapshot, as_of: date) -> Iterator[Observation]:
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


def _finding(
    snapshot: Snapshot, charge: _Charge, heard: Heard, ordinals: Counter[tuple[str, str]]
) -> Finding:
    ordinal = ordinals[charge.rule.id, heard.identity]
    ordinals[charge.rule.id, heard.identity] += 1
    return Finding(
        rule=charge.rule.id,
        requirements=charge.clauses,
        outcome=heard.outcome,
        severity=charge.severity,
        site=snapshot.site.id,
        page=heard.page or snapshot.site.url,
        selector=heard.selector,
        snippet=heard.snippet,
        source=heard.source,
        message=heard.message,
        params=heard.params,
        fingerprint=fingerprint(charge.rule.id, snapshot.site.id, heard.identity, ordinal),
    )


def _answered(finding: Finding, bench: Bench) -> Finding | None:
    """A review that a person has settled becomes a fail, or nothing; others stay as they are."""
    if finding.outcome is not Outcome.REVIEW:
        return finding
    answer = bench.answers.to_finding(finding.rule, finding.fingerprint, bench.as_of)
    if answer is None:
        return finding
    return replace(finding, outcome=Outcome.FAIL) if answer.outcome == "fail" else None


def _blocks(finding: Finding, fail_on: Severity | None) -> bool:
    return (
        finding.outcome is Outcome.FAIL
        and not finding.waived
        and not finding.known
        and fail_on is not None
        and finding.severity.rank <= fail_on.rank
    )


def _page_verdicts(
    snapshot: Snapshot,
    findings: Iterable[Finding],
    untested: Mapping[str, str],
    fail_on: Severity | None,
) -> tuple[PageVerdict, ...]:
    failed = {finding.page for finding in findings if _blocks(finding, fail_on)}
    verdicts = []
    for page in snapshot.html_pages:
        why = untested.get(page.url, "")
        verdict = (
            Verdict.FAIL if page.url in failed else Verdict.COULD_NOT_TELL if why else Verdict.PASS
        )
        verdicts.append(PageVerdict(page.url, snapshot.site.id, verdict, why))
    for unreached in snapshot.unreached:
        verdicts.append(
            PageVerdict(
                unreached.url,
                snapshot.site.id,
                Verdict.COULD_NOT_TELL,
                unreached.reason,
                unreached.params,
            )
        )
    return tuple(verdicts)


def _gravest_first(finding: Finding) -> tuple[Any, ...]:
    order = list(Outcome)
    return (
        finding.severity.rank,
        order.index(finding.outcome),
        finding.rule,
        finding.page,
        finding.selector,
        finding.fingerprint,
    )

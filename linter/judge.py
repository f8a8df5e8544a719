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
from linter.elements import selector
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
from linter.hearing import Charge, Heard, PageHeard, hear_page, observe
from linter.law.instrument import CAP_BY_CERTAINTY, Instrument, Requirement
from linter.model import Canary, Snapshot, Statement, Unreached
from linter.page import DEEPEST, Page
from linter.rules.law import answered_clause
from linter.rules.rule import Rule
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
    untested: dict[str, Finding] = {}
    asked = [clause for clause in binding if clause.person]
    answered = [*_answers(bench, site.id, asked)]
    for charge, heard in observe(
        snapshot, bench.rules.values(), bench.unlooked.values(), [*binding, *answered], bench.as_of
    ):
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
            untested.setdefault(settled.page, settled)
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
        clauses=_clause_cards(requirement.card for requirement in binding),
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


def _clause_cards(cards: Iterable[ClauseCard]) -> tuple[ClauseCard, ...]:
    """Each clause once: the weakest certainty of its duties, the question of it for a person."""
    certainties = list(CAP_BY_CERTAINTY)
    found: dict[str, ClauseCard] = {}
    for card in cards:
        known = found.setdefault(card.id, card)
        weakest = max(known.sure, card.sure, key=certainties.index)
        found[card.id] = replace(known, sure=weakest, person=known.person or card.person)
    return tuple(found.values())


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
        clauses=_clause_cards(card for report in reports for card in report.clauses),
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


def hear(page: Page, site: Site, bench: Bench) -> PageHeard:
    """What page rules say that need no browser, to be kept among the page's notes ("heard").

    It spares judge() to ask them again.
    """
    return hear_page(page, bench.rules.values(), _binding(site, bench))


def _finding(
    snapshot: Snapshot, charge: Charge, heard: Heard, ordinals: Counter[tuple[str, str]]
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
    untested: Mapping[str, Finding],
    fail_on: Severity | None,
) -> tuple[PageVerdict, ...]:
    failed = {finding.page for finding in findings if _blocks(finding, fail_on)}
    verdicts = []
    for page in snapshot.html_pages:
        why = untested.get(page.url)
        verdict = Verdict.PASS if why is None else Verdict.COULD_NOT_TELL
        if page.url in failed:
            verdict = Verdict.FAIL
        said = (why.message, why.params) if why else ()
        verdicts.append(PageVerdict(page.url, snapshot.site.id, verdict, *said))
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

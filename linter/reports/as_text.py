"""This file writes a report as plain text, for a screen or a log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

from linter import waivers
from linter.findings import Report
from linter.messages import N_, format_date, say, say_reason, translate
from linter.model import Canary
from linter.reports.wording import (
    SEVERITIES,
    VERDICTS,
    Cause,
    cards_of,
    clauses_of,
    fold_causes,
    say_finding,
    say_grounds,
    say_laws,
    say_mend,
    say_notes,
    say_omission,
    say_place,
)
from linter.terms import Outcome, Severity

MOST_UNJUDGED = 20
# Rules with the words on how to mend: these are told once.
Explained: TypeAlias = set[tuple[str, str]]


def write(report: Report, lang: str, most: int | None = None) -> str:
    """Findings by cause, gravest first, then what the run as a whole says.

    What stands in the baseline is only counted. `most` shows so many causes and counts the rest.
    """
    lines: list[str] = []
    explained: Explained = set()
    causes = fold_causes(tuple(f for f in report.findings if not f.known))
    for cause in causes[:most]:
        lines.extend(_tell(cause, report, lang, explained))
    if most is not None and len(causes) > most:
        params = {"count": len(causes) - most}
        lines += [say("And {count} more; the report has them all.", params, lang, "reports"), ""]
    return "\n".join(lines) + "\n" * bool(lines) + sum_up(report, lang)


def sum_up(report: Report, lang: str) -> str:
    """What the run as a whole says, in a few lines."""
    return "\n".join(_sum_up(report, lang)) + "\n"


def _tell(cause: Cause, report: Report, lang: str, explained: Explained) -> Iterator[str]:
    finding = cause.first
    card = cards_of(report)[finding.rule]
    weight = {
        Outcome.REVIEW: translate("a person must look", lang, "reports"),
        Outcome.UNTESTED: translate("not judged", lang, "reports"),
    }.get(finding.outcome) or translate(SEVERITIES[finding.severity], lang, "reports")
    yield say_place(finding.source) or finding.page
    grounds = say_grounds(finding, card, clauses_of(report), lang)
    yield f"  {weight}: {say_finding(finding, card, lang)} [{finding.rule}]" + (
        f" ({grounds})" if grounds else ""
    )
    if finding.snippet:
        yield f"    {finding.snippet}"
    if cause.pages > 1:
        params = {"pages": cause.pages, "sites": cause.sites}
        yield "    " + say("On {pages} pages of {sites} sites.", params, lang, "reports")
    elif finding.source:
        yield f"    {finding.page}"
    for note in say_notes(finding, report, lang):
        yield f"    {note}"
    mend = say_mend(finding, card, lang)
    if mend and (finding.rule, mend) not in explained:
        explained.add((finding.rule, mend))
        yield "    " + say("To mend it: {mend}", {"mend": mend}, lang, "reports")
    if finding.waived:
        yield "    " + say("Accepted by waiver {id}.", {"id": finding.waived}, lang, "reports")
    elif finding.outcome is not Outcome.UNTESTED and finding.rule != waivers.CARD.id:
        known = {"fingerprint": finding.fingerprint}
        yield "    " + say("Fingerprint, for congtin waive: {fingerprint}", known, lang, "reports")
    yield ""


def _sum_up(report: Report, lang: str) -> Iterator[str]:
    fails = Counter(
        finding.severity
        for finding in report.findings
        if finding.outcome is Outcome.FAIL and not finding.waived and not finding.known
    )
    known = sum(finding.known for finding in report.findings)
    others = Counter(finding.outcome for finding in report.findings if not finding.known)
    params = {
        "verdict": translate(VERDICTS[report.verdict], lang, "reports"),
        "judged": report.judged,
        "planned": report.planned,
        "sites": len(report.sites),
        "errors": fails[Severity.ERROR],
        "warnings": fails[Severity.WARNING],
        "notices": fails[Severity.NOTICE],
        "reviews": others[Outcome.REVIEW],
        "untested": others[Outcome.UNTESTED],
        "known": known,
        "mended": len(report.mended),
        "questions": sum(len(said.questions) for said in report.sites),
        "day": format_date(report.as_of.isoformat(), lang),
        "law": "; ".join(say_laws(report, lang)) or ", ".join(report.law),
        "axe": report.axe,
        "browser": report.browser,
    }
    yield say("Verdict: {verdict}. {judged} of {planned} pages judged.", params, lang, "reports")
    yield say("{errors} errors, {warnings} warnings, {notices} notices.", params, lang, "reports")
    if known or report.mended:
        yield say("{known} stand in the baseline, {mended} are mended.", params, lang, "reports")
    if others[Outcome.REVIEW] or others[Outcome.UNTESTED]:
        yield say(
            "{reviews} places a person must look at, {untested} not judged.",
            params,
            lang,
            "reports",
        )
    for page in [page for page in report.pages if page.why][:MOST_UNJUDGED]:
        why = say_reason(page.why, page.params, lang)
        yield say(N_("Not judged: {url}: {why}"), {"url": page.url, "why": why}, lang, "reports")
    for said in report.sites:
        yield from (say_omission(omission, lang) for omission in said.omitted)
    if params["questions"]:
        yield say("{questions} clauses of the law wait for a person.", params, lang, "reports")
    if report.law:
        yield say("By the law of {day}: {law}.", params, lang, "reports")
    match report.canary:
        case Canary.NOT_RUN:
            yield translate(
                "No browser was used: rendered faults were not looked for.", lang, "reports"
            )
        case Canary.SEEN:
            yield say("Browser: {browser}; axe-core {axe}.", params, lang, "reports")
        case Canary.MISSED:
            yield translate(
                "The page with known faults came back clean: the browser run is void.", lang
            )

"""This file words findings and folds those that have one cause; every format tells them so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from linter.findings import ClauseCard, Finding, Report, RuleCard
from linter.messages import N_, fill, say, say_reason, translate
from linter.model import Omission
from linter.page import Place
from linter.terms import Outcome, Severity, Verdict

_GAP = re.compile(r"\{\w+(?::\w+)?\}")
SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.NOTICE: N_("notice"),
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.PASS: N_("passed"),
    Outcome.FAIL: N_("failed"),
    Outcome.REVIEW: N_("a person must look"),
    Outcome.UNTESTED: N_("not judged"),
}
VERDICTS: Mapping[Verdict, str] = {
    Verdict.PASS: N_("pass"),
    Verdict.FAIL: N_("fail"),
    Verdict.COULD_NOT_TELL: N_("could not tell"),
}
# What a crawl left out on purpose.
OMISSIONS: Mapping[str, str] = {
    "pages": N_("the limit of pages was reached"),
    "bytes": N_("the limit of megabytes was reached"),
    "seconds": N_("the limit of time was reached"),
    "depth": N_("too far from the home page"),
    "frontier": N_("more links than can be followed"),
    "robots": N_("forbidden by robots.txt"),
    "files": N_("files, not pages"),
    "sorting": N_("the same lists in another order"),
    "calendar": N_("calendars without end"),
    "paging": N_("lists with too many pages"),
    "queries": N_("one address with too many queries"),
    "repeating-path": N_("folders that repeat without end"),
    "long-address": N_("addresses too long to be meant"),
    "elsewhere": N_("redirects to other hosts"),
}


# What is said of a clause that was not read whole.
CERTAINTIES: Mapping[str, str] = {
    "excerpt": N_("{clause} is known by an excerpt only: at most a warning."),
    "memory": N_("{clause} is known from memory only: at most a notice."),
    "inferred": N_("{clause} is inferred, no text says it so: at most a notice."),
}
_DOMAIN = "reports"


@dataclass(frozen=True)
class Cause:
    """Findings that one change mends: same rule and message, from the same line of a source file.

    Findings without a source line stand alone. `first` is shown; `sites` and `pages` count.
    """

    first: Finding
    findings: tuple[Finding, ...]

    @property
    def sites(self) -> int:
        """On how many sites the fault stands."""
        return len({finding.site for finding in self.findings})

    @property
    def pages(self) -> int:
        """On how many pages the fault stands."""
        return len({(finding.site, finding.page) for finding in self.findings})


def fold_causes(findings: tuple[Finding, ...]) -> list[Cause]:
    """Findings by cause, in the order of their first."""
    groups: dict[object, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.cause or id(finding)].append(finding)
    return [Cause(group[0], tuple(group)) for group in groups.values()]


def say_finding(finding: Finding, card: RuleCard, lang: str) -> str:
    """What is wrong, in a sentence."""
    if finding.outcome is Outcome.UNTESTED:
        return say_reason(finding.message, finding.params, lang)
    template = card.messages[finding.message]
    return fill(say_text(card, template, lang), finding.params, lang)


def say_text(card: RuleCard, text: str, lang: str) -> str:
    """A text of the rule in the reader's language: a message, the duty, a part of the manual."""
    known = card.translations.get(lang, {}).get(text)
    return known or translate(text, lang, domain=card.family, context=card.id)


def say_pattern(card: RuleCard, message: str, lang: str) -> str:
    """What the rule says of no page in particular: an ellipsis for what a finding fills in."""
    return _GAP.sub("…", say_text(card, message, lang))


def say_manual(card: RuleCard, heading: str, lang: str) -> str:
    """A section of the rule's manual; empty when it has none of that heading."""
    return say_text(card, card.manual.get(heading, ""), lang)


def say_mend(finding: Finding, card: RuleCard, lang: str) -> str:
    """How to mend a fault where it stands; empty of what did not fail.

    What editors write is mended in Markdown; a template, or a page of another site, in HTML.
    """
    if finding.outcome is not Outcome.FAIL:
        return ""
    in_markdown = finding.source is not None and finding.source.file.endswith(".md")
    own = say_manual(card, "Mend in Markdown", lang) if in_markdown else ""
    return own or say_manual(card, "Mend", lang)


def say_duty(card: RuleCard, lang: str) -> str:
    """What the rule demands, in a sentence."""
    return say_text(card, card.duty, lang)


def say_place(place: Place | None) -> str:
    """file:line, or the file alone when the fault is in the file as a whole."""
    if place is None:
        return ""
    return f"{place.file}:{place.line}" if place.line else place.file


def source_of(finding: Finding) -> Place | None:
    """Where to mend it; None for what a whole page lacks that no document makes.

    Nothing new in a section is no fault of the template that lists it.
    """
    place = finding.source
    if place is None or finding.selector or place.file.startswith("content/"):
        return place
    return None


def say_omission(omission: Omission, lang: str) -> str:
    """What was left out, how often, and an example."""
    params = {
        "why": translate(OMISSIONS[omission.reason], lang, domain="reports"),
        "count": omission.count,
        "example": omission.example,
    }
    return say(N_("Not visited: {why} ({count}, such as {example})."), params, lang, "reports")


def say_grounds(
    finding: Finding, card: RuleCard, clauses: Mapping[str, ClauseCard], lang: str
) -> str:
    """Clauses and success criteria that demand it, as a lawyer cites them."""
    cited = [
        f"{clauses[name].cite[lang]} [{name}]" if name in clauses else name
        for name in finding.requirements
    ]
    return ", ".join([*cited, *(f"WCAG {criterion}" for criterion in card.wcag)])


def say_notes(finding: Finding, report: Report, lang: str) -> tuple[str, ...]:
    """What a reader must know of the clauses: how surely they are known, what a breach may cost."""
    known = report.card_of_clause
    clauses = [known[name] for name in finding.requirements if name in known]
    notes = []
    for clause in clauses:
        if clause.sure in CERTAINTIES:
            params = {"clause": clause.cite[lang], "basis": clause.decided_by}
            notes.append(say(CERTAINTIES[clause.sure], params, lang, _DOMAIN))
        if clause.sure in CERTAINTIES and clause.decided_by:
            text = N_("It counts for more by a decision of its own: {basis}.")
            notes.append(say(text, {"basis": clause.decided_by}, lang, _DOMAIN))
        if clause.fine:
            low, high = clause.fine
            params = {"clause": clause.cite[lang], "low": str(low), "high": str(high)}
            text = N_("For information: a fine of {low} to {high} million dong ({clause}).")
            notes.append(say(text, params, lang, _DOMAIN))
    return tuple(dict.fromkeys(notes))


def say_laws(report: Report, lang: str) -> tuple[str, ...]:
    """Each instrument that the run judged by, with its days; and those not in force on that day."""
    said = []
    for law in report.instruments:
        start, end = law.in_force
        alive = start <= report.as_of and (end is None or report.as_of <= end)
        if not alive and end is None:
            text = N_("{name} (from {start:date}): not in force on that day, judges nothing")
        elif not alive:
            text = N_(
                "{name} ({start:date} – {end:date}): not in force on that day, judges nothing"
            )
        elif end:
            text = N_("{name} ({start:date} – {end:date})")
        else:
            text = N_("{name} (from {start:date})")
        params = {
            "name": law.short[lang],
            "start": start.isoformat(),
            "end": end.isoformat() if end else "",
        }
        said.append(say(text, params, lang, _DOMAIN))
    return tuple(said)

"""This file writes a report as a small static site: an overview and a page for each site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from linter.messages import N_, format_date, say, say_reason, translate
from linter.model import Canary, Finding, Outcome, Report, Severity, SiteVerdict
from linter.reports.wording import (
    OUTCOMES,
    SEVERITIES,
    VERDICTS,
    Cause,
    cards_of,
    clauses_of,
    fold_causes,
    say_finding,
    say_grounds,
    say_laws,
    say_manual,
    say_notes,
    say_omission,
    say_place,
)

_HERE = Path(__file__).parent / "html"
_DOMAIN = "reports"

FACTS: Mapping[str, str] = {
    "organisation": N_("Organisation"),
    "responsible-person": N_("Person responsible"),
    "editorial-board": N_("Editorial board"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "address": N_("Address"),
    "licence": N_("Licence"),
    "licence-date": N_("Licence issued on"),
    "licence-authority": N_("Licence issued by"),
    "governing-body": N_("Governing body"),
    "source-rule": N_("Source rule"),
    "search": N_("Search"),
    "sitemap": N_("Site map"),
    "feed": N_("Feed"),
    "language": N_("Language"),
    "declared-language": N_("Language by the lang attribute"),
    "latest-update": N_("Latest update"),
    "fax": N_("Fax"),
    "feedback": N_("Where questions may be sent"),
    "moderation-rules": N_("Moderation rules"),
    "emc-label": N_("Label of the measuring system"),
    "rating": N_("Rating of satisfaction"),
    "national-services": N_("National Public Service Portal"),
    "government-portal": N_("Portal of the Government"),
}


@dataclass(frozen=True)
class Row:
    """One site in the overview, with how many findings it has of each weight."""

    said: SiteVerdict
    file: str
    errors: int
    warnings: int
    notices: int
    reviews: int
    untested: int


def write(report: Report, lang: str, mistakes: Sequence[str] = ()) -> Mapping[str, bytes]:
    """Every file of the report by name; `mistakes` are lines on what could not be built."""
    rows = [_row(said, report) for said in report.sites]
    files = dict(write_overview(report, rows, lang, mistakes))
    for row in rows:
        files.update(_write_site(row.said, report, lang, ()))
    return files


def write_overview(
    report: Report, rows: Sequence[Row], lang: str, mistakes: Sequence[str] = ()
) -> Mapping[str, bytes]:
    """The first page, with a row for each site, and its style sheet."""
    shared = [cause for cause in fold_causes(report.findings) if cause.sites > 1]
    page = _environment().get_template("index.jinja")
    text = page.render(
        **_words(report, lang),
        rows=rows,
        shared=shared,
        mistakes=mistakes,
        browser=_browser(report, lang),
    )
    return {"index.html": text.encode("utf-8"), "report.css": (_HERE / "report.css").read_bytes()}


def write_site(
    report: Report, lang: str, pictures: Sequence[tuple[str, bytes]] = ()
) -> Mapping[str, bytes]:
    """The page of the one site of a report, with pictures (PNG) of some pages by address."""
    return _write_site(report.sites[0], report, lang, pictures)


def _write_site(
    said: SiteVerdict, report: Report, lang: str, pictures: Sequence[tuple[str, bytes]]
) -> Mapping[str, bytes]:
    file = file_of(said.site.id)
    shown = {
        f"{file.removesuffix('.html')}-{number}.png": png
        for number, (_, png) in enumerate(pictures, 1)
    }
    own = [page for page in report.pages if page.site == said.site.id and page.why]
    text = (
        _environment()
        .get_template("site.jinja")
        .render(
            **_words(report, lang),
            said=said,
            name=said.site.name or said.site.id,
            groups=_groups(said, report, lang),
            unjudged=own,
            why=lambda page: say_reason(page.why, page.params, lang),
            omitted=[say_omission(omission, lang) for omission in said.omitted],
            pictures=list(zip(shown, [url for url, _ in pictures], strict=True)),
        )
    )
    return {file: text.encode("utf-8"), **shown}


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _words(report: Report, lang: str) -> dict[str, Any]:
    """What every template may call to turn data into the reader's language."""
    cards = cards_of(report)
    clauses = clauses_of(report)
    cites = {name: (clause.cite[lang], clause.says[lang]) for name, clause in clauses.items()}

    def t(text: str, **params: Any) -> str:
        return say(text, params, lang, domain=_DOMAIN)

    def weight(finding: Finding) -> str:
        if finding.outcome is Outcome.FAIL:
            return translate(SEVERITIES[finding.severity], lang, domain=_DOMAIN)
        return translate(OUTCOMES[finding.outcome], lang, domain=_DOMAIN)

    return {
        "report": report,
        "lang": lang,
        "day": format_date(report.as_of.isoformat(), lang),
        "t": t,
        "weight": weight,
        "text": lambda finding: say_finding(finding, cards[finding.rule], lang),
        "mend": lambda finding: (
            say_manual(cards[finding.rule], "Mend", lang) if finding.outcome is Outcome.FAIL else ""
        ),
        "grounds": lambda finding: say_grounds(
            finding, cards[finding.rule], clauses_of(report), lang
        ),
        "notes": lambda finding: say_notes(finding, report, lang),
        "laws": say_laws(report, lang) or report.law,
        "clause": lambda name: cites.get(name, ("", "")),
        "place": lambda finding: say_place(finding.source),
        "verdict_word": lambda verdict: translate(VERDICTS[verdict], lang, domain=_DOMAIN),
        "fact_word": lambda kind: translate(FACTS[kind], lang, domain=_DOMAIN),
    }


def _row(said: SiteVerdict, report: Report) -> Row:
    own = [finding for finding in report.findings if finding.site == said.site.id]
    outcomes = Counter(finding.outcome for finding in own)
    fails = Counter(
        finding.severity
        for finding in own
        if finding.outcome is Outcome.FAIL and not finding.waived
    )
    return Row(
        said,
        file=file_of(said.site.id),
        errors=fails[Severity.ERROR],
        warnings=fails[Severity.WARNING],
        notices=fails[Severity.NOTICE],
        reviews=outcomes[Outcome.REVIEW],
        untested=outcomes[Outcome.UNTESTED],
    )


def file_of(site_id: str) -> str:
    """The name of a site's page beside the overview."""
    return f"site-{''.join(char if char.isalnum() else '-' for char in site_id)}.html"


def _groups(said: SiteVerdict, report: Report, lang: str) -> list[tuple[str, list[Cause]]]:
    """The site's findings under a heading each: by severity, then what was not decided."""
    own = tuple(finding for finding in report.findings if finding.site == said.site.id)
    causes = fold_causes(own)
    headings: list[tuple[str, list[Cause]]] = []
    for severity, heading in (
        (Severity.ERROR, N_("Errors")),
        (Severity.WARNING, N_("Warnings")),
        (Severity.NOTICE, N_("Notices")),
    ):
        headings.append((heading, [c for c in causes if _is(c, Outcome.FAIL, severity)]))
    headings.append((N_("For a person to look at"), [c for c in causes if _is(c, Outcome.REVIEW)]))
    headings.append((N_("Could not be judged"), [c for c in causes if _is(c, Outcome.UNTESTED)]))
    return [
        (translate(heading, lang, domain=_DOMAIN), found) for heading, found in headings if found
    ]


def _is(cause: Cause, outcome: Outcome, severity: Severity | None = None) -> bool:
    first = cause.first
    return first.outcome is outcome and severity in (None, first.severity)


def _browser(report: Report, lang: str) -> str:
    """What a reader must know of the browser run before believing the rest."""
    match report.canary:
        case Canary.SEEN:
            params = {"browser": report.browser, "axe": report.axe}
            return say(N_("Browser: {browser}; axe-core {axe}."), params, lang, domain=_DOMAIN)
        case Canary.MISSED:
            text = N_("The page with known faults came back clean: the browser run is void.")
        case _:
            text = N_("No browser was used: rendered faults were not looked for.")
    return translate(text, lang, domain=_DOMAIN)

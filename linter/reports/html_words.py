"""This file gives the templates of the HTML report their words in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from linter.findings import Finding, Report
from linter.history.score import Loss
from linter.messages import N_, format_date, say, say_reason, translate
from linter.model import Canary
from linter.reports.menders import MENDERS
from linter.reports.wording import (
    OUTCOMES,
    SEVERITIES,
    VERDICTS,
    say_duty,
    say_finding,
    say_grounds,
    say_laws,
    say_mend,
    say_notes,
    say_place,
    source_of,
)
from linter.terms import Outcome

HERE = Path(__file__).parent / "html"
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


@cache
def environment() -> Environment:
    """The templates, which escape all that they are given."""
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def words(report: Report, lang: str) -> dict[str, Any]:
    """What every template may call to turn data into the reader's language."""
    cards = report.card_of_rule
    clauses = report.card_of_clause
    cites = {name: (clause.cite[lang], clause.says[lang]) for name, clause in clauses.items()}

    def t(text: str, **params: Any) -> str:
        return say(text, params, lang, domain=_DOMAIN)

    def word(text: str) -> str:
        return translate(text, lang, domain=_DOMAIN)

    def weight(finding: Finding) -> str:
        if finding.outcome is Outcome.FAIL:
            return word(SEVERITIES[finding.severity])
        return word(OUTCOMES[finding.outcome])

    def lost_for(loss: Loss) -> str:
        if loss.clause:
            return cites.get(loss.clause, (loss.clause, ""))[0]
        return say_duty(cards[loss.rule], lang) if loss.rule in cards else loss.rule

    return {
        "report": report,
        "lang": lang,
        "day": format_date(report.as_of.isoformat(), lang),
        "say_day": lambda day: format_date(day.isoformat(), lang),
        "number": lambda value: format_decimal(value, format="#,##0.##", locale=lang),
        "t": t,
        "weight": weight,
        "text": lambda finding: say_finding(finding, cards[finding.rule], lang),
        "mend": lambda finding: say_mend(finding, cards[finding.rule], lang),
        "grounds": lambda finding: say_grounds(finding, cards[finding.rule], clauses, lang),
        "demands": lambda finding: [cites[name] for name in finding.requirements if name in cites],
        "notes": lambda finding: say_notes(finding, report, lang),
        "laws": say_laws(report, lang) or report.law,
        "clause": lambda name: cites.get(name, (name, "")),
        "question": lambda name: clauses[name].person[lang] if name in clauses else "",
        "lost_for": lost_for,
        "place": lambda finding: say_place(source_of(finding)),
        "why": lambda page: say_reason(page.why, page.params, lang),
        "mender_word": lambda mender: word(MENDERS[mender]),
        "verdict_word": lambda verdict: word(VERDICTS[verdict]),
        "fact_word": lambda kind: word(FACTS[kind]),
        "browser": _browser(report, lang),
    }


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

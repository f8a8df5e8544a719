"""This file writes a report as Markdown short enough for a comment on a change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linter.findings import Finding, Report
from linter.messages import N_, say, translate
from linter.reports.as_text import sum_up
from linter.reports.wording import (
    SEVERITIES,
    VERDICTS,
    Cause,
    fold_causes,
    say_finding,
    say_grounds,
    say_place,
    source_of,
)
from linter.terms import Outcome

_SHOWN = 10
_DOMAIN = "reports"


def write(report: Report, lang: str) -> str:
    """The verdict, then what is new, mended and still open against the baseline.

    Of each kind the first ten causes are shown and the rest counted. Without a baseline all that
    failed is new.
    """
    return "\n".join(_lines(report, lang)) + "\n"


def _lines(report: Report, lang: str) -> Iterator[str]:
    verdict = translate(VERDICTS[report.verdict], lang, _DOMAIN)
    yield "## " + say(N_("Verdict of congtin: {verdict}"), {"verdict": verdict}, lang, _DOMAIN)
    yield ""
    for line in sum_up(report, lang).strip().split("\n"):
        yield f"{_escape(line)}  "
    failed = [finding for finding in report.findings if finding.outcome is Outcome.FAIL]
    open_now = [finding for finding in failed if not finding.waived]
    groups = (
        (N_("New: {count}"), [f for f in open_now if not f.known]),
        (N_("Still open: {count}"), [f for f in open_now if f.known]),
        (N_("Not judged: {count}"), [f for f in report.findings if _is_untested(f)]),
    )
    for heading, found in groups:
        if found:
            yield from _group(heading, found, report, lang)
    if report.mended:
        yield ""
        yield "### " + say(N_("Mended: {count}"), {"count": len(report.mended)}, lang, _DOMAIN)
        yield ""
        for text in report.mended[:_SHOWN]:
            yield f"- {_escape(text)}"
        yield from _rest(len(report.mended), lang)


def _is_untested(finding: Finding) -> bool:
    return finding.outcome is Outcome.UNTESTED


def _group(heading: str, found: list[Finding], report: Report, lang: str) -> Iterator[str]:
    causes = fold_causes(tuple(found))
    yield ""
    yield "### " + say(heading, {"count": len(found)}, lang, _DOMAIN)
    yield ""
    for cause in causes[:_SHOWN]:
        yield f"- {_tell(cause, report, lang)}"
    yield from _rest(len(causes), lang)


def _rest(count: int, lang: str) -> Iterator[str]:
    if count > _SHOWN:
        params = {"count": count - _SHOWN}
        yield "- " + say("And {count} more; the report has them all.", params, lang, _DOMAIN)


def _tell(cause: Cause, report: Report, lang: str) -> str:
    finding = cause.first
    card = report.card_of_rule[finding.rule]
    place = say_place(source_of(finding)) or finding.page
    weight = translate(SEVERITIES[finding.severity], lang, _DOMAIN)
    grounds = say_grounds(finding, card, report.card_of_clause, lang)
    text = f"`{place.replace('`', '')}` {weight}: {_escape(say_finding(finding, card, lang))}"
    text += f" [{finding.rule}]" + (f" ({_escape(grounds)})" if grounds else "")
    if cause.pages > 1:
        params = {"pages": cause.pages, "sites": cause.sites}
        text += " " + say("On {pages} pages of {sites} sites.", params, lang, _DOMAIN)
    return text


def _escape(text: str) -> str:
    """Text of a site as Markdown shows it letter by letter; nobody is called by an @ either."""
    one_line = " ".join(text.split())
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", one_line).replace("@", "@\u200b")

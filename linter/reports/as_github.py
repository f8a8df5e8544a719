"""This file writes a report as GitHub's workflow commands: notes on the very lines of a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from linter.errors import Mistake
from linter.findings import Report
from linter.messages import say
from linter.reports.as_text import sum_up
from linter.reports.wording import (
    Cause,
    cards_of,
    clauses_of,
    fold_causes,
    say_finding,
    say_grounds,
    say_mend,
)
from linter.terms import Outcome, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def write(report: Report, lang: str, mistakes: Sequence[Mistake] = ()) -> str:
    """One command a cause; GitHub shows the first ten of a kind, and the gravest come first.

    What stands in the baseline is only counted. `mistakes` are faults of the content that kept a
    portal from being built.
    """
    lines = [_tell_mistake(mistake, lang) for mistake in mistakes]
    fresh = tuple(finding for finding in report.findings if not finding.known)
    lines += [_command(cause, report, lang) for cause in fold_causes(fresh)]
    return "\n".join([*lines, sum_up(report, lang)])


def _tell_mistake(mistake: Mistake, lang: str) -> str:
    properties = {"file": mistake.file, "line": str(max(1, mistake.line))}
    if mistake.law:
        properties["title"] = mistake.law
    return _line("error", properties, say(mistake.message, mistake.params, lang))


def _line(command: str, properties: Mapping[str, str], text: str) -> str:
    told = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{command} {told}::{_escape(text)}"


def _command(cause: Cause, report: Report, lang: str) -> str:
    finding = cause.first
    card = cards_of(report)[finding.rule]
    if finding.outcome is Outcome.FAIL and not finding.waived:
        command = _COMMANDS[finding.severity]
    else:
        command = "error" if finding.outcome is Outcome.UNTESTED else "notice"
    grounds = say_grounds(finding, card, clauses_of(report), lang)
    properties = {"title": f"{finding.rule} ({grounds})" if grounds else finding.rule}
    if finding.source:
        properties = {"file": finding.source.file, **properties}
        if finding.source.line:
            properties["line"] = str(finding.source.line)
    return _line(command, properties, "\n".join(_text(cause, report, lang)))


def _text(cause: Cause, report: Report, lang: str) -> Iterator[str]:
    finding = cause.first
    card = cards_of(report)[finding.rule]
    yield say_finding(finding, card, lang)
    if cause.pages > 1:
        params = {"pages": cause.pages, "sites": cause.sites}
        yield say("On {pages} pages of {sites} sites.", params, lang, "reports")
    else:
        yield finding.page
    if mend := say_mend(finding, card, lang):
        yield say("To mend it: {mend}", {"mend": mend}, lang, "reports")


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")

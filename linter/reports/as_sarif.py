"""This file writes a report as SARIF 2.1.0, which code platforms show on the lines of a change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from linter.findings import Finding, Report, RuleCard
from linter.model import Canary
from linter.reports.wording import (
    cards_of,
    clauses_of,
    say_duty,
    say_finding,
    say_grounds,
    say_manual,
)
from linter.terms import Outcome, Severity, Verdict

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTICE: "note",
}
_KINDS: Mapping[Outcome, str] = {
    Outcome.FAIL: "fail",
    Outcome.REVIEW: "review",
    Outcome.UNTESTED: "open",
}


def write(report: Report, lang: str) -> str:
    """One run: every rule that could have spoken, every finding; what was not judged is "open"."""
    place_of = {card.id: index for index, card in enumerate(report.rules)}
    run = {
        "tool": {
            "driver": {
                "name": "congtin",
                "version": version("congtin"),
                "language": lang,
                "rules": [_rule(card, lang) for card in report.rules],
            }
        },
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "The project's folder"}}},
        "invocations": [
            {
                "executionSuccessful": report.verdict is not Verdict.COULD_NOT_TELL
                and report.canary is not Canary.MISSED,
                "properties": {
                    "verdict": report.verdict,
                    "planned": report.planned,
                    "judged": report.judged,
                    "canary": report.canary,
                    "as_of": report.as_of.isoformat(),
                    "law": list(report.law),
                },
            }
        ],
        "results": [
            _result(finding, report, place_of[finding.rule], lang) for finding in report.findings
        ],
    }
    data = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _rule(card: RuleCard, lang: str) -> dict[str, Any]:
    duty = say_duty(card, lang) or card.id
    why, mend = say_manual(card, "Why", lang), say_manual(card, "Mend", lang)
    in_markdown = say_manual(card, "Mend in Markdown", lang)
    criteria = [f"WCAG {criterion}" for criterion in card.wcag]
    tags = (card.family, card.engine, *criteria, *card.sources)
    rule: dict[str, Any] = {
        "id": card.id,
        "shortDescription": {"text": duty},
        "fullDescription": {"text": why or duty},
        "defaultConfiguration": {"level": _LEVELS[card.severity]},
        "properties": {"tags": list(dict.fromkeys(tags))},
    }
    if mend:
        rule["help"] = {"text": f"{mend}\nMarkdown: {in_markdown}" if in_markdown else mend}
    return rule


def _result(finding: Finding, report: Report, index: int, lang: str) -> dict[str, Any]:
    card = cards_of(report)[finding.rule]
    grounds = say_grounds(finding, card, clauses_of(report), lang)
    text = say_finding(finding, card, lang)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": _KINDS[finding.outcome],
        # SARIF keeps levels for what failed.
        "level": _LEVELS[finding.severity] if finding.outcome is Outcome.FAIL else "none",
        "message": {"text": f"{text} ({grounds})" if grounds else text},
        "locations": [_location(finding)],
        "partialFingerprints": {"congtin/v1": finding.fingerprint},
        "properties": {"site": finding.site, "requirements": list(finding.requirements)},
    }
    if finding.waived:
        result["suppressions"] = [{"kind": "external", "justification": finding.waived}]
    elif finding.known:
        result["baselineState"] = "unchanged"
    return result


def _location(finding: Finding) -> dict[str, Any]:
    """The line that an editor mends; the page where no file is known."""
    logical = {"fullyQualifiedName": finding.selector, "kind": "element"}
    source = finding.source
    if source is None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.page, safe=_SAFE)}}
    else:
        physical = {"artifactLocation": {"uri": quote(source.file), "uriBaseId": "ROOT"}}
        if source.line:
            physical["region"] = {"startLine": source.line}
            if finding.snippet:
                physical["region"]["snippet"] = {"text": finding.snippet}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.selector:
        location["logicalLocations"] = [logical]
    return location


_SAFE = "%/:=&?~#+!$,;'@()*[]"

"""This file writes a report as JSON, the form in which tools exchange it (congtin.report/1)."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

from linter.findings import Finding, Report
from linter.reports.wording import say_finding

SCHEMA = "congtin.report/1"


def write(report: Report, lang: str) -> str:
    """The whole report; `lang` chooses the language of `text` alone, all else is the same."""
    cards = report.card_of_rule
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"version": version("congtin"), "axe": report.axe, "browser": report.browser},
        "as_of": report.as_of.isoformat(),
        "law": list(report.law),
        "instruments": [
            {
                "id": law.id,
                "name": law.short[lang],
                "from": law.in_force[0].isoformat(),
                "until": law.in_force[1].isoformat() if law.in_force[1] else None,
            }
            for law in report.instruments
        ],
        "clauses": [
            {
                "id": clause.id,
                "cite": clause.cite[lang],
                "sure": clause.sure,
                "decided_by": clause.decided_by or None,
                "fine": list(clause.fine) if clause.fine else None,
            }
            for clause in report.clauses
        ],
        "verdict": report.verdict,
        "planned": report.planned,
        "judged": report.judged,
        "canary": report.canary,
        "rules": [
            {
                "id": card.id,
                "severity": card.severity,
                "engine": card.engine,
                "wcag": list(card.wcag),
                "act": list(card.act),
                "sources": list(card.sources),
            }
            for card in report.rules
        ],
        "sites": [
            {
                "id": said.site.id,
                "url": said.site.url,
                "kind": said.site.kind,
                "name": said.site.name,
                "verdict": said.verdict,
                "planned": said.planned,
                "judged": said.judged,
                "facts": [
                    {
                        "kind": fact.kind,
                        "value": fact.value,
                        "page": fact.page,
                        "selector": fact.selector,
                        "confidence": fact.confidence,
                    }
                    for fact in said.facts
                ],
                "passed": [
                    {"rule": rule, "requirement": clause or None, "targets": count}
                    for (rule, clause), count in sorted(said.passed.items())
                ],
                "questions": list(said.questions),
                "omitted": [
                    {"why": left.reason, "count": left.count, "example": left.example}
                    for left in said.omitted
                ],
            }
            for said in report.sites
        ],
        "pages": [
            {"url": page.url, "site": page.site, "verdict": page.verdict, "why": page.why}
            for page in report.pages
        ],
        "findings": [
            _finding(finding, say_finding(finding, cards[finding.rule], lang))
            for finding in report.findings
        ],
        "mended": list(report.mended),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _finding(finding: Finding, text: str) -> dict[str, Any]:
    source = finding.source
    return {
        "rule": finding.rule,
        "requirement": finding.requirements[0] if finding.requirements else None,
        "requirements": list(finding.requirements),
        "outcome": finding.outcome,
        "severity": finding.severity,
        "site": finding.site,
        "page": finding.page,
        "selector": finding.selector,
        "snippet": finding.snippet,
        "source": {"file": source.file, "line": source.line} if source else None,
        "message": finding.message,
        "params": dict(finding.params),
        "text": text,
        "fingerprint": finding.fingerprint,
        "waived": finding.waived or None,
        "known": finding.known,
    }

"""This file turns a Report into the rows that the history keeps of it, and names the run by them.

Pure: the same report and archive give the same rows and the same name.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from typing import Any, TypeAlias

from linter.findings import Finding, Report
from linter.history.tables import FINDING_COUNTS
from linter.terms import Outcome

Row: TypeAlias = dict[str, Any]


def report_row(report: Report, archive: str) -> Row:
    """What is said of the run as a whole, still without its id."""
    return _clean(
        {
            "as_of": report.as_of.isoformat(),
            "law": " ".join(report.law),
            "verdict": str(report.verdict),
            "planned": report.planned,
            "judged": report.judged,
            "canary": str(report.canary),
            "browser": report.browser,
            "axe": report.axe,
            "version": version("congtin"),
            "archive": archive,
        }
    )


def name_run(report: Report, archive: str) -> str:
    """16 hexadecimal digits made of all that is remembered of the run."""
    digest = hashlib.sha256(repr(report_row(report, archive)).encode())
    for table, rows in _DETAILS.items():
        digest.update(table.encode())
        for row in rows(report):
            digest.update(repr(row).encode())
    return digest.hexdigest()[:16]


def detail_rows(report: Report) -> Iterator[tuple[str, Iterator[Row]]]:
    """The rows of every other table with the table's name, still without the run's number."""
    for table, rows in _DETAILS.items():
        yield table, map(_clean, rows(report))


def _sites(report: Report) -> Iterator[Row]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for finding in report.findings:
        counts[finding.site][_count_of(finding)] += 1
    for said in report.sites:
        yield {
            "site": said.site.id,
            "url": said.site.url,
            "kind": said.site.kind,
            "body": said.site.body,
            "name": said.site.name,
            "verdict": str(said.verdict),
            "planned": said.planned,
            "judged": said.judged,
            "canary": str(said.canary),
            **{name: counts[said.site.id][name] for name in FINDING_COUNTS},
            "questions": json.dumps(said.questions),
        }


def _count_of(finding: Finding) -> str:
    """The column of `site` that counts the finding."""
    if finding.outcome is Outcome.FAIL:
        return "waived" if finding.waived else f"{finding.severity}s"
    return "reviews" if finding.outcome is Outcome.REVIEW else "untested"


def _rules(report: Report) -> Iterator[Row]:
    for card in report.rules:
        yield {
            "rule": card.id,
            "family": card.family,
            "engine": card.engine,
            "severity": str(card.severity),
        }


def _tallies(report: Report) -> Iterator[Row]:
    targets: dict[tuple[str | int, ...], int] = defaultdict(int)
    pages: dict[tuple[str | int, ...], set[str]] = defaultdict(set)
    severities = {card.id: str(card.severity) for card in report.rules}
    for said in report.sites:
        for (rule, clause), count in said.passed.items():
            outcome, severity = str(Outcome.PASS), severities[rule]
            targets[said.site.id, rule, clause, outcome, severity, 0] += count
    for finding in report.findings:
        for key in _tally_keys(finding):
            targets[key] += 1
            pages[key].add(finding.page)
    names = ("site", "rule", "requirement", "outcome", "severity", "waived")
    for key in sorted(targets):
        counts = {"targets": targets[key], "pages": len(pages[key])}
        yield {**dict(zip(names, key, strict=True)), **counts}


def _tally_keys(finding: Finding) -> Iterator[tuple[str | int, ...]]:
    for clause in finding.requirements or ("",):
        yield (
            finding.site,
            finding.rule,
            clause,
            str(finding.outcome),
            str(finding.severity),
            int(bool(finding.waived)),
        )


def _findings(report: Report) -> Iterator[Row]:
    for ordinal, finding in enumerate(report.findings):
        yield {
            "ordinal": ordinal,
            "site": finding.site,
            "fingerprint": finding.fingerprint,
            "rule": finding.rule,
            "requirements": " ".join(finding.requirements),
            "outcome": str(finding.outcome),
            "severity": str(finding.severity),
            "page": finding.page,
            "selector": finding.selector,
            "snippet": finding.snippet,
            "file": finding.source.file if finding.source else "",
            "line": finding.source.line if finding.source else 0,
            "message": finding.message,
            "params": json.dumps(dict(finding.params), ensure_ascii=False, sort_keys=True),
            "waived": finding.waived,
        }


def _unjudged(report: Report) -> Iterator[Row]:
    for ordinal, page in enumerate(page for page in report.pages if page.why):
        yield {"ordinal": ordinal, "site": page.site, "url": page.url, "why": page.why}


def _facts(report: Report) -> Iterator[Row]:
    stated = ((said.site.id, fact) for said in report.sites for fact in said.facts)
    for ordinal, (site, fact) in enumerate(stated):
        yield {
            "ordinal": ordinal,
            "site": site,
            "kind": fact.kind,
            "value": fact.value,
            "page": fact.page,
            "selector": fact.selector,
            "confidence": fact.confidence,
        }


_DETAILS: Mapping[str, Callable[[Report], Iterator[Row]]] = {
    "site": _sites,
    "rule": _rules,
    "tally": _tallies,
    "finding": _findings,
    "unjudged": _unjudged,
    "fact": _facts,
}


def _clean(row: Row) -> Row:
    """Text that every database takes: PostgreSQL refuses NUL, UTF-8 lone surrogates."""
    return {key: _text(value) if isinstance(value, str) else value for key, value in row.items()}


def _text(value: str) -> str:
    if value.isascii() and "\0" not in value:
        return value
    return value.replace("\0", "\ufffd").encode("utf-8", errors="replace").decode("utf-8")

"""This file writes a report as JUnit XML, which every CI server can count and show."""

from __future__ import annotations

import re
from collections import defaultdict

from lxml import etree

from linter.findings import Finding, Report, SiteVerdict
from linter.reports.wording import (
    cards_of,
    clauses_of,
    say_duty,
    say_finding,
    say_grounds,
    say_mend,
    say_place,
)
from linter.terms import Outcome

# What XML 1.0 cannot hold.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(report: Report, lang: str) -> str:
    """A suite a site, a case a rule that spoke there: failed, not judged (error), or passed.

    What a person must look at, and what is waived or known, stands in the case's output and fails
    nothing; a site without a single judged page is one error.
    """
    root = etree.Element("testsuites", name="congtin")
    totals = {"tests": 0, "failures": 0, "errors": 0}
    for said in report.sites:
        own = [finding for finding in report.findings if finding.site == said.site.id]
        suite = _suite(said, own, report, lang)
        root.append(suite)
        for name in totals:
            totals[name] += int(suite.get(name, "0"))
    for name, count in totals.items():
        root.set(name, str(count))
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return data.decode("utf-8")


def _suite(said: SiteVerdict, findings: list[Finding], report: Report, lang: str) -> etree._Element:
    cards = cards_of(report)
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.rule].append(finding)
    names = sorted({*by_rule, *(rule for rule, _ in said.passed)})
    suite = etree.Element(
        "testsuite", name=said.site.id, timestamp=f"{report.as_of.isoformat()}T00:00:00"
    )
    failures = errors = 0
    for name in names:
        case = etree.SubElement(suite, "testcase", classname=said.site.id, name=name)
        failed = [f for f in by_rule[name] if _fails(f)]
        unjudged = [f for f in by_rule[name] if f.outcome is Outcome.UNTESTED]
        for kind, found in (("failure", failed), ("error", unjudged)):
            if found:
                element = etree.SubElement(case, kind, message=_clean(say_duty(cards[name], lang)))
                element.set("type", found[0].severity if kind == "failure" else "could-not-tell")
                lines = [_line(finding, report, lang) for finding in found]
                mends = [say_mend(finding, cards[name], lang) for finding in found]
                element.text = _clean("\n".join(dict.fromkeys([*lines, *mends])))
        rest = [f for f in by_rule[name] if f not in failed and f not in unjudged]
        if rest:
            out = etree.SubElement(case, "system-out")
            out.text = _clean("\n".join(_line(f, report, lang) for f in rest))
        failures += bool(failed)
        errors += bool(unjudged)
    if not said.judged:
        case = etree.SubElement(suite, "testcase", classname=said.site.id, name="pages")
        etree.SubElement(case, "error", type="could-not-tell", message=f"0/{said.planned}")
        errors += 1
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(failures))
    suite.set("errors", str(errors))
    return suite


def _fails(finding: Finding) -> bool:
    return finding.outcome is Outcome.FAIL and not finding.waived and not finding.known


def _line(finding: Finding, report: Report, lang: str) -> str:
    card = cards_of(report)[finding.rule]
    place = say_place(finding.source) or finding.page
    grounds = say_grounds(finding, card, clauses_of(report), lang)
    text = f"{place}: {say_finding(finding, card, lang)}"
    return f"{text} ({grounds})" if grounds else text


def _clean(text: str) -> str:
    return _UNFIT.sub("\ufffd", text)

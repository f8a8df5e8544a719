"""One portal with every kind of breach: each rule of the law family catches its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from linter.findings import Report
from linter.judge import judge
from linter.law.choice import own_laws
from linter.lint import Terms, bench
from linter.model import Snapshot
from linter.rules.catalogue import all_rules
from linter.terms import Outcome, Verdict

HERE = Path(__file__).parent
CONTENT = HERE.parent.parent / "content"
KINDS = (("main", "province"), ("component", "department"), ("aggregated", ""))
DAYS = (date(2015, 12, 18), date(2019, 1, 15), date(2026, 11, 23))


@pytest.fixture(scope="module")
def reports(read_case: Callable[..., Snapshot]) -> list[Report]:
    folder = HERE / "bad_portal"
    case = yaml.safe_load((folder / "case.yml").read_text("utf-8"))
    taken = read_case(folder, case)
    found = []
    for day in DAYS:
        terms = Terms(day, "in-force,tiengiang", browser="none", own_laws=own_laws(CONTENT))
        for kind, body in KINDS:
            site = replace(taken.site, kind=kind, body=body)
            found.append(judge(replace(taken, site=site), bench(terms)))
    return found


def test_it_never_passes(reports: list[Report]) -> None:
    assert {report.verdict for report in reports} == {Verdict.FAIL}


def test_each_rule_of_the_law_catches_its_breach(reports: list[Report]) -> None:
    failed = {
        finding.rule
        for report in reports
        for finding in report.findings
        if finding.outcome is Outcome.FAIL
    }
    ours = {rule.id for rule in all_rules().values() if rule.family == "law"}
    # What persons answer is tried in tests/linter/test_answers.py.
    assert ours - failed == {"answered-clause"}


def test_each_finding_of_the_law_cites_a_clause_that_was_in_force(reports: list[Report]) -> None:
    for report in reports:
        alive = {clause.id for clause in report.clauses}
        for finding in report.findings:
            if all_rules()[finding.rule].family == "law":
                assert finding.requirements
                assert set(finding.requirements) <= alive


def test_one_breach_that_two_laws_forbid_cites_both(reports: list[Report]) -> None:
    cited = {
        finding.requirements
        for report in reports
        if report.as_of == DAYS[0]
        for finding in report.findings
        if finding.rule == "late-item"
    }
    assert ("nd43-2011/17.1.c", "tt26-2009/12.van-ban") in cited


def test_what_a_breach_may_cost_stands_beside_it(reports: list[Report]) -> None:
    from linter.reports import as_text

    today = next(report for report in reports if report.as_of == DAYS[2])
    text = as_text.write(today, "vi")
    assert "Để biết: mức phạt từ 10 đến 20 triệu đồng (khoản 1 Điều 93 Nghị định 174/2026" in text
    assert "chỉ biết qua trích đoạn: nặng nhất là cảnh báo" in text

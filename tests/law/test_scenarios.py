"""Clauses of the law, each judged on small sites: tests/law/<instrument>/<article>/<case>/.

A case is a folder of pages with case.yml: `clause`, `as_of`, kind and body of the site, and what
else tests/rules' examples may say of it. Its name says what must come out: fail-*, pass-*,
review-*, untested-* (a browser would be needed) or silent-* (the clause does not bind that site on
that day).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from linter.judge import judge
from linter.lint import Terms, bench
from linter.model import Snapshot
from linter.terms import Outcome, Severity

HERE = Path(__file__).parent
CASES = sorted(path.parent.relative_to(HERE) for path in HERE.glob("*/*/*/case.yml"))


@pytest.mark.parametrize("folder", CASES, ids=str)
def test_scenario(folder: Path, read_case: Callable[..., Snapshot]) -> None:
    law, article, name = folder.parts
    case = yaml.safe_load((HERE / folder / "case.yml").read_text("utf-8"))
    clause = f"{law}/{case['clause']}"
    assert case["clause"].partition(".")[0] == article
    day = date.fromisoformat(str(case.get("as_of", "2015-12-18")))
    terms = Terms(as_of=day, law=law, browser="none", fail_on=None)
    report = judge(read_case(HERE / folder, case), bench(terms))
    found = {f.outcome for f in report.findings if clause in f.requirements}
    passed = any(name == clause for site in report.sites for _, name in site.passed)
    outcome = name.partition("-")[0]
    if outcome == "silent":
        assert not found
        assert not passed
    elif outcome == "pass":
        assert found <= {Outcome.REVIEW}
        assert passed
    else:
        assert Outcome(outcome) in found


def test_every_case_belongs_to_a_described_clause() -> None:
    assert len(CASES) > 20
    for folder in CASES:
        assert folder.parts[2].partition("-")[0] in ("fail", "pass", "review", "silent", "untested")


def test_a_standstill_is_told_once_by_its_gravest_clause(
    read_case: Callable[..., Snapshot],
) -> None:
    """More than five days are an error, fewer a warning: never both for the same standstill."""
    folder = HERE.parent / "rules" / "interrupted-section" / "fail-two-breaks"
    snapshot = read_case(folder, yaml.safe_load((folder / "case.yml").read_text("utf-8")))
    told = []
    for day in (date(2015, 12, 21), date(2016, 1, 29)):
        terms = Terms(as_of=day, law="tt26-2009", browser="none", fail_on=None)
        found = judge(snapshot, bench(terms)).findings
        told.append([(f.severity, f.params["most"]) for f in found if f.rule == "stale-section"])
    assert told == [[(Severity.WARNING, 0)], [(Severity.ERROR, 5)]]

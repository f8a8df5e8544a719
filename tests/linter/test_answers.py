"""What persons answer to clauses counts in the judgement, for its site and in its time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from linter.answers import read_answers
from linter.errors import UserError
from linter.findings import Report
from linter.judge import Bench, judge
from linter.law.library import choose_laws
from linter.model import Snapshot
from linter.page import Page
from linter.rules.catalogue import all_rules
from linter.terms import Outcome, Site, Verdict

RULES = all_rules()
PARAMS = {name: rule.params for name, rule in RULES.items()}
SITE = Site("sonoivu", "https://sonoivu.tiengiang.gov.vn/", "component", "department")
PAGE = Page(SITE.url, b"<!DOCTYPE html><html lang=vi><title>A</title><h1>A</h1></html>")
CLAUSE = "nd43-2011/24"


def write(folder: Path, *entries: str) -> Path:
    path = folder / "answers.yml"
    path.write_text("answers: []\nclauses:\n" + "".join(entries), "utf-8")
    return path


def entry(outcome: str = "pass", when: str = "2015-12-01", until: str = "", **more: str) -> str:
    data = {"requirement": CLAUSE, "site": "sonoivu", "outcome": outcome, "who": "Lê Mẫu Bình"}
    data |= {"when": when, "evidence": "Biên bản 12", **more}
    if until:
        data["until"] = until
    return "  - {" + ", ".join(f'{key}: "{value}"' for key, value in data.items()) + "}\n"


def judged(path: Path, day: date = date(2015, 12, 18)) -> Report:
    laws = choose_laws("nd43-2011", day, PARAMS)
    answered = {"answered-clause": RULES["answered-clause"]}
    return judge(Snapshot(SITE, (PAGE,)), Bench(answered, laws, day, answers=read_answers(path)))


def test_without_an_answer_the_clause_waits(tmp_path: Path) -> None:
    report = judged(tmp_path / "answers.yml")
    assert CLAUSE in report.sites[0].questions
    assert report.findings == ()


def test_yes_passes_the_clause_and_no_fails_it(tmp_path: Path) -> None:
    yes = judged(write(tmp_path, entry()))
    assert CLAUSE not in yes.sites[0].questions
    assert yes.sites[0].passed["answered-clause", CLAUSE] == 1
    no = judged(write(tmp_path, entry("fail")))
    assert no.verdict is Verdict.FAIL
    (finding,) = no.findings
    assert finding.requirements == (CLAUSE,)
    assert finding.params["who"] == "Lê Mẫu Bình"


def test_who_could_not_tell_leaves_the_clause_waiting(tmp_path: Path) -> None:
    report = judged(write(tmp_path, entry("could-not-tell")))
    assert CLAUSE in report.sites[0].questions
    assert [finding.outcome for finding in report.findings] == [Outcome.REVIEW]


def test_the_newest_answer_counts_and_only_in_its_time_and_for_its_site(tmp_path: Path) -> None:
    old, new = entry("fail", "2015-01-10"), entry("pass", "2015-12-01", "2015-12-31")
    path = write(tmp_path, old, new)
    assert judged(path).findings == ()
    assert [f.outcome for f in judged(path, date(2016, 1, 1)).findings] == [Outcome.FAIL]
    assert CLAUSE in judged(path, date(2014, 12, 31)).sites[0].questions
    other = write(tmp_path, entry(site="soyte"))
    assert CLAUSE in judged(other).sites[0].questions


@pytest.mark.parametrize(
    ("entries", "line", "words"),
    [
        ((entry(until="2015-11-30"),), 3, "ends before it was given"),
        ((entry(), entry()), 4, "answered twice on one day"),
        ((entry(outcome="yes"),), 3, "choose one of"),
        ((entry().replace(', evidence: "Biên bản 12"', ""),), 3, "needs its evidence"),
    ],
)
def test_a_wrong_answer_is_told_with_its_line(
    tmp_path: Path, entries: tuple[str, ...], line: int, words: str
) -> None:
    with pytest.raises(UserError) as caught:
        read_answers(write(tmp_path, *entries))
    (mistake,) = caught.value.mistakes
    assert mistake.line == line
    assert words in mistake.message.format(**mistake.params)

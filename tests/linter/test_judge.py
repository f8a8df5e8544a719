"""The judge: verdicts fold as Kleene's logic does, doubt is never green, one fault has one name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.answers import Answer, Answers
from linter.judge import Bench, judge, merge
from linter.law.instrument import Instrument, Requirement
from linter.model import Canary, Snapshot, Unreached
from linter.page import Observation, Page, Place, Rendered, Source
from linter.rules.catalogue import all_rules
from linter.rules.rule import NoParams, Rule
from linter.terms import Outcome, Severity, Site, Verdict, fold_verdicts
from linter.waivers import Waiver

DAY = date(2015, 12, 18)
SITE = Site("vi-du", "https://vi-du.tiengiang.gov.vn/", "component", "department")


def make_rule(outcome: Outcome, engine: str = "static", **more: object) -> Rule:
    def check(page: Page) -> Iterator[Observation]:
        for element in page.tree.iter("img"):
            yield Observation(outcome, page, element, "fault")

    defaults = {
        "id": f"{engine}-{outcome}",
        "family": "content",
        "severity": Severity.ERROR,
        "engine": engine,
        "wcag": (),
        "act": (),
        "messages": {"fault": "A fault."},
        "duty": "",
        "page_check": check,
    }
    return Rule(**{**defaults, **more})  # type: ignore[arg-type]


def page(body: str = "<p><img src=a><img src=b></p>", **more: object) -> Page:
    html = f"<html lang=vi><title>Tin</title><main>{body}</main>"
    return Page(SITE.url, html.encode(), **more)  # type: ignore[arg-type]


def bench(*rules: Rule, **more: object) -> Bench:
    return Bench({rule.id: rule for rule in rules}, (), DAY, **more)  # type: ignore[arg-type]


@given(st.lists(st.sampled_from(list(Verdict))))
def test_folding_is_a_minimum_whatever_the_order(verdicts: list[Verdict]) -> None:
    order = [Verdict.FAIL, Verdict.COULD_NOT_TELL, Verdict.PASS]
    expected = min(verdicts, key=order.index, default=Verdict.PASS)
    assert fold_verdicts(verdicts) is expected
    assert fold_verdicts(reversed(verdicts)) is expected


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (Outcome.PASS, Verdict.PASS),
        (Outcome.FAIL, Verdict.FAIL),
        (Outcome.REVIEW, Verdict.PASS),
        (Outcome.UNTESTED, Verdict.COULD_NOT_TELL),
    ],
)
def test_verdict_of_a_page_follows_its_gravest_outcome(outcome: Outcome, verdict: Verdict) -> None:
    rule = make_rule(outcome)
    report = judge(Snapshot(SITE, (page(),)), bench(rule))
    assert report.verdict is verdict
    assert report.pages[0].verdict is verdict


def test_no_page_is_never_a_pass() -> None:
    assert judge(Snapshot(SITE, ()), bench()).verdict is Verdict.COULD_NOT_TELL
    assert merge([], DAY).verdict is Verdict.COULD_NOT_TELL


def test_a_page_that_could_not_be_fetched_leaves_doubt_and_is_listed() -> None:
    gone = Unreached(SITE.url + "x/", "unreachable", {"error": "timed out"})
    report = judge(Snapshot(SITE, (page(),), (gone,)), bench(make_rule(Outcome.PASS)))
    assert report.verdict is Verdict.COULD_NOT_TELL
    assert (report.planned, report.judged) == (2, 1)
    assert [p.why for p in report.pages] == ["", "unreachable"]


def test_a_rule_that_breaks_leaves_doubt_and_stops_no_other() -> None:
    def broken(_page: Page) -> Iterator[Observation]:
        raise ZeroDivisionError

    rules = (make_rule(Outcome.FAIL), make_rule(Outcome.PASS, id="broken", page_check=broken))
    report = judge(Snapshot(SITE, (page(),)), bench(*rules))
    assert {f.outcome for f in report.findings} == {Outcome.FAIL, Outcome.UNTESTED}
    untested = next(f for f in report.findings if f.outcome is Outcome.UNTESTED)
    assert untested.params == {"rule": "broken", "error": "ZeroDivisionError"}


def test_a_page_that_no_browser_saw_is_untested_unless_another_stands_for_it() -> None:
    rule = make_rule(Outcome.PASS, engine="browser")
    unseen = judge(Snapshot(SITE, (page(),)), bench(rule))
    assert unseen.verdict is Verdict.COULD_NOT_TELL
    assert [f.message for f in unseen.findings] == ["not-rendered"]
    failed = judge(Snapshot(SITE, (page(rendered=Rendered(failed="too-slow")),)), bench(rule))
    assert [f.message for f in failed.findings] == ["too-slow"]
    stood_for = judge(Snapshot(SITE, (page(represented_by=SITE.url + "y/"),)), bench(rule))
    assert stood_for.verdict is Verdict.PASS
    seen = judge(Snapshot(SITE, (page(rendered=Rendered()),)), bench(rule))
    assert seen.verdict is Verdict.PASS


def test_a_missed_canary_voids_the_run() -> None:
    snapshot = Snapshot(SITE, (page(),), canary=Canary.MISSED)
    assert judge(snapshot, bench(make_rule(Outcome.PASS))).verdict is Verdict.COULD_NOT_TELL


@pytest.mark.parametrize(
    ("severity", "fail_on", "verdict"),
    [
        (Severity.ERROR, Severity.ERROR, Verdict.FAIL),
        (Severity.WARNING, Severity.ERROR, Verdict.PASS),
        (Severity.WARNING, Severity.WARNING, Verdict.FAIL),
        (Severity.ERROR, None, Verdict.PASS),
    ],
)
def test_the_threshold_decides_which_severity_fails(
    severity: Severity, fail_on: Severity | None, verdict: Verdict
) -> None:
    rule = make_rule(Outcome.FAIL, severity=severity)
    report = judge(Snapshot(SITE, (page(),)), bench(rule, fail_on=fail_on))
    assert report.verdict is verdict
    assert len(report.findings) == 2


def test_a_waiver_accepts_one_fault_until_its_day() -> None:
    rule = make_rule(Outcome.FAIL)
    snapshot = Snapshot(SITE, (page("<img src=a>"),))
    name = judge(snapshot, bench(rule)).findings[0].fingerprint
    waiver = Waiver(
        id="w1",
        fingerprint=name,
        rule="made",
        site=SITE.id,
        owner="Trần Mẫu An",
        reason="Đang sửa ảnh",
        basis="CV 12",
        granted=DAY,
        expires=DAY,
        line=3,
    )
    accepted = judge(snapshot, bench(rule, waivers=(waiver,)))
    assert accepted.verdict is Verdict.PASS
    assert accepted.findings[0].waived == "w1"
    expired = replace(waiver, expires=date(2015, 12, 17))
    assert judge(snapshot, bench(rule, waivers=(expired,))).verdict is Verdict.FAIL


@pytest.mark.parametrize(("said", "left"), [("pass", []), ("fail", [Outcome.FAIL])])
def test_an_answer_settles_a_review(said: str, left: list[Outcome]) -> None:
    rule = make_rule(Outcome.REVIEW)
    snapshot = Snapshot(SITE, (page("<img src=a>"),))
    name = judge(snapshot, bench(rule)).findings[0].fingerprint
    answer = Answer(rule.id, name, said, "Trần Mẫu An", DAY, None)
    report = judge(snapshot, bench(rule, answers=Answers({name: answer})))
    assert [finding.outcome for finding in report.findings] == left


def test_the_fingerprint_stays_when_the_theme_moves_the_fault_and_tells_twins_apart() -> None:
    rule = make_rule(Outcome.FAIL)
    here = judge(Snapshot(SITE, (page("<img src=a><img src=a>"),)), bench(rule)).findings
    there = judge(
        Snapshot(SITE, (page("<div><section><img src=a></section></div><img src=a>"),)),
        bench(rule),
    ).findings
    assert {f.fingerprint for f in here} == {f.fingerprint for f in there}
    assert len({f.fingerprint for f in here}) == 2


def test_of_two_rules_on_one_element_the_better_one_speaks() -> None:
    better = make_rule(Outcome.FAIL, id="better", supersedes=("axe/worse",))
    worse = make_rule(Outcome.FAIL, id="axe/worse", engine="browser")
    snapshot = Snapshot(SITE, (page(rendered=Rendered()),))
    assert {f.rule for f in judge(snapshot, bench(better, worse)).findings} == {"better"}
    assert {f.rule for f in judge(snapshot, bench(worse)).findings} == {"axe/worse"}


def clause(at: str, sure: str, severity: Severity = Severity.ERROR, **more: object) -> Requirement:
    return Requirement(
        id=f"luat/{at}",
        says={"vi": "", "en": ""},
        binds=("component",),
        severity=severity,
        sure=sure,
        in_force=(date(2015, 1, 1), date(2016, 12, 31)),
        rule="law-rule",
        params=NoParams(),
        **more,  # type: ignore[arg-type]
    )


def law_report(*clauses: Requirement, as_of: date = DAY, site: Site = SITE) -> object:
    def check(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
        yield snapshot.fails("fault")

    rule = make_rule(
        Outcome.FAIL, id="law-rule", family="law", engine="law", page_check=None, site_check=check
    )
    law = Instrument("luat", "1/2015", {}, (date(2015, 1, 1), None), clauses)
    home = page()
    return judge(Snapshot(site, (home,)), Bench({rule.id: rule}, (law,), as_of)).findings


def test_two_clauses_that_demand_the_same_are_cited_together() -> None:
    (finding,) = law_report(clause("1", "full"), clause("2", "memory"))  # type: ignore[misc]
    assert finding.requirements == ("luat/1", "luat/2")
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("sure", "severity"),
    [
        ("full", Severity.ERROR),
        ("excerpt", Severity.WARNING),
        ("memory", Severity.NOTICE),
        ("inferred", Severity.NOTICE),
    ],
)
def test_how_surely_a_clause_is_known_caps_the_severity(sure: str, severity: Severity) -> None:
    (finding,) = law_report(clause("1", sure))  # type: ignore[misc]
    assert finding.severity is severity


def test_a_decision_of_the_project_lifts_the_cap() -> None:
    (finding,) = law_report(clause("1", "excerpt", decided_by="2"))  # type: ignore[misc]
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize("as_of", [date(2014, 12, 31), date(2017, 1, 1)])
def test_a_clause_not_in_force_binds_nobody(as_of: date) -> None:
    assert law_report(clause("1", "full"), as_of=as_of) == ()


def test_a_clause_binds_by_kind_of_site() -> None:
    assert law_report(clause("1", "full"), site=replace(SITE, kind="vertical", body="agency")) == ()


def test_a_finding_names_file_and_line_of_the_innermost_source() -> None:
    source = Source(
        "content/x/tin-tuc/a.md",
        marks=(("//main", Place("themes/page.html", 0)), ("//img[1]", Place("portal.yml", 4))),
        body="//*[@id='b']",
        lines=(7, 9),
    )
    html = (
        '<h1>T</h1><div id="b"><p>x</p><img src=a></div><section><img src=c></section><img src=b>'
    )
    report = judge(Snapshot(SITE, (page(html, source=source),)), bench(make_rule(Outcome.FAIL)))
    places = {f.snippet: f.source for f in report.findings}
    assert places['<img src="a">'] == Place("content/x/tin-tuc/a.md", 9)
    assert places['<img src="b">'] == Place("portal.yml", 4)


def test_judging_twice_says_the_same() -> None:
    rules = {name: rule for name, rule in all_rules().items() if rule.engine != "browser"}
    snapshot = Snapshot(SITE, (page(),))
    assert judge(snapshot, Bench(rules, (), DAY)) == judge(
        Snapshot(SITE, (page(),)), Bench(rules, (), DAY)
    )

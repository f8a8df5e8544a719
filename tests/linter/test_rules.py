"""Every rule against its folder of examples: exactly the guilty elements, and clean twins.

tests/rules/<rule-id>/ holds fail-*, pass-* and inapplicable-* examples. A page rule's example is
one .html file, and beside each fail-x.html of a static one stands its clean twin clean-x.html: the
page as it is when it is mended, on which no static rule says anything. In a fail page each guilty
element bears data-expect="fail" (or "review"), on <html> when the page as a whole is at fault. A
site rule's example is a folder of pages with case.yml (its clean twin: test_clean_twins.py)
(x.pdf.txt is the text of the attached x.pdf):
  as_of: 2015-12-18        the day of judgement (default 2015-12-18)
  kind, body:              of the site (default component, department)
  url, name, kin, valid_to: of the site, where the rule asks for them
  params: {...}            the rule's parameters
  known_hosts: [...]       hosts that the site linked to before
  urls: {file: address}    where a page stood, for addresses that no file can be called by
  moved: {file: {search: address}}  where another visitor was sent; what such a visitor got of
                           x.html stands in x.crawler.html, x.search.html or x.phone.html
  expect: fail             fail, review or pass: the outcomes that must occur (default: by name)
  status: {file: 404}      of the answer
  headers: {file: {set-cookie: ...}}  of the answer, names in lower case
  doors: {path or address: {status: 200, body: ..., location: ...}}  what we asked for on purpose
  certificate: {host: ..., problem: ..., expires: 2016-01-01}
  appeared: {path: [[git, 2015-12-20, 2015-12-20]]}   what others know of when a page came to be
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from linter.judge import Bench, judge
from linter.model import Snapshot
from linter.page import Observation, Page
from linter.rules.catalogue import all_rules
from linter.rules.rule import Rule
from linter.terms import Outcome, Site

FOLDER = Path(__file__).parents[1] / "rules"
RULES = {rule.id: rule for rule in all_rules().values() if rule.engine != "browser"}
PAGE_CASES = [
    (rule.id, path.name)
    for rule in RULES.values()
    if rule.page_check
    for path in sorted((FOLDER / rule.id).glob("*.html"))
    if not path.name.startswith("clean-")
]
FAIL_CASES = [
    case for case in PAGE_CASES if case[1].startswith("fail-") and RULES[case[0]].engine == "static"
]
SITE_CASES = [
    (rule.id, path.parent.name)
    for rule in RULES.values()
    if rule.site_check
    for path in sorted((FOLDER / rule.id).glob("*/case.yml"))
    if not path.parent.name.startswith("clean-")
]


@pytest.mark.parametrize("rule_id", RULES)
def test_every_rule_has_its_three_kinds_of_examples(rule_id: str) -> None:
    names = [path.name for path in (FOLDER / rule_id).iterdir()]
    for kind in (("fail-", "review-"), ("pass-",), ("inapplicable-",)):
        assert any(name.startswith(kind) for name in names), f"{rule_id} lacks {kind}*"


def test_every_folder_belongs_to_a_rule() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name[0] != "_"}
    assert folders <= set(all_rules())


@pytest.mark.parametrize(("rule_id", "name"), PAGE_CASES)
def test_page_rule(rule_id: str, name: str) -> None:
    page = Page("https://vi-du.tiengiang.gov.vn/trang/", (FOLDER / rule_id / name).read_bytes())
    check = RULES[rule_id].page_check
    assert check is not None
    observations = list(check(page))
    for outcome in (Outcome.FAIL, Outcome.REVIEW):
        expected = page.tree.xpath(f"//*[@data-expect='{outcome}']")
        got = [_target(o, page) for o in observations if o.outcome is outcome]
        assert sorted(map(_line, got)) == sorted(map(_line, expected))
        assert set(got) == set(expected)
    _check_kind(name, observations)
    _check_messages(RULES[rule_id], observations)


@pytest.mark.parametrize(("rule_id", "name"), SITE_CASES)
def test_site_rule(rule_id: str, name: str, read_case: Callable[..., Snapshot]) -> None:
    rule = RULES[rule_id]
    folder = FOLDER / rule_id / name
    case = yaml.safe_load((folder / "case.yml").read_text("utf-8")) or {}
    snapshot = read_case(folder, case)
    as_of = date.fromisoformat(str(case.get("as_of", "2015-12-18")))
    assert rule.site_check is not None
    observations = list(rule.site_check(snapshot, _params(rule, case), as_of))
    outcomes = {str(observation.outcome) for observation in observations}
    if "expect" in case:
        wanted = case["expect"] if isinstance(case["expect"], list) else [case["expect"]]
        assert outcomes == set(wanted), [(o.outcome, o.message, o.params) for o in observations]
    if "messages" in case:
        said = sorted(o.message for o in observations if o.outcome is not Outcome.PASS)
        assert said == sorted(case["messages"])
    _check_kind(name, observations)
    _check_messages(rule, observations)


@pytest.mark.parametrize(("rule_id", "name"), FAIL_CASES)
def test_each_fail_page_has_a_clean_twin_of_which_no_rule_says_anything(
    rule_id: str, name: str
) -> None:
    twin = FOLDER / rule_id / name.replace("fail-", "clean-", 1)
    page = Page("https://vi-du.tiengiang.gov.vn/trang/", twin.read_bytes())
    static = {rule.id: rule for rule in RULES.values() if rule.engine == "static"}
    snapshot = Snapshot(Site("vi-du", "https://vi-du.tiengiang.gov.vn/"), (page,))
    report = judge(snapshot, Bench(static, (), date(2015, 12, 18)))
    assert [(f.rule, f.message, f.snippet) for f in report.findings] == []
    assert report.judged == 1


def test_each_clean_twin_has_its_fail_page() -> None:
    for twin in FOLDER.glob("*/clean-*.html"):
        assert twin.with_name(twin.name.replace("clean-", "fail-", 1)).exists(), twin


def _params(rule: Rule, case: dict[str, Any]) -> Any:
    given = case.get("params", {})
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in given.items()}
    return rule.params(**values)


def _check_kind(name: str, observations: list[Observation]) -> None:
    outcomes = [observation.outcome for observation in observations]
    if name.startswith("fail-"):
        assert Outcome.FAIL in outcomes
    elif name.startswith("pass-"):
        assert set(outcomes) == {Outcome.PASS}
    elif name.startswith("review-"):
        assert Outcome.REVIEW in outcomes
        assert Outcome.FAIL not in outcomes
    else:
        assert name.startswith("inapplicable-")
        assert outcomes == []


def _check_messages(rule: Rule, observations: list[Observation]) -> None:
    """Each message is the rule's own, and its data fills every {name} of it."""
    for observation in observations:
        if observation.outcome in (Outcome.FAIL, Outcome.REVIEW):
            template = rule.messages[observation.message]
            names = set(re.findall(r"\{(\w+)", template))
            assert names <= set(observation.params)


def _target(observation: Observation, page: Page) -> Any:
    return page.tree if observation.target is None else observation.target


def _line(element: Any) -> tuple[int, str]:
    return element.sourceline or 0, element.tag

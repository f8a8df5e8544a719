"""How to mend a fault is said for where it stands: in Markdown what editors write, else in HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml

from linter.findings import Finding
from linter.model import Snapshot
from linter.page import Page, Place
from linter.reports.wording import say_mend
from linter.rules.catalogue import all_rules
from linter.rules.examples import examples_of
from linter.rules.rule import Rule
from linter.terms import Outcome, Severity

FOLDER = Path(__file__).parents[1] / "rules"
RULES = all_rules()
# What Markdown can make, with the attributes that it then has.
MADE: dict[str, set[str]] = {
    **{name: {"id"} for name in "h2 h3 h4 h5 h6".split()},
    **{name: set() for name in "p ul li table caption thead tbody tr td blockquote pre".split()},
    **{name: set() for name in "hr br em strong b code h1 title".split()},
    "ol": {"start"},
    "th": {"scope"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
}


def can_be_markdown(element: Any) -> bool:
    """Whether a line of Markdown, or a key above it, may have made the element as it stands."""
    return all(
        node.tag in MADE
        and set(node.keys()) - {"data-expect"} <= MADE[node.tag]
        and node.get("scope", "col") == "col"
        for node in element.iter()
        if isinstance(node.tag, str)
    )


def guilty_elements(rule: Rule, read_case: Callable[..., Snapshot]) -> Iterator[Any]:
    """What the rule fails in its examples; None for a page as a whole."""
    if rule.family == "axe":
        for example in examples_of(rule.id):
            text = example.files[0].text
            if example.bad and not text.startswith(("<html", "<head", "<body")):
                in_table = text.startswith(("<tr", "<td", "<th"))
                yield from lxml.html.fragments_fromstring(
                    f"<table>{text}</table>" if in_table else text
                )
    elif rule.engine == "browser":
        for path in (FOLDER / rule.id).glob("fail-*.html"):
            yield from Page("https://mau.gov.vn/", path.read_bytes()).tree.xpath(
                "//*[@data-expect='fail']"
            )
    elif rule.page_check:
        for path in (FOLDER / rule.id).glob("fail-*.html"):
            for said in rule.page_check(Page("https://mau.gov.vn/", path.read_bytes())):
                if said.outcome is Outcome.FAIL:
                    yield said.target
    else:
        yield from _guilty_of_sites(rule, read_case)


def _guilty_of_sites(rule: Rule, read_case: Callable[..., Snapshot]) -> Iterator[Any]:
    assert rule.site_check is not None
    for path in (FOLDER / rule.id).glob("fail-*/case.yml"):
        case = yaml.safe_load(path.read_text("utf-8")) or {}
        given = case.get("params", {})
        values = {key: tuple(v) if isinstance(v, list) else v for key, v in given.items()}
        as_of = date.fromisoformat(str(case.get("as_of", "2015-12-18")))
        for said in rule.site_check(read_case(path.parent, case), rule.params(**values), as_of):
            if said.outcome is Outcome.FAIL and said.page is not None:
                yield said.target


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_what_editors_can_write_wrongly_they_are_told_to_mend_in_markdown(
    rule: Rule, read_case: Callable[..., Snapshot]
) -> None:
    of_law = rule.family in ("law", "security")  # of a page as a whole these name no markup
    theirs = [
        element
        for element in guilty_elements(rule, read_case)
        if (element is None and not of_law)
        or (isinstance(element, lxml.html.HtmlElement) and can_be_markdown(element))
    ]
    if theirs:
        told = rule.manual.get("Mend in Markdown") or rule.manual["Mend"]
        assert "<" not in told.replace("<name>", ""), rule.id
        # A text that names no markup holds for Markdown as it does for HTML.
        assert "Mend in Markdown" in rule.manual or of_law, rule.id


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_page_of_another_site_is_not_told_to_write_markdown(rule: Rule) -> None:
    for sign in ("Markdown", "](", "## ", "**"):
        assert sign not in rule.manual["Mend"], rule.id


@pytest.mark.parametrize(
    ("source", "begins"),
    [
        (Place("content/sonoivu/tin-tuc/a.md", 12), "Viết ![Hình cho thấy điều gì]"),
        (Place("themes/congtin/templates/base.html", 0), "Viết <img src="),
        (None, "Viết <img src="),
    ],
)
def test_the_words_follow_the_place(source: Place | None, begins: str) -> None:
    rule = RULES["image-alt"]
    finding = Finding(
        *(rule.id, (), Outcome.FAIL, Severity.ERROR, "mau", "https://mau.gov.vn/"),
        *("img", "<img>", source, "missing", {}, "0" * 16),
    )
    assert say_mend(finding, rule, "vi").startswith(begins)

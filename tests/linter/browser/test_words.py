"""Our Vietnamese for axe-core is complete: held against the English of the installed script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from linter.browser.axe import OPTIONS, PreloadedAxe
from linter.browser.axe_script import find_axe
from linter.browser.chromium import find_programs, take_browser
from linter.browser.words import VIETNAMESE, Words, english_words, read_english, vietnamese_words
from linter.rules.axe import read_rules


def keys(words: Words) -> Iterator[str]:
    for rule, texts in words.rules.items():
        yield from (f"{rule} {name}" for name in ("description", "help") if texts.get(name))
    for check, templates in words.checks.items():
        yield from (f"{check} {name}" for name, text in templates.items() if text)


def test_every_text_of_axe_has_its_vietnamese_and_nothing_else_does() -> None:
    assert sorted(keys(vietnamese_words())) == sorted(keys(english_words()))
    assert len(english_words().rules) > 100


def test_a_text_that_a_newer_axe_adds_is_missed() -> None:
    """The comparison sees it, so that it is not told in English by accident."""
    script = find_axe().text
    newer = re.sub(r"(rules:\s*\{)", r'\1"new-rule":{description:"New",help:"New"},', script)
    assert newer != script
    missing = set(keys(read_english(newer))) - set(keys(vietnamese_words()))
    assert missing == {"new-rule description", "new-rule help"}


@pytest.mark.parametrize("check", sorted(english_words().checks))
def test_the_vietnamese_has_the_same_holes(check: str) -> None:
    ours = vietnamese_words().checks[check]
    for name, text in english_words().checks[check].items():
        assert holes(ours[name]) <= holes(text), (check, name)


def holes(text: str) -> set[str]:
    return {hole for _, hole, _, _ in Formatter().parse(text) if hole}


def test_axe_takes_it_as_a_locale() -> None:
    browser = take_browser(find_programs(), offline=True)
    page = PreloadedAxe(browser, find_axe())
    page.inject()
    page.open("data:text/html,<title>M</title>", 10)
    told = page.call(
        "locale => { axe.configure({ locale: JSON.parse(locale) });"
        " return axe.getRules().map((rule) => [rule.ruleId, rule.help]); }",
        VIETNAMESE.read_text("utf-8"),
    )
    browser.close()
    ours = json.loads(VIETNAMESE.read_text("utf-8"))["rules"]
    assert dict(told) == {rule: ours[rule]["help"] for rule, _ in told}
    assert len(told) > 100


def test_axe_does_not_run_what_is_never_told() -> None:
    off = {
        rule
        for rule, data in read_rules().items()
        if "given it up" not in data.get("off", "given it up")
    }
    assert set(OPTIONS["rules"]) == off
    assert all(rule == {"enabled": False} for rule in OPTIONS["rules"].values())

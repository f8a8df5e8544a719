"""This file says what axe-core found in our words: one rule for each of its rules in axe.yml.

axe's violations are fails, its incomplete results reviews, its passes passes; what is inapplicable
is silence. A frame that it could not enter is untested. The sentence of the one check that failed
is the message, the rule's own where several did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from linter.browser.axe_script import find_axe
from linter.browser.words import VIETNAMESE, choose_message, english_words, vietnamese_words
from linter.compiled import compiled
from linter.errors import UserError
from linter.page import Observation, Page
from linter.rules.axe_mistakes import is_mistaken
from linter.rules.places import say
from linter.rules.rule import PageCheck, Rule
from linter.strict_yaml import read_own_yaml
from linter.terms import Outcome, Severity

_HERE = Path(__file__).parent
_LISTS = (("violations", "fail", Outcome.FAIL), ("incomplete", "incomplete", Outcome.REVIEW))


# WCAG asks for the contrast of text; axe-core also measures rows of signs that are no words.
_OF_TEXT = ("color-contrast", "color-contrast-enhanced")


def _is_no_text(shown: str) -> bool:
    """Whether nearly all that is shown are signs; a single letter or digit may stand among them."""
    signs = "".join(shown.split())
    letters = sum(char.isalnum() for char in signs)
    in_a_row = any(one.isalnum() and other.isalnum() for one, other in pairwise(signs))
    return bool(signs) and not in_a_row and letters * 2 < len(signs)


def _check(rule_id: str) -> PageCheck:
    """The check of one axe rule: reads its share of the page's evidence."""

    def check(page: Page) -> Iterator[Observation]:
        assert page.rendered is not None
        for name, kind, outcome in _LISTS:
            for result in page.rendered.axe[name]:
                if result["id"] == rule_id:
                    for node in result["nodes"]:
                        if rule_id in _OF_TEXT and _is_no_text(node["text"]):
                            continue
                        if is_mistaken(rule_id, page, node):
                            continue
                        yield _judge(page, node, kind, outcome)
        for _ in range(page.rendered.axe["passes"].get(rule_id, 0)):
            yield page.passes()

    def _judge(page: Page, node: Mapping[str, Any], kind: str, outcome: Outcome) -> Observation:
        if rule_id == "frame-tested":
            return page.untested("frame-unjudged", frame=node["css"])
        if any(check["id"] == "error-occurred" for check in node["checks"]):
            return page.untested("axe-failed", error=rule_id)
        if len(node["checks"]) == 1:
            [one] = node["checks"]
            texts = english_words().checks.get(one["id"], {})
            chosen = choose_message(texts, kind, one["data"])
            if chosen:
                return say(page, outcome, node, f"{one['id']}.{chosen[0]}", chosen[1])
        return say(page, outcome, node, "help")

    return check


def _rule(rule_id: str, data: Mapping[str, Any]) -> Rule:
    manual = {"Mend": data["mend"]}
    if "markdown" in data:
        manual["Mend in Markdown"] = data["markdown"]
    return Rule(
        id=f"axe/{rule_id}",
        family="axe",
        severity=Severity(data["severity"]),
        engine="browser",
        wcag=tuple(data.get("wcag", ())),
        act=tuple(data.get("act", ())),
        messages=data["messages"],
        duty=data["messages"]["help"],
        manual=manual,
        translations={"vi": data["translations"]},
        page_check=_check(rule_id),
    )


def read_rules() -> Mapping[str, Mapping[str, Any]]:
    """axe.yml: what it says of each of axe-core's rules. Raises UserError."""
    read = read_own_yaml(_HERE / "axe.yml", "linter/rules/axe.yml", _HERE / "axe.schema.json")
    if read.mistakes:
        raise UserError(read.mistakes)
    rules: Mapping[str, Mapping[str, Any]] = read.value["rules"]
    return rules


def _with_words() -> dict[str, dict[str, Any]]:
    """The rules that are asked, with axe-core's texts for them and what we call these."""
    english, vietnamese = english_words(), vietnamese_words()
    rules = {}
    for name, data in read_rules().items():
        if "off" in data:
            continue
        help_text = english.rules[name]["help"]
        messages = {"help": help_text}
        translations = {help_text: vietnamese.rules[name]["help"]}
        for check in data["checks"]:
            for kind, text in english.checks[check].items():
                messages[f"{check}.{kind}"] = text
                translations[text] = vietnamese.checks[check][kind]
        rules[name] = {**data, "messages": messages, "translations": translations}
    return rules


def _rules() -> tuple[Rule, ...]:
    sources = [_HERE / "axe.yml", _HERE / "axe.schema.json", VIETNAMESE, find_axe().path]
    made_of = b"".join(path.read_bytes() for path in (*sources, Path(__file__)))
    known = compiled(_HERE, "axe-with-words", made_of, _with_words)
    return tuple(_rule(name, data) for name, data in known.items())


RULES = _rules()

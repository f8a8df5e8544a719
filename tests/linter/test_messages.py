"""Every sentence that a user reads has a Vietnamese translation with the same {names}."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.messages import REASONS, fill, format_date, say, speak_for, translate
from linter.rules.catalogue import all_rules

ROOT = Path(__file__).parent.parent.parent
NAMES = re.compile(r"\{(\w+)(?::\w+)?\}")


def marked_texts() -> Iterator[tuple[str, str]]:
    """Each N_() text of both packages with its domain."""
    for path in sorted([*ROOT.glob("linter/**/*.py"), *ROOT.glob("generator/**/*.py")]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_":
                (text,) = node.args
                assert isinstance(text, ast.Constant), f"{path}: N_() needs a plain text"
                yield str(path.relative_to(ROOT)), str(text.value)


def translated(text: str, context: str = "", domain: str = "") -> str:
    domains = [domain] if domain else ["messages", "reports", "theme", "checklist", "coverage"]
    for name in domains:
        found = translate(text, "vi", name, context)
        if found != text:
            return found
    return text


@pytest.mark.parametrize(("file", "text"), sorted(set(marked_texts())))
def test_each_marked_text_is_translated(file: str, text: str) -> None:
    vietnamese = translated(text)
    assert vietnamese != text or text in ("Fax",), f"{file}: {text!r} has no translation"
    assert set(NAMES.findall(vietnamese)) == set(NAMES.findall(text))


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_is_translated(reason: str) -> None:
    text = REASONS[reason]
    vietnamese = translated(text, "reason", "messages")
    assert vietnamese != text
    assert set(NAMES.findall(vietnamese)) == set(NAMES.findall(text))


OWN = [rule for rule in all_rules().values() if rule.family != "axe"]


@pytest.mark.parametrize("rule", OWN, ids=lambda rule: rule.id)
def test_each_rule_explains_itself_in_vietnamese(rule: object) -> None:
    from linter.rules.rule import OPTIONAL, SECTIONS, Rule

    assert isinstance(rule, Rule)
    assert set(SECTIONS) - set(OPTIONAL) <= set(rule.manual) <= set(SECTIONS)
    for text in (rule.duty, *rule.manual.values(), *rule.messages.values()):
        vietnamese = translated(text, rule.id, rule.family)
        assert vietnamese != text, text
        assert set(NAMES.findall(vietnamese)) == set(NAMES.findall(text))


TEMPLATES = sorted((ROOT / "themes" / "congtin" / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_each_text_of_the_theme_is_translated(path: Path) -> None:
    texts = re.findall(r"""\bt\((?:"([^"]+)"|'([^']+)')""", path.read_text("utf-8"))
    for double, single in texts:
        text = double or single
        vietnamese = translated(text, domain="theme")
        assert vietnamese != text or text == "Fax", text
        assert set(NAMES.findall(vietnamese)) == set(NAMES.findall(text))


def test_dates_are_written_as_readers_write_them() -> None:
    assert format_date("2015-12-18", "vi") == "18/12/2015"
    assert format_date("2015-12-18T08:00", "en") == "18 December 2015"
    assert format_date("soon", "vi") == "soon"
    assert say("Due {day:date}", {"day": "2015-02-01"}, "en") == "Due 1 February 2015"


def test_data_with_braces_is_data() -> None:
    assert fill("{name} is wrong", {"name": "{evil}"}, "en") == "{evil} is wrong"
    assert fill("{unknown} stays", {}, "en") == "{unknown} stays"


def descriptions(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("description"), str):
            yield part["description"]
        for value in part.values():
            yield from descriptions(value)
    elif isinstance(part, list):
        for value in part:
            yield from descriptions(value)


SCHEMAS = [
    ROOT / "linter" / "portal.schema.json",
    ROOT / "linter" / "registry.schema.json",
    *sorted((ROOT / "generator" / "schemas").glob("*.schema.json")),
]


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_what_a_schema_wants_is_told_in_english_too(path: Path) -> None:
    texts = set(descriptions(json.loads(path.read_text("utf-8"))))
    speak_for(ROOT / "generator" / "locale")
    assert texts or path.name == "news.schema.json"  # news has no key of its own
    for text in texts:
        assert fill("{wanted:wanted}", {"wanted": text}, "vi") == text
        assert fill("{wanted:wanted}", {"wanted": text}, "en") != text, text

"""This file writes the reference of all rules as a small site: an index and a page for each rule.

It is written in every language; the pages of one rule lead to each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from linter.law.instrument import Instrument
from linter.messages import LANGUAGES, N_, say, translate
from linter.reports.wording import SEVERITIES, say_duty, say_manual, say_pattern
from linter.rules.examples import examples_of
from linter.rules.rule import SECTIONS, Rule

ENGINES: Mapping[str, str] = {
    "static": N_("static"),
    "browser": N_("browser"),
    "law": N_("law"),
}
HEADINGS: Mapping[str, str] = {
    "Why": N_("Why"),
    "Whom it hurts": N_("Whom it hurts"),
    "Mend": N_("How to mend"),
    "Mend in Markdown": N_("How to mend it in Markdown"),
    "Limits": N_("Limits"),
}
FAMILIES: Mapping[str, str] = {
    "accessibility": N_("Accessibility"),
    "aria": N_("Names for programs (ARIA)"),
    "axe": N_("Rules of axe-core"),
    "content": N_("Content"),
    "language": N_("Language"),
    "law": N_("Law"),
    "media": N_("Recordings"),
    "navigation": N_("Ways around"),
    "rendering": N_("As shown by the browser"),
    "security": N_("Break-ins and secrets"),
    "wording": N_("Words of links and labels"),
    "writing": N_("Text and layout"),
}
# Their fault is in the text itself: a page that quotes it bears it.
_UNQUOTABLE = (
    *("cloaked-page", "decomposed-text", "defaced-page", "old-encoding"),
    *("personal-data", "personal-number", "spam-words"),
)
_HERE = Path(__file__).parent / "html"
_DOMAIN = "reports"


def write(rules: Mapping[str, Rule], laws: Iterable[Instrument]) -> Mapping[str, bytes]:
    """Every file of the reference by name; the index of the first language is index.html."""
    clauses = _clauses(laws)
    files = {"report.css": (_HERE / "report.css").read_bytes()}
    for lang in LANGUAGES:
        files.update(_write_one(rules, clauses, lang))
    return files


def _write_one(
    rules: Mapping[str, Rule], clauses: Mapping[str, list[Mapping[str, str]]], lang: str
) -> Mapping[str, bytes]:
    words = _words(lang)
    index = _environment().get_template("rules.jinja")
    families: dict[str, list[Rule]] = defaultdict(list)
    criteria: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules.values():
        families[rule.family].append(rule)
        for criterion in rule.wcag:
            criteria[criterion].append(rule)
    ordered = dict(sorted(criteria.items(), key=lambda item: [*map(int, item[0].split("."))]))
    page = index.render(
        **words,
        families=families,
        criteria=ordered,
        count=len(rules),
        other=name_of("index", _other(lang)),
    )
    files = {name_of("index", lang): page.encode("utf-8")}
    template = _environment().get_template("rule.jinja")
    for rule in rules.values():
        page = template.render(
            **words,
            rule=rule,
            clauses=clauses.get(rule.id, ()),
            examples=examples_of(rule.id),
            unquotable=rule.id in _UNQUOTABLE,
            other=name_of(rule.id, _other(lang)),
        )
        files[name_of(rule.id, lang)] = page.encode("utf-8")
    return files


def name_of(rule_id: str, lang: str) -> str:
    """The file of a rule's page, or of the index."""
    name = rule_id.replace("/", "-")
    return f"{name}.html" if lang == LANGUAGES[0] else f"{name}.{lang}.html"


def _other(lang: str) -> str:
    return next(other for other in LANGUAGES if other != lang)


def _clauses(laws: Iterable[Instrument]) -> Mapping[str, list[Mapping[str, str]]]:
    """The clauses that ask for each rule, as a lawyer cites them, by language."""
    found: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for law in laws:
        for requirement in law.requirements:
            cite = requirement.card.cite
            if requirement.rule and cite not in found[requirement.rule]:
                found[requirement.rule].append(cite)
    return found


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _words(lang: str) -> dict[str, Any]:
    """What the templates may call to turn data into the reader's language."""

    def t(text: str, **params: Any) -> str:
        return say(text, params, lang, domain=_DOMAIN)

    return {
        "lang": lang,
        "other_lang": _other(lang),
        "t": t,
        "sections": SECTIONS,
        "index": name_of("index", lang),
        "file": lambda rule: name_of(rule.id, lang),
        "duty": lambda rule: say_duty(rule, lang),
        "manual": lambda rule, heading: say_manual(rule, heading, lang),
        "text": lambda rule, message: say_pattern(rule, message, lang),
        "heading": lambda name: translate(HEADINGS[name], lang, _DOMAIN),
        "family_word": lambda name: translate(FAMILIES[name], lang, _DOMAIN),
        "severity_word": lambda rule: translate(SEVERITIES[rule.severity], lang, _DOMAIN),
        "engine_word": lambda rule: translate(ENGINES[rule.engine], lang, _DOMAIN),
    }

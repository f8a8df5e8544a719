"""This file is `congtin rules`: the catalogue, and the manual page of a rule."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import click

from linter.atomic import write_files
from linter.cli.command import Command, Option, tell
from linter.errors import Mistake, UserError
from linter.law.choice import own_laws
from linter.law.coverage import write
from linter.law.library import all_laws
from linter.messages import N_, say, translate
from linter.reports import reference
from linter.reports.reference import ENGINES, HEADINGS
from linter.reports.wording import SEVERITIES, say_duty, say_manual, say_pattern
from linter.rules.catalogue import all_rules
from linter.rules.examples import examples_of
from linter.rules.rule import SECTIONS, Rule


@click.command("rules", cls=Command, help=N_("List the rules, or explain one of them."))
@click.argument("rule_id", required=False, metavar="[ID]")
@click.option(
    "--coverage",
    cls=Option,
    metavar="LAW",
    help=N_("Say of each clause of a law (all: of every known one) what checks it, as Markdown."),
)
@click.option(
    "--write",
    "folder",
    cls=Option,
    type=click.Path(path_type=Path),
    help=N_("Write the reference of all rules there, as HTML, in Vietnamese and English."),
)
@click.pass_obj
def command(lang: str, rule_id: str | None, coverage: str | None, folder: Path | None) -> None:
    """Prints the catalogue by family, one rule's manual page, or what covers a law."""
    rules = all_rules()
    if folder is not None:
        params_of = {name: rule.params for name, rule in rules.items()}
        laws = all_laws(params_of, own_laws(Path("content")))
        write_files(folder, reference.write(rules, laws.values()))
        tell(N_("Written: {path}"), {"path": str(folder / "index.html")}, lang)
        return
    if coverage is not None:
        click.echo(coverage_of(coverage, lang), nl=False)
        return
    if rule_id is None:
        click.echo("\n".join(_list(lang)))
        return
    if rule_id not in rules and f"axe/{rule_id}" in rules:
        rule_id = f"axe/{rule_id}"
    if rule_id not in rules:
        near = difflib.get_close_matches(rule_id, rules, 1)
        message = (
            N_("There is no rule {id}; did you mean {near}?")
            if near
            else N_("There is no rule {id}. `congtin rules` lists them all.")
        )
        params = {"id": rule_id, "near": near[0] if near else ""}
        raise UserError(Mistake("congtin rules", 0, message, params))
    click.echo("\n".join(explain(rules[rule_id], lang)))


def coverage_of(law: str, lang: str) -> str:
    """The coverage table of one law, or of all. Raises UserError for an unknown one."""
    params_of = {name: rule.params for name, rule in all_rules().items()}
    laws = all_laws(params_of, own_laws(Path("content")))
    if law == "all":
        return write(laws.values(), lang)
    if law not in laws:
        message = N_("There is no law {name}. Known: {known}.")
        params = {"name": law, "known": ", ".join(laws)}
        raise UserError(Mistake("--coverage", 0, message, params))
    return write([laws[law]], lang)


def _list(lang: str) -> Iterator[str]:
    family = ""
    for rule in all_rules().values():
        if rule.family != family:
            yield f"\n{rule.family}"
            family = rule.family
        yield f"  {rule.id:<24} {say_duty(rule, lang)}"
    yield ""
    yield say("{count} rules.", {"count": len(all_rules())}, lang, "reports")


def explain(rule: Rule, lang: str) -> Iterator[str]:
    """The lines of a rule's manual page."""
    yield f"{rule.id}: {say_duty(rule, lang)}"
    severity = translate(SEVERITIES[rule.severity], lang, "reports")
    engine = translate(ENGINES[rule.engine], lang, "reports")
    grounds = [f"WCAG {criterion}" for criterion in rule.wcag] + [f"ACT {a}" for a in rule.act]
    yield " · ".join([severity, engine, *grounds])
    for heading in SECTIONS:
        text = say_manual(rule, heading, lang)
        if text:
            yield ""
            yield translate(HEADINGS[heading], lang, "reports")
            yield click.wrap_text(text, 78, "  ", "  ")
    for example in examples_of(rule.id):
        yield ""
        title = N_("A bad example") if example.bad else N_("A good example")
        yield translate(title, lang, "reports")
        for label, value in example.known:
            yield f"  {translate(label, lang, 'reports')}: {value}"
        for page in example.files:
            if len(example.files) > 1:
                yield f"  {page.name}:"
            yield from (f"{'  > ' if guilty else '    '}{line}" for line, guilty in page.lines)
    yield ""
    yield translate("What it says", lang, "reports")
    for message in rule.messages.values():
        said = say_pattern(rule, message, lang)
        yield click.wrap_text(said, 78, "  - ", "    ")

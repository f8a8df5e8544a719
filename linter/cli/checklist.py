"""This file is `congtin report checklist`: a form of questions that only a person can answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from linter.answers import Answers, read_answers
from linter.atomic import write_file
from linter.cli.command import Command, Option, tell
from linter.cli.options import as_of_option, law_option
from linter.errors import Mistake, UserError
from linter.law.choice import own_laws
from linter.law.instrument import Instrument
from linter.law.library import choose_laws
from linter.messages import N_
from linter.registry import read_registry
from linter.reports.checklist import Chapter, Checklist, Given, Question, write_html
from linter.rules.catalogue import all_rules
from linter.terms import Site


@click.command(
    "checklist",
    cls=Command,
    help=N_("Write what only a person can judge as a form to fill in."),
)
@click.argument("portal")
@law_option
@as_of_option
@click.option(
    "--output",
    cls=Option,
    type=click.Path(path_type=Path),
    help=N_("The file to write; its ending says how: .html or .docx."),
)
@click.pass_obj
def command(lang: str, portal: str, law: str, as_of: date, output: Path | None) -> None:
    """Asks every clause that binds the portal and waits for a person."""
    content = Path("content")
    registry = read_registry(content)
    known = {one.id: one for one in registry.portals}
    if portal not in known:
        message = N_("There is no portal {id}.")
        raise UserError(Mistake("congtin report checklist", 0, message, {"id": portal}))
    params_of = {name: rule.params for name, rule in all_rules().items()}
    laws = choose_laws(law, as_of, params_of, own_laws(content))
    answers = read_answers(content / "answers.yml")
    form = ask(known[portal].site, laws, answers, as_of, lang)
    path = output or Path("report", f"checklist-{portal}.docx")
    write_file(path, _written(form, path, lang))
    params = {"count": form.count, "path": path.as_posix()}
    tell(N_("{count} questions are in {path}."), params, lang)


def _written(form: Checklist, path: Path, lang: str) -> bytes:
    match path.suffix.lower():
        case ".html":
            return write_html(form, lang)
        case ".docx":
            from linter.reports.checklist_docx import write_docx  # noqa: PLC0415  # slow to load
            from linter.reports.office.data import read_letterhead  # noqa: PLC0415

            return write_docx(form, read_letterhead(Path("content", "office.yml")), lang)
        case ending:
            message = N_("A form cannot be written as “{ending}”; name a .docx or .html file.")
            raise UserError(Mistake("--output", 0, message, {"ending": ending}))


def ask(
    site: Site, laws: tuple[Instrument, ...], answers: Answers, as_of: date, lang: str
) -> Checklist:
    """The form for one site, with the answers that still hold filled in."""
    chapters = []
    for law in laws:
        questions = tuple(
            Question(
                clause.id,
                clause.cite[lang],
                clause.says[lang],
                clause.person[lang],
                _given(answers, site, clause.id, as_of),
            )
            for clause in law.requirements
            if clause.person and clause.binds_site(site, as_of)
        )
        if questions:
            chapters.append(Chapter(law.number, law.title[lang], questions))
    return Checklist(site.id, site.name or site.id, as_of, tuple(chapters))


def _given(answers: Answers, site: Site, clause: str, as_of: date) -> Given | None:
    answer = answers.to_clause(site.id, clause, as_of)
    if answer is None:
        return None
    return Given(answer.outcome, answer.who, answer.when, answer.until, answer.evidence)

"""This file is `congtin report answers`: what a committee wrote into forms, into answers.yml."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from linter.answers import SCHEMA, Answers, contradictions, read_answers
from linter.atomic import write_file
from linter.cli.command import Command, tell
from linter.errors import Mistake, UserError
from linter.facts.days import exact_day
from linter.messages import N_
from linter.reports.checklist_docx import Filled, read_docx
from linter.strict_yaml import parse_yaml


@click.command(
    "answers",
    cls=Command,
    help=N_("Take the answers of filled-in forms (.docx) into content/answers.yml."),
)
@click.argument(
    "forms", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FORM..."
)
@click.pass_obj
def command(lang: str, forms: Sequence[Path]) -> None:
    """Adds each answer that is new; nothing is written while a form has a mistake."""
    path = Path("content", "answers.yml")
    known = read_answers(path)
    mistakes: list[Mistake] = []
    entries: list[str] = []
    for form in forms:
        for filled in _read(form, mistakes):
            entry = _entry(form, filled, mistakes)
            if entry and not _is_known(entry, known):
                entries.append("  - " + json.dumps(entry, ensure_ascii=False) + "\n")
    if mistakes:
        raise UserError(mistakes)
    if entries:
        old = path.read_text("utf-8") if path.exists() else "answers: []\n"
        text = _with_clauses(old) + "".join(entries)
        yaml = parse_yaml(text, path.as_posix(), SCHEMA)
        wrong = list(yaml.mistakes) or contradictions(yaml, path.as_posix())
        if wrong:
            raise UserError(wrong)
        write_file(path, text.encode("utf-8"))
    params = {"count": len(entries), "path": path.as_posix()}
    tell(N_("{count} new answers are in {path}."), params, lang)


def _read(form: Path, mistakes: list[Mistake]) -> tuple[Filled, ...]:
    try:
        return read_docx(form)
    except ValueError as error:
        message = N_("This is no form of congtin, or a question bears two answers ({what}).")
        mistakes.append(Mistake(str(form), 0, message, {"what": str(error)}))
        return ()


def _entry(form: Path, filled: Filled, mistakes: list[Mistake]) -> dict[str, str]:
    """The answer as answers.yml holds it; empty with a mistake where a day cannot be read."""
    days: dict[str, date | None] = {}
    for key, text in (("when", filled.when), ("until", filled.until)):
        days[key] = exact_day(text) if text else None
        if (text or key == "when") and days[key] is None:
            message = N_("{clause}: “{text}” is no day; write it as 17/12/2015.")
            params = {"clause": filled.requirement, "text": text}
            mistakes.append(Mistake(str(form), 0, message, params))
    if not filled.who:
        message = N_("{clause}: nobody has signed the answer.")
        mistakes.append(Mistake(str(form), 0, message, {"clause": filled.requirement}))
    when, until = days["when"], days["until"]
    if when is None:
        return {}
    entry = {
        "requirement": filled.requirement,
        "site": filled.site,
        "outcome": filled.outcome,
        "who": filled.who,
        "when": when.isoformat(),
    }
    if until:
        entry["until"] = until.isoformat()
    if filled.evidence:
        entry["evidence"] = filled.evidence
    return entry


def _is_known(entry: dict[str, str], known: Answers) -> bool:
    given = known.clauses.get((entry["site"], entry["requirement"]), ())
    return any(
        answer.when.isoformat() == entry["when"] and answer.outcome == entry["outcome"]
        for answer in given
    )


def _with_clauses(text: str) -> str:
    """The file with its key clauses at the end, ready for more entries."""
    text = text.rstrip().removesuffix("clauses: []").rstrip() + "\n"
    return text if "\nclauses:" in text else text + "clauses:\n"

"""This file is `congtin waive`: accept one finding for a time, with all that makes it lawful."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from linter.atomic import write_file
from linter.cli.command import Command, Option, tell
from linter.cli.options import as_of_option
from linter.errors import Mistake, UserError
from linter.messages import N_, translate
from linter.vietnamese import slugify
from linter.waivers import FILE, MOST_DAYS, read_waivers

_USAGE = "congtin waive"
# What a person must say, by the key of the file: the question, asked where no option answers it.
QUESTIONS: Mapping[str, str] = {
    "owner": N_("Who answers for it (name, post)"),
    "reason": N_("Why it cannot be mended now"),
    "basis": N_("Legal basis or decision"),
    "expires": N_("Until which day (such as 2016-06-30)"),
}


@click.command("waive", cls=Command, help=N_("Accept a finding of the last report for a time."))
@click.argument("fingerprint")
@click.option(
    "--report",
    cls=Option,
    type=click.Path(path_type=Path),
    default=Path("report", "report.json"),
    help=N_("The JSON report that has the finding."),
)
@click.option("--owner", cls=Option, help=QUESTIONS["owner"])
@click.option("--reason", cls=Option, help=QUESTIONS["reason"])
@click.option("--basis", cls=Option, help=QUESTIONS["basis"])
@click.option("--expires", cls=Option, help=QUESTIONS["expires"])
@as_of_option
@click.pass_obj
def command(
    lang: str,
    fingerprint: str,
    report: Path,
    owner: str | None,
    reason: str | None,
    basis: str | None,
    expires: str | None,
    as_of: date,
) -> None:
    """Asks for what is not said, then adds the waiver to content/waivers.yml."""
    said = {"owner": owner, "reason": reason, "basis": basis, "expires": expires}
    finding = _find(report, fingerprint)
    path = Path(FILE)
    if fingerprint in read_waivers(path):
        message = N_("This finding is accepted already: {fingerprint}.")
        raise UserError(Mistake(FILE, 0, message, {"fingerprint": fingerprint}))
    click.echo(f"{finding['text']} [{finding['rule']}]", err=True)
    answers = {name: said[name] or _ask(name, lang) for name in QUESTIONS}
    days = (_day(answers["expires"]) - as_of).days
    if days < 0:
        message = N_("The waiver would end before it begins: {day}.")
        raise UserError(Mistake(_USAGE, 0, message, {"day": answers["expires"]}))
    if days > MOST_DAYS:
        message = N_("A waiver may last {most} days at most.")
        raise UserError(Mistake(_USAGE, 0, message, {"most": MOST_DAYS}))
    entry = {
        "id": slugify(f"{finding['rule']} {finding['site']} {fingerprint[:6]}"),
        "fingerprint": fingerprint,
        "rule": finding["rule"],
        "site": finding["site"],
        "granted": as_of.isoformat(),
        **answers,
    }
    _add(path, entry)
    tell(N_("Added to {path}: {id}."), {"path": FILE, "id": entry["id"]}, lang)


def _find(report: Path, fingerprint: str) -> Mapping[str, Any]:
    """The finding of that fingerprint in a JSON report."""
    try:
        findings = json.loads(report.read_text("utf-8"))["findings"]
        found = [one for one in findings if one["fingerprint"] == fingerprint]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = N_("This is no JSON report of an earlier run ({error}).")
        raise UserError(Mistake(str(report), 0, message, {"error": str(error)})) from error
    if not found:
        message = N_("The report has no finding {fingerprint}.")
        raise UserError(Mistake(str(report), 0, message, {"fingerprint": fingerprint}))
    one: Mapping[str, Any] = found[0]
    if one["outcome"] == "untested":
        message = N_("What was not judged cannot be accepted: have it judged first.")
        raise UserError(Mistake(str(report), 0, message))
    return one


def _ask(name: str, lang: str) -> str:
    if not sys.stdin.isatty():
        message = N_("Say --{name}: {question}.")
        params = {"name": name, "question": translate(QUESTIONS[name], lang)}
        raise UserError(Mistake(_USAGE, 0, message, params))
    return str(click.prompt(translate(QUESTIONS[name], lang), err=True)).strip()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = N_("“{value}” is no date; write it as 2015-12-18.")
        raise UserError(Mistake(_USAGE, 0, message, {"value": text})) from error


def _add(path: Path, entry: Mapping[str, str]) -> None:
    """Adds to the file as people wrote it; what the schema refuses leaves it as it was."""
    before = path.read_text("utf-8") if path.exists() else "waivers: []\n"
    lines = [f"{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in entry.items()]
    item = "  - " + "\n    ".join(lines) + "\n"
    head = before.replace("waivers: []", "waivers:", 1)
    write_file(path, (head if head.endswith("\n") else head + "\n").encode() + item.encode())
    try:
        read_waivers(path)
    except UserError:
        write_file(path, before.encode("utf-8"))
        raise

"""This file is `congtin waive`: accept one finding for a time, with all that makes it lawful."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from linter.atomic import write_file
from linter.baseline import SCHEMA
from linter.cli.command import Command, Option, say_mistakes, tell
from linter.cli.options import as_of_option
from linter.errors import Mistake, UserError
from linter.messages import N_, say, translate
from linter.schemas import accepts
from linter.vietnamese import slugify
from linter.waivers import CARD, FILE, MOST_DAYS, SCHEMA_FILE, read_waivers

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
    findings = _read_findings(report)
    finding = _find(findings, report, fingerprint)
    spread = _spread(findings, finding)
    fault = {"file": finding["source"]["file"]} if spread else {"fingerprint": fingerprint}
    path = Path(FILE)
    if finding["waived"] or any(fault.items() <= vars(w).items() for w in read_waivers(path)):
        message = N_("This finding is accepted already: {fingerprint}.")
        raise UserError(Mistake(FILE, 0, message, {"fingerprint": fingerprint}))
    click.echo(f"{finding['text']} [{finding['rule']}]", err=True)
    if spread:
        message = N_("It stands at {count} places and comes from {file}: it is accepted at all.")
        click.echo(say(message, {"count": spread, **fault}, lang), err=True)
    answers = {name: said[name] or _ask(name, as_of, lang) for name in QUESTIONS}
    _check_days(as_of, answers["expires"])
    entry = {
        "id": slugify(f"{finding['rule']} {finding['site']} {fingerprint[:6]}"),
        **fault,
        "rule": finding["rule"],
        "site": finding["site"],
        "granted": as_of.isoformat(),
        **answers,
    }
    _add(path, entry)
    tell(N_("Added to {path}: {id}."), {"path": FILE, "id": entry["id"]}, lang)


def _check_days(granted: date, expires: str) -> None:
    days = (_day(expires) - granted).days
    if days < 0:
        message = N_("The waiver would end before it begins: {day}.")
        raise UserError(Mistake(_USAGE, 0, message, {"day": expires}))
    if days > MOST_DAYS:
        message = N_("A waiver may last {most} days at most.")
        raise UserError(Mistake(_USAGE, 0, message, {"most": MOST_DAYS}))


def _read_findings(report: Path) -> Sequence[Mapping[str, Any]]:
    """The findings of a JSON report."""
    try:
        data = json.loads(report.read_text("utf-8"))
        if data["schema"] != SCHEMA:
            raise ValueError(data["schema"])
        findings: list[Mapping[str, Any]] = data["findings"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = N_("This is no JSON report of an earlier run ({error}).")
        raise UserError(Mistake(str(report), 0, message, {"error": str(error)})) from error
    return findings


def _find(
    findings: Sequence[Mapping[str, Any]], report: Path, fingerprint: str
) -> Mapping[str, Any]:
    """The finding of that fingerprint."""
    one = next((one for one in findings if one["fingerprint"] == fingerprint), None)
    if one is None:
        message = N_("The report has no finding {fingerprint}.")
        raise UserError(Mistake(str(report), 0, message, {"fingerprint": fingerprint}))
    if one["outcome"] == "untested":
        message = N_("What was not judged cannot be accepted: have it judged first.")
        raise UserError(Mistake(str(report), 0, message))
    if one["rule"] == CARD.id:
        raise UserError(Mistake(str(report), 0, N_("A waiver cannot be accepted by another.")))
    return one


def _spread(findings: Sequence[Mapping[str, Any]], finding: Mapping[str, Any]) -> int:
    """At how many places a file puts the fault, where no other fault of the rule is in it; or 0."""
    if finding["source"] is None:
        return 0
    file, keys = finding["source"]["file"], ("rule", "site")
    own = [
        one
        for one in findings
        if one["source"] and one["source"]["file"] == file and one["outcome"] != "untested"
        if all(one[key] == finding[key] for key in keys)
    ]
    where = "snippet" if finding["source"]["line"] else "selector"
    causes = {(one["outcome"], one["message"], one["source"]["line"], one[where]) for one in own}
    return len(own) if len(own) > 1 and len(causes) == 1 else 0


def _ask(name: str, granted: date, lang: str) -> str:
    """What a person says, asked again until it can stand in the file."""
    if not sys.stdin.isatty():
        message = N_("Say --{name}: {question}.")
        params = {"name": name, "question": translate(QUESTIONS[name], lang)}
        raise UserError(Mistake(_USAGE, 0, message, params))
    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    wanted = schema["properties"]["waivers"]["items"]["properties"][name]
    while True:
        answer = str(click.prompt(translate(QUESTIONS[name], lang), err=True)).strip()
        try:
            if not accepts(wanted, answer):
                message = N_("“{value}” is not taken: {wanted:wanted}")
                params = {"value": answer, "wanted": wanted["description"]}
                raise UserError(Mistake(_USAGE, 0, message, params))
            if name == "expires":
                _check_days(granted, answer)
        except UserError as error:
            say_mistakes(error.mistakes, lang)
            continue
        return answer


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

"""This file holds what persons answered: to findings they looked at, and to clauses of the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from linter.errors import Mistake, UserError
from linter.messages import N_
from linter.strict_yaml import Yaml, read_yaml

SCHEMA = Path(__file__).parent / "answers.schema.json"
# What a person may say of a clause; a finding knows the first two only.
OUTCOMES = ("pass", "fail", "could-not-tell")


@dataclass(frozen=True)
class Answer:
    """What a person said of a finding with outcome review: pass or fail, until a day."""

    rule: str
    fingerprint: str
    outcome: str
    who: str
    when: date
    until: date | None


@dataclass(frozen=True)
class ClauseAnswer:
    """What a person said of a clause that no machine can judge, for one site, until a day."""

    requirement: str
    site: str
    outcome: str
    who: str
    when: date
    until: date | None
    evidence: str

    def counts_on(self, day: date) -> bool:
        """Whether it had been given by that day and still holds."""
        return self.when <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Answers:
    """All answers of a project: to findings by fingerprint, to clauses by (site, clause)."""

    findings: Mapping[str, Answer] = field(default_factory=dict)
    clauses: Mapping[tuple[str, str], tuple[ClauseAnswer, ...]] = field(default_factory=dict)

    def to_finding(self, rule: str, fingerprint: str, day: date) -> Answer | None:
        """The answer to that finding, while it holds."""
        answer = self.findings.get(fingerprint)
        if answer is None or answer.rule != rule:
            return None
        return None if answer.until is not None and answer.until < day else answer

    def to_clause(self, site: str, requirement: str, day: date) -> ClauseAnswer | None:
        """The newest answer to that clause for that site that counts on the day."""
        given = self.clauses.get((site, requirement), ())
        return max(
            (answer for answer in given if answer.counts_on(day)),
            key=lambda answer: answer.when,
            default=None,
        )


def read_answers(path: Path) -> Answers:
    """What answers.yml holds; nothing when there is no such file. Raises UserError."""
    if not path.exists():
        return Answers()
    file = f"{path.parent.name}/{path.name}"
    yaml = read_yaml(path, file, SCHEMA)
    mistakes = list(yaml.mistakes) or contradictions(yaml, file)
    if mistakes:
        raise UserError(mistakes)
    clauses: dict[tuple[str, str], tuple[ClauseAnswer, ...]] = {}
    for entry in yaml.value.get("clauses", ()):
        key = (entry["site"], entry["requirement"])
        answer = ClauseAnswer(
            entry["requirement"],
            entry["site"],
            entry["outcome"],
            entry["who"],
            date.fromisoformat(entry["when"]),
            _day(entry.get("until")),
            entry.get("evidence", ""),
        )
        clauses[key] = (*clauses.get(key, ()), answer)
    findings = {
        entry["fingerprint"]: Answer(
            entry["rule"],
            entry["fingerprint"],
            entry["outcome"],
            entry["who"],
            date.fromisoformat(entry["when"]),
            _day(entry.get("until")),
        )
        for entry in yaml.value["answers"]
    }
    return Answers(findings, clauses)


def contradictions(yaml: Yaml, file: str) -> list[Mistake]:
    """What a schema cannot say: answers that stand twice, end too early, or lack evidence."""
    found: list[Mistake] = []
    seen: set[tuple[str, ...]] = set()
    for index, entry in enumerate(yaml.value["answers"]):
        if (entry["fingerprint"],) in seen:
            message = N_("The fingerprint {value} stands twice.")
            line = yaml.line("answers", index, "fingerprint")
            found.append(Mistake(file, line, message, {"value": entry["fingerprint"]}))
        seen.add((entry["fingerprint"],))
    for index, entry in enumerate(yaml.value.get("clauses", ())):
        key = (entry["site"], entry["requirement"], entry["when"])
        params = {"site": entry["site"], "clause": entry["requirement"]}
        if key in seen:
            message = N_("The clause {clause} is answered twice on one day for {site}.")
            line = yaml.line("clauses", index, "requirement")
            found.append(Mistake(file, line, message, params))
        seen.add(key)
        if "until" in entry and entry["until"] < entry["when"]:
            message = N_("The answer to {clause} for {site} ends before it was given.")
            found.append(Mistake(file, yaml.line("clauses", index, "until"), message, params))
        if entry["outcome"] != "could-not-tell" and "evidence" not in entry:
            message = N_("The answer to {clause} for {site} needs its evidence.")
            found.append(Mistake(file, yaml.line("clauses", index), message, params))
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""This file reads a criteria set: which points a site can get, for what, on what evidence.

The set is data. Ours is linter/history/criteria.yml; a province's own stands in
content/criteria.yml and takes its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from linter.errors import Mistake, UserError
from linter.messages import N_
from linter.strict_yaml import Yaml, read_yaml

_HERE = Path(__file__).parent
DEFAULT = _HERE / "criteria.yml"
SCHEMA = _HERE / "criteria.schema.json"


@dataclass(frozen=True)
class Criterion:
    """One criterion: `points` of the hundred, given by `measure` for the grounds it names.

    Grounds are clauses and rules, by patterns ("nd43-2011/10.*"), and for "deduct" also families
    and the engine of rules. `deduct` says what a broken rule costs, by severity.
    """

    id: str
    title: Mapping[str, str]
    points: float
    evidence: Mapping[str, str]
    measure: str
    clauses: tuple[str, ...]
    rules: tuple[str, ...]
    families: tuple[str, ...]
    engine: str
    deduct: Mapping[str, float]

    def asks_clause(self, clause: str) -> bool:
        """Whether the clause is a ground of this criterion."""
        return any(fnmatchcase(clause, pattern) for pattern in self.clauses)

    def asks_rule(self, rule: str, family: str, engine: str) -> bool:
        """Whether the rule is a ground: by its own name, or by its family and engine."""
        if any(fnmatchcase(rule, pattern) for pattern in self.rules):
            return True
        if not self.families and not self.engine:
            return False
        return (not self.families or family in self.families) and self.engine in ("", engine)


@dataclass(frozen=True)
class Criteria:
    """A criteria set; trends list the open faults of the `watched` criterion. `digest` its
    content, so that a score says by what it was given.
    """

    id: str
    title: Mapping[str, str]
    decision: str
    least_judged: float
    new_for_days: int
    commend_places: int
    commend_points: float
    watched: Criterion
    criteria: tuple[Criterion, ...]
    digest: str


def read_criteria(content: Path | None = None) -> Criteria:
    """The province's own set where content/criteria.yml stands, else ours. Raises UserError."""
    own = content / "criteria.yml" if content else None
    path = own if own and own.exists() else DEFAULT
    file = f"{path.parent.name}/{path.name}"
    yaml = read_yaml(path, file, SCHEMA)
    mistakes = list(yaml.mistakes) or _contradictions(yaml, file)
    if mistakes:
        raise UserError(mistakes)
    data = yaml.value
    criteria = tuple(_criterion(entry) for entry in data["criteria"])
    return Criteria(
        id=data["id"],
        title=data["title"],
        decision=data["decision"],
        least_judged=float(data["least_judged"]),
        new_for_days=data["new_for_days"],
        commend_places=data["commend"]["places"],
        commend_points=float(data["commend"]["points"]),
        watched=next(entry for entry in criteria if entry.id == data["watched"]),
        criteria=criteria,
        digest=hashlib.sha256(path.read_bytes()).hexdigest()[:16],
    )


def _criterion(entry: Mapping[str, Any]) -> Criterion:
    return Criterion(
        id=entry["id"],
        title=entry["title"],
        points=float(entry["points"]),
        evidence=entry["evidence"],
        measure=entry["measure"],
        clauses=tuple(entry.get("clauses", ())),
        rules=tuple(entry.get("rules", ())),
        families=tuple(entry.get("families", ())),
        engine=entry.get("engine", ""),
        deduct={name: float(cost) for name, cost in entry.get("deduct", {}).items()},
    )


def _contradictions(yaml: Yaml, file: str) -> list[Mistake]:
    found = []
    entries = yaml.value["criteria"]
    total = sum(float(entry["points"]) for entry in entries)
    if abs(total - 100) > 1e-6:
        message = N_("The points of all criteria sum to {total}, not to 100.")
        found.append(Mistake(file, yaml.line("criteria"), message, {"total": f"{total:g}"}))
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        line = yaml.line("criteria", index)
        params = {"id": entry["id"]}
        if entry["id"] in seen:
            found.append(Mistake(file, line, N_("The criterion {id} stands twice."), params))
        seen.add(entry["id"])
        if not any(key in entry for key in ("clauses", "rules", "families", "engine")):
            message = N_("The criterion {id} names no clause and no rule.")
            found.append(Mistake(file, line, message, params))
        if (entry["measure"] == "deduct") != ("deduct" in entry):
            message = N_("The criterion {id} needs deduct with measure: deduct, and only then.")
            found.append(Mistake(file, line, message, params))
        if entry["measure"] == "deduct" and "clauses" in entry:
            message = N_("The criterion {id} deducts for rules; it cannot name clauses.")
            found.append(Mistake(file, line, message, params))
    if yaml.value["watched"] not in seen:
        message = N_("There is no criterion {id} to watch.")
        found.append(Mistake(file, yaml.line("watched"), message, {"id": yaml.value["watched"]}))
    return found

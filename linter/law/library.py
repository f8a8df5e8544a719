"""This file reads the instruments and chooses those that a run is to judge by."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from linter.errors import Mistake, UserError
from linter.law.instrument import Instrument, Requirement
from linter.messages import N_
from linter.model import Severity
from linter.strict_yaml import Yaml, read_yaml

_HERE = Path(__file__).parent
IN_FORCE = "in-force"
# Data beside the instruments that are none themselves.
_OTHER_DATA = ("profiles.yml", "holidays.yml")


def choose_laws(
    spec: str, as_of: date, params_of: Mapping[str, type], more: Sequence[Path] = ()
) -> tuple[Instrument, ...]:
    """The instruments that `spec` names: a profile, ids with commas between, or "in-force".

    `params_of` gives the parameter type of each rule, by which a clause's values are checked;
    `more` are a province's own instruments. Raises UserError for an unknown name, or for data
    that does not fit.
    """
    library = read_library(_HERE, tuple(more), tuple(params_of.items()))
    if spec == IN_FORCE:
        return tuple(
            law
            for law in library.values()
            if law.in_force[0] <= as_of and (law.in_force[1] is None or as_of <= law.in_force[1])
        )
    profiles = read_profiles()
    names = profiles[spec] if spec in profiles else [part.strip() for part in spec.split(",")]
    unknown = [name for name in names if name not in library]
    if unknown:
        message = N_("There is no law {name}. Known: {known}.")
        known = ", ".join([*profiles, IN_FORCE, *library])
        params = {"name": ", ".join(unknown), "known": known}
        raise UserError(Mistake("--law", 0, message, params))
    return tuple(library[name] for name in names)


@cache
def read_profiles() -> Mapping[str, Sequence[str]]:
    """The ids of the instruments of each profile, by the profile's name."""
    path = _HERE / "profiles.yml"
    yaml = read_yaml(path, path.name, _HERE / "profiles.schema.json")
    if yaml.mistakes:
        raise UserError(yaml.mistakes)
    return {entry["id"]: tuple(entry["law"]) for entry in yaml.value["profiles"]}


@cache
def read_library(
    folder: Path, more: tuple[Path, ...], params_of: tuple[tuple[str, type], ...]
) -> Mapping[str, Instrument]:
    """Every instrument below `folder` and in `more` by id; all mistakes at once as a UserError."""
    laws: dict[str, Instrument] = {}
    mistakes: list[Mistake] = []
    own = sorted(path for path in folder.glob("*.yml") if path.name not in _OTHER_DATA)
    for path in (*own, *more):
        yaml = read_yaml(path, path.name, _HERE / "instrument.schema.json")
        if yaml.mistakes:
            mistakes.extend(yaml.mistakes)
            continue
        law, found = _instrument(path.name, yaml, dict(params_of))
        mistakes.extend(found)
        if law.id in laws:
            message = N_("The law {id} is described twice.")
            mistakes.append(Mistake(path.name, yaml.line("id"), message, {"id": law.id}))
        laws[law.id] = law
    if mistakes:
        raise UserError(mistakes)
    return laws


def _instrument(
    file: str, yaml: Yaml, params_of: Mapping[str, type]
) -> tuple[Instrument, list[Mistake]]:
    data = yaml.value
    whole = _span(data["in_force"])
    mistakes: list[Mistake] = []
    requirements: list[Requirement] = []
    seen: set[tuple[str, str]] = set()
    for index, entry in enumerate(data["requirements"]):
        line = yaml.line("requirements", index)
        span = _span(entry["in_force"]) if "in_force" in entry else whole
        if (entry["at"], str(entry.get("with"))) in seen:
            message = N_("The clause {at} asks the same twice.")
            mistakes.append(Mistake(file, line, message, {"at": entry["at"]}))
        seen.add((entry["at"], str(entry.get("with"))))
        if sum(key in entry for key in ("rule", "person", "status")) != 1:
            message = N_("The clause {at} needs exactly one of rule, person and status.")
            mistakes.append(Mistake(file, line, message, {"at": entry["at"]}))
            continue
        params = None
        if "rule" in entry:
            if entry["rule"] not in params_of:
                message = N_("There is no rule {rule}.")
                at = yaml.line("requirements", index, "rule")
                mistakes.append(Mistake(file, at, message, {"rule": entry["rule"]}))
                continue
            params, found = _params(file, yaml, index, params_of[entry["rule"]])
            mistakes.extend(found)
        requirements.append(
            Requirement(
                id=f"{data['id']}/{entry['at']}",
                says=entry["says"],
                binds=tuple(entry["for"]),
                severity=Severity(entry.get("severity", "error")),
                sure=entry["sure"],
                in_force=span,
                rule=entry.get("rule", ""),
                params=params,
                person=entry.get("person", {}),
                status=entry.get("status", ""),
                decided_by=entry.get("decided_by", ""),
            )
        )
    law = Instrument(data["id"], data["number"], data["title"], whole, tuple(requirements))
    return law, mistakes


def _params(file: str, yaml: Yaml, index: int, kind: type) -> tuple[Any, list[Mistake]]:
    """The clause's values as an instance of the rule's parameter type, typed by its fields."""
    given: dict[str, Any] = yaml.value["requirements"][index].get("with", {})
    hints = typing.get_type_hints(kind)
    wanted = {field.name: field for field in dataclasses.fields(kind)}
    mistakes: list[Mistake] = []

    def complain(name: str, message: str) -> None:
        line = yaml.line("requirements", index, "with", name)
        params = {"name": name, "known": ", ".join(wanted)}
        mistakes.append(Mistake(file, line, message, params))

    values: dict[str, Any] = {}
    for name, text in given.items():
        if name not in wanted:
            complain(name, N_("The rule takes no parameter {name}; it knows: {known}."))
            continue
        try:
            values[name] = _cast(text, hints[name])
        except (TypeError, ValueError):
            complain(name, N_("The parameter {name} has the wrong type."))
    for name, field in wanted.items():
        required = field.default is dataclasses.MISSING and (
            field.default_factory is dataclasses.MISSING
        )
        if required and name not in given:
            complain(name, N_("The parameter {name} is missing."))
    return (None if mistakes else kind(**values)), mistakes


def _cast(value: Any, hint: Any) -> Any:
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise TypeError(value)
        return tuple(_cast(item, typing.get_args(hint)[0]) for item in value)
    if hint is bool:
        if value not in ("true", "false"):
            raise ValueError(value)
        return value == "true"
    if hint in (int, str) and isinstance(value, str):
        return hint(value)
    raise TypeError(value)


def _span(data: Mapping[str, str]) -> tuple[date, date | None]:
    until = data.get("until")
    return date.fromisoformat(data["from"]), date.fromisoformat(until) if until else None

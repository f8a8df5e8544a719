"""This file holds plain data against a JSON Schema and says what is wrong in our own words."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import jsonschema_rs

from linter.errors import Mistake
from linter.messages import N_
from linter.vietnamese import YEARS

KeyPath: TypeAlias = tuple[str | int, ...]


def hold_against(
    schema: Path, value: Any, file: str, lines: Mapping[KeyPath, int]
) -> tuple[Any, list[Mistake]]:
    """`value` with its scalars typed as the schema file says, and all mistakes in it.

    `lines` tells on which line of `file` each key path stands. A schema may refer to others in
    its folder, by file name.
    """
    check = _check(schema)
    typed = _typed(value, check.schema, check.lookup)
    found = (_mistakes(error, check, file, lines) for error in check.validator.iter_errors(typed))
    return typed, [mistake for mistakes in found for mistake in mistakes]


def accepts(part: Mapping[str, Any], value: Any) -> bool:
    """Whether a value obeys a part of a schema that refers to no other."""
    validator = jsonschema_rs.validator_for(
        dict(part), formats=_FORMATS, validate_formats=True, ignore_unknown_formats=False
    )
    return bool(validator.is_valid(value))


_Lookup: TypeAlias = Callable[[str], Any]


@dataclass(frozen=True)
class _Check:
    """A schema ready for use; `lookup` answers what a $ref in it leads to."""

    schema: Mapping[str, Any]
    validator: jsonschema_rs.Validator
    lookup: _Lookup

    def part(self, path: Sequence[str | int]) -> Mapping[str, Any]:
        """The part of the schema that a validator's path leads to."""
        here: Any = self.schema
        for step in path:
            here = self.lookup(here["$ref"]) if step == "$ref" else here[step]
        return here if isinstance(here, dict) else {}


@cache
def _check(schema: Path) -> _Check:
    files = {path.name: json.loads(path.read_text("utf-8")) for path in _beside(schema)}
    registry = jsonschema_rs.Registry(list(files.items()), draft=jsonschema_rs.Draft202012)
    resolver = registry.resolver(schema.name)
    validator = jsonschema_rs.validator_for(
        files[schema.name],
        registry=registry,
        base_uri=schema.name,
        formats=_FORMATS,
        validate_formats=True,
        ignore_unknown_formats=False,
    )
    return _Check(files[schema.name], validator, lambda ref: resolver.lookup(ref).contents)


def _beside(schema: Path) -> Iterable[Path]:
    return schema.parent.glob("*.schema.json")


_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)$")


def _typed(value: Any, schema: Any, lookup: _Lookup) -> Any:
    """`value` with the scalars that the schema calls integer or boolean turned into such."""
    if not isinstance(schema, dict):
        return value
    if "$ref" in schema:
        value = _typed(value, lookup(schema["$ref"]), lookup)
    for part in schema.get("allOf", ()):
        value = _typed(value, part, lookup)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        return {key: _typed(item, known.get(key), lookup) for key, item in value.items()}
    if isinstance(value, list):
        return [_typed(item, schema.get("items"), lookup) for item in value]
    if isinstance(value, str):
        if schema.get("type") == "integer" and _INTEGER.match(value):
            return int(value)
        if schema.get("type") == "boolean" and value in ("true", "false"):
            return value == "true"
    return value


def _mistakes(
    error: jsonschema_rs.ValidationError, check: _Check, file: str, lines: Mapping[KeyPath, int]
) -> list[Mistake]:
    path: KeyPath = tuple(error.instance_path)
    line = next(lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in lines)
    schema = check.part(error.evaluation_path[:-1])
    key = ".".join(str(part + 1 if isinstance(part, int) else part) for part in path)
    said = error.kind.as_dict()
    law = str(schema.get("x-law", ""))
    match error.kind.name:
        case "required":
            missing = said["property"]
            wanted = schema.get("properties", {}).get(missing, {})
            name = f"{key}.{missing}" if key else missing
            params = {"key": name, "wanted": _wanted(wanted)}
            law = str(wanted.get("x-law", law))
            return [Mistake(file, line, N_("The key {key} is missing: {wanted}"), params, law)]
        case "additionalProperties" | "unevaluatedProperties":
            known = sorted(_known_keys(schema, check.lookup))
            unknown = (name for name in said["unexpected"] if name not in known)
            return [
                _unknown_key(name, known, file, lines.get((*path, name), line)) for name in unknown
            ]
        case "minItems":
            message = N_("{key} has too few entries; at least {count} are needed: {wanted}")
            params = {"key": key, "count": said["limit"], "wanted": _wanted(schema)}
            return [Mistake(file, line, message, params, law)]
        case "enum":
            message = N_("{key} cannot be “{value}”; choose one of: {choices}.")
            choices = ", ".join(map(str, said["options"]))
            params = {"key": key, "value": _shown(error.instance), "choices": choices}
            return [Mistake(file, line, message, params)]
        case "format" if fault := _date_fault(schema, error.instance):
            return [Mistake(file, line, fault[0], {"key": key, **fault[1]}, law)]
        case _:
            message = N_("{key} cannot be “{value}”: {wanted}")
            params = {"key": key, "value": _shown(error.instance), "wanted": _wanted(schema)}
            return [Mistake(file, line, message, params, law)]


def _date_fault(schema: Mapping[str, Any], value: Any) -> tuple[str, dict[str, str]] | None:
    """What is wrong with a date that is written nearly as it should be."""
    text = str(value)
    if schema.get("format") not in ("date", "local-time"):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?", text):
            return None
        return N_("{key} cannot be “{value}”: there is no such day or time."), {"value": text}
    if moment.year not in YEARS:
        message = N_("{key} cannot be “{value}”: the year must lie between {first} and {last}.")
        return message, {"value": text, "first": str(YEARS[0]), "last": str(YEARS[-1])}
    if moment.tzinfo is None:
        return None
    local = moment.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).strftime("%Y-%m-%dT%H:%M")
    message = N_("{key} cannot be “{value}”: write the time in Vietnam without a zone: {local}.")
    return message, {"value": text, "local": local}


def _unknown_key(name: str, known: Sequence[str], file: str, line: int) -> Mistake:
    near = difflib.get_close_matches(name, known, 1)
    message = (
        N_("The key {key} is not known here; did you mean {near}?")
        if near
        else N_("The key {key} is not known here. Delete it; the keys are: {known}.")
    )
    params = {"key": name, "near": near[0] if near else "", "known": ", ".join(known)}
    return Mistake(file, line, message, params)


def _known_keys(schema: Any, lookup: _Lookup) -> set[str]:
    """The keys that an object may have, its own and those of the schemas it builds on."""
    known = set(schema.get("properties", {}))
    for part in schema.get("allOf", ()):
        known |= _known_keys(lookup(part["$ref"]) if "$ref" in part else part, lookup)
    return known


def _wanted(schema: Mapping[str, Any]) -> str:
    """What the schema's author says is wanted, in Vietnamese, as it stands in editors too."""
    return str(schema.get("description") or schema.get("title") or schema.get("type", ""))


def _shown(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _is_date(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and _is_local_time(text)


def _is_local_time(text: str) -> bool:
    """A date, or a date and time of day in Asia/Ho_Chi_Minh: 2015-12-17 or 2015-12-17T08:30."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    plain = re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?", text)
    return bool(plain) and moment.year in YEARS


def _is_email(text: str) -> bool:
    return bool(re.fullmatch(r"[\w+-]+(\.[\w+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}", text))


def _is_phone(text: str) -> bool:
    """Vietnamese numbers of 8 to 12 digits, area code or short service number included."""
    digits = re.sub(r"\D", "", text)
    return 8 <= len(digits) <= 12 and bool(re.fullmatch(r"[+(]*[\d(][\d .()-]*", text))


_FORMATS: dict[str, Callable[..., bool]] = {
    "date": _is_date,
    "local-time": _is_local_time,
    "email": _is_email,
    "phone": _is_phone,
}

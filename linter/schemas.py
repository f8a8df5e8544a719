"""This file holds plain data against a JSON Schema and says what is wrong in our own words."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from linter.errors import Mistake
from linter.messages import N_

KeyPath: TypeAlias = tuple[str | int, ...]
FORMATS = FormatChecker(formats=())


def hold_against(
    schema: Path, value: Any, file: str, lines: Mapping[KeyPath, int]
) -> tuple[Any, list[Mistake]]:
    """`value` with its scalars typed as the schema file says, and all mistakes in it.

    `lines` tells on which line of `file` each key path stands.
    """
    validator = _validator(schema)
    lookup = _resolver(validator)
    typed = _typed(value, validator.schema, lookup)
    found = (_mistakes(error, file, lines, lookup) for error in validator.iter_errors(typed))
    return typed, [mistake for mistakes in found for mistake in mistakes]


@cache
def _validator(schema: Path) -> Draft202012Validator:
    registry: Registry[Any] = Registry().with_resources(
        (path.name, DRAFT202012.create_resource(json.loads(path.read_text("utf-8"))))
        for path in schema.parent.glob("*.schema.json")
    )
    root = {**json.loads(schema.read_text("utf-8")), "$id": schema.name}
    return Draft202012Validator(root, registry=registry, format_checker=FORMATS)


_Lookup: TypeAlias = Callable[[str], Any]


def _resolver(validator: Draft202012Validator) -> _Lookup:
    base: Any = getattr(validator, "_resolver")  # noqa: B009  # jsonschema has no public door to it

    def lookup(ref: str) -> Any:
        return base.lookup(ref).contents

    return lookup


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
    error: ValidationError, file: str, lines: Mapping[KeyPath, int], lookup: _Lookup
) -> list[Mistake]:
    path: KeyPath = tuple(error.absolute_path)
    line = next(lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in lines)
    schema = error.schema if isinstance(error.schema, dict) else {}
    demanded: Any = error.validator_value
    key = ".".join(str(part + 1 if isinstance(part, int) else part) for part in path)
    match error.validator:
        case "required":
            missing = next(k for k in demanded if f"'{k}'" == error.message.split(" ")[0])
            wanted = schema.get("properties", {}).get(missing, {})
            name = f"{key}.{missing}" if key else missing
            params = {"key": name, "wanted": _wanted(wanted)}
            law = str(wanted.get("x-law", schema.get("x-law", "")))
            return [Mistake(file, line, N_("The key {key} is missing: {wanted}"), params, law)]
        case "additionalProperties" | "unevaluatedProperties":
            known = sorted(_known_keys(schema, lookup))
            found = []
            for name in re.findall(r"'([^']*)'", error.message):
                near = difflib.get_close_matches(name, known, 1)
                message = (
                    N_("The key {key} is not known here; did you mean {near}?")
                    if near
                    else N_("The key {key} is not known here.")
                )
                at = lines.get((*path, name), line)
                params = {"key": name, "near": near[0] if near else ""}
                found.append(Mistake(file, at, message, params))
            return found
        case "minItems":
            message = N_("{key} has too few entries; at least {count} are needed: {wanted}")
            params = {
                "key": key,
                "count": demanded,
                "wanted": _wanted(schema),
            }
            return [Mistake(file, line, message, params, str(schema.get("x-law", "")))]
        case "enum":
            message = N_("{key} cannot be “{value}”; choose one of: {choices}.")
            params = {
                "key": key,
                "value": _shown(error.instance),
                "choices": ", ".join(map(str, demanded)),
            }
            return [Mistake(file, line, message, params)]
        case _:
            message = N_("{key} cannot be “{value}”: {wanted}")
            params = {
                "key": key,
                "value": _shown(error.instance),
                "wanted": _wanted(schema),
            }
            return [Mistake(file, line, message, params, str(schema.get("x-law", "")))]


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


@FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    date.fromisoformat(value)
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value))


@FORMATS.checks("local-time", raises=ValueError)
def _is_local_time(value: object) -> bool:
    """A date, or a date and time of day in Asia/Ho_Chi_Minh: 2015-12-17 or 2015-12-17T08:30."""
    if not isinstance(value, str):
        return True
    datetime.fromisoformat(value)
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?", value))


@FORMATS.checks("email")
def _is_email(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return bool(re.fullmatch(r"[\w+-]+(\.[\w+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}", value))


@FORMATS.checks("phone")
def _is_phone(value: object) -> bool:
    """Vietnamese numbers of 8 to 12 digits, area code or short service number included."""
    if not isinstance(value, str):
        return True
    digits = re.sub(r"\D", "", value)
    return 8 <= len(digits) <= 12 and bool(re.fullmatch(r"[+(]*[\d(][\d .()-]*", value))

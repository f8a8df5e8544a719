"""This file reads from the schemas which fields a document or a portal has, for whoever asks them.

The schemas are the one list: validation, `congtin new` and the form editor all follow them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import linter.registry

SCHEMAS = Path(__file__).parent / "schemas"
PORTAL_SCHEMA = Path(linter.registry.__file__).with_name("portal.schema.json")
_COMMON = "common.schema.json"
_FORMS = {
    "integer": "integer",
    "boolean": "flag",
    "object": "object",
    "array": "list",
}


@dataclass(frozen=True)
class Field:
    """One key: its schema without references, whether it must be there, what it is made of.

    `form` is text, choice, day, moment, integer, flag, object or list. `fields` are those of an
    object, `item` that of a list.
    """

    key: str
    required: bool
    form: str
    schema: Mapping[str, Any]
    fields: tuple[Field, ...] = ()
    item: Field | None = None

    @property
    def hint(self) -> str:
        """What is wanted, in Vietnamese."""
        return str(self.schema.get("description", self.key))

    @property
    def choices(self) -> tuple[str, ...]:
        """The values allowed, where they are few."""
        return tuple(self.schema.get("enum", ()))


@cache
def document_types() -> Mapping[str, str]:
    """The types of documents with their Vietnamese names."""
    return {
        path.name.removesuffix(".schema.json"): str(_read(path)["title"])
        for path in sorted(SCHEMAS.glob("*.schema.json"))
        if path.name != _COMMON
    }


@cache
def document_fields(kind: str) -> tuple[Field, ...]:
    """The fields of a type of document: the common ones, then its own; `type` is left out."""
    return tuple(field for field in _fields(SCHEMAS / f"{kind}.schema.json") if field.key != "type")


@cache
def portal_fields() -> tuple[Field, ...]:
    """The fields of a portal.yml."""
    return _fields(PORTAL_SCHEMA)


def _fields(path: Path) -> tuple[Field, ...]:
    return tuple(_members(_read(path), path))


def _members(schema: Mapping[str, Any], path: Path) -> Iterator[Field]:
    """The fields of an object and of the schemas that it builds on; needed by any is required."""
    parts = [schema]
    while parts[0].get("allOf"):
        ref = parts[0]["allOf"][0]["$ref"]
        parts.insert(0, _read(path.parent / ref))
    required = {key for part in parts for key in part.get("required", ())}
    for part in parts:
        for key, inner in part.get("properties", {}).items():
            yield _field(key, key in required, inner, path)


def _field(key: str, required: bool, schema: Mapping[str, Any], path: Path) -> Field:
    schema, path = _resolve(schema, path)
    kind = str(schema.get("type", "string"))
    form = _FORMS.get(kind, "text")
    if "enum" in schema:
        form = "choice"
    elif schema.get("format") in ("date", "local-time"):
        form = "day" if schema["format"] == "date" else "moment"
    return Field(
        key,
        required,
        form,
        schema,
        tuple(_members(schema, path)) if form == "object" else (),
        _field(key, True, schema["items"], path) if form == "list" else None,
    )


def _resolve(schema: Mapping[str, Any], path: Path) -> tuple[Mapping[str, Any], Path]:
    """What a reference stands for, and the file in which it stands."""
    while "$ref" in schema:
        name, _, inside = str(schema["$ref"]).partition("#")
        path = path.parent / name if name else path
        found: Any = _read(path)
        for step in inside.strip("/").split("/"):
            found = found[step]
        schema = found
    return schema, path


@cache
def _read(path: Path) -> Mapping[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data

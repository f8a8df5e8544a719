"""This file makes the form editor of a portal, for officials who never saw Git.

Sveltia CMS works with a Git server; Decap CMS, of the same configuration, with files on the same
machine through decap-server.

Its configuration follows from the schemas, so that the forms ask what validation wants. It is a
site of its own: no portal's output holds it, and it loads the program from its own folder only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import yaml

from generator.fields import Field, document_fields, document_types
from linter.registry import Portal, Registry, Section

PACKAGE = "@sveltia/cms"
# Decap's backend for files on this machine. It cannot leave an optional group of fields empty when
# some of them are required, so there such groups (source, urgent) are written by hand.
LOCAL = "proxy"
_LONG = ("summary", "question", "reason", "goal")


def write_editor(
    registry: Registry, portal: Portal, backend: Mapping[str, str], script: str
) -> dict[str, bytes]:
    """The editor's own files by name; the program itself, `script`, lies beside them."""
    config = configure(registry, portal, backend)
    text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False, width=1_000_000)
    return {"index.html": _page(portal, script).encode("utf-8"), "config.yml": text.encode("utf-8")}


def configure(registry: Registry, portal: Portal, backend: Mapping[str, str]) -> dict[str, Any]:
    """The configuration as data: a collection for each section and type."""
    return {
        "backend": dict(backend),
        "app_title": f"Soạn tin – {portal.short_name}",
        "site_url": portal.url,
        "media_folder": f"content/{portal.id}/tep",
        "public_folder": "tep",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "output": {"omit_empty_optional_fields": True},
        "collections": [
            _collection(portal, section, kind, backend["name"] == LOCAL)
            for section in registry.sections
            for kind in section.types
        ],
    }


def _collection(portal: Portal, section: Section, kind: str, is_local: bool) -> dict[str, Any]:
    name = document_types()[kind]
    label = section.title if len(section.types) == 1 else f"{section.title}: {name}"
    fields = [
        _form(field, portal)
        for field in document_fields(kind)
        if field.required or field.form != "object" or not is_local
    ]
    return {
        "name": f"{section.slug}-{kind}",
        "label": label,
        "label_singular": name,
        "folder": f"content/{portal.id}/{section.slug}",
        "filter": {"field": "type", "value": kind},
        "create": True,
        "extension": "md",
        "format": "yaml-frontmatter",
        "identifier_field": "title",
        "summary": "{{title}}",
        "fields": [
            {"name": "type", "widget": "hidden", "default": kind},
            *fields,
            {"name": "body", "label": "Nội dung", "widget": "markdown", "required": True},
        ],
    }


def _form(field: Field, portal: Portal) -> dict[str, Any]:
    """One field of a form: its name, label, hint, whether it must be filled, and its kind."""
    form: dict[str, Any] = {
        "name": field.key,
        "label": label_of(field),
        "hint": field.hint,
        "required": field.required,
    }
    board = [person.name for person in portal.board.people]
    if field.key == "approver":
        return form | _choice(board)
    if field.key == "by":
        return form | _choice(board) | {"multiple": True, "min": field.schema["minItems"]}
    return form | _widget(field, portal)


def _widget(field: Field, portal: Portal) -> dict[str, Any]:
    schema = field.schema
    match field.form:
        case "choice":
            default = {"default": "draft"} if field.key == "status" else {}
            return _choice(field.choices) | default
        case "day":
            return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
        case "moment":
            return {"widget": "datetime", "format": "YYYY-MM-DDTHH:mm"}
        case "integer":
            limits = {
                short: schema[long]
                for short, long in (("min", "minimum"), ("max", "maximum"))
                if long in schema
            }
            return {"widget": "number", "value_type": "int", **limits}
        case "flag":
            return {"widget": "boolean"}
        case "object":
            return {"widget": "object", "fields": _forms(field.fields, portal)}
        case "list":
            return _list(field, portal)
    if field.key == "file":
        return {"widget": "file"}
    widget = "text" if field.key in _LONG else "string"
    lengths = {
        short: schema[long]
        for short, long in (("minlength", "minLength"), ("maxlength", "maxLength"))
        if schema.get(long, 1) > 1
    }
    pattern = {"pattern": [schema["pattern"], field.hint]} if "pattern" in schema else {}
    return {"widget": widget, **lengths, **pattern}


def _list(field: Field, portal: Portal) -> dict[str, Any]:
    item = field.item
    assert item is not None
    least = {"min": field.schema["minItems"]} if field.required else {}
    if item.form == "object":
        return {"widget": "list", "fields": _forms(item.fields, portal), **least}
    if item.form == "text" and "pattern" not in item.schema:
        return {"widget": "list", **least}  # plain words, with commas between
    inner = {**_widget(item, portal), "name": field.key, "label": label_of(item)}
    return {"widget": "list", "field": inner, **least}


def _forms(fields: Iterable[Field], portal: Portal) -> list[dict[str, Any]]:
    return [_form(field, portal) for field in fields]


def _choice(options: Iterable[str]) -> dict[str, Any]:
    return {"widget": "select", "options": list(options)}


def label_of(field: Field) -> str:
    """The first words of the hint, as a form's label: up to a comma, colon or bracket."""
    text = re.split(r"[,:(]", field.hint, maxsplit=1)[0].strip()
    return text[:1].upper() + text[1:]


def _page(portal: Portal, script: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Soạn tin – {escape(portal.short_name)}</title>
</head>
<body>
<script src="{escape(script)}"></script>
</body>
</html>
"""

"""This file reads what a builder hands over: which page came from which file and lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from linter.errors import Mistake, UserError
from linter.messages import N_
from linter.page import Place, Source
from linter.terms import Site

SCHEMA = "congtin.manifest/1"


@dataclass(frozen=True)
class Manifest:
    """The site that was built, and the source of each page by its path below the folder."""

    site: Site
    sources: Mapping[str, Source]


def read_manifest(path: Path) -> Manifest:
    """Reads a manifest; UserError when the file is not one."""
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if data["schema"] != SCHEMA:
            raise ValueError(data["schema"])
        site = _site(data["site"])
        sources = {url: _source(page) for url, page in data["pages"].items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = N_("This is not a manifest that a build wrote ({error}). Build again.")
        raise UserError(Mistake(str(path), 0, message, {"error": str(error)})) from error
    return Manifest(site, sources)


def _site(data: Mapping[str, Any]) -> Site:
    until = data.get("valid_to")
    known = {key: data[key] for key in ("id", "url", "kind", "body", "name")}
    return Site(
        **known,
        kin=tuple(data.get("kin", ())),
        valid_to=date.fromisoformat(until) if until else None,
    )


def _source(page: Mapping[str, Any]) -> Source:
    return Source(
        file=page["file"],
        marks=tuple((xpath, Place(file, line)) for xpath, file, line in page.get("marks", ())),
        body=page.get("body", ""),
        lines=tuple(page.get("lines", ())),
    )

"""The form editor asks what validation wants, and its own schema takes its configuration."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from click.testing import CliRunner

from generator.build import Project
from generator.cli.main import main
from generator.fields import Field, document_fields
from generator.form_editor import PACKAGE, configure
from linter.registry import read_registry

ROOT = Path(__file__).parent.parent.parent
REGISTRY = read_registry(ROOT / "content")
KEPT = {"name": "test-repo"}


def collections() -> Iterator[tuple[str, dict[str, Any]]]:
    for one in configure(REGISTRY, REGISTRY.portal("sonoivu"), KEPT)["collections"]:
        yield one["filter"]["value"], one


def compare(fields: tuple[Field, ...], forms: list[dict[str, Any]]) -> None:
    """Each field of the schema has a form that demands it alike, with a label and a hint."""
    by_name = {form["name"]: form for form in forms}
    for field in fields:
        form = by_name[field.key]
        assert form["required"] == field.required
        assert form["label"]
        assert form["hint"] == field.hint
        if field.form == "choice":
            assert form["options"] == list(field.choices)
        if field.fields:
            compare(field.fields, form["fields"])
        if field.item is not None and field.item.fields:
            compare(field.item.fields, form["fields"])


def test_every_type_has_a_form_that_asks_what_its_schema_wants() -> None:
    seen = set()
    for kind, one in collections():
        seen.add(kind)
        compare(document_fields(kind), one["fields"])
        assert one["fields"][0] == {"name": "type", "widget": "hidden", "default": kind}
        assert one["fields"][-1]["name"] == "body"
    assert len(seen) == 12


def test_only_the_board_can_be_chosen_as_approver() -> None:
    board = [person.name for person in REGISTRY.portal("sonoivu").board.people]
    for _, one in collections():
        (approver,) = [form for form in one["fields"] if form["name"] == "approver"]
        assert approver["options"] == board


def test_the_command_writes_a_site_that_loads_nothing_from_elsewhere(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    script = project.root / "sveltia-cms.js"
    given = ["editor", "mau", "--script", str(script), "--lang", "en"]
    missing = CliRunner().invoke(main, given)
    assert missing.exit_code == 2
    assert f"npm install {PACKAGE}" in missing.output
    script.write_text("0", "utf-8")
    assert "--repo" in CliRunner().invoke(main, given).output
    assert CliRunner().invoke(main, [*given, "--repo", "mau/tinh"]).exit_code == 0
    folder = project.work / "editor" / "mau"
    assert {p.name for p in folder.iterdir()} == {"index.html", "config.yml", "sveltia-cms.js"}
    page = (folder / "index.html").read_text("utf-8")
    assert re.findall(r'(?:src|href)="([^"]+)"', page) == ["sveltia-cms.js"]


@pytest.mark.slow
def test_the_editors_own_schema_takes_every_portals_configuration() -> None:
    path = ROOT / ".congtin" / "tools" / "node_modules" / PACKAGE / "schema" / "sveltia-cms.json"
    validator = jsonschema_rs.validator_for(json.loads(path.read_text("utf-8")))
    for portal in REGISTRY.portals:
        validator.validate(configure(REGISTRY, portal, KEPT))

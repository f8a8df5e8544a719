"""A portal is not judged twice; whatever a judgement depends on, a change of it is judged anew."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator import publish
from generator.build import Build, Project
from generator.publish import Order
from linter.findings import Report
from linter.lint import Terms
from linter.sites.appeared import appeared_path
from linter.terms import Severity, Verdict

NOW = datetime(2015, 12, 18, 9)
LAW = "id: tinh\n"
PORTAL: Any = SimpleNamespace(id="xa")
REPORT = Report(NOW.date(), (), Verdict.PASS, (), (), (), ())


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(publish, "installed_version", lambda _kept: "Chromium 156.0")
    monkeypatch.setattr(publish, "_linter_digest", lambda: "code")
    (tmp_path / "law-tinh.yml").write_text(LAW, "utf-8")
    return Project(tmp_path)


@pytest.fixture
def built() -> Build:
    return Build("xa", True, (), "digest")


@pytest.fixture
def order(project: Project) -> Order:
    terms = Terms(NOW.date(), "P2015-TG", own_laws=(project.root / "law-tinh.yml",))
    return Order(NOW, terms)


@pytest.fixture
def is_known(project: Project, built: Build, order: Order) -> Callable[..., bool]:
    """Whether a judgement of before is taken for what is asked now."""
    path = publish._judged_path(project, PORTAL)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps((publish._judgement_key(project, built, order), REPORT)))

    def ask(other_built: Build = built, other: Order = order) -> bool:
        return publish._judged_before(project, PORTAL, other_built, other) is not None

    return ask


def test_the_same_is_known(is_known: Callable[..., bool], order: Order) -> None:
    assert is_known()
    assert is_known(other=replace(order, terms=replace(order.terms, cache=Path("elsewhere"))))


@pytest.mark.parametrize(
    "terms",
    [
        {"as_of": date(2015, 12, 19)},
        {"law": "tt26-2009"},
        {"browser": "none"},
        {"fail_on": Severity.WARNING},
        {"release": True},
        {"jobs": 3},
        {"grid": "http://127.0.0.1:4444"},
        {"waivers": {"a": "another"}},
    ],
)
def test_other_terms_are_judged_anew(
    is_known: Callable[..., bool], order: Order, terms: dict[str, object]
) -> None:
    changed = replace(order.terms, **terms)  # type: ignore[arg-type]
    assert not is_known(other=replace(order, terms=changed))


def test_other_bytes_are_judged_anew(is_known: Callable[..., bool], built: Build) -> None:
    assert not is_known(other_built=replace(built, digest="other"))


def test_another_history_is_judged_anew(is_known: Callable[..., bool], project: Project) -> None:
    path = appeared_path(project.staging("xa"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}")
    assert not is_known()


def test_another_law_of_the_province_is_judged_anew(
    is_known: Callable[..., bool], project: Project
) -> None:
    (project.root / "law-tinh.yml").write_text(LAW + "# sửa\n", "utf-8")
    assert not is_known()


@pytest.mark.parametrize("name", ["installed_version", "_linter_digest"])
def test_another_browser_or_linter_judges_anew(
    is_known: Callable[..., bool], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(publish, name, lambda *_given: "another")
    assert not is_known()


def test_what_a_grid_judged_is_never_taken(
    project: Project, built: Build, order: Order, is_known: Callable[..., bool]
) -> None:
    """Nobody can tell cheaply which browsers it has today."""
    by_grid = replace(order, terms=replace(order.terms, grid="http://127.0.0.1:4444"))
    path = publish._judged_path(project, PORTAL)
    key = publish._judgement_key(project, built, by_grid)
    path.write_bytes(pickle.dumps((key, REPORT)))
    assert not is_known(other=by_grid)

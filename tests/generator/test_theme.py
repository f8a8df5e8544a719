"""The theme on the province's own content: budgets, no finding of ours, none of axe-core's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from generator.build import Project, build
from linter.browser.chromium import View
from linter.browser.render import Order, render
from linter.browser.serve import answers_of_folder
from linter.judge import judge
from linter.lint import Terms, bench
from linter.model import Canary, Snapshot
from linter.page import Page
from linter.registry import read_registry
from linter.sites.folder import read_folder
from linter.terms import Outcome, Severity

ROOT = Path(__file__).parent.parent.parent
DAY = datetime(2015, 12, 18, 23, 59)
PORTALS = ("tiengiang", "songoaivu")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Two portals of the real content: the main one, and one with an English edition."""
    root = tmp_path_factory.mktemp("tinh")
    for name in ("content", "themes"):
        (root / name).symlink_to(ROOT / name)
    project = Project(root)
    registry = read_registry(project.content)
    for portal_id in PORTALS:
        result = build(project, registry, registry.portal(portal_id), DAY)
        assert result.mistakes == ()
    return project


def snapshot(project: Project, portal_id: str) -> Snapshot:
    return read_folder(project.staging(portal_id))


def one_of_each_kind(taken: Snapshot) -> tuple[Page, ...]:
    """A page for each page kind and document type, by the class of <body> and the edition."""
    kinds: dict[tuple[str, str], Page] = {}
    for page in taken.html_pages:
        body = page.tree.find("body")
        kinds.setdefault((body.get("class"), page.tree.get("lang")), page)
    return tuple(kinds.values())


@pytest.mark.parametrize("portal_id", PORTALS)
def test_pages_keep_their_budgets(built: Project, portal_id: str) -> None:
    folder = built.staging(portal_id)
    sizes = {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file()
    }
    limits = {".html": 40_000, ".css": 25_000, ".js": 10_000}
    over = {name: size for name, size in sizes.items() if size > limits.get(Path(name).suffix, 1e9)}
    assert over == {}
    assert len([name for name in sizes if name.endswith(".html")]) > 30


@pytest.mark.parametrize("portal_id", PORTALS)
def test_no_rule_of_ours_finds_anything_but_the_sample_data(built: Project, portal_id: str) -> None:
    terms = Terms(as_of=DAY.date(), law="P2015-TG", browser="none", fail_on=Severity.NOTICE)
    report = judge(snapshot(built, portal_id), bench(terms))
    said = [(f.rule, f.page, f.message) for f in report.findings if f.rule != "sample-data"]
    assert said == []
    passed = {rule for site in report.sites for rule, _ in site.passed}
    assert {"missing-fact", "missing-section", "late-item", "stale-section"} <= passed


def test_every_public_document_is_in_the_manifest_and_nothing_else(built: Project) -> None:
    import json

    for portal_id in PORTALS:
        manifest = json.loads(
            built.staging(portal_id).with_name(f"{portal_id}.manifest.json").read_text("utf-8")
        )
        sources = {f"content/{p.relative_to(built.content)}" for p in written(built, portal_id)}
        assert set(manifest["documents"]) == sources
        pages = {p.relative_to(built.staging(portal_id)).as_posix() for p in html(built, portal_id)}
        assert pages == set(manifest["pages"])


def written(project: Project, portal_id: str) -> Iterator[Path]:
    return (project.content / portal_id).rglob("*.md")


def html(project: Project, portal_id: str) -> Iterator[Path]:
    return project.staging(portal_id).rglob("*.html")


def violations(built: Project, portal_id: str, view: View) -> tuple[Canary, list[tuple[str, str]]]:
    taken = snapshot(built, portal_id)
    pages = one_of_each_kind(taken)
    taken = replace(taken, pages=pages)
    seen = render(
        taken,
        {page.url: page.url for page in pages},
        Order(view=view),
        answers_of_folder(taken, built.staging(portal_id)),
    )
    terms = Terms(as_of=DAY.date(), law="P2015-TG", fail_on=Severity.NOTICE)
    rules = {name: rule for name, rule in bench(terms).rules.items() if rule.engine == "browser"}
    report = judge(seen, replace(bench(terms), rules=rules, laws=()))
    wrong = [
        (f.rule, f"{f.page} {f.selector} {f.snippet}")
        for f in report.findings
        if f.outcome in (Outcome.FAIL, Outcome.UNTESTED)
    ]
    return seen.canary, wrong


def test_a_telephone_in_the_dark_shows_no_violation(built: Project) -> None:
    assert violations(built, "songoaivu", View(360, 740, "dark")) == (Canary.SEEN, [])


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("portal_id", PORTALS)
def test_no_page_kind_shows_a_violation(
    built: Project, portal_id: str, width: int, scheme: str
) -> None:
    assert violations(built, portal_id, View(width, 900, scheme)) == (Canary.SEEN, [])

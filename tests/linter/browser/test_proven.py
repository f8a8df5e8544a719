"""What one site was found well in another of the same looks need not show; no fault is hidden."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from linter.browser.chromium import View
from linter.browser.proven import Proven
from linter.browser.render import plan_pages
from linter.browser.serve import Answer, Answers
from linter.lint import Terms, lint
from linter.model import Snapshot
from linter.page import Page
from linter.sites.folder import read_folder
from linter.terms import Site

HEAD = (
    '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Tin của xã</title>'
    '<link rel="stylesheet" href="/portal.css"></head><body><main><h1>Tin của xã</h1>'
)


def site(name: str, more: str = "") -> Snapshot:
    home = f"https://{name}.gov.vn/"
    pages = {home: "<p>Chào bạn.</p>", f"{home}tin/": f"<ul><li>Một tin.</li></ul>{more}"}
    bodies = {url: (HEAD + text + "</main></body></html>").encode() for url, text in pages.items()}
    return Snapshot(Site(name, home), tuple(Page(url, body) for url, body in bodies.items()))


def sheet(style: str) -> Answers:
    return lambda url: Answer(style.encode(), {}) if url.endswith("/portal.css") else None


def proven(folder: Path, style: str = "p { color: black }", rules: str = "r") -> Proven:
    return Proven(folder, "axe", "Chromium 1", rules, View(), sheet(style))


def looked_at(snapshot: Snapshot, known: Proven) -> set[str]:
    return set(plan_pages(snapshot, "representative", known).values())


def test_contexts_that_were_well_elsewhere_are_seen_once(tmp_path: Path) -> None:
    for page in site("mot").html_pages:
        proven(tmp_path).add(page)
    own = site("hai")
    assert looked_at(site("mot"), proven(tmp_path / "other")) == set(site("mot").by_url)
    assert looked_at(own, proven(tmp_path)) == {
        "https://hai.gov.vn/",  # one page in any case
        "https://mot.gov.vn/tin/",
    }


def test_a_new_context_is_looked_at(tmp_path: Path) -> None:
    for page in site("mot").html_pages:
        proven(tmp_path).add(page)
    plan = plan_pages(site("hai", "<p><a href='/'>Về</a></p>"), "representative", proven(tmp_path))
    assert plan["https://hai.gov.vn/tin/"] == "https://hai.gov.vn/tin/"


def test_other_looks_or_rules_prove_nothing(tmp_path: Path) -> None:
    for page in site("mot").html_pages:
        proven(tmp_path).add(page)
    own = site("hai")
    assert looked_at(own, proven(tmp_path, "p { color: silver }")) == set(own.by_url)
    assert looked_at(own, proven(tmp_path, rules="newer")) == set(own.by_url)


def test_a_broken_entry_proves_nothing(tmp_path: Path) -> None:
    for page in site("mot").html_pages:
        proven(tmp_path).add(page)
    for path in tmp_path.rglob("*.json"):
        path.write_bytes(b"{")
    own = site("hai")
    assert looked_at(own, proven(tmp_path)) == set(own.by_url)


def test_a_faulty_page_stands_for_no_other_site(tmp_path: Path) -> None:
    """The second site's own faults are told, as with a cache that nobody has used."""
    found = []
    for name in ("mot", "hai"):
        folder = tmp_path / name
        faint = '<p style="color: #bbb; background: #fff">Chữ mờ trên nền trắng.</p>'
        for path, text in (("index.html", "<p>Chào.</p>"), ("tin/index.html", faint)):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(HEAD.replace('<link rel="stylesheet" href="/portal.css">', "") + text)
        snapshot = read_folder(folder, Site(name, f"https://{name}.gov.vn/"))
        terms = Terms(date(2015, 12, 18), "P2015-TG", cache=tmp_path / "cache")
        report = lint(snapshot, terms, folder)
        found.append([f.page for f in report.findings if f.rule == "axe/color-contrast"])
    assert found == [["https://mot.gov.vn/tin/"], ["https://hai.gov.vn/tin/"]]

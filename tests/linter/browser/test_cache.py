"""Kept evidence comes back only where a browser would see the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from linter.browser import cache as caching
from linter.browser.cache import EvidenceCache
from linter.browser.chromium import View
from linter.browser.serve import Answer
from linter.model import Snapshot
from linter.page import Page, Rendered

HOME = "https://vi-du.tiengiang.gov.vn/"
PAGE = Page(HOME, b"<title>M</title>")
SITE = {
    HOME: Answer(PAGE.body, {"content-type": "text/html"}),
    HOME + "mau.css": Answer(b"p { color: #333 }", {"content-type": "text/css"}),
    HOME + "mau.js": Answer(b"let mau = 1", {"content-type": "text/javascript"}),
}
ASKED = {url: answer.digest() for url, answer in SITE.items()}
SEEN = Rendered(axe={"violations": []}, html="<html>")


@pytest.fixture
def cache(tmp_path: Path) -> EvidenceCache:
    made = EvidenceCache(tmp_path, "axe-1", "Chromium 1", View(), SITE.get)
    made.put(PAGE, SEEN, {**ASKED, HOME + "khong-co.png": caching.digest_of(SITE.get, HOME + "x")})
    return made


def test_the_same_again_is_known(cache: EvidenceCache) -> None:
    assert cache.get(PAGE) == SEEN


def with_answer(url: str, body: bytes, **headers: str) -> Callable[[str], Answer | None]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return {**SITE, url: Answer(body, named)}.get


@pytest.mark.parametrize(
    "other",
    [
        {"axe": "axe-2"},
        {"browser": "Chromium 2"},
        {"view": View(width=360)},
        {"view": View(scheme="dark")},
        {"answers": with_answer(HOME + "mau.css", b"p { color: #999 }", content_type="text/css")},
        {"answers": with_answer(HOME + "mau.js", b"let mau = 2", content_type="text/javascript")},
        {"answers": with_answer(HOME + "mau.js", b"let mau = 1", content_type="text/plain")},
        {"answers": with_answer(HOME + "khong-co.png", b"png", content_type="image/png")},
        {
            "answers": with_answer(
                HOME, PAGE.body, content_type="text/html", content_security_policy="script-src x"
            )
        },
    ],
)
def test_any_other_input_misses(cache: EvidenceCache, other: dict[str, object]) -> None:
    """axe-core, browser, view, style sheet, script, type, what was missing, a header."""
    assert replace(cache, **other).get(PAGE) is None  # type: ignore[arg-type]


def test_other_bytes_and_other_addresses_miss(cache: EvidenceCache) -> None:
    assert cache.get(replace(PAGE, content=b"<title>N</title>")) is None
    assert cache.get(replace(PAGE, url=HOME + "khac.html")) is None


def test_other_code_of_ours_misses(cache: EvidenceCache, monkeypatch: pytest.MonkeyPatch) -> None:
    """Options, probes and what is taken out of axe are code of the browser's folder."""
    monkeypatch.setattr(caching, "_code_digest", lambda: "another")
    assert cache.get(PAGE) is None


def test_a_broken_entry_misses(cache: EvidenceCache) -> None:
    for path in cache.folder.rglob("*.json"):
        path.write_text("{")
    assert cache.get(PAGE) is None


def test_a_picture_comes_back_for_the_same_place_of_the_same_page(cache: EvidenceCache) -> None:
    cache.put_picture(PAGE, "p > a", b"png", ASKED)
    assert cache.get_picture(PAGE, "p > a") == b"png"
    assert cache.get_picture(PAGE, "p > b") is None
    assert cache.get(PAGE) == SEEN
    other = with_answer(HOME + "mau.css", b"p { color: #999 }", content_type="text/css")
    assert replace(cache, answers=other).get_picture(PAGE, "p > a") is None
    assert cache.get_picture(replace(PAGE, content=b"<title>N</title>"), "p > a") is None


def test_what_failed_is_not_kept(cache: EvidenceCache) -> None:
    page = replace(PAGE, url=HOME + "khac.html")
    cache.put(page, Rendered(failed="too-slow"), {})
    assert cache.get(page) is None


def test_only_what_changed_is_shown_to_a_browser(
    tmp_path: Path, show_folder: Callable[..., Snapshot]
) -> None:
    """A style sheet is on every page, a paragraph on one; `anew` asks nobody."""
    site, kept = tmp_path / "site", tmp_path / "kept"
    site.mkdir()
    for name in ("a", "b"):
        text = f'<link rel="stylesheet" href="mau.css"><title>{name}</title><p>Mẫu</p>'
        (site / f"{name}.html").write_text(text, "utf-8")
    (site / "mau.css").write_text("p { color: #333 }")
    first = show_folder(site, cache=kept)
    entries = {path: path.stat().st_mtime_ns for path in kept.rglob("*.json")}
    assert len(entries) == 2
    assert show_folder(site, cache=kept).pages == first.pages
    assert {path: path.stat().st_mtime_ns for path in kept.rglob("*.json")} == entries
    show_folder(site, cache=kept, anew=True)
    assert all(path.stat().st_mtime_ns > then for path, then in entries.items())
    (site / "mau.css").write_text("p { color: #ccc }")
    faint = show_folder(site, cache=kept).pages
    assert [page.rendered.axe["violations"] != [] for page in faint if page.rendered] == [True] * 2

"""The HTML report shows the place of each fault that stands: in a picture of the page itself."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from click.testing import CliRunner

from generator.cli.main import main
from linter.browser import pictures

PAGE = """<!doctype html><html lang="vi"><head><title>{title}</title><meta charset="utf-8"></head>
<body><main><h1>{title}</h1><p>Xem <a href="/">tại đây</a>.</p></main></body></html>"""
LAW = ("--law", "tt26-2009", "--as-of", "2015-12-18")


def lint(folder: Path, *more: str) -> Path:
    """The folder of the HTML report."""
    out = folder.parent / "bao-cao"
    given = ["lint", str(folder), "--format", "html", "--output", str(out), *LAW, *more]
    run = CliRunner().invoke(main, given, catch_exceptions=False)
    assert run.exit_code in (0, 1)
    assert "Kết luận" in run.output
    return out


def site_of(folder: Path) -> Path:
    site = folder / "trang"
    (site / "b").mkdir(parents=True)
    (site / "index.html").write_text(PAGE.format(title="Trang chủ"), "utf-8")
    (site / "b" / "index.html").write_text(PAGE.format(title="Trang con"), "utf-8")
    return site


def test_each_place_is_shown(tmp_path: Path) -> None:
    out = lint(site_of(tmp_path))
    page = lxml.html.fromstring((out / "site-trang.html").read_bytes())
    shown = page.cssselect("li.cause:has(code:contains('vague-link-text')) .place img")
    assert len(shown) == 2  # one on each page
    for image in shown:
        png = (out / image.get("src", "")).read_bytes()
        width, height = struct.unpack(">II", png[16:24])
        assert png.startswith(b"\x89PNG")
        assert (width, height) == (360, 120)  # a small link, with what stands around it


def test_a_fault_of_the_baseline_and_a_run_without_browser_show_none(tmp_path: Path) -> None:
    site, first = site_of(tmp_path), tmp_path / "truoc.json"
    given = ["lint", str(site), "--browser", "none", "--format", "json", "--output", str(first)]
    CliRunner().invoke(main, [*given, *LAW], catch_exceptions=False)
    assert not list(lint(site, "--browser", "none").glob("*.png"))
    known = lint(site, "--baseline", str(first))
    text = (known / "site-trang.html").read_text("utf-8")
    assert "vague-link-text" in text
    assert not list(known.glob("*.png"))


def test_a_place_is_taken_anew_only_where_it_may_look_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept below .congtin answers for pages that have not changed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()  # a project has a cache
    site, taken = site_of(tmp_path), []

    def count(places: Iterable[tuple[str, str, str]], *given: Any, **named: Any) -> Any:
        asked = list(places)
        taken.append(len(asked))
        return iter(())

    first = sorted(path.read_bytes() for path in lint(site).glob("*.png"))
    assert len(first) == 2
    monkeypatch.setattr(pictures, "take_places", count)
    assert sorted(path.read_bytes() for path in lint(site).glob("*.png")) == first
    assert taken == []
    (site / "b" / "index.html").write_text(PAGE.format(title="Trang con khác"), "utf-8")
    lint(site)
    assert taken == [1]

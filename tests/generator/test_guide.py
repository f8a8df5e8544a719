"""The guides pass our own linter, and name only commands that there are."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build import Project
from generator.cli.main import main
from generator.guide import write_guides
from linter.atomic import write_files
from linter.lint import Terms, lint
from linter.model import Snapshot
from linter.sites.folder import read_folder
from linter.terms import Site, Verdict

ROOT = Path(__file__).parent.parent.parent


SITE = Site("guide", "https://huong-dan.mau.gov.vn/")
THEME = ROOT / "themes" / "congtin"


def read_guide(folder: Path) -> Snapshot:
    return read_folder(folder, SITE)


def test_the_guides_pass_our_own_linter(tmp_path: Path) -> None:
    folder = tmp_path / "guide"
    write_files(folder, write_guides(THEME, {}))
    report = lint(read_guide(folder), Terms(date(2015, 12, 18), "P2015-TG", "none"), folder)
    assert report.findings == ()
    assert report.verdict is Verdict.PASS
    assert report.judged == 4
    assert "<img" not in (folder / "index.html").read_text("utf-8"), "no picture, no hole"


@pytest.mark.slow
def test_with_pictures_of_real_pages_they_pass_in_a_browser(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    run = CliRunner().invoke(main, ["guide"])
    assert run.exit_code == 0, run.output
    folder = project.work / "guide"
    shown = set()
    for page in folder.glob("*.html"):
        shown |= set(re.findall(r'src="(hinh/[^"]+)"', page.read_text("utf-8")))
    assert shown == {f"hinh/{path.name}" for path in (folder / "hinh").iterdir()}
    assert len(shown) == 4
    report = lint(read_guide(folder), Terms(date(2015, 12, 18), "P2015-TG", "all"), folder)
    assert report.findings == ()
    assert report.verdict is Verdict.PASS


def test_without_a_browser_they_say_that_pictures_are_missing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("PATH", os.devnull)
    run = CliRunner().invoke(main, ["guide", "--lang", "en"])
    assert run.exit_code == 0
    assert "Chromium was not found" in run.output
    assert "without pictures" in run.output
    assert (project.work / "guide" / "index.html").exists()

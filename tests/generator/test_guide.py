"""The guides pass our own linter, and name only commands that there are."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from generator.cli.main import COMMANDS
from generator.guide import write_guides
from linter.atomic import write_files
from linter.lint import Terms, lint
from linter.model import Site, Verdict
from linter.sites.folder import read_folder

ROOT = Path(__file__).parent.parent.parent


def test_the_guides_pass_our_own_linter(tmp_path: Path) -> None:
    folder = tmp_path / "guide"
    write_files(folder, write_guides(ROOT / "themes" / "congtin"))
    snapshot = read_folder(folder, Site("guide", "https://huong-dan.mau.gov.vn/"))
    report = lint(snapshot, Terms(date(2015, 12, 18), "P2015-TG"), folder)
    assert report.findings == ()
    assert report.verdict is Verdict.PASS
    assert report.judged == 4


def test_the_guides_name_commands_that_there_are() -> None:
    named = set()
    for path in (ROOT / "generator" / "guides").glob("*.md"):
        named |= set(re.findall(r"`congtin ([a-z]+)", path.read_text("utf-8")))
    assert {"new", "serve", "publish"} <= named
    assert named <= set(COMMANDS)

"""Publication and lint remember what they said, once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from generator.build import Project
from linter.history.store import open_history

RUN = [sys.executable, "-c", "from generator.cli.main import main; main()"]


def congtin(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    root = str(Path(__file__).parent.parent.parent)
    return subprocess.run(
        [*RUN, *words, "--browser", "none", "--lang", "en"],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_publication_remembers_each_portal_once_and_again_when_it_changed(
    project: Project, write: Callable[..., Path]
) -> None:
    assert congtin(project, "publish").returncode == 0
    history = open_history(str(project.work / "history.sqlite"), create=False)
    assert [s.site.id for s in history.standings()] == ["chinh", "mau"]
    assert congtin(project, "publish").returncode == 0
    assert len(history.runs()) == 2
    write("tin-tuc/moi.md", body="[Xem thêm](/tin-tuc/)\n")
    congtin(project, "publish", "mau")
    assert [s.site.id for s in history.standings()] == ["chinh", "mau", "mau"]
    assert history.standings()[2].errors > history.standings()[1].errors
    congtin(project, "publish", "--clean", "--history", "other.sqlite")
    other = open_history(str(project.root / "other.sqlite"), create=False)
    assert len(other.runs()) == 2
    assert len(history.runs()) == 3


def test_publication_goes_on_without_a_history_and_says_so(project: Project) -> None:
    project.work.mkdir()
    (project.work / "history.sqlite").write_bytes(b"no database" * 999)
    run = congtin(project, "publish")
    assert run.returncode == 2
    assert "The history cannot be opened" in run.stderr
    assert (project.public / "mau" / "index.html").exists()


def test_lint_remembers_when_asked(project: Project) -> None:
    congtin(project, "publish")
    congtin(project, "lint", ".congtin/staging/mau", "--history", "h.sqlite")
    history = open_history(str(project.root / "h.sqlite"), create=False)
    assert [s.site.id for s in history.standings()] == ["mau"]

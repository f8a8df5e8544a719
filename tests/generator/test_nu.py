"""Every page of every portal is valid HTML by the Nu checker (npm's vnu-jar, see .ci/slow)."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from generator.build import Project, build
from linter.registry import read_registry

ROOT = Path(__file__).parent.parent.parent
JAR = ROOT / ".congtin/tools/node_modules/vnu-jar/build/dist/vnu.jar"
CHECK = ("java", "-jar", str(JAR), "--skip-non-html", "--format", "json", "--exit-zero-always")
DAY = datetime(2015, 12, 18, 23, 59)
# The checker reads files, where 'self' is no origin; a browser judges the policy elsewhere.
NOT_FOR_FILES = "Content Security Policy"


@pytest.mark.slow
def test_every_page_is_valid_html(tmp_path: Path) -> None:
    assert JAR.exists(), "run .ci/slow, which installs the checker"
    for name in ("content", "themes"):
        (tmp_path / name).symlink_to(ROOT / name)
    project = Project(tmp_path)
    registry = read_registry(project.content)
    pages = sum(build(project, registry, portal, DAY).pages for portal in registry.portals)
    assert pages > 1000
    said = subprocess.run(
        [*CHECK, str(project.work / "staging")],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = json.loads(said.stderr)["messages"]
    wrong = [
        (message["url"], message.get("lastLine"), message["message"])
        for message in messages
        if NOT_FOR_FILES not in message["message"]
    ]
    assert wrong == []
    assert len({message["url"] for message in messages}) == pages, "the checker saw other pages"

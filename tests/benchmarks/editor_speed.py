"""Prints how fast an editor is answered, as a ratio to what a bare Python takes to start.

    python tests/benchmarks/editor_speed.py

Three waits: `congtin check` of one changed document, the whole command; the build of one portal
after a save, and the judgement of what changed, as `congtin serve` does them. Medians of five on
the portal sonoivu; no test asserts a time.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from generator.build import Project  # noqa: E402
from generator.cli.project import moment_of  # noqa: E402
from generator.preview import Preview  # noqa: E402
from linter.lint import Terms  # noqa: E402

RUNS = 5
PORTAL = "sonoivu"
DAY = date(2015, 12, 18)
CONGTIN = [sys.executable, "-c", "from generator.cli.main import main; main()"]


def median(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        project = Project(Path(name))
        shutil.copytree(ROOT / "content", project.content)
        project.theme.parent.mkdir()
        project.theme.symlink_to(ROOT / "themes" / "congtin")
        saved = min((project.content / PORTAL / "tin-tuc").glob("*.md"))
        file = saved.relative_to(project.root).as_posix()

        def run(*command: str) -> None:
            subprocess.run(command, cwd=project.root, capture_output=True, check=True)

        def save() -> None:
            saved.write_text(saved.read_text("utf-8") + "\nThêm một câu.\n", "utf-8")

        preview = Preview(project, PORTAL, moment_of(DAY), Terms(DAY, "P2015-TG"))
        preview.build()
        preview.judge()

        def rebuild() -> None:
            save()
            preview.build()

        floor = median(lambda: run(sys.executable, "-c", "pass"))
        run(*CONGTIN, "check", file)
        waits = {
            "congtin check, one document": median(lambda: (save(), run(*CONGTIN, "check", file))),
            "congtin serve, save to page": median(rebuild),
            "congtin serve, page to findings": median(lambda: (rebuild(), preview.judge())),
        }
    print(f"bare Python start: {floor * 1000:.0f} ms")
    for what, seconds in waits.items():
        print(f"{what:34} {seconds:6.2f} s {seconds / floor:7.0f} x")


if __name__ == "__main__":
    main()

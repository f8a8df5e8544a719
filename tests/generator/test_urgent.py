"""The emergency lane: an urgent notice is seen though the gate is closed, and nothing else is."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.build import Project

ROOT = Path(__file__).parent.parent.parent
RUN = [sys.executable, "-c", "from generator.cli.main import main; main()"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
Write = Callable[..., Path]
MARK = {
    "by": ["Trần Mẫu An", "Lê Mẫu Bình"],
    "reason": "Sạt lở bờ sông, dân phải dời đi ngay",
    "until": "2015-12-20",
}
BAD = "Tin có lỗi.\n\nXem [tại đây](/lien-he/).\n"


def publish(project: Project, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RUN, "publish", "mau", "--browser", "none", "--lang", "en", "--jobs", "1", *more],
        cwd=project.root, env=ENVIRONMENT, capture_output=True, text=True, timeout=100,
        check=False,
    )  # fmt: skip


def warn(write: Write, **more: Any) -> None:
    """The urgent notice."""
    write("tin-tuc/sat-lo.md", **{"title": "Sạt lở bờ sông Mẫu", "urgent": MARK, **more})


def page(project: Project, path: str = "") -> str:
    return (project.public / "mau" / path / "index.html").read_text("utf-8")


def log(project: Project) -> list[dict[str, Any]]:
    path = project.public / ".releases" / "urgent.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def break_portal(write: Write) -> None:
    write("tin-tuc/loi.md", title="Tin có lỗi chưa sửa", body=BAD)


def test_the_notice_alone_is_published_and_logged(project: Project, write: Write) -> None:
    assert publish(project).returncode == 0
    before = page(project, "tin-tuc")
    break_portal(write)
    warn(write)
    run = publish(project)
    assert run.returncode == 1, "the gate stays closed"
    assert "urgent notices only" in run.stdout
    assert "dân phải dời đi ngay" in page(project, "tin-tuc/sat-lo")
    assert '<a href="/tin-tuc/sat-lo/">Sạt lở bờ sông Mẫu</a>' in page(project)
    assert page(project, "tin-tuc") == before
    files = [p for p in (project.public / "mau").resolve().rglob("*") if p.is_file()]
    assert not any("Tin có lỗi chưa sửa".encode() in path.read_bytes() for path in files)
    (step,) = log(project)
    assert (step["step"], step["portal"]) == ("published", "mau")
    assert step["notices"] == [{"file": "content/mau/tin-tuc/sat-lo.md", **MARK}]
    report = json.loads((project.report / "report.json").read_text("utf-8"))
    assert "urgent-notice" in {finding["rule"] for finding in report["findings"]}


def test_a_second_run_changes_nothing_and_the_day_ends_it(project: Project, write: Write) -> None:
    publish(project)
    clean = (project.public / "mau").readlink()
    break_portal(write)
    warn(write)
    publish(project)
    lane = (project.public / "mau").readlink()
    assert lane != clean
    publish(project)
    assert (project.public / "mau").readlink() == lane
    assert len(log(project)) == 1
    publish(project, "--as-of", "2015-12-21")
    assert (project.public / "mau").readlink() == clean
    assert [step["step"] for step in log(project)] == ["published", "ended"]


def test_mistakes_of_another_document_do_not_hold_it_back(project: Project, write: Write) -> None:
    publish(project)
    write("tin-tuc/loi.md", approver="Lý Mẫu Xa")
    warn(write)
    assert publish(project).returncode == 2
    assert "dân phải dời đi ngay" in page(project, "tin-tuc/sat-lo")


def test_when_the_portal_passes_whole_it_takes_over(project: Project, write: Write) -> None:
    publish(project)
    break_portal(write)
    warn(write)
    publish(project)
    (project.content / "mau" / "tin-tuc" / "loi.md").unlink()
    warn(write, urgent={**MARK, "settled": "2015-12-18"})
    assert publish(project).returncode == 0
    assert "Sạt lở bờ sông Mẫu" in page(project, "tin-tuc")
    assert [step["step"] for step in log(project)] == ["published", "passed"]


def test_what_is_not_rightly_marked_stays_behind_the_gate(project: Project, write: Write) -> None:
    publish(project)
    before = (project.public / "mau").readlink()
    break_portal(write)
    for urgent, why in (
        ({**MARK, "by": ["Trần Mẫu An"]}, "too few entries"),
        ({**MARK, "by": ["Trần Mẫu An", "Trần Mẫu An"]}, "urgent.by"),
        ({**MARK, "by": ["Trần Mẫu An", "Lý Mẫu Xa"]}, "not on the editorial board"),
        ({key: MARK[key] for key in ("by", "reason")}, "urgent.until is missing"),
    ):
        warn(write, urgent=urgent)
        run = publish(project)
        assert why in run.stderr, run.stderr
        assert (project.public / "mau").readlink() == before
    warn(write, body=BAD)
    run = publish(project)
    assert run.returncode == 1
    assert (project.public / "mau").readlink() == before, "a faulty notice is mended first"
    assert "held back by faults of its own page: vague-link-text" in run.stderr
    assert "content/mau/tin-tuc/sat-lo.md\n  11: " in run.stderr, "with the line"
    assert "held back" in (project.report / "index.html").read_text("utf-8")
    warn(write, status="draft")
    publish(project)
    assert (project.public / "mau").readlink() == before


def test_a_portal_that_never_was_public_shows_the_notice_alone(
    project: Project, write: Write
) -> None:
    break_portal(write)
    warn(write)
    assert publish(project).returncode == 1
    assert "dân phải dời đi ngay" in page(project, "tin-tuc/sat-lo")
    assert '<a href="/tin-tuc/sat-lo/">Sạt lở bờ sông Mẫu</a>' in page(project)
    files = [p for p in (project.public / "mau").resolve().rglob("*") if p.is_file()]
    assert not any("Tin có lỗi chưa sửa".encode() in path.read_bytes() for path in files)
    assert log(project)[0]["base"] == ""
    assert "Urgent, past the closed gate" in (project.report / "index.html").read_text("utf-8")
    publish(project, "--as-of", "2015-12-21")
    assert not (project.public / "mau").exists(), "nothing passed whole, so nothing stays"
    assert [step["step"] for step in log(project)] == ["published", "ended"]
    warn(write, urgent={**MARK, "settled": "2015-12-18"})
    (project.content / "mau" / "tin-tuc" / "loi.md").unlink()
    assert publish(project).returncode == 0
    assert "Sạt lở bờ sông Mẫu" in page(project, "tin-tuc")


def test_what_a_killed_run_left_is_swept(project: Project, write: Write) -> None:
    publish(project)
    half = project.work / "urgent-mau-0" / "mau"
    half.mkdir(parents=True)
    publish(project)
    assert not half.parent.exists()


@pytest.mark.slow
def test_killed_at_any_moment_the_portal_is_whole(project: Project, write: Write) -> None:
    publish(project)
    break_portal(write)
    chance = random.Random(5)
    for number in range(4):
        warn(write, title=f"Sạt lở lần {number}")
        process = subprocess.Popen(
            [*RUN, "publish", "mau", "--browser", "none"], cwd=project.root, env=ENVIRONMENT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(0.6 + chance.random() * 1.2)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        home = page(project)
        if "Sạt lở lần" in home:
            assert "Sạt lở lần" in page(project, "tin-tuc/sat-lo")
            released = (project.public / "mau").readlink().name
            assert released in {step["release"] for step in log(project)}
    publish(project)
    assert "Sạt lở lần 3" in page(project, "tin-tuc/sat-lo")
    left = [p for p in (project.public / ".releases").iterdir() if p.name.startswith(".")]
    assert left == []
    assert not list(project.work.glob("urgent-*")), "no half built lane stays"

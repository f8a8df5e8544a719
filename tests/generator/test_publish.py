"""Publication: what passes replaces its portal whole, what does not keeps the last good version."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from generator.build import Project
from generator.files import tree_digest

Write = Callable[..., Path]
RUN = [sys.executable, "-c", "from generator.cli.main import main; main()"]


def publish(
    project: Project, *more: str, seed: str = "0", browser: str = "none"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RUN, "publish", "--browser", browser, "--lang", "en", *more],
        cwd=project.root,
        env=environment(seed),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def environment(seed: str = "0") -> dict[str, str]:
    root = str(Path(__file__).parent.parent.parent)
    return {**os.environ, "PYTHONPATH": root, "PYTHONHASHSEED": seed, "COLUMNS": "200"}


def digest(project: Project, portal: str = "mau") -> str:
    return tree_digest([(project.public / portal).resolve()]).rpartition("/")[2]


def page(project: Project, path: str, portal: str = "mau") -> str:
    return (project.public / portal / path / "index.html").read_text("utf-8")


def test_a_good_project_is_published_whole(project: Project) -> None:
    run = publish(project)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Khánh thành cầu qua rạch Gầm" in page(project, "tin-tuc/khanh-thanh-cau")
    assert (project.public / "mau" / "tep" / "quyet-dinh.docx").read_bytes() == b"mau" * 100
    assert "Khánh thành cầu" in page(project, "", "chinh").partition("portals of")[0]
    report = json.loads((project.report / "report.json").read_text("utf-8"))
    assert report["schema"] == "congtin.report/1"
    assert report["verdict"] == "pass"
    assert report["planned"] == report["judged"] == len(report["pages"])
    assert report["canary"] == "not-run"
    assert (project.report / "index.html").exists()


def test_the_main_portal_lists_what_the_others_published(project: Project, write: Write) -> None:
    write("tin-tuc/moi.md", title="Tin rất mới của Sở", published="2015-12-18T07:00",
          approved="2015-12-18T07:00")  # fmt: skip
    assert publish(project).returncode == 0
    assert "Tin rất mới của Sở" in page(project, "", "chinh")


def test_same_input_same_bytes_whatever_seed_jobs_and_order(project: Project) -> None:
    publish(project, "--clean", "--jobs", "1", seed="1")
    first = digest(project), digest(project, "chinh")
    publish(project, "--clean", "--jobs", "2", seed="2")
    assert (digest(project), digest(project, "chinh")) == first


def test_an_unchanged_project_is_not_built_again_and_one_change_touches_one_portal(
    project: Project, write: Write
) -> None:
    publish(project)
    before = (project.public / "chinh").readlink(), (project.public / "mau").readlink()
    states = {p.name: p.stat().st_mtime_ns for p in (project.work / "state").iterdir()}
    assert publish(project).returncode == 0
    assert {p.name: p.stat().st_mtime_ns for p in (project.work / "state").iterdir()} == states
    (project.content / "chinh" / "tin-tuc" / "khanh-thanh-cau.md").touch()
    assert publish(project).returncode == 0
    assert ((project.public / "chinh").readlink(), (project.public / "mau").readlink()) == before
    write("gioi-thieu/chuc-nang.md", type="guide", title="Chức năng mới")
    assert publish(project).returncode == 0
    assert (project.public / "mau").readlink() != before[1]
    clean = digest(project)
    publish(project, "--clean")
    assert digest(project) == clean


def test_drafts_and_the_future_never_reach_an_output_and_the_day_brings_them(
    project: Project, write: Write
) -> None:
    (project.content / "mau" / "tep" / "mat.docx").write_bytes(b"mat")
    attachments = [{"file": "tep/mat.docx", "title": "Tệp chưa công bố"}]
    write("tin-tuc/nhap.md", title="Bài còn nháp", status="draft", attachments=attachments)
    write("tin-tuc/mai.md", title="Bài của ngày mai", published="2015-12-19T08:00")
    assert publish(project).returncode == 0
    files = [p for p in (project.public / "mau").resolve().rglob("*") if p.is_file()]
    assert files
    for path in files:
        data = path.read_bytes()
        assert "Bài còn nháp".encode() not in data, path
        assert "Bài của ngày mai".encode() not in data, path
        assert b"mat.docx" not in data, path
    assert not (project.public / "mau" / "tep" / "mat.docx").exists()
    assert publish(project, "--as-of", "2015-12-21").returncode == 0
    assert "Bài của ngày mai" in page(project, "tin-tuc")


def test_a_portal_that_content_no_longer_has_stays_and_is_told(project: Project) -> None:
    assert "still published" not in publish(project).stdout
    shutil.rmtree(project.content / "mau")
    run = publish(project)
    assert "public/mau is still published, and content/ has no such portal" in run.stdout
    assert page(project, "gioi-thieu/chuc-nang")


def test_a_portal_with_a_fault_keeps_its_last_version_and_holds_back_no_other(
    project: Project, write: Write
) -> None:
    publish(project)
    before = digest(project)
    (project.content / "mau" / "anh").mkdir()
    (project.content / "mau" / "anh" / "a.jpg").write_bytes(b"x")
    write("tin-tuc/loi.md", body="Một.\n\n![IMG_2041.jpg](../anh/a.jpg)\n", title="Bài có lỗi")
    news = project.content / "chinh" / "tin-tuc" / "khanh-thanh-cau.md"
    news.write_text(news.read_text("utf-8").replace("120 mét", "130 mét"), "utf-8")
    run = publish(project)
    assert run.returncode == 1
    assert "content/mau/tin-tuc/loi.md:14" in run.stdout
    assert digest(project) == before
    assert "130 mét" in page(project, "tin-tuc/khanh-thanh-cau", "chinh")
    assert "Bài có lỗi" not in page(project, "", "chinh")


def test_mistakes_in_a_header_stop_that_portal_only(project: Project, write: Write) -> None:
    write("tin-tuc/x.md", approver="Lý Mẫu Xa")
    run = publish(project)
    assert run.returncode == 2
    assert "7: Lý Mẫu Xa is not on the editorial board" in run.stderr
    assert (project.public / "chinh").exists()
    assert not (project.public / "mau").exists()
    assert "Lý Mẫu Xa" in (project.report / "index.html").read_text("utf-8")


def test_a_broken_portal_file_stops_that_portal_only(project: Project) -> None:
    path = project.content / "mau" / "portal.yml"
    path.write_text(path.read_text("utf-8").replace("email: vanthu@", "email: vanthu-", 1), "utf-8")
    run = publish(project)
    assert run.returncode == 2
    assert "content/mau/portal.yml" in run.stderr
    assert "nd43-2011/10.1.l" in run.stderr
    assert (project.public / "chinh").exists()


def test_what_could_not_be_judged_is_not_published(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    run = publish(project, browser="representative")
    assert run.returncode == 3, run.stdout + run.stderr
    assert not (project.public / "mau").exists()
    assert "No Chromium" in run.stdout


def test_a_release_with_sample_data_is_refused(project: Project) -> None:
    run = publish(project, "--release")
    assert run.returncode == 1
    assert "sample-data" in run.stdout
    assert not (project.public / "mau").exists()


def test_a_second_publication_says_so_and_stops(project: Project) -> None:
    project.work.mkdir()
    with FileLock(project.work / "lock"):
        run = publish(project)
    assert run.returncode == 2
    assert "Another build or publication" in run.stderr


def test_a_wrong_name_is_told_with_the_near_one(project: Project) -> None:
    run = publish(project, "mua")
    assert run.returncode == 2
    assert "did you mean mau?" in run.stderr
    assert "Traceback" not in run.stderr


def test_killed_at_any_moment_every_portal_is_old_or_new(project: Project, write: Write) -> None:
    assert publish(project).returncode == 0
    versions = {digest(project)}
    chance = random.Random(11)
    for number in range(8):
        write("tin-tuc/khanh-thanh-cau.md", title=f"Khánh thành cầu số {number}")
        process = subprocess.Popen(
            [*RUN, "publish", "--browser", "none"],
            cwd=project.root,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(0.5 + chance.random() * 1.2)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        found = digest(project)
        names = [n for n in range(number + 1) if f"số {n}" in page(project, "tin-tuc")]
        assert found in versions or names == [number]
        versions.add(found)
        assert (project.public / "mau" / "tin-tuc" / "khanh-thanh-cau" / "index.html").exists()
    assert publish(project).returncode == 0
    assert "số 7" in page(project, "tin-tuc/khanh-thanh-cau")
    leftovers = [p for p in (project.public / ".releases").iterdir() if p.name.startswith(".")]
    assert leftovers == []


def test_with_the_browser_a_good_project_passes_and_a_pale_text_does_not(project: Project) -> None:
    run = publish(project, "mau", browser="representative")
    assert run.returncode == 0, run.stdout + run.stderr
    report = json.loads((project.report / "report.json").read_text("utf-8"))
    assert report["canary"] == "seen"
    assert report["tool"]["axe"] >= "4.12"
    assert any(rule["id"].startswith("axe/") for rule in report["rules"])
    before = digest(project)
    style = project.theme / "static" / "portal.css"
    style.write_text(style.read_text("utf-8") + ".prose p { color: #bbb; }\n", "utf-8")
    run = publish(project, "mau", browser="representative")
    assert run.returncode == 1
    assert "axe/color-contrast" in run.stdout
    assert digest(project) == before

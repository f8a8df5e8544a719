"""A province's own law, content/law-*.yml, from the commands: it counts, or says what is wrong."""

from __future__ import annotations

import subprocess

import pytest

from generator.build import Project

from ..conftest import own_law
from .test_publish import RUN, environment

OWN = own_law(
    "Cứ 4 ngày làm việc có văn bản mới",
    "A document every 4 working days",
    "stale-section",
    "section: documents, most: 3",
)


def run(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RUN, *words, "--lang", "en"],
        cwd=project.root,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def choose(project: Project, law: str, own: str = OWN) -> None:
    (project.content / "law-tinh.yml").write_text(own, "utf-8")
    path = project.content / "registry.yml"
    text = path.read_text("utf-8").replace("law: tt09-2014", f"law: {law}")
    assert law in text
    path.write_text(text, "utf-8")


def test_the_registry_may_choose_it_for_every_command(project: Project) -> None:
    choose(project, "tt09-2014,tinh")
    assert run(project, "validate").returncode == 0
    due = run(project, "due", "mau")
    assert due.returncode == 0, due.stderr
    assert "by tinh/1" in due.stdout
    assert run(project, "build", "mau").returncode == 0
    page = project.staging("mau") / "tinh-hinh-cap-nhat" / "index.html"
    assert "4 ngày làm việc" in page.read_text("utf-8")
    assert run(project, "check", "content/mau/tin-tuc/khanh-thanh-cau.md").returncode == 0
    judged = run(project, "lint", ".congtin/staging/mau", "--browser", "none", "--law", "tinh")
    assert "By the law of 18 December 2015: Sample Decision" in judged.stdout
    table = run(project, "rules", "--coverage", "all").stdout
    assert "| `1` | A document every 4 working days | read whole | checked | `stale-" in table


def test_a_changed_law_makes_the_portals_stale(project: Project) -> None:
    choose(project, "tinh")
    page = project.staging("mau") / "tinh-hinh-cap-nhat" / "index.html"
    assert run(project, "build", "mau").returncode == 0
    assert "4 ngày làm việc" in page.read_text("utf-8")
    (project.content / "law-tinh.yml").write_text(OWN.replace("most: 3", "most: 4"), "utf-8")
    assert run(project, "build", "mau").returncode == 0
    assert "5 ngày làm việc" in page.read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("validate",),
        ("check", "content/law-tinh.yml"),
        ("due",),
        ("build",),
        ("rules", "--coverage", "tinh"),
        ("lint", "public", "--browser", "none"),
        ("report", "checklist", "mau"),
    ],
    ids=" ".join,
)
def test_its_mistakes_are_told_with_file_line_and_a_way_to_mend(
    project: Project, words: tuple[str, ...]
) -> None:
    choose(project, "tinh", OWN.replace("stale-section", "stale-sektion"))
    (project.public / "x").mkdir(parents=True)
    (project.public / "x" / "index.html").write_text("<h1>Mẫu</h1>", "utf-8")
    done = run(project, *words)
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    assert "content/law-tinh.yml\n  15: There is no rule stale-sektion; did you mean stale-" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("words", [("validate",), ("check", "content/registry.yml")], ids=" ".join)
def test_a_law_that_nobody_knows_is_told_where_it_is_chosen(
    project: Project, words: tuple[str, ...]
) -> None:
    choose(project, "tinhh")
    done = run(project, *words)
    assert done.returncode == 2
    assert "content/registry.yml\n  5: There is no law tinhh. Known: P2009, " in done.stderr

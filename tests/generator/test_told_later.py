"""Two events that a document may tell long after it was first online: a change, a promulgation."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from generator.build import Project, build
from generator.documents import read_documents
from linter.registry import read_registry

from ..conftest import ROOT, document_text, own_law
from .test_publish import RUN, environment

NOW = datetime(2015, 12, 18, 23, 59)
OWN = own_law(
    "Thủ tục thay đổi: 5 ngày làm việc",
    "A changed procedure: 5 working days",
    "late-item",
    "section: procedures, event: changed, days: 5, working: true",
)
PROCEDURE = {
    "type": "procedure",
    "title": "Đăng ký khai sinh",
    "code": "1.001",
    "field": "Hộ tịch",
    "online_level": 2,
    "who": "Cha, mẹ",
    "needed": ["Giấy chứng sinh"],
    "where": "Bộ phận một cửa",
    "steps": ["Nộp tờ khai"],
    "duration": "Trong ngày",
    "fee": "Không",
    "legal_basis": ["Luật Hộ tịch"],
    "result": "Giấy khai sinh",
    "approved": "2015-03-02T08:00",
    "published": "2015-03-02T09:00",
}
GUIDE = {
    "type": "guide",
    "title": "Luật Mẫu có gì mới",
    "approved": "2015-12-10T08:00",
    "published": "2015-12-10T09:00",
}


@pytest.fixture
def province(tmp_path: Path) -> Project:
    """The real registry and its main portal, one portal without documents, and a law on changes."""
    content = tmp_path / "content"
    for portal in ("tiengiang", "sonoivu"):
        content.joinpath(portal).mkdir(parents=True)
        shutil.copy(ROOT / "content" / portal / "portal.yml", content / portal / "portal.yml")
    text = (ROOT / "content" / "registry.yml").read_text("utf-8")
    (content / "registry.yml").write_text(
        text.replace("law: P2015-TG", "law: P2015-TG,tinh"), "utf-8"
    )
    (content / "law-tinh.yml").write_text(OWN, "utf-8")
    (tmp_path / "themes").symlink_to(ROOT / "themes")
    return Project(tmp_path)


def put(project: Project, name: str, data: dict[str, Any]) -> Path:
    path = project.content / "sonoivu" / name
    path.parent.mkdir(exist_ok=True)
    persons = {"author": "Phạm Mẫu Khoa", "approver": "Ngô Mẫu Trí"}
    path.write_text(document_text(**persons, **data), "utf-8")
    return path


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


def judged(project: Project, law: str) -> list[str]:
    """What late-item says of the built portal: message ids, or "pass"."""
    registry = read_registry(project.content)
    made = build(project, registry, registry.portal("sonoivu"), NOW)
    assert made.mistakes == ()
    words = ("--browser", "none", "--law", law, "--fail-on", "never", "--format", "json")
    done = run(project, "lint", ".congtin/staging/sonoivu", *words)
    report = json.loads(done.stdout)
    found = [one["message"] for one in report["findings"] if one["rule"] == "late-item"]
    clauses = {passed["requirement"] for site in report["sites"] for passed in site["passed"]}
    passed = {"tinh/1", "nd43-2011/17.1.b"} & clauses
    return [*found, *("pass" for _ in passed)]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, []),
        ({"changed_on": "2015-12-01", "updated": "2015-12-08"}, ["pass"]),
        ({"changed_on": "2015-12-01", "updated": "2015-12-09"}, ["open"]),
        ({"changed_on": "2015-03-02"}, ["pass"]),
    ],
    ids=["no change", "told in time", "edited after the deadline", "new with the change"],
)
def test_a_changed_procedure(province: Project, more: dict[str, str], said: list[str]) -> None:
    put(province, "thu-tuc-hanh-chinh/khai-sinh.md", PROCEDURE | more)
    assert judged(province, "tinh") == said


def test_a_change_after_the_last_update_is_told_as_a_mistake(province: Project) -> None:
    put(province, "thu-tuc-hanh-chinh/a.md", PROCEDURE | {"changed_on": "2015-12-01"})
    registry = read_registry(province.content)
    _, mistakes = read_documents(province.content, registry, registry.portal("sonoivu"))
    assert [(m.message.split(" (")[0], m.params["later"]) for m in mistakes] == [
        ("{later} lies before {earlier}", "published")
    ]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, []),
        ({"promulgated_on": "2015-11-19"}, ["pass"]),
        ({"promulgated_on": "2015-11-18"}, ["late"]),
    ],
    ids=["no event", "the fifteenth working day", "the sixteenth working day"],
)
def test_a_law_explained(province: Project, more: dict[str, str], said: list[str]) -> None:
    """Ten December is the fifteenth working day after 19 November, a Thursday."""
    put(province, "pho-bien-phap-luat/luat-mau.md", GUIDE | more)
    assert judged(province, "nd43-2011") == said


def test_the_freshness_page_counts_both(province: Project) -> None:
    late = PROCEDURE | {"changed_on": "2015-12-01", "updated": "2015-12-09"}
    put(province, "thu-tuc-hanh-chinh/a.md", late)
    put(province, "pho-bien-phap-luat/b.md", GUIDE | {"promulgated_on": "2015-11-19"})
    registry = read_registry(province.content)
    assert build(province, registry, registry.portal("sonoivu"), NOW).mistakes == ()
    page = province.staging("sonoivu") / "tinh-hinh-cap-nhat" / "index.html"
    text = " ".join(page.read_text("utf-8").split())
    assert "Trong 5 ngày làm việc kể từ ngày thay đổi." in text
    assert "Trong 15 ngày làm việc kể từ ngày công bố." in text


NEW = (
    "new", "guide", "sonoivu", "--section", "pho-bien-phap-luat", "--title", "Luật Mẫu có gì mới",
    "--set", "keywords=luật", "--set", "summary=Luật Mẫu có hiệu lực từ ngày đầu năm tới.",
    "--set", "author=Phạm Mẫu Khoa",
)  # fmt: skip


def test_new_takes_both_days_by_flags_and_says_the_deadline(province: Project) -> None:
    done = run(province, *NEW, "--set", "promulgated_on=2015-12-10")
    assert done.returncode == 0, done.stderr
    assert "by 31 December 2015 (nd43-2011/17.1.b)" in done.stdout
    path = province.content / "sonoivu" / "pho-bien-phap-luat" / "luat-mau-co-gi-moi.md"
    assert "promulgated_on: '2015-12-10'" in path.read_text("utf-8")
    wrong = run(province, *NEW, "--set", "promulgated_on=2015-02-29")
    assert wrong.returncode == 2
    assert "promulgated_on cannot be “2015-02-29”: there is no such day" in wrong.stderr
    given = [
        option
        for key, value in (PROCEDURE | {"changed_on": "2015-12-10"}).items()
        if key not in ("type", "title", "approved", "published")
        for option in ("--set", f"{key}={'; '.join(value) if isinstance(value, list) else value}")
    ]
    facts = ("--set", "keywords=hộ tịch", "--set", "summary=Cách đăng ký khai sinh cho con nhỏ.")
    words = ("new", "procedure", "sonoivu", "--title", "Khai sinh", "--set", "author=Phạm Mẫu Khoa")
    done = run(province, *words, *facts, *given)
    assert done.returncode == 0, done.stderr
    assert "by 17 December 2015 (tinh/1)" in done.stdout


def test_new_asks_for_the_day_where_a_law_counts_from_it(
    province: Project, on_a_terminal: Callable[..., Any]
) -> None:
    screen = on_a_terminal(
        province.root,
        ["new", "guide", "sonoivu", "--section", "pho-bien-phap-luat"],
        [
            ("title: tiêu đề", "Luật Mẫu có gì mới"),
            ("summary: tóm tắt", "Luật Mẫu có hiệu lực từ ngày đầu năm tới."),
            ("keywords: từ khóa", "luật"),
            ("promulgated_on: ngày công bố chính thức", "29/02/2015"),
            ("Không nhận “29/02/2015”", "2015-12-10"),
            ("chậm nhất ngày 31/12/2015 (nd43-2011/17.1.b)", None),
            ("author: người viết", "Phạm Mẫu Khoa"),
            ("Ngô Mẫu Trí", ""),
            ("approved: ngày giờ duyệt", "2015-12-18"),
            ("published: ngày giờ đăng", "2015-12-18"),
            ("[luat-mau-co-gi-moi]", ""),
            ("Đã ghi: ", None),
        ],
    )
    assert "không có thì nhấn Enter" in screen
    text = (province.content / "sonoivu/pho-bien-phap-luat/luat-mau-co-gi-moi.md").read_text()
    assert "promulgated_on: '2015-12-10'" in text


def test_new_does_not_ask_where_no_law_counts(
    province: Project, on_a_terminal: Callable[..., Any]
) -> None:
    screen = on_a_terminal(
        province.root,
        ["new", "guide", "sonoivu", "--section", "gioi-thieu"],
        [
            ("title: tiêu đề", "Lịch tiếp công dân"),
            ("summary: tóm tắt", "Sở tiếp công dân vào sáng thứ Ba hằng tuần."),
            ("keywords: từ khóa", "tiếp công dân"),
            ("author: người viết", "Phạm Mẫu Khoa"),
            ("Ngô Mẫu Trí", ""),
            ("approved: ngày giờ duyệt", "2015-12-18"),
            ("published: ngày giờ đăng", "2015-12-18"),
            ("[lich-tiep-cong-dan]", ""),
            ("Đã ghi: ", None),
        ],
    )
    assert "promulgated_on" not in screen


@pytest.fixture
def on_a_terminal() -> Callable[[Path, list[str], list[tuple[str, str | None]]], str]:
    """Runs a command on a terminal of its own; answers each text when it has come."""

    def talk(folder: Path, words: list[str], answers: list[tuple[str, str | None]]) -> str:
        master, slave = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-c", "from generator.cli.main import main; main()", *words],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", "COLUMNS": "200"},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            close_fds=True,
        )
        os.close(slave)
        whole = fresh = b""
        for text, answer in answers:
            end = time.monotonic() + 60
            while text.encode() not in fresh:
                assert time.monotonic() < end, f"no {text!r} in {fresh.decode()}"
                if select.select([master], [], [], 1)[0]:
                    more = os.read(master, 4096)
                    whole, fresh = whole + more, fresh + more
            fresh = fresh.partition(text.encode())[2]
            if answer is not None:
                os.write(master, answer.encode() + b"\n")
        assert process.wait(30) == 0
        os.close(master)
        return whole.decode()

    return talk

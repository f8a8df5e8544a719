"""Who answers for what: owners for the platform, the trail for the inspector, the quick check."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from generator.build import Project
from generator.cli.main import main
from generator.moderation import codeowners
from linter.registry import read_registry

ROOT = Path(__file__).parent.parent.parent
Write = Callable[..., Path]
Run = Callable[..., Result]


@pytest.fixture
def run(project: Project, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(project.root)
    return lambda *given: CliRunner().invoke(main, [*given, "--lang", "en"])


def git(root: Path, *given: str) -> None:
    name = ("-c", "user.name=Hồ Mẫu Tú", "-c", "user.email=mau@mau.gov.vn")
    subprocess.run(["git", *name, *given], cwd=root, check=True, capture_output=True)


def test_the_owners_of_this_province_are_current() -> None:
    text = codeowners(read_registry(ROOT / "content"))
    assert (ROOT / ".github" / "CODEOWNERS").read_text("utf-8") == text
    assert text.count("\n/content/") == 39


def test_owners_follow_the_registry(run: Run, project: Project) -> None:
    assert run("moderation", "codeowners", "--check").exit_code == 2
    assert run("moderation", "codeowners").exit_code == 0
    assert "/content/mau/ vanthu@mau.mau.gov.vn" in (
        project.root / ".github" / "CODEOWNERS"
    ).read_text("utf-8")
    assert run("moderation", "codeowners", "--check").exit_code == 0


def export(run: Run, form: str, *more: str) -> bytes:
    given = ("--from", "2015-12-01", "--until", "2015-12-18", "--format", form, "-o", "t")
    result = run("moderation", "trail", *given, *more)
    assert result.exit_code == 0, result.output
    return Path("t").read_bytes()


def test_the_trail_names_author_approver_and_commit(
    run: Run, project: Project, write: Write
) -> None:
    write("tin-tuc/cu.md", approved="2015-11-01", published="2015-11-02")
    git(project.root, "init", "-q")
    git(project.root, "add", "content")
    git(project.root, "commit", "-qm", "Một")
    write("tin-tuc/khanh-thanh-cau.md", title="=HYPERLINK(1)", updated="2015-12-18")
    git(project.root, "commit", "-qam", "Hai")
    rows = {row["file"]: row for row in json.loads(export(run, "json", "mau"))}
    assert "content/mau/tin-tuc/cu.md" not in rows
    row = rows["content/mau/tin-tuc/khanh-thanh-cau.md"]
    assert (row["author"], row["approver"]) == ("Hồ Mẫu Tú", "Lê Mẫu Bình")
    assert row["first_commit"] != row["last_commit"]
    assert row["committer"] == "Hồ Mẫu Tú"
    other = rows["content/mau/van-ban/qd-1.md"]
    assert other["first_commit"] == other["last_commit"] == row["first_commit"]
    table = list(csv.reader(io.StringIO(export(run, "csv").decode("utf-8-sig"))))
    assert table[0][:4] == ["Portal", "File", "Title", "Author"]
    assert "'=HYPERLINK(1)" in {line[2] for line in table}
    sheet = load_workbook(io.BytesIO(export(run, "xlsx"))).active
    cell = next(c for r in sheet.iter_rows() for c in r if c.value == "=HYPERLINK(1)")
    assert cell.data_type == "s"


def test_without_a_history_the_trail_says_so(run: Run) -> None:
    result = run("moderation", "trail", "--from", "2015-12-01", "--until", "2015-12-18", "-o", "t")
    assert result.exit_code == 0
    assert "no Git history" in result.stderr
    assert "Hồ Mẫu Tú" in Path("t").read_text("utf-8-sig")
    bad = run("moderation", "trail", "--from", "hôm nay", "--until", "2015-12-18", "-o", "t")
    assert bad.exit_code == 2


def test_the_quick_check_judges_the_pages_of_changed_files(run: Run, write: Write) -> None:
    good = run("check", "content/mau/tin-tuc/khanh-thanh-cau.md", "README.md", "themes/x.css")
    assert good.exit_code == 0, good.output
    assert "1 of 1 pages judged" in good.output
    write("tin-tuc/loi.md", body="Xem [tại đây](/lien-he/).\n")
    bad = run("check", "content/mau/tin-tuc/loi.md")
    assert bad.exit_code == 1
    assert "content/mau/tin-tuc/loi.md:12" in bad.output
    assert run("check", "content/mau/tin-tuc/khanh-thanh-cau.md").exit_code == 0
    write("tin-tuc/loi.md", approver="Lý Mẫu Xa")
    assert run("check", "content/mau/tin-tuc/loi.md").exit_code == 2
    assert run("check", "README.md").exit_code == 0


def test_a_period_that_ends_before_it_begins_is_no_period(run: Run) -> None:
    bad = run("moderation", "trail", "--from", "2015-12-18", "--until", "2015-12-01", "-o", "t")
    assert bad.exit_code == 2
    assert "before it begins" in bad.output

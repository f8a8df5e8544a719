"""What `congtin lint` is given that is no site: each told in a sentence, none passed as judged."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import linter.cli.lint as lint_command
from linter.ahead import hear_together
from linter.errors import Exit
from linter.judge import judge
from linter.lint import Terms, bench
from linter.reports import as_json
from linter.sites.folder import read_folder

PAGE = """<!DOCTYPE html><html lang="vi">
<head><meta charset="utf-8"><title>Trang {n} - Sở Mẫu</title></head>
<body><main><h1>Trang {n}</h1><p>Sở tiếp công dân vào sáng thứ Ba. {more}</p></main></body>
</html>"""


def lint(*targets: str | Path, jobs: int = 1) -> Result:
    given = ["--browser", "none", "--lang", "en", "--jobs", str(jobs), *map(str, targets)]
    return CliRunner().invoke(lint_command.command, given)


def write_site(folder: Path, pages: int = 1, more: str = "") -> Path:
    folder.mkdir()
    for number in range(pages):
        (folder / f"{number}.html").write_text(PAGE.format(n=number, more=more), "utf-8")
    return folder


def test_what_is_no_target_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE.format(n=1, more=""), "utf-8")
    (tmp_path / "rong").mkdir()
    (tmp_path / "hong.warc.gz").write_bytes(os.urandom(100))
    for target, told in (
        (tmp_path / "khong-co", "There is no folder"),
        (tmp_path / "a.html", "is a file; name the folder"),
        (tmp_path / "rong", "There is no HTML page"),
        (tmp_path / "hong.warc.gz", "is no readable archive"),
        ("http://[", "is no address that can be asked for"),
        ("http://", "is no address that can be asked for"),
        ("https://mau.gov.vn:99999/", "is no address that can be asked for"),
    ):
        result = lint(target)
        assert result.exit_code == Exit.WRONG_USE, (target, result.exception)
        assert told in result.output


@pytest.mark.parametrize("name", ["Trang thử", 'a|`b<i>[x](y)&"', "…"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    result = lint(write_site(tmp_path / name))
    assert result.exit_code == Exit.PASS, result.output
    assert "1 of 1 pages judged" in result.output


@pytest.mark.parametrize(
    "body", [b"", b" \n", b"\0" * 3, bytes(range(256)) * 20, b"GIF89a\1\0\1\0\x80\0\0\0\0\0"]
)
def test_a_page_that_is_no_text_is_not_passed(tmp_path: Path, body: bytes) -> None:
    site = write_site(tmp_path / "mau")
    (site / "x.html").write_bytes(body)
    result = lint(site)
    assert result.exit_code == Exit.COULD_NOT_TELL
    assert "x.html: There is nothing to read" in result.output
    assert "1 of 2 pages judged" in result.output


def test_a_page_of_two_byte_letters_is_text(tmp_path: Path) -> None:
    site = write_site(tmp_path / "mau")
    (site / "x.html").write_bytes(PAGE.format(n=7, more="").encode("utf-16"))
    assert "2 of 2 pages judged" in lint(site).output


def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path / "mau", 2)
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "1.html":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = lint(site)
    assert result.exit_code == Exit.COULD_NOT_TELL
    assert "1.html: The file cannot be read (Permission denied)." in result.output


_judge: Any = lint_command._judge


def judge_or_die(wanted: list[str], *given: Any) -> Any:
    if any(one.endswith("chet") for one in wanted):
        os.kill(os.getpid(), signal.SIGKILL)
    return _judge(wanted, *given)


def test_a_process_that_is_ended_costs_its_own_site_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites = [write_site(tmp_path / name) for name in ("mot", "chet", "hai", "ba")]
    # A forked process knows this module, and what the test put into the command.
    forking = multiprocessing.get_context("fork")
    monkeypatch.setattr(multiprocessing, "get_context", lambda _method: forking)
    monkeypatch.setattr(lint_command, "_judge", judge_or_die)
    result = lint(*sites, jobs=2)
    assert result.exit_code == Exit.COULD_NOT_TELL, result.output
    assert "3 of 4 pages judged" in result.output
    assert "http://chet.localhost/: The process that judged it was ended" in result.output


def test_a_large_folder_is_judged_alike_by_one_process_and_by_two(tmp_path: Path) -> None:
    folder = write_site(tmp_path / "lon", 401, 'Xem <a href="#">tại đây</a>.<br><br><br>')
    terms = Terms(date(2015, 12, 18), "P2015-TG", "none", jobs=2)
    one, two = read_folder(folder), read_folder(folder)
    hear_together(two, terms)
    assert all("heard" in page.notes for page in two.html_pages)
    alone, shared = (as_json.write(judge(site, bench(terms)), "vi") for site in (one, two))
    assert len(json.loads(alone)["findings"]) >= 3 * 401
    assert alone == shared

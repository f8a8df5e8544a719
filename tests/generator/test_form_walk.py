"""An official's path in a real browser: fill in the form, save; then it is built and passes."""

from __future__ import annotations

import functools
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

import pytest
from click.testing import CliRunner
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from generator.build import Project
from generator.cli.main import main
from linter.browser.chromium import Browser, View, find_programs, take_browser

ROOT = Path(__file__).parent.parent.parent
TOOLS = ROOT / ".congtin" / "tools" / "node_modules"
PATIENCE = 30.0
SET = """
const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
set.call(arguments[0], arguments[1]);
for (const kind of ["input", "change"]) {
  arguments[0].dispatchEvent(new Event(kind, { bubbles: true }));
}
"""
Found = TypeVar("Found")


def wait_for(look: Callable[[], Found]) -> Found:
    """The first answer that is not empty."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)
    return found


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_given: Any) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def kept(root: Path) -> Iterator[str]:
    """decap-server at work on a project's files; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    node = shutil.which("node")
    assert node, "bash .ci/slow installs it"
    process = subprocess.Popen(
        [node, str(TOOLS / "decap-server" / "dist" / "index.js")],
        env={
            **os.environ, "PORT": str(port), "BIND_HOST": "127.0.0.1", "MODE": "fs",
            "GIT_REPO_DIRECTORY": str(root),
        },
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}/api/v1"
    finally:
        process.terminate()
        process.wait(PATIENCE)


class Form:
    """The form editor in a browser."""

    def __init__(self, browser: Browser) -> None:
        self.driver = browser.driver

    def named(self, kind: str, text: str) -> Any:
        def look() -> Any:
            found = self.driver.find_elements(By.CSS_SELECTOR, kind)
            return next((one for one in found if one.text == text), None)

        return wait_for(look)

    def field(self, name: str) -> Any:
        selector = f"[id^='{name}-field']"
        found = wait_for(lambda: self.driver.find_elements(By.CSS_SELECTOR, selector))
        return self._into_view(found[0])

    def write(self, text: str) -> None:
        (body, *_) = self.driver.find_elements(By.CSS_SELECTOR, "[contenteditable='true']")
        self._into_view(body).click()
        body.send_keys(text)

    def set(self, name: str, value: str) -> None:
        self.driver.execute_script(SET, self.field(name), value)

    def _into_view(self, element: Any) -> Any:
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        return element


def fill_in(form: Form) -> None:
    form.field("title").send_keys("Đón tiếp công dân tháng 01 năm 2016")
    form.field("summary").send_keys("Lãnh đạo Sở tiếp công dân vào sáng thứ Năm hằng tuần.")
    form.field("keywords").send_keys("tiếp công dân, lịch")
    form.field("author").send_keys("Phạm Mẫu Dung")
    form.field("approver").send_keys("Trần Mẫu An", Keys.ENTER)
    form.set("approved", "2015-12-17T09:00")
    form.set("published", "2015-12-17T10:00")
    form.field("status").send_keys("published", Keys.ENTER)
    form.write("Lãnh đạo Sở tiếp công dân tại trụ sở.")


@pytest.mark.slow
def test_from_the_form_to_the_published_page(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    script = TOOLS / "decap-cms" / "dist" / "decap-cms.js"
    assert script.exists(), "bash .ci/slow installs it"
    editor = project.work / "editor" / "mau"
    browser = take_browser(find_programs(), offline=True)
    try:
        with kept(project.root) as keeper, served(editor) as address:
            given = ["--script", str(script), "--backend", "proxy", "--server", keeper]
            run = CliRunner().invoke(main, ["editor", "mau", *given])
            assert run.exit_code == 0, run.output
            browser.show(View(1280, 1400))
            browser.open(address, PATIENCE)
            form = Form(browser)
            form.named("button", "Login").click()
            wait_for(lambda: "collections" in browser.driver.current_url)
            browser.driver.execute_script("location.hash = '#/collections/tin-tuc-news/new'")
            fill_in(form)
            form.named("[role=button]", "Publish").click()
            form.named("[role=menuitem]", "Publish now").click()
            folder = project.content / "mau" / "tin-tuc"
            (path,) = wait_for(lambda: list(folder.glob("*tiep-cong-dan*.md")))
    finally:
        browser.close()
    assert path.name == "don-tiep-cong-dan-thang-01-nam-2016.md"
    checked = CliRunner().invoke(main, ["validate", "mau"])
    assert checked.exit_code == 0, checked.output + path.read_text("utf-8")
    done = CliRunner().invoke(main, ["publish", "mau", "--browser", "none", "--jobs", "1"])
    assert done.exit_code == 0, done.output
    page = project.public / "mau" / "tin-tuc" / path.stem / "index.html"
    assert "tiếp công dân tại trụ sở" in page.read_text("utf-8")

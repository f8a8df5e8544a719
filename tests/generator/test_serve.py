"""The preview as an editor meets it: a real server, a real Chromium, files saved beneath it."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.build import Project
from linter.browser.axe_script import find_axe
from linter.browser.chromium import Browser, View, find_programs, give_back, take_browser

ROOT = Path(__file__).parent.parent.parent
Write = Callable[..., Path]
NEWS = "tin-tuc/khanh-thanh-cau.md"
PAGE = "/tin-tuc/khanh-thanh-cau/"
PATIENCE = 60.0


class Served:
    """One `congtin serve` at work: its address, and what it says on its screen."""

    def __init__(self, project: Project, *more: str) -> None:
        run = "from generator.cli.main import main; main()"
        self.log = (project.root / "serve.log").open("w+b")
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-c", run, "serve", "mau", "--port", "0", *more],
            cwd=project.root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=self.log,
            stderr=self.log,
            # A test run in the background hands on that Ctrl-C is ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )
        wait(lambda: "127.0.0.1" in self.screen())
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.screen())
        assert found
        self.port = int(found[1])
        self.base = f"http://127.0.0.1:{self.port}"

    def screen(self) -> str:
        return Path(str(self.log.name)).read_text("utf-8")

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        data = answer.read().decode("utf-8", errors="replace")
        connection.close()
        return answer.status, data

    def panel(self, page: str = PAGE) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.get(f"/_congtin/panel?path={page}")[1])
        return told

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        self.log.close()
        return code


def wait(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def served(project: Project) -> Iterator[Served]:
    one = Served(project, "--lang", "en")
    wait(lambda: one.panel()["judged"])
    yield one
    if one.process.poll() is None:
        one.end()


@pytest.fixture
def browser() -> Iterator[Browser]:
    programs = find_programs()
    one = take_browser(programs, True)
    one.show(View())
    yield one
    one.open("about:blank", PATIENCE)
    give_back(programs, True, one)


def run(browser: Browser, script: str, *given: Any) -> Any:
    return browser.driver.execute_script(
        "const root = document.querySelector('congtin-panel')?.shadowRoot;" + script, *given
    )


def shown(browser: Browser) -> str:
    """What the panel's button says, once the portal was judged."""
    text = run(browser, "return root?.host.dataset.judged === 'true' ? root.textContent : ''")
    return str(text or "")


def press(browser: Browser, key: str, code: int) -> None:
    for kind in ("keyDown", "keyUp"):
        params = {"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code}
        if key == "Enter":
            params["text"] = "\r"
        browser.command("Input.dispatchKeyEvent", params, PATIENCE)


def axe_violations(browser: Browser) -> list[str]:
    """axe comes by the driver, which stands above the page's policy."""
    run(browser, find_axe().text + "; window.axe = axe;")
    browser.driver.set_script_timeout(PATIENCE)
    found: list[str] = browser.driver.execute_async_script(
        "const done = arguments[0]; axe.run({resultTypes: ['violations']}).then(r => done("
        "r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.target.join(' ')).join(', '))))"
    )
    return found


def test_a_save_reloads_the_page_and_the_panel_tells_what_is_wrong(
    served: Served, browser: Browser, write: Write
) -> None:
    browser.open(served.base + PAGE, PATIENCE)
    wait(lambda: "nothing found" in shown(browser))
    run(browser, "window.before = true")
    write(NEWS, body="Cầu mới.\n\nXem [tại đây](/lien-he/).\n", title="Tựa đã sửa")
    wait(lambda: "vague-link-text" in shown(browser))
    assert run(browser, "return window.before") is None, "the page was loaded again"
    assert run(browser, "return document.querySelector('h1').textContent") == "Tựa đã sửa"
    text = shown(browser)
    assert "content/mau/tin-tuc/khanh-thanh-cau.md:14" in text
    assert "This page: 1 findings" in text
    wait(lambda: "content/mau/tin-tuc/khanh-thanh-cau.md:14" in served.screen())
    assert "vague-link-text" in served.screen()


def test_the_panel_works_by_keyboard_and_marks_the_place(
    served: Served, browser: Browser, write: Write
) -> None:
    write(NEWS, body="Cầu mới.\n\nXem [tại đây](/lien-he/).\n")
    wait(lambda: "vague-link-text" in served.panel()["html"])

    def is_shown() -> bool:
        """Opens the page anew: one that comes while the portal is built again may go away."""
        browser.open(served.base + PAGE, PATIENCE)
        for _ in range(100):
            if "vague-link-text" in shown(browser):
                return True
            time.sleep(0.05)
        return False

    wait(is_shown)
    press(browser, "F8", 119)
    wait(lambda: run(browser, "return root.activeElement?.dataset.key"))
    assert run(browser, "return root.getElementById('toggle').ariaExpanded") == "true"
    press(browser, "Enter", 13)
    marked = "return document.querySelector('[data-congtin-mark]')?.textContent"
    wait(lambda: run(browser, marked) == "tại đây")
    assert "marked" in run(browser, "return root.getElementById('said').textContent")
    assert run(browser, "return root.getElementById('said').getAttribute('role')") == "status"
    press(browser, "Escape", 27)
    wait(lambda: run(browser, marked) is None)
    assert run(browser, "return root.getElementById('list').hidden") is False
    press(browser, "Escape", 27)
    wait(lambda: run(browser, "return root.getElementById('list').hidden"))
    assert run(browser, "return root.activeElement.id") == "toggle"


def test_axe_finds_nothing_in_the_open_panel(
    served: Served, browser: Browser, write: Write
) -> None:
    write(NEWS, body="Cầu mới.\n\nXem [tại đây](/lien-he/).\n", status="draft")
    wait(lambda: "vague-link-text" in served.panel()["html"])
    for view in (View(width=360), View(width=1280), View(width=360, scheme="dark")):
        browser.show(view)
        browser.open(served.base + PAGE, PATIENCE)
        wait(lambda: "vague-link-text" in shown(browser))
        run(
            browser, "if (root.getElementById('list').hidden) root.getElementById('toggle').click()"
        )
        assert axe_violations(browser) == [], view
        assert run(browser, "return document.documentElement.scrollWidth <= innerWidth"), view


def test_mistakes_are_told_and_the_last_good_pages_stay(served: Served, write: Write) -> None:
    good = served.get(PAGE)[1]
    write(NEWS, approver="Lý Mẫu Xa")
    wait(lambda: served.panel()["html"].count("is not on the editorial board"))
    told = served.panel()
    assert told["label"] == "Not built: 1 mistakes"
    assert "content/mau/tin-tuc/khanh-thanh-cau.md:7" in told["html"]
    assert served.get(PAGE)[1] == good
    wait(lambda: "7: Lý Mẫu Xa is not on the editorial board" in served.screen())
    write(NEWS, title="Lại đúng")
    wait(lambda: "Lại đúng" in served.get(PAGE)[1])
    assert served.end() == 0


def test_a_broken_portal_file_is_told_too(served: Served, project: Project) -> None:
    path = project.content / "mau" / "portal.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("kind: component", "kind: compoment"), "utf-8")
    wait(lambda: "content/mau/portal.yml" in served.panel()["html"])
    path.write_text(text, "utf-8")
    wait(lambda: "portal.yml" not in served.panel()["html"])


def test_drafts_are_shown_here_and_said_to_be_drafts(served: Served, write: Write) -> None:
    write("tin-tuc/nhap.md", title="Bài còn nháp", status="draft")
    wait(lambda: "Bài còn nháp" in served.get("/tin-tuc/nhap/")[1])
    assert "Not public yet" in served.panel("/tin-tuc/nhap/")["html"]
    assert "Not public yet" not in served.panel(PAGE)["html"]


def test_nothing_of_the_panel_stands_in_a_file(served: Served, project: Project) -> None:
    assert "/_congtin/panel.js" in served.get(PAGE)[1]
    pages = list((project.work / "preview").rglob("*.html"))
    assert len(pages) > 5
    for page in pages:
        assert b"_congtin" not in page.read_bytes()
    assert not project.staging("mau").exists(), "a publication is not disturbed"


def test_only_this_machine_by_its_own_name_is_answered(served: Served, project: Project) -> None:
    assert served.get("/", host="evil.example")[0] == 403
    assert served.get("/_congtin/panel?path=/", host="evil.example")[0] == 403
    assert served.get("/../../portal.yml")[0] == 404
    assert served.get("/%2e%2e/%2e%2e/state/mau.json")[0] == 404
    assert served.get("/khong-co/")[0] == 404
    taken = subprocess.run(
        [sys.executable, "-c", "from generator.cli.main import main; main()", "serve", "mau",
         "--lang", "en", "--port", str(served.port)],
        cwd=project.root, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
        text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert taken.returncode == 2
    assert "Choose another with --port" in taken.stderr
    assert "Traceback" not in taken.stderr


TEMPLATE = ROOT / "generator" / "panel" / "panel.jinja"


@pytest.mark.parametrize("text", re.findall(r't\("([^"]+)"', TEMPLATE.read_text("utf-8")))
def test_each_text_of_the_panel_is_translated(text: str) -> None:
    from linter.messages import translate

    assert translate(text, "vi") != text

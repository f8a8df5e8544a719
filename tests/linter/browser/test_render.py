"""Rendering: as with a fresh browser, canary, crashes, missing browser, representatives."""

from __future__ import annotations

import os
import re
import shutil
import signal
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from linter.browser import chromium, known_faults
from linter.browser.chromium import close_browsers
from linter.browser.render import Order, plan_pages, render
from linter.browser.serve import Answer, answers_of_folder
from linter.errors import UserError
from linter.judge import Bench, judge
from linter.model import Canary, Snapshot
from linter.page import Page
from linter.rules.catalogue import all_rules
from linter.terms import Site, Verdict

HEAD = '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Mẫu</title>'
STATEFUL = HEAD + (
    '<link rel="stylesheet" href="mau.css"></head><body><main><h1>Mẫu</h1>'
    '<p class="mo">Chữ mờ.</p><p id="lan">Lần đầu</p><script>'
    "const n = +(localStorage.n || 0) + (sessionStorage.n ? 100 : 0) + document.cookie.length;"
    'localStorage.n = n + 1; sessionStorage.n = 1; document.cookie = "da=xem";'
    'if (n) document.getElementById("lan").outerHTML = "<img src=x>";'
    "</script></main></body></html>"
)
PLAIN = HEAD + "</head><body><main><h1>Mẫu</h1><p>Nội dung.</p></main></body></html>"
CSS = ".mo { color: #bbb }"
CANARY = Path(known_faults.__file__).parent / "canary"


def write_site(folder: Path, count: int = 4) -> None:
    for number in range(count):
        (folder / f"co-nho-{number}.html").write_text(STATEFUL, "utf-8")
    (folder / "mau.css").write_text(CSS, "utf-8")


def test_the_shell_sees_what_a_whole_chromium_sees(show_folder: Callable[..., Snapshot]) -> None:
    """On the canary, where every probe and much of axe finds something."""
    whole = shutil.which("chromium")
    assert whole
    shell = show_folder(CANARY)
    full = show_folder(CANARY, chromium=Path(whole))
    assert shell.browser == f"{full.browser} (headless shell)"
    # Each page has a host of its own, and its clock goes on.
    own = re.compile(
        r"\d+\.trang\.localhost:\d+|(?<=changes: )\d|(?<=id=.ticks.>)\d|(?<=': ')\d(?=')"
    )
    seen = [[own.sub("", repr(page.rendered)) for page in one.pages] for one in (shell, full)]
    assert seen[0] == seen[1]


def test_a_warm_browser_sees_what_a_fresh_one_sees(
    tmp_path: Path, show_folder: Callable[..., Snapshot]
) -> None:
    """Cookies and storage of one page never reach the next, nor does anything else."""
    write_site(tmp_path, 2)
    warm = show_folder(tmp_path)
    for page in warm.pages:
        close_browsers()
        fresh = show_folder(tmp_path, [page.url.rsplit("/", 1)[1]]).pages[0]
        assert page.rendered == fresh.rendered
        assert page.rendered is not None
        assert [r["id"] for r in page.rendered.axe["violations"]] == ["color-contrast"]


def test_two_browsers_see_what_one_sees(
    tmp_path: Path, show_folder: Callable[..., Snapshot]
) -> None:
    write_site(tmp_path)
    done: list[str] = []
    two = show_folder(tmp_path, jobs=2, step=done.append)
    assert sorted(done) == [page.url for page in two.pages]
    assert two.pages == show_folder(tmp_path).pages
    assert (two.canary, two.axe.split(".")[0]) == (Canary.SEEN, "4")
    assert two.browser.startswith("Chromium ")
    close_browsers()


def test_pages_in_stead_of_others_are_named(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.html").write_text(PLAIN.replace("Nội dung", name), "utf-8")
    (tmp_path / "d.html").write_text(PLAIN.replace("<p>", "<ul><li>").replace("</p>", ""), "utf-8")
    address = "https://x.gov.vn/"
    pages = tuple(Page(address + p.name, p.read_bytes()) for p in sorted(tmp_path.glob("*.html")))
    snapshot = Snapshot(Site("x", address), pages)
    plan = plan_pages(snapshot, "representative")
    seen = render(snapshot, plan, Order(), answers_of_folder(snapshot, tmp_path))
    looked = [page.url for page in seen.pages if page.rendered]
    stood_for = {page.url: page.represented_by for page in seen.pages if not page.rendered}
    assert looked == [address + "a.html", address + "d.html"]
    assert stood_for == {address + name: address + "a.html" for name in ("b.html", "c.html")}


def kill_renderers() -> None:
    """Kills the processes that show pages, of browsers that this process started."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            parents[int(entry.name)] = (int(stat[1]), command)

    def is_ours(pid: int) -> bool:
        while pid in parents:
            if pid == os.getpid():
                return True
            pid = parents[pid][0]
        return False

    for pid, (_parent, command) in parents.items():
        if b"--type=renderer" in command and is_ours(pid):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize(("crashes", "failed"), [(1, ""), (2, "browser-crashed")])
def test_a_crash_costs_one_more_look_and_no_other_page(
    tmp_path: Path, crashes: int, failed: str
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.html").write_text(PLAIN.replace("</main>", "<img src=x.png></main>"))
    address = "https://x.gov.vn/"
    pages = tuple(Page(address + p.name, p.read_bytes()) for p in sorted(tmp_path.glob("*.html")))
    snapshot = Snapshot(Site("x", address), pages)
    usual = answers_of_folder(snapshot, tmp_path)
    left = threading.Semaphore(crashes)
    now = {"page": ""}

    def answers(url: str) -> Answer | None:
        if url.endswith(".html"):
            now["page"] = url
        elif now["page"].endswith("b.html") and left.acquire(blocking=False):
            kill_renderers()
        return usual(url)

    seen = render(snapshot, plan_pages(snapshot, "all"), Order(seconds=10), answers)
    assert seen.canary is Canary.SEEN
    assert [page.rendered.failed for page in seen.pages if page.rendered] == ["", failed, ""]


def test_no_browser_on_this_machine_is_could_not_tell(
    tmp_path: Path, show_folder: Callable[..., Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(tmp_path, 1)
    monkeypatch.setenv("PATH", str(tmp_path))
    seen = show_folder(tmp_path)
    assert seen.canary is Canary.NOT_RUN
    assert seen.pages[0].rendered is not None
    assert seen.pages[0].rendered.failed == "browser-missing"


def test_a_browser_that_does_not_start_is_could_not_tell(
    tmp_path: Path, show_folder: Callable[..., Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(tmp_path, 2)
    monkeypatch.setattr(chromium, "_START_SECONDS", 1)
    broken = tmp_path / "chromium"
    broken.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Chromium 156.2.3" || exit 1\n')
    broken.chmod(0o755)
    close_browsers()
    seen = show_folder(tmp_path, chromium=broken)
    assert {page.rendered.failed for page in seen.pages if page.rendered} == {"browser-broken"}
    assert seen.canary is Canary.NOT_RUN


def test_a_browser_that_is_too_old_is_could_not_tell(
    tmp_path: Path, show_folder: Callable[..., Snapshot]
) -> None:
    """It would find less, and say so to nobody."""
    write_site(tmp_path, 2)
    old = tmp_path / "chromium"
    old.write_text('#!/bin/sh\necho "Chromium 90.0.4430.212 built on Debian"\n')
    old.chmod(0o755)
    seen = show_folder(tmp_path, chromium=old)
    assert {page.rendered.failed for page in seen.pages if page.rendered} == {"browser-old"}
    assert seen.canary is Canary.NOT_RUN
    rules = {rule.id: rule for rule in all_rules().values() if rule.engine == "browser"}
    report = judge(seen, Bench(rules, (), date(2026, 1, 1)))
    assert report.verdict is Verdict.COULD_NOT_TELL
    assert report.judged == 0


def test_a_named_program_that_is_missing_is_wrong_use(
    tmp_path: Path, show_folder: Callable[..., Snapshot]
) -> None:
    write_site(tmp_path, 1)
    for name in ("chromium", "driver", "axe"):
        with pytest.raises(UserError) as caught:
            show_folder(tmp_path, **{name: tmp_path / "khong-co"})
        assert str(tmp_path / "khong-co") in str(caught.value)


def test_an_old_axe_is_refused(tmp_path: Path, show_folder: Callable[..., Snapshot]) -> None:
    write_site(tmp_path, 1)
    old = tmp_path / "axe.min.js"
    old.write_text("/*! axe v4.11.3\n */")
    with pytest.raises(UserError) as caught:
        show_folder(tmp_path, axe=old)
    assert caught.value.mistakes[0].params["version"] == "4.11.3"


REST = "</head><body><main><h1>Mẫu</h1><img src=x></main>"


@pytest.mark.parametrize(
    "script",
    [
        '<meta http-equiv="refresh" content="0; url=khac.html">',
        "<script>onload = () => location.reload()</script>",
        "<script>onload = () => { location.href = 'khac.html' }</script>",
    ],
)
def test_a_page_served_from_here_is_judged_itself(show: Callable[..., Page], script: str) -> None:
    """Wherever it sends the browser."""
    page = show(HEAD + script + REST, {"khac.html": PLAIN})
    assert page.rendered is not None
    assert "image-alt" in {result["id"] for result in page.rendered.axe["violations"]}


def test_half_a_page_is_no_page(show: Callable[..., Page]) -> None:
    """A script that goes elsewhere at once cuts off the rest."""
    page = show(HEAD + "<script>location.replace('khac.html')</script>" + REST)
    assert page.rendered is not None
    assert page.rendered.failed == "moved"
    assert str(page.rendered.why["address"]).endswith("/khac.html")


def test_a_folder_page_reaches_no_other_host(show: Callable[..., Page]) -> None:
    page = show(HEAD + '<script src="https://example.com/a.js"></script></head><body>x</body>')
    assert page.rendered is not None
    assert not page.rendered.failed


def test_what_is_rendered_is_replaced_not_changed(
    tmp_path: Path, show_folder: Callable[..., Snapshot]
) -> None:
    write_site(tmp_path, 1)
    page = show_folder(tmp_path).pages[0]
    assert replace(page, rendered=None).rendered is None
    assert page.rendered is not None
    assert "<script>" in page.rendered.html

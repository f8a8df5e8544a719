"""Pages at their worst, in a real browser: a right verdict, in time, never green."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from linter.browser.chromium import close_browsers
from linter.browser.render import Order, render
from linter.findings import Report
from linter.judge import Bench, judge
from linter.model import Canary, Snapshot
from linter.page import Page, Rendered
from linter.rules.catalogue import all_rules
from linter.terms import Outcome, Site, Verdict

SERVER = Path(__file__).parents[2] / "sites" / "misbehaving.py"
SECONDS = 3


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    spec = importlib.util.spec_from_file_location("misbehaving", SERVER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    close_browsers()
    with module.serve() as address:
        yield address
    close_browsers()


@pytest.fixture
def visit(base: str) -> Callable[..., Rendered]:
    def go(path: str, body: bytes = b"<html>", seconds: float = SECONDS) -> Rendered:
        page = Page(base + path, body)
        snapshot = Snapshot(Site("xau", base + "/"), (page,), origin="urls")
        seen = render(snapshot, {page.url: page.url}, Order(seconds=seconds))
        assert seen.canary is (Canary.SEEN if len(body) < 100 else Canary.NOT_RUN)
        rendered = seen.pages[0].rendered
        assert rendered is not None
        check_verdict(seen)
        return rendered

    return go


def check_verdict(snapshot: Snapshot) -> None:
    """What could not be looked at is could-not-tell, with a reason whose data is complete."""
    rendered = snapshot.pages[0].rendered
    assert rendered is not None
    report = judge_browser_rules(snapshot)
    if rendered.failed:
        assert report.verdict is Verdict.COULD_NOT_TELL
        assert report.pages[0].why == rendered.failed
        assert report.judged == 0


def judge_browser_rules(snapshot: Snapshot) -> Report:
    rules = {rule.id: rule for rule in all_rules().values() if rule.engine == "browser"}
    return judge(snapshot, Bench(rules, (), date(2026, 1, 1)))


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/doi-mai.html", "too-slow"),
        ("/khong-bao-gio.html", "too-slow"),
        ("/vong-quanh", "redirects"),
        ("/tu-thay.html", "moved"),
        ("/tu-thay-sau.html", "restless"),
        ("/di-noi-khac.html", "moved"),
        ("/tep.zip", "download"),
        ("/anh", "not-html"),
        ("/loi", "status"),
    ],
)
def test_pages_that_never_become_a_page(
    visit: Callable[..., Rendered], path: str, reason: str
) -> None:
    rendered = visit(path)
    assert rendered.failed == reason, rendered


def test_no_server_is_unreachable() -> None:
    # Port 9 of this machine: nobody listens there.
    page = Page("http://127.0.0.1:9/", b"<html>")
    snapshot = Snapshot(Site("xau", page.url), (page,))
    rendered = render(snapshot, {page.url: page.url}, Order()).pages[0].rendered
    assert rendered is not None
    assert (rendered.failed, rendered.why) == ("unreachable", {"error": "ERR_UNSAFE_PORT"})


def test_a_page_that_is_too_large_is_not_opened(visit: Callable[..., Rendered]) -> None:
    rendered = visit("/hai-muoi-mb.html", body=b"x" * 20_000_000)
    assert rendered.failed == "too-large"


@pytest.mark.slow
def test_a_large_page_that_nobody_announced_ends_in_time(visit: Callable[..., Rendered]) -> None:
    assert visit("/hai-muoi-mb.html", seconds=2).failed in (
        "too-slow",
        "browser-hung",
        "browser-crashed",
    )


@pytest.mark.slow
def test_a_script_that_never_ends_hangs_the_browser_not_us(visit: Callable[..., Rendered]) -> None:
    assert visit("/vong-lap.html", seconds=1).failed in ("browser-hung", "too-slow")


@pytest.mark.slow
def test_a_script_that_eats_all_memory(visit: Callable[..., Rendered]) -> None:
    assert visit("/het-bo-nho.html", seconds=10).failed in ("browser-crashed", "browser-hung")


def images_without_alt(rendered: Rendered) -> list[str]:
    assert not rendered.failed, rendered
    return [
        node["css"]
        for result in rendered.axe["violations"]
        if result["id"] == "image-alt"
        for node in result["nodes"]
    ]


@pytest.mark.parametrize("path", ["/hop-thoai.html", "/mat-axe.html", "/cam-lenh.html"])
def test_what_a_page_does_hides_no_fault(visit: Callable[..., Rendered], path: str) -> None:
    """Dialogs, a page that removes window.axe, a policy that forbids every script."""
    assert images_without_alt(visit(path)) == ["img"]


def test_a_page_that_asks_before_it_is_left_does_not_hold_the_next_one(
    visit: Callable[..., Rendered],
) -> None:
    visit("/hop-thoai.html")
    assert images_without_alt(visit("/tot.html")) == []


def test_faults_in_fifty_frames_are_found(visit: Callable[..., Rendered]) -> None:
    assert len(images_without_alt(visit("/nam-muoi-khung.html", seconds=30))) == 50


@pytest.mark.parametrize("path", ["/khung-la.html", "/khung-co-lenh.html"])
def test_frames_of_other_sites_are_judged(visit: Callable[..., Rendered], path: str) -> None:
    assert images_without_alt(visit(path)) == ["iframe >>> img"]


@pytest.mark.parametrize("path", ["/khung-kin.html", "/khung-hong.html"])
def test_a_frame_that_cannot_be_entered_is_untested(base: str, path: str) -> None:
    page = Page(base + path, b"<html>")
    snapshot = Snapshot(Site("xau", base + "/"), (page,))
    seen = render(snapshot, {page.url: page.url}, Order(seconds=SECONDS))
    report = judge_browser_rules(seen)
    untested = [f for f in report.findings if f.outcome is Outcome.UNTESTED]
    assert [f.message for f in untested] == ["frame-unjudged"]
    assert report.verdict is Verdict.COULD_NOT_TELL
    assert report.pages[0].why == "frame-unjudged"

"""This file takes the guides' pictures, of the real pages as they are now: none is kept by hand."""

from __future__ import annotations

import base64
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.build import Project
from generator.preview import Preview, findings_on
from generator.serve import OWN, PreviewServer
from linter.browser.chromium import (
    BrowserGone,
    PageTrouble,
    View,
    find_programs,
    give_back,
    take_browser,
)
from linter.errors import Mistake, UserError
from linter.findings import Report
from linter.lint import Terms
from linter.messages import N_
from linter.registry import Portal
from linter.reports import as_html

_REPORT = OWN + "bao-cao/"
_TYPES = {"html": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript"}
_SECONDS = 30
_VIEW = View(1280, 720)
# What the panel's picture is to show: a fault that every editor makes once.
_FAULT = "\n\nXem [tại đây](/lien-he/).\n"
# The panel is opened, as F8 does; elsewhere it is taken away.
_OPEN = """
const root = document.querySelector('congtin-panel').shadowRoot;
const list = root.getElementById('list');
if (list.hidden) root.getElementById('toggle').click();
"""
_CLOSE = "document.querySelector('congtin-panel')?.remove();"


@dataclass(frozen=True)
class _Shot:
    """One picture: its name in the guides, the page's path, what is done there before."""

    name: str
    path: str
    act: str


def picture_guides(
    project: Project, portal: Portal, now: datetime, terms: Terms
) -> Mapping[str, bytes]:
    """PNG files by the names that the guides use, of one portal and its report.

    Raises UserError where there is no browser, or where the portal cannot be built.
    """
    find_programs()
    with _faulty_copy(project, portal) as copy:
        preview = Preview(copy, portal.id, now, terms)
        preview.build()
        preview.judge()
        if preview.report is None:
            raise UserError(preview.shown.mistakes)
        return _take_all(preview, preview.report)


@contextmanager
def _faulty_copy(project: Project, portal: Portal) -> Iterator[Project]:
    """The project for a while, with this portal alone and a fault in its last piece of news."""
    project.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=project.work, prefix="guide-") as name:
        copy = Project(Path(name))
        copy.theme.parent.mkdir()
        copy.theme.symlink_to(project.theme.resolve())
        shutil.copytree(project.content, copy.content, ignore=_all_but(project, portal))
        news = sorted((copy.content / portal.id / "tin-tuc").glob("*.md"))
        for path in news[:1]:
            path.write_text(path.read_text("utf-8").rstrip() + _FAULT, "utf-8")
        yield copy


def _all_but(project: Project, portal: Portal) -> Callable[[str, list[str]], list[str]]:
    """Leaves out what other portals hold, but for their portal.yml."""
    kept = (project.content, project.content / portal.id)

    def leave_out(folder: str, names: list[str]) -> list[str]:
        place = Path(folder)
        if place in kept or kept[1] in place.parents:
            return []
        return [name for name in names if name != "portal.yml"]

    return leave_out


def _take_all(preview: Preview, found: Report) -> Mapping[str, bytes]:
    report = as_html.write(found, "vi")

    def tell(path: str) -> tuple[str, bytes] | None:
        name = path.removeprefix(_REPORT)
        kind = name.rpartition(".")[2]
        return (_TYPES.get(kind, "image/svg+xml"), report[name]) if name in report else None

    with PreviewServer(preview, 0, "vi", tell) as server:
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        try:
            return dict(_take(server.address, _shots(preview)))
        except (BrowserGone, PageTrouble) as error:
            message = N_("The browser could not show a page ({reason}).")
            params = {"reason": error.reason}
            raise UserError(Mistake("congtin", 0, message, params)) from error
        finally:
            server.shutdown()


def _shots(preview: Preview) -> Iterator[_Shot]:
    snapshot = preview.snapshot
    assert snapshot is not None, "it was judged"
    guilty = (p for p in sorted(preview.shown.digests) if findings_on(preview.shown, snapshot, p))
    page = next((path for path in guilty if _is_news(path)), "index.html")
    yield _Shot("trang-chu", "", _CLOSE)
    yield _Shot("khung-kiem-tra", page.removesuffix("index.html"), _OPEN)
    yield _Shot("tinh-hinh", "tinh-hinh-cap-nhat/", _CLOSE)
    yield _Shot("bao-cao", f"{_REPORT}index.html".lstrip("/"), "")


def _take(address: str, shots: Iterator[_Shot]) -> Iterator[tuple[str, bytes]]:
    programs = find_programs()
    browser = take_browser(programs, offline=True)
    browser.show(_VIEW)
    for shot in shots:
        browser.open(address + shot.path, _SECONDS)
        browser.wait_until_loaded(_SECONDS)
        if shot.act:
            browser.command("Runtime.evaluate", {"expression": shot.act}, _SECONDS)
        taken = browser.command("Page.captureScreenshot", {"format": "png"}, _SECONDS)
        yield shot.name, base64.b64decode(taken["data"])
    give_back(programs, True, browser)


def _is_news(path: str) -> bool:
    """Whether it is a document of the section of news, not one of its lists."""
    return re.fullmatch(r"tin-tuc/(?!nam-|trang-)[^/]+/index\.html", path) is not None

"""Pages shown to a real Chromium, one browser a test process, kept warm between tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from linter.browser.render import Order, render
from linter.browser.serve import answers_of_folder
from linter.model import Snapshot
from linter.page import Page, Rendered
from linter.terms import Site

ADDRESS = "https://vi-du.tiengiang.gov.vn/"


def snapshot_of(folder: Path, names: list[str] | None = None) -> Snapshot:
    pages = tuple(
        Page(ADDRESS + path.name, path.read_bytes())
        for path in sorted(folder.glob("*.html"))
        if names is None or path.name in names
    )
    return Snapshot(Site("vi-du", ADDRESS), pages)


@pytest.fixture
def show_folder() -> Callable[..., Snapshot]:
    """Renders the pages of a folder: show_folder(folder, names=None, step=None, **order)."""

    def show(
        folder: Path,
        names: list[str] | None = None,
        step: Callable[[str], object] = lambda _url: None,
        **order: Any,
    ) -> Snapshot:
        snapshot = snapshot_of(folder, names)
        plan = {page.url: page.url for page in snapshot.pages}
        return render(snapshot, plan, Order(**order), answers_of_folder(snapshot, folder), step)

    return show


@pytest.fixture
def show(tmp_path: Path, show_folder: Callable[..., Snapshot]) -> Callable[..., Page]:
    """Renders one page of HTML, with files beside it: show(html, {"a.css": "..."}, **order)."""

    def one(html: str, files: Mapping[str, str] | None = None, **order: Any) -> Page:
        folder = tmp_path / "site"
        folder.mkdir(exist_ok=True)
        (folder / "trang.html").write_text(html, "utf-8")
        for name, text in (files or {}).items():
            (folder / name).write_text(text, "utf-8")
        return show_folder(folder, ["trang.html"], **order).pages[0]

    return one


@pytest.fixture
def page_with() -> Callable[..., Page]:
    """A page that bears invented evidence; no browser takes part."""

    def make(html: str, **evidence: Any) -> Page:
        axe: dict[str, Any] = {"violations": [], "incomplete": [], "passes": {}, "inapplicable": []}
        axe.update(evidence.pop("axe", {}))
        page = Page(ADDRESS, html.encode())
        return replace(page, rendered=Rendered(axe=axe, **evidence))

    return make

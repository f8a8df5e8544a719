"""Prints which kinds of planted faults `representative` finds of those that `all` finds.

    python tests/benchmarks/planted_faults.py

On two built portals each kind of fault is planted on one page, chosen by chance; then both modes
look, with the same browser. A kind that `all` finds and `representative` does not ends in exit 1.
"""

from __future__ import annotations

import random
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pages import build_corpus

from linter.browser.render import Order, plan_pages, render
from linter.browser.serve import answers_of_folder
from linter.model import Snapshot
from linter.page import Page
from linter.sites.folder import read_folder

FAULTS = {
    "image-alt": '<p><img src="/khong-co.png"></p>',
    "color-contrast": '<p style="color: #bbb; background: #fff">Chữ mờ trên nền trắng.</p>',
    "link-name": '<p><a href="/van-ban/"></a></p>',
    "label": '<p><input name="ten"></p>',
    "button-name": "<p><button></button></p>",
    "aria-allowed-attr": '<p aria-checked="true">Đã chọn</p>',
    "aria-valid-attr-value": '<p><button aria-expanded="co">Mở</button></p>',
    "list": "<ul><p>Không phải mục</p></ul>",
    "frame-title": '<iframe srcdoc="a"></iframe>',
    "select-name": "<p><select><option>Một</option></select></p>",
    "nested-interactive": '<div role="button" tabindex="0">Mở <a href="/">trang chủ</a></div>',
    "wide": '<div style="width: 900px">Rộng</div>',
    "unseen": '<p><a href="/" style="outline: none; transition: none">Trang chủ</a></p>',
}


def plant(snapshot: Snapshot, chance: random.Random) -> Snapshot:
    """Each fault on a page of its own."""
    urls = chance.sample([page.url for page in snapshot.html_pages], len(FAULTS))
    faults = dict(zip(urls, FAULTS.values(), strict=True))

    def spoil(page: Page) -> Page:
        fault = faults.get(page.url, "")
        return replace(page, content=page.body.replace(b"</main>", fault.encode() + b"</main>"))

    return replace(snapshot, pages=tuple(spoil(page) for page in snapshot.pages))


def kinds(seen: Snapshot) -> set[str]:
    """The kinds of faults that the browser has found on any page."""
    found = set()
    for page in seen.pages:
        if page.rendered is None:
            continue
        found.update(result["id"] for result in page.rendered.axe["violations"])
        found.update({"wide"} if page.rendered.probes["reflow"]["nodes"] else ())
        found.update({"unseen"} if page.rendered.probes["focus"]["unseen"] else ())
    return found


def main() -> None:
    chance = random.Random(20151218)
    missed: set[str] = set()
    with tempfile.TemporaryDirectory() as name:
        for folder in build_corpus(Path(name) / "tinh", 12, 2):
            snapshot = plant(read_folder(folder), chance)
            answers = answers_of_folder(snapshot, folder)
            found = {}
            for mode in ("all", "representative"):
                plan = plan_pages(snapshot, mode)
                found[mode] = kinds(render(snapshot, plan, Order(jobs=2), answers))
                looked = len(set(plan.values()))
                print(f"{folder.name}: {mode}: {looked} pages, {len(found[mode])} kinds")
            print(f"  planted and found by all: {len(found['all'] & set(FAULTS))}/{len(FAULTS)}")
            missed |= found["all"] - found["representative"]
    print("missed by representative:", ", ".join(sorted(missed)) or "none")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()

"""Prints how many pages a second the static rules judge, as a ratio to html-validate.

    python tests/benchmarks/static_speed.py

The same built pages for both in the same run, command against command, start and report included:
ours once in one process, as html-validate works, and once in as many as the machine has cores. Our
modules are compiled before, as pip leaves them. Then the floor: what it takes to start, to read
rules and laws and to say that one page is empty, and what lxml and Python need for each of the same
pages to parse it, to list its elements and to hand out its text, before any rule has looked at it.
Then what a page of ten times the size costs, one without and one full of faults. Needs npm; no test
asserts a time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from corpus import ROOT
from pages import CONGTIN, build_corpus, install_peer

from linter.elements import texts_in
from linter.judge import judge
from linter.lint import Terms, bench, undisturbed
from linter.model import Snapshot
from linter.page import Page
from linter.terms import Site

HEAD = "<!DOCTYPE html><html lang='vi'><head><meta charset='utf-8'><title>M</title></head><body>"
PARTS = {
    "in order": "<h2>Mục {n}</h2><p>Người dân nộp <a href='/ho-so-{n}/'>hồ sơ số {n}</a> tại xã.\n",
    "full of faults": "<p><b>Mục {n}</b></p><p>Xem <a href='/ho-so-{n}/'>tại đây</a> hồ sơ {n}.</p>"
    "<ul><li><a href='/t{n}.pdf'>xem thêm</a></ul><table border=1><tr><td>a<td>b<tr><td>c<td>"
    "<img src='anh-{n}.jpg'></table><form><input id=f{n}></form>\n",
}
SIZES = (100_000, 1_000_000)


def seconds_of(command: list[str], root: Path) -> tuple[float, float]:
    """How long a command takes by the clock, and of the processor."""
    before, start = os.times(), time.perf_counter()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(root / "compiled"),
    }
    subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
    after = os.times()
    used = after.children_user + after.children_system
    return time.perf_counter() - start, used - before.children_user - before.children_system


def seconds_at_least(pages: list[str]) -> float:
    """Of the processor, to parse pages and to walk through their elements and texts."""
    bodies = [Path(page).read_bytes() for page in pages]
    start = time.process_time()
    for body in bodies:
        page = Page("https://m.gov.vn/", body)
        list(texts_in(page.tree))
        page.outline.pick("a", bearing="href")
    return time.process_time() - start


def page_of(size: int, part: str, number: int) -> Snapshot:
    parts = [HEAD, "<main><h1>Mẫu</h1>"]
    length = 0
    while length < size:
        number += 1
        parts.append(part.format(n=number))
        length += len(parts[-1].encode())
    body = "".join([*parts, "</main></body></html>"]).encode()
    return Snapshot(Site("m", "https://m.gov.vn/"), (Page("https://m.gov.vn/", body),))


def seconds_to_judge(size: int, part: str) -> float:
    """Of the processor, the best of two; no page has an address that another had."""
    terms = Terms(date(2015, 12, 18), "P2015-TG", "none")
    best = float("inf")
    with undisturbed(terms):
        for turn in range(2):
            snapshot = page_of(size, part, size + turn * 10 * size)
            start = time.process_time()
            judge(snapshot, bench(terms))
            best = min(best, time.process_time() - start)
    return best


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        program = install_peer(root / "npm", "html-validate") / "html-validate"
        folders = [str(folder) for folder in build_corpus(root / "tinh", 12, 8)]
        pages = [str(page) for folder in folders for page in Path(folder).rglob("*.html")]
        cores = str(os.cpu_count() or 1)
        lint = [*CONGTIN, "lint", "--browser", "none", "--format", "json", "--output", "r.json"]
        theirs = [str(program), "--preset", "standard", "--formatter", "json", *pages]
        (root / "one").mkdir()
        (root / "one" / "index.html").write_text(HEAD, "utf-8")
        seconds_of([*lint, "one"], root)  # compiles the modules
        peer = seconds_of(theirs, root)
        print(f"{len(pages)} pages")
        print(f"html-validate         {len(pages) / peer[0]:6.1f} pages/s, {peer[1]:.1f} s of CPU")
        for jobs in ("1", cores):
            clock, used = seconds_of([*lint, "--jobs", jobs, *folders], root)
            cpu = f"{used:.1f} s of CPU, ratio {peer[0] / clock:.2f}, of CPU {peer[1] / used:.2f}"
            print(f"congtin lint --jobs {jobs} {len(pages) / clock:6.1f} pages/s, {cpu}")
        start = seconds_of([*lint, "one"], root)[1]
        least = seconds_at_least(pages) / len(pages)
        print(f"floor: {start:.2f} s of CPU to start, {1000 * least:.2f} ms to read a page")
    seconds_to_judge(10_000, PARTS["in order"])  # word lists are loaded
    for kind, part in PARTS.items():
        small, large = (seconds_to_judge(size, part) for size in SIZES)
        print(f"a page {kind}: {small:.2f} s for 100 kB, 1 MB {large / small:.1f} times as long")


if __name__ == "__main__":
    main()

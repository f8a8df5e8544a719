"""Prints how many pages a minute a browser judges, as a ratio to pa11y-ci in the same run.

    python tests/benchmarks/browser_speed.py

The same 60 pages for both, two at once: pa11y-ci (npm) with its axe runner, congtin with axe-core
and its own probes and rules, no cache, its browsers started cold. The last row is the floor: the
same pages shown and axe.run, in as many browsers that stand ready, and nothing else. Needs npm and
Chromium; no test asserts a time.
"""

from __future__ import annotations

import json
import queue
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pages import build_corpus, install_peer, served

from linter.browser.axe import PreloadedAxe
from linter.browser.axe_script import find_axe
from linter.browser.chromium import View, close_browsers, find_programs, take_browser
from linter.browser.render import Order, plan_pages, render
from linter.browser.serve import Loopback, answers_of_folder
from linter.judge import judge
from linter.lint import Terms, bench
from linter.model import Snapshot
from linter.page import Page
from linter.sites.folder import read_folder

PAGES, RUNS, JOBS = 60, 2, 2


def choose(folders: list[Path]) -> dict[Path, Snapshot]:
    """The first pages of each portal, as many as make PAGES."""
    share = PAGES // len(folders)
    chosen = {}
    for folder in folders:
        snapshot = read_folder(folder)
        pages = snapshot.html_pages[:share]
        assert len(pages) == share
        chosen[folder] = Snapshot(snapshot.site, pages, origin="folder")
    return chosen


def run_pa11y(program: Path, folder: Path, addresses: list[str]) -> float:
    config = {
        "defaults": {
            "runners": ["axe"],
            "concurrency": 2,
            "timeout": 60000,
            "chromeLaunchConfig": {
                "executablePath": shutil.which("chromium"),
                "args": ["--no-sandbox"],
            },
        },
        "urls": addresses,
    }
    path = folder / "pa11y.json"
    path.write_text(json.dumps(config))
    start = time.perf_counter()
    command = [str(program), "--json", "--config", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    said = json.loads(done.stdout)
    if said["total"] != len(addresses):
        sys.exit("pa11y-ci did not judge all pages: " + done.stderr[:300])
    return seconds


def run_congtin(chosen: dict[Path, Snapshot]) -> float:
    """Cold browsers, all pages, rules included."""
    close_browsers()
    terms = Terms(date(2015, 12, 18), "P2015-TG", "all")
    start = time.perf_counter()
    for folder, snapshot in chosen.items():
        answers = answers_of_folder(snapshot, folder)
        seen = render(snapshot, plan_pages(snapshot, "all"), Order(jobs=JOBS), answers)
        assert all(page.rendered and not page.rendered.failed for page in seen.pages)
        judge(seen, bench(terms))
    seconds = time.perf_counter() - start
    close_browsers()
    return seconds


def run_floor(chosen: dict[Path, Snapshot]) -> float:
    """The seconds that showing the pages and axe.run take of it, in browsers that stand ready."""
    waiting: queue.SimpleQueue[tuple[Path, Snapshot, Page]] = queue.SimpleQueue()
    for folder, snapshot in chosen.items():
        for page in snapshot.pages:
            waiting.put((folder, snapshot, page))

    def work(ready: PreloadedAxe) -> None:
        while True:
            try:
                folder, snapshot, page = waiting.get_nowait()
            except queue.Empty:
                return
            answers = answers_of_folder(snapshot, folder)
            with Loopback(snapshot.site.url.rstrip("/"), answers) as site:
                ready.open(site.look_at(page.url), 30)
                ready.run()

    readies = []
    for _ in range(JOBS):
        browser = take_browser(find_programs(), offline=True)
        browser.show(View())
        readies.append(PreloadedAxe(browser, find_axe()))
        readies[-1].inject()
    threads = [threading.Thread(target=work, args=(ready,)) for ready in readies]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    for ready in readies:
        ready.browser.close()
    return seconds


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        programs = install_peer(root / "npm", "pa11y-ci")
        folders = build_corpus(root / "tinh", 6, 4)
        chosen = choose(folders)
        ours, theirs = [], []
        with served(folders) as bases:
            addresses = [
                page.url.replace(snapshot.site.url.rstrip("/"), bases[folder])
                for folder, snapshot in chosen.items()
                for page in snapshot.pages
            ]
            for _ in range(RUNS):
                theirs.append(run_pa11y(programs / "pa11y-ci", root, addresses))
                ours.append(run_congtin(chosen))
        rows = (
            ("pa11y-ci", theirs),
            ("congtin --browser all", ours),
            ("floor: page and axe.run", [run_floor(chosen)]),
        )
        for label, seconds in rows:
            print(f"{label:<24}{60 * PAGES / statistics.median(seconds):6.0f} pages/min")
        print(f"ratio {statistics.median(theirs) / statistics.median(ours):.2f}")


if __name__ == "__main__":
    main()

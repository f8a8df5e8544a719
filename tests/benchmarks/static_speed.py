"""Prints how many pages a second the static rules judge, as a ratio to html-validate.

    python tests/benchmarks/static_speed.py

The same built pages for both in the same run, one process each, start included; then what a page
of ten times the size costs. Needs npm; no test asserts a time.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pages import build_corpus, install_peer

from linter.judge import judge
from linter.lint import Terms, bench
from linter.model import Page, Snapshot
from linter.sites.folder import read_folder
from linter.terms import Site

PARAGRAPH = "<h2>Mục {n}</h2><p>Người dân nộp <a href='/ho-so-{n}/'>hồ sơ số {n}</a> tại xã.</p>\n"
HEAD = "<!DOCTYPE html><html lang='vi'><head><meta charset='utf-8'><title>M</title></head><body>"


def seconds_to_judge(snapshots: list[Snapshot]) -> float:
    judges = bench(Terms(date(2015, 12, 18), "P2015-TG", "none"))
    start = time.perf_counter()
    for snapshot in snapshots:
        judge(snapshot, judges)
    return time.perf_counter() - start


def page_of(size: int) -> Snapshot:
    parts = [HEAD, "<main><h1>Mẫu</h1>"]
    length = 0
    while length < size:
        parts.append(PARAGRAPH.format(n=len(parts)))
        length += len(parts[-1].encode())
    body = "".join([*parts, "</main></body></html>"]).encode()
    return Snapshot(Site("m", "https://m.gov.vn/"), (Page("https://m.gov.vn/", body),))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        program = install_peer(root / "npm", "html-validate") / "html-validate"
        folders = build_corpus(root / "tinh", 12, 8)
        pages = [str(page) for folder in folders for page in folder.rglob("*.html")]
        start = time.perf_counter()
        command = [str(program), "--preset", "standard", "--formatter", "json", *pages]
        subprocess.run(command, cwd=root, capture_output=True, check=False)
        theirs = time.perf_counter() - start
        start = time.perf_counter()
        snapshots = [read_folder(folder) for folder in folders]
        ours = time.perf_counter() - start + seconds_to_judge(snapshots)
        print(f"{len(pages)} pages")
        print(f"html-validate  {len(pages) / theirs:6.1f} pages/s")
        print(f"congtin        {len(pages) / ours:6.1f} pages/s, ratio {theirs / ours:.2f}")
        small, large = (min(seconds_to_judge([page_of(n)]) for _ in range(2)) for n in SIZES)
        print(f"1 MB against 100 kB: {large / small:.1f} times as long")


SIZES = (100_000, 1_000_000)


if __name__ == "__main__":
    main()

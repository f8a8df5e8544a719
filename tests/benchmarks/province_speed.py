"""Prints how long it takes to judge a whole province: 39 portals of 85 articles, in one run.

    python tests/benchmarks/province_speed.py

Cold: nothing is known, static rules see every page, a browser those that `representative` chooses.
Then one article is edited and everything published again, the build included. Needs Chromium; no
test asserts a time.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from corpus import write_corpus
from pages import congtin

WANTED = {"cold, build not counted": 240, "one article, build included": 10}


def seconds_of(root: Path, *arguments: str) -> float:
    start = time.perf_counter()
    # A portal that is held back was judged all the same.
    congtin(root, *arguments, allowed=(0, 1))
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name, "tinh")
        documents = write_corpus(root, 85)
        built = seconds_of(root, "build")
        found = {"cold, build not counted": seconds_of(root, "publish")}
        report = json.loads((root / "report" / "report.json").read_text("utf-8"))
        kept = (root / ".congtin" / "browser").glob("[0-9a-f][0-9a-f]/*.json")
        shown = sum('"rendered"' in path.read_text("utf-8") for path in kept)
        print(f"{documents} documents, {report['judged']} of {report['planned']} pages judged")
        print(f"{shown} pages shown to a browser; build {built:.0f} s")
        article = root / "content" / "sonoivu" / "tin-tuc" / "tin-0.md"
        article.write_text(article.read_text("utf-8") + "\nSửa một lần.\n", "utf-8")
        found["one article, build included"] = seconds_of(root, "publish")
        for label, seconds in found.items():
            print(f"{label:<30}{seconds:7.1f} s (wanted: {WANTED[label]})")


if __name__ == "__main__":
    main()

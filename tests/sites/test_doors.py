"""The other of http and https, asked of real servers at their real ports, on an address of ours.

Names of this machine are not judged, so the site has a public name, which the crawl knows.
"""

from __future__ import annotations

import contextlib
import os
import ssl
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from linter.model import Snapshot
from linter.rules.rule import NoParams
from linter.rules.security import missing_https, open_http
from linter.sites.archived_site import read_archive
from linter.sites.crawl import CrawlOrder, Limits, crawl
from linter.terms import Site
from tests.sites.hostile import make_certificate, page

HOST = "xa-mau.example"
# An address for each process, as there is but one port 80: tests run side by side.
HERE = f"127.83.{os.getpid() // 250 % 250}.{os.getpid() % 250 + 1}"


@contextlib.contextmanager
def listen(port: int, location: str = "", tls: Path | None = None) -> Iterator[None]:
    """A server that shows a page, or leads everyone on to `location`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(301 if location else 200)
            self.send_header("Content-Type", "text/html")
            if location:
                self.send_header("Location", location)
            body = b"" if location else page()
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            pass

    try:
        server = ThreadingHTTPServer((HERE, port), Handler)
    except PermissionError:
        pytest.skip(f"port {port} is for root")
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def see(scheme: str, folder: Path) -> Snapshot:
    site = Site("xa-mau", f"{scheme}://{HOST}/")
    limits = Limits(delay=0, patience=3)
    archive = folder / "xa-mau.warc.gz"
    crawl(site, CrawlOrder(archive, limits=limits, known={HOST: HERE}, listed=True))
    return read_archive(archive)


def said(snapshot: Snapshot) -> dict[str, list[str]]:
    """What the two rules say, by outcome and message."""
    rules = {"open-http": open_http.rule, "missing-https": missing_https.rule}
    found: dict[str, list[str]] = {}
    for name, rule in rules.items():
        assert rule.site_check is not None
        seen = rule.site_check(snapshot, NoParams(), date(2026, 11, 24))
        found[name] = [o.message or str(o.outcome) for o in seen]
    return found


def test_a_site_without_https(tmp_path: Path) -> None:
    with listen(80):
        snapshot = see("http", tmp_path)
    assert snapshot.doors[f"https://{HOST}/"].status == 0
    assert said(snapshot) == {"open-http": [], "missing-https": ["closed"]}


def test_a_site_that_shows_itself_by_both(tmp_path: Path) -> None:
    with listen(80), listen(443, tls=make_certificate(tmp_path)):
        assert said(see("http", tmp_path)) == {"open-http": ["stays"], "missing-https": ["pass"]}


def test_a_site_that_leads_on_to_https(tmp_path: Path) -> None:
    with listen(80, f"https://{HOST}/"), listen(443, tls=make_certificate(tmp_path)):
        snapshot = see("https", tmp_path)
    assert snapshot.doors[f"http://{HOST}/"].status == 301
    assert said(snapshot) == {"open-http": ["pass"], "missing-https": ["pass"]}


def test_a_site_whose_http_leads_elsewhere(tmp_path: Path) -> None:
    with listen(80, "http://khac.example/"), listen(443, tls=make_certificate(tmp_path)):
        assert said(see("https", tmp_path))["open-http"] == ["elsewhere"]


def test_a_site_that_closes_its_http_door(tmp_path: Path) -> None:
    with listen(443, tls=make_certificate(tmp_path)):
        snapshot = see("https", tmp_path)
    assert snapshot.doors[f"http://{HOST}/"].status == 0
    assert "stays" not in said(snapshot)["open-http"]

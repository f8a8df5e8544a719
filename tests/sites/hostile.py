"""One server on this machine that plays many sites, by the name it is called, each bad in its way.

    with serve() as port: ...        bom.localhost:PORT is the site of SITES["bom"]

`serve()` counts what was asked in `asked`: (host, path) in order, with the request's headers.
"""

from __future__ import annotations

import contextlib
import gzip
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

TEXT = "Ủy ban nhân dân xã Mẫu tiếp công dân vào sáng thứ hai hằng tuần tại trụ sở. " * 3


BOMB = gzip.compress(b"\0" * 30_000_000, 1)


def page(body: str = "", title: str = "Trang mẫu", head: str = "") -> bytes:
    """A good page but for what is given."""
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"</head><body><main><h1>{title}</h1><p>{TEXT}</p>{body}</main></body></html>"
    ).encode()


def links(*addresses: str) -> str:
    return "".join(f'<p><a href="{address}">Xem {address[-12:]}</a></p>' for address in addresses)


@dataclass
class Asked:
    """One request that the server got."""

    host: str
    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Reply:
    """What the server sends; `raw` replaces everything, head included."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: Callable[[Any], None] | None = None


Site = Callable[[str, dict[str, str]], Reply | bytes | None]


def bomb(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    if path == "/bom":
        return Reply(BOMB, headers={"Content-Encoding": "gzip"})
    return page(links("/bom")) if path == "/" else None


def huge(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    def pour(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(5_000):  # 5 GB, if anybody took them
            handler.wfile.write(b"x" * 1_000_000)

    def announce(handler: Any) -> None:
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000000000\r\n\r\nx"
        )

    if path in ("/vo-tan", "/bao-truoc"):
        return Reply(raw=pour if path == "/vo-tan" else announce)
    return page(links("/vo-tan", "/bao-truoc")) if path == "/" else None


def drip(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    def slowly(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not handler.server.stopping.wait(0.2):
            handler.wfile.write(b"<p>")

    if path == "/nho-giot":
        return Reply(raw=slowly)
    return page(links("/nho-giot", "/tot")) if path == "/" else page() if path == "/tot" else None


def liar(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    def too_short(handler: Any) -> None:
        body = page()
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
            % (len(body) + 5000)
        )
        handler.wfile.write(body[:400])
        handler.close_connection = True

    if path == "/cut":
        return Reply(raw=too_short)
    if path == "/tot":
        return page()
    return page(links("/cut", "/tot")) if path == "/" else None


def loop(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    steps = {"/a": "/b", "/b": "/c", "/c": "/a", "/minh": "/minh", "/cu": "/moi"}
    if path.startswith("/dai"):
        return Reply(status=302, headers={"Location": f"/dai{len(path)}x{path[4:]}"})
    if path in steps:
        return Reply(status=302, headers={"Location": steps[path]})
    if path == "/moi":
        return page()
    return page(links("/a", "/minh", "/dai", "/cu")) if path == "/" else None


def crowd(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    if path == "/":
        sections = [f"/tin/{n}.html" for n in range(10_000)]
        return page(links(*sections, "/lien-he/a.html", "/van-ban/b.html"))
    return page(title=f"Trang {path}")


def broken(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    return (
        b"<html><body><table><tr><td><a href='/tot'>T\xff\xfe<b><i>" + b"<div>" * 3000
        if (path == "/")
        else page()
        if path == "/tot"
        else None
    )


def trap(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    plain, _, query = path.partition("?")
    if plain == "/lich":
        month = int(query.partition("=")[2] or 1)
        return page(links(f"/lich?thang={month + 1}", f"/lich?thang={month - 1}"))
    if plain == "/tin":
        number = int(query.partition("=")[2] or 1)
        return page(links(f"/tin?page={number + 1}", "/tin?sort=ten", "/tin?sort=ngay"))
    if plain.startswith("/sau/"):
        return page(links(f"{plain}sau/"))
    if plain == "/phien":
        return page(links(f"/phien;jsessionid={time.monotonic_ns()}", f"/phien?sid={len(path)}"))
    return page(links("/lich", "/tin", "/sau/", "/phien"))


def walled(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    pages = {
        "/": page(links("/noi-bo", "/chan", "/dang-nhap")),
        "/noi-bo": (
            "<html><title>Cổng nội bộ</title><body><h1>Đăng nhập</h1>"
            "<form><input name=u><input type=password name=p></form></body></html>"
        ).encode(),
        "/chan": b"<html><title>Request blocked</title><body>Access denied: 12.</body></html>",
        "/dang-nhap": page("<form><input type=password></form>", title="Đăng nhập"),
    }
    return pages.get(path)


def parked(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    text = "<html><title>mau.vn</title><body><h1>Tên miền này đã hết hạn</h1></body></html>"
    return text.encode() if path == "/" else None


def forbidding(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    if path == "/robots.txt":
        return Reply(b"User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
    return page()


def choosy(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    if path == "/robots.txt":
        text = b"User-agent: *\nCrawl-delay: 1\nDisallow: /kin/\nSitemap: /so-do.xml\n"
        return Reply(text, headers={"Content-Type": "text/plain"})
    if path == "/so-do.xml":
        xml = b"<urlset><url><loc>/mo-coi.html</loc></url></urlset>"
        return Reply(xml, headers={"Content-Type": "application/xml"})
    if path == "/tin.rss":
        xml = b"<rss><channel><item><link>/tu-nguon-tin.html</link></item></channel></rss>"
        return Reply(xml, headers={"Content-Type": "application/rss+xml"})
    feed = '<link rel="alternate" type="application/rss+xml" href="/tin.rss">'
    return page(links("/kin/a.html", "/mo.html"), head=feed) if path == "/" else page()


class Busy:
    """Busy at first: 503 with Retry-After, then well."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, path: str, _headers: dict[str, str]) -> Reply | bytes | None:
        if path == "/ban":
            self.times += 1
            if self.times == 1:
                return Reply(b"busy", 503, {"Retry-After": "1"})
        return page(links("/ban")) if path == "/" else page()


def tagged(path: str, headers: dict[str, str]) -> Reply | bytes | None:
    if path == "/" and headers.get("if-none-match") == '"v1"':
        return Reply(status=304, headers={"ETag": '"v1"'})
    if path == "/":
        return Reply(page(links("/hai.html")), headers={"ETag": '"v1"'})
    return page()


def scripted(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    if path == "/app.js":
        text = (
            "const p = location.pathname; document.title = 'Trang ' + p;"
            "document.getElementById('root').innerHTML = '<main><h1>Trang ' + p + '</h1><p>"
            + TEXT
            + "</p><img src=/x.png><a href=/hai.html>Trang hai của cổng</a></main>';"
        )
        return Reply(text.encode(), headers={"Content-Type": "text/javascript; charset=utf-8"})
    if path.endswith(".html") or path == "/":
        return (
            b"<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>..</title></head>"
            b"<body><div id=root></div><script src=/app.js></script></body></html>"
        )
    return None


def private(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    """Plays a public site that sends visitors into the network of whoever audits it."""
    if path == "/vao-trong":
        return Reply(status=302, headers={"Location": "http://127.0.0.1:{port}/bi-mat"})
    if path == "/sang-khac":
        return Reply(status=302, headers={"Location": "https://khac.example/"})
    image = '<img alt="" src="http://127.0.0.1:{port}/bi-mat.png">'
    return page(links("/vao-trong", "/sang-khac") + image) if path == "/" else None


def trapdoor(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    return Reply(status=301, headers={"Location": "http://127.0.0.1:{port}/bi-mat"})


def masked(path: str, headers: dict[str, str]) -> Reply | bytes | None:
    if "Googlebot" in headers.get("user-agent", ""):
        return page("<p>nhà cái uy tín</p>")
    return page(links("https://lien-ket.example/")) if path == "/" else None


def chain(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    """Forty pages, each of which knows only the next."""
    if path != "/" and not path.endswith(".html"):
        return None
    number = int(path.strip("/").removesuffix(".html") or 0)
    return page(links(f"/{number + 1}.html") if number < 40 else "", title=f"Trang {number}")


def dead(path: str, headers: dict[str, str]) -> Reply | bytes | None:
    """A site with a link to a page that is gone, one to a page that never comes, and a good one."""
    if path == "/":
        return page(links("/khong-co.html", "/nho-giot", "/con.html"))
    return page() if path == "/con.html" else drip(path, headers) if "giot" in path else None


SITES: dict[str, Site] = {
    "chet": dead,
    "bom": bomb,
    "khong-lo": huge,
    "nho-giot": drip,
    "noi-doi": liar,
    "vong-quanh": loop,
    "dong-duc": crowd,
    "hong": broken,
    "bay": trap,
    "tuong": walled,
    "bo-trong": parked,
    "cam": forbidding,
    "kho-tinh": choosy,
    "co-the": tagged,
    "ma-lenh": scripted,
    "noi-bo": private,
    "cua-sap": trapdoor,
    "mat-na": masked,
    "day": chain,
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        host = self.headers.get("Host", "")
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append(Asked(host, self.path, headers, time.monotonic()))  # type: ignore[attr-defined]
        site = self.server.sites.get(host.partition(".")[0])  # type: ignore[attr-defined]
        reply = site(self.path, headers) if site else None
        if reply is None:
            reply = Reply(b"<h1>404</h1>", 404)
        elif isinstance(reply, bytes):
            reply = Reply(reply)
        with contextlib.suppress(OSError):
            self.send(reply)

    def send(self, reply: Reply) -> None:
        if reply.raw is not None:
            self.close_connection = True
            reply.raw(self)
            return
        port = str(self.server.server_address[1])
        body = reply.body.replace(b"{port}", port.encode())
        self.send_response(reply.status)
        for name, value in {"Content-Type": "text/html", **reply.headers}.items():
            self.send_header(name, value.replace("{port}", port))
        if reply.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if reply.status != 304 else b"")

    def log_message(self, *_args: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 100

    def __init__(self, sites: dict[str, Site]) -> None:
        self.sites = sites
        self.asked: list[Asked] = []
        self.stopping = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(self, name: str) -> str:
        return f"http://{name}.localhost:{self.port}/"

    def paths(self, name: str) -> list[str]:
        """What was asked of a site, in order, without robots.txt, site map and disguises."""
        return [
            asked.path
            for asked in self.asked
            if asked.host.partition(".")[0] == name
            and asked.path not in ("/robots.txt", "/sitemap.xml")
            and asked.headers.get("user-agent", "").startswith("congtin/")
            and "referer" not in asked.headers
        ]

    def handle_error(self, *_args: Any) -> None:
        pass


@contextlib.contextmanager
def serve(sites: dict[str, Site] | None = None, tls: Path | None = None) -> Iterator[Server]:
    """`tls` is a PEM file with key and certificate, for https."""
    server = Server(sites if sites is not None else {**SITES, "ban": Busy()})
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()


def make_certificate(folder: Path, days: int = 30) -> Path:
    """A self-signed certificate for sai-chung-thu.localhost, with its key, as one PEM file."""
    path = folder / "site.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
            *("-keyout", str(folder / "key"), "-out", str(folder / "cert")),
            *("-days", str(days), "-subj", "/CN=khac.localhost"),
        ],
        check=True,
        capture_output=True,
    )
    path.write_bytes((folder / "key").read_bytes() + (folder / "cert").read_bytes())
    return path

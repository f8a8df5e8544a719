"""This file serves one site to one browser from this machine, and remembers what was asked for.

A page is shown alone: while it is looked at, no other document takes its place, whatever its
scripts, forms or refreshes want (the server answers 204, on which a browser stays where it is).
"""

from __future__ import annotations

import hashlib
import itertools
import mimetypes
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeAlias, cast
from urllib.parse import quote, urlsplit

from linter.model import Snapshot

MISSING = "missing"
# Browsers take every name below localhost for this machine.
HOST = "trang.localhost"
# No name is used twice, for cookies do not heed the port.
_NUMBERS = itertools.count(1)
# Headers that change what a browser shows; the others are the real server's own business.
_SHOWN = (
    "content-type",
    "content-language",
    "content-security-policy",
    "cross-origin-resource-policy",
    "link",
    "permissions-policy",
    "x-content-type-options",
    "x-frame-options",
)


@dataclass(frozen=True)
class Answer:
    """What a site answers for one of its addresses. `headers` has lower-case names."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200

    def digest(self) -> str:
        """Names all of the answer that a browser gets to see."""
        shown = [f"{name}: {self.headers[name]}" for name in _SHOWN if name in self.headers]
        head = "\n".join([str(self.status), *shown, ""])
        return hashlib.sha256(head.encode() + self.body).hexdigest()


# What a site answers for an absolute address of its own; None where it has nothing.
Answers: TypeAlias = Callable[[str], Answer | None]


def answers_of_folder(snapshot: Snapshot, folder: Path) -> Answers:
    """The snapshot's pages as they are, all else from the folder that they came from."""
    root = folder.resolve()
    start = snapshot.site.url

    def answer(url: str) -> Answer | None:
        plain = url.split("?", maxsplit=1)[0]
        page = snapshot.by_url.get(plain)
        if page is not None:
            kind = {"content-type": "text/html"} if plain.endswith("/") else _kind(plain)
            return Answer(page.body, {**kind, **page.headers}, page.status)
        name = plain.removeprefix(start)
        path = (root / name).resolve()
        if not plain.startswith(start) or not path.is_relative_to(root) or not path.is_file():
            return None
        return Answer(path.read_bytes(), _kind(name))

    return answer


def _kind(name: str) -> dict[str, str]:
    guess = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return {"content-type": guess}


def digest_of(answers: Answers, url: str) -> str:
    """Names what the site answers now; MISSING for nothing."""
    answer = answers(url)
    return MISSING if answer is None else answer.digest()


class Loopback:
    """A server on an address of this machine that only one browser uses.

    A context manager; `here` is the address of this machine that the browser knows,
    `base` is where it listens, `refused` the address that the page shown last
    wanted to give way to. A `many` server shows each page under a host name of its own, so that it
    finds no cookie or storage of another; all of them are one site, for which a browser starts no
    new process.
    """

    def __init__(
        self, origin: str, answers: Answers, many: bool = True, here: str = "127.0.0.1"
    ) -> None:
        self.origin = origin
        self.answers = answers
        self.asked: dict[str, str] = {}
        self.page = self.wanted = self.refused = ""
        self.lock = threading.Lock()
        self.server = _Server((here, 0), _Handler)
        self.server.site = self
        self.many = many
        self.base = f"http://{here}:{self.server.server_address[1]}"

    def __enter__(self) -> Loopback:
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def look_at(self, url: str) -> str:
        """The browser's address for a page, which is the only document it may load until then."""
        with self.lock:
            self.asked = {}
            self.page, self.wanted, self.refused = url, _rest(url), ""
            if not self.many:
                return self.base + self.wanted
            port = self.server.server_address[1]
            return f"http://{next(_NUMBERS)}.{HOST}:{port}{self.wanted}"

    def trace(self) -> dict[str, str]:
        """What was asked for since look_at, by address, as digests of the answers."""
        with self.lock:
            return dict(self.asked)

    def answer(self, rest: str, is_document: bool) -> Answer | None:
        """What the browser gets; a second document gets 204."""
        with self.lock:
            if is_document and rest != self.wanted:
                self.refused = self.origin + rest
                return Answer(b"", status=204)
            url = self.page if is_document else self.origin + rest
            if is_document:
                self.wanted = ""
        answer = self.answers(url)
        with self.lock:
            self.asked[url] = MISSING if answer is None else answer.digest()
        return answer


def _rest(url: str) -> str:
    """The address without its host, written as a browser writes it."""
    parts = urlsplit(url)
    path = quote(parts.path or "/", safe="%/:=&?~#+!$,;'@()*[]")
    return path + (f"?{quote(parts.query, safe='%/:=&?~+!$,;@()*[]')}" if parts.query else "")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Loopback

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up in the middle of an answer is nothing to speak of."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    # Head and body go out at once: a browser that has the head alone acknowledges it late.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        site = cast(_Server, self.server).site
        is_document = self.headers.get("sec-fetch-dest") == "document"
        answer = site.answer(self.path, is_document) or Answer(
            b"", {"content-type": "text/plain"}, 404
        )
        self.send_response(answer.status)
        for name in _SHOWN:
            if name in answer.headers:
                self.send_header(name, answer.headers[name])
        self.send_header("cache-control", "no-store")
        if answer.status != 204:
            self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_HEAD = do_GET  # noqa: N815  # the standard library's name

    def do_POST(self) -> None:
        self.close_connection = True
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""

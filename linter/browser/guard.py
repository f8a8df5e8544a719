"""This file stands between a browser and strangers: a proxy that looks at each address first.

A page may ask a browser for anything, the machines beside us included. What leads into a private
network is refused, unless the site itself was named there by a person.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from collections.abc import Mapping
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import cast
from urllib.parse import urlsplit

from linter.hosts import is_local_name, resolve

_CONNECT_SECONDS = 15
_IDLE_SECONDS = 60
_CHUNK = 1 << 16


class Guard:
    """The proxy of this process; browsers are started with its `address` and stay with it.

    `here` is the address of this machine that they reach.
    """

    def __init__(self, here: str = "127.0.0.1") -> None:
        self.local = False
        self.known: Mapping[str, str] = {}
        self.trusted: set[str] = set()
        self.server = _Server((here, 0), _Handler)
        self.server.guard = self
        self.address = f"http://{here}:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.1,), daemon=True).start()

    def serve(self, host: str, known: Mapping[str, str]) -> None:
        """From now on the site of that host is shown; `known` as in hosts.resolve."""
        self.local, self.known = is_local_name(host), known

    def trust(self, netloc: str) -> None:
        """Lets a server of our own through, whatever site is shown."""
        self.trusted.add(netloc)

    def connect(self, host: str, port: int) -> socket.socket:
        """A connection to the host. Raises OSError, PrivateAddress among them."""
        local = self.local or f"{host}:{port}" in self.trusted
        address = (resolve(host, self.known, local), port)
        return socket.create_connection(address, _CONNECT_SECONDS)


class _Server(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    guard: Guard

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is nothing to speak of."""


class _Handler(StreamRequestHandler):
    timeout = _IDLE_SECONDS
    rbufsize = 0  # what follows the head belongs to the other side

    def handle(self) -> None:
        """One request: a tunnel for CONNECT, else the request passed on without keep-alive."""
        method, _, rest = self.rfile.readline(65536).decode("latin-1").partition(" ")
        target, _, protocol = rest.rpartition(" ")
        head = []
        while (line := self.rfile.readline(65536)) not in (b"\r\n", b"\n", b""):
            head.append(line)
        tunnel = method == "CONNECT"
        parts = urlsplit(f"//{target}" if tunnel else target)
        try:
            far = cast(_Server, self.server).guard.connect(
                parts.hostname or "", parts.port or (443 if tunnel else 80)
            )
        except (OSError, ValueError):
            self.wfile.write(b"HTTP/1.1 502 Refused\r\nContent-Length: 0\r\n\r\n")
            return
        with far:
            if tunnel:
                self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:
                path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                kept = [line for line in head if not line.lower().startswith(_OURS)]
                first = f"{method} {path} {protocol.strip()}\r\n".encode("latin-1")
                far.sendall(first + b"".join(kept) + b"Connection: close\r\n\r\n")
            self._relay(far)

    def _relay(self, far: socket.socket) -> None:
        """Carries bytes both ways until one side has no more to say."""
        buffered = self.connection
        with selectors.DefaultSelector() as selector, contextlib.suppress(OSError):
            selector.register(buffered, selectors.EVENT_READ, far)
            selector.register(far, selectors.EVENT_READ, buffered)
            while ready := selector.select(_IDLE_SECONDS):
                for key, _ in ready:
                    data = cast(socket.socket, key.fileobj).recv(_CHUNK)
                    if not data:
                        return
                    key.data.sendall(data)


_OURS = (b"connection:", b"proxy-connection:", b"keep-alive:")

"""A small server on this machine whose pages do what real pages do at their worst.

    with serve() as base: ...        base is http://127.0.0.1:PORT without a slash at the end

Run as a program it prints its address and serves until it is stopped.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FAULT = '<img src="/hinh.png">'


def page(body: str, head: str = "") -> bytes:
    """A good page but for what is given."""
    return (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Trang mẫu</title>'
        f"{head}</head><body><main><h1>Trang mẫu</h1>{body}</main></body></html>"
    ).encode()


def frames(count: int, attributes: str = "", host: str = "") -> str:
    """Frames of a page with one fault each."""
    return "".join(
        f'<iframe title="Khung {n}" {attributes} src="{host}/khung.html?{n}"></iframe>'
        for n in range(count)
    )


DIALOGS = """<script>
while (!confirm("Đồng ý?") && (window.asked = (window.asked || 0) + 1) < 3);
alert("Xin chào"); prompt("Tên của ông (bà)?"); print();
addEventListener("beforeunload", (event) => {
  event.preventDefault(); event.returnValue = "Ở lại?";
});
</script>"""

NO_AXE = """<script>
delete window.axe;
Object.defineProperty(window, "axe", { value: undefined, configurable: false });
Object.defineProperty(window, "congtin", { value: undefined, configurable: false });
Array.prototype.map = () => { throw new Error("no map"); };
Array.prototype.filter = () => [];
Element.prototype.getAttribute = () => "";
JSON.stringify = () => "{}";
window.Promise = undefined;
</script>"""

PAGES: dict[str, bytes] = {
    "/tot.html": page("<p>Trang này tốt.</p>"),
    "/khung.html": page(FAULT),
    "/doi-mai.html": page('<p>Chờ.</p><script src="/khong-bao-gio.js"></script>'),
    "/tu-thay.html": page("<script>location.replace('/tu-thay.html?' + Math.random())</script>"),
    "/tu-thay-sau.html": page(
        "<script>onload = () => setTimeout(() => location.reload(), 30)</script>"
    ),
    "/di-noi-khac.html": page("<script>location.replace('/tot.html')</script>"),
    "/hop-thoai.html": page(FAULT + DIALOGS),
    "/mat-axe.html": page(FAULT + NO_AXE),
    "/nam-muoi-khung.html": page(frames(50)),
    "/khung-kin.html": page(frames(1, "sandbox")),
    "/khung-co-lenh.html": page(frames(1, 'sandbox="allow-scripts"')),
    "/khung-hong.html": page('<iframe title="Hỏng" src="http://khong-co.invalid/"></iframe>'),
    "/cam-lenh.html": page(FAULT + "<script>document.title = ''</script>"),
    "/vong-lap.html": page("<script>for (;;);</script>"),
    "/het-bo-nho.html": page(
        "<script>const a = []; for (;;) a.push(Array(1e7).fill(0.5));</script>"
    ),
    "/hai-muoi-mb.html": page("<p>Đoạn văn dài.</p>" * 1_000_000),
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stopping: threading.Event

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        special: dict[str, Callable[[], None]] = {
            "/khong-bao-gio.js": self.stall,
            "/khong-bao-gio.html": self.stall,
            "/vong-quanh": self.go_round,
            "/tep.zip": self.attach,
            "/loi": lambda: self.answer(page("<p>Lỗi.</p>"), status=500),
            "/anh": lambda: self.answer(b"\x89PNG", kind="image/png"),
            "/khung-la.html": self.foreign,
        }
        if path in special:
            special[path]()
        elif path in PAGES:
            policy = "default-src 'none'" if path == "/cam-lenh.html" else ""
            self.answer(PAGES[path], policy=policy)
        else:
            self.answer(b"", status=404)

    def answer(
        self, body: bytes, status: int = 200, kind: str = "text/html", policy: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def stall(self) -> None:
        self.stopping.wait(60)

    def go_round(self) -> None:
        self.send_response(302)
        self.send_header("Location", f"/vong-quanh?{time.monotonic_ns()}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def attach(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/zip")
        self.send_header("Content-Disposition", "attachment; filename=tep.zip")
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"PK\3\4")

    def foreign(self) -> None:
        """A frame from another site: another name of this machine."""
        port = self.connection.getsockname()[1]
        self.answer(page(frames(1, host=f"http://localhost:{port}")))

    def log_message(self, *_args: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args: Any) -> None:
        pass


@contextlib.contextmanager
def serve() -> Iterator[str]:
    stopping = threading.Event()
    server = Server(("127.0.0.1", 0), type("Bound", (Handler,), {"stopping": stopping}))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        stopping.set()
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    with serve() as base, contextlib.suppress(KeyboardInterrupt):
        print(base, flush=True)
        threading.Event().wait()

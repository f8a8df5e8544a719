"""This file serves a preview to the editor's own browser, with a panel of what is wrong on a page.

The panel is added on the way out and stands in no file. The theme's security policy lets it in
as it is: script and style come from the same server as the page.
"""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.preview import Preview, Shown, findings_on
from linter.errors import Mistake, UserError
from linter.findings import Finding
from linter.messages import N_, say, translate
from linter.reports.wording import (
    OUTCOMES,
    SEVERITIES,
    say_finding,
    say_grounds,
    say_mend,
    say_place,
)
from linter.terms import Outcome, Severity

OWN = "/_congtin/"
_PANEL = Path(__file__).parent / "panel"
_FILES = ("panel.js", "panel.css", "page.css")
# A server that others could reach under a name of theirs would show them drafts.
_HOSTS = ("127.0.0.1", "localhost")
_SILENCE = 15.0


class PreviewServer(ThreadingHTTPServer):
    """Listens on this machine only. Raises UserError when the port is taken.

    `also` answers addresses of our own beside the panel's: (media type, body), or None.
    """

    daemon_threads = True

    def __init__(
        self,
        preview: Preview,
        port: int,
        lang: str,
        also: Callable[[str], tuple[str, bytes] | None] = lambda _path: None,
    ) -> None:
        self.preview, self.lang, self.also = preview, lang, also
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except OSError as error:
            message = N_("The port {port} cannot be used ({error}). Choose another with --port.")
            params: dict[str, str | int] = {"port": port, "error": error.strerror or str(error)}
            raise UserError(Mistake("congtin", 0, message, params)) from error
        self.address = f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up in the middle of an answer is nothing to speak of."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A page of the preview, or one of the panel's own addresses."""
        server = cast(PreviewServer, self.server)
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        if self.headers.get("host", "").partition(":")[0] not in _HOSTS:
            self._answer(403, "text/plain", b"")
        elif path == OWN + "events":
            self._stream(server.preview)
        elif path == OWN + "panel":
            asked = parse_qs(parts.query).get("path", ["/"])[0]
            told = tell_panel(server.preview, _file_of(asked), server.lang)
            self._answer(200, "application/json", json.dumps(told).encode())
        elif path.removeprefix(OWN) in _FILES and path.startswith(OWN):
            data = (_PANEL / path.removeprefix(OWN)).read_bytes()
            self._answer(200, _kind(path), data)
        elif own := server.also(path):
            self._answer(200, *own)
        else:
            self._page(server.preview, path, server.lang)

    def _page(self, preview: Preview, path: str, lang: str) -> None:
        """A file as it was built; pages get the panel. Waits for a build that runs."""
        if "." not in path.rpartition("/")[2] and not path.endswith("/"):
            self.send_response(301)
            self.send_header("location", f"{path}/")
            self.send_header("content-length", "0")
            self.end_headers()
            return
        name = _file_of(path)
        with preview.building:
            shown = preview.shown
            data = _read(preview.folder, name)
            missing = data is None
            if data is None:
                name = "404.html"
                data = _read(preview.folder, name)
        if data is None:
            data = _error_page(shown, lang)
        if name.endswith(".html"):
            data = with_panel(data, shown.digests.get(name, ""), lang)
        self._answer(404 if missing else 200, _kind(name), data)

    def _stream(self, preview: Preview) -> None:
        """Says each new number as a server-sent event, and something now and then in silence."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("cache-control", "no-store")
        self.end_headers()
        number = -1
        while True:
            shown = preview.wait(number, _SILENCE)
            line = ": still here\n\n" if shown.number == number else f"data: {shown.number}\n\n"
            number = shown.number
            self.wfile.write(line.encode())
            self.wfile.flush()

    def _answer(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.send_header("cache-control", "no-store")
        self.send_header("x-content-type-options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_HEAD = do_GET  # noqa: N815  # the standard library's name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


def with_panel(html: bytes, digest: str, lang: str) -> bytes:
    """The page with the panel's script and style at the end of its head."""
    words = json.dumps({word: translate(text, lang) for word, text in _SAID.items()})
    attributes = f'data-digest="{digest}" data-words="{_quoted(words)}"'
    head = (
        f'<link rel="stylesheet" href="{OWN}page.css">'
        f'<script src="{OWN}panel.js" {attributes} defer></script></head>'
    )
    return html.replace(b"</head>", head.encode(), 1)


# What the panel's script says on its own.
_SAID = {
    "marked": N_("The place is marked on the page. Escape takes the mark away."),
    "unmarked": N_("The mark is gone."),
    "unseen": N_("The place cannot be seen on the page: {snippet}"),
    "lost": N_("The preview does not answer. Is congtin serve still running?"),
    "rebuilt": N_("The page was built again."),
}


def tell_panel(preview: Preview, name: str, lang: str) -> dict[str, Any]:
    """What the panel says on a page: its label, its list as HTML, and the digest of the page."""
    shown, snapshot = preview.shown, preview.snapshot
    name = name if name in shown.digests else "404.html"
    found = sorted(findings_on(shown, snapshot, name), key=_gravest_first)
    others = [
        finding
        for finding in shown.findings
        if finding not in found
        and finding.outcome is Outcome.FAIL
        and finding.severity is not Severity.NOTICE
    ]
    start = snapshot.site.url if snapshot else ""
    params: dict[str, Any] = {"count": len(found) + len(shown.mistakes)}
    if shown.mistakes:
        label = N_("Not built: {count} mistakes")
        params = {"count": len(shown.mistakes)}
    elif not shown.judged and not found:
        label = N_("Judging…")
    else:
        label = N_("This page: {count} findings") if found else N_("This page: nothing found")
    html = _template().render(
        t=lambda text, **data: say(text, data, lang),
        shown=shown,
        waiting=shown.waiting.get(name),
        found=[_row(shown, finding, lang) for finding in found],
        others=sorted({"/" + finding.page.removeprefix(start) for finding in others}),
        mistakes=[_mistake_row(mistake, lang) for mistake in shown.mistakes],
    )
    return {
        "number": shown.number,
        "digest": shown.digests.get(name, ""),
        "label": say(label, params, lang),
        "judged": shown.judged,
        "html": html,
    }


def _row(shown: Shown, finding: Finding, lang: str) -> dict[str, Any]:
    card = shown.cards[finding.rule]
    weight = (
        translate(SEVERITIES[finding.severity], lang, "reports")
        if finding.outcome is Outcome.FAIL
        else translate(OUTCOMES[finding.outcome], lang, "reports")
    )
    return {
        "finding": finding,
        "weight": weight,
        "text": say_finding(finding, card, lang),
        "place": say_place(finding.source),
        "grounds": say_grounds(finding, card, shown.clauses, lang),
        "mend": say_mend(finding, card, lang),
    }


def _mistake_row(mistake: Mistake, lang: str) -> dict[str, str]:
    place = f"{mistake.file}:{mistake.line}" if mistake.line else mistake.file
    text = say(mistake.message, mistake.params, lang)
    return {"place": place, "text": text, "law": mistake.law}


def _gravest_first(finding: Finding) -> tuple[int, int, str]:
    outcomes = (Outcome.FAIL, Outcome.REVIEW, Outcome.UNTESTED)
    return outcomes.index(finding.outcome), list(Severity).index(finding.severity), finding.rule


@cache
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(_PANEL),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("panel.jinja")


def _error_page(shown: Shown, lang: str) -> bytes:
    """What stands where no page could be built yet."""
    title = translate(N_("The portal could not be built yet"), lang)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head><body><main><h1>{title}</h1></main></body></html>"
    ).encode()


def _file_of(path: str) -> str:
    """The file below the folder that an address of the portal means."""
    name = path.lstrip("/")
    return name + "index.html" if name == "" or name.endswith("/") else name


def _read(folder: Path, name: str) -> bytes | None:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return None
    return path.read_bytes()


def _kind(name: str) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")

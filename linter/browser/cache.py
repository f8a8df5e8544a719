"""This file keeps what a browser saw of a page, and gives it back only where it must see the same.

It keeps the evidence of a whole page, and pictures of places on it.

What a page looks like depends on its address and bytes, on us (this folder's code, axe-core), on
the browser and the view, and on every answer that it asked the site for meanwhile. The first are
the key; the answers were written down by the server that gave them (see serve.Loopback), and each
must be the same today. A page that asks for nothing new and gets what it got looks as it looked.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from linter.atomic import write_file
from linter.browser.chromium import View
from linter.browser.serve import Answers, digest_of
from linter.page import Page, Rendered

SCHEMA = "congtin.evidence/2"
# How an entry is not there, not readable or not the same.
_UNKNOWN = (OSError, ValueError, KeyError, TypeError)


@dataclass(frozen=True)
class EvidenceCache:
    """Evidence in files below `folder`, one a key; may be deleted at any time.

    `axe` is the script's digest, `browser` its version, `answers` the site of today.
    """

    folder: Path
    axe: str
    browser: str
    view: View
    answers: Answers

    def get(self, page: Page) -> Rendered | None:
        """What the browser would see; None when nobody knows or anything has changed."""
        try:
            return Rendered(**self._recall(page)["rendered"])
        except _UNKNOWN:
            return None

    def get_picture(self, page: Page, selector: str) -> bytes | None:
        """The picture (PNG) that the browser would take of a place; None as in get."""
        try:
            return base64.b64decode(self._recall(page, selector)["picture"])
        except _UNKNOWN:
            return None

    def put(self, page: Page, rendered: Rendered, asked: Mapping[str, str]) -> None:
        """Keeps good evidence; what could not be looked at is looked at again next time."""
        if not rendered.failed:
            self._keep(page, "", asked, rendered=asdict(rendered))

    def put_picture(self, page: Page, selector: str, png: bytes, asked: Mapping[str, str]) -> None:
        """Keeps the picture of a place."""
        self._keep(page, selector, asked, picture=base64.b64encode(png).decode("ascii"))

    def _recall(self, page: Page, place: str = "") -> dict[str, Any]:
        entry: dict[str, Any] = json.loads(self._path(page, place).read_bytes())
        for url, digest in entry["asked"].items():
            if digest_of(self.answers, url) != digest:
                raise KeyError(url)
        return entry

    def _keep(self, page: Page, place: str, asked: Mapping[str, str], **what: object) -> None:
        entry = {"asked": dict(asked), **what}
        write_file(self._path(page, place), json.dumps(entry, ensure_ascii=False).encode("utf-8"))

    def key(self, page: Page, place: str = "") -> str:
        """Names all that the page's looks depend on, but what it asks for by itself.

        `place` is the selector of what a picture shows, empty for the page as a whole.
        """
        parts = (
            *(SCHEMA, _code_digest(), self.axe, self.browser, json.dumps(asdict(self.view))),
            *(page.url, digest_of(self.answers, page.url)),
            *(hashlib.sha256(page.body).hexdigest(), place),
        )
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _path(self, page: Page, place: str) -> Path:
        key = self.key(page, place)
        return self.folder / key[:2] / f"{key}.json"


@cache
def _code_digest() -> str:
    """Names the code that gathers evidence: every file of this folder."""
    total = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".js", ".json", ".html", ".css"):
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()

"""This file keeps what a browser saw of a page, and gives it back only where it must see the same.

What a page looks like depends on its address and bytes, on us (this folder's code, axe-core), on
the browser and the view, and on every answer that it asked the site for meanwhile. The first are
the key; the answers were written down by the server that gave them (see serve.Loopback), and each
must be the same today. A page that asks for nothing new and gets what it got looks as it looked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from linter.atomic import write_file
from linter.browser.chromium import View
from linter.browser.serve import Answers, digest_of
from linter.page import Page, Rendered

SCHEMA = "congtin.evidence/1"


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
            entry = json.loads(self._path(page).read_bytes())
            asked, seen = entry["asked"], Rendered(**entry["rendered"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        same = all(digest_of(self.answers, url) == digest for url, digest in asked.items())
        return seen if same else None

    def put(self, page: Page, rendered: Rendered, asked: Mapping[str, str]) -> None:
        """Keeps good evidence; what could not be looked at is looked at again next time."""
        if rendered.failed:
            return
        entry = {"asked": dict(asked), "rendered": asdict(rendered)}
        write_file(self._path(page), json.dumps(entry, ensure_ascii=False).encode("utf-8"))

    def key(self, page: Page) -> str:
        """Names all that the page's looks depend on, but what it asks for by itself."""
        parts = (
            *(SCHEMA, _code_digest(), self.axe, self.browser, json.dumps(asdict(self.view))),
            *(page.url, digest_of(self.answers, page.url)),
            hashlib.sha256(page.body).hexdigest(),
        )
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _path(self, page: Page) -> Path:
        key = self.key(page)
        return self.folder / key[:2] / f"{key}.json"


@cache
def _code_digest() -> str:
    """Names the code that gathers evidence: every file of this folder."""
    total = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".js", ".json", ".html", ".css"):
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()

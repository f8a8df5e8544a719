"""This file remembers which contexts a browser found in order, so that no site shows them again.

Portals of one theme have the same contexts under the same stylesheets and scripts. What a browser
saw without any doubt on one of them it need not look for on the next: a page counts here only when
each browser rule passed it, so a fault is never hidden behind a page that is well. Contexts are
known by how they look: our code, axe-core, the browser, the view, each stylesheet and script.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from linter.atomic import write_file
from linter.browser.chromium import View
from linter.browser.serve import Answers, digest_of
from linter.browser.structure import contexts_of
from linter.page import Page

SCHEMA = "congtin.proven/1"
# A script of another type (JSON-LD) is data, which no browser runs.
_RUN = ("", "module", "text/javascript", "application/javascript")


@dataclass(frozen=True)
class Proven:
    """Contexts in files below `folder`, one a page that added some; may be deleted at any time.

    `rules` names the code that judges; the other names are as in EvidenceCache.
    """

    folder: Path
    axe: str
    browser: str
    rules: str
    view: View
    answers: Answers
    _read: dict[str, Mapping[str, frozenset[int]]] = field(default_factory=dict)

    def like(self, page: Page) -> Mapping[str, frozenset[int]]:
        """Pages of any site that were well and look as this one does, with their contexts."""
        looks = self._looks(page)
        if looks not in self._read:
            self._read[looks] = dict(self._pages(looks))
        return self._read[looks]

    def add(self, page: Page) -> None:
        """Keeps the contexts of a page that every browser rule has passed."""
        looks, own = self._looks(page), contexts_of(page)
        if not own.difference(*dict(self._pages(looks)).values()):
            return
        entry = json.dumps({"page": page.url, "contexts": sorted(own)})
        name = hashlib.sha256(entry.encode()).hexdigest()[:32]
        write_file(self.folder / looks / f"{name}.json", entry.encode())

    def _pages(self, looks: str) -> list[tuple[str, frozenset[int]]]:
        found = []
        for path in sorted((self.folder / looks).glob("*.json")):
            try:
                entry = json.loads(path.read_bytes())
                found.append((str(entry["page"]), frozenset(entry["contexts"])))
            except (OSError, ValueError, KeyError, TypeError):
                continue
        return found

    def _looks(self, page: Page) -> str:
        """Names all that decides how equal contexts look."""
        parts = [SCHEMA, self.rules, self.axe, self.browser, json.dumps(asdict(self.view))]
        for element in page.tree.iter("link", "style", "script"):
            kind = (element.get("type") or "").strip().lower()
            if element.tag == "script" and kind not in _RUN:
                continue
            if element.tag == "link" and "stylesheet" not in (element.get("rel") or "").lower():
                continue
            address = (element.get("href" if element.tag == "link" else "src") or "").strip()
            told = digest_of(self.answers, page.resolve(address)) if address else ""
            media = element.get("media") or ""
            parts += [str(element.tag), kind, media, told, element.text or ""]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()

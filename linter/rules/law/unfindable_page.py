"""Each page has a title, keywords and a description for those who search.

Why: A search engine shows them; without them the reader sees a torn-out piece of the menu.
Whom it hurts: Everyone who searches.
Mend: Our documents have the keys summary and keywords. On another site write <meta name="keywords">
and <meta name="description"> into <head>.
Limits: Whether they fit the page is for a person.
"""

from collections.abc import Iterator
from datetime import date

from linter.model import Snapshot
from linter.page import Observation, Page
from linter.rules.rule import site_rule


@site_rule(
    "error",
    messages={
        "title": "The page has no title.",
        "keywords": "The page's head has no keywords.",
        "description": "The page's head has no description.",
    },
)
def rule(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
    for page in snapshot.html_pages:
        if page.is_empty:
            continue
        missing = [name for name in ("title", "keywords", "description") if not _has(page, name)]
        for name in missing:
            yield page.fails(page.tree.find("head"), name)
        if not missing:
            yield page.passes(page.tree.find("head"))


def _has(page: Page, name: str) -> bool:
    if name == "title":
        return bool((page.tree.findtext(".//title") or "").strip())
    return any(
        meta.get("name", "").lower() == name and meta.get("content", "").strip()
        for meta in page.tree.iter("meta")
    )

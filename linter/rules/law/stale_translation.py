"""A page in a foreign language is no older than the Vietnamese page that it translates.

Why: Who reads the old English page follows a rule that no longer holds.
Whom it hurts: Readers who do not read Vietnamese.
Mend: Translate the change, or write on the English page that it is not up to date.
Limits: Compares the dates that both pages state; knows twins by <link rel="alternate" hreflang>.
"""

from collections.abc import Iterator
from datetime import date

from linter.facts.days import exact_day
from linter.model import Snapshot
from linter.page import Observation, Page
from linter.rules.rule import site_rule


@site_rule(
    "error",
    messages={
        "older": "This page is of {own:date}, the Vietnamese one was changed on {original:date}.",
    },
)
def rule(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
    for page in snapshot.html_pages:
        if page.tree.get("lang", "vi").lower().startswith("vi"):
            continue
        for link in page.tree.xpath("//link[@rel='alternate'][@hreflang='vi'][@href]"):
            original = snapshot.by_url.get(page.resolve(link.get("href")))
            if original is None:
                continue
            own, theirs = _changed(page), _changed(original)
            if own is None or theirs is None:
                continue
            if own < theirs:
                days = {"own": own.isoformat(), "original": theirs.isoformat()}
                yield page.fails(page.tree.find("head"), "older", **days)
            else:
                yield page.passes(page.tree.find("head"))


def _changed(page: Page) -> date | None:
    for meta in page.tree.xpath("//meta[@name][@content]"):
        if meta.get("name").lower() in ("dc.date", "dcterms.modified", "last-modified"):
            return exact_day(meta.get("content"))
    return None

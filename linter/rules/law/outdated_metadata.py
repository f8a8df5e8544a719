"""The date in a page's metadata is not older than the change that the page itself states.

Why: Metadata that nobody touched when the page changed tells archives and search engines a lie.
Whom it hurts: Everyone who searches by date.
Mend: The theme writes both from one date. On another site write the date of the change into
DC.date.
Limits: Compares DC.date or dcterms.modified with the day that JSON-LD states as dateModified.
"""

from collections.abc import Iterator
from datetime import date

from linter.facts.days import exact_day
from linter.facts.reading import json_ld
from linter.model import Snapshot
from linter.page import Observation, Page
from linter.rules.rule import site_rule


@site_rule(
    "warning",
    messages={"older": "The metadata is of {stated:date}, the page was changed on {changed:date}."},
)
def rule(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
    for page in snapshot.html_pages:
        metas = [
            meta
            for meta in page.outline.pick("meta", bearing="content")
            if meta.get("name", "").lower() in ("dc.date", "dcterms.modified")
        ]
        changed = _changed(page)
        stated = exact_day(metas[0].get("content")) if metas else None
        if stated is None or changed is None:
            continue
        if stated < changed:
            days = {"stated": stated.isoformat(), "changed": changed.isoformat()}
            yield page.fails(metas[0], "older", **days)
        else:
            yield page.passes(metas[0])


def _changed(page: Page) -> date | None:
    for entry, _script in json_ld(page):
        written = entry.get("dateModified")
        if isinstance(written, str) and (day := exact_day(written)):
            return day
    return None

"""This file tells for each section the newest day on which something credibly appeared there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from linter.facts.dates import Dated, items
from linter.facts.reading import reads
from linter.facts.sections import sections
from linter.model import Fact, Snapshot

# How far a date of each kind is believed; _LEAST for the others.
_SURE = {
    "json-ld": 0.95,
    "meta": 0.9,
    "feed": 0.9,
    "manifest": 0.9,
    "git": 0.9,
    "label": 0.85,
    "list": 0.75,
}
_LEAST = 0.5


@reads("latest-update")
def latest_updates(snapshot: Snapshot) -> Iterator[Fact]:
    """Per section "news 2015-12-17": its newest day, where it is said and how surely."""
    for section in sections(snapshot):
        best: Dated | None = None
        for item in items(snapshot, section):
            told = next((dated for dated in item.evidence if _is_told(dated)), None)
            if told and (best is None or told.latest > best.latest):
                best = told
        if best is not None:
            sure = _SURE.get(best.kind, _LEAST)
            value = f"{section} {best.latest.isoformat()}"
            yield Fact("latest-update", value, best.page, best.element, sure)


def _is_told(dated: Dated) -> bool:
    """Whether a date means one day that the site or its feed names."""
    return dated.usable and dated.day is not None and dated.latest != date.max

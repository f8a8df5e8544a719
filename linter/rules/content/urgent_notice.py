"""A notice that passes the gate as urgent is settled by its last day.

Why: What was published past the gate must stay in sight of all until the portal is in order again.
Whom it hurts: Everyone who relies on what the portal says being checked.
Mend: Mend the portal's other findings, then write urgent.settled into the document.
Limits: Trusts the site's own mark, an element with data-urgent-until.
"""

from collections.abc import Iterator
from datetime import date

from linter.elements import text_of
from linter.model import Snapshot
from linter.page import Observation, Page, gathered
from linter.rules.rule import NoParams, site_rule


@site_rule(
    "notice",
    messages={
        "urgent": "Marked urgent until {until:date}: {text}",
        "over": "The mark as urgent ran out on {until:date}: {text}",
        "undated": "The mark as urgent names no last day.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, as_of: date) -> Iterator[Observation]:
    for page in filter(_is_marked, snapshot.html_pages):
        for mark in page.outline.pick(or_bearing=("data-urgent-until",)):
            if mark.get("data-urgent-settled"):
                yield page.passes(mark)
                continue
            until = mark.get("data-urgent-until", "")
            try:
                last = date.fromisoformat(until)
            except ValueError:
                yield page.fails(mark, "undated")
                continue
            message = "urgent" if as_of <= last else "over"
            yield page.fails(mark, message, until=until, text=text_of(mark)[:200])


@gathered
def _is_marked(page: Page) -> bool:
    return bool(page.outline.pick(or_bearing=("data-urgent-until",)))

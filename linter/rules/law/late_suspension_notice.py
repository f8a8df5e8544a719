"""A planned suspension is announced in time, with the hour of return.

Why: Who must hand in a file by tomorrow must know today that the portal will be down.
Whom it hurts: Everyone with a deadline.
Mend: Publish the notice as early as the law says, with the days of suspension and of return.
Limits: Knows a notice by the words of its title. The first day written in its text is taken for the
start of the suspension.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.elements import text_of
from linter.facts.dates import posted
from linter.facts.days import exact_day
from linter.facts.items import main_of, says, words
from linter.law.calendar import working_days_between
from linter.model import Snapshot
from linter.page import Element, Observation
from linter.rules.rule import site_rule


@dataclass(frozen=True)
class Params:
    """The notice is online `days` working days before the suspension."""

    days: int


@site_rule(
    "error",
    params=Params,
    messages={
        "late": "Announced on {posted:date} for {start:date}: {count} working days before, "
        "{days} are asked for.",
        "return": "The notice does not say when the portal will be back.",
        "undated": "The notice does not say when it was posted, or for which day.",
    },
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    for page in snapshot.html_pages:
        heading = next(page.tree.iter("h1"), None)
        root = main_of(page)
        if heading is None or root is None or not says(text_of(heading), words()["suspension"]):
            continue
        announced = next((day.day for day in posted(snapshot, page) if day.day), None)
        start = _start(root, announced)
        if announced is None or start is None:
            yield page.wants_review(heading, "undated")
            continue
        if not says(text_of(root), words()["restored"]):
            yield page.fails(heading, "return")
        count = working_days_between(announced, start)
        if count < params.days:
            days = {"posted": announced.isoformat(), "start": start.isoformat()}
            yield page.fails(heading, "late", count=count, days=params.days, **days)
        else:
            yield page.passes(heading)


def _start(root: Element, announced: date | None) -> date | None:
    """The first day of the notice's text that is not the day of posting."""
    for block in root.iter("p", "li", "td", "dd", "h1"):
        day = exact_day(text_of(block))
        if day is not None and day != announced:
            return day
    return None

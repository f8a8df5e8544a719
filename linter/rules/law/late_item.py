"""An item is online within the days that the law allows after the event.

Why: A decision that citizens must obey, or an answer they wait for, is of use only while it is new.
Whom it hurts: Everyone who is bound by a document or waits for an answer.
Mend: Publish documents on the day they are signed. Where the date was typed wrongly, mend it in the
document's header.
Limits: An item that shows only one of the two dates cannot be proven late: a person must look.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.facts.dates import event_and_done
from linter.facts.sections import sections
from linter.law.calendar import deadline, working_days_between
from linter.model import Observation, Snapshot
from linter.rules.rule import site_rule


@dataclass(frozen=True)
class Params:
    """Items of `section` are due `days` after their `event`, working days or calendar days."""

    section: str
    event: str
    days: int
    working: bool


_LATE = "“{title}”: {first:date}, due by {due:date}, done on {done:date}: {late} working days late."


@site_rule(
    "error",
    params=Params,
    messages={
        "late": _LATE,
        "one-date": "“{title}” does not say when it was published or answered.",
        "backwards": "“{title}” was online on {done:date}, before {first:date}: one date is wrong.",
    },
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    seen = sections(snapshot).get(params.section)
    if seen is None:
        return
    for page in seen.pages:
        event, done = event_and_done(page, params.event)
        if event is None:
            continue
        titles = page.tree.xpath("//h1") or page.tree.xpath("//title")
        title = " ".join(titles[0].text_content().split())[:120] if titles else page.url
        if done is None:
            yield page.wants_review(event.element, "one-date", title=title)
            continue
        due = deadline(event.day, params.days, params.working)
        days = {"first": event.day.isoformat(), "done": done.day.isoformat()}
        if done.day < event.day:
            yield page.fails(event.element, "backwards", title=title, **days)
        elif done.day <= due:
            yield page.passes(event.element)
        else:
            late = working_days_between(due, done.day) + 1
            yield page.fails(
                event.element, "late", title=title, due=due.isoformat(), late=late, **days
            )

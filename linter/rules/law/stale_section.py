"""A section receives something new as often as the law demands.

Why: A section that stood still for weeks says nothing of today; citizens stop coming.
Whom it hurts: Everyone who wants to know what the agency does now.
Mend: Publish a document in the section; the date of publication counts.
Limits: Counts the days that the pages themselves claim. A section without any date is for a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.facts.dates import section_dates
from linter.facts.sections import sections
from linter.law.calendar import working_days_between
from linter.model import Observation, Snapshot
from linter.rules.rule import site_rule


@dataclass(frozen=True)
class Params:
    """At `most` so many working days may lie between two items of `section`."""

    section: str
    most: int


@site_rule(
    "error",
    params=Params,
    messages={
        "stale": "The newest item of “{name}” is of {newest:date}: {count} working days without"
        " anything new before {as_of:date}, at most {most} are allowed.",
        "undated": "No item of “{name}” says when it was published.",
    },
)
def rule(snapshot: Snapshot, params: Params, as_of: date) -> Iterator[Observation]:
    seen = sections(snapshot).get(params.section)
    if seen is None or not seen.pages:
        return  # missing-section speaks of the first; of pages nobody fetched nothing can be said
    dates = [dated for dated in section_dates(snapshot, params.section) if dated.day <= as_of]
    page = seen.root or seen.page
    if not dates:
        yield page.wants_review(None, "undated", name=seen.name)
        return
    newest = dates[0]
    count = working_days_between(newest.day, as_of)
    if count <= params.most:
        yield newest.page.passes(newest.element)
    else:
        yield page.fails(
            None,
            "stale",
            name=seen.name,
            newest=newest.day.isoformat(),
            as_of=as_of.isoformat(),
            count=count,
            most=params.most,
        )

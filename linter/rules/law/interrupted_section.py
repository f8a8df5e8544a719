"""New items of a section come without a break longer than the law allows.

Why: Where the law wants something new on each working day, a portal that woke up yesterday did not
keep it: for weeks its readers looked in vain.
Whom it hurts: Everyone who came in that time, and did not come again.
Mend: What was missed cannot be made up, and no date may be written back. Plan who publishes on
which day, so that the next weeks have no such break; with them it leaves the period that is judged.
Limits: Judges breaks that have ended, between the days of two items, in the weeks before the day of
judgement; of the break that still lasts, stale-section speaks. Counts by the days that items give:
one that was taken down, or of which the day is not known, may fill a break, so unless all were seen
with their days a person must look. New text in an old item is no new item.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from linter.facts.dates import Item, items
from linter.facts.sections import section_words, sections
from linter.law.calendar import working_days_between
from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import known_words, site_rule


@dataclass(frozen=True)
class Params:
    """At `most` so many working days may lie between two items of `section`.

    The last `weeks` weeks are judged. With `up_to` only breaks of at most so many working days are
    meant: where a longer one is graver, another clause speaks of it.
    """

    section: str
    most: int
    weeks: int
    up_to: int = 0

    def __post_init__(self) -> None:
        known_words((self.section,), section_words())


@dataclass(frozen=True, slots=True)
class _Break:
    """Two days with something new, and how many working days without lie between them."""

    before: date
    after: date
    count: int


_BREAK = (
    "In “{name}” nothing new is dated between {before:weekday} and {after:weekday}: {count} working"
    " days in a row, at most {most} may pass. Such breaks since {since:date}: {breaks}."
)


@site_rule(
    "error",
    params=Params,
    messages={
        "break": _BREAK,
        "perhaps": _BREAK + " Not every item was seen with its day, so one may lie between them.",
    },
)
def rule(snapshot: Snapshot, params: Params, as_of: date) -> Iterator[Observation]:
    seen = sections(snapshot).get(params.section)
    if seen is None:
        return
    found = items(snapshot, params.section)
    since = as_of - timedelta(weeks=params.weeks)
    spans = list(_breaks(found, since, as_of))
    over = [one for one in spans if one.count > params.most]
    breaks = [one for one in over if not params.up_to or one.count <= params.up_to]
    page = seen.root or seen.page
    if spans and not over:
        yield page.passes()
    if not breaks:
        return
    longest = max(breaks, key=lambda one: one.count)
    sure = snapshot.complete and not any(_may_fill(item, longest, as_of) for item in found)
    tell = page.fails if sure else page.wants_review
    yield tell(
        None,
        "break" if sure else "perhaps",
        name=seen.name,
        before=longest.before.isoformat(),
        after=longest.after.isoformat(),
        count=longest.count,
        most=params.most,
        breaks=len(breaks),
        since=since.isoformat(),
    )


def _breaks(found: tuple[Item, ...], since: date, as_of: date) -> Iterator[_Break]:
    """The spans between two days with something new, as far as they lie in the period."""
    days = sorted({day for item in found for day in _days(item, as_of)})
    for before, after in pairwise(days):
        if after > since:
            yield _Break(before, after, working_days_between(max(before, since), after))


def _days(item: Item, as_of: date) -> set[date]:
    """The days on which the item appeared, by each source that names one day."""
    known = (dated.day for dated in item.evidence if dated.known_by(as_of))
    return {day for day in known if day is not None and day <= as_of}


def _may_fill(item: Item, one: _Break, as_of: date) -> bool:
    """Whether an item of which no source names the day may be of a day within the break."""
    if _days(item, as_of):
        return False
    known = [dated for dated in item.evidence if dated.known_by(as_of)]
    earliest = max((dated.earliest for dated in known), default=date.min)
    latest = min((dated.latest for dated in known), default=date.max)
    return earliest < one.after and latest > one.before

"""A section receives something new as often as the law demands.

Why: A section that stood still for weeks says nothing of today; citizens stop coming.
Whom it hurts: Everyone who wants to know what the agency does now.
Mend: Publish a document in the section; the date of publication counts.
Limits: Counts the days that pages, lists, feeds and earlier publications give; a site map alone
never proves that a section is fresh. A section without any date, or whose dates leave both answers
open, is for a person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from linter.elements import text_of
from linter.facts.dates import KINDS, Dated, Item, items
from linter.facts.reading import is_placeholder
from linter.facts.sections import SectionSeen, section_words, sections
from linter.law.calendar import (
    add_working_days,
    working_days_before,
    working_days_between,
    working_days_late,
)
from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import known_words, site_rule


@dataclass(frozen=True)
class Params:
    """At `most` so many working days may lie between two items of `section`.

    Fewer than `least` items fail at once, where the whole section was seen. With `up_to` only a
    standstill of at most so many working days is meant: where it may be longer, or the section
    holds too little, another clause speaks of it, so that one fault is told once.
    """

    section: str
    most: int
    least: int = 1
    up_to: int = 0

    def __post_init__(self) -> None:
        known_words((self.section,), section_words())


@dataclass(frozen=True, slots=True)
class _Known:
    dated: Dated
    item: Item


_STALE = (
    "The newest item of “{name}”, “{title}”, is of {newest:weekday}; something new was due by"
    " {due:weekday}: {late} working days late on {as_of:weekday}. At most {most} working days may"
    " pass without anything new; {count} have."
)


@site_rule(
    "error",
    params=Params,
    messages={
        "stale": _STALE,
        "updating": "“{name}” has no item; it only says that it is being updated.",
        "empty": "There is nothing in “{name}”.",
        "too-few": "There are {count} items in “{name}”; where something new is due every so often"
        " there are at least {least}.",
        "undated": "No item of “{name}” says when it was published, in a way that can be used.",
        "bounded": "It cannot be told whether “{name}” has anything new since {since:weekday}: of"
        " the newest item, “{title}”, it is only known ({kind:word}) that it was there by"
        " {latest:weekday}.",
        "zoneless": "It cannot be told whether “{name}” has anything new since {since:weekday}: the"
        " time of the newest item, “{title}”, has no zone, so it may be of {earliest:weekday} or of"
        " {latest:weekday}.",
    },
)
def rule(snapshot: Snapshot, params: Params, as_of: date) -> Iterator[Observation]:
    seen = sections(snapshot).get(params.section)
    if seen is None or not seen.pages:
        return  # missing-section speaks of the first; of pages nobody fetched nothing can be said
    page = seen.root or seen.page
    found = items(snapshot, params.section)
    known = [
        _Known(dated, item) for item in found for dated in item.evidence if dated.known_by(as_of)
    ]
    if params.up_to:
        bound = working_days_before(as_of, params.up_to + 1)
        if not any(one.dated.earliest >= bound for one in known):
            return
    elif fault := _too_little(snapshot, seen, found, params):
        yield page.fails(None, fault, name=seen.name, count=len(found), least=params.least)
        return
    dated_ones = [one for one in known if one.dated.latest < date.max]
    if not dated_ones:
        yield page.wants_review(None, "undated", name=seen.name)
        return
    since = working_days_before(as_of, params.most + 1)
    for one in known:
        if one.dated.earliest >= since:
            yield one.dated.page.passes(one.dated.element)
            return
    newest = max(dated_ones, key=lambda one: one.dated.latest)
    if newest.dated.latest < since:
        yield page.fails(None, "stale", name=seen.name, **_reckon(newest, params, as_of))
        return
    written = newest.dated.written
    yield page.wants_review(
        None,
        "zoneless" if written and written.zoneless else "bounded",
        name=seen.name,
        title=newest.item.title,
        since=since.isoformat(),
        earliest=newest.dated.earliest.isoformat(),
        latest=min(newest.dated.latest, as_of).isoformat(),
        kind=KINDS[newest.dated.kind],
    )


def _too_little(
    snapshot: Snapshot, seen: SectionSeen, found: Sequence[Item], params: Params
) -> str:
    """The fault of a section that was seen as a whole and holds too little; empty for none."""
    if seen.root is None:
        return ""
    if not found:
        mains = seen.root.tree.xpath("//main") or seen.root.tree.xpath("//body")
        if mains and is_placeholder(text_of(mains[0])):
            return "updating"
        return "empty" if snapshot.complete and len(seen.pages) == 1 else ""
    return "too-few" if snapshot.complete and len(found) < params.least else ""


def _reckon(newest: _Known, params: Params, as_of: date) -> dict[str, str | int]:
    """How the duty was counted from the newest item on."""
    last = newest.dated.latest
    due = add_working_days(last, params.most + 1)
    return {
        "title": newest.item.title,
        "newest": last.isoformat(),
        "due": due.isoformat(),
        "as_of": as_of.isoformat(),
        "count": working_days_between(last, as_of),
        "late": working_days_late(due, as_of),
        "most": params.most,
    }

"""An item is online within the days that the law allows after the event.

Why: A decision that citizens must obey, or an answer they wait for, is of use only while it is new.
Whom it hurts: Everyone who is bound by a document or waits for an answer.
Mend: Publish documents on the day they are signed. Where the date was typed wrongly, mend it in the
document's header.
Limits: An item that shows only one of the two dates, or none, cannot be proven late: a person must
look. So must a person where the site's sources contradict each other, or a date or the calendar
leaves both answers open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from linter.facts.dates import KINDS, Dated, Item, answered, items, labelled, modified
from linter.facts.days import Written
from linter.facts.sections import section_words
from linter.law.calendar import Deadline, deadline, working_days_late
from linter.messages import N_
from linter.model import Snapshot
from linter.page import Observation, Page
from linter.rules.rule import known_words, site_rule


@dataclass(frozen=True)
class Params:
    """Items of `section` are due `days` after their `event`, working days or calendar days.

    With `but_within` only items within so many working days are meant: where the law leaves open
    which days it counts, of later ones another clause speaks. `each` says that no item of the
    section is without such an event, so that one which does not show its day is for a person.
    """

    section: str
    event: str
    days: int
    working: bool
    but_within: int = 0
    each: bool = False

    def __post_init__(self) -> None:
        known_words((self.section,), section_words())
        known_words((self.event,), _EVENTS)


# What an event is called before its day; the labels of facts/phrases.yml tell it on a page.
_EVENTS = {
    "signed": N_("signed on"),
    "approved": N_("approved on"),
    "accepted": N_("accepted on"),
    "decided": N_("decided on"),
    "changed": N_("changed on"),
    "promulgated": N_("promulgated on"),
    "asked": N_("asked on"),
    "submitted": N_("submitted on"),
    "reported": N_("reported on"),
    "period-end": N_("period ended on"),
}
# Events that a page online for years may tell as well as a new one.
_TOLD_LATER = ("changed", "promulgated")
_WHY = {
    "no-such-day": N_("no day of the calendar"),
    "too-old": N_("a day before the state was founded"),
    "unset": N_("what programs write where they know no date"),
    "": N_("a day that is still to come"),
}
_POSTED, _ANSWERED = N_("posted on"), N_("answered on")
_UNITS = {True: N_("working days"), False: N_("days")}

_COUNTED = " Counted: {days} {unit:word} from the day after; days off passed over: {skipped:days}."
_LATE = (
    "“{title}”: {event:word} {first:weekday}, due by {due:weekday}, {act:word} {done:weekday}:"
    " {late} working days late."
)


@site_rule(
    "error",
    params=Params,
    messages={
        "late": _LATE + _COUNTED,
        "late-computed": _LATE + _COUNTED + " No decision on the days off of that year was read;"
        " they are computed.",
        "one-date": "“{title}”, {event:word} {first:weekday}, does not say when it was published or"
        " answered, so whether it was late cannot be told; it was due by {due:weekday}.",
        "backwards": "“{title}” was online on {done:weekday}, before it was {event:word}"
        " {first:weekday}: one date is wrong.",
        "unusable": "“{title}”: {event:word} “{text}”, {why:word}: whether it was online in time"
        " cannot be told.",
        "no-event": "“{title}” shows no day that it was {event:word}: whether it was online within"
        " {days} {unit:word} cannot be told.",
        "differ": "“{title}”: {event:word} {first:weekday}, due by {due:weekday}. By {one:word} it"
        " was there in time, by {other:word} it was not before {done:weekday}." + _COUNTED,
        "open": "“{title}”: {event:word} {first:weekday}, due by {due:weekday}. The dates leave"
        " open whether it was there in time ({one:word})." + _COUNTED,
        "unsure": _LATE + _COUNTED + " It would be in time if these days were off, which no text"
        " confirms: {unsure:days}.",
    },
)
def rule(snapshot: Snapshot, params: Params, as_of: date) -> Iterator[Observation]:
    for item in items(snapshot, params.section):
        if not item.own:
            continue
        event = labelled(snapshot, item.page, params.event)
        if event is None:
            if params.each:
                yield _eventless(item, params)
            continue
        answer = answered(snapshot, item.page) if params.event == "asked" else None
        known = tuple(d for d in item.evidence if d.known_by(as_of))
        done = (answer,) if answer else _told_since(item.page, event, known, params, as_of)
        if params.but_within and _is_later(done, event, params.but_within, as_of):
            continue
        yield _judge(item, event, done, params, as_of, _ANSWERED if answer else _POSTED)


def _told_since(
    page: Page, event: Dated, known: tuple[Dated, ...], params: Params, as_of: date
) -> tuple[Dated, ...]:
    """Evidence of when a page that is older than the event told it: by its last change.

    That may be a later one, so nothing is known but that the event was told by then.
    """
    changed = modified(page) if params.event in _TOLD_LATER and known else None
    older = all(dated.latest < event.earliest for dated in known)
    if changed is None or not older or not changed.known_by(as_of):
        return known
    if changed.latest < event.earliest:
        return known
    return (replace(changed, earliest=event.earliest),)


def _eventless(item: Item, params: Params) -> Observation:
    return item.page.wants_review(
        None,
        "no-event",
        title=item.title,
        event=_EVENTS[params.event],
        days=params.days,
        unit=_UNITS[params.working],
    )


def _happened(event: Dated, as_of: date) -> bool:
    """Whether the event is of a day that has been, so that a deadline runs from it."""
    return event.usable and event.earliest <= as_of


def _is_later(done: Sequence[Dated], event: Dated, days: int, as_of: date) -> bool:
    """Whether the surest evidence is later than so many working days after the event too."""
    if not done or not _happened(event, as_of):
        return False
    return done[0].earliest > deadline(event.latest, days, True).day


def _judge(
    item: Item, event: Dated, done: Sequence[Dated], params: Params, as_of: date, act: str
) -> Observation:
    page, place = item.page, event.element
    said: dict[str, str | int] = {"title": item.title, "event": _EVENTS[params.event], "act": act}
    if not _happened(event, as_of):
        written = event.written or Written("")
        return page.wants_review(
            place, "unusable", text=written.text, why=_WHY[written.fault], **said
        )
    # An event on one of two days (no time zone) is held to the later one.
    counted = deadline(event.latest, params.days, params.working)
    said |= {
        "first": event.latest.isoformat(),
        "due": counted.day.isoformat(),
        "days": params.days,
        "unit": _UNITS[params.working],
        "skipped": " ".join(day.isoformat() for day in counted.skipped),
    }
    in_time = [dated for dated in done if dated.latest <= counted.day]
    late = [dated for dated in done if dated.earliest > counted.day]
    if not done:
        return page.wants_review(place, "one-date", **said)
    if in_time and late:
        said |= {"one": KINDS[in_time[0].kind], "other": KINDS[late[0].kind]}
        return page.wants_review(place, "differ", done=late[0].earliest.isoformat(), **said)
    if late:
        return _late(page, event, late[0], counted, said)
    if not in_time:
        return page.wants_review(place, "open", one=KINDS[done[0].kind], **said)
    if in_time[0].latest < event.earliest and in_time[0].day:
        return page.fails(place, "backwards", done=in_time[0].latest.isoformat(), **said)
    return page.passes(place)


def _late(
    page: Page, event: Dated, done: Dated, counted: Deadline, said: dict[str, str | int]
) -> Observation:
    """Late by the surest evidence, unless days that nobody confirms would make up for it."""
    day = done.earliest
    late = working_days_late(counted.day, day)
    said |= {"done": day.isoformat(), "late": late}
    unsure = " ".join(day.isoformat() for day in counted.unsure)
    if late <= len(counted.unsure):
        return page.wants_review(event.element, "unsure", unsure=unsure, **said)
    return page.fails(event.element, "late-computed" if counted.computed else "late", **said)

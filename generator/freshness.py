"""This file reckons how up to date a portal is: section by section, and day by day over a year.

Everything is said by days, never by "today": the page stays true, and need not be built again,
until the day on which something falls due. `turns` are those days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from generator.documents import Document
from generator.due import EVENT_FIELDS, TOLD_LATER
from linter.law.calendar import is_working_day
from linter.law.duties import Duty
from linter.registry import Section

_DAY = timedelta(days=1)
# How many items of a day the map tells apart; more look like as many.
_MOST_SHADES = 3


@dataclass(frozen=True)
class SectionState:
    """One section: its newest day, its duties, and how it keeps them.

    `due` is the day by which something new must appear, None without a rhythm or an item; `overdue`
    that it has passed. `in_time` and `late` count the items with a deadline.
    """

    section: Section
    newest: date | None
    rhythm: Duty | None
    deadline: Duty | None
    due: date | None
    overdue: bool
    in_time: int
    late: int


@dataclass(frozen=True)
class Month:
    """A month of the map: how many items, on how many days, out of how many working days."""

    first: date
    items: int
    days: int
    working: int


@dataclass(frozen=True)
class HalfYear:
    """Six months of the map as drawn: one SVG path for each number of items, 0 first.

    Columns are weeks, rows Monday to Sunday, ten units each. `ticks` is a path with a line above
    the week in which each month begins.
    """

    months: tuple[Month, ...]
    width: int
    paths: tuple[str, ...]
    ticks: str


@dataclass(frozen=True)
class Freshness:
    """How up to date a portal is; true from `since` to `last` (None: for good)."""

    sections: tuple[SectionState, ...]
    halves: tuple[HalfYear, ...]
    since: date
    last: date | None


def freshness(
    sections: Sequence[Section],
    documents: Mapping[str, Sequence[Document]],
    duties: Sequence[Duty],
    now: datetime,
) -> Freshness:
    """The state of an edition: `documents` are its public ones by section, newest first."""
    today = now.date()
    states = tuple(_state(section, documents, duties, today) for section in sections)
    days = Counter(d.published.date() for own in documents.values() for d in own)
    newest = max(days, default=today)
    passed = [turn for turn in turns(documents, duties) if turn <= today]
    coming = [turn for turn in turns(documents, duties) if turn > today]
    return Freshness(
        sections=states,
        halves=tuple(_half(start, days) for start in _half_starts(newest)),
        since=max([newest, *passed]),
        last=min(coming) - _DAY if coming else None,
    )


def turns(documents: Mapping[str, Sequence[Document]], duties: Sequence[Duty]) -> Iterator[date]:
    """The days on which, if nothing new appears, a section becomes overdue."""
    for duty in duties:
        newest = _newest(documents.get(duty.section, ()))
        if newest is not None and not duty.event:
            yield duty.due(newest) + _DAY


def _newest(documents: Iterable[Document]) -> date | None:
    return max((document.published.date() for document in documents), default=None)


def _state(
    section: Section,
    documents: Mapping[str, Sequence[Document]],
    duties: Sequence[Duty],
    today: date,
) -> SectionState:
    own = documents.get(section.id, ())
    newest = _newest(own)
    mine = [duty for duty in duties if duty.section == section.id]
    rhythm = min((d for d in mine if not d.event), key=lambda duty: duty.days, default=None)
    deadline = next((duty for duty in mine if duty.event), None)
    due = rhythm.due(newest) if rhythm and newest else None
    kept = [kept for document in own if (kept := _kept(document, deadline)) is not None]
    return SectionState(
        section=section,
        newest=newest,
        rhythm=rhythm,
        deadline=deadline,
        due=due,
        overdue=due is not None and due < today,
        in_time=sum(kept),
        late=len(kept) - sum(kept),
    )


def _kept(document: Document, duty: Duty | None) -> bool | None:
    """Whether the document kept its deadline; None where it has none."""
    if duty is None:
        return None
    event = document.fields.get(EVENT_FIELDS.get(duty.event, ""))
    if event is None:
        return None
    online = document.changed if duty.event in TOLD_LATER else document.published
    done = document.fields.get("answered") or online.date()
    return bool(done <= duty.due(event))


def _half_starts(newest: date) -> tuple[date, date]:
    """The firsts of the months with which the two halves of the year up to `newest` begin."""
    months = newest.year * 12 + newest.month - 1
    return _first(months - 11), _first(months - 5)


def _first(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


def _half(start: date, days: Mapping[date, int]) -> HalfYear:
    months = start.year * 12 + start.month - 1
    firsts = [_first(months + number) for number in range(7)]
    monday = start - start.weekday() * _DAY
    shades: list[list[str]] = [[] for _ in range(_MOST_SHADES + 1)]
    for ordinal in range(start.toordinal(), firsts[-1].toordinal()):
        day = date.fromordinal(ordinal)
        count = min(days.get(day, 0), _MOST_SHADES)
        if count or is_working_day(day):
            shades[count].append(_square((day - monday).days, count))
    return HalfYear(
        months=tuple(_month(first, after, days) for first, after in pairwise(firsts)),
        width=((firsts[-1] - _DAY - monday).days // 7 + 1) * 10,
        paths=tuple("".join(squares) for squares in shades),
        ticks="".join(
            f"M{(first - monday).days // 7 * 10 + 4} -9h2v7h-2z" for first in firsts[:-1]
        ),
    )


def _square(place: int, count: int) -> str:
    """A square the larger the more items, so that the map needs no colour."""
    size = 2 * count + 2
    x, y = place // 7 * 10 + 5 - size // 2, place % 7 * 10 + 5 - size // 2
    return f"M{x} {y}h{size}v{size}h-{size}z"


def _month(first: date, after: date, days: Mapping[date, int]) -> Month:
    span = [date.fromordinal(ordinal) for ordinal in range(first.toordinal(), after.toordinal())]
    return Month(
        first,
        items=sum(days.get(day, 0) for day in span),
        days=sum(day in days for day in span),
        working=sum(is_working_day(day) for day in span),
    )

"""This file foresees what a portal owes: what falls due in the next days, and what is late.

A pure plan: an Agenda (what the documents say of time), the duties that bind the portal, and a day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from linter.law.calendar import add_working_days, working_days_late

if TYPE_CHECKING:
    from generator.documents import Document
    from linter.law.duties import Duty
    from linter.registry import Portal
    from linter.terms import Severity

# The field of a document that holds the day of a law's event, by the event.
EVENT_FIELDS: Mapping[str, str] = {
    "signed": "signed",
    "approved": "approved_on",
    "decided": "approved_on",
    "accepted": "accepted_on",
    "promulgated": "promulgated_on",
    "changed": "changed_on",
    "asked": "asked",
}
# Events that a document may also tell by an update, long after it was first published.
TOLD_LATER = ("changed", "promulgated")
# So many of a section's newest days are kept: enough to find the last one before any near day.
_KEPT_DAYS = 12


@dataclass(frozen=True)
class Waiting:
    """A document that is not yet public, or a question without an answer, and since when.

    `fields` are its days by front matter key. `ready` says that it only waits for its moment.
    """

    section: str
    file: str
    line: int
    title: str
    person: str
    fields: Mapping[str, str]
    published: str
    ready: bool


@dataclass(frozen=True)
class Agenda:
    """All that planning needs of a portal's documents; small enough to keep with a build.

    `days` are, by section, the newest days of publication in ISO form, planned ones too.
    """

    days: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    waiting: tuple[Waiting, ...] = ()


@dataclass(frozen=True)
class Task:
    """Something that must be done by a day.

    `event` and `since` are the event of a deadline and its day; for a rhythm they are empty, and
    `since` is the day of the newest item (None: there is none). `planned` is the day on which a
    document will appear as things stand. `late` counts working days past `due` as a finding does, 0
    for none.
    """

    portal: str
    section: str
    event: str
    title: str
    file: str
    line: int
    person: str
    since: date | None
    due: date
    planned: date | None
    late: int
    severity: Severity
    clauses: tuple[str, ...]


def agenda(documents: Iterable[Document], now: datetime) -> Agenda:
    """What the documents of a portal, drafts too, say of time."""
    days: dict[str, set[str]] = defaultdict(set)
    waiting = []
    for document in documents:
        if document.status == "published":
            days[document.section.id].add(document.published.date().isoformat())
        asked = "asked" in document.fields
        open_question = asked and "answered" not in document.fields
        if open_question or (not asked and not document.is_public(now)):
            waiting.append(_waiting(document))
    newest = {section: tuple(sorted(found)[-_KEPT_DAYS:]) for section, found in days.items()}
    return Agenda(newest, tuple(waiting))


def _waiting(document: Document) -> Waiting:
    fields = {
        field: document.fields[field].isoformat()
        for field in set(EVENT_FIELDS.values())
        if field in document.fields
    }
    return Waiting(
        section=document.section.id,
        file=document.file,
        line=next((document.lines.get((field,), 0) for field in fields), 0),
        title=document.title,
        person=document.author,
        fields=fields,
        published=document.published.date().isoformat(),
        ready=document.status == "published",
    )


def plan(
    portal: Portal, own: Agenda, duties: Sequence[Duty], as_of: date, days: int
) -> tuple[Task, ...]:
    """What is late on a day, and what falls due on it or in the next `days` working days."""
    horizon = add_working_days(as_of, days)
    found = [*_rhythms(portal, own, duties, as_of), *_deadlines(portal, own, duties, as_of)]
    return tuple(sorted((task for task in found if task.due <= horizon), key=urgency))


def urgency(task: Task) -> tuple[Any, ...]:
    """Sorts the gravest and longest overdue first, then by day."""
    late = task.late > 0 or (task.planned is not None and task.planned > task.due)
    return (not late, task.due, task.severity.rank, task.portal, task.section, task.title)


def _rhythms(portal: Portal, own: Agenda, duties: Sequence[Duty], as_of: date) -> Iterator[Task]:
    """For each section with a rhythm, the next item that it needs: by the duty that is nearest."""
    by_section: dict[str, list[Duty]] = defaultdict(list)
    for duty in duties:
        if not duty.event:
            by_section[duty.section].append(duty)
    for section, mine in by_section.items():
        days = [date.fromisoformat(day) for day in own.days.get(section, ())]
        past = [day for day in days if day <= as_of]
        if not past:
            continue  # a section that never had an item is a fault, not a task of this week
        last = max(past)
        nearest = min(duty.due(last) for duty in mine)
        # What is planned in time moves the duty on; the first gap counts.
        for day in sorted(day for day in days if day > as_of):
            if day <= nearest:
                last, nearest = day, min(duty.due(day) for duty in mine)
        broken = [duty for duty in mine if duty.due(last) < as_of]
        chosen = broken or [duty for duty in mine if duty.due(last) == nearest]
        yield Task(
            portal=portal.id,
            section=section,
            event="",
            title="",
            file=portal.file,
            line=0,
            person=portal.responsible.name,
            since=last,
            due=nearest,
            planned=None,
            late=working_days_late(nearest, as_of),
            severity=min((duty.severity for duty in chosen), key=lambda s: s.rank),
            clauses=tuple(sorted({duty.clause for duty in chosen})),
        )


def _deadlines(portal: Portal, own: Agenda, duties: Sequence[Duty], as_of: date) -> Iterator[Task]:
    for one in own.waiting:
        mine = [
            (duty, date.fromisoformat(one.fields[EVENT_FIELDS[duty.event]]))
            for duty in duties
            if duty.section == one.section and EVENT_FIELDS.get(duty.event) in one.fields
        ]
        if not mine:
            continue
        first = min(duty.due(day) for duty, day in mine)
        nearest = [(duty, day) for duty, day in mine if duty.due(day) == first]
        planned = date.fromisoformat(one.published) if one.ready else None
        yield Task(
            portal=portal.id,
            section=one.section,
            event=nearest[0][0].event,
            title=one.title,
            file=one.file,
            line=one.line,
            person=one.person,
            since=nearest[0][1],
            due=first,
            planned=planned if planned and planned > as_of else None,
            late=working_days_late(first, as_of),
            severity=min((duty.severity for duty, _ in nearest), key=lambda s: s.rank),
            clauses=tuple(sorted({duty.clause for duty, _ in nearest})),
        )


def dump_agenda(own: Agenda) -> dict[str, Any]:
    """The agenda as JSON keeps it."""
    return asdict(own)


def load_agenda(data: Mapping[str, Any]) -> Agenda:
    """What dump_agenda wrote."""
    days = {section: tuple(found) for section, found in data["days"].items()}
    return Agenda(days, tuple(Waiting(**entry) for entry in data["waiting"]))

"""This file tells what a portal owes: as text, JSON, a calendar (iCalendar) and an Atom feed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from html import escape
from io import StringIO
from itertools import groupby
from typing import Any

from generator.due import Task
from linter.messages import N_, say
from linter.registry import Portal, Section

SCHEMA = "congtin.due/1"

# What an event is called before its day, as the findings of late-item call it.
_EVENTS = {
    "signed": N_("signed on"),
    "approved": N_("approved on"),
    "decided": N_("decided on"),
    "accepted": N_("accepted on"),
    "asked": N_("asked on"),
}


class Words:
    """Tells a task in a language, with the names of portals and sections as people know them."""

    def __init__(self, portals: Iterable[Portal], sections: Iterable[Section], lang: str) -> None:
        self.portals = {portal.id: portal for portal in portals}
        self.sections = {section.id: section for section in sections}
        self.lang = lang

    def portal(self, task: Task) -> str:
        """The portal's short name, in English its full one."""
        portal = self.portals[task.portal]
        return portal.short_name if self.lang == "vi" else portal.name_en

    def summary(self, task: Task) -> str:
        """What must be done, in a few words."""
        section = self.sections[task.section]
        title = section.title if self.lang == "vi" else section.title_en
        params = {"section": title, "title": task.title}
        if not task.event:
            return say(N_("Something new in “{section}”"), params, self.lang)
        if task.event == "asked":
            return say(N_("Answer “{title}”"), params, self.lang)
        return say(N_("Publish “{title}”"), params, self.lang)

    def state(self, task: Task) -> str:
        """By when, and how late."""
        params = {"due": task.due.isoformat(), "late": task.late}
        if task.late:
            return say(N_("was due on {due:weekday}, {late} working days late"), params, self.lang)
        if task.planned is not None and task.planned > task.due:
            params["planned"] = task.planned.isoformat()
            text = N_("due by {due:weekday}, but planned for {planned:weekday}")
            return say(text, params, self.lang)
        return say(N_("due by {due:weekday}"), params, self.lang)

    def reason(self, task: Task) -> str:
        """From what day it was counted, by which clauses."""
        params = {
            "since": task.since.isoformat() if task.since else "",
            "event": _EVENTS.get(task.event, ""),
            "clauses": ", ".join(task.clauses),
        }
        if task.event:
            return say(N_("{event:word} {since:weekday}, by {clauses}"), params, self.lang)
        return say(N_("newest item of {since:weekday}, by {clauses}"), params, self.lang)

    def line(self, task: Task) -> str:
        """All of it in a line, without the person."""
        return f"{self.portal(task)}: {self.summary(task)}: {self.state(task)}"


def write_text(tasks: Sequence[Task], words: Words, as_of: date, days: int) -> str:
    """By person, each with what is theirs; then the count."""
    lines: list[str] = []
    by_person = sorted(tasks, key=lambda task: task.person)
    for person, own in groupby(by_person, key=lambda task: task.person):
        lines.append(person)
        for task in own:
            lines.append(f"  {words.line(task)}")
            place = f"{task.file}:{task.line}" if task.line else task.file
            lines.append(f"    {words.reason(task)} – {place}")
        lines.append("")
    params = {
        "count": len(tasks),
        "late": sum(task.late > 0 for task in tasks),
        "as_of": as_of.isoformat(),
        "days": days,
    }
    text = N_("{as_of:weekday}: due within {days} working days: {count}; late: {late}.")
    return "\n".join([*lines, say(text, params, words.lang)]) + "\n"


def write_json(tasks: Sequence[Task], words: Words, as_of: date, days: int) -> str:
    """The tasks with their sentences, for other programs."""
    rows = [{**_plain(asdict(task)), "says": words.line(task)} for task in tasks]
    data = {"schema": SCHEMA, "as_of": as_of.isoformat(), "days": days, "tasks": rows}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}


def write_ics(tasks: Sequence[Task], words: Words, as_of: date) -> str:
    """A calendar with an all-day entry a task, on its last day; what is late stands on `as_of`."""
    from icalendar import Calendar, Event  # noqa: PLC0415  # slow to load

    calendar = Calendar()
    calendar.add("prodid", "-//congtin//due//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    for task in tasks:
        entry = Event()
        entry.add("uid", f"{_name(task)}@congtin")
        entry.add("dtstamp", datetime.combine(as_of, time.min, UTC))
        day = max(task.due, as_of)
        entry.add("dtstart", day)
        entry.add("dtend", day + timedelta(days=1))
        entry.add("summary", words.line(task))
        entry.add("description", f"{task.person}\n{words.reason(task)}\n{task.file}")
        entry.add("categories", [task.portal])
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    return str(calendar.to_ical().decode("utf-8"))


def write_atom(tasks: Sequence[Task], words: Words, as_of: date, home: str) -> str:
    """A feed with an entry for each task; an entry's identity outlives the run."""
    from feedgenerator import Atom1Feed  # noqa: PLC0415  # comes with Pelican

    moment = datetime.combine(as_of, time.min, UTC)
    feed = Atom1Feed(
        title=say(N_("What falls due"), {}, words.lang),
        link=home,
        description="",
        language=words.lang,
        feed_guid="urn:congtin:due:" + "+".join(sorted(words.portals)),
    )
    for task in tasks:
        feed.add_item(
            title=words.line(task),
            link=words.portals[task.portal].url,
            description=escape(f"{task.person}: {words.reason(task)}", quote=False),
            unique_id=f"urn:congtin:{_name(task)}",
            author_name=task.person,
            pubdate=moment,
            updateddate=moment,
        )
    out = StringIO()
    feed.write(out, "utf-8")
    return out.getvalue() + "\n"


def _name(task: Task) -> str:
    """Names a task by what it is, so that a calendar replaces it instead of adding it again."""
    since = task.since.isoformat() if task.since else ""
    words = (task.portal, task.section, task.event, task.file, since)
    return sha256("\0".join(words).encode("utf-8")).hexdigest()[:20]


def most_urgent(tasks: Iterable[Task], words: Words, count: int = 3) -> Iterator[str]:
    """The first tasks of a plan, a line each, with who must act."""
    for task, _ in zip(tasks, range(count), strict=False):
        yield f"{words.line(task)} – {task.person}"

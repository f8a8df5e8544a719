"""This file finds the mistakes of one document that no schema can see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from generator.due import EVENT_FIELDS, TOLD_LATER
from generator.markdown import raw_html_in
from linter.errors import Mistake
from linter.messages import N_
from linter.registry import Portal
from linter.strict_yaml import Yaml
from linter.vietnamese import legacy_words


def body_mistakes(text: str, body: str, body_line: int, file: str) -> list[Mistake]:
    """What is wrong with the text: an old encoding, HTML, nothing at all."""
    found = []
    lines = enumerate(text.split("\n"), 1) if legacy_words(text) else ()
    for number, line in lines:
        if words := legacy_words(line):
            message = N_(
                "“{word}” is text in an old Vietnamese encoding. Type it again in Unicode."
            )
            found.append(Mistake(file, number, message, {"word": words[0]}))
            break
    for number, tag in raw_html_in(body, body_line):
        message = N_("HTML is not allowed in documents: {tag}. Write Markdown instead.")
        found.append(Mistake(file, number, message, {"tag": tag[:40]}))
    if not body.strip():
        message = N_("The document has a header but no text: write it below the second ---.")
        found.append(Mistake(file, body_line, message))
    return found


def contradictions(yaml: Yaml, file: str, portal: Portal) -> list[Mistake]:
    """Keys of a header that are each right, and wrong together or on this portal."""
    data = yaml.value
    found = []
    board = {person.name for person in portal.board.people}
    if data["approver"] == data["author"]:
        message = N_("The approver must be another person than the author.")
        found.append(Mistake(file, yaml.line("approver"), message, law="ct11-2015/5.c.1"))
    if data["approver"] not in board:
        message = N_("{name} is not on the editorial board, so cannot approve. Board: {board}.")
        params = {"name": data["approver"], "board": ", ".join(sorted(board))}
        found.append(Mistake(file, yaml.line("approver"), message, params, "ct11-2015/5.c.1"))
    for name in data.get("urgent", {}).get("by", ()):
        if name not in board:
            message = N_("{name} is not on the editorial board, so cannot approve. Board: {board}.")
            params = {"name": name, "board": ", ".join(sorted(board))}
            line = yaml.line("urgent", "by")
            found.append(Mistake(file, line, message, params, "ct11-2015/5.c.1"))
    return [*found, *_out_of_order(yaml, file)]


# Days of a header of which the first cannot lie after the second.
_ORDER = (
    ("approved", "published"),
    ("published", "updated"),
    ("opens", "closes"),
    ("signed", "published"),
    ("approved_on", "published"),
    ("accepted_on", "published"),
    ("asked", "published"),
    ("asked", "answered"),
)


def _out_of_order(yaml: Yaml, file: str) -> Iterator[Mistake]:
    data = yaml.value
    last = "updated" if "updated" in data else "published"
    for earlier, later in (*_ORDER, *((EVENT_FIELDS[event], last) for event in TOLD_LATER)):
        if earlier not in data or later not in data:
            continue
        if datetime.fromisoformat(data[later]) < datetime.fromisoformat(data[earlier]):
            message = N_("{later} lies before {earlier} ({day:date}): one of the two is wrong.")
            params = {"later": later, "earlier": earlier, "day": data[earlier][:10]}
            yield Mistake(file, yaml.line(later), message, params)

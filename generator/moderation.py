"""This file shows who answers for what: owners of folders for the platform, and the audit trail.

The Directive wants author and approver to be two people, the approver of the portal's board. The
platform asks the board for its consent (CODEOWNERS); the trail says afterwards who gave it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from generator.documents import Document
from generator.git import read_log
from linter.messages import N_, translate
from linter.registry import Registry

_HEAD = "# Tệp này do lệnh “congtin moderation codeowners” viết ra từ số đăng ký; không sửa tay."
# A spreadsheet takes a cell that starts so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Entry:
    """One document in the trail; the commits are empty where no history is at hand."""

    portal: str
    file: str
    title: str
    author: str
    approver: str
    approved: str
    published: str
    updated: str
    status: str
    first_commit: str = ""
    last_commit: str = ""
    committed: str = ""
    committer: str = ""


COLUMNS: Mapping[str, str] = {
    "portal": N_("Portal"),
    "file": N_("File"),
    "title": N_("Title"),
    "author": N_("Author"),
    "approver": N_("Approved by"),
    "approved": N_("Approved on"),
    "published": N_("Posted on"),
    "updated": N_("Changed on"),
    "status": N_("State"),
    "first_commit": N_("First commit"),
    "last_commit": N_("Last commit"),
    "committed": N_("Committed on"),
    "committer": N_("Committed by"),
}


@dataclass(frozen=True)
class Commits:
    """The oldest and the newest commit of a file; the newest with its day and its author."""

    first: str
    last: str
    day: str
    who: str


def codeowners(registry: Registry) -> str:
    """A portal's folder belongs to its board, all else to the main portal's."""
    main = registry.portal(registry.main_portal)
    lines = [_HEAD, f"* {main.board.email}"]
    lines += [f"/content/{portal.id}/ {portal.board.email}" for portal in registry.portals]
    return "\n".join(lines) + "\n"


def read_commits(root: Path) -> Mapping[str, Commits] | None:
    """The commits of each file below content/, by one run of git; None without a history."""
    found: dict[str, Commits] = {}
    for commit in read_log(root, "--no-renames", "--", "content"):
        for file in commit.files:
            newer = found.get(file, Commits("", commit.name, str(commit.day), commit.author))
            found[file] = Commits(commit.name, newer.last, newer.day, newer.who)
    return found or None


def trail(
    documents: Iterable[Document], commits: Mapping[str, Commits], start: date, end: date
) -> list[Entry]:
    """The documents approved, posted or changed within the days, by portal and time."""
    found = []
    for document in documents:
        moments = [document.approved, document.published, document.updated]
        if any(moment and start <= moment.date() <= end for moment in moments):
            commit = commits.get(document.file, Commits("", "", "", ""))
            found.append(
                Entry(
                    portal=document.portal,
                    file=document.file,
                    title=document.title,
                    author=document.author,
                    approver=document.approver,
                    approved=document.approved.isoformat(timespec="minutes"),
                    published=document.published.isoformat(timespec="minutes"),
                    updated=(
                        document.updated.isoformat(timespec="minutes") if document.updated else ""
                    ),
                    status=document.status,
                    first_commit=commit.first,
                    last_commit=commit.last,
                    committed=commit.day,
                    committer=commit.who,
                )
            )
    return sorted(found, key=lambda entry: (entry.portal, entry.published, entry.file))


def write_trail(entries: Sequence[Entry], form: str, lang: str) -> bytes:
    """The trail as csv, xlsx or json."""
    rows = [asdict(entry) for entry in entries]
    if form == "json":
        return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    names = [field.name for field in fields(Entry)]
    heads = [translate(COLUMNS[name], lang) for name in names]
    table = [heads, *([str(row[name]) for name in names] for row in rows)]
    return _csv(table) if form == "csv" else _xlsx(table)


def _csv(table: Iterable[Sequence[str]]) -> bytes:
    """With a byte order mark, for which spreadsheets know that it is UTF-8."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    for row in table:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def _xlsx(table: Iterable[Sequence[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(table, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column, text)
            cell.data_type = "s"
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()

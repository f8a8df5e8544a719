"""This file gathers when each page came to be, from git and from earlier publications.

It is handed to the linter beside the manifest (linter.sites.appeared), for a date in a header is
only what its author says. Git proves that a document was not public before the commit that made it
so; a publication, that a page was there from then on. The first commit and the first publication of
a portal prove nothing: that is when it moved in.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator.build import Project
from generator.git import head, read_log
from linter.atomic import write_file
from linter.model import Appearance
from linter.sites.appeared import appeared_path, dump_appeared


def note_history(
    project: Project, portal_id: str, digest: str, commits: Mapping[str, date], as_of: date
) -> None:
    """Writes beside the staging folder what is known of its pages on that day, if it changed.

    `commits` is the portal's part of first_commits(). Pages that this build is the first to have
    count as public from this day on: they are, if it passes.
    """
    found: dict[str, list[Appearance]] = defaultdict(list)
    for file, day in commits.items():
        if day <= as_of:
            found[_page_of(file)].append(Appearance("git", day, date.max))
    for page, (after, by) in _next_record(project, portal_id, digest, as_of)["pages"].items():
        if after and date.fromisoformat(by) <= as_of:
            span = (date.fromisoformat(after), date.fromisoformat(by))
            found[page].append(Appearance("manifest", *span))
    path = appeared_path(project.staging(portal_id))
    data = dump_appeared({page: tuple(known) for page, known in found.items()})
    if (found or path.exists()) and not (path.exists() and path.read_bytes() == data):
        write_file(path, data)


def _page_of(file: str) -> str:
    """The page of a document by its path below the portal's folder (see Document.url)."""
    stem = file.removesuffix(".md")
    if stem.endswith(".en"):
        return f"en/{stem.removesuffix('.en')}/index.html"
    return f"{stem}/index.html"


def first_commits(project: Project) -> Mapping[str, Mapping[str, date]]:
    """By portal and document: the day of the commit that first made it public.

    One `git log` for all of them, remembered until HEAD moves. Nothing where there is no
    repository, and nothing of the commit with which a portal moved in.
    """
    now = head(project.root)
    if not now:
        return {}
    path = project.work / "cache" / "commits.json"
    known = _read(path)
    if known.get("head") != now:
        known = {"head": now, "portals": _read_log(project)}
        write_file(path, json.dumps(known, ensure_ascii=False).encode("utf-8"))
    return {
        portal: {file: date.fromisoformat(day) for file, day in files.items()}
        for portal, files in known["portals"].items()
    }


def _read_log(project: Project) -> dict[str, dict[str, str]]:
    log = read_log(
        project.root,
        "--reverse",
        "--find-renames",
        "--diff-filter=AM",
        "-G^status: *[\"']?published",
        "--",
        "content/*.md",
    )
    first: dict[str, str] = {}
    portals: dict[str, dict[str, str]] = defaultdict(dict)
    for commit in log:
        for file in commit.files:
            portal, _, document = file.removeprefix("content/").partition("/")
            if first.setdefault(portal, commit.name) != commit.name:
                portals[portal].setdefault(document, commit.day.isoformat())
            else:
                portals[portal].setdefault(document, "")
    return {
        portal: {file: day for file, day in files.items() if day}
        for portal, files in portals.items()
    }


def record_publication(project: Project, portal_id: str, digest: str, day: date) -> None:
    """Remembers which pages are public on that day."""
    known = _read(_record_path(project, portal_id))
    record = _next_record(project, portal_id, digest, day)
    if record != known:
        write_file(_record_path(project, portal_id), json.dumps(record).encode("utf-8"))


def _next_record(project: Project, portal_id: str, digest: str, day: date) -> dict[str, Any]:
    """The record after a publication of the staged portal on that day.

    It holds the last day, the release, and for each page the last day without it (empty for those
    with which the portal moved in) and the first with it. A run for an earlier day proves nothing.
    """
    known = _read(_record_path(project, portal_id))
    last, today = known.get("last", ""), day.isoformat()
    pages: dict[str, list[str]] = dict(known.get("pages", {}))
    if last > today:
        return {"last": last, "digest": known["digest"], "pages": pages}
    if known.get("digest") != digest:
        staging = project.staging(portal_id)
        manifest = _read(staging.with_name(staging.name + ".manifest.json"))
        for page in manifest.get("documents", {}).values():
            pages.setdefault(page, [last, today])
    return {"last": today, "digest": digest, "pages": pages}


def _record_path(project: Project, portal_id: str) -> Path:
    return project.public / ".releases" / f"{portal_id}.record.json"


def _read(path: Path) -> dict[str, Any]:
    """A JSON object that we wrote; an empty one where it is not there or unreadable."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}

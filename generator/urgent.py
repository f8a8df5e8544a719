"""This file publishes urgent notices past a closed gate, and nothing else with them.

Two persons of the board mark a notice urgent, with a reason and a last day. Where the gate keeps
the portal back, its last published version is copied, and only the notice's own page, its files
and an alert on the home page are added. A portal that was never published is shown with the notice
as its only document. The notice itself is judged as any page; what else changed stays behind the
gate. Each such step is a line in an append-only log.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

from generator.build import Project, load_items, newest
from generator.documents import Document, public_paths, read_documents
from generator.files import remove_folder, tree_digest
from generator.pages import Item, PortalJob
from generator.rendering import render_all
from linter.errors import Mistake
from linter.findings import Report
from linter.lint import Terms, lint
from linter.messages import N_, translate
from linter.registry import Portal, Registry
from linter.sites.folder import read_folder
from linter.terms import Outcome, Severity, Verdict

_HOME = "index.html"
_HEAD_OF_HOME = '<div class="identity">'
_ALERT = '<p class="alert warning"><strong>{word}:</strong> <a href="{url}">{title}</a></p>\n'
_WORD = N_("Urgent")
_PREFIX = "urgent-"


@dataclass(frozen=True)
class Lane:
    """A folder ready to take the place of a portal: the last good version and `notices`.

    `held` says of each other notice why it is not among them; without `notices` there is no
    `folder`.
    """

    folder: Path | None = None
    digest: str = ""
    items: tuple[Item, ...] = ()
    notices: tuple[Document, ...] = ()
    held: tuple[Mistake, ...] = ()


def is_urgent(document: Document, now: datetime) -> bool:
    """Whether the notice may pass the gate now: marked, public, not settled and not run out."""
    until = document.urgent.get("until", "")
    open_until = bool(until) and "settled" not in document.urgent
    return open_until and document.is_public(now) and now.date() <= date.fromisoformat(until)


def urgent_notices(
    project: Project, registry: Registry, portal: Portal, now: datetime
) -> tuple[Document, ...]:
    """The portal's urgent notices that have no mistake of their own."""
    documents, mistakes = read_documents(project.content, registry, portal, project.work / "cache")
    wrong = {mistake.file for mistake in mistakes}
    return tuple(d for d in documents if d.file not in wrong and is_urgent(d, now))


def build_lane(
    project: Project,
    registry: Registry,
    portal: Portal,
    base: Path | None,
    notices: Sequence[Document],
    now: datetime,
    terms: Terms,
) -> Lane:
    """The base, if there is one, with those notices that pass on their own.

    The folder lies below .congtin and belongs to the caller.
    """
    held: list[Mistake] = []
    wanted = tuple(notices)
    while wanted:
        lane = Path(tempfile.mkdtemp(dir=project.work, prefix=f"{_PREFIX}{portal.id}-"), portal.id)
        if base is not None:
            shutil.copytree(base, lane)
        _add_notices(project, registry, portal, wanted, now, lane)
        report = lint(read_folder(lane, portal.site), terms, lane)
        good = {page.url for page in report.pages if page.verdict is Verdict.PASS}
        passed = tuple(n for n in wanted if _address(portal, n) in good)
        if passed == wanted:
            _alert_on_home(lane, portal, passed)
            items = _items(portal, base, passed)
            return Lane(lane, tree_digest([lane]), items, passed, tuple(held))
        held += [_why_held(portal, n, report) for n in wanted if n not in passed]
        remove_folder(lane.parent)
        wanted = passed
    return Lane(held=tuple(held))


def sweep_lanes(project: Project) -> None:
    """Removes the lanes that a killed publication left half built."""
    for path in project.work.glob(f"{_PREFIX}*"):
        shutil.rmtree(path)


def _address(portal: Portal, notice: Document) -> str:
    return portal.url + notice.url.lstrip("/")


def _items(portal: Portal, base: Path | None, notices: Sequence[Document]) -> tuple[Item, ...]:
    """The notices and what the base told the main portal."""
    kept = base.with_name(base.name + ".items.json") if base else None
    known = load_items(kept.read_bytes()) if kept and kept.exists() else ()
    fresh = newest(portal, notices)
    return (*fresh, *(i for i in known if i.url not in {f.url for f in fresh}))


def _why_held(portal: Portal, notice: Document, report: Report) -> Mistake:
    """Its own page has faults, which are named, or could not be judged."""
    own = [f for f in report.findings if f.page == _address(portal, notice)]
    grave = [f for f in own if f.outcome is Outcome.FAIL and f.severity is not Severity.NOTICE]
    rules = sorted({f.rule for f in grave})
    line = notice.lines.get(("urgent",), 0)
    if not rules:
        message = N_("The urgent notice is held back: its own page could not be judged.")
        return Mistake(notice.file, line, message)
    message = N_(
        "The urgent notice is held back by faults of its own page: {rules}. Mend these first."
    )
    return Mistake(notice.file, line, message, {"rules": ", ".join(rules)})


def _add_notices(
    project: Project,
    registry: Registry,
    portal: Portal,
    notices: tuple[Document, ...],
    now: datetime,
    lane: Path,
) -> None:
    """Builds a portal of the notices alone, and takes their pages and files out of it.

    Where no lane is to add to, that portal is the lane.
    """
    from generator.pelican_site import build_portal  # noqa: PLC0415  # Pelican is slow to load

    links = public_paths(portal, notices, now)
    compiled = project.work / "cache" / "templates"
    compiled.mkdir(parents=True, exist_ok=True)
    job = PortalJob(
        registry=registry,
        portal=portal,
        documents=notices,
        markups=render_all(notices, links, None),
        files=links,
        latest=(),
        now=now,
        theme=project.theme,
        content=project.content,
        compiled=compiled,
    )
    with tempfile.TemporaryDirectory(dir=project.work, prefix=_PREFIX) as name:
        built = Path(name, portal.id)
        built.mkdir()
        manifest = build_portal(job, built)
        if not lane.exists():
            built.rename(lane)
            return
        own = {path.lstrip("/") for path in links.values() if not path.endswith("/")}
        for path in (*(manifest["documents"][n.file] for n in notices), *own):
            target = lane / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(built / path, target)


def _alert_on_home(lane: Path, portal: Portal, notices: Sequence[Document]) -> None:
    """A line with a link to each notice on top of the home page of the first language."""
    lines = "".join(
        _ALERT.format(
            word=translate(_WORD, portal.languages[0]),
            url=escape(notice.url),
            title=escape(notice.title),
        )
        for notice in notices
    )
    home = lane / _HOME
    text = home.read_text("utf-8")
    assert _HEAD_OF_HOME in text, "the theme's header names its identity"
    home.write_text(text.replace(_HEAD_OF_HOME, lines + _HEAD_OF_HOME, 1), "utf-8")


def log_step(path: Path, step: dict[str, Any]) -> None:
    """Adds a line to the log in one write, and waits until it is on the disk."""
    line = json.dumps(step, ensure_ascii=False, sort_keys=True) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(handle, line.encode("utf-8"))
        os.fsync(handle)
    finally:
        os.close(handle)

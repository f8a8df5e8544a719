"""This file keeps one portal built and judged while its editor writes, drafts included.

It works in a folder of its own, so that a publication may run beside it. Nothing of it is ever
published: what the public sees is built anew, without drafts, and judged whole.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from generator.build import Project, build
from generator.documents import Document, read_documents
from generator.files import tree_digest
from generator.publish import published_items
from linter.errors import Mistake, UserError
from linter.findings import ClauseCard, Finding, Report, RuleCard
from linter.judge import Bench, judge
from linter.lint import Terms, bench
from linter.messages import N_
from linter.model import Snapshot
from linter.page import Page
from linter.registry import Portal, Registry, read_registry
from linter.sites.folder import path_of, read_folder, url_of
from linter.sites.manifest import read_manifest

# Kinds of files whose bytes no page shows: another index or feed is no reason to load a page again.
_UNSEEN = (".html", ".xml", ".json", ".txt")


@dataclass(frozen=True)
class Shown:
    """What stands in the preview: a number that grows, and what is known of the pages.

    `digests` names what a reader of each page (by path below the folder) sees. `mistakes` keep the
    portal from being built: the pages are then the last good ones. `findings` may still miss those
    that need the whole site until `judged`. `waiting` are documents, by page, that are not public.
    """

    number: int = 0
    digests: Mapping[str, str] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    findings: tuple[Finding, ...] = ()
    cards: Mapping[str, RuleCard] = field(default_factory=dict)
    clauses: Mapping[str, ClauseCard] = field(default_factory=dict)
    waiting: Mapping[str, Document] = field(default_factory=dict)
    judged: bool = False
    seconds: float = 0.0


class Preview:
    """One portal's preview. One thread builds, others look: they wait while a build runs."""

    def __init__(self, project: Project, portal_id: str, now: datetime, terms: Terms) -> None:
        self.project = project
        self.own = replace(project, place=f"{project.place}/preview")
        self.portal_id = portal_id
        self.now = now
        self.terms = replace(terms, browser="none")
        self.shown = Shown()
        self.report: Report | None = None
        self.snapshot: Snapshot | None = None
        self.folder = self.own.staging(portal_id)
        self.building = threading.Lock()
        self.changed = threading.Condition()

    def build(self) -> None:
        """Builds what the files now say. Mistakes of the user are shown, and end nothing."""
        start = time.monotonic()
        before = self.shown
        with self.building:
            try:
                mistakes, waiting = self._build()
                digests = _digests(self.folder) if not mistakes else before.digests
            except UserError as error:
                mistakes, waiting, digests = tuple(error.mistakes), before.waiting, before.digests
            self._show(
                replace(
                    before,
                    number=before.number + 1,
                    digests=digests,
                    mistakes=mistakes,
                    waiting=waiting,
                    judged=bool(mistakes),
                    seconds=time.monotonic() - start,
                )
            )

    def judge(self) -> None:
        """Judges the pages that changed alone, and shows that; then the whole portal."""
        if self.shown.mistakes:
            return
        with self.building:
            snapshot = read_folder(self.folder)
        full = bench(self.terms)
        changed = _changed_pages(self.snapshot, snapshot)
        if self.snapshot is not None and 0 < 2 * len(changed.pages) < len(snapshot.pages):
            self._judge_first(changed, full)
        self.snapshot = snapshot
        self.report = judge(snapshot, full)
        cards = {card.id: card for card in self.report.rules}
        self._show(
            replace(
                self.shown,
                number=self.shown.number + 1,
                findings=self.report.findings,
                cards=cards,
                clauses=self.report.card_of_clause,
                judged=True,
            )
        )

    def judge_pages_of(self, files: Collection[str]) -> Report | None:
        """The pages made of some files, alone, by the rules that need one page; None for none."""
        if self.shown.mistakes:
            return None
        manifest = read_manifest(self.folder.with_name(self.folder.name + ".manifest.json"))
        pages = tuple(
            Page(url_of(name, manifest.site), (self.folder / name).read_bytes(), source=source)
            for name, source in manifest.sources.items()
            if source.file in files
        )
        alone = Snapshot(manifest.site, pages, origin="folder")
        return judge(alone, _page_bench(bench(self.terms))) if pages else None

    def wait(self, number: int, seconds: float) -> Shown:
        """What is shown after `number`; the same as before when nothing came in that time."""
        with self.changed:
            self.changed.wait_for(lambda: self.shown.number != number, seconds)
            return self.shown

    def _build(self) -> tuple[tuple[Mistake, ...], Mapping[str, Document]]:
        registry = read_registry(self.project.content)
        portal = _portal_of(registry, self.portal_id)
        is_main = portal.id == registry.main_portal
        latest = published_items(self.project, registry) if is_main else ()
        built = build(self.own, registry, portal, self.now, latest, drafts=True)
        if built.mistakes:
            return built.mistakes, self.shown.waiting
        cache = self.own.work / "cache"
        documents, _ = read_documents(self.project.content, registry, portal, cache)
        waiting = {
            document.url.lstrip("/") + "index.html": document
            for document in documents
            if not document.is_public(self.now)
        }
        return (), waiting

    def _judge_first(self, changed: Snapshot, full: Bench) -> None:
        """Rules that need one page only; what was found elsewhere stays as it was."""
        own = _page_bench(full)
        quick = judge(changed, own)
        urls = {page.url for page in changed.pages}
        others = tuple(
            finding
            for finding in self.shown.findings
            if finding.page not in urls or finding.rule not in own.rules
        )
        findings = quick.findings + others
        self._show(replace(self.shown, number=self.shown.number + 1, findings=findings))

    def _show(self, shown: Shown) -> None:
        with self.changed:
            self.shown = shown
            self.changed.notify_all()


def _page_bench(full: Bench) -> Bench:
    """The bench with those rules alone that need one page only."""
    own = {name: rule for name, rule in full.rules.items() if rule.page_check}
    return replace(full, rules=own, facts=False)


def _portal_of(registry: Registry, portal_id: str) -> Portal:
    """The portal; its own mistakes, as a UserError, when its portal.yml cannot be used."""
    if portal_id in registry.broken:
        raise UserError(registry.broken[portal_id])
    try:
        return registry.portal(portal_id)
    except KeyError as error:
        message = N_("There is no portal {id}.")
        raise UserError(Mistake("congtin", 0, message, {"id": portal_id})) from error


def _digests(folder: Path) -> dict[str, str]:
    """Each page by its path, named by its bytes and by those of what it may show."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    seen = tree_digest(path for path in paths if path.suffix not in _UNSEEN)
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            seen.encode() + path.read_bytes()
        ).hexdigest()[:16]
        for path in paths
        if path.suffix == ".html"
    }


def _changed_pages(before: Snapshot | None, after: Snapshot) -> Snapshot:
    """The snapshot with those pages alone whose bytes are not what they were."""
    known = {page.url: page.body for page in before.pages} if before else {}
    pages = tuple(page for page in after.pages if known.get(page.url) != page.body)
    return Snapshot(after.site, pages, origin=after.origin)


def findings_on(shown: Shown, snapshot: Snapshot | None, path: str) -> tuple[Finding, ...]:
    """What was found on the page at a path below the folder."""
    if snapshot is None:
        return ()
    return tuple(f for f in shown.findings if path_of(f.page, snapshot.site) == path)

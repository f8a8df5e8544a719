"""This file publishes: build, judge, gate and promote, portal by portal.

What passes takes the place of its public/<portal> in one step; what fails, or could not be
judged, keeps its last published version, to which generator.urgent may add urgent notices. One
portal's fault never holds back another.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from generator.build import Build, Project, build, dump_items, fresh_build, load_items
from generator.files import installed, remove_folder, tree_digest
from generator.history import first_commits, note_history, record_publication
from generator.pages import Item
from generator.urgent import Lane, build_lane, log_step, sweep_lanes, urgent_notices
from linter.atomic import write_file
from linter.browser.program import installed_version
from linter.errors import Mistake
from linter.findings import Report
from linter.lint import Terms, lint
from linter.registry import Portal, Registry
from linter.sites.appeared import appeared_path
from linter.sites.folder import read_folder
from linter.terms import Verdict

_KEPT_RELEASES = 2
_LINTER = Path(lint.__code__.co_filename).parent


@dataclass(frozen=True)
class Order:
    """How a publication goes: the same for every portal. `now` is local time without zone."""

    now: datetime
    terms: Terms
    clean: bool = False


@dataclass(frozen=True)
class Publication:
    """What came of one portal: `report` is None when it could not be built.

    `urgent` are the notices that were published although the gate was closed, `held` says why
    others were not.
    """

    portal: str
    build: Build
    report: Report | None
    promoted: bool
    seconds: float
    urgent: tuple[str, ...] = ()
    held: tuple[Mistake, ...] = ()


def publish(
    project: Project,
    registry: Registry,
    portals: Sequence[Portal],
    order: Order,
    pool: Executor,
    done: Callable[[Publication], None],
) -> list[Publication]:
    """Publishes `portals`, calling `done` after each; the main portal last, for it lists the rest.

    A worker of `pool` builds and judges; only this process promotes, so that one hand alone
    writes below public/.
    """
    results: list[Publication] = []
    commits = first_commits(project)
    by_id = {portal.id: portal for portal in portals}

    def take(result: Publication) -> None:
        if result.report is not None and result.report.verdict is Verdict.PASS:
            _end_lane(project, result.portal, order, "passed")
            promote(project, result.portal, result.build)
            record_publication(project, result.portal, result.build.digest, order.now.date())
            result = replace(result, promoted=True)
        else:
            lane = _open_lane(project, registry, by_id[result.portal], order)
            notices = tuple(notice.file for notice in lane.notices)
            result = replace(result, urgent=notices, held=lane.held)
        results.append(result)
        done(result)

    def run(these: Sequence[Portal], latest: Sequence[Item]) -> None:
        waiting = []
        for portal in these:
            own = commits.get(portal.id, {})
            known = _known(project, portal, order, latest, own)
            if known is None:
                waiting.append(pool.submit(stage, project, registry, portal, order, latest, own))
            else:
                take(known)
        for future in as_completed(waiting):
            take(future.result())

    run([portal for portal in portals if portal.id != registry.main_portal], ())
    main = [portal for portal in portals if portal.id == registry.main_portal]
    run(main, published_items(project, registry) if main else ())
    return sorted(results, key=lambda result: result.portal)


def stage(
    project: Project,
    registry: Registry,
    portal: Portal,
    order: Order,
    latest: Sequence[Item],
    commits: Mapping[str, date],
) -> Publication:
    """Builds and judges one portal, in a worker process; nothing below public/ changes.

    `commits` are the days on which git saw its documents become public.
    """
    start = time.monotonic()
    built = build(project, registry, portal, order.now, latest, order.clean)
    report = None
    if not built.mistakes:
        note_history(project, portal.id, built.digest, commits, order.now.date())
        report = _judge_once(project, portal, built, order)
    return Publication(portal.id, built, report, False, time.monotonic() - start)


def promote(project: Project, portal_id: str, built: Build) -> None:
    """Makes the staged portal the public one."""
    release = _release_of(project, portal_id, built.digest)
    _put(project, portal_id, project.staging(portal_id), release, built.latest)


def _release_of(project: Project, portal_id: str, digest: str) -> Path:
    return project.public / ".releases" / f"{portal_id}-{digest[:16]}"


def _put(
    project: Project, portal_id: str, folder: Path, release: Path, items: Sequence[Item]
) -> None:
    """Copies a folder to a new release, then shows that."""
    if not release.is_dir():
        fresh = release.with_name(f".{release.name}.{os.getpid()}")
        remove_folder(fresh)
        shutil.copytree(folder, fresh)
        write_file(_items_path(release), dump_items(items))
        fresh.rename(release)
    _show(project, portal_id, release)


def _show(project: Project, portal_id: str, release: Path) -> None:
    """Sets the portal's link to a release, in one rename."""
    releases = release.parent
    link = project.public / portal_id
    if not link.is_symlink() or link.readlink() != Path(".releases", release.name):
        pointer = releases / f".{portal_id}.{os.getpid()}.link"
        pointer.unlink(missing_ok=True)
        pointer.symlink_to(Path(".releases", release.name))
        pointer.replace(link)
    _remove_old_releases(releases, portal_id, release)


def _open_lane(project: Project, registry: Registry, portal: Portal, order: Order) -> Lane:
    """Adds the portal's urgent notices to its last good version; takes away those that ended."""
    current = _current(project, portal.id)
    base = _base_of(current) if current else None
    notices = urgent_notices(project, registry, portal, order.now)
    lane = build_lane(project, registry, portal, base, notices, order.now, order.terms)
    if lane.folder is None:
        _end_lane(project, portal.id, order, "ended")
        return lane
    release = _release_of(project, portal.id, lane.digest)
    if release != current:
        step = {
            "step": "published",
            "portal": portal.id,
            "for": order.now.isoformat(timespec="minutes"),
            "base": base.name if base else "",
            "release": release.name,
            "notices": [{"file": n.file, **n.urgent} for n in lane.notices],
        }
        log_step(_log_path(project), step)  # before it is seen: nothing unlogged is public
        write_file(_base_path(release), base.name.encode() if base else b"")
    _put(project, portal.id, lane.folder, release, lane.items)
    remove_folder(lane.folder.parent)
    return lane


def _end_lane(project: Project, portal_id: str, order: Order, why: str) -> None:
    """Shows the last good version again, where urgent notices stand upon it; or nothing."""
    current = _current(project, portal_id)
    base = _base_of(current) if current else None
    if current is None or base == current:
        return
    step = {
        "step": why,
        "portal": portal_id,
        "for": order.now.isoformat(timespec="minutes"),
        "release": current.name,
    }
    log_step(_log_path(project), step)
    if base is None:
        (project.public / portal_id).unlink()
    else:
        _show(project, portal_id, base)


def _current(project: Project, portal_id: str) -> Path | None:
    """The release that the public sees."""
    link = project.public / portal_id
    return link.parent / link.readlink() if link.is_symlink() else None


def _base_of(release: Path) -> Path | None:
    """The version that passed whole: the release itself, or what urgent notices stand upon.

    None where they stand on nothing, for the portal was never published whole.
    """
    path = _base_path(release)
    if not path.exists():
        return release
    name = path.read_text("utf-8")
    return release.with_name(name) if name else None


def _base_path(release: Path) -> Path:
    return release.with_name(release.name + ".base")


def _log_path(project: Project) -> Path:
    """The append-only log travels with what is published."""
    return project.public / ".releases" / "urgent.jsonl"


def published_items(project: Project, registry: Registry) -> tuple[Item, ...]:
    """The newest items of every portal as last published, newest first."""
    found: list[Item] = []
    for portal in registry.portals:
        path = _items_path((project.public / portal.id).resolve())
        if portal.id != registry.main_portal and path.exists():
            found.extend(load_items(path.read_bytes()))
    return tuple(sorted(found, key=lambda item: (item.published, item.url), reverse=True))


def sweep(project: Project) -> None:
    """Removes what a killed publication left half done; only while holding the lock."""
    releases = project.public / ".releases"
    for path in releases.glob(".*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    sweep_lanes(project)


def left_over(project: Project, registry: Registry) -> list[str]:
    """Portals that are published and that content/ no longer has."""
    known = {portal.id for portal in registry.portals} | registry.broken.keys()
    found = [path.name for path in project.public.glob("[!.]*") if path.is_dir()]
    return sorted(name for name in found if name not in known)


def _known(
    project: Project,
    portal: Portal,
    order: Order,
    latest: Sequence[Item],
    commits: Mapping[str, date],
) -> Publication | None:
    """The publication that an earlier run has built and judged alike, so that no worker starts."""
    start = time.monotonic()
    built = None if order.clean else fresh_build(project, portal, order.now, latest)
    if built is None:
        return None
    note_history(project, portal.id, built.digest, commits, order.now.date())
    report = _judged_before(project, portal, built, order)
    if report is None:
        return None
    return Publication(portal.id, built, report, False, time.monotonic() - start)


def _judge_once(project: Project, portal: Portal, built: Build, order: Order) -> Report:
    """Judges a staged portal, unless the same bytes were judged before by the same rules."""
    known = None if order.clean else _judged_before(project, portal, built, order)
    if known is not None:
        return known
    folder = project.staging(portal.id)
    report = lint(read_folder(folder), order.terms, folder)
    if report.verdict is not Verdict.COULD_NOT_TELL:  # the cause of doubt may pass
        key = _judgement_key(project, built, order)
        write_file(_judged_path(project, portal), pickle.dumps((key, report)))
    return report


def _judged_before(project: Project, portal: Portal, built: Build, order: Order) -> Report | None:
    """The report on the same bytes by the same rules and terms; None when there is none.

    Nobody can tell cheaply which browsers a grid has today.
    """
    if order.terms.grid and order.terms.browser != "none":
        return None
    try:
        data = _judged_path(project, portal).read_bytes()
        key, report = pickle.loads(data)  # noqa: S301  # our own cache
    except (OSError, pickle.UnpicklingError, AttributeError, EOFError, ValueError, TypeError):
        return None
    same = key == _judgement_key(project, built, order) and isinstance(report, Report)
    return report if same else None


def _judged_path(project: Project, portal: Portal) -> Path:
    return project.work / "judged" / f"{portal.id}.pickle"


def _items_path(release: Path) -> Path:
    return release.with_name(release.name + ".items.json")


def _remove_old_releases(releases: Path, portal_id: str, current: Path) -> None:
    """Keeps the last releases, so that a reader in the middle of a visit still finds its files."""
    pattern = f"{portal_id}-" + "[0-9a-f]" * 16
    kept = (current, _base_of(current))
    old = sorted(
        (path for path in releases.glob(pattern) if path not in kept),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in old[_KEPT_RELEASES - 1 :]:
        remove_folder(path)
        _items_path(path).unlink(missing_ok=True)
        _base_path(path).unlink(missing_ok=True)


def _judgement_key(project: Project, built: Build, order: Order) -> str:
    """Names all that a judgement depends on: bytes, their history, terms, the linter's code."""
    appeared = appeared_path(project.staging(built.portal))
    history = appeared.read_bytes() if appeared.exists() else b""
    terms = replace(order.terms, cache=None)
    browser = "" if terms.browser == "none" else installed_version(project.work / "browser.json")
    laws = [path.read_text("utf-8") for path in terms.own_laws]
    names = [built.digest, history.decode(), repr(terms), _linter_digest(), browser, *laws]
    return hashlib.sha256("\0".join(names).encode()).hexdigest()


@cache
def _linter_digest() -> str:
    return "\0".join([tree_digest([_LINTER]), *installed()])

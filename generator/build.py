"""This file decides which portals are stale and builds those, each into its own staging folder.

A portal is stale when the bytes of anything it is made of changed (its folder, the registry, the
theme, our code, for the main portal the newest items of the others), or when the day has come on
which something in it appears, opens, closes or ends. Times of files decide nothing.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.due import Agenda, agenda, dump_agenda, load_agenda
from generator.files import installed, replace_folder, tree_digest
from generator.pages import Item, PortalJob
from linter.atomic import write_file
from linter.errors import Mistake, UserError
from linter.law.choice import own_laws
from linter.messages import N_
from linter.registry import Alert, Portal, Registry

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from generator.documents import Document
    from linter.law.duties import Duty

_HERE = Path(__file__).parent
_CODE = (
    _HERE,
    *(
        _HERE.parent / "linter" / name
        for name in ("law", "registry.py", "schemas.py", "strict_yaml.py", "vietnamese.py")
    ),
)


@dataclass(frozen=True)
class Project:
    """The folders of one province's project, all below `root`; `place` is where we work."""

    root: Path
    place: str = ".congtin"

    @property
    def content(self) -> Path:
        """What editors write."""
        return self.root / "content"

    @property
    def own_laws(self) -> tuple[Path, ...]:
        """The files in which the province describes laws of its own."""
        return own_laws(self.content)

    @property
    def theme(self) -> Path:
        """The one theme of all portals."""
        return self.root / "themes" / "congtin"

    @property
    def work(self) -> Path:
        """Caches, staging and states: may be deleted at any time."""
        return self.root / self.place

    @property
    def public(self) -> Path:
        """What passed the gate."""
        return self.root / "public"

    @property
    def report(self) -> Path:
        """What the last publication said."""
        return self.root / "report"

    def staging(self, portal_id: str) -> Path:
        """Where a portal is built; its manifest lies beside it."""
        return self.work / "staging" / portal_id


@dataclass(frozen=True)
class Build:
    """What came of one portal: built now, still fresh, or full of mistakes.

    `digest` names the output's bytes; `latest` are the portal's newest public items, `agenda` what
    its documents say of time.
    """

    portal: str
    fresh: bool
    mistakes: tuple[Mistake, ...]
    digest: str = ""
    documents: int = 0
    pages: int = 0
    latest: tuple[Item, ...] = ()
    agenda: Agenda = field(default_factory=Agenda)


def build(
    project: Project,
    registry: Registry,
    portal: Portal,
    now: datetime,
    latest: Sequence[Item] = (),
    clean: bool = False,
    drafts: bool = False,
    pool: Executor | None = None,
) -> Build:
    """Builds one portal if it is stale. `latest` are other portals' items (main portal only).

    `pool` helps with a portal of very many documents; not for use from within that pool.

    The staging folder is replaced as a whole, so that a killed run leaves the last good one.
    `drafts` shows what is not public yet as if it were: for an editor's eyes, always built anew.
    """
    known = None if clean or drafts else fresh_build(project, portal, now, latest)
    if known is not None:
        return known
    # What follows is slow to load and not needed where nothing is stale.
    from generator.documents import public_paths, read_documents  # noqa: PLC0415
    from generator.duties import law_on_time  # noqa: PLC0415
    from generator.pelican_site import build_portal  # noqa: PLC0415
    from generator.rendering import render_all  # noqa: PLC0415

    inputs = _inputs_digest(project, portal, latest)
    documents, mistakes = read_documents(
        project.content, registry, portal, project.work / "cache", pool
    )
    if mistakes:
        return Build(portal.id, False, mistakes)
    if drafts:
        documents = tuple(document.as_public(now) for document in documents)
    try:
        law = law_on_time(registry.law, now.date(), project.work / "cache", project.own_laws)
    except UserError as error:
        return Build(portal.id, False, tuple(error.mistakes))
    duties = law.of(portal.site)
    public = tuple(document for document in documents if document.is_public(now))
    links = public_paths(portal, public, now)
    staging = project.staging(portal.id)
    compiled = project.work / "cache" / "templates"
    compiled.mkdir(parents=True, exist_ok=True)
    job = PortalJob(
        registry=registry,
        portal=portal,
        documents=public,
        markups=render_all(public, links, None if clean else project.work / "cache", pool),
        files=links,
        latest=tuple(latest),
        now=now,
        theme=project.theme,
        content=project.content,
        compiled=compiled,
        duties=duties,
    )
    with replace_folder(staging) as folder:
        manifest = build_portal(job, folder, pool)
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    write_file(staging.with_name(staging.name + ".manifest.json"), text.encode("utf-8"))
    state = {
        "inputs": inputs,
        "digest": tree_digest([staging]),
        "built": now.isoformat(),
        "until": min(
            next_change(registry, portal, documents, now) or datetime.max,
            _next_turn(public, duties, now) or datetime.max,
            datetime.combine(law.until, time.min),
        ).isoformat(),
        "documents": len(public),
        "pages": len(manifest["pages"]),
        "latest": _plain(newest(portal, public)),
        "agenda": dump_agenda(agenda(documents, now)),
    }
    write_file(_state_path(project, portal.id), json.dumps(state).encode("utf-8"))
    return _from_state(portal.id, state, fresh=False)


def fresh_build(
    project: Project, portal: Portal, now: datetime, latest: Sequence[Item] = ()
) -> Build | None:
    """What stands in staging, where building again would change nothing; else None. Quick."""
    inputs = _inputs_digest(project, portal, latest)
    state = _read_state(project, portal.id)
    if state and _is_fresh(state, inputs, now, project.staging(portal.id)):
        return _from_state(portal.id, state, fresh=True)
    return None


def newest(portal: Portal, documents: Iterable[Document], count: int = 6) -> tuple[Item, ...]:
    """The portal's newest public items in its first language, newest first."""
    own = [document for document in documents if document.lang == portal.languages[0]]
    own.sort(key=lambda document: (document.published, document.url), reverse=True)
    return tuple(
        Item(
            portal=portal.id,
            source=portal.short_name,
            url=portal.url.rstrip("/") + document.url,
            title=document.title,
            summary=document.summary,
            section=document.section.id,
            published=document.published,
        )
        for document in own[:count]
    )


def next_change(
    registry: Registry, portal: Portal, documents: Iterable[Document], now: datetime
) -> datetime | None:
    """The first moment after `now` at which the same files would give another output."""
    moments = set(_moments(registry.alerts + portal.alerts, documents))
    moments |= {datetime.combine(link.start, time.min) for link in registry.links}
    return min((moment for moment in moments if moment > now), default=None)


def _next_turn(
    public: Iterable[Document], duties: Sequence[Duty], now: datetime
) -> datetime | None:
    """The first moment after `now` at which a section of an edition becomes overdue."""
    from generator.freshness import turns  # noqa: PLC0415  # slow to load, as in build()

    editions: dict[str, dict[str, list[Document]]] = {}
    for document in public:
        own = editions.setdefault(document.lang, {})
        own.setdefault(document.section.id, []).append(document)
    days = (day for own in editions.values() for day in turns(own, duties))
    moments = (datetime.combine(day, time.min) for day in days)
    return min((moment for moment in moments if moment > now), default=None)


def _moments(alerts: Sequence[Alert], documents: Iterable[Document]) -> Iterator[datetime]:
    """Every moment at which an alert or a document may change; a day means its two ends."""
    for alert in alerts:
        yield from _ends(alert.start)
        yield from _ends(alert.end)
    for document in documents:
        yield document.published
        for value in document.fields.values():
            if isinstance(value, datetime):
                yield value
            elif isinstance(value, date):
                yield from _ends(value)


def _ends(day: date) -> Iterator[datetime]:
    yield datetime.combine(day, time.min)
    yield datetime.combine(day + timedelta(days=1), time.min)


@cache
def _code_digest(theme: Path) -> str:
    """Names the theme, our code and what it stands on; the same for every portal of a run.

    Raises UserError where there is no theme.
    """
    if not (theme / "templates").is_dir():
        place = f"{theme.parent.name}/{theme.name}"
        raise UserError(Mistake(place, 0, N_("There is no theme here; portals cannot be built.")))
    names = [tree_digest([theme, *_CODE]), sys.version, *installed()]
    return hashlib.sha256("\0".join(names).encode()).hexdigest()


def _inputs_digest(project: Project, portal: Portal, latest: Sequence[Item]) -> str:
    sources = [
        project.content / portal.id,
        project.content / "registry.yml",
        *project.own_laws,
    ]
    names = [tree_digest(sources), _code_digest(project.theme), dump_items(latest).decode()]
    return hashlib.sha256("\0".join(names).encode()).hexdigest()


def _state_path(project: Project, portal_id: str) -> Path:
    return project.work / "state" / f"{portal_id}.json"


def _read_state(project: Project, portal_id: str) -> dict[str, Any] | None:
    """What the last build left, or None: an unreadable state only costs a build."""
    try:
        data = json.loads(_state_path(project, portal_id).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) else None


def _is_fresh(state: Mapping[str, Any], inputs: str, now: datetime, staging: Path) -> bool:
    manifest = staging.with_name(staging.name + ".manifest.json")
    return (
        state["inputs"] == inputs
        and datetime.fromisoformat(state["built"]) <= now < datetime.fromisoformat(state["until"])
        and staging.is_dir()
        and manifest.exists()
    )


def _from_state(portal_id: str, state: Mapping[str, Any], fresh: bool) -> Build:
    return Build(
        portal=portal_id,
        fresh=fresh,
        mistakes=(),
        digest=state["digest"],
        documents=state["documents"],
        pages=state["pages"],
        latest=_items(state["latest"]),
        agenda=load_agenda(state["agenda"]),
    )


def dump_items(items: Sequence[Item]) -> bytes:
    """Items as JSON, as a release keeps them beside its pages."""
    return json.dumps(_plain(items), ensure_ascii=False).encode("utf-8")


def load_items(data: bytes) -> tuple[Item, ...]:
    """What dump_items wrote."""
    return _items(json.loads(data))


def _plain(items: Sequence[Item]) -> list[dict[str, str]]:
    return [{**vars(item), "published": item.published.isoformat()} for item in items]


def _items(data: Iterable[dict[str, Any]]) -> tuple[Item, ...]:
    return tuple(
        Item(**{**entry, "published": datetime.fromisoformat(entry["published"])}) for entry in data
    )

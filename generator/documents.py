"""This file turns one Markdown file into a typed Document, or into mistakes with file and line."""

from __future__ import annotations

import hashlib
import pickle
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import linter
from generator.document_mistakes import body_mistakes, contradictions
from generator.files import tree_digest
from generator.markdown import content_path, links_in
from generator.spread import spread
from linter.atomic import write_file
from linter.errors import Mistake, in_order
from linter.messages import N_
from linter.registry import Portal, Registry, Section
from linter.strict_yaml import Yaml, parse_yaml, read_text
from linter.vietnamese import slugify

_SCHEMAS = Path(__file__).parent / "schemas"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Addresses that a section's own lists have: of its years, and of the pages of a long list.
_LISTS = re.compile(r"(nam|trang)-[0-9]+")
_COMMON = frozenset(
    "type title summary keywords author approver approved published updated status source "
    "attachments urgent".split()
)
_DAYS = frozenset(
    "signed in_force approved_on asked answered accepted_on promulgated_on changed_on".split()
)
_MOMENTS = frozenset("opens closes".split())


@dataclass(frozen=True)
class Attachment:
    """A file that a document offers for download. `path` is relative to the portal's folder."""

    path: str
    title: str


@dataclass(frozen=True)
class Document:
    """One Markdown file of a portal: what every type has, and the type's own `fields`.

    `lang` is vi or en. Times are local to Asia/Ho_Chi_Minh, without zone. `fields` holds the
    type's own keys with dates as date, times as datetime, lists as tuples. `file` is relative to
    the project root, `lines` tells where each front matter key stands, `body_line` where the
    Markdown starts. `digest` names the file's bytes.
    """

    portal: str
    section: Section
    slug: str
    lang: str
    type: str
    title: str
    summary: str
    keywords: tuple[str, ...]
    author: str
    approver: str
    approved: datetime
    published: datetime
    updated: datetime | None
    status: str
    source: Mapping[str, str]
    urgent: Mapping[str, Any]
    attachments: tuple[Attachment, ...]
    fields: Mapping[str, Any]
    body: str
    file: str
    body_line: int
    digest: str
    lines: Mapping[tuple[str | int, ...], int] = field(repr=False, compare=False)

    @property
    def url(self) -> str:
        """The path on its portal, e.g. /tin-tuc/mua-xuan/ or /en/tin-tuc/mua-xuan/."""
        edition = "" if self.lang == "vi" else f"/{self.lang}"
        return f"{edition}/{self.section.slug}/{self.slug}/"

    @property
    def changed(self) -> datetime:
        """When the public text last changed."""
        return self.updated or self.published

    def is_public(self, now: datetime) -> bool:
        """Whether the document may be seen at that moment: published, and not in the future."""
        return self.status == "published" and self.published <= now

    def as_public(self, now: datetime) -> Document:
        """The same document as if it could be seen at that moment."""
        return replace(self, status="published", published=min(self.published, now))


def edition_of(portal: Portal, lang: str) -> str:
    """The path of a portal's home page in a language: "/" or "/en/"."""
    return "/" if lang == portal.languages[0] else f"/{lang}/"


def read_documents(
    content: Path,
    registry: Registry,
    portal: Portal,
    cache: Path | None = None,
    pool: Executor | None = None,
) -> tuple[tuple[Document, ...], tuple[Mistake, ...]]:
    """All documents of a portal, drafts too, and all mistakes in them at once.

    `cache` is a folder where files that were read before, byte for byte, need not be read again;
    `pool` helps where there are very many.
    """
    folder = content / portal.id
    store = _Store(cache / f"documents-{portal.id}.pickle" if cache else None)
    sections = {section.slug: section for section in registry.sections}
    shapers = {slug: _shapers(portal, section) for slug, section in sections.items()}
    documents: list[Document] = []
    mistakes: list[Mistake] = []
    wanted: list[_File] = []
    for path in sorted(_markdown_files(folder)):
        file = path.relative_to(content.parent).as_posix()
        slug_folder = path.parent.relative_to(folder).as_posix()
        section = sections.get(slug_folder)
        if section is None:
            message = N_("There is no section {section}. Sections: {known}.")
            params = {"section": slug_folder, "known": ", ".join(sections)}
            mistakes.append(Mistake(file, 0, message, params))
            continue
        wanted.append(
            _File(path, file, portal, section, _name_of_bytes(path, file, shapers[slug_folder]))
        )
    for document, found in store.read(wanted, pool):
        mistakes.extend(found)
        if document is not None:
            documents.append(document)
    store.save()
    mistakes.extend(mistakes_among(folder, portal, documents))
    return tuple(documents), in_order(mistakes)


def mistakes_among(folder: Path, portal: Portal, documents: Sequence[Document]) -> list[Mistake]:
    """What no document shows alone: two with one address, links and attachments to nothing."""
    return [*_clashes(documents), *_references(folder, portal, documents)]


def public_paths(portal: Portal, documents: Iterable[Document], now: datetime) -> dict[str, str]:
    """Public addresses by path relative to content/: of public documents and of what they use."""
    paths: dict[str, str] = {}
    for document in documents:
        if document.is_public(now):
            paths[document.file.partition("/")[2]] = document.url
            for used in (*(a.path for a in document.attachments), *_used_files(document)):
                paths[f"{portal.id}/{used}"] = f"/{used}"
    return paths


def _markdown_files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*.md") if path.is_file())


@dataclass(frozen=True, slots=True)
class _File:
    """A Markdown file to be read; `key` names its bytes and everything that shapes the result."""

    path: Path
    file: str
    portal: Portal
    section: Section
    key: str


_Read: TypeAlias = tuple["Document | None", tuple[Mistake, ...]]


def _name_of_bytes(path: Path, file: str, shapers: bytes) -> str:
    data = b"\0".join([shapers, file.encode(), path.read_bytes()])
    return hashlib.sha256(data).hexdigest()


def _shapers(portal: Portal, section: Section) -> bytes:
    """What shapes a section's documents besides their bytes."""
    return "\0".join((_code_name(), repr(section), repr(portal.board))).encode()


def _read_file(one: _File) -> _Read:
    return read_document(one.path, one.file, one.portal, one.section, one.key)


class _Store:
    """Documents read before, by key."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.known: dict[str, _Read] = {}
        self.used: dict[str, _Read] = {}
        if path is not None and path.exists():
            try:
                self.known = pickle.loads(path.read_bytes())  # noqa: S301  # our own cache
            except (pickle.UnpicklingError, AttributeError, EOFError, ValueError, TypeError):
                self.known = {}

    def read(self, files: Sequence[_File], pool: Executor | None) -> list[_Read]:
        """The document of each file, or its mistakes."""
        new = [one for one in files if one.key not in self.known]
        read = zip(new, spread(_read_file, new, pool), strict=True)
        self.known.update((one.key, result) for one, result in read)
        self.used.update((one.key, self.known[one.key]) for one in files)
        return [self.known[one.key] for one in files]

    def save(self) -> None:
        """Keeps what this run used, and forgets the rest."""
        if self.path is not None:
            write_file(self.path, pickle.dumps(self.used))


@cache
def _code_name() -> str:
    """Names the code and schemas that reading depends on."""
    here = Path(__file__).parent
    below = Path(*linter.__path__)
    own = [here / "documents.py", here / "document_mistakes.py", here / "schemas"]
    return tree_digest([*own, below / "schemas.py", below / "strict_yaml.py"])


def read_document(
    path: Path, file: str, portal: Portal, section: Section, digest: str
) -> tuple[Document | None, tuple[Mistake, ...]]:
    """Reads one Markdown file; None with the mistakes that keep it from being used."""
    stem, lang = _name(path)
    if not _SLUG.fullmatch(stem):
        message = N_("The file name {name} cannot be an address; call it {better}.md.")
        params = {"name": path.name, "better": slugify(stem) or "ten-tai-lieu"}
        return None, (Mistake(file, 0, message, params),)
    if _LISTS.fullmatch(stem):
        message = N_("{name} is the address of a list of the section: name the file otherwise.")
        return None, (Mistake(file, 0, message, {"name": stem}),)
    text, mistake = read_text(path, file)
    if mistake:
        return None, (mistake,)
    front = re.match(r"---\n(.*?\n)---[ \t]*(?:\n|$)", text, re.DOTALL)
    if not front:
        message = N_("The file does not start with a header between two lines of ---.")
        return None, (Mistake(file, 1, message),)
    kind = re.search(r"^type:[ \t]*[\"']?([\w-]+)", front[1], re.MULTILINE)
    if not kind or kind[1] not in section.types:
        message = N_("The type must be one of those of the section {section}: {known}.")
        params = {"section": section.slug, "known": ", ".join(section.types)}
        line = 1 + front[1][: kind.start()].count("\n") + 1 if kind else 1
        return None, (Mistake(file, line, message, params),)
    yaml = parse_yaml(front[1], file, _SCHEMAS / f"{kind[1]}.schema.json", first_line=2)
    body = text[front.end() :]
    body_line = text[: front.end()].count("\n") + 1
    mistakes = [*yaml.mistakes, *body_mistakes(text, body, body_line, file)]
    if not yaml.mistakes:
        mistakes.extend(contradictions(yaml, file, portal))
    if mistakes:
        return None, tuple(mistakes)
    return _document(yaml, file, portal, section, stem, lang, body, body_line, digest), ()


def _name(path: Path) -> tuple[str, str]:
    stem = path.name.removesuffix(".md")
    return (stem[:-3], "en") if stem.endswith(".en") else (stem, "vi")


def _document(
    yaml: Yaml,
    file: str,
    portal: Portal,
    section: Section,
    slug: str,
    lang: str,
    body: str,
    body_line: int,
    digest: str,
) -> Document:
    data = yaml.value
    own = {key: _value(key, value) for key, value in data.items() if key not in _COMMON}
    return Document(
        portal=portal.id,
        section=section,
        slug=slug,
        lang=lang,
        type=data["type"],
        title=data["title"],
        summary=data["summary"],
        keywords=tuple(data["keywords"]),
        author=data["author"],
        approver=data["approver"],
        approved=_moment(data["approved"]),
        published=_moment(data["published"]),
        updated=_moment(data["updated"]) if "updated" in data else None,
        status=data.get("status", "draft"),
        source=data.get("source", {}),
        urgent=data.get("urgent", {}),
        attachments=tuple(
            Attachment(entry["file"], entry["title"]) for entry in data.get("attachments", ())
        ),
        fields=own,
        body=body,
        file=file,
        body_line=body_line,
        digest=digest,
        lines=yaml.lines,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _value(key: str, value: Any) -> Any:
    """A type's own value: days and moments by the names the schemas give them, lists frozen."""
    if isinstance(value, list):
        return tuple(value)
    if key in _MOMENTS and "T" in value:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if key in _DAYS or key in _MOMENTS else value


def _clashes(documents: Iterable[Document]) -> list[Mistake]:
    """Two files that would have one address."""
    seen: dict[str, Document] = {}
    found = []
    for document in documents:
        other = seen.setdefault(document.url, document)
        if other is not document:
            message = N_("{other} already has the address {url}.")
            params = {"other": other.file, "url": document.url}
            found.append(Mistake(document.file, 0, message, params))
    return found


def _used_files(document: Document) -> Iterable[str]:
    """Files of the portal that the text refers to, relative to the portal's folder."""
    folder = document.file.split("/")[1:-1]
    for _, link in links_in(document.body, document.body_line):
        path = content_path("/".join(folder), link.partition("#")[0])
        if _is_file_link(link) and path.startswith(f"{document.portal}/"):
            yield path.partition("/")[2]


def _is_file_link(link: str) -> bool:
    own = not urlsplit(link).scheme and not link.startswith(("#", "/"))
    return own and not link.partition("#")[0].endswith(".md")


def _references(folder: Path, portal: Portal, documents: Sequence[Document]) -> list[Mistake]:
    """Attachments and links that lead nowhere, out of the portal, or to what is not public."""
    found = []
    by_file = {document.file.partition("/")[2]: document for document in documents}
    by_url = {document.url: document for document in documents}
    for document in documents:
        for index, attachment in enumerate(document.attachments):
            line = document.lines.get(("attachments", index), 0)
            found.extend(_file_mistakes(folder, document.file, line, attachment.path))
        home = "/".join(document.file.split("/")[1:-1])
        for line, link in links_in(document.body, document.body_line):
            path = content_path(home, link.partition("#")[0])
            if _is_file_link(link):
                own = path.partition("/")[2] if path.startswith(f"{portal.id}/") else link
                found.extend(_file_mistakes(folder, document.file, line, own))
            elif link.partition("#")[0].endswith(".md") and not urlsplit(link).scheme:
                target = by_file.get(path)
                if target is None:
                    message = N_(
                        "The link {link} leads to no document of this portal. Mend the file name."
                    )
                    found.append(Mistake(document.file, line, message, {"link": link}))
                elif not _outlives(target, document):
                    found.append(_too_early(document, line, link))
            elif link.startswith("/") and not _outlives(
                by_url.get(urlsplit(link).path, document), document
            ):
                found.append(_too_early(document, line, link))
    return found


def _too_early(document: Document, line: int, link: str) -> Mistake:
    message = N_(
        "The link {link} leads to a document that is not public by then. "
        "Publish that one first, or take the link out."
    )
    return Mistake(document.file, line, message, {"link": link})


def _outlives(target: Document, document: Document) -> bool:
    """Whether the target is public whenever the document that links to it is."""
    if document.status != "published":
        return True
    return target.status == "published" and target.published <= document.published


def _file_mistakes(folder: Path, file: str, line: int, path: str) -> list[Mistake]:
    resolved = (folder / path).resolve()
    if (
        ".." in path.split("/")
        or path.startswith("/")
        or not resolved.is_relative_to(folder.resolve())
    ):
        message = N_(
            "The path {path} leaves the portal's folder. Put the file into its tep/ or anh/."
        )
        return [Mistake(file, line, message, {"path": path})]
    if not resolved.is_file():
        message = N_("The file {path} does not exist. Put it there, or mend the path.")
        return [Mistake(file, line, message, {"path": path})]
    return []

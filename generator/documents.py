"""This file turns one Markdown file into a typed Document, or into mistakes with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from linter.registry import Portal, Section


@dataclass(frozen=True)
class Attachment:
    """A file that a document offers for download. `path` is relative to the portal's folder."""

    path: str
    title: str
    size: int


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


def edition_of(portal: Portal, lang: str) -> str:
    """The path of a portal's home page in a language: "/" or "/en/"."""
    return "/" if lang == portal.languages[0] else f"/{lang}/"

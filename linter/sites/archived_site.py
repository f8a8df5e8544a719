"""This file makes a Snapshot of an archive: what a site was, by what its servers answered.

What an answer is worth is decided here, not by the crawler, so that an old archive profits from
what we learn later: redirects are followed to their end, and answers that are not the page that
was asked for (a login form, a block, a parked domain) count as unreached.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from linter.elements import is_shell
from linter.hosts import is_local_name
from linter.model import Canary, Certificate, Omission, Pdf, Snapshot, Unreached
from linter.page import DOOR, Page, Rendered, safe_join
from linter.sites.addresses import canonical, is_guess, is_same_site
from linter.sites.archive import Answered, Note, Stored, records
from linter.sites.attachments import is_pdf, look_at_pdf, may_be_read, read_attachment
from linter.sites.recognise import name_impostor
from linter.sites.traps import dropped_parameters
from linter.terms import Site

_MOST_REDIRECTS = 10


def digest_of(path: Path) -> str:
    """Names an archive by all that is in it: SHA-256 in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_archive(path: Path, shells_too: bool = False) -> Snapshot:
    """The site as the archive holds it.

    `shells_too` counts pages that show nothing without scripts, and that no browser has looked
    at, as pages: for the one who is about to show them. Raises UserError when the file is no
    archive.
    """
    found = _Found(path)
    for record in records(path):
        if isinstance(record, Answered):
            found.add_answer(record)
        elif isinstance(record, Note):
            found.add_note(record)
    return found.snapshot(shells_too)


@dataclass
class _Found:
    """What an archive holds, by address; a later record wins over an earlier one.

    Bodies stay in the archive: a large site would fill the memory.
    """

    path: Path
    answers: dict[str, Answered] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    others: dict[str, dict[str, Page]] = field(default_factory=dict)
    unreached: dict[str, Unreached] = field(default_factory=dict)
    rendered: dict[str, Rendered] = field(default_factory=dict)
    stands_for: dict[str, str] = field(default_factory=dict)
    omitted: dict[str, Omission] = field(default_factory=dict)
    doors: dict[str, Page] = field(default_factory=dict)
    certificate: Certificate | None = None
    head: dict[str, Any] = field(default_factory=dict)
    taken_at: datetime | None = None

    def add_answer(self, answer: Answered) -> None:
        if answer.visitor == DOOR:
            self.doors[answer.url] = Page(answer.url, answer.body, answer.status, answer.headers)
            return
        if answer.visitor:
            self.others.setdefault(answer.url, {})[answer.visitor] = self._plain(answer)
            return
        self.answers[answer.url] = replace(answer, body=b"")
        self.sizes[answer.url] = len(answer.body)
        self.unreached.pop(answer.url, None)
        self.taken_at = max(self.taken_at or answer.date, answer.date)

    def add_note(self, note: Note) -> None:
        for key, data in note.data.items():
            match key:
                case "unreached":
                    why = Unreached(note.url, data["reason"], data.get("params", {}))
                    self.unreached[note.url] = why
                case "rendered":
                    self.rendered[note.url] = Rendered(**data)
                case "represented":
                    self.stands_for.update(data)
                case "omitted":
                    for reason, (count, example) in data.items():
                        self.omitted[reason] = Omission(reason, count, example)
                case "certificate":
                    self.certificate = _certificate(data)
                case _:
                    self.head[key] = data

    def snapshot(self, shells_too: bool) -> Snapshot:
        site = self._site()
        ends = self._ends()
        home = ends.get(canonical(site.url), canonical(site.url))
        unreached = {**self.unreached, **self._lost(site, home, ends)}
        pages: list[Page] = []
        files: dict[str, int] = {}
        texts: dict[str, str] = {}
        pdfs: dict[str, Pdf] = {}
        sheets: dict[str, Page] = {}
        for answer in self.answers.values():
            if 300 <= answer.status < 400:
                continue
            page = self._page(answer)
            if page.is_html and is_guess(page.url):
                continue
            why = _why_not(page, answer)
            if why and not (shells_too and why.reason == "needs-scripts"):
                unreached.setdefault(answer.url, why)
                continue
            if page.media_type == "text/css" and answer.status == 200:
                sheets[answer.url] = page
                continue
            pages.append(page)
            if answer.status == 200 and not page.is_html:
                size = files[answer.url] = self.sizes[answer.url]
                name = urlsplit(answer.url).path
                if may_be_read(name, size):
                    body = page.body
                    texts[answer.url] = read_attachment(name, body)
                    if is_pdf(name):
                        pdfs[answer.url] = look_at_pdf(body, texts[answer.url])
        seen = self.head.get("browser", {})
        if is_same_site(home, site.url):
            start = urlsplit(home)
            site = replace(site, url=f"{start.scheme}://{start.netloc}/")
        return Snapshot(
            site,
            tuple(pages),
            tuple(unreached.values()),
            files=files,
            origin="archive",
            taken_at=self.taken_at,
            canary=Canary(seen.get("canary", Canary.NOT_RUN)),
            browser=seen.get("browser", ""),
            axe=seen.get("axe", ""),
            texts=texts,
            pdfs=pdfs,
            known_hosts=_host_names(self.head.get("known_hosts")),
            omitted=tuple(self._omissions(ends, site)),
            doors=self.doors,
            certificate=self.certificate,
            sheets=sheets,
        )

    def _site(self) -> Site:
        if "site" in self.head:
            return Site(**self.head["site"])
        first = urlsplit(next(iter(self.answers), "http://localhost/"))
        return Site(first.netloc, f"{first.scheme}://{first.netloc}/")

    def _page(self, answer: Answered) -> Page:
        rendered = self.rendered.get(answer.url)
        page = replace(
            self._plain(answer),
            rendered=rendered,
            represented_by=self.stands_for.get(answer.url, ""),
            alternates=self.others.get(answer.url, {}),
        )
        if rendered and rendered.html and page.is_html and is_shell(page):
            return replace(page, written_by_script=True)
        return page

    def _plain(self, answer: Answered) -> Page:
        body = Stored(self.path, answer.offset)
        return Page(answer.url, body, answer.status, answer.headers)

    def _ends(self) -> Mapping[str, str]:
        """Where each redirect leads in the end; to itself where it leads nowhere."""
        steps = {
            answer.url: canonical(
                safe_join(answer.url, answer.headers["location"]), dropped_parameters()
            )
            for answer in self.answers.values()
            if 300 <= answer.status < 400 and "location" in answer.headers
        }
        ends = {}
        for start in steps:
            here = start
            for _ in range(_MOST_REDIRECTS):
                if here not in steps:
                    break
                here = steps[here]
            ends[start] = start if here in steps else here
        return ends

    def _lost(self, site: Site, home: str, ends: Mapping[str, str]) -> Mapping[str, Unreached]:
        """The home page where it is no page, and what redirects without end."""
        lost = {
            url: Unreached(url, "redirects")
            for url, end in ends.items()
            if url == end and url not in self.unreached
        }
        start = canonical(site.url)
        if start in ends and not is_same_site(home, site.url):
            local = is_local_name(urlsplit(site.url).hostname or "")
            inside = is_local_name(urlsplit(home).hostname or "") and not local
            reason = "private-address" if inside else "moved-away"
            lost[start] = Unreached(start, reason, {} if inside else {"address": home})
        answer = self.answers.get(home)
        if answer is not None and answer.status >= 400:
            lost[home] = Unreached(home, "status", {"status": answer.status})
        return lost

    def _omissions(self, ends: Mapping[str, str], site: Site) -> Iterator[Omission]:
        yield from self.omitted.values()
        away = [
            url
            for url, end in ends.items()
            if not is_same_site(end, site.url) and url != canonical(site.url)
        ]
        if away:
            yield Omission("elsewhere", len(away), away[0])


def _certificate(data: Mapping[str, Any]) -> Certificate:
    day = data.get("expires")
    return Certificate(**{**data, "expires": date.fromisoformat(day) if day else None})


def _host_names(netlocs: list[str] | None) -> frozenset[str] | None:
    return None if netlocs is None else frozenset(netloc.partition(":")[0] for netloc in netlocs)


def _why_not(page: Page, answer: Answered) -> Unreached | None:
    """Why an answer is not the page that was asked for; None where it is."""
    if answer.status >= 500 or answer.status == 429:
        return Unreached(answer.url, "status", {"status": answer.status})
    if not page.is_html:
        return None
    if answer.cut:
        return Unreached(answer.url, "cut-short")
    if page.written_by_script:
        return None
    if is_shell(page):
        return Unreached(answer.url, "needs-scripts")
    impostor = name_impostor(page)
    return Unreached(answer.url, impostor) if impostor else None

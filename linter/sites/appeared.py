"""This file tells when addresses came to be, as far as others than the site itself know it.

A builder hands it over in a file beside its manifest (the history of its files, its earlier
publications); of a site that was visited before, the earlier snapshot knows it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from linter.errors import Mistake, UserError
from linter.facts.days import VIETNAM
from linter.messages import N_
from linter.model import Appearance, Snapshot

SCHEMA = "congtin.appeared/1"


def appeared_path(folder: Path) -> Path:
    """Where the file lies that belongs to a folder of pages."""
    return folder.with_name(folder.name + ".appeared.json")


def read_appeared(path: Path) -> dict[str, tuple[Appearance, ...]]:
    """What a builder knows, by a page's path below the folder. Raises UserError."""
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["schema"] != SCHEMA:
            raise ValueError(data["schema"])
        return {
            page: tuple(
                Appearance(kind, _day(earliest, date.min), _day(latest, date.max))
                for kind, earliest, latest in known
            )
            for page, known in data["pages"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = N_("This is not a file of appearances that a build wrote ({error}). Build again.")
        raise UserError(Mistake(str(path), 0, message, {"error": str(error)})) from error


def dump_appeared(pages: Mapping[str, tuple[Appearance, ...]]) -> bytes:
    """What read_appeared reads; an open end is null."""
    plain = {
        page: [[one.kind, _iso(one.earliest), _iso(one.latest)] for one in pages[page]]
        for page in sorted(pages)
    }
    text = json.dumps({"schema": SCHEMA, "pages": plain}, separators=(",", ":"))
    return text.encode("utf-8")


def _day(iso: str | None, open_end: date) -> date:
    return date.fromisoformat(iso) if iso else open_end


def _iso(day: date) -> str | None:
    return None if day in (date.min, date.max) else day.isoformat()


def seen_since(earlier: Snapshot, now: Snapshot) -> Snapshot:
    """`now` with what an earlier visit proves of its pages.

    A page that the earlier visit had was there by then. One that it had not came to be between the
    two, where that visit missed nothing: an address that was not asked for proves nothing.
    """
    if earlier.taken_at is None or now.taken_at is None or earlier.taken_at >= now.taken_at:
        return now
    then, today = _local(earlier.taken_at), _local(now.taken_at)
    whole = not earlier.unreached and not earlier.omitted
    appeared = dict(now.appeared)
    for page in now.html_pages:
        if page.url in earlier.by_url:
            one = Appearance("seen", date.min, then)
        elif whole:
            one = Appearance("seen", then, today)
        else:
            continue
        appeared[page.url] = (*appeared.get(page.url, ()), one)
    return replace(now, appeared=appeared)


def _local(moment: datetime) -> date:
    """The day in Vietnam; a moment without a zone is local."""
    return moment.astimezone(VIETNAM).date() if moment.tzinfo else moment.date()

"""This file knows addresses without end: calendars, sorted lists, lists of many pages, loops."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from linter.facts.reading import read_words

_HERE = Path(__file__).parent
_DAY_IN_PATH = re.compile(r"/(19|20)\d\d/(0?[1-9]|1[0-2])(?=/|$)(?:/\d{1,2}(?=/|$))?")


@cache
def words() -> Mapping[str, Any]:
    """The data of traps.yml, with names of parameters as sets."""
    data = read_words(_HERE / "traps.yml")
    return {key: frozenset(v) if isinstance(v, list) else v for key, v in data.items()}


def dropped_parameters() -> frozenset[str]:
    """Parameters that name the visitor, not the page."""
    known = words()
    both: frozenset[str] = known["session"] | known["tracking"]
    return both


class Traps:
    """What one crawl has met so far, and which address would lead it astray."""

    def __init__(self) -> None:
        self.met: Counter[tuple[str, str]] = Counter()

    def name(self, url: str) -> str:
        """The kind of trap that the address belongs to; empty for none.

        A list, a calendar or a path with queries is followed a good way, then no more.
        """
        known = words()
        most = known["most"]
        parts = urlsplit(url)
        if len(url) > most["length"]:
            return "long-address"
        segments = [segment for segment in parts.path.split("/") if segment]
        if segments and max(Counter(segments).values()) > most["repeated"]:
            return "repeating-path"
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        names = {name.lower() for name, _ in pairs}
        if names & known["sorting"]:
            return "sorting"
        if names & known["calendar"] or _DAY_IN_PATH.search(parts.path):
            return self._after("calendar", _DAY_IN_PATH.sub("/", parts.path), most["calendar"])
        if names & known["paging"]:
            rest = [f"{k}={v}" for k, v in pairs if k.lower() not in known["paging"]]
            return self._after("paging", f"{parts.path}?{'&'.join(rest)}", most["paging"])
        if pairs:
            return self._after("queries", parts.path, most["queries"])
        return ""

    def _after(self, kind: str, key: str, most: int) -> str:
        self.met[kind, key] += 1
        return kind if self.met[kind, key] > most else ""

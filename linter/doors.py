"""This file knows the addresses that no page links to and that an audit asks for on purpose.

They are the home page by the other of http and https, and what doors.yml lists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml

_OTHER = {"http": "https", "https": "http"}
# How much of an answer is asked for and kept: enough to know it by, too little to be a leak.
ENOUGH = 256


@dataclass(frozen=True, slots=True)
class Exposure:
    """A file that no server should give out: `begins` or `holds` is a pattern that it matches."""

    path: str
    kind: str
    begins: str = ""
    holds: str = ""

    def is_in(self, body: bytes) -> bool:
        """Whether an answer is that file, not a page that the server gives out for any address."""
        text = body.decode("latin-1")
        if self.begins:
            return bool(re.match(self.begins, text, re.S))
        return bool(re.search(self.holds, text))


@cache
def exposures() -> Sequence[Exposure]:
    """What doors.yml lists."""
    data = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
    return tuple(Exposure(**entry) for entry in data)


def other_door(url: str) -> str:
    """The home page by http where a site is reached by https, and the other way round.

    Empty where the address names a port: nobody knows then at which port the other would be.
    """
    parts = urlsplit(url)
    if parts.port or parts.scheme not in _OTHER:
        return ""
    return f"{_OTHER[parts.scheme]}://{parts.netloc}/"

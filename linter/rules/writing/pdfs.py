"""This file says something of a PDF file at the link that leads to it."""

from __future__ import annotations

from urllib.parse import unquote

from linter.model import Snapshot
from linter.page import Observation
from linter.terms import Outcome


def speak_of(snapshot: Snapshot, address: str, outcome: Outcome, message: str = "") -> Observation:
    """An observation on the first link to the file, or on the home page where no link leads."""
    page = snapshot.linked_from.get(address)
    links = page.outline.pick("a", bearing="href") if page else ()
    link = next((one for one in links if page and page.resolve(one.get("href")) == address), None)
    file = unquote(address.rsplit("/", 1)[-1])
    return Observation(
        outcome, page or snapshot.home, link, message, {"file": file}, what=f"pdf|{file}"
    )

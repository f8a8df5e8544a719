"""This file recognises answers with status 200 that are not the page that was asked for.

A login form, a notice that we are blocked, a parked domain: what they say is not said by the site,
so nothing can be told of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from linter.elements import shown_text
from linter.facts.reading import read_words
from linter.page import Page
from linter.vietnamese import fold

_HERE = Path(__file__).parent


@cache
def _words() -> Mapping[str, Any]:
    return read_words(_HERE / "recognise.yml")


def name_impostor(page: Page) -> str:
    """blocked-page, parked-page or login-page; empty for a page that is what was asked for."""
    words = _words()
    most = int(words["most_text"])
    text = shown_text(page, most)
    if len(text) > most:
        return ""
    title = page.tree.findtext(".//title") or ""
    folded = fold(f"{title}\n{text}")
    for kind in ("blocked", "parked"):
        if any(phrase in folded for phrase in words[kind]):
            return f"{kind}-page"
    return "login-page" if _is_login(page, fold(title)) else ""


def _is_login(page: Page, title: str) -> bool:
    words = _words()
    if not page.tree.xpath("//input[@type='password']"):
        return False
    path = urlsplit(page.url).path.lower()
    if any(word in path for word in words["login_paths"]):
        return False
    headings = page.tree.xpath("//h1 | //h2 | //legend | //button | //input[@type='submit']")
    said = " ".join([title, *(fold(h.text_content() + " " + h.get("value", "")) for h in headings)])
    return any(word in said for word in words["login"])

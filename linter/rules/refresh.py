"""This file is what the rules on pages that move on by themselves share."""

from __future__ import annotations

import re

from linter.page import Element, Page

# ASCII white space, digits, an optional fraction, then the end or the address (HTML, shared
# declarative refresh steps).
_REFRESH = re.compile(r"[\t\n\f\r ]*(\d+)(?:\.[\d.]*)?(?=$|[;,\t\n\f\r ])")
# WCAG 2.2, 2.2.1: a time limit of more than 20 hours need not be adjustable.
TWENTY_HOURS = 72_000


def refresh_of(page: Page) -> tuple[Element, int] | None:
    """The first valid refresh of a page, the only one that counts, and its seconds."""
    for meta in page.outline.pick("meta", bearing="content"):
        if meta.get("http-equiv", "").strip().lower() == "refresh":
            match = _REFRESH.match(meta.get("content"))
            if match:
                return meta, int(match[1])
    return None

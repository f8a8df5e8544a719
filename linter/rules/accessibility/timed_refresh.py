"""A page does not move on by itself after a time.

Why: Who reads slowly loses the page before the end; a screen reader starts again from the top.
Whom it hurts: Blind people, people who read slowly, people with memory difficulties.
Mend: Let the server redirect at once, or offer a link.
Limits: An immediate redirect (0 seconds) and one after more than 20 hours pass.
"""

import re
from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule

# ASCII white space, digits, an optional fraction, then the end or the address (HTML, shared
# declarative refresh steps).
_REFRESH = re.compile(r"[\t\n\f\r ]*(\d+)(?:\.[\d.]*)?(?=$|[;,\t\n\f\r ])")
_TWENTY_HOURS = 72_000


@page_rule(
    "error",
    wcag=("2.2.1", "2.2.4", "3.2.5"),
    act=("bc659a", "bisz58"),
    supersedes=("axe/meta-refresh", "axe/meta-refresh-no-exceptions"),
    messages={"timed": "The page moves on by itself after {seconds} seconds."},
)
def rule(page: Page) -> Iterator[Observation]:
    for meta in page.outline.pick("meta", bearing="content"):
        if meta.get("http-equiv", "").strip().lower() != "refresh":
            continue
        match = _REFRESH.match(meta.get("content"))
        if not match:
            continue
        seconds = int(match[1])
        if 0 < seconds <= _TWENTY_HOURS:
            yield page.fails(meta, "timed", seconds=seconds)
        else:
            yield page.passes(meta)
        return  # only the first valid refresh of a page counts

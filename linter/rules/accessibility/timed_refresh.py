"""A page does not move on by itself after a time.

Why: Who reads slowly loses the page before the end; a screen reader starts again from the top.
Whom it hurts: Blind people, people who read slowly, people with memory difficulties.
Mend: Let the server redirect at once, or offer a link.
Limits: An immediate redirect (0 seconds) and one after more than 20 hours pass.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.refresh import TWENTY_HOURS, refresh_of
from linter.rules.rule import page_rule


@page_rule(
    "error",
    wcag=("2.2.1", "2.2.4", "3.2.5"),
    act=("bc659a", "bisz58"),
    messages={"timed": "The page moves on by itself after {seconds} seconds."},
)
def rule(page: Page) -> Iterator[Observation]:
    found = refresh_of(page)
    if found is None:
        return
    meta, seconds = found
    if 0 < seconds <= TWENTY_HOURS:
        yield page.fails(meta, "timed", seconds=seconds)
    else:
        yield page.passes(meta)

"""A page does not move on by itself, not even after a day.

Why: A page that is left open, with a form half filled in, is gone the next morning.
Whom it hurts: Who needs days for a form, people with memory difficulties.
Mend: Remove <meta http-equiv="refresh">; let people load the page anew.
Limits: Looks at times of more than 20 hours, which WCAG allows at level A; shorter ones are
timed-refresh's.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.refresh import TWENTY_HOURS, refresh_of
from linter.rules.rule import page_rule


@page_rule(
    "notice",
    wcag=("2.2.4", "3.2.5"),
    act=("bisz58",),
    messages={"late": "The page moves on by itself after {hours} hours."},
)
def rule(page: Page) -> Iterator[Observation]:
    found = refresh_of(page)
    if found is None:
        return
    meta, seconds = found
    if seconds > TWENTY_HOURS:
        yield page.fails(meta, "late", hours=seconds // 3600)
    elif seconds == 0:
        yield page.passes(meta)

"""Text is not cut off where a page is enlarged to twice its size.

Why: Who enlarges a page has half the room; a box of fixed height that hides what sticks out takes
lines away for good.
Whom it hurts: People with low vision, older people.
Mend: Give no fixed height to what holds text (min-height at most); let overflow be visible or auto.
Mend in Markdown: Nothing in the text does this: tell the developers of the theme.
Limits: Looks at a window of 640 by 512 pixels, which is 1280 by 1024 at 200 %. Where a link or
button beside the text leads to all of it, a person must look.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome


@browser_rule(
    "error",
    wcag=("1.4.4",),
    act=("59br37",),
    messages={
        "cut": "Enlarged to 200 %, this box cuts off a part of the text in it.",
        "excused": "Enlarged to 200 %, this box cuts off a part of the text in it. See whether the "
        "link or button beside it leads to all of it.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    clipping = page.rendered.probes["clipping"]
    if "failed" in clipping:
        yield page.untested(clipping["failed"])
        return
    for node in clipping["nodes"]:
        outcome = Outcome.REVIEW if node["excused"] else Outcome.FAIL
        yield say(page, outcome, node, "excused" if node["excused"] else "cut")
    if not clipping["nodes"] and clipping["whole"]:
        yield page.passes()

"""Text that goes on changing by itself can be stopped.

Why: A number or headline that changes again and again draws the eye away from everything else, and
is gone before a slow reader has come to its end.
Whom it hurts: People with attention difficulties, people who read slowly, screen reader users.
Mend: Let the text stand, or give the page a button that stops it, hides it or sets how often it
changes.
Limits: Watches for a few seconds. Where the page has controls, a person must see whether one of
them stops the change; so where the text is a time of day.
"""

import re
from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome

_TIME = re.compile(r"\b\d{1,2}\s*[:hg]\s*\d{2}\b")


@browser_rule(
    "warning",
    wcag=("2.2.2",),
    act=("efbfc7",),
    messages={
        "goes-on": "“{text}” goes on changing, and nothing on the page stops it.",
        "may-stop": "“{text}” goes on changing: see whether anything on the page stops it.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    changes = page.rendered.probes["changes"]
    if "failed" in changes:
        yield page.untested(changes["failed"])
        return
    for node in changes["nodes"]:
        if not node["goes"]:
            yield page.passes()
            continue
        doubtful = node["controls"] or _TIME.search(node["shown"])
        outcome, message = (Outcome.REVIEW, "may-stop") if doubtful else (Outcome.FAIL, "goes-on")
        yield say(page, outcome, node, message, {"text": node["shown"]})

"""The keyboard does not lead to what is hidden from screen readers.

Why: aria-hidden silences a part of the page; if Tab still leads into it, a blind person stands
somewhere and hears nothing.
Whom it hurts: Blind people.
Mend: Remove aria-hidden, or take what is inside out of the tab order: inert on the part, or
tabindex="-1" on its links, buttons, frames and players.
Limits: An element that hands the focus on at once holds nobody, and passes. While a dialog is open,
a person must see whether the keyboard gets behind it.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome


@browser_rule(
    "error",
    wcag=("1.3.1", "4.1.2"),
    act=("6cfa84",),
    messages={
        "reached": "Screen readers say nothing of this part, and yet Tab stops in it.",
        "behind": "Screen readers say nothing of this part, and Tab may stop in it: see whether "
        "the open dialog keeps the keyboard.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    hidden = page.rendered.probes["hidden_focus"]
    if "failed" in hidden:
        yield page.untested(hidden["failed"])
        return
    for node in hidden["nodes"]:
        if not node["stops"]:
            yield page.passes()
        elif node["behind"]:
            yield say(page, Outcome.REVIEW, node, "behind")
        else:
            yield say(page, Outcome.FAIL, node, "reached")

"""Whoever gets into a part of the page by keyboard gets out of it by keyboard.

Why: A script that holds the focus in one place ends the visit: the rest of the page, and often the
browser itself, is out of reach.
Whom it hurts: People who cannot use a mouse, blind people.
Mend: Let Tab go on: remove preventDefault() for the Tab key and scripts that bring the focus back.
A dialog may keep the focus while it is open, if Escape closes it.
Limits: Walks forwards from the top of the page, then tries Shift+Tab, Escape, the arrow key, and
keys that the page itself names (“Ctrl+M”). Traps that appear only after something is opened or
typed are not found.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome


@browser_rule(
    "error",
    wcag=("2.1.2",),
    act=("80af7b", "a1b64e"),
    messages={
        "held": "The keyboard does not get out of this element: Tab, Shift+Tab, Escape and the "
        "arrow key all leave the focus there.",
        "dialog": "This dialog keeps the keyboard: see whether it can be closed without a mouse.",
        "frame": "This frame keeps the keyboard: see whether Tab leads out of it.",
        "unclear": "The page has so many stops that the walk by keyboard did not come to an end: "
        "see whether Tab leads through all of it.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    walk = page.rendered.probes["keyboard"]
    if "failed" in walk:
        yield page.untested(walk["failed"])
    elif walk["held"]:
        held = walk["held"]
        kind = next((kind for kind in ("dialog", "frame") if held[kind]), "held")
        yield say(page, Outcome.FAIL if kind == "held" else Outcome.REVIEW, held, kind)
    elif walk["unclear"]:
        yield page.wants_review(page.tree, "unclear")
    elif walk["stops"]:
        yield page.passes()

"""What a frame holds can be reached by keyboard.

Why: tabindex="-1" on a frame takes all that is inside out of reach: its links and fields cannot be
used without a mouse.
Whom it hurts: People who cannot use a mouse, blind people.
Mend: Remove tabindex from the frame; a frame that nobody need use gets hidden, or nothing inside
that takes the focus.
Limits: Looks into frames of the same host. While a dialog is open, the frames behind it are left
alone.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome


@browser_rule(
    "error",
    wcag=("2.1.1",),
    act=("akn7bn",),
    messages={"out": "The keyboard does not reach what is inside this frame."},
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    frames = page.rendered.probes["frames"]
    if "failed" in frames:
        yield page.untested(frames["failed"])
        return
    for node in frames["nodes"]:
        if node["out"]:
            yield say(page, Outcome.FAIL, node, "out")
        else:
            yield page.passes()

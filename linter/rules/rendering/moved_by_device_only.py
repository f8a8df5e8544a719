"""What moving the device does can be done without moving it.

Why: Who has the phone fixed to a wheelchair, or trembles, cannot shake or tilt it as asked.
Whom it hurts: People who cannot move their device, people with tremor.
Mend: Offer buttons that do the same.
Limits: Tilts the device in the browser and watches the words and values of the page; then presses
what can be pressed and watches whether they change too.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import browser_rule


@browser_rule(
    "error",
    wcag=("2.5.4",),
    act=("7677a9",),
    messages={"only": "The page follows the movement of the device, and no control does the same."},
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    motion = page.rendered.probes["motion"]
    if "failed" in motion:
        yield page.untested(motion["failed"])
    elif motion["moves"]:
        yield page.passes(page.tree) if motion["same"] else page.fails(page.tree, "only")

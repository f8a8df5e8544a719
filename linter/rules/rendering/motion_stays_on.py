"""What moving the device does can be turned off.

Why: A hand that trembles, or a phone on a wheelchair, moves all the time and changes what nobody
meant to change.
Whom it hurts: People with tremor, people whose device is fixed to a wheelchair.
Mend: Offer a checkbox or button that turns it off.
Limits: Tilts the device in the browser, then tries again after pressing each control of the page.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import browser_rule


@browser_rule(
    "error",
    wcag=("2.5.4",),
    act=("c249d5",),
    messages={"on": "The page follows the movement of the device, and no control turns that off."},
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    motion = page.rendered.probes["motion"]
    if "failed" in motion:
        yield page.untested(motion["failed"])
    elif motion["moves"]:
        yield page.passes(page.tree) if motion["off"] else page.fails(page.tree, "on")

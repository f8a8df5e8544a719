"""Frames of one name show one thing.

Why: A screen reader lists frames by name; two of the same name are taken for one.
Whom it hurts: Blind people.
Mend: Give each frame a title of its own that says what it shows.
Limits: Compares the words of the pages behind, where they lie on the same host; addresses on
different hosts are different. Pages that share half of their words may say the same, and pass.
"""

from collections.abc import Iterator

from linter.model import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.rules.targets import differ
from linter.terms import Outcome


@browser_rule(
    "warning",
    wcag=("4.1.2",),
    act=("4b1c6c",),
    messages={
        "other": "Another frame is called “{name}” too, but this one shows something "
        "else: {address}."
    },
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    targets = page.rendered.probes["targets"]
    if "failed" in targets:
        yield page.untested(targets["failed"])
        return
    for group in targets["groups"]:
        if not group["frame"]:
            continue
        others = [one for one in group["targets"][1:] if differ(one, group["targets"][0])]
        for other in others:
            params = {"name": group["name"], "address": other["address"][:120]}
            yield say(page, Outcome.FAIL, other, "other", params)
        if not others:
            yield page.passes()

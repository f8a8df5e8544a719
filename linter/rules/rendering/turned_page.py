"""The page can be used however the screen is held.

Why: Who has a tablet fixed to a wheelchair cannot turn it; a page that lies on its side then cannot
be read.
Whom it hurts: People who cannot turn their device.
Mend: Remove the rotation by 90 degrees from @media (orientation: ...); let the layout follow the
width.
Mend in Markdown: Nothing in the text does this: tell the developers of the theme.
Limits: Compares how parts lie in a wide and in a tall window. Whether the way of holding is
essential, as for a piano, a person must see.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome


@browser_rule(
    "error",
    wcag=("1.3.4",),
    act=("b33eff",),
    messages={"turned": "When the screen is held the other way, this part lies on its side."},
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    turns = page.rendered.probes["turns"]
    if "failed" in turns:
        yield page.untested(turns["failed"])
        return
    for node in turns["nodes"]:
        yield say(page, Outcome.FAIL, node, "turned")
    for _ in range(turns["still"]):
        yield page.passes()

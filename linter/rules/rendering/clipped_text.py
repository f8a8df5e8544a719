"""Text that is enlarged can still be read to its end.

Why: Who enlarges a page to 200 or 400 % finds text cut off where a box has a fixed height or may
not break its lines; nothing says that there was more.
Whom it hurts: People with low vision, people with a phone.
Mend: Give boxes min-height instead of height, and remove white-space: nowrap and overflow: hidden
around text.
Limits: Compares windows of 1280, 640 and 320 pixels. What a style sheet takes away as a whole on
small screens is not counted, and what is drawn above other text is not seen.
"""

from collections.abc import Iterator

from linter.model import Observation, Outcome, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule


@browser_rule(
    "error",
    wcag=("1.4.4", "1.4.10"),
    messages={"clipped": "Enlarged to {percent} %, this text is cut off."},
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    reflow = page.rendered.probes["reflow"]
    if "failed" in reflow:
        yield page.untested(reflow["failed"])
        return
    for node in reflow["clipped"]:
        yield say(page, Outcome.FAIL, node, "clipped", {"percent": node["percent"]})
    if reflow["shown"] and not reflow["clipped"]:
        yield page.passes()

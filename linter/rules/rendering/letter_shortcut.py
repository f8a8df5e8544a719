"""No single letter does something by itself.

Why: Who speaks to a computer types letters without wanting to; who trembles hits keys that were not
meant. A page that acts on a bare letter does what nobody asked for.
Whom it hurts: People who speak to their computer, people with tremor, blind people whose screen
reader uses the same keys.
Mend: Take the shortcut away, let it want Ctrl or Alt, or let people turn it off or change it.
Limits: Presses letters, digits and common signs on the page as a whole and watches its text. Where
the page speaks of its shortcuts, a person must see whether they can be turned off.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import browser_rule


@browser_rule(
    "error",
    wcag=("2.1.4",),
    act=("ffbc54",),
    messages={
        "acts": "The key {keys} alone changes the page.",
        "told": "The key {keys} alone changes the page, which speaks of its shortcuts: see whether "
        "they can be turned off or changed.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    shortcuts = page.rendered.probes["shortcuts"]
    if "failed" in shortcuts:
        yield page.untested(shortcuts["failed"])
        return
    if not shortcuts["keys"]:
        if shortcuts["listens"]:
            yield page.passes(page.tree)
        return
    keys = " ".join(shortcuts["keys"])
    if shortcuts["told"]:
        yield page.wants_review(page.tree, "told", keys=keys)
    else:
        yield page.fails(page.tree, "acts", keys=keys)

"""Text over a picture or gradient is clear enough to read.

Why: Over a gradient or a picture some letters stand on a light place and some on a dark one; text
that is clear on the left may vanish on the right.
Whom it hurts: People with low vision, everyone outdoors with a phone.
Mend: Give the text a plain background of its own, or a colour that is clear everywhere.
Limits: Measures letters on gradients and pictures as the browser paints them, each at its best;
logos and decoration are not told apart. Text under filters, shadows and blending is left to
axe-core and to a person.
"""

from collections.abc import Iterator

from linter.model import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome

# WCAG 2.2, 1.4.3: contrast of text, and of text that is large (from 24 px, or 18.66 px bold).
_SMALL, _LARGE = 4.5, 3.0


@browser_rule(
    "error",
    wcag=("1.4.3",),
    act=("afw4f7", "09o5cg"),
    messages={
        "faint": "Some letters have a contrast of only {contrast}:1 with what is behind them; at "
        "least {least}:1 is needed."
    },
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    contrast = page.rendered.probes["contrast"]
    if "failed" in contrast:
        yield page.untested(contrast["failed"])
        return
    for node in contrast["nodes"]:
        least = _LARGE if node["large"] else _SMALL
        if node["contrast"] >= least:
            yield page.passes()
        else:
            params = {"contrast": f"{node['contrast']:.2f}", "least": f"{least:g}"}
            yield say(page, Outcome.FAIL, node, "faint", params)

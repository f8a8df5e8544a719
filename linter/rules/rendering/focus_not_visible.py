"""Whoever moves by keyboard sees where they are.

Why: With the keyboard a person goes from link to field to button; if nothing changes where the
focus is, they type and press blindly.
Whom it hurts: People who cannot use a mouse, people with tremor, people who use a magnifier.
Mend: Remove outline: none from the style sheet, or give :focus-visible a clear outline. Remove
scripts that take the focus away (onfocus="this.blur()").
Mend in Markdown: Nothing in the text does this: tell the developers of the theme.
Limits: Any pixel that changes counts; whether the change is easy to see is for a person to judge.
Elements inside frames and shadow trees are not looked at.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome


@browser_rule(
    "error",
    wcag=("2.4.7",),
    act=("oj04fd",),
    messages={
        "unseen": "Nothing shows that this element has the focus.",
        "lost": "The focus is taken away from this element as soon as it gets there.",
        "unclear": "Something on the page moves, so it could not be measured whether this element "
        "shows its focus: look at it while you press Tab.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    focus = page.rendered.probes["focus"]
    if "failed" in focus:
        yield page.untested(focus["failed"])
        return
    for message in ("unseen", "lost"):
        for node in focus[message]:
            yield say(page, Outcome.FAIL, node, message)
    for node in focus["unclear"]:
        yield say(page, Outcome.REVIEW, node, "unclear")
    for _ in range(focus["seen"]):
        yield page.passes()

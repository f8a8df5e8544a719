"""Text does not blink and does not run.

Why: Moving text cannot be read at one's own pace, and draws the eye away from all else.
Whom it hurts: People who read slowly, people with attention difficulties, people with epilepsy.
Mend: Write the notice as plain text, without <marquee> and <blink>; an urgent one goes to the top
of the page.
Limits: Finds <marquee> and <blink>; movement by stylesheet is for the browser rules.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_rendered


@page_rule(
    "error",
    wcag=("2.2.2",),
    supersedes=("axe/marquee", "axe/blink"),
    messages={"moving": "The text in <{tag}> moves or blinks."},
)
def rule(page: Page) -> Iterator[Observation]:
    for element in page.outline.pick("marquee", "blink"):
        if is_rendered(element):
            yield page.fails(element, "moving", tag=str(element.tag))
        else:
            yield page.passes(element)

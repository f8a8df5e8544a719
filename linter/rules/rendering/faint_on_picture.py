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

from linter.page import Observation, Page
from linter.rules.contrast import MESSAGES, judge_contrast
from linter.rules.rule import browser_rule


@browser_rule("error", wcag=("1.4.3",), act=("afw4f7", "09o5cg"), messages=MESSAGES)
def rule(page: Page) -> Iterator[Observation]:
    return judge_contrast(page, small=4.5, large=3.0)

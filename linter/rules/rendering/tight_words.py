"""Readers can set words further apart.

Why: Many people read more easily with words further apart; a style sheet of their own cannot
change what a style attribute makes !important.
Whom it hurts: People with dyslexia, people with low vision.
Mend: Remove !important, or move the spacing into the style sheet of the site.
Limits: Looks at style attributes over text that is seen.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import browser_rule
from linter.rules.spacing import MESSAGES, judge_spacing


@browser_rule("error", wcag=("1.4.12",), act=("9e45ec",), messages=MESSAGES)
def rule(page: Page) -> Iterator[Observation]:
    return judge_spacing(page, "word-spacing")

"""Frames of one name show one thing.

Why: A screen reader lists frames by name; two of the same name are taken for one.
Whom it hurts: Blind people.
Mend: Give each frame a title of its own that says what it shows.
Limits: Compares the words of the pages behind, where they lie on the same host; addresses on
different hosts are different. Pages that share half of their words may say the same, and pass,
unless they name other telephone numbers or addresses for mail.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import browser_rule
from linter.rules.targets import differ_from_first, judge_names


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
    yield from judge_names(page, differ_from_first, frames=True)

"""Links of one name in one place lead to one thing.

Why: Two links of one name in the same sentence or list item cannot be told apart, not even by the
words around them.
Whom it hurts: Blind people, people who see only a small part of the screen at a time.
Mend: Say in each link what is different: <a>liên hệ qua điện thoại</a>, <a>liên hệ qua thư</a>.
Mend in Markdown: Say in each link what is different: [liên hệ qua điện thoại](...), [liên hệ qua
thư](...).
Limits: Compares the words of the pages behind, where they lie on the same host; addresses on
different hosts are different. Pages that share half of their words may say the same, and pass,
unless they name other telephone numbers or addresses for mail.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import browser_rule
from linter.rules.targets import differ_in_context, judge_names


@browser_rule(
    "warning",
    wcag=("2.4.4",),
    act=("fd3a94",),
    messages={
        "other": "Another link here is called “{name}” too, but this one leads to "
        "something else: {address}."
    },
)
def rule(page: Page) -> Iterator[Observation]:
    yield from judge_names(page, differ_in_context)

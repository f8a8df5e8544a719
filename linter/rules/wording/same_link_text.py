"""Links of one name lead to one thing.

Why: In a list of links two of the same name are taken for one; who has read one skips the other.
Whom it hurts: Blind people who list the links of a page, people who speak to their computer.
Mend: Say in each link what is different: <a>Liên hệ Phòng Đào tạo</a>, <a>Liên hệ Phòng Tổ
chức</a>.
Mend in Markdown: Say in each link what is different: [Liên hệ Phòng Đào tạo](...), [Liên hệ Phòng
Tổ chức](...).
Limits: Compares the words of the pages behind, where they lie on the same host; addresses on
different hosts are different. Pages that share half of their words may say the same, and pass,
unless they name other telephone numbers or addresses for mail.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import browser_rule
from linter.rules.targets import differ_from_first, judge_names


@browser_rule(
    "notice",
    wcag=("2.4.9",),
    act=("b20e66",),
    messages={
        "other": "Another link is called “{name}” too, but this one leads to something "
        "else: {address}."
    },
)
def rule(page: Page) -> Iterator[Observation]:
    yield from judge_names(page, differ_from_first)

"""Links of one name lead to one thing.

Why: In a list of links two of the same name are taken for one; who has read one skips the other.
Whom it hurts: Blind people who list the links of a page, people who speak to their computer.
Mend: Say in each link what is different: <a>Liên hệ Phòng Đào tạo</a>, <a>Liên hệ Phòng Tổ
chức</a>.
Mend in Markdown: Say in each link what is different: [Liên hệ Phòng Đào tạo](...), [Liên hệ Phòng
Tổ chức](...).
Limits: Compares the words of the pages behind, where they lie on the same host; addresses on
different hosts are different. Pages that share half of their words may say the same, and pass.
"""

from collections.abc import Iterator

from linter.model import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.rules.targets import differ
from linter.terms import Outcome


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
    assert page.rendered
    targets = page.rendered.probes["targets"]
    if "failed" in targets:
        yield page.untested(targets["failed"])
        return
    for group in targets["groups"]:
        if group["frame"]:
            continue
        others = [one for one in group["targets"][1:] if differ(one, group["targets"][0])]
        for other in others:
            params = {"name": group["name"], "address": other["address"][:120]}
            yield say(page, Outcome.FAIL, other, "other", params)
        if not others:
            yield page.passes()

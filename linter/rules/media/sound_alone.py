"""A recording has its words beside it.

Why: Who cannot hear reads what is said; a page that holds a recording and not one word leaves them
out.
Whom it hurts: Deaf people, everyone who searches for what was said.
Mend: Write what is said below the recording, or link to a page that does.
Limits: Any text on the page counts; whether it says what is heard is for a person to judge.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome


@browser_rule(
    "error",
    wcag=("1.2.1",),
    act=(
        "2eb176",
        "e7aa44",
        "afb423",
    ),
    messages={"none": "There is a recording on this page and not one word."},
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    media = page.rendered.probes["media"]
    if "failed" in media:
        yield page.untested(media["failed"])
        return
    for node in media["nodes"]:
        if not node["shown"] or not node["ready"] or node["live"]:
            continue
        if node["kind"] != "audio" or not (node["controls"] or node["plays"]):
            continue
        if node["words"] or node["others"]:
            yield page.passes()
        else:
            yield say(page, Outcome.FAIL, node, "none")

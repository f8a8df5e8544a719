"""A page that holds a silent film speaks of it.

Why: Who cannot see does not learn that the text beside the player tells what the film shows.
Whom it hurts: Blind people, people with low vision.
Mend: Write above the player what it is: “Xem nội dung trên trong đoạn phim”.
Limits: Looks for words such as “xem”, “phim”, “video” in text that is seen. A page without any text
is silent-film-alone's; a recording, track or frame beside the film may tell it.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome


@browser_rule(
    "notice",
    wcag=("1.2.1",),
    act=("fd26cf", "c3232f"),
    messages={"unsaid": "The page does not say that there is a film, nor what it shows."},
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
        if (
            node["kind"] != "video"
            or node["sound"] is not False
            or not node["words"]
            or node["others"]
            or node["tracks"]
        ):
            continue
        if node["spoken"]:
            yield page.passes()
        else:
            yield say(page, Outcome.FAIL, node, "unsaid")

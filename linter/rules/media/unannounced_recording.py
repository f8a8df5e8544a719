"""A page that holds a recording speaks of it.

Why: Who cannot hear does not learn that the text beside the player tells what is in the recording;
who hears does not learn what the player plays.
Whom it hurts: Deaf people, blind people, people with memory difficulties.
Mend: Write above the player what it is: “Nghe bản ghi âm bài phát biểu trên”.
Limits: Looks for words such as “nghe”, “ghi âm”, “audio” in text that is seen. A page without any
text is sound-alone's.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome


@browser_rule(
    "notice",
    wcag=("1.2.1",),
    act=("afb423",),
    messages={"unsaid": "The page does not say that there is a recording, nor what it is."},
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
        if node["kind"] != "audio" or not node["words"] or not (node["controls"] or node["plays"]):
            continue
        if node["spoken"]:
            yield page.passes()
        else:
            yield say(page, Outcome.FAIL, node, "unsaid")

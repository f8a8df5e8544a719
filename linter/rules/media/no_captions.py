"""A film that sounds has captions.

Why: Who cannot hear a film reads what is said in it.
Whom it hurts: Deaf people, people who learn Vietnamese, everyone in a bus.
Mend: Add <track kind="captions" srclang="vi" src="phu-de.vtt">; a film with captions in the picture
says so in the name of its file (..-phu-de.mp4).
Limits: Whether captions are right, and whether they stand in the picture, is for a person to judge:
a file whose name speaks of captions passes.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome


@browser_rule(
    "error",
    wcag=("1.2.2",),
    act=("f51b46",),
    messages={"none": "The film sounds and has no captions."},
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
        if node["kind"] != "video" or not node["sound"]:
            continue
        if node["captioned"] or node["listed"] or {"captions", "subtitles"} & {*node["tracks"]}:
            yield page.passes()
        else:
            yield say(page, Outcome.FAIL, node, "none")

"""A film that sounds has its words beside it or in captions.

Why: Who cannot hear or see a film reads what is said and shown; a page that holds a film and not
one word leaves them out.
Whom it hurts: Deaf people, blind people.
Mend: Add captions, and write what is said and shown below the film.
Limits: Any text on the page counts; whether it says what the film shows is for a person to judge.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome


@browser_rule(
    "error",
    wcag=(
        "1.2.2",
        "1.2.3",
    ),
    act=(
        "eac66b",
        "ab4d13",
        "1a02b0",
    ),
    messages={"none": "There is a film on this page, without captions and without one word."},
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
        if node["words"] or node["others"] or node["captioned"] or node["listed"] or node["tracks"]:
            yield page.passes()
        else:
            yield say(page, Outcome.FAIL, node, "none")

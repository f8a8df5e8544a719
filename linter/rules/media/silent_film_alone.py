"""A film without sound is told in words or in sound.

Why: Who cannot see a film needs its content in words; a page that holds a silent film and nothing
else has nothing for them.
Whom it hurts: Blind people, people with low vision.
Mend: Write what the film shows below it, or add a recording that tells it.
Limits: Any text, recording or description track counts; whether it tells the film is for a person
to judge.
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
        "c3232f",
        "d7ba54",
        "ee13b5",
    ),
    messages={
        "none": "There is a silent film on this page, and neither words nor sound tell "
        "what it shows."
    },
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
        if node["kind"] != "video" or node["sound"] is not False:
            continue
        if node["words"] or node["others"] or node["tracks"]:
            yield page.passes()
        else:
            yield say(page, Outcome.FAIL, node, "none")

"""Sound that starts by itself is short, or can be stopped at once.

Why: A page that speaks drowns out the screen reader that reads it; who cannot stop it leaves.
Whom it hurts: Blind people, people with attention difficulties, everyone in a quiet office.
Mend: Take away autoplay; or mute the recording, or give the player controls.
Limits: Sound of up to three seconds passes. A button counts as a way to stop it when its name says
so; whether it works is not tried.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome

# WCAG 2.2, 1.4.2: sound that lasts no longer may start by itself.
_SECONDS = 3


@browser_rule(
    "error",
    wcag=("1.4.2",),
    act=("80f0bf", "4c31df", "aaa1bf"),
    supersedes=("autoplay", "axe/no-autoplay-audio"),
    messages={
        "starts": "The recording starts by itself, sounds for more than three seconds, and nothing "
        "on the page stops it.",
        "unread": "The recording starts by itself; it could not be read whether and how long it "
        "sounds.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    media = page.rendered.probes["media"]
    if "failed" in media:
        yield page.untested(media["failed"])
        return
    for node in media["nodes"]:
        if not node["plays"] or node["sound"] is False:
            continue
        long = node["live"] or node["seconds"] > _SECONDS
        if node["stoppable"] or (node["ready"] and not long):
            yield page.passes()
        elif node["sound"] is None:
            yield say(page, Outcome.REVIEW, node, "unread")
        else:
            yield say(page, Outcome.FAIL, node, "starts")

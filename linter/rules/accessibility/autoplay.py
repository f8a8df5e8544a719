"""Sound and film start only when the reader wants it.

Why: A page that speaks drowns out the screen reader that reads it.
Whom it hurts: Blind people, people with attention difficulties, everyone in a quiet office.
Mend: Take away autoplay and give the player controls.
Limits: A muted film passes; of a player from elsewhere only its address is read. How long a sound
lasts cannot be told from the page.
"""

from collections.abc import Iterator
from urllib.parse import parse_qsl

from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule


@page_rule(
    "error",
    wcag=("1.4.2", "2.2.2"),
    messages={"starts": "The recording starts by itself."},
)
def rule(page: Page) -> Iterator[Observation]:
    for media in page.outline.pick("audio", "video"):
        if media.get("autoplay") is None:
            yield page.passes(media)
        elif media.get("muted") is None and media.get("controls") is None:
            yield page.fails(media, "starts")
        else:
            yield page.passes(media)
    for frame in page.outline.pick("iframe", "embed"):
        if _is_told_to_play(frame):
            yield page.fails(frame, "starts")


def _is_told_to_play(frame: Element) -> bool:
    """Whether address or attributes tell a player from elsewhere to start with sound."""
    said = dict(parse_qsl(_query(frame.get("src", "")), keep_blank_values=True))
    on = ("1", "true")
    if frame.tag == "embed":
        return any(frame.get(key, "").lower() in on for key in ("autostart", "autoplay"))
    return said.get("autoplay") in on and not {said.get("mute"), said.get("muted")} & {*on}


def _query(address: str) -> str:
    return address.partition("?")[2].partition("#")[0]

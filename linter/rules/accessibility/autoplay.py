"""Sound and film start only when the reader wants it.

Why: A page that speaks drowns out the screen reader that reads it.
Whom it hurts: Blind people, people with attention difficulties, everyone in a quiet office.
Mend: Take away autoplay and give the player controls.
Limits: A muted film passes; how long a sound lasts cannot be told from the page.
"""

from collections.abc import Iterator

from linter.model import Observation, Page
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

"""A page that holds a film without captions speaks of it.

Why: Who cannot hear does not learn that the text beside the player tells what is in the film.
Whom it hurts: Deaf people, blind people, people with memory difficulties.
Mend: Write above the player what it is: “Xem nội dung trên trong đoạn phim”; better, add captions.
Limits: Looks for words such as “xem”, “phim”, “video” in text that is seen. A page without any text
is film-alone's; a film with captions needs none.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import Node, say
from linter.rules.rule import browser_rule
from linter.terms import Outcome


@browser_rule(
    "notice",
    wcag=("1.2.2", "1.2.3"),
    act=("ab4d13", "eac66b"),
    messages={"unsaid": "The page does not say that there is a film, nor what it is."},
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
        if node["kind"] != "video" or not node["sound"] or not node["words"] or _has_captions(node):
            continue
        if node["spoken"]:
            yield page.passes()
        else:
            yield say(page, Outcome.FAIL, node, "unsaid")


def _has_captions(node: Node) -> bool:
    listed = node["listed"] or {"captions", "subtitles"} & {*node["tracks"]}
    return bool(listed or node["captioned"])

"""A picture does not hold what is nothing but text.

Why: The letters of a picture cannot be enlarged without blur, recoloured, searched, copied or
translated.
Whom it hurts: People with low vision, people with dyslexia, blind people, people with a phone.
Mend: Write the text into the page, and give it its looks by the style sheet.
Mend in Markdown: Type the text into the document in place of the picture.
Limits: Finds pictures of the same host that hold at least two lines of letters on a plain ground
and nothing else. Logos, and pictures marked as decoration, are left alone; photographs and
pictures that hold more than text are for a person to judge.
"""

import re
from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome

_LOGO = re.compile(r"logo|quoc-?huy|brand|chu-?ky|signature", re.IGNORECASE)


@browser_rule(
    "warning",
    wcag=("1.4.5",),
    act=("0va7u6",),
    supersedes=("image-of-text", "text-in-images-only"),
    messages={"text": "The picture {file} holds lines of text and nothing else."},
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    pictures = page.rendered.probes["pictures"]
    if "failed" in pictures:
        yield page.untested(pictures["failed"])
        return
    for node in pictures["nodes"]:
        if _LOGO.search(node["file"] + node["html"]):
            continue
        if node["holds"]:
            yield say(page, Outcome.FAIL, node, "text", {"file": node["file"]})
        else:
            yield page.passes()

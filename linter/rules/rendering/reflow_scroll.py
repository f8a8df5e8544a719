"""A page that is 320 pixels wide need not be scrolled sideways.

Why: Who magnifies a page to 400 % has a window of 320 pixels; reading each line by scrolling there
and back makes a text unreadable. A small phone is as narrow.
Whom it hurts: People with low vision, people with a phone.
Mend: Give nothing a fixed width above 320 pixels: max-width: 100% for pictures and fields,
overflow-wrap: anywhere for long words and addresses, overflow-x: auto around wide tables.
Mend in Markdown: Break up long addresses by writing them as links with words: [Trang dịch vụ
công](https://...); take a wide picture or table apart. If nothing of the text is wide, tell the
developers of the theme.
Limits: Tables, pictures, maps and code may be wide; they are left to a person. Content that a box
cuts off instead of letting it scroll is clipped-text's.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome


@browser_rule(
    "error",
    wcag=("1.4.10",),
    messages={
        "wide": "In a window of 320 pixels this makes the page {width} pixels wide, so that it "
        "must be scrolled sideways.",
        "cut": "In a window of 320 pixels this is cut off at the side; nobody can scroll to it.",
        "excepted": "In a window of 320 pixels this makes the page {width} pixels wide. See "
        "whether it must be that wide to be understood; if so, let it scroll by itself.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    reflow = page.rendered.probes["reflow"]
    if "failed" in reflow:
        yield page.untested(reflow["failed"])
        return
    if not reflow["shown"]:
        return
    params = {"width": reflow["wide"]}
    for node in reflow["nodes"]:
        outcome = Outcome.REVIEW if node["excepted"] else Outcome.FAIL
        message = "excepted" if node["excepted"] else "wide" if reflow["wide"] else "cut"
        yield say(page, outcome, node, message, params)
    if reflow["wide"] and not reflow["nodes"]:
        yield page.fails(page.tree, "wide", **params)
    if not reflow["wide"] and not reflow["nodes"]:
        yield page.passes()

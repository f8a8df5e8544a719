"""An object that shows a picture or plays a sound has a name.

Why: A drawing in an <object> is silence for who cannot see it, whatever stands inside the element.
Whom it hurts: Blind people.
Mend: Write <object data="so-do.svg" aria-label="Sơ đồ các phòng ban">.
Limits: Asks the server of the same host what the object is: one that shows a page has that page's
own words, one that is not there shows what stands inside it.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome

_NO_TEXT = ("image/", "audio/", "video/")


@browser_rule(
    "error",
    wcag=("1.1.1",),
    act=("8fc3b6",),
    messages={"nameless": "The object {data} has no name."},
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    objects = page.rendered.probes["objects"]
    if "failed" in objects:
        yield page.untested(objects["failed"])
        return
    for node in objects["nodes"]:
        if not node["kind"].startswith(_NO_TEXT):
            continue
        if node["named"]:
            yield page.passes()
        else:
            yield say(page, Outcome.FAIL, node, "nameless", {"data": node["data"]})

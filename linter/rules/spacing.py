"""This file is what the rules on !important spacing in style attributes share."""

from __future__ import annotations

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.terms import Outcome

MESSAGES = {
    "tight": "The style attribute holds the spacing at {ratio} of the letters' size, whatever the "
    "reader has set; at least {least} is needed."
}


def judge_spacing(page: Page, name: str) -> Iterator[Observation]:
    """One observation for each element whose style attribute makes the property !important."""
    assert page.rendered
    spacing = page.rendered.probes["spacing"]
    if "failed" in spacing:
        yield page.untested(spacing["failed"])
        return
    for node in spacing["nodes"]:
        if node["name"] != name:
            continue
        # What a browser has rounded is not held against anyone.
        if node["ratio"] + 0.001 >= node["least"]:
            yield page.passes()
        else:
            params = {"ratio": f"{node['ratio']:.2f}", "least": f"{node['least']:.2f}"}
            yield say(page, Outcome.FAIL, node, "tight", params)

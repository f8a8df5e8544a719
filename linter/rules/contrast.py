"""This file is what the rules on text over pictures and gradients share."""

from __future__ import annotations

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.terms import Outcome

MESSAGES = {
    "faint": "Some letters have a contrast of only {contrast}:1 with what is behind them; at "
    "least {least}:1 is needed."
}


def judge_contrast(page: Page, small: float, large: float) -> Iterator[Observation]:
    """One observation for each text over a picture: its letters need this contrast.

    `large` holds for letters from 24 px, or 18.66 px bold.
    """
    assert page.rendered
    contrast = page.rendered.probes["contrast"]
    if "failed" in contrast:
        yield page.untested(contrast["failed"])
        return
    for node in contrast["nodes"]:
        least = large if node["large"] else small
        if node["contrast"] >= least:
            yield page.passes()
        else:
            params = {"contrast": f"{node['contrast']:.2f}", "least": f"{least:g}"}
            yield say(page, Outcome.FAIL, node, "faint", params)

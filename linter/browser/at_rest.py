"""This file asks a page, in one conversation, all that can be asked while it stands still.

What a probe has to know of the page before it moves, types or takes pictures is asked here too, so
that those have work only where the page gives them any.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linter.browser.axe import PreloadedAxe

_SECONDS = 10
# Recordings and pages that links lead to have limits of their own (probe_media, probe_targets).
_LONG_SECONDS = 60
_MOST_PICTURES = 12
_GROUP = "congtin-listeners"


@dataclass(frozen=True)
class AtRest:
    """A page that stands still.

    `html` is what its scripts have made of it. `probes` is what was measured, by the name in
    Rendered.probes. `stops` are the elements that Tab reaches; `boxes` the texts to take pictures
    of (they are hidden from then on); `clips` says whether any style may cut text off, `turns`
    whether one may turn a part of the page when the screen is held otherwise. `on_page` are the
    events that scripts listen to on the page as a whole, `anywhere` those on any element.
    """

    html: str
    probes: Mapping[str, Mapping[str, Any]]
    stops: int
    boxes: list[Mapping[str, int]]
    clips: bool
    turns: bool
    on_page: frozenset[str]
    anywhere: frozenset[str]


def measure_at_rest(page: PreloadedAxe) -> AtRest:
    """Raises PageTrouble when the page is gone."""
    on_page, anywhere = _listeners(page)
    found = page.call("most => probes.measureAtRest(most)", _MOST_PICTURES, seconds=_LONG_SECONDS)
    return AtRest(**found, on_page=on_page, anywhere=anywhere)


def _listeners(page: PreloadedAxe) -> tuple[frozenset[str], frozenset[str]]:
    """Which events are listened to on window, document and body, and which anywhere."""
    deep = {name: _types(page, name, deep=True) for name in ("window", "document")}
    body = _types(page, "document.body", deep=False) if deep["document"] else frozenset()
    alone = _types(page, "document", deep=False) if deep["document"] else frozenset()
    page.browser.command("Runtime.releaseObjectGroup", {"objectGroup": _GROUP}, _SECONDS)
    return deep["window"] | alone | body, deep["window"] | deep["document"]


def _types(page: PreloadedAxe, name: str, deep: bool) -> frozenset[str]:
    # In the page's own world: in ours, Chromium 156 crashes over this question.
    params = {"expression": name, "objectGroup": _GROUP}
    answer = page.browser.command("Runtime.evaluate", params, _SECONDS)
    if "objectId" not in answer["result"]:
        return frozenset()
    order: dict[str, Any] = {"objectId": answer["result"]["objectId"]}
    order |= {"depth": -1, "pierce": True} if deep else {}
    answer = page.browser.command("DOMDebugger.getEventListeners", order, _SECONDS)
    return frozenset(listener["type"] for listener in answer["listeners"])

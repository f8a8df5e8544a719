"""This file measures texts and shortcuts of a page in the browser.

As in probes.py each probe leaves plain data and no verdict; what costs time is done only where the
page has something to measure.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from typing import Any

from linter.browser.at_rest import AtRest
from linter.browser.axe import PreloadedAxe
from linter.browser.chromium import View

_SECONDS = 10
# A window of 1280 by 1024 at twice its size shows this many CSS pixels: WCAG 1.4.4.
_ZOOMED = (640, 512)
_KEYS = frozenset({"keydown", "keypress", "keyup"})
_MOTIONS = frozenset({"deviceorientation", "devicemotion", "deviceorientationabsolute"})
_LETTERS = string.ascii_lowercase + string.digits + "+-/?.,;[]=#*!"


def _measure_clipping(page: PreloadedAxe, view: View, rest: AtRest) -> dict[str, Any]:
    """`nodes`: what cuts text off in a small window; `excused` where something leads to all of it.
    `whole` counts texts that nothing cuts."""
    if not rest.clips:
        return {"nodes": [], "whole": 0}
    page.browser.resize(*_ZOOMED)
    try:
        page.call("() => congtin.settleAnew()", seconds=_SECONDS)
        found: dict[str, Any] = page.call("() => probes.measureClipping()", seconds=_SECONDS)
    finally:
        page.browser.resize(view.width, view.height)
    return found


def _measure_turns(page: PreloadedAxe, view: View, rest: AtRest) -> dict[str, Any]:
    """`nodes`: parts that lie on their side when the screen is held otherwise; `still` counts those
    that a style sheet might turn and does not."""
    if not rest.turns:
        return {"nodes": [], "still": 0}
    wide = page.call("() => probes.anglesNow()")
    # A window as high as it is wide counts as one that is held upright.
    page.browser.resize(view.height + (view.height == view.width), view.width)
    try:
        page.call("() => congtin.settleAnew()", seconds=_SECONDS)
        tall = page.call("() => probes.anglesNow()")
    finally:
        page.browser.resize(view.width, view.height)
    quarters = [abs(one - other) % 180 for one, other in zip(wide, tall, strict=True)]
    turned = [at for at, quarter in enumerate(quarters) if abs(quarter - 90) < 1]
    nodes = page.call("numbers => probes.describeTurned(numbers)", turned)
    return {"nodes": nodes, "still": len(quarters) - len(turned)}


def _move_device(page: PreloadedAxe, _view: View, rest: AtRest) -> dict[str, Any]:
    """`moves`: the page changes when the device is moved; `same`: a control changes it too;
    `off`: a control keeps it from changing."""
    if not rest.on_page & _MOTIONS:
        return {"moves": False, "same": False, "off": False}
    found: dict[str, Any] = page.call("() => probes.measureMotion()", seconds=_SECONDS)
    return found


def _measure_contrast(page: PreloadedAxe, _view: View, rest: AtRest) -> dict[str, Any]:
    """`nodes`: texts over pictures and gradients, with the `contrast` of their worst letter."""
    nodes = []
    try:
        for number, box in enumerate(rest.boxes):
            if box["width"] < 1 or box["height"] < 1:
                continue
            order = {"format": "png", "captureBeyondViewport": True, "clip": {**box, "scale": 1}}
            answer = page.browser.command("Page.captureScreenshot", order, _SECONDS)
            read = "(...all) => probes.readContrast(...all)"
            nodes.append(page.call(read, number, answer["data"], box["x"], box["y"]))
    finally:
        if rest.boxes:
            page.call("() => probes.endContrast()")
    return {"nodes": nodes}


def _press_letters(page: PreloadedAxe, _view: View, rest: AtRest) -> dict[str, Any]:
    """`keys`: letters that change the page when nothing has the focus; `told`: the page speaks of
    its shortcuts; `listens`: a script waits for keys. A page whose text moves by itself, or at any
    key, has none."""
    nothing: dict[str, Any] = {"keys": [], "told": False, "listens": False}
    if not rest.on_page & _KEYS:
        return nothing
    nothing["listens"] = True
    page.call("() => probes.watchText()")
    changed = []
    for key in ("F8", "Shift", *_LETTERS):
        _type(page, key)
        if page.call("() => probes.hasTextChanged()"):
            changed.append(key)
            if len(changed) > len(_LETTERS) // 2 or not set(changed).isdisjoint(("F8", "Shift")):
                return nothing
    told = page.call("() => probes.tellsOfShortcuts()")
    return {"keys": changed, "told": told, "listens": True}


def _type(page: PreloadedAxe, key: str) -> None:
    """Presses one key; a letter also brings its text."""
    down: dict[str, Any] = {"type": "rawKeyDown", "key": key}
    if len(key) == 1:
        down |= {"type": "keyDown", "text": key, "windowsVirtualKeyCode": ord(key.upper())}
    page.browser.command("Input.dispatchKeyEvent", down, _SECONDS)
    page.browser.command("Input.dispatchKeyEvent", {**down, "type": "keyUp"}, _SECONDS)


PROBES: Mapping[str, Callable[[PreloadedAxe, View, AtRest], dict[str, Any]]] = {
    "contrast": _measure_contrast,
    "clipping": _measure_clipping,
    "shortcuts": _press_letters,
    "turns": _measure_turns,
    "motion": _move_device,
}

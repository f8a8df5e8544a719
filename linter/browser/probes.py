"""This file measures on a page in the browser what our own browser rules judge.

Each probe leaves plain data under its name in Rendered.probes: places as world.js describes them,
counts and words, no verdict. A probe that the page breaks leaves {"failed": reason}.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from linter.browser.at_rest import AtRest
from linter.browser.axe import PreloadedAxe
from linter.browser.chromium import PageTrouble, View
from linter.browser.page_probes import PROBES as PAGE_PROBES

NARROW = 320  # CSS pixels: WCAG 1.4.10
_NARROW_HEIGHT = 640
_SECONDS = 10
_MOST_STOPS = 300
_MOST_POSES = 15
_MOST_PRESSES = 150
_STUCK = 4  # presses without effect
_RING = 8  # a trap of more elements than this counts as a walk that did not end
# Without a script that listens to one of these no page can hold the keyboard.
_HOLDING = frozenset({"keydown", "keypress", "keyup", "focus", "blur", "focusin", "focusout"})


def run_probes(page: PreloadedAxe, view: View, rest: AtRest) -> dict[str, Any]:
    """Every probe's data by name. The page may look different afterwards. Raises BrowserGone."""
    found: dict[str, Any] = dict(rest.probes)
    for name, probe in PROBES.items():
        try:
            found[name] = probe(page, view, rest)
        except PageTrouble as trouble:
            found[name] = {"failed": trouble.reason}
            page.browser.is_lost = True
    return found


def _measure_reflow(page: PreloadedAxe, view: View, _rest: AtRest) -> dict[str, Any]:
    """`shown`: there is content. `wide`: pixels that a window of NARROW scrolls over, 0 for none.
    `nodes`: what sticks out; `excepted` where it may (tables, pictures, maps)."""
    page.browser.resize(NARROW, _NARROW_HEIGHT)
    try:
        page.call("() => congtin.settleAnew()", seconds=_SECONDS)
        found: dict[str, Any] = page.call("() => probes.measureReflow()", seconds=_SECONDS)
    finally:
        page.browser.resize(view.width, view.height)
    return found


def _measure_focus(page: PreloadedAxe, _view: View, _rest: AtRest) -> dict[str, Any]:
    """`stops`: how many elements Tab reaches, `seen` of them show their focus. `lost`: focus is
    taken away at once; `unseen`: not a pixel changes; `unclear`: it could not be measured."""
    found = page.call("most => probes.measureFocus(most)", _MOST_STOPS, seconds=_SECONDS * 2)
    result = {"stops": found["stops"], "seen": found["seen"], "lost": found["lost"]}
    unseen: list[Any] = []
    unclear: list[Any] = []
    for number, group in enumerate(found["unclear"]):
        shows = _shows_focus(page, number) if number < _MOST_POSES else None
        if shows:
            result["seen"] += len(group)
        else:
            (unclear if shows is None else unseen).extend(group)
    if found["unclear"]:
        page.call("() => probes.letGo()")
    return {**result, "unseen": unseen, "unclear": unclear}


def _shows_focus(page: PreloadedAxe, group: int) -> bool | None:
    """Whether any pixel of the window changes with the focus; None on a page that moves."""
    pictures = []
    for focused in (False, True, False):
        page.call("(group, focused) => probes.pose(group, focused)", group, focused)
        answer = page.browser.command("Page.captureScreenshot", {"format": "png"}, _SECONDS)
        pictures.append(answer["data"])
    before, during, after = pictures
    return during != before if before == after else None


def _walk_by_keyboard(page: PreloadedAxe, _view: View, rest: AtRest) -> dict[str, Any]:
    """`stops`: how many elements Tab reaches. `held`: the element that keeps the focus whatever
    key is pressed, or None; `dialog` where that is inside a dialog, `frame` where it is a frame,
    into which nobody can look. `unclear`: the walk did not come to an end."""
    result = {"stops": rest.stops, "held": None, "unclear": False}
    if not rest.stops or not rest.anywhere & _HOLDING:
        return result
    stops = page.call("() => probes.startWalk()")
    most = min(stops + _RING, _MOST_PRESSES)
    # The first leg starts where the focus was last, the second at the top.
    trail = _press_until_out(page, "Tab", most)
    if trail[-1] < 0:
        trail = _press_until_out(page, "Tab", most)
    last = set(trail[-_STUCK:])
    ring = last if len(last) == 1 else set(trail[-_RING:])
    if trail[-1] < 0 or (len(ring) >= stops > 1):
        return result
    if len(ring) == _RING:  # still on its way
        return {**result, "unclear": True}
    if not _gets_out(page, ring):
        result["held"] = page.call("at => probes.describeStop(at)", trail[-1])
    return result


def _press_until_out(page: PreloadedAxe, key: str, times: int, shift: bool = False) -> list[int]:
    """Where the focus was after each press; ends early when it left the page (-1) or stays."""
    trail: list[int] = []
    for _ in range(times):
        _press(page, key, _SHIFT if shift else 0)
        trail.append(page.call("() => probes.whereIsFocus()"))
        if trail[-1] < 0 or (len(trail) >= _STUCK and len(set(trail[-_STUCK:])) == 1):
            break
    return trail


def _gets_out(page: PreloadedAxe, ring: set[int]) -> bool:
    """Whether the usual ways out lead out (backwards, Escape, an arrow key), or keys that the page
    itself names."""
    ways: tuple[tuple[str, bool], ...] = (("Tab", True), ("Escape", False), ("ArrowRight", False))
    for key, shift in ways:
        if key != "Tab":
            _press(page, key)
        if _leads_out(page, _press_until_out(page, "Tab", len(ring) + 2, shift), ring):
            return True
    for held, key in _advised_keys(page, ring):
        _press(page, key, _HELD[held])
        if page.call("() => probes.whereIsFocus()") not in ring and _is_at_rest(page):
            return True
        if _leads_out(page, _press_until_out(page, "Tab", len(ring) + 2), ring):
            return True
    return False


def _leads_out(page: PreloadedAxe, trail: list[int], ring: set[int]) -> bool:
    """Whether the last press left the ring, and not for another element that holds the focus."""
    if trail[-1] < 0:
        return True
    stuck = trail[-2:] == [trail[-1]] * 2
    return trail[-1] not in ring and not stuck and _is_at_rest(page)


def _is_at_rest(page: PreloadedAxe) -> bool:
    """Whether the focus stays where it is until a key is pressed."""
    return bool(page.call("() => probes.isAtRest()"))


def _advised_keys(page: PreloadedAxe, ring: set[int]) -> list[tuple[str, str]]:
    """What the page says to press; if need be a link in the ring that tells it is followed."""
    known: list[tuple[str, str]] = page.call("() => probes.advisedKeys()")
    for _ in ring:
        if known:
            break
        if page.call("() => probes.mayTellHow()"):
            _press(page, "Enter")
            known = page.call("() => probes.advisedKeys()")
        _press(page, "Tab")
    return known


_CODES = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowRight": 39}
_HELD = {"a": 1, "c": 2, "s": 8}  # Alt, Ctrl, Shift
_SHIFT = _HELD["s"]


def _press(page: PreloadedAxe, key: str, held: int = 0) -> None:
    common = {
        "key": key,
        "code": key if key in _CODES else f"Key{key.upper()}",
        "windowsVirtualKeyCode": _CODES.get(key) or ord(key.upper()),
        "modifiers": held,
    }
    down = {"type": "keyDown", "text": "\r"} if key == "Enter" else {"type": "rawKeyDown"}
    for kind in (down, {"type": "keyUp"}):
        page.browser.command("Input.dispatchKeyEvent", {**kind, **common}, _SECONDS)


def _measure_hidden_focus(page: PreloadedAxe, _view: View, _rest: AtRest) -> dict[str, Any]:
    """`nodes`: parts under aria-hidden, with the number of `stops` of Tab inside; `behind`: a
    dialog is open."""
    return {"nodes": page.call("() => probes.measureHiddenFocus()", seconds=_SECONDS)}


PROBES: Mapping[str, Callable[[PreloadedAxe, View, AtRest], dict[str, Any]]] = {
    **PAGE_PROBES,
    "reflow": _measure_reflow,
    "focus": _measure_focus,
    "keyboard": _walk_by_keyboard,
    "hidden_focus": _measure_hidden_focus,
}

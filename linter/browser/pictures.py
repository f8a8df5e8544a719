"""This file takes pictures (PNG): of pages, one screen as a visitor sees it first, and of places.

A picture of a place shows the element in a red frame, with what stands around it.
"""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterable, Iterator
from typing import Any

from linter.browser.chromium import Browser, BrowserGone, PageTrouble, give_back, take_browser
from linter.browser.render import Order, find_fleet
from linter.errors import UserError

log = logging.getLogger(__name__)

MOST_BYTES = 1_500_000
# Answers the cut-out for the element of a selector; null where there is none or nothing to see.
_FRAME = """(() => {
  const seen = document.querySelector(SELECTOR);
  if (!seen || seen === document.documentElement || seen === document.body) return null;
  seen.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
  const box = seen.getBoundingClientRect();
  if (box.width < 1 || box.height < 1) return null;
  // Off the page: a picture would show others in its stead.
  if (box.right + scrollX <= 0 || box.bottom + scrollY <= 0) return null;
  seen.style.setProperty('outline', '3px solid #d00000', 'important');
  seen.style.setProperty('outline-offset', '3px', 'important');
  const between = (least, size, most) => Math.max(least, Math.min(size, most));
  const width = between(360, box.width + 80, 760), height = between(120, box.height + 80, 360);
  const x = Math.max(0, box.x + scrollX - Math.max(40, (width - box.width) / 2));
  const y = Math.max(0, box.y + scrollY - Math.max(40, (height - box.height) / 2));
  return {x, y, width, height};
})()"""


def take_pictures(addresses: Iterable[str], order: Order) -> Iterator[tuple[str, bytes]]:
    """A picture of each page that can be shown; the others, and too large ones, are left out."""
    yield from _take(((address, address, "") for address in addresses), order)


def take_places(
    places: Iterable[tuple[str, str, str]], order: Order, offline: bool = False
) -> Iterator[tuple[str, bytes]]:
    """A picture of each place that can be shown, by its name: (name, address, CSS selector).

    Places are asked for one by one, so that a server may make ready for each. An `offline` browser
    reaches this machine alone.
    """
    yield from _take(places, order, offline)


def _take(
    wanted: Iterable[tuple[str, str, str]], order: Order, offline: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Pictures by name; without a selector of the first screen."""
    proxy = order.guard.address if order.guard else ""
    try:
        fleet = find_fleet(order)
        browser = take_browser(fleet, offline=offline, proxy=proxy)
        browser.show(order.view)
        for name, address, selector in wanted:
            try:
                browser.open(address, order.seconds)
                browser.wait_until_loaded(order.seconds)
                png = _shoot(browser, selector, order.seconds)
            except PageTrouble as trouble:
                log.info("no picture of %s: %s", name, trouble.reason)
                continue
            if png and len(png) <= MOST_BYTES:
                yield name, png
        give_back(fleet, offline, browser, proxy)
    except (BrowserGone, UserError) as error:
        log.warning("no more pictures: %s", error)


def _shoot(browser: Browser, selector: str, seconds: float) -> bytes:
    """What is seen, or the element of the selector in its frame; empty where there is none."""
    order: dict[str, Any] = {"format": "png"}
    if selector:
        script = _FRAME.replace("SELECTOR", json.dumps(selector))
        params = {"expression": script, "returnByValue": True}
        said = browser.command("Runtime.evaluate", params, seconds)
        clip = said.get("result", {}).get("value")
        if not clip:
            return b""
        order["clip"] = {**clip, "scale": 1}
    shot = browser.command("Page.captureScreenshot", order, seconds)
    return base64.b64decode(shot.get("data", ""))

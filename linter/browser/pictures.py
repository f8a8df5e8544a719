"""This file takes pictures of pages: PNG files of one screen each, as a visitor sees them first."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterable, Iterator

from linter.browser.chromium import (
    BrowserGone,
    PageTrouble,
    find_programs,
    give_back,
    take_browser,
)
from linter.browser.render import Order
from linter.errors import UserError

log = logging.getLogger(__name__)

MOST_BYTES = 1_500_000


def take_pictures(addresses: Iterable[str], order: Order) -> Iterator[tuple[str, bytes]]:
    """A picture of each page that can be shown; the others, and too large ones, are left out."""
    proxy = order.guard.address if order.guard else ""
    try:
        programs = find_programs(order.chromium, order.driver)
        browser = take_browser(programs, offline=False, proxy=proxy)
        browser.show(order.view)
        for address in addresses:
            try:
                browser.open(address, order.seconds)
                browser.wait_until_loaded(order.seconds)
                shot = browser.command("Page.captureScreenshot", {"format": "png"}, order.seconds)
            except PageTrouble as trouble:
                log.info("no picture of %s: %s", address, trouble.reason)
                continue
            png = base64.b64decode(shot.get("data", ""))
            if png and len(png) <= MOST_BYTES:
                yield address, png
        give_back(programs, False, browser, proxy)
    except (BrowserGone, UserError) as error:
        log.warning("no more pictures: %s", error)

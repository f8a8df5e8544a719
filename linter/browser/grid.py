"""This file takes browsers from a Selenium Grid, or from any WebDriver endpoint on the network.

The same pass as with browsers of our own: pages are served from here, by an address of this
machine that the grid's nodes reach. What holds a browser on its leash here, its grid does there.
"""

from __future__ import annotations

import contextlib
import json
import socket
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import urllib3
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Remote
from selenium.webdriver.chromium.remote_connection import ChromiumRemoteConnection
from selenium.webdriver.remote.client_config import ClientConfig
from urllib3.exceptions import HTTPError

from linter.browser.chromium import Browser, BrowserGone, first_line, options_of
from linter.errors import Mistake, UserError
from linter.messages import N_

_STATUS_SECONDS = 10
# A grid keeps a request waiting until one of its browsers is free.
_START_SECONDS = 180
_CLOSE_SECONDS = 5


@dataclass(frozen=True)
class Grid:
    """One grid that has answered, by its address."""

    address: str
    here: str

    @property
    def version(self) -> str:
        """What its Chromium calls itself, as one of its nodes says. Raises BrowserGone."""
        return _version(self)

    def start(self, offline: bool, proxy: str) -> Browser:
        """A new session on the grid. Raises BrowserGone."""
        return GridBrowser(self, offline, proxy)


def find_grid(address: str) -> Grid:
    """The grid at an address. Raises UserError where none answers."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        message = N_("“{line}” is no address that starts with http:// or https://.")
        raise UserError(Mistake("--grid", 0, message, {"line": address[:80]}))
    plain = address.rstrip("/")
    try:
        answer = urllib3.request("GET", f"{plain}/status", timeout=_STATUS_SECONDS, retries=False)
        ready = json.loads(answer.data)["value"]["ready"]
        here = _own_address(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
    except (HTTPError, OSError, ValueError, KeyError, TypeError) as error:
        message = N_("No Selenium Grid answers at {address} ({error}).")
        params = {"address": plain, "error": type(error).__name__}
        raise UserError(Mistake("--grid", 0, message, params)) from error
    if not ready:
        message = N_("The Selenium Grid at {address} says that it has no browser.")
        raise UserError(Mistake("--grid", 0, message, {"address": plain}))
    return Grid(plain, here)


def _own_address(host: str, port: int) -> str:
    """The address of this machine on the way to a host; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.connect((host, port))
        return str(way.getsockname()[0])


@cache
def _version(grid: Grid) -> str:
    browser = grid.start(offline=True, proxy="")
    # Closed again: it would hold one of the places that the grid has.
    browser.close()
    return f"Chromium {browser.driver.capabilities['browserVersion']} (grid)"


class GridBrowser(Browser):
    """A session on a grid, used as a browser of this machine is."""

    def __init__(self, grid: Grid, offline: bool, proxy: str = "") -> None:
        self._set_up()
        config = ClientConfig(remote_server_addr=grid.address, timeout=_START_SECONDS)
        connection = ChromiumRemoteConnection(grid.address, "goog", "chrome", client_config=config)
        try:
            self.driver = Remote(connection, options=options_of(offline, proxy, grid.here))
        except (WebDriverException, HTTPError, OSError) as error:
            raise BrowserGone("browser-broken", error=first_line(error)) from error

    def kill(self) -> None:
        """Gives the session up; a node that does not listen ends it by its own time limit."""
        with contextlib.suppress(Exception), self._within(_CLOSE_SECONDS):
            self.driver.quit()

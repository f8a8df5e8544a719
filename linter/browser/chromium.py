"""This file finds Chromium with its ChromeDriver, starts them, and keeps them warm and on a leash.

Every command has a time limit. A browser that crashes or falls silent raises BrowserGone; its
caller kills it and takes a new one. When our own process dies, however it dies, its browsers die
with it: the shell that started ChromeDriver waits on a pipe that only we hold open.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, ClassVar, Protocol

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.webdriver import WebDriver
from urllib3.exceptions import HTTPError

from linter.browser.program import CHROMIUM_NAMES, SHELL_NAMES, version_of
from linter.errors import Mistake, UserError
from linter.messages import N_
from linter.page import Params

DRIVER_NAMES = ("chromedriver", "chromium.chromedriver")
_START_SECONDS = 30
_CLOSE_SECONDS = 5

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
    "--mute-audio",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    # A page that eats more memory crashes alone. A page is left before code made fast for it has
    # paid for its making, but where that runs very often.
    "--js-flags=--max-old-space-size=512,--invocation-count-for-maglev=10000",
    # All frames live in one process, so that axe is placed into foreign ones too.
    "--disable-site-isolation-trials",
    # No page that was left stays behind, no process waits for one that may come, and a page takes
    # the frame of the last one: a new frame each costs time and shows nothing else.
    "--disable-features=IsolateOrigins,site-per-process,IsolateSandboxedIframes,Translate,"
    "BackForwardCache,SpareRendererForSitePerProcess,Prerender2,RenderDocument",
)
# A site that is served from here is judged by what it holds: no other host is asked anything.
_OFFLINE_FLAG = (
    "--host-resolver-rules=MAP *.localhost {here}, MAP * ~NOTFOUND, "
    "EXCLUDE {here}, EXCLUDE localhost"
)

# A stranger's site is shown through a guard; a bad certificate is the auditor's to report.
_GUARDED_FLAGS = (
    "--proxy-server={proxy}",
    "--proxy-bypass-list=<-loopback>",
    "--ignore-certificate-errors",
)

# Runs ChromeDriver; when the pipe on standard input closes, kills it and clears its profile.
# Chromium goes when its debugging pipe to ChromeDriver breaks.
_LEASH = """
profile=$1; shift
exec 3<&0
"$@" </dev/null 3<&- &
driver=$!
{ cat <&3 >/dev/null; kill -KILL $driver; sleep 1; rm -rf "$profile"; } &
watch=$!
exec 3<&-
wait $driver
kill $watch
"""


@dataclass(frozen=True)
class Programs:
    """Where Chromium and its ChromeDriver lie."""

    chromium: Path
    driver: Path
    # By which address these browsers reach the servers of this process.
    here: ClassVar[str] = "127.0.0.1"

    @property
    def version(self) -> str:
        """What Chromium calls itself. Raises UserError when it does not start."""
        return version_of(self.chromium)

    def start(self, offline: bool, proxy: str) -> Browser:
        """A new browser. Raises BrowserGone."""
        return Browser(self, offline, proxy)


class Fleet(Protocol):
    """Where browsers come from: the programs of this machine, or a grid (linter.browser.grid)."""

    @property
    def here(self) -> str:
        """By which address its browsers reach the servers of this process."""

    @property
    def version(self) -> str:
        """What its Chromium calls itself. Raises UserError or BrowserGone."""

    def start(self, offline: bool, proxy: str) -> Browser:
        """A new browser. Raises BrowserGone."""


@dataclass(frozen=True)
class View:
    """How a page is looked at: window size in CSS pixels, and the preferred colour scheme."""

    width: int = 1280
    height: int = 900
    scheme: str = "light"


class PageTrouble(Exception):
    """The page cannot be judged; `reason` is a key of linter.messages.REASONS."""

    def __init__(self, reason: str, **params: str | int) -> None:
        self.reason = reason
        self.params: Params = params
        super().__init__(reason)


class BrowserGone(Exception):
    """The browser crashed or fell silent; `reason` as in PageTrouble. It must be killed."""

    def __init__(self, reason: str, **params: str | int) -> None:
        self.reason = reason
        self.params: Params = params
        super().__init__(reason)


def find_programs(chromium: Path | None = None, driver: Path | None = None) -> Programs:
    """The given programs, else those of the PATH. Raises UserError that says how to get them."""
    found = (
        _find(chromium, CHROMIUM_NAMES, N_("Chromium was not found: {names}. {how}")),
        _find(driver, DRIVER_NAMES, N_("ChromeDriver was not found: {names}. {how}")),
    )
    return Programs(*found)


def _find(given: Path | None, names: tuple[str, ...], message: str) -> Path:
    paths = [str(given)] if given else [path for name in names if (path := shutil.which(name))]
    for path in paths:
        if os.access(path, os.X_OK):
            return Path(path)
    how = "apt-get install chromium-headless-shell chromium-driver"
    tried = str(given) if given else ", ".join(names)
    raise UserError(Mistake(tried, 0, message, {"names": tried, "how": how}))


def options_of(offline: bool, proxy: str, here: str) -> ChromeOptions:
    """How a browser is started, wherever it runs; `here` as in Fleet."""
    options = ChromeOptions()
    for flag in _FLAGS + ((_OFFLINE_FLAG,) if offline else ()):
        options.add_argument(flag.format(here=here))
    for flag in _GUARDED_FLAGS if proxy else ():
        options.add_argument(flag.format(proxy=proxy))
    options.add_experimental_option("excludeSwitches", ["disable-popup-blocking"])
    options.add_experimental_option("prefs", {"download_restrictions": 3})
    options.unhandled_prompt_behavior = "dismiss"
    # We wait for pages ourselves: ChromeDriver waits for ever where one goes nowhere.
    options.page_load_strategy = "none"
    return options


class _LeashedDriver(Service):
    """ChromeDriver as a child of the shell that holds its leash."""

    def __init__(self, driver: Path, profile: str) -> None:
        self.command = ["-c", _LEASH, "leash", profile, str(driver)]
        super().__init__("/bin/sh", popen_kw={"start_new_session": True})

    def command_line_args(self) -> list[str]:
        return [*self.command, *super().command_line_args()]


class Browser:
    """One running Chromium with one warm tab. Not shared between threads.

    Raises BrowserGone from every method when Chromium is gone.
    """

    driver: WebDriver

    def __init__(self, programs: Programs, offline: bool, proxy: str = "") -> None:
        self._set_up()
        self.profile = tempfile.mkdtemp(prefix="congtin-chromium-")
        options = options_of(offline, proxy, programs.here)
        options.add_argument(f"--user-data-dir={self.profile}")
        options.binary_location = str(programs.chromium)
        if programs.chromium.resolve().name in SHELL_NAMES:
            options.set_capability("browserName", "chrome-headless-shell")
        self.service = _LeashedDriver(programs.driver, self.profile)
        # Selenium itself waits for ever for a session.
        patience = threading.Timer(_START_SECONDS, self._kill_group)
        patience.start()
        try:
            self.driver = Chrome(options=options, service=self.service)
        except (WebDriverException, HTTPError, OSError) as error:
            self.kill()
            raise BrowserGone("browser-broken", error=first_line(error)) from error
        finally:
            patience.cancel()

    def _set_up(self) -> None:
        self.view: View | None = None
        # Set by a caller that leaves a page at work here: nobody else may use this browser.
        self.is_lost = False
        # What a caller has set up in this browser once and finds again, by a name of its own.
        self.prepared: dict[str, Any] = {}

    def show(self, view: View) -> None:
        """Gives the window its size and the page its colour scheme."""
        if view == self.view:
            return
        self.resize(view.width, view.height)
        features = [{"name": "prefers-color-scheme", "value": view.scheme}]
        self.command("Emulation.setEmulatedMedia", {"features": features}, _START_SECONDS)
        self.view = view

    def resize(self, width: int, height: int) -> None:
        """Lays the page out for another window size; the caller puts it back."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.command("Emulation.setDeviceMetricsOverride", metrics, _START_SECONDS)

    def open(self, address: str, seconds: float) -> None:
        """Goes to an address; what comes may still be loading then.

        Raises PageTrouble when no document comes.
        """
        try:
            answer = self.command("Page.navigate", {"url": address}, seconds)
        except BrowserGone as gone:
            if gone.reason != "browser-hung":
                raise
            # No other command gets through before the server answers.
            raise PageTrouble("too-slow", seconds=int(seconds)) from gone
        if answer.get("isDownload"):
            raise PageTrouble("download")
        if error := answer.get("errorText"):
            raise _name_network_trouble(error.removeprefix("net::"))

    def wait_until_loaded(self, seconds: float) -> None:
        """Waits for the page's load event, but no longer than that."""
        script = (
            "new Promise((done) => { if (document.readyState === 'complete') done(1);"
            f" else addEventListener('load', () => done(1)); setTimeout(done, {seconds * 500}); }})"
        )
        params = {"expression": script, "awaitPromise": True}
        self.command("Runtime.evaluate", params, seconds)

    def command(self, name: str, params: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """One command of the DevTools protocol. Raises PageTrouble when it is refused."""
        with self._within(seconds):
            answer = self.driver.execute_cdp_cmd(name, dict(params))
        return answer if isinstance(answer, dict) else {}

    @contextlib.contextmanager
    def _within(self, seconds: float) -> Any:
        """Gives a conversation with ChromeDriver its time limit and its errors their names."""
        self.driver.command_executor.client_config.timeout = seconds  # type: ignore[union-attr]
        try:
            yield
        except HTTPError as error:
            if "timed out" in str(error).lower():
                raise BrowserGone("browser-hung") from error
            raise BrowserGone("browser-crashed") from error
        except OSError as error:
            raise BrowserGone("browser-crashed") from error
        except WebDriverException as error:
            raise _name_trouble(first_line(error)) from error

    def close(self) -> None:
        """Ends Chromium, gently if it lets us; never fails and never waits long."""
        with contextlib.suppress(Exception), self._within(_CLOSE_SECONDS):
            self.driver.quit()
        self.kill()

    def kill(self) -> None:
        """Ends Chromium at once, whether it answers or not."""
        self._kill_group()
        process = getattr(self.service, "process", None)
        if process is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
            process.wait(_CLOSE_SECONDS)
        shutil.rmtree(self.profile, ignore_errors=True)

    def _kill_group(self) -> None:
        """The shell leads a group of its own, in which ChromeDriver and Chromium are."""
        process = getattr(self.service, "process", None)
        if process is not None and process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)


def first_line(error: BaseException) -> str:
    """What an error says, without its stack."""
    text = getattr(error, "msg", None) or str(error) or type(error).__name__
    return str(text).strip().splitlines()[0][:200]


def _name_trouble(text: str) -> PageTrouble | BrowserGone:
    """Which of our errors a complaint of ChromeDriver is."""
    lower = text.lower()
    gone = ("crashed", "disconnected", "not reachable", "invalid session", "no such window")
    if any(word in lower for word in gone):
        return BrowserGone("browser-crashed")
    if "err_too_many_redirects" in lower:
        return PageTrouble("redirects")
    if "err_aborted" in lower:
        return PageTrouble("download")
    if "net::" in lower:
        return PageTrouble("unreachable", error=text.split("net::")[1].split(maxsplit=1)[0])
    # ChromeDriver says "timeout", at once, for a page that goes away under a command.
    moved = ("cannot find context", "context was destroyed", "navigated or closed", "timeout")
    if any(word in lower for word in moved):
        return PageTrouble("restless")
    return PageTrouble("browser-error", error=text)


def _name_network_trouble(code: str) -> PageTrouble:
    """Which of our errors a network error of Chromium (ERR_...) is."""
    if code == "ERR_TOO_MANY_REDIRECTS":
        return PageTrouble("redirects")
    if code == "ERR_ABORTED":
        return PageTrouble("download")
    return PageTrouble("unreachable", error=code)


class _Warm:
    """The idle browsers of this process; a child process that was forked off starts anew."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.pid = 0
        self.idle: list[tuple[tuple[Fleet, bool, str], Browser]] = []

    def take(self, fleet: Fleet, offline: bool, proxy: str) -> Browser:
        with self.lock:
            self._own()
            for number, (key, browser) in enumerate(self.idle):
                if key == (fleet, offline, proxy):
                    del self.idle[number]
                    return browser
        return fleet.start(offline, proxy)

    def give_back(self, fleet: Fleet, offline: bool, proxy: str, browser: Browser) -> None:
        with self.lock:
            self._own()
            self.idle.append(((fleet, offline, proxy), browser))

    def _own(self) -> None:
        if self.pid != os.getpid():
            self.pid, self.idle = os.getpid(), []
            # A worker process of a pool runs finalizers only, the main process both.
            Finalize(None, self.close, exitpriority=10)
            atexit.register(self.close)

    def close(self) -> None:
        if self.pid != os.getpid():
            return
        while self.idle:
            self.idle.pop()[1].close()


_WARM = _Warm()


def take_browser(fleet: Fleet, offline: bool, proxy: str = "") -> Browser:
    """A warm browser of this process that nobody uses, or a new one. Raises BrowserGone.

    `offline` browsers reach this machine alone; those with a `proxy` reach what it lets through.
    """
    return _WARM.take(fleet, offline, proxy)


def give_back(fleet: Fleet, offline: bool, browser: Browser, proxy: str = "") -> None:
    """Leaves a browser that works for the next user; it is closed when the process ends."""
    _WARM.give_back(fleet, offline, proxy, browser)


def close_browsers() -> None:
    """Closes the idle browsers of this process now."""
    _WARM.close()

"""This file brings axe-core into a page and takes its answer out, cut down to what rules read.

axe runs in a world of its own in every frame (DevTools' isolated worlds): it stands there before
the page's scripts, works under any Content-Security-Policy, and no page can remove or bend it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_selenium_python import Axe

from linter.browser.axe_script import AxeScript
from linter.browser.chromium import Browser, BrowserGone, PageTrouble, View

WORLD = "congtin"
# How much longer our side waits than the page is told to, so that its own answer comes first.
_GRACE = 3.0
_HERE = Path(__file__).parent

# Rules that cost time and are never told; linter/rules/axe.yml says why.
_UNTOLD = (
    *("aria-hidden-focus", "avoid-inline-spacing", "css-orientation-lock"),
    *("frame-focusable-content", "hidden-content", "identical-links-same-purpose"),
    *("label-content-name-mismatch", "meta-refresh", "meta-refresh-no-exceptions", "object-alt"),
)
# All rules that axe-core does not call deprecated; which of them are told is said by the rules.
OPTIONS: Mapping[str, Any] = {
    "runOnly": {
        "type": "tag",
        "values": [
            *("wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa"),
            *("best-practice", "experimental"),
        ],
    },
    "rules": {rule: {"enabled": False} for rule in _UNTOLD},
    "reporter": "congtin",
    "pingWaitTime": 2000,
    "preload": {"assets": ["media"], "timeout": 3000},
}
# A frame that runs no scripts would take part and never answer; an error page is not the site's.
_PRELOADED = """
if (location.protocol !== 'chrome-error:' && !matchMedia('(scripting: none)').matches) {{
{axe}
}}
{world}
{probes}
"""


class PreloadedAxe(Axe):  # type: ignore[misc]  # the package has no types
    """axe-selenium-python's Axe for one browser, placed into every page before its own scripts."""

    def __init__(self, browser: Browser, script: AxeScript) -> None:
        super().__init__(browser.driver, script_url=str(script.path))
        self.browser = browser
        self.script = script
        self.frame = str(browser.driver.current_window_handle)
        self.context = 0
        self.address = ""
        # The view in which it has found every fault of the canary.
        self.proven: View | None = None

    def inject(self) -> None:
        """From now on every frame of every page has axe-core in our world."""
        world = (_HERE / "world.js").read_text("utf-8")
        others = [_HERE / "probes.js", *sorted(_HERE.glob("probe_*.js"), reverse=True)]
        probes = "\n".join(path.read_text("utf-8") for path in others)
        source = _PRELOADED.format(axe=self.script.text, world=world, probes=probes)
        quiet = (_HERE / "quiet.js").read_text("utf-8")
        for params in ({"source": source, "worldName": WORLD}, {"source": quiet}):
            self.browser.command("Page.addScriptToEvaluateOnNewDocument", params, 30)
        self.browser.command("Emulation.setFocusEmulationEnabled", {"enabled": True}, 30)

    def forget(self, address: str, seconds: float) -> None:
        """Removes what pages of this origin have stored in the browser."""
        parts = urlsplit(address)
        origin = {"origin": f"{parts.scheme}://{parts.netloc}", "storageTypes": "all"}
        self.browser.command("Storage.clearDataForOrigin", origin, seconds)

    def open(self, address: str, seconds: float) -> dict[str, Any]:
        """Loads a page and enters our world of it; what world.js's arrive() says of it.

        Raises PageTrouble when it does not come, is not loaded in time or goes elsewhere.
        """
        self.address = address
        self.browser.open(address, seconds)
        params = {"frameId": self.frame, "worldName": WORLD}
        answer = self.browser.command("Page.createIsolatedWorld", params, seconds)
        self.context = answer["executionContextId"]
        limit = int(seconds * 1000)
        function = "(limit) => congtin.arrive(limit)"
        arrival: dict[str, Any] = self.call(function, limit, seconds=seconds + _GRACE)
        if arrival["late"]:
            raise PageTrouble("too-slow", seconds=int(seconds))
        return arrival

    def _whereabouts(self) -> PageTrouble:
        """Why our world is gone: the page reloads itself, or has sent the browser elsewhere."""
        tree = self.browser.command("Page.getFrameTree", {}, _GRACE)
        now = str(tree["frameTree"]["frame"]["url"])
        return PageTrouble("restless") if now == self.address else PageTrouble("moved", address=now)

    def call(self, function: str, *arguments: Any, seconds: float = 10) -> Any:
        """What a JavaScript function answers in our world; a promise is waited for.

        Raises PageTrouble when the page is gone by then or the function throws.
        """
        params = {
            "functionDeclaration": function,
            "executionContextId": self.context,
            "arguments": [{"value": argument} for argument in arguments],
            "awaitPromise": True,
            "returnByValue": True,
        }
        try:
            answer = self.browser.command("Runtime.callFunctionOn", params, seconds)
        except PageTrouble as trouble:
            raise (self._whereabouts() if trouble.reason == "restless" else trouble) from trouble
        if "exceptionDetails" in answer:
            thrown = answer["exceptionDetails"]
            text = thrown.get("exception", {}).get("description") or thrown.get("text", "")
            raise PageTrouble("browser-error", error=str(text).splitlines()[0][:200])
        return answer.get("result", {}).get("value")

    def run(
        self,
        context: Any = None,
        options: Mapping[str, Any] | None = None,
        seconds: float = 30,
    ) -> dict[str, Any]:
        """axe-core's four lists for the page, cut down as page.Rendered says.

        Raises PageTrouble when axe does not finish in time or fails as a whole.
        """
        assert context is None, "the page is judged as a whole"
        limit = int(seconds * 1000)
        given = {"frameWaitTime": limit, **(options or OPTIONS)}
        function = "(options, limit) => congtin.runAxe(options, limit)"
        try:
            answer = self.call(function, given, limit, seconds=seconds + _GRACE)
        except BrowserGone as gone:
            if gone.reason != "browser-hung":
                raise
            # The page came, but is too much for axe; a second look would take as long.
            raise PageTrouble("too-slow", seconds=int(seconds)) from gone
        if not isinstance(answer, str) or not answer.startswith("{"):
            if answer == "late":
                raise PageTrouble("too-slow", seconds=int(seconds))
            raise PageTrouble("axe-failed", error=str(answer).removeprefix("error: ")[:200])
        said: dict[str, Any] = json.loads(answer)
        return said

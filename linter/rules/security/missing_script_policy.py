"""The site tells browsers whose scripts may run (Content-Security-Policy).

Why: An intruder's script that gets into a page then does not run (W3C Content Security Policy;
OWASP: injection).
Whom it hurts: Citizens whose entries, sessions and money an injected script takes.
Mend: Send Content-Security-Policy: default-src 'self', then add what the pages need. Put scripts
into files instead of allowing 'unsafe-inline'.
Limits: Reads the header and the <meta> of the home page; a policy that only reports counts as none.
"""

import re
from collections.abc import Iterator
from datetime import date

from linter.model import Snapshot
from linter.page import Observation, Page
from linter.rules.rule import NoParams, site_rule


@site_rule(
    "notice",
    messages={
        "missing": "Neither the answer nor the page has a Content-Security-Policy for scripts.",
        "loose": "The Content-Security-Policy lets any script run ({why}).",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    home = snapshot.home
    if home is None or not home.headers:
        return
    allowed = [sources for policy in _policies(home) if (sources := _script_sources(policy))]
    if not allowed:
        yield snapshot.fails("missing")
        return
    # Several policies all hold, so one that is tight is enough.
    why = [_looseness(sources) for sources in allowed]
    if all(why):
        yield snapshot.fails("loose", why=why[0])
    else:
        yield snapshot.passes()


def _policies(page: Page) -> Iterator[str]:
    yield from re.split(r"[\n,]", page.headers.get("content-security-policy", ""))
    for meta in page.tree.xpath("//meta[@http-equiv][@content]"):
        if meta.get("http-equiv").lower() == "content-security-policy":
            yield meta.get("content")


def _script_sources(policy: str) -> list[str]:
    """What a policy says of scripts; empty where it says nothing of them."""
    parts = [part.split() for part in policy.lower().split(";")]
    said = {words[0]: words[1:] or ["'none'"] for words in reversed(parts) if words}
    return said.get("script-src") or said.get("default-src") or []


def _looseness(sources: list[str]) -> str:
    """The word that lets any script in; empty for a policy that holds."""
    named = any(re.match(r"'(nonce|sha\d+)-", source) for source in sources)
    if "'unsafe-inline'" in sources and not named:
        return "'unsafe-inline'"
    return next((s for s in ("*", "http:", "https:", "data:") if s in sources and not named), "")

"""Cookies are sent over HTTPS only, out of the reach of scripts and of other sites.

Why: A cookie that names a session is as good as a password: sent over http, or read by a script, it
lets others act in the citizen's name (RFC 6265, section 8; OWASP: session management).
Whom it hurts: Who has signed in, above all for an online service.
Mend: Set the cookie with Secure; HttpOnly; SameSite=Lax.
Limits: Judges cookies that servers set, not those that scripts set. HttpOnly is asked of cookies
whose name says that they name a session; Secure of sites over https.
"""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import NoParams, site_rule

_SESSION = re.compile(r"sess|sid$|^sid|auth|token|identity|login|aspx|^connect\.", re.I)
# Read by a site's own scripts on purpose, against requests that other sites forge.
_FOR_SCRIPTS = re.compile(r"xsrf|csrf", re.I)


@site_rule("warning", messages={"lacks": "The cookie {name} is set without {flags}."})
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    seen: set[str] = set()
    for page in snapshot.pages:
        for line in page.headers.get("set-cookie", "").splitlines():
            name, _, _ = line.partition("=")
            name = name.strip()
            if not name or name in seen:
                continue
            seen.add(name)
            lacking = ", ".join(_lacking(name, line, urlsplit(page.url).scheme))
            if lacking:
                yield page.fails(None, "lacks", name=name[:60], flags=lacking)
            else:
                yield page.passes()


def _lacking(name: str, line: str, scheme: str) -> Iterator[str]:
    flags = {part.partition("=")[0].strip().lower() for part in line.split(";")[1:]}
    if scheme == "https" and "secure" not in flags:
        yield "Secure"
    if _SESSION.search(name) and not _FOR_SCRIPTS.search(name) and "httponly" not in flags:
        yield "HttpOnly"
    if "samesite" not in flags:
        yield "SameSite"

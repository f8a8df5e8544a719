"""The site tells browsers to come by HTTPS only (Strict-Transport-Security).

Why: Without it a browser's first step is by http again and again, where somebody on the way can
keep the citizen from ever getting to https (RFC 6797; OWASP: security misconfiguration).
Whom it hurts: Who uses a network of others, as in a café or a bus.
Mend: Send Strict-Transport-Security: max-age=31536000 with every answer over https.
Limits: Reads the header of the home page; speaks of sites over https only. Under 180 days counts as
too short for people who come once in half a year.
"""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import NoParams, site_rule

_LEAST = 180


@site_rule(
    "warning",
    messages={
        "missing": "The answer has no Strict-Transport-Security.",
        "short": "Strict-Transport-Security holds for {days} days only.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    home = snapshot.home
    if home is None or not home.headers or urlsplit(home.url).scheme != "https":
        return
    said = re.search(
        r"max-age\s*=\s*\"?(\d+)", home.headers.get("strict-transport-security", ""), re.I
    )
    days = int(said[1]) // 86_400 if said else 0
    if said is None:
        yield snapshot.fails("missing")
    elif days < _LEAST:
        yield snapshot.fails("short", days=days)
    else:
        yield snapshot.passes()
